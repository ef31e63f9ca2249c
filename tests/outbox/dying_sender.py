"""Sends what is due and is killed at one moment: `python -m tests.outbox.dying_sender MOMENT AT`."""

import os
import signal
import sys
from datetime import datetime

from oversight.outbox import sending
from oversight.outbox.transports import Smtp
from oversight.settings import Settings
from tests.bare_app import bare_app


def die(*_: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def main(moment: str, at: str) -> None:
    """Send until the function of that name would be entered."""
    settings = Settings.from_env()
    setattr(sending, moment, die)
    with bare_app(settings) as app, app.app_context():
        sending.send_due(
            Smtp(settings.smtp_url or ""), sender=settings.mail_from, at=datetime.fromisoformat(at)
        )


if __name__ == "__main__":
    main(*sys.argv[1:])
