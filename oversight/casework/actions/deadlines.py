"""What the office's clockwork does about a clock that is due, once and no more."""

import uuid
from datetime import datetime

from oversight.casework.acting import CLOCKWORK
from oversight.casework.actions.clocks import note_passed
from oversight.casework.actions.history import lock_file
from oversight.casework.actions.steps import take_step
from oversight.casework.models import Clock
from oversight.casework.queries.files import PROGRESS
from oversight.kit.db import session
from oversight.rules.jurisdictions import rulebook

PROGRESS_STEP = "send_a_progress_notice"


def attend_to_clock(clock_id: uuid.UUID, *, at: datetime) -> str | None:
    """Send the progress notice that a clock asks for, or note that its last day has gone by.

    Returns "progress" or "passed"; None where someone has attended to it meanwhile.
    """
    clock = session().get(Clock, clock_id)
    if clock is None:
        return None
    lock_file(clock.complaint)
    session().refresh(clock)
    if not clock.is_running or clock.passed_at is not None:
        return None
    if clock.deadline == PROGRESS and _may_send_progress(clock):
        take_step(clock.complaint, PROGRESS_STEP, {}, by=CLOCKWORK, at=at, seen_version=None)
        return "progress"
    note_passed(clock, at=at)
    return "passed"


def _may_send_progress(clock: Clock) -> bool:
    workflow = rulebook(clock.complaint.rulebook).file
    return any(
        step.name == PROGRESS_STEP for step in workflow.steps_from(clock.complaint.state, CLOCKWORK.roles)
    )
