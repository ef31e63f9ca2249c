"""People at browsers over a real wire. They are patient: what was not answered they send again."""

import random
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, HTTPResponse
from http.cookies import SimpleCookie
from queue import Empty, SimpleQueue
from threading import Event, Thread
from typing import Any, NamedTuple
from urllib.parse import urlencode, urlsplit

from tests.cast import INES, PASSWORD
from tests.intake.visitor import ANSWERS, code_on
from tests.pages import hidden_fields

PATIENCE = 300
"""Seconds for which someone sends the same again."""


class Answer(NamedTuple):
    """What came back. `location` is a path."""

    status: int
    location: str
    text: str


class Browser:
    """A browser with its cookies, at an address of its own: no limit for one address is met.

    Where an office has several ports, each request goes to any of them, as what stands in front would do it.
    """

    def __init__(self, *ports: int) -> None:
        self.ports = ports
        self.cookies: dict[str, str] = {}
        self.address = f"127.{random.randint(1, 254)}.{random.randint(1, 254)}.{random.randint(2, 254)}"

    def ask(self, path: str, form: Mapping[str, Any] | None = None) -> Answer:
        """Get a page, or post a form. Raises OSError or HTTPException where the whole answer did not come."""
        port = random.choice(self.ports)
        wire = HTTPConnection("127.0.0.1", port, timeout=30, source_address=(self.address, 0))
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        body = None if form is None else urlencode(form, doseq=True)
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            wire.request("GET" if form is None else "POST", path, body, headers)
            answer = wire.getresponse()
            text = answer.read().decode()
        finally:
            wire.close()
        self._keep_cookies(answer)
        return Answer(answer.status, urlsplit(answer.headers.get("Location", "")).path, text)

    def _keep_cookies(self, answer: HTTPResponse) -> None:
        for line in answer.headers.get_all("Set-Cookie") or ():
            self.cookies |= {name: morsel.value for name, morsel in SimpleCookie(line).items()}


@dataclass
class Crowd:
    """Everyone who is at the office's pages, and what was acknowledged to them."""

    ports: tuple[int, ...]
    receipts: dict[str, str] = field(default_factory=dict)
    """The code that was shown, by the words that were filed."""
    steps: list[tuple[str, str]] = field(default_factory=list)
    """(number, step) of each step of which it was said that it is done."""
    unanswered: int = 0
    errors: list[tuple[float, float, str, int]] = field(default_factory=list)
    """Of each request that was answered with an error of ours: when it was begun and answered, and both."""
    failures: list[BaseException] = field(default_factory=list)
    numbers: SimpleQueue[str] = field(default_factory=SimpleQueue)
    going_home: Event = field(default_factory=Event)
    threads: list[Thread] = field(default_factory=list)

    def gather(self, filers: int) -> None:
        """Let that many people file one complaint after another, and a caseworker take them up."""
        lives = [*[self.file_on_and_on] * filers, self.take_up]
        self.threads = [Thread(target=self._live, args=(life,), daemon=True) for life in lives]
        for thread in self.threads:
            thread.start()

    def go_home(self) -> None:
        """Let everyone finish what they have begun; what went wrong for any of them goes wrong here."""
        self.going_home.set()
        for thread in self.threads:
            thread.join()
        if self.failures:
            raise self.failures[0]

    def _live(self, life: Any) -> None:
        try:
            life()
        except BaseException as error:
            self.failures.append(error)

    def insist(self, browser: Browser, path: str, form: Mapping[str, Any] | None = None) -> Answer:
        """Ask until there is an answer that is not our error."""
        give_up = time.monotonic() + PATIENCE
        while time.monotonic() < give_up:
            begun = time.monotonic()
            try:
                answer = browser.ask(path, form)
            except (OSError, HTTPException):
                self.unanswered += 1
            else:
                if answer.status < 500:
                    return answer
                self.errors.append((begun, time.monotonic(), path, answer.status))
            time.sleep(0.1)
        raise TimeoutError(f"{path} was not answered")

    def file_on_and_on(self) -> None:
        """File one complaint after another, each in words of its own."""
        while not self.going_home.is_set():
            self.file(f"They took my bag. {random.getrandbits(64):x}")

    def file(self, words: str) -> None:
        """File a complaint, from the first page to the receipt."""
        browser = Browser(*self.ports)
        token = hidden_fields(self.insist(browser, "/complaint/").text)
        where = self.insist(browser, "/complaint/start", token).location
        while "/questions/" in where:
            answers = ANSWERS[where.rsplit("/", 1)[1]]
            told = {**answers, "narrative": words} if "narrative" in answers else answers
            where = self.insist(browser, where, {**token, **told}).location
        checked = hidden_fields(self.insist(browser, "/complaint/check").text)
        sent = self.insist(browser, "/complaint/send", checked)
        assert sent.location == "/complaint/sent", f"sending was answered {sent.status}:\n{sent.text}"
        page = self.insist(browser, "/complaint/sent").text
        self.receipts[words] = code_on(page)
        self.numbers.put(page.partition("file number ")[2][:10])

    def take_up(self) -> None:
        """Be the caseworker: read the queue, begin each assessment, tell how things stand."""
        browser = Browser(*self.ports)
        token = hidden_fields(self.insist(browser, "/sign-in").text)
        signed_in = self.insist(browser, "/sign-in", {**token, "email": INES.email, "password": PASSWORD})
        assert signed_in.status == 302, f"signing in was answered {signed_in.status}"
        while not self.going_home.is_set():
            try:
                number = self.numbers.get(timeout=0.1)
            except Empty:
                continue
            assert self.insist(browser, "/desk").status == 200
            for step in ("begin_assessment", "send_a_progress_notice"):
                self._take(browser, number, step)

    def _take(self, browser: Browser, number: str, step: str) -> None:
        path = f"/desk/files/{number}/steps/{step}"
        page = self.insist(browser, path)
        if page.status == 200 and self.insist(browser, path, hidden_fields(page.text)).status == 303:
            self.steps.append((number, step))
