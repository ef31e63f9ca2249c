"""The files past a deadline on the last day of a period, so told that no small number can be counted in them.

Of each file the month it was received, its stage, the deadline, how late it was and why are told, as far as
at least a threshold of files of the list share all of it: months become years first, then one thing after the
other is left unsaid, the reason last. How late a file was is told in bands, since the day would give away
the day on which it was received.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import chain
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import selectinload

from oversight.casework.actions.clocks import WINDOW
from oversight.casework.models import Clock, Complaint, FileEvent, Hold
from oversight.kit.db import session
from oversight.kit.i18n import local_month, t, with_detail
from oversight.reports.speaking import Both, both, first_of, in_each
from oversight.rules.jurisdictions import rulebook
from oversight.rules.rulebook import term
from oversight.rules.words import N_

NONE_WAS = N_("No file was past a deadline on the last day of the period.")
TOO_FEW = N_("Fewer than %(threshold)s files were past a deadline on the last day; so few are not listed.")
THESE_WERE = N_(
    "An office that asks others to account for themselves owes the same. These %(count)s files were past a "
    "deadline on the last day of the period, and this is why."
)
NOT_SAID = N_("not said here")
NO_REASON = N_("No reason is on the file.")
LATE = ((30, N_("up to 30")), (90, N_("31 to 90")), (180, N_("91 to 180")), (None, N_("more than 180")))


@dataclass(frozen=True)
class Late:
    """One file past a deadline. An empty text is not said."""

    received: str
    """A month, as 2026-03, or a year."""
    stage: str
    deadline: str
    late: str
    reason: tuple[str, str]
    """Two marked words: what is said of it, and the detail."""


UNSAID = ("", "")
COARSER: tuple[Callable[[Late], Late], ...] = (
    lambda file: file,
    lambda file: replace(file, received=file.received[:4]),
    lambda file: replace(file, received=file.received[:4], deadline=""),
    lambda file: replace(file, received=file.received[:4], deadline="", stage=""),
    lambda file: replace(file, received="", deadline="", stage=""),
    lambda file: replace(file, received="", deadline="", stage="", late=""),
    lambda file: replace(file, received="", deadline="", stage="", late="", reason=UNSAID),
)
"""Ways to tell of a file, each telling less than the one before."""


def overdue(last: date, until: datetime, *, threshold: int) -> dict[str, Any]:
    """The document's part about them; `until` is the instant at which the last day ended."""
    files = told_alike(late_files(last, until), threshold)
    if not files:
        return {"count": 0, "files": [], "says": both(NONE_WAS)}
    if len(files) < threshold:
        return {"count": None, "files": [], "says": both(TOO_FEW, threshold=threshold)}
    listed = [_said(file) for file in sorted(files, key=_order)]
    return {"count": len(files), "files": listed, "says": both(THESE_WERE, count=len(files))}


def told_alike(files: Sequence[Late], threshold: int) -> list[Late]:
    """The files as they may be told: each as exactly as at least `threshold` of them can be told alike."""
    told: list[Late] = []
    left = list(files)
    for coarser in COARSER:
        groups = sorted(_alike(map(coarser, left)), key=len)
        small = [group for group in groups if len(group) < threshold]
        if 0 < sum(map(len, small)) < threshold:
            # A small rest could be counted by whoever counts the others.
            small = groups[: len(small) + 1]
        told += chain(*groups[len(small) :])
        left = list(chain(*small))
    return told + left


def _alike(files: Iterable[Late]) -> list[list[Late]]:
    groups: defaultdict[Late, list[Late]] = defaultdict(list)
    for file in files:
        groups[file].append(file)
    return list(groups.values())


def late_files(last: date, until: datetime) -> list[Late]:
    """Each file that was past a deadline, by the one it was past longest."""
    earliest: dict[Any, Clock] = {}
    for clock in _late_clocks(last):
        if not _stood_still(clock, last):
            earliest.setdefault(clock.complaint_id, clock)
    stages = _stages(list(earliest), until)
    return [_late(clock, stages.get(clock.complaint_id), last) for clock in earliest.values()]


def _late_clocks(last: date) -> Sequence[Clock]:
    wanted = (
        select(Clock)
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
    return session().scalars(wanted).all()


def _stood_still(clock: Clock, on: date) -> bool:
    day = on.isoformat()
    return any(start <= day and (end is None or end > day) for start, end, _ in clock.pauses if start)


def _stages(files: Sequence[Any], until: datetime) -> dict[Any, str]:
    """The state each file was in at that instant, where it has moved by then."""
    moves = select(FileEvent.complaint_id, FileEvent.to_state).where(
        FileEvent.complaint_id.in_(files), FileEvent.to_state.is_not(None), FileEvent.at < until
    )
    return {file: state for file, state in session().execute(moves.order_by(FileEvent.id)) if state}


def _late(clock: Clock, stage: str | None, last: date) -> Late:
    complaint = clock.complaint
    book = rulebook(complaint.rulebook)
    days = (last - clock.due_on).days if clock.due_on else 0
    return Late(
        received=complaint.received_on.strftime("%Y-%m"),
        stage=book.file.state(stage or book.file.initial).label,
        deadline=clock.rule["label"],
        late=next(words for most, words in LATE if most is None or days <= most),
        reason=_reason(complaint.holds, last, book),
    )


def _reason(holds: Sequence[Hold], last: date, book: Any) -> tuple[str, str]:
    """The last hold that began by then, if it waited or has waited for something."""
    began = [hold for hold in holds if hold.started_on <= last]
    if not began:
        return NO_REASON, ""
    waits = began[-1].resumed_on is None or began[-1].resumed_on > last
    known = term(book.hold_reasons, began[-1].reason)
    return N_("It waits") if waits else N_("It has waited"), known.label if known else ""


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
