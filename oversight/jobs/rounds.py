"""One round of everything that is due: deadlines noticed, notices sent, what is past its time forgotten.

Each piece is a transaction of its own and may run twice: a clock that was noticed is not noticed again.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from flask import current_app

from oversight.casework.acting import CLOCKWORK
from oversight.casework.actions.clocks import note_passed
from oversight.casework.actions.filing import forget_shown_receipts
from oversight.casework.actions.steps import take_step
from oversight.casework.models import Clock
from oversight.casework.queries.files import PROGRESS, clocks_due
from oversight.intake.actions import forget_old_drafts
from oversight.kit.clock import local_date
from oversight.kit.db import session, writing
from oversight.outbox import Delivery, send_due, transport_for
from oversight.rules.jurisdictions import rulebook
from oversight.settings import Settings

RECEIPT_SHOWN_FOR = timedelta(hours=1)
DRAFT_KEPT_FOR = timedelta(hours=24)


@dataclass
class Round:
    """What one round did."""

    deadlines: int = 0
    progress_notices: int = 0
    drafts_forgotten: int = 0
    mail: Delivery = field(default_factory=Delivery)


def make_round(*, at: datetime) -> Round:
    """Do everything that is due at that instant."""
    done = Round()
    _notice_deadlines(done, at)
    _forget(done, at)
    done.mail = send_notices(at=at)
    return done


def send_notices(*, at: datetime) -> Delivery:
    """Send the notices that are due; without a way out they wait."""
    settings: Settings = current_app.config["SETTINGS"]
    transport = transport_for(settings)
    return send_due(transport, sender=settings.mail_from, at=at) if transport else Delivery()


def _notice_deadlines(done: Round, at: datetime) -> None:
    """Look at each due clock in a transaction of its own, so that one bad file keeps no other waiting."""
    on = local_date(at, current_app.config["ZONE"])
    for clock_id in clocks_due(on=on):
        with writing():
            clock = session().get(Clock, clock_id, with_for_update=True)
            if clock is None or clock.stopped_on is not None or clock.passed_at is not None:
                continue
            if clock.deadline == PROGRESS and _may_send_progress(clock):
                take_step(
                    clock.complaint, "send_a_progress_notice", {}, by=CLOCKWORK, at=at, seen_version=None
                )
                done.progress_notices += 1
            else:
                note_passed(clock, at=at)
                done.deadlines += 1


def _may_send_progress(clock: Clock) -> bool:
    workflow = rulebook(clock.complaint.rulebook).file
    steps = workflow.steps_from(clock.complaint.state, CLOCKWORK.roles)
    return any(step.name == "send_a_progress_notice" for step in steps)


def _forget(done: Round, at: datetime) -> None:
    with writing():
        done.drafts_forgotten = forget_old_drafts(before=at - DRAFT_KEPT_FOR)
        forget_shown_receipts(before=at - RECEIPT_SHOWN_FOR)
