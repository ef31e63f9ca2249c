"""A busy office grown larger: more files, more in each of its own, and more of all that is kept beside them.

Whoever a new row names is new too. What two rows name in common is looked up once for both, and would not
show that it is looked up for each.
"""

import uuid
from collections.abc import Collection, Iterator, Sequence
from datetime import date, timedelta
from itertools import cycle
from typing import Any, TypeVar

from sqlalchemy import Column, Table, bindparam, func, inspect, select, update

from oversight.accounts.actions import make_person
from oversight.accounts.models import RoleRequest, SignInLock, User, UserRole
from oversight.casework import acting
from oversight.casework.actions.calendar import add_day
from oversight.casework.actions.editing import add_incident
from oversight.casework.models import (
    Allegation,
    Clock,
    Complaint,
    Conflict,
    FileEvent,
    HeldAllegation,
    Hold,
    ImportBatch,
    Incident,
    Message,
    OutcomeVersion,
    PanelFinding,
    Party,
    PartyIdentity,
    Proposal,
    Reconsideration,
    RecordedDemographics,
    ReviewCopy,
    Seat,
    SelfIdentificationRecord,
)
from oversight.demo import multiply
from oversight.demo.copying import told_files
from oversight.intake.models import Draft
from oversight.kit.db import Base, session, writing
from oversight.ledger.actions import WORDS_DESTROYED, destroy_words
from oversight.ledger.models import Words
from oversight.outbox.models import StoredNotice
from oversight.reports.models import Edition, EditionPdf, EditionState
from oversight.rules.calendars import DayKind
from oversight.rules.roles import GRANTABLE
from tests.busy_office import AT
from tests.editions import PDFS, PLACE, document

OVER: dict[type[Base], dict[str, Any]] = {
    Clock: {"stopped_on": AT.date(), "paused_on": None},
    Hold: {"resumed_on": AT.date(), "resumed_at": AT},
    Proposal: {"status": "declined", "decided_at": AT},
    Reconsideration: {"ended_at": AT, "ended_as": "confirmed"},
    Seat: {"status": "released"},
}
"""How a row is in a file that had none of its kind: the same steps stay open to the file."""
SHARED = {User.__table__, Incident.__table__, ImportBatch.__table__}
"""Tables of which many files' rows name one row."""
WHO_SEES = {Conflict.__table__.c.person_id, Seat.__table__.c.person_id}
R = TypeVar("R", bound=Base)


def hire_colleague() -> uuid.UUID:
    """Somebody without a role, to be given some."""
    with writing():
        return make_person("colleague@office.example", "Cleo Amundsen", (), None, at=AT).id


def grow(numbers: Collection[str], colleague: uuid.UUID, by: int) -> None:
    """Add so many of everything to the office, to a colleague, and to each file of those numbers."""
    for _ in range(by):
        with writing() as current:
            one = add_to_the_office()
            add_role(current.get_one(User, colleague), one)
            for file in current.scalars(select(Complaint).where(Complaint.number.in_(numbers))):
                add_people(file)
                add_allegation(file, one)
                add_to_its_handling(file, one)
                add_to_its_panel(file, one)


def multiply_files(times: int) -> None:
    """Copy every file so many times, and let each second copy name others than it does."""
    with writing() as current:
        # No two files of one history bear the same, so that a file which has one can't be copied.
        current.execute(update(Complaint).values(former_number=None))
    for _ in range(times):
        with writing():
            add_to_the_office()
    told = {table: ids_of(table) for table, _ in naming()}
    multiply(len(told_files()) * (1 + times), tell=str)
    with writing() as current:
        for table, column in naming():
            copies = sorted(ids_of(table, column) - told[table])[::2]
            others = cycle(sorted(ids_of(next(iter(column.foreign_keys)).column.table)))
            named = [{"copy": copy, "other": other} for copy, other in zip(copies, others, strict=False)]
            renamed = (
                update(table).where(table.c.id == bindparam("copy")).values({column: bindparam("other")})
            )
            if named:
                current.connection().execute(renamed, named)


def naming() -> Iterator[tuple[Table, Column[Any]]]:
    """Where a row names what many rows may name, but for who may see which file."""
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            if column not in WHO_SEES and any(key.column.table in SHARED for key in column.foreign_keys):
                yield table, column


def ids_of(table: Table, column: Column[Any] | None = None) -> set[Any]:
    """The ids of a table's rows; of those only that have something in this column."""
    wanted = select(table.c.id)
    return set(session().scalars(wanted if column is None else wanted.where(column.is_not(None))))


# --- how large it is ---------------------------------------------------------------------------------


def rows_of_the_office() -> dict[str, int]:
    """How many rows each table has."""
    tables, count = Base.metadata.sorted_tables, func.count()
    return {table.name: session().scalar(select(count).select_from(table)) or 0 for table in tables}


def rows_of_each_file(numbers: Collection[str]) -> dict[str, dict[str, int]]:
    """How many rows each of those files has, by its number, in each table that it has any in."""
    told = (file for file in told_files() if file.number in numbers)
    return {file.number: {table.name: len(rows) for table, rows in file.rows.items()} for file in told}


# --- beside the files --------------------------------------------------------------------------------


def add_to_the_office() -> User:
    """One more person, and by them one more incident, day off, draft, export, edition in each state."""
    one, newcomer = hired(), hired()
    turn = session().scalar(select(func.count()).select_from(User)) or 0
    by, day = acting.person(one), date(2026, 1, 1) + timedelta(days=turn)
    add_incident(f"An evening of {turn}", by=by, at=AT)
    add_day("CA-AB", day, DayKind.OFFICE, "Moving", "Déménagement", by=by, at=AT)
    another(ImportBatch, title=f"Export {turn}")
    another(RoleRequest, user_id=newcomer.id, requested_by=one.id)
    another(StoredNotice, key=None)
    destroy_words(newest_words(), reason="retention", actor=one.actor, at=AT)
    session().add(Draft(touched_at=AT, entered_by_id=one.id))
    session().add(SignInLock(address_index=one.id.bytes * 2, last_attempt_at=AT))
    for quarter, state in enumerate(EditionState, start=1):
        add_edition(f"{1900 + turn}-Q{quarter}", state, one)
    return one


