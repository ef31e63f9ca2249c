"""huey as the pulse: it wakes the rounds, and keeps nothing at all. What is due lies in the database."""

from typing import Any

from flask import Flask
from huey import MemoryHuey, crontab
from huey.consumer import Consumer

from oversight.jobs.rounds import make_round
from oversight.kit.clock import now


class QuietConsumer(Consumer):
    """A consumer that leaves signals alone, so that it can run in a thread beside the pages."""

    def _set_signal_handlers(self) -> None:
        """Leave the handlers as they are: the process that serves the pages has its own."""


A_MINUTE = 60
"""Seconds after which a round that could not begin is not made any more: the next one does its work."""


ENDS_WITHIN = 25
"""Seconds that a round being made may still take when the office is stopped: gunicorn waits for 30."""


def pulse_of(app: Flask) -> MemoryHuey:
    """Return the pulse of this process: one round a minute, whatever other processes do."""
    huey = MemoryHuey("oversight", immediate=False)

    def rounds() -> None:
        with app.app_context():
            make_round(at=now())

    huey.periodic_task(crontab(minute="*"), expires=A_MINUTE)(rounds)
    return huey


def consumer_of(app: Flask, *, beside_pages: bool) -> Consumer:
    """Return a consumer to `run()` in the foreground, or to `start()` beside the pages of this process.

    Stopped by SIGTERM, or by `stop(graceful=True)`, it lets its round end: a letter that has gone out and is
    not noted as sent would go out again.
    """
    options: dict[str, Any] = {"workers": 1, "worker_type": "thread", "check_worker_health": True}
    options |= {"graceful_signal": "TERM", "shutdown_timeout": ENDS_WITHIN}
    kind = QuietConsumer if beside_pages else Consumer
    return kind(pulse_of(app), **options)
