"""A caseworker at the desk while the bench does something else: reads the queue, begins assessments."""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread

from tests.pages import hidden_fields
from tests.torture.people import Browser

PAUSE = 0.2
STEP_EVERY = 5
"""Looks at the queue for each step taken."""
PATIENCE = 30


class Staff:
    """Somebody signed in. `waited` are the seconds that each look at the queue took."""

    def __init__(self, port: int, email: str, password: str) -> None:
        self.browser, self.waited = Browser(port), list[float]()
        self.gone = Event()
        self._until_served()
        form = hidden_fields(self.browser.ask("/sign-in").text)
        answer = self.browser.ask("/sign-in", {**form, "email": email, "password": password})
        assert answer.status == 302, f"signing in was answered {answer.status}"

    def work_for(self, seconds: float) -> None:
        """Work on for a while."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            self._look_and_act()

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """Work beside what the caller does meanwhile."""
        thread = Thread(target=self._until_gone)
        thread.start()
        yield
        self.gone.set()
        thread.join()

    def _until_gone(self) -> None:
        while not self.gone.is_set():
            self._look_and_act()

    def _look_and_act(self) -> None:
        began = time.monotonic()
        queue = self.browser.ask("/desk?state=received")
        self.waited.append(time.monotonic() - began)
        assert queue.status == 200, f"the queue answered {queue.status}"
        number = re.search(r'href="/desk/files/([0-9-]+)"', queue.text)
        if number and len(self.waited) % STEP_EVERY == 0:
            path = f"/desk/files/{number[1]}/steps/begin_assessment"
            self.browser.ask(path, hidden_fields(self.browser.ask(path).text))
        time.sleep(PAUSE)

    def _until_served(self) -> None:
        give_up = time.monotonic() + PATIENCE
        while True:
            try:
                self.browser.ask("/")
            except OSError:
                if time.monotonic() > give_up:
                    raise
                time.sleep(0.1)
            else:
                return
