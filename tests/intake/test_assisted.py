"""Filing for someone at the desk."""

from datetime import date
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from oversight.casework.models import Complaint
from oversight.intake.models import Draft
from oversight.kit.db import session
from oversight.ledger.models import Words
from tests.cast import ADA, BEA, INES, IVAN, LOU, MAX, PAULA, RITA, Person, signed_in
from tests.intake.visitor import ANSWERS, Visitor, code_on
from tests.pages import hidden_fields, submit

FORM = "/desk/assisted-filing"
TOLD: dict[str, Any] = {
    **{name: value for answers in ANSWERS.values() for name, value in answers.items()},
    "channel": "phone",
    "origin": "complaint",
    "language": "fr",
    "area": "Northeast",
    "received_on-day": "3",
    "received_on-month": "11",
    "received_on-year": "2026",
}
BASIS = {"origin": "own_motion", "origin_basis": "Three reports of the same corner in a month."}


def told_without(*left_out: str, **instead: Any) -> dict[str, Any]:
    return {name: value for name, value in {**TOLD, **instead}.items() if name not in left_out}


def sent(client: FlaskClient) -> str:
    """File what was read back; return the page that tells its number."""
    page = client.get(f"{FORM}/read-back")
    assert page.status_code == 200, page.location
    assert client.post(f"{FORM}/send", data=hidden_fields(page.text)).location == f"{FORM}/filed"
    return client.get(f"{FORM}/filed").text


def the_file() -> Complaint:
    return session().scalars(select(Complaint)).one()


def test_what_was_told_is_read_back_and_filed(app: Flask) -> None:
    ines = signed_in(app, INES)
    assert submit(ines, FORM, **TOLD).location == f"{FORM}/read-back"
    page = ines.get(f"{FORM}/read-back").text
    for words in ("took my bag", "By telephone", "November 3, 2026", "Northeast", "Français", "Amara Quist"):
        assert words in page
    code = code_on(sent(ines))
    with app.app_context():
        complaint = the_file()
        assert (complaint.channel, complaint.origin, complaint.language) == ("phone", "complaint", "fr")
        assert complaint.received_on == date(2026, 11, 3)
        assert complaint.area == "Northeast"
        assert complaint.entered_by_id is not None
        filed = session().scalars(select(Words).where(Words.kind == "file.filed.phone")).one()
        assert filed.actor == f"person:{complaint.entered_by_id}"
        assert session().scalar(select(func.count()).select_from(Draft)) == 0
    assert Visitor(app).open_file(code).location == "/status/file"


def test_the_code_is_read_out_and_forgotten(app: Flask) -> None:
    ines = signed_in(app, INES)
    submit(ines, FORM, **TOLD)
    code = code_on(sent(ines))
    submit(ines, f"{FORM}/filed", to=f"{FORM}/read-out")
    assert code.split("-")[0] not in ines.get(f"{FORM}/filed").text


def test_a_file_follows_the_rules_of_the_day_it_was_received(app: Flask) -> None:
    ines = signed_in(app, INES)
    submit(ines, FORM, **{**TOLD, "received_on-year": "2025"})
    sent(ines)
    with app.app_context():
        assert the_file().rulebook == "alberta_2011"


def test_a_day_without_rules_is_refused(app: Flask) -> None:
    answered = submit(signed_in(app, INES), FORM, **{**TOLD, "received_on-year": "1905"})
    assert answered.status_code == 422
    assert "No rules are known for that day" in answered.text


def test_what_is_missing_is_said_and_the_rest_kept(app: Flask) -> None:
    answered = submit(signed_in(app, INES), FORM, **told_without("context", "name"))
    assert answered.status_code == 422
    assert "Choose an answer: “How did you come to meet the police?”" in answered.text
    assert "Write something here: “Your name”" in answered.text
    assert "took my bag" in answered.text


def test_an_anonymous_caller_is_not_asked_for_a_name(app: Flask) -> None:
    ines = signed_in(app, INES)
    submit(ines, FORM, **told_without("name", "email", "consent_to_mail", anonymous="yes"))
    assert "a lost code can not be replaced" in sent(ines)


def test_anonymity_drops_a_name_that_was_typed(app: Flask) -> None:
    ines = signed_in(app, INES)
    submit(ines, FORM, **told_without(anonymous="yes"))
    assert "Amara" not in ines.get(f"{FORM}/read-back").text
    sent(ines)
    with app.app_context():
        assert "Amara" not in str(the_file().answers)


def test_a_director_opens_a_file_that_nobody_complained_about(app: Flask) -> None:
    bea = signed_in(app, BEA)
    page = bea.get(FORM).text
    assert "on its own motion" in page
    assert "Someone complains" not in page
    left_out = ("relation", "anonymous", "name", "email", "consent_to_mail")
    assert submit(bea, FORM, **told_without(*left_out, origin="own_motion")).status_code == 422
    submit(bea, FORM, **told_without(*left_out, **BASIS))
    assert "there is no receipt code" in sent(bea)
    with app.app_context():
        complaint = the_file()
        assert complaint.origin_basis == BASIS["origin_basis"]
        assert [party.kind for party in complaint.parties] == ["subject"]


def test_a_caseworker_does_not(app: Flask) -> None:
    ines = signed_in(app, INES)
    assert "on its own motion" not in ines.get(FORM).text
    assert submit(ines, FORM, **{**TOLD, **BASIS}).status_code == 422


@pytest.mark.one_database
@pytest.mark.parametrize("person", [IVAN, RITA, PAULA, LOU, ADA, MAX], ids=lambda person: person.name)
def test_nobody_else_files_for_someone(app: Flask, person: Person) -> None:
    client = signed_in(app, person)
    for path in (FORM, f"{FORM}/read-back", f"{FORM}/filed"):
        assert client.get(path).status_code == 403


def test_a_draft_is_its_writers_alone(app: Flask) -> None:
    ines = signed_in(app, INES)
    submit(ines, FORM, **TOLD)
    cookie = ines.get_cookie("session")
    assert cookie is not None
    assert "took my bag" in ines.get(FORM).text
    bea = signed_in(app, BEA)
    assert "took my bag" not in bea.get(FORM).text
    assert bea.get(f"{FORM}/read-back").location == FORM