def hired() -> User:
    """Somebody new, who may do everything."""
    known = session().scalar(select(func.count()).select_from(User)) or 0
    return make_person(f"more-{known}@office.example", f"Mo Reeves {known}", GRANTABLE, None, at=AT)


def newest_words() -> Sequence[int]:
    """The newest entries of the ledger whose words may go."""
    kept = select(Words.number).where(Words.kind != WORDS_DESTROYED)
    return session().scalars(kept.order_by(Words.number.desc()).limit(2)).all()


def add_role(colleague: User, one: User) -> None:
    """One more role that a colleague holds, granted and approved by somebody of its own."""
    role = next(role for role in GRANTABLE if role not in colleague.role_set)
    by = {"granted_by": one.id, "approved_by": one.id}
    session().add(UserRole(user_id=colleague.id, role=role, granted_at=AT, **by))


def add_edition(period: str, state: str, one: User) -> None:
    """An edition of that period in that state, which one person made."""
    edition = Edition(place=PLACE, period=period, number=1, state=state, demo=False, paper="Letter")
    edition.content, edition.proposed_by_id, edition.proposed_at = document(period), one.id, AT
    if state == EditionState.ISSUED:
        edition.approved_by_id, edition.issued_at = one.id, AT
    edition.pdfs = [EditionPdf(lang=lang, body=body, sha256="0" * 64) for lang, body in PDFS.items()]
    session().add(edition)


# --- in a file ---------------------------------------------------------------------------------------


def add_people(file: Complaint) -> None:
    """One more person of each kind, with all that is kept of them."""
    for kind in sorted(session().scalars(select(Party.kind).distinct())):
        ordinal = sum(party.kind == kind for party in file.parties) + 1
        named = {"ordinal": ordinal, "receipt_hash": None, "represents_id": None}
        party = another(Party, file, Party.kind == kind, **named)
        session().flush()
        session().add(PartyIdentity(party_id=party.id, name=f"Pia Holm the {ordinal}th"))
        another(SelfIdentificationRecord, party_id=party.id)
        another(RecordedDemographics, party_id=party.id)


def add_allegation(file: Complaint, one: User) -> None:
    """One more allegation, of an officer of its own, and a hold that keeps it waiting."""
    theirs = select(Party.id).where(Party.complaint_id == file.id, Party.kind == "subject")
    officer = session().scalars(theirs.order_by(Party.id.desc()).limit(1)).one()
    alleged = another(Allegation, file, ordinal=len(file.allegations) + 1, subject_id=officer)
    hold = another(Hold, file, scope="allegations", placed_by_id=one.id, approved_by_id=one.id)
    session().flush()
    session().add(HeldAllegation(hold_id=hold.id, allegation_id=alleged.id))


def add_to_its_handling(file: Complaint, one: User) -> None:
    """One more of each thing in its handling, a message each way and a letter among them."""
    asking = next((each for each in file.parties if each.kind == "complainant"), file.parties[0]).id
    another(Clock, file)
    session().add(Conflict(complaint_id=file.id, person_id=one.id, declared_by_id=one.id, at=AT))
    another(Proposal, file, proposed_by_id=one.id)
    another(Reconsideration, file, party_id=asking)
    another(Message, file, Message.written_by_id.is_(None), party_id=asking)
    another(Message, file, Message.written_by_id.is_not(None), party_id=asking, written_by_id=one.id)
    another(StoredNotice, about=file.subject, key=None)
    for what in ("refer", "ask_for_more"):
        line = {"kind": "step", "what": what, "actor_kind": "person", "actor_id": one.id}
        session().add(FileEvent(complaint_id=file.id, at=AT, details={"question": "Why then?"}, **line))
    if file.outcome:
        kept = {"by_id": one.id, "published": file.outcome.published or {}}
        session().add(OutcomeVersion(outcome_id=file.outcome.id, at=AT, **kept))


def add_to_its_panel(file: Complaint, one: User) -> None:
    """One more copy to read, and one more seat; each seat finds something of each allegation."""
    another(ReviewCopy, file, prepared_by_id=one.id)
    another(Seat, file, Seat.status == "seated", person_id=one.id, declared_at=AT, submitted_at=AT)
    session().flush()
    session().expire(file)
    for seat in file.seats:
        found = {finding.allegation_id for finding in seat.findings}
        for allegation in file.allegations:
            if allegation.id not in found:
                finding = {"finding": "not_sustained", "reasons": "So it was."}
                session().add(PanelFinding(seat_id=seat.id, allegation_id=allegation.id, **finding))


def another(kind: type[R], file: Any = None, *narrower: Any, **instead: Any) -> R:
    """One more row like the newest of its kind in the file, or in the office where the file has none."""
    table: Any = kind
    newest = select(kind).where(*narrower).order_by(table.id.desc()).limit(1)
    own = session().scalars(newest.where(table.complaint_id == file.id)).first() if file else None
    like = own or session().scalars(newest).one()
    keys = [column.key.removesuffix("_sealed") for column in inspect(kind).column_attrs]
    values = {key: getattr(like, key) for key in keys if key != "id"}
    if file:
        values |= {"complaint_id": file.id, **({} if own else OVER.get(kind, {}))}
    row = kind(**{**values, **instead})
    session().add(row)
    return row
