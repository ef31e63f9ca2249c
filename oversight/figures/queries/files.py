"""Which files are counted, where they come from, and whose vocabulary they speak."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, String, func, select, type_coerce
from sqlalchemy.orm import InstrumentedAttribute

from oversight.casework.models import Allegation, Complaint
from oversight.figures.periods import Period
from oversight.figures.wanted import Wanted, Words
from oversight.kit.db import session
from oversight.rules.jurisdictions import rulebook
from oversight.rules.rulebook import Rulebook

Condition = ColumnElement[bool]
Key = Any
"""A file's id as the database's driver gives it: to make half a million of them into UUIDs takes seconds."""


@dataclass(frozen=True)
class Sources:
    """Where the counted files come from: the histories brought in, and whether any began here."""

    imports: tuple[str, ...]
    began_here: bool
    rulebooks: tuple[str, ...]

    @property
    def usual_words(self) -> Words:
        """The other office's own words where everything counted was brought in, else ours."""
        return Words.OWN if self.imports and not self.began_here else Words.OURS

    def named(self, **more: object) -> dict[str, object]:
        """What a figure says of its sources."""
        return {"imports": list(self.imports), "began_here": self.began_here, **more}

    def labels(self, vocabulary: Callable[[Rulebook], Mapping[str, str]]) -> dict[str, str]:
        """Code → label of one vocabulary of the counted files' rulebooks, in the order of the newest."""
        found: dict[str, str] = {}
        for book in sorted(map(rulebook, self.rulebooks), key=lambda book: book.in_force_from, reverse=True):
            for code, label in vocabulary(book).items():
                found.setdefault(code, label)
        return found


def key(column: InstrumentedAttribute[UUID]) -> ColumnElement[Key]:
    """A file's id of that column, to know the file by while it is counted."""
    return type_coerce(column, String())


def has_row(model: Any, *conditions: Condition) -> Condition:
    """Whether something of that model hangs on a file, with those conditions. An index tells, for each file.

    PostgreSQL reads a list, as of `id NOT IN (SELECT …)`, from end to end for every file, once the list has
    outgrown the memory of one query.
    """
    hanging = select(model.id).where(model.complaint_id == Complaint.id, *conditions)
    return hanging.correlate(Complaint).exists()


def received_in(period: Period) -> Condition:
    """The files received in a period."""
    return Complaint.received_on.between(period.first, period.last)


def sources_of(counted: Condition) -> Sources:
    """Where those files come from."""
    rows = session().execute(select(Complaint.source, Complaint.rulebook).where(counted).distinct()).all()
    sources = {source for source, _ in rows}
    imports = sorted(source for source in sources if source is not None)
    return Sources(tuple(imports), None in sources, tuple(sorted({book for _, book in rows})))


def sources_received(wanted: Wanted) -> Sources:
    """Where the files received in the period come from."""
    return wanted.once("sources received", lambda: sources_of(received_in(wanted.period)))


def sources_so_far(wanted: Wanted) -> Sources:
    """Where all files come from that were received by the last day."""
    return wanted.once("sources so far", lambda: sources_of(Complaint.received_on <= wanted.last))


def number_of_files(counted: Condition) -> int:
    """How many files there are of those."""
    return session().scalar(select(func.count()).select_from(Complaint).where(counted)) or 0


def without_allegations(counted: Condition) -> int:
    """How many of those files have no allegation at all."""
    return number_of_files(counted & ~has_row(Allegation))


def files_by_day_received(counted: Condition) -> Counter[date]:
    """How many of those files were received on each day."""
    by_day = select(Complaint.received_on, func.count()).where(counted).group_by(Complaint.received_on)
    return Counter(dict(session().execute(by_day).all()))


def days_open(counted: Condition) -> Counter[tuple[date, date]]:
    """How many of those ended files were received and ended on the same two days: (received, ended)."""
    ended = (Complaint.has_ended, Complaint.ended_on.is_not(None), counted)
    days = (Complaint.received_on, Complaint.ended_on)
    spans = select(*days, func.count()).where(*ended).group_by(*days)
    return Counter({(received, end): count for received, end, count in session().execute(spans) if end})


def ended_on_no_known_day(period: Period) -> int:
    """How many files have ended on a day nobody wrote down, and may have done so in this period."""
    unknown = Complaint.has_ended & Complaint.ended_on.is_(None)
    return number_of_files(unknown & (Complaint.received_on <= period.last))


def files_by(column: InstrumentedAttribute[Any], counted: Condition) -> Counter[str | None]:
    """How many of those files have each value of a column."""
    grouped = session().execute(select(column, func.count()).where(counted).group_by(column))
    return Counter(dict(grouped.all()))
