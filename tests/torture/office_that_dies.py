"""The office's own commands in a process that kills itself, or its database, where a test asks for it.

`python -m tests.torture.office_that_dies FOLDER serve --port 8001`. A file in FOLDER that is named for a
point, such as `send-before-commit`, is the wish that whoever gets there first dies there. Where the file
holds a number, that process and its children are killed instead: those of the database's server. Whoever
has come there adds `.taken` to the file's name, which then holds the number of the process that dies; that of
the server is gone once the server is. Points are WHERE-WHEN: where is the view that answers, or `round`; when
is a moment named below. Everything else is as in any office, but that rounds are made every second rather
than every minute.
"""

import os
import signal
import sys
from email.message import EmailMessage
from pathlib import Path

from flask import has_request_context, request
from huey.consumer import Scheduler
from sqlalchemy import Engine, event
from sqlalchemy.orm import Session

from oversight.outbox.transports import Smtp
from tests.torture.processes import kill_with_children


def main(folder: Path, words: list[str]) -> None:
    """Run a command of the office, ready to die."""
    from oversight.cli import main as oversight

    def pass_by(moment: str) -> None:
        where = (request.endpoint or "").rpartition(".")[2] if has_request_context() else "round"
        taken = folder / f"{where}-{moment}.taken"
        try:
            taken.with_suffix("").rename(taken)
        except FileNotFoundError:
            return
        if server := taken.read_text():
            kill_with_children(int(server))
            taken.unlink()
        else:
            taken.write_text(str(os.getpid()))
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(Engine, "commit", lambda _: pass_by("before-commit"))
    event.listen(Session, "after_commit", lambda _: pass_by("after-commit"))
    deliver = Smtp.deliver

    def deliver_or_die(smtp: Smtp, message: EmailMessage) -> None:
        pass_by("before-delivering")
        deliver(smtp, message)
        pass_by("after-delivering")

    Smtp.deliver = deliver_or_die  # type: ignore[assignment, method-assign]
    Scheduler.periodic_task_seconds = 1
    oversight(words)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
