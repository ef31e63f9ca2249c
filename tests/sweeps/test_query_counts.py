"""Every page costs as many queries in an office with many times the rows: nothing is asked once for each."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Engine, event, func, select, update

from oversight.accounts.actions import make_person
from oversight.accounts.models import User
from oversight.casework import acting
from oversight.casework.actions.calendar import add_day
from oversight.casework.actions.editing import add_incident
from oversight.casework.models import (
    Allegation,
    Complaint,
    FileEvent,
    Message,
    Party,
    PartyIdentity,
    ReviewCopy,
)
from oversight.demo import multiply
from oversight.kit.db import session, writing
from oversight.rules.calendars import DayKind
from oversight.rules.roles import Role
from tests.busy_office import AT
from tests.cast import BEA, INES, the
from tests.sweeps.conftest import Busy
from tests.sweeps.test_access import COLUMNS, FILE_OF, address, endpoints, rows, visitors

TIMES = 4
MORE = 6


def test_every_page_asks_as_often_of_a_large_office_as_of_a_small_one(busy: Busy) -> None:
    with busy.app.app_context():
        let_go_of_former_numbers()
        grow(busy, 1)
    asked = pages(busy)
    before = {page: ask() for page, ask in asked.items()}
    with busy.app.app_context():
        files = len(session().scalars(select(Complaint.id)).all())
        multiply(files * TIMES, tell=str)
        grow(busy, MORE)
    after = {page: ask() for page, ask in asked.items()}
    assert len(before) > 100
    assert {page: (before[page], after[page]) for page in before if before[page] != after[page]} == {}


def pages(busy: Busy) -> dict[str, Callable[[], int]]:
    """Every endpoint that shows something, to the first and the last of those who may see it."""
    cookies = visitors(busy)
    return {
        f"{endpoint} to {who}": lambda endpoint=endpoint, who=who: queries(busy, endpoint, cookies[who])
        for method, endpoint in endpoints(busy.app)
        if method == "GET"
        for who in first_and_last(rows()[f"GET {endpoint}"])
    }


def first_and_last(answers: list[str]) -> set[str]:
    """Two of those whom the table of access lets in."""
    let_in = [who for who, answer in zip(COLUMNS, answers, strict=True) if answer == "200"]
    return {let_in[0], let_in[-1]} if let_in else set()


def queries(busy: Busy, endpoint: str, cookies: list[tuple[str, str]]) -> int:
    """How many statements a page sends to the database."""
    client = busy.app.test_client()
    for name, value in cookies:
        client.set_cookie(name, value)
    where, sent = address(busy, endpoint), []

    def note(*of_the_event: Any) -> None:
        sent.append(of_the_event[2])

    event.listen(Engine, "before_cursor_execute", note)
    try:
        assert client.get(where).status_code == 200
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    return len(sent)


def let_go_of_former_numbers() -> None:
    """No two files of one history bear the same, so that a file which has one can't be copied."""
    with writing() as current:
        current.execute(update(Complaint).values(former_number=None))


def grow(busy: Busy, by: int) -> None:
    """Add so many people to the office, and so many of everything to each file that a page is asked about."""
    asked_about = {*FILE_OF.values(), "investigation"} & {*busy.there.numbers}
    with writing() as current:
        numbers = [busy.there.numbers[key] for key in asked_about]
        for file in current.scalars(select(Complaint).where(Complaint.number.in_(numbers))).all():
            for _ in range(by):
                add_to(file)
        known = current.scalar(select(func.count()).select_from(User)) or 0
        for number in range(known, known + by):
            add_to_the_office(number)


def add_to(file: Complaint) -> None:
    """One more person, with an allegation of theirs, a message, a review copy and a line in the history."""
    witness = Party(kind="witness", ordinal=len(file.parties) + 1, has_email=True)
    witness.identity = PartyIdentity(name="Pia Holm")
    file.parties.append(witness)
    first = file.allegations[0]
    facts = {"code": first.code, "subject_kind": first.subject_kind, "status": first.status}
    file.allegations.append(Allegation(ordinal=len(file.allegations) + 1, subject=first.subject, **facts))
    file.messages.append(Message(party_id=file.parties[0].id, kind="addition", body="One more thing.", at=AT))
    by = acting.person(the(INES))
    file.copies.append(
        ReviewCopy(title="What was told", text="It was evening.", prepared_by_id=by.person_id, prepared_at=AT)
    )
    session().add(
        FileEvent(
            complaint_id=file.id, at=AT, kind="step", what="refer", actor_kind="person", actor_id=by.person_id
        )
    )


def add_to_the_office(number: int) -> None:
    """One more reviewer, incident and day on which the office is closed."""
    make_person(f"more-{number}@office.example", "Mo Reeves", (Role.REVIEWER,), None, at=AT)
    by = acting.person(the(INES))
    add_incident(f"An evening of {number}", by=by, at=AT)
    day = date(2026, 1, 1) + timedelta(days=number)
    add_day("CA-AB", day, DayKind.OFFICE, "Moving", "Déménagement", by=acting.person(the(BEA)), at=AT)
