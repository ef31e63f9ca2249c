"""huey as the pulse: it wakes the rounds, and keeps nothing that a crash could lose."""

from typing import Any

from flask import Flask
from huey import SqliteHuey, crontab
from huey.consumer import Consumer

from oversight.jobs.rounds import make_round
from oversight.kit.clock import now
from oversight.settings import Settings


class QuietConsumer(Consumer):
    """A consumer that leaves signals alone, so that it can run in a thread beside the pages."""

    def _set_signal_handlers(self) -> None:
        """Leave the handlers as they are: the process that serves the pages has its own."""


def pulse_of(app: Flask) -> SqliteHuey:
    """Return the pulse of this office: one round a minute."""
    settings: Settings = app.config["SETTINGS"]
    huey = SqliteHuey("oversight", filename=str(settings.data_dir / "pulse.sqlite"), immediate=False)

    def rounds() -> None:
        with app.app_context():
            make_round(at=now())

    huey.periodic_task(crontab(minute="*"))(rounds)
    return huey


def consumer_of(app: Flask, *, beside_pages: bool) -> Consumer:
    """Return a consumer to `run()` in the foreground, or to `start()` beside the pages of this process."""
    options: dict[str, Any] = {"workers": 1, "worker_type": "thread", "check_worker_health": True}
    kind = QuietConsumer if beside_pages else Consumer
    return kind(pulse_of(app), **options)
