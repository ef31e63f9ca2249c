"""One round of everything that is due: deadlines noticed, notices sent, what is past its time forgotten.

Each piece is a transaction of its own, and belongs to whoever takes it first: any number of processes may
make rounds at once, and one that is killed leaves its piece to the next round.
"""

from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from flask import current_app

from oversight.accounts.actions import forget_old_attempts
from oversight.casework.actions.deadlines import attend_to_clock
from oversight.casework.actions.filing import RECEIPT_SHOWN_FOR, forget_shown_receipts
from oversight.casework.queries.files import clocks_due
from oversight.intake.actions import forget_old_drafts
from oversight.jobs.actions import note_round
from oversight.kit.clock import local_date, now
from oversight.kit.cookies import IDLE_LIMIT
from oversight.kit.db import Stale, writing
from oversight.kit.logs import log
from oversight.outbox import Delivery, send_due, transport_for
from oversight.reports.queries import editions_to_build
from oversight.settings import Settings

DRAFT_KEPT_FOR = IDLE_LIMIT
"""As long as the browser that wrote it can come back to it, which is what its writer was told."""

CLOCKS_IN_A_ROUND = 200
"""About so many are attended to in one round, since mail waits for them; the others are the next round's."""


@dataclass
class Round:
    """What one round did."""

    deadlines: int = 0
    progress_notices: int = 0
    drafts_forgotten: int = 0
    import_reports_removed: int = 0
    editions_built: int = 0
    mail: Delivery = field(default_factory=Delivery)


def make_round(*, at: datetime) -> Round:
    """Do everything that is due at that instant."""
    done = Round()
    _attend_to_clocks(done, at)
    _forget(done, at)
    done.mail = send_notices(at=at)
    done.editions_built = _build_editions(at)
    note_round(given_up=done.mail.given_up, at=now())
    log.info("round", **asdict(done))
    return done


def send_notices(*, at: datetime) -> Delivery:
    """Send the notices that are due; without a way out they wait."""
    settings: Settings = current_app.config["SETTINGS"]
    transport = transport_for(settings)
    return send_due(transport, sender=settings.mail_from, at=at) if transport else Delivery()


def _attend_to_clocks(done: Round, at: datetime) -> None:
    """Attend to each due clock in a transaction of its own, so that one bad file keeps no other waiting.

    Those that can't be attended to are gone past, or the oldest of them would be all that a round ever tries.
    """
    on, last, attended = local_date(at, current_app.config["ZONE"]), None, 0
    while attended < CLOCKS_IN_A_ROUND and (due := clocks_due(on=on, after=last)):
        attended += sum(_attend_to(clock_id, done, at) for clock_id in due)
        last = due[-1]


def _attend_to(clock_id: UUID, done: Round, at: datetime) -> bool:
    """Attend to one clock, and tell whether that could be done."""
    try:
        with writing():
            what = attend_to_clock(clock_id, at=at)
    except Stale:
        # Someone is at this file right now; the next round comes in a minute.
        return False
    except Exception as error:
        # Whatever is wrong with this file, the others have their deadlines too, and people their letters.
        log.error("a deadline was not attended to", clock=str(clock_id), exc_info=error)
        return False
    done.progress_notices += what == "progress"
    done.deadlines += what == "passed"
    return True


def _forget(done: Round, at: datetime) -> None:
    with writing():
        done.drafts_forgotten = forget_old_drafts(before=at - DRAFT_KEPT_FOR)
        forget_shown_receipts(before=at - RECEIPT_SHOWN_FOR)
        forget_old_attempts(at=at)
    settings: Settings = current_app.config["SETTINGS"]
    kept_for = timedelta(days=settings.import_reports_days)
    done.import_reports_removed = _remove_files(settings.import_reports_dir, before=at - kept_for)


def _build_editions(at: datetime) -> int:
    """Build what waits to be built, last of all: it takes longer than everything else together."""
    waiting = editions_to_build(at=at)
    if not waiting:
        return 0
    from oversight.reports.building import build  # what typesets is heavy, and most rounds need none

    return sum(build(edition_id, seen=seen) for edition_id, seen in waiting)


def _remove_files(folder: Path, *, before: datetime) -> int:
    """Remove the lists of rows, full of personal data, that lie there for longer than the office said."""
    old = [file for file in folder.glob("*.csv*") if file.stat().st_mtime < before.timestamp()]
    for file in old:
        file.unlink(missing_ok=True)
    return len(old)
