"""`python -m bench.crowd PORT HELD PEOPLE`: send every form of the file HELD, by so many people at once.

It begins when it is told to on its input, and writes what came of it: a light process of its own.
"""

import json
import re
import sys
import time
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from threading import Lock, Thread
from typing import Any

AGAIN = 20
"""One form of so many is sent a second time, as a double click would."""
PATIENCE = 120
"""Seconds after which someone who gets no answer gives up."""
LOOKED = 10
"""One person of so many goes on to the page that shows the receipt code."""
CODE = re.compile(r'class="receipt-code".*?</p>', re.S)


class Person:
    """Somebody who sends one form after another over one connection."""

    def __init__(self, port: int) -> None:
        self.wire = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)

    def send(self, place: int, held: dict[str, str]) -> dict[str, Any]:
        """Send a form; what came of it, and after how many seconds."""
        began = time.monotonic()
        status, cookie, _ = self.ask("POST", "/complaint/send", held, held["cookie"])
        found: dict[str, Any] = {"status": status, "seconds": time.monotonic() - began, "code": None}
        if place % AGAIN == 0:
            found["again"], _, _ = self.ask("POST", "/complaint/send", held, held["cookie"])
        if place % LOOKED == 0:
            panel = CODE.search(self.ask("GET", "/complaint/sent", held, cookie or "")[2])
            found["code"] = "-".join(re.findall(r"<span>(\w{5})</span>", panel[0])) if panel else None
        return found

    def ask(self, verb: str, path: str, held: dict[str, str], cookie: str) -> tuple[int, str | None, str]:
        """One request, sent again until it is answered: its status, the cookie that came, and the page."""
        headers = {"Cookie": cookie, "X-Forwarded-For": held["address"]}
        if verb == "POST":
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        give_up = time.monotonic() + PATIENCE
        while True:
            try:
                self.wire.request(verb, path, held["form"] if verb == "POST" else None, headers)
                answer = self.wire.getresponse()
                page = answer.read().decode()
            except (OSError, HTTPException):
                # The server lets go of a connection that was still for a moment.
                self.wire.close()
                if time.monotonic() > give_up:
                    raise
                continue
            kept = answer.headers.get("Set-Cookie")
            return answer.status, kept.partition(";")[0] if kept else None, page


def main(port: int, held: Path, people: int) -> None:
    """Wait, let everyone send, and tell."""
    waiting = enumerate(json.loads(held.read_text(encoding="utf-8")))
    found: list[dict[str, Any]] = []
    lock = Lock()
    threads = [Thread(target=_send_all, args=(Person(port), waiting, lock, found)) for _ in range(people)]
    sys.stdin.readline()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    json.dump(found, sys.stdout)


def _send_all(
    person: Person,
    waiting: Iterator[tuple[int, dict[str, str]]],
    one_at_a_time: Lock,
    found: list[dict[str, Any]],
) -> None:
    while True:
        with one_at_a_time:
            following = next(waiting, None)
        if following is None:
            return
        found.append(person.send(*following))


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
