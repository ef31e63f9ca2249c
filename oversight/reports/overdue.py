"""The files past a deadline on the last day of a period, and why. How exactly: `late_lists`."""

from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import selectinload

from oversight.casework.models import Clock, Complaint, FileEvent, Hold, Party
from oversight.casework.queries.clocks import WINDOW
from oversight.figures.disclosure.releases import Release
from oversight.figures.queries.lives import steps_that
from oversight.figures.queries.stock import stood_at
from oversight.kit.db import session
from oversight.kit.i18n import local_month, t, with_detail
from oversight.reports.late_lists import LATE, Before, Late, LateList, safely_told
from oversight.reports.speaking import Both, both, first_of, in_each
from oversight.rules.jurisdictions import rulebook
from oversight.rules.rulebook import Rulebook, SmallNumbers, term
from oversight.rules.words import N_

NONE_WAS = N_("No file was past a deadline on the last day of the period.")
NONE_KNOWN = N_("No deadline is kept on these files, so nobody can say whether one was late.")
TOO_FEW = N_("Fewer than %(threshold)s files were past a deadline on the last day; so few are not listed.")
THESE_WERE = N_(
    "An office that asks others to account for themselves owes the same. These %(count)s files were past a "
    "deadline on the last day of the period, and this is why."
)
GIVES_AWAY = N_(
    "The files past a deadline on the last day are not listed: beside all else that was printed, even their "
    "number would give small numbers away."
)
NOT_SAID = N_("not said here")
NO_REASON = N_("No reason is on the file.")


def overdue(
    last: date, until: datetime, *, rule: SmallNumbers, said: Mapping[str, Release], before: Before
) -> tuple[dict[str, Any], LateList | None]:
    """(the document's part about them, their list, if there is one to be kept for what is released later).

    `until` is the instant at which the last day ended, `said` what the tables of the same edition told.
    """
    files = late_files(last, until)
    if not files and not _keeps_deadlines(last):
        return {"count": None, "files": [], "says": both(NONE_KNOWN)}, None
    if not files:
        return {"count": 0, "files": [], "says": both(NONE_WAS)}, None
    if len(files) < rule.threshold:
        return {"count": None, "files": [], "says": both(TOO_FEW, threshold=rule.threshold)}, None
    told = safely_told(files, last, rule, said, before)
    if told is None:
        return {"count": None, "files": [], "says": both(GIVES_AWAY)}, None
    listed = [_said(file) for file in sorted(told, key=_order)]
    says = both(THESE_WERE, count=len(told))
    return {"count": len(told), "files": listed, "says": says}, LateList(last, Counter(told))


def _keeps_deadlines(last: date) -> bool:
    """Whether any file had one by then: a history that was brought in has none, which is no zero."""
    began = select(Clock.id).where(Clock.started_on <= last, Clock.deadline != WINDOW)
    return session().scalar(began.limit(1)) is not None


def late_files(last: date, until: datetime) -> list[Late]:
    """Each file that was past a deadline, by the one it was past longest."""
    earliest: dict[Any, Late] = {}
    for clock, stage, put_off in session().execute(_late_clocks(last, until)):
        if clock.complaint_id not in earliest and not _stood_still(clock, last):
            earliest[clock.complaint_id] = _late(clock, stage, last, put_off=put_off)
    return list(earliest.values())


def _late_clocks(last: date, until: datetime) -> Select[Clock, str, bool]:
    """Each clock past its day, with the state of its file at that instant and whether its telling waited."""
    return (
        select(Clock, stood_at(until), _was_put_off(until))
        .join(Clock.complaint)
        .where(
            Clock.deadline != WINDOW,
            Clock.due_on <= last,
            or_(Clock.stopped_on.is_(None), Clock.stopped_on > last),
            or_(Complaint.ended_on.is_(None), Complaint.ended_on > last),
        )
        .options(selectinload(Clock.complaint).selectinload(Complaint.holds))
        .order_by(Clock.due_on, Clock.id)
    )


def _stood_still(clock: Clock, on: date) -> bool:
    day = on.isoformat()
    return any(start <= day and (end is None or end > day) for start, end, _ in clock.pauses if start)


def _late(clock: Clock, stage: str, last: date, *, put_off: bool) -> Late:
    complaint = clock.complaint
    book = rulebook(complaint.rulebook)
    days = (last - clock.due_on).days if clock.due_on else 0
    return Late(
        received=complaint.received_on.strftime("%Y-%m"),
        stage=book.file.state(stage).label,
        deadline=clock.rule["label"],
        late=next(words for most, words in LATE if most is None or days <= most),
        reason=_reason(clock, last, book, put_off=put_off),
    )


def _reason(clock: Clock, last: date, book: Rulebook, *, put_off: bool) -> tuple[str, str]:
    """Why, as far as the file says: what it waits for, what was last said of it, what it has waited for.

    A hold may be of some allegations only, and then leaves the clock running; a state may keep it still.
    """
    began = [hold for hold in clock.complaint.holds if hold.started_on <= last]
    waits = [hold for hold in began if hold.resumed_on is None or hold.resumed_on > last]
    pauses = [why for start, _, why in clock.pauses if start and start <= last.isoformat() and why]
    if waits:
        return N_("It waits"), _held_for(waits[-1], book)
    if delay := clock.delay_by(last):
        why = term(book.delay_reasons, delay["reason"])
        return N_("More time was given") if delay["days"] else N_("It takes longer"), why.label if why else ""
    if put_off:
        return N_("Telling the officer was put off"), ""
    if began:
        return N_("It has waited"), _held_for(began[-1], book)
    if pauses:
        return N_("It has waited"), pauses[-1]
    return NO_REASON, ""


def _held_for(hold: Hold, book: Rulebook) -> str:
    known = term(book.hold_reasons, hold.reason)
    return known.label if known else ""


def _was_put_off(until: datetime) -> ColumnElement[bool]:
    """Whether telling an officer of the file had been put off by that instant, and waits still."""
    waits = select(Party.id).where(Party.complaint_id == Complaint.id, Party.deferred_until.is_not(None))
    put_off = select(FileEvent.id).where(
        FileEvent.complaint_id == Complaint.id,
        FileEvent.kind == "step",
        FileEvent.what.in_(steps_that("defer_telling")),
        FileEvent.at < until,
    )
    return waits.exists() & put_off.exists()


def _order(file: Late) -> tuple[str, ...]:
    return file.received, file.stage, file.deadline, file.late, *file.reason


def _said(file: Late) -> dict[str, Both]:
    return {
        "received": in_each(lambda: _received(file.received)),
        "stage": both(file.stage or NOT_SAID),
        "deadline": both(file.deadline or NOT_SAID),
        "late": both(file.late or NOT_SAID),
        "reason": in_each(lambda: with_detail(t(file.reason[0] or NOT_SAID), t(file.reason[1]))),
    }


def _received(received: str) -> str:
    if len(received) <= len("2026"):
        return received or t(NOT_SAID)
    return local_month(first_of(received))
