"""Which files a person may know of, each room's way in, and one file by its number.

Visibility starts every query: there is no fetching first and checking after. A conflict shuts out anyone.
"""

import uuid
from collections.abc import Sequence
from datetime import date

from sqlalchemy import Select, and_, exists, false, func, literal, or_, select, tuple_, union_all
from sqlalchemy.orm import aliased, defaultload, selectinload

from oversight.accounts.models import User
from oversight.casework.models import (
    Allegation,
    Clock,
    Complaint,
    Conflict,
    FileEvent,
    Hold,
    ImportBatch,
    ImportedFile,
    Incident,
    Party,
    Proposal,
    Seat,
)
from oversight.casework.models.complaint import folded
from oversight.casework.queries.clocks import WINDOW
from oversight.kit.db import session
from oversight.kit.paging import Page, keyset_page
from oversight.rules.findings import SUBJECTS_HEARD, Subject
from oversight.rules.jurisdictions import all_rulebooks
from oversight.rules.numbers import read_file_number
from oversight.rules.roles import Role

PROGRESS = "progress_notice"
MOST_OVERDUE = 1000
"""So many say that something is very wrong; how many more, would take reading them all."""


def without_conflict(person: User, files: Select[Complaint]) -> Select[Complaint]:
    """Leave out every file this person has a conflict with."""
    shut_out = exists().where(Conflict.complaint_id == Complaint.id, Conflict.person_id == person.id)
    return files.where(~shut_out)


def files_for_desk(person: User) -> Select[Complaint]:
    """Files a person may work on at the desk: caseworkers and directors all, investigators their own."""
    files = without_conflict(person, select(Complaint))
    if person.role_set & {Role.CASEWORKER, Role.DIRECTOR}:
        return files
    if Role.INVESTIGATOR in person.role_set:
        return files.where(Complaint.investigator_id == person.id)
    return files.where(false())


def files_for_publication(person: User) -> Select[Complaint]:
    """Ended files, for those who write outcomes. What ended elsewhere is not this office's to publish."""
    if not person.role_set & {Role.PUBLISHER, Role.DIRECTOR}:
        return select(Complaint).where(false())
    # A published outcome stays in its publishers' hands while its file is open again.
    within_reach = or_(and_(Complaint.has_ended, Complaint.is_ours), Complaint.outcome.has())
    return without_conflict(person, select(Complaint).where(within_reach))


def files_for_liaison(person: User) -> Select[Complaint]:
    """Files whose officer the service was asked to tell. Never one about the chief."""
    if Role.LIAISON not in person.role_set:
        return select(Complaint).where(false())
    told = exists().where(Party.complaint_id == Complaint.id, Party.told_on.is_not(None))
    chief = exists().where(Party.complaint_id == Complaint.id, Party.subject_kind == Subject.CHIEF)
    # What is alleged may be about the chief before anyone has added them as a person.
    alleged = exists().where(
        Allegation.complaint_id == Complaint.id, Allegation.subject_kind == Subject.CHIEF
    )
    return without_conflict(person, select(Complaint).where(told, ~chief, ~alleged))


def file_for_desk(person: User, number: str, *, whole: bool = True) -> Complaint | None:
    """One file, or None where this person may not know of it.

    The whole comes at once, as steps and their guards read nearly all of it; else each part when asked for.
    """
    wanted = files_for_desk(person).where(Complaint.number == number)
    return session().scalars(wanted.options(*(WHOLE_FILE if whole else WHEN_ASKED))).one_or_none()


def version_now(complaint: Complaint) -> int | None:
    """The version a file has at this moment: what was read of it piece by piece may be of different ones."""
    return session().scalar(select(Complaint.version).where(Complaint.id == complaint.id))


def files_called(person: User, number: str) -> Sequence[Complaint]:
    """The files that bear a number, this office's own or a former office's: several may bear the same."""
    ours, theirs = read_file_number(number), folded(number)
    named = [Complaint.former_key == theirs] if theirs else []
    named += [Complaint.number == ours] if ours else []
    return keyset_page(files_for_desk(person).where(or_(false(), *named)), (Complaint.id,), size=20).rows


def origin_of(complaint: Complaint) -> tuple[ImportedFile, ImportBatch]:
    """What is kept of where an imported file came from, and what it came with."""
    wanted = select(ImportedFile, ImportBatch).join(ImportBatch, ImportedFile.batch_id == ImportBatch.id)
    file, batch = session().execute(wanted.where(ImportedFile.complaint_id == complaint.id)).one()
    return file, batch


def origins_of(complaints: Sequence[Complaint]) -> dict[uuid.UUID, str]:
    """What the histories are called that files came from, by the file's id; nothing for our own."""
    wanted = select(ImportedFile.complaint_id, ImportBatch.title).join(
        ImportBatch, ImportedFile.batch_id == ImportBatch.id
    )
    ids = [complaint.id for complaint in complaints]
    found = session().execute(wanted.where(ImportedFile.complaint_id.in_(ids)))
    return {row.complaint_id: row.title for row in found}


