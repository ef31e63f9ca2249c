"""Pages cost as many queries for many rows as for few."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine, event, select

from oversight.casework import acting
from oversight.casework.actions.editing import add_allegation, add_party
from oversight.casework.actions.messages import add_to_complaint
from oversight.casework.models import Complaint
from oversight.kit.db import session, writing
from tests.cast import BEA, INES, IVAN, LOU, the
from tests.factories import AT, complaint_in, officers, take
from tests.pages import hidden_fields

PARTS = ("", "/told", "/allegations", "/people", "/review", "/messages", "/history", "/handling")


def queries(act: Callable[[], object]) -> int:
    """How many statements `act` sends to the database."""
    sent: list[str] = []
    with heard("before_cursor_execute", lambda *told: sent.append(told[2])):
        act()
    return len(sent)


@contextmanager
def heard(name: str, note: Callable[..., None]) -> Iterator[None]:
    """Have `note` told of what happens under that name at the database."""
    event.listen(Engine, name, note)
    try:
        yield
    finally:
        event.remove(Engine, name, note)


@pytest.mark.one_database
def test_a_page_of_the_desk_costs_the_same_for_many_rows_as_for_few(app: Flask, browser_of: Any) -> None:
    with app.app_context():
        the(BEA)
        number = told().number
        take(complaint_in("assessment"), "hold", by=INES, **HOLD)
        grow(number)
    pages = [(INES, f"/desk/files/{number}{part}") for part in PARTS]
    pages += [(INES, "/desk"), (BEA, "/desk"), (BEA, "/desk/approvals"), (LOU, "/desk/liaison")]
    before = cost(pages, browser_of)
    with app.app_context():
        for state in ("assessment", "received"):
            complaint_in(state)
        told()
        take(complaint_in("assessment"), "hold", by=INES, **HOLD)
        for _ in range(3):
            grow(number)
    assert cost(pages, browser_of) == before


@pytest.mark.one_database
def test_who_took_a_step_is_sent_on_without_another_look_at_the_file(app: Flask, browser_of: Any) -> None:
    with app.app_context():
        number = complaint_in("received").number
    page, ines = f"/desk/files/{number}/steps/begin_assessment", browser_of(INES)
    form, sent = hidden_fields(ines.get(page).text), []
    statement, end = "before_cursor_execute", "commit"
    with heard(statement, lambda *told: sent.append(told[2])), heard(end, lambda _: sent.clear()):
        assert ines.post(page, data=form).status_code == 303
    assert sent == []


HOLD = {"hold_reason": "health", "authority": "A doctor", "review_on": "2036-03-01"}


def cost(pages: list[Any], browser_of: Any) -> dict[str, int]:
    """The number of queries of each page."""
    return {
        f"{person.name} {page}": queries(lambda person=person, page=page: browser_of(person).get(page))
        for person, page in pages
        if browser_of(person).get(page).status_code == 200
    }


def told() -> Complaint:
    """A file that the liaison knows of."""
    the(LOU)
    complaint = complaint_in("investigation")
    return take(complaint, "tell_the_officer", by=IVAN, officer=str(officers(complaint)[0].id))


def grow(number: str) -> None:
    """Add a person, a message and an allegation to a file, and with each a line to its history."""
    by = acting.person(the(INES))
    with writing():
        complaint = session().scalars(select(Complaint).where(Complaint.number == number)).one()
        add_party(complaint, "witness", {"name": "Pia Holm"}, by=by, at=AT)
        add_to_complaint(complaint.parties[0], "And one more thing.", at=AT)
        about = {
            "subject_kind": "known_officer",
            "subject_id": officers(complaint)[0].id,
            "camera": "unknown",
        }
        add_allegation(complaint, by=by, at=AT, **about)
