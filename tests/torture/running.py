"""An office as it really runs: processes of its own on a real port, to be killed and begun again."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from http.client import HTTPException
from pathlib import Path
from typing import Any

from oversight.settings import Settings
from tests.offices import command, surroundings
from tests.pages import hidden_fields
from tests.torture.people import Browser
from tests.torture.processes import WITH_US, children_of, lives, waited_for_a_processor

PROJECT = Path(__file__).parents[2]
PATIENCE = 240
"""Seconds after which something that should come has not come, on a machine that has much else to do."""


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


@dataclass
class RunningOffice:
    """The processes of one office on one machine. `folder` keeps their log and a test's wishes.

    They end with the thread that began them, if not before.

    What is `plain` is begun just as an office begins it, and not by office_that_dies.
    """

    settings: Settings
    folder: Path
    workers: int = 1
    plain: tuple[str, ...] = ()
    port: int = field(default_factory=free_port)
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def begin(self, name: str) -> None:
        """Begin `web` or `worker`."""
        web = ("serve", "--port", str(self.port), "--workers", str(self.workers))
        words = web if name == "web" else (name,)
        dying = (sys.executable, "-m", "tests.torture.office_that_dies", str(self.folder), *words)
        begun = command(*words) if name in self.plain else dying
        with self.log.open("a") as log:
            self.running[name] = subprocess.Popen(
                [*WITH_US, *begun], cwd=PROJECT, env=self.environ, stdout=log, stderr=log
            )

    def beside(self, *words: str) -> subprocess.Popen[str]:
        """Begin another command of this office beside what runs; it tells us what it says."""
        return subprocess.Popen(
            [*WITH_US, *command(*words)],
            cwd=PROJECT,
            env=self.environ,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def rounds(self, *, since: int = 0) -> list[dict[str, Any]]:
        """What each round did that was made by what was begun here, as the log has it after so many bytes."""
        lines = self.log.read_bytes()[since:].splitlines()
        logged = [json.loads(line) for line in lines if line.startswith(b"{") and line.endswith(b"}")]
        return [line for line in logged if line["event"] == "round"]

    @property
    def environ(self) -> dict[str, str]:
        """What a command of this office is told."""
        mail = {
            "OVERSIGHT_SMTP_URL": self.settings.smtp_url or "",
            "OVERSIGHT_MAIL_FROM": self.settings.mail_from,
        }
        return surroundings(self.settings) | mail | {"OVERSIGHT_PUBLIC_URL": self.settings.public_url}

    @property
    def log(self) -> Path:
        """What the processes wrote on their terminals."""
        return self.folder / "office.log"

    def kill(self, name: str) -> None:
        """Kill the process that was begun under that name; the processes it began itself are left."""
        self.running[name].kill()
        self.running.pop(name).wait()

    def kill_web(self, *, whole: bool) -> list[int]:
        """Kill what `serve` began: the whole of it, or the one process that looks after the others.

        Those others, which are returned, are then asked to end, as a supervisor such as systemd would do it.
        """
        others = children_of(self.running["web"].pid)
        self.kill("web")
        for other in others:
            os.kill(other, signal.SIGKILL if whole else signal.SIGTERM)
        return others

    def kill_one_that_serves(self) -> None:
        """Kill a process that answers visitors, which gunicorn began and begins again."""
        for child in children_of(self.running["web"].pid)[:1]:
            os.kill(child, signal.SIGKILL)
            while lives(child):
                time.sleep(0.001)

    def begin_again_what_died(self) -> list[str]:
        """Begin again what has ended by itself, as the machine's supervisor would; say what."""
        ended = [name for name, process in self.running.items() if process.poll() is not None]
        for name in ended:
            self.begin(name)
        return ended

    def waits_for_a_processor(self) -> dict[int, float]:
        """For how many seconds each process of the office that now runs has waited for one."""
        begun = [process.pid for process in self.running.values()]
        family = [*begun, *(child for each in begun for child in children_of(each))]
        return {each: waited_for_a_processor(each) for each in family}

    def serves(self) -> bool:
        """Whether as many processes serve as are to, and a page that asks the database is answered."""
        whole = len(children_of(self.running["web"].pid)) == self.workers
        return whole and bool(answered(Browser(self.port), "/outcomes"))

    def writes(self) -> bool:
        """Whether someone who begins a complaint is given one, which the database has to keep."""
        visitor = Browser(self.port)
        page = answered(visitor, "/complaint/")
        return bool(page and answered(visitor, "/complaint/start", hidden_fields(page)))

    def wait_until_it_serves(self) -> None:
        """Return once it does; what has died meanwhile is begun again."""
        self.wait_until(self.serves)

    def wait_until(self, works: Callable[[], bool]) -> None:
        """Return once that holds; what has died meanwhile is begun again."""
        begun = time.monotonic()
        while not works():
            assert time.monotonic() - begun < PATIENCE, f"it does not work:\n{self.log.read_text()[-5000:]}"
            self.begin_again_what_died()
            time.sleep(0.02)

    def end(self) -> None:
        """Stop all of it, as a machine that is turned off in an orderly way."""
        for process in self.running.values():
            process.send_signal(signal.SIGTERM)
        for process in self.running.values():
            process.wait(PATIENCE)
        self.running.clear()


def answered(browser: Browser, path: str, form: Mapping[str, Any] | None = None) -> str:
    """What is answered there; nothing where it is an error, or no answer."""
    try:
        answer = browser.ask(path, form)
    except (OSError, HTTPException):
        return ""
    return answer.text if answer.status < HTTPStatus.BAD_REQUEST else ""
