"""Two people who press at the same moment, over real sockets, at an office served by its own command."""

import re
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from http.client import HTTPConnection
from threading import Barrier
from typing import Any
from urllib.parse import urlencode

from oversight.settings import Settings
from tests.cast import PASSWORD, Person
from tests.offices import command, surroundings
from tests.pages import hidden_fields

PATIENCE = 60
"""Seconds for a server to begin, or to answer."""


@contextmanager
def served(settings: Settings) -> Iterator[int]:
    """The office's own server, on a free port: two workers on PostgreSQL, and threads on either database."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
    several = [] if settings.database_url.startswith("sqlite") else ["--workers", "2"]
    serving = command("serve", "--port", str(port), *several)
    log = settings.data_dir / "serving.log"
    with log.open("w") as out:
        server = subprocess.Popen(serving, env=surroundings(settings), stdout=out, stderr=out)
    try:
        _wait_for(port)
        yield port
    finally:
        server.terminate()
        server.wait(PATIENCE)
    assert "Traceback" not in log.read_text(), log.read_text()[-4000:]


def _wait_for(port: int) -> None:
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            Browser(port).get("/healthz")
            return
        except OSError:
            assert time.monotonic() < deadline, "the office does not begin to serve"
            time.sleep(0.05)


@dataclass
class Browser:
    """What somebody uses: its cookies, and a connection for each thing asked."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)

    def get(self, path: str) -> str:
        """The page there. AssertionError for anything but a page."""
        answer = self._keeping(self._exchanged(self._connected(), "GET", path))
        assert answer.status == HTTPStatus.OK, f"{path} answered {answer.status}: {answer.words}"
        return answer.text

    def submit(self, path: str, **answers: Any) -> "Answer":
        """Fill in the form at `path` and send it there."""
        return self._keeping(self.ready(path, {**hidden_fields(self.get(path)), **answers})())

    def ready(self, to: str, data: Mapping[str, Any]) -> "Send":
        """A form filled in, its connection open, to go at a finger's touch.

        What the answer has for the cookies is not kept, so that every race begins in the same session.
        """
        connection, body = self._connected(), urlencode(data, doseq=True)
        return lambda: self._exchanged(connection, "POST", to, body)

    def _connected(self) -> HTTPConnection:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        connection.connect()
        return connection

    def _exchanged(self, connection: HTTPConnection, verb: str, path: str, body: str = "") -> "Answer":
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        with closing(connection):
            connection.request(verb, path, body, headers)
            answer = connection.getresponse()
            cookies = tuple(answer.headers.get_all("Set-Cookie") or ())
            return Answer(answer.status, answer.read().decode(), cookies)

    def _keeping(self, answer: "Answer") -> "Answer":
        for line in answer.cookies:
            name, _, value = line.split(";")[0].partition("=")
            self.cookies[name.strip()] = value
        return answer


@dataclass(frozen=True)
class Answer:
    """What the office said to a form."""

    status: int
    text: str
    cookies: tuple[str, ...]

    @property
    def words(self) -> str:
        """What can be read on the page, for a failure's sake."""
        return " ".join(re.sub(r"<[^>]*>", " ", self.text).split())[:1500]


Send = Callable[[], Answer]


def signed_in(port: int, person: Person) -> Browser:
    """A browser in which this person has signed in."""
    browser = Browser(port)
    answer = browser.submit("/sign-in", email=person.email, password=PASSWORD)
    assert answer.status == HTTPStatus.FOUND, f"{person.name} could not sign in: {answer.status}"
    return browser


def at_once(pool: ThreadPoolExecutor, *sends: Send) -> list[Answer]:
    """Let go of every form at the same moment; the answers, in order. The pool has a thread for each."""
    start = Barrier(len(sends))

    def go(send: Send) -> Answer:
        start.wait(PATIENCE)
        return send()

    return list(pool.map(go, sends))