def file_for_liaison(person: User, number: str) -> Complaint | None:
    """One file as the liaison may know it, or None."""
    wanted = files_for_liaison(person).where(Complaint.number == number)
    officers = selectinload(Complaint.parties).joinedload(Party.identity)
    return session().scalars(wanted.options(*WHOLE_FILE, officers)).one_or_none()


def liaison_files(person: User, after: str | None = None) -> Page[Complaint]:
    """The files the service was asked about, the newest first."""
    files = files_for_liaison(person).options(
        selectinload(Complaint.parties).joinedload(Party.identity), selectinload(Complaint.allegations)
    )
    return keyset_page(files, (Complaint.received_on.desc(), Complaint.id.desc()), after)


def history_of(complaint: Complaint, after: str | None = None, size: int = 200) -> Page[FileEvent]:
    """A file's history, the newest first."""
    events = select(FileEvent).where(FileEvent.complaint_id == complaint.id)
    return keyset_page(events, (FileEvent.id.desc(),), after, size)


def proposals_waiting_for(person: User, after: str | None = None, size: int = 50) -> Page[Proposal]:
    """Steps on files this person may work on that wait for a second person such as them."""
    theirs = {
        step.name
        for book in all_rulebooks().values()
        for step in book.file.steps
        if step.second & person.role_set
    }
    if not theirs:
        return Page([], None)
    its_file = files_for_desk(person).where(Complaint.id == Proposal.complaint_id)
    waiting = select(Proposal).where(
        Proposal.status == "waiting",
        Proposal.workflow == "file",
        Proposal.step.in_(theirs),
        Proposal.proposed_by_id != person.id,
        its_file.exists(),
    )
    whole = selectinload(Proposal.complaint)
    told = (whole.selectinload(each) for each in (Complaint.allegations, Complaint.parties, Complaint.holds))
    return keyset_page(waiting.options(whole, *told), (Proposal.id,), after, size)


def incidents(after: str | None = None) -> Page[Incident]:
    """Incidents, the newest first."""
    return keyset_page(select(Incident), (Incident.id.desc(),), after)


def incident(incident_id: uuid.UUID) -> Incident | None:
    """One incident."""
    return session().get(Incident, incident_id)


def officers_heard(complaint: Complaint) -> list[Party]:
    """The subjects whose side must be told and heard."""
    return [
        each for each in complaint.parties if each.kind == "subject" and each.subject_kind in SUBJECTS_HEARD
    ]


def clocks_due(*, on: date, after: uuid.UUID | None = None, limit: int = 200) -> Sequence[uuid.UUID]:
    """Running clocks that want something done: progress notices on their last day, others once it is over.

    They come by their last days, from the first or from those that follow the clock `after`.
    """
    wanted = or_(Clock.due_on < on, and_(Clock.deadline == PROGRESS, Clock.due_on == on))
    due = (
        select(Clock.id)
        .where(Clock.stopped_on.is_(None), Clock.paused_on.is_(None), Clock.passed_at.is_(None), wanted)
        .order_by(Clock.due_on, Clock.id)
        .limit(limit)
    )
    if after:
        last = aliased(Clock)
        its_day = select(last.due_on).where(last.id == after).scalar_subquery()
        due = due.where(tuple_(Clock.due_on, Clock.id) > tuple_(its_day, literal(after, Clock.id.type)))
    return session().scalars(due).all()


def overdue_clocks(*, on: date) -> int:
    """How many open deadlines have passed, counted up to MOST_OVERDUE: also those that no round has noticed,
    but no window that has closed, for which nobody is late."""
    overdue = select(Clock.id).where(Clock.stopped_on.is_(None), Clock.due_on < on)
    noticed = overdue.where(Clock.passed_at.is_not(None))
    unnoticed = overdue.where(Clock.passed_at.is_(None), Clock.paused_on.is_(None), Clock.deadline != WINDOW)
    some = union_all(noticed, unnoticed).limit(MOST_OVERDUE).subquery()
    return session().scalar(select(func.count()).select_from(some)) or 0


# What a file's steps and their guards read, in one query for each kind of row and never one for each row.
WHOLE_FILE = (
    selectinload(Complaint.parties),
    selectinload(Complaint.allegations),
    selectinload(Complaint.holds).selectinload(Hold.held),
    selectinload(Complaint.clocks),
    selectinload(Complaint.copies),
    selectinload(Complaint.seats).selectinload(Seat.findings),
    selectinload(Complaint.proposals),
    selectinload(Complaint.messages),
    selectinload(Complaint.reconsiderations),
)

# What the parts of one file bring along when one of them is asked for, so that it isn't asked row by row.
WHEN_ASKED = (
    defaultload(Complaint.allegations).joinedload(Allegation.subject),
    defaultload(Complaint.holds).selectinload(Hold.held),
)
