"""The desk's queue: a line for each file, and what it may be narrowed by."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from sqlalchemy import Select, case, literal, or_, select, union_all
from sqlalchemy.orm import aliased

from oversight.accounts.models import User
from oversight.casework.models import Complaint, Hold, Party
from oversight.casework.models.complaint import NEVER
from oversight.casework.queries.files import files_for_desk
from oversight.kit.db import session
from oversight.kit.paging import Page, keyset_page

WEEK = timedelta(days=7)
CASEWORKER, INVESTIGATOR = aliased(User), aliased(User)
LINE = (
    *(Complaint.id, Complaint.number, Complaint.rulebook, Complaint.state, Complaint.level),
    *(Complaint.context, Complaint.received_on, Complaint.next_due_on, Complaint.source),
    *(Complaint.has_ended, Complaint.waits_for_adoption, Complaint.has_news),
    *(Complaint.retaliation_reported_at, CASEWORKER.name, INVESTIGATOR.name),
)
"""The columns of QueueLine, in its order."""


class Waiting(StrEnum):
    """What may wait in a file, beside its next clock."""

    HOLD = "hold"
    HOLD_TO_BE_LOOKED_AT = "hold to be looked at"
    TELLING = "telling the officer"
    WITHDRAWAL = "withdrawal"


@dataclass(frozen=True)
class QueueFilter:
    """What a person narrows the queue by; empty means all.

    `due` is overdue or week; `imported` is waiting (to be taken up), only, or none.
    """

    state: str = ""
    level: str = ""
    due: str = ""
    mine: bool = False
    ended: bool = False
    news: bool = False
    imported: str = ""
    incident: uuid.UUID | None = None


@dataclass(frozen=True)
class QueueLine:
    """What a line of the queue tells of a file, and nothing sealed."""

    id: uuid.UUID
    number: str
    rulebook: str
    state: str
    level: str | None
    context: str | None
    received_on: date
    next_due_on: date
    source: str | None
    has_ended: bool
    waits_for_adoption: bool
    has_news: bool
    retaliation_reported_at: datetime | None
    caseworker: str | None
    investigator: str | None


def queue(
    person: User, wanted: QueueFilter, *, on: date, after: str | None = None, size: int = 50
) -> Page[QueueLine]:
    """The desk's queue: what is due first comes first."""
    files = files_for_desk(person)
    if wanted.ended:
        files = files.where(Complaint.has_ended)
    if wanted.state:
        files = files.where(Complaint.state == wanted.state)
    elif not wanted.ended and not wanted.news:  # whoever complained may write after the ending too
        files = files.where(~Complaint.has_ended)
    if wanted.level:
        files = files.where(Complaint.level == wanted.level)
    if wanted.incident:
        files = files.where(Complaint.incident_id == wanted.incident)
    if wanted.mine:
        files = files.where(or_(Complaint.caseworker_id == person.id, Complaint.investigator_id == person.id))
    if wanted.news:
        files = files.where(Complaint.has_news.is_(True))
    files = _imported(_due(files, wanted.due, on), wanted.imported)
    lines = (
        files.with_only_columns(*LINE)
        .outerjoin(CASEWORKER, Complaint.caseworker_id == CASEWORKER.id)
        .outerjoin(INVESTIGATOR, Complaint.investigator_id == INVESTIGATOR.id)
    )
    page = keyset_page(lines, (Complaint.next_due_on, Complaint.id), after, size)
    return Page([QueueLine(*row) for row in page.rows], page.after)


def what_waits(files: Collection[uuid.UUID], *, on: date) -> dict[uuid.UUID, set[Waiting]]:
    """What waits in each of these files that day, by the file's id."""
    its_hold, its_party = Hold.complaint_id.in_(files), Party.complaint_id.in_(files)
    of_hold = case((Hold.review_on <= on, Waiting.HOLD_TO_BE_LOOKED_AT.value), else_=Waiting.HOLD.value)
    telling, withdrawal = literal(Waiting.TELLING.value), literal(Waiting.WITHDRAWAL.value)
    undecided = Party.withdrew_at.is_not(None), Party.withdrawal_decided_at.is_(None)
    some = union_all(
        select(Hold.complaint_id, of_hold).where(its_hold, Hold.resumed_on.is_(None)),
        select(Party.complaint_id, telling).where(its_party, Party.deferred_until <= on),
        select(Party.complaint_id, withdrawal).where(its_party, *undecided),
    )
    found: dict[uuid.UUID, set[Waiting]] = {}
    for file_id, what in session().execute(some) if files else ():
        found.setdefault(file_id, set()).add(Waiting(what))
    return found


def _due(files: Select[Complaint], due: str, on: date) -> Select[Complaint]:
    if due == "overdue":
        return files.where(Complaint.next_due_on < on)
    if due == "week":
        return files.where(Complaint.next_due_on <= on + WEEK)
    return files


def _imported(files: Select[Complaint], imported: str) -> Select[Complaint]:
    if imported == "waiting":
        return files.where(Complaint.waits_for_adoption, Complaint.next_due_on == NEVER)
    if imported == "only":
        return files.where(Complaint.source.is_not(None))
    if imported == "none":
        return files.where(Complaint.source.is_(None))
    return files
