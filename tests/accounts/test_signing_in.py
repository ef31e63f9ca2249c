"""Signing in and out, and what guessing gets."""

import re
from datetime import timedelta
from statistics import median
from time import process_time

import pytest
import time_machine
from flask import Flask
from flask_security.utils import get_message
from sqlalchemy import func, select

from oversight.accounts.actions import count_attempt, deactivate_person, forget_old_attempts, remove_role
from oversight.accounts.actions.signing_in import ATTEMPTS, FIRST_LOCKOUT, LONGEST_LOCKOUT
from oversight.accounts.models import SignInLock
from oversight.kit.db import session, writing
from oversight.rules.roles import Role
from oversight.settings import Settings
from tests.accounts.conftest import AT, CAST, PASSWORD, Visitor, VisitorAs, recorded, someone
from tests.offices import office as restarted
from tests.pages import hidden_fields

pytestmark = pytest.mark.one_database

INES = CAST["ines"].email


def without_token(page: str) -> str:
    return re.sub(r'name="csrf_token" value="[^"]+"', "", page)


@pytest.mark.parametrize(
    ("name", "home"),
    [("max", "/people"), ("bea", "/desk"), ("ines", "/desk"), ("rita", "/review")],
)
def test_each_lands_in_their_own_room(visitor_as: VisitorAs, name: str, home: str) -> None:
    assert visitor_as(name).get("/account/home").location == home


def test_without_a_role_one_lands_on_ones_own_page(app: Flask, visitor_as: VisitorAs) -> None:

    rita = visitor_as("rita")
    with app.app_context(), writing():
        remove_role(someone("rita"), Role.REVIEWER, by=someone("max"), at=AT)
    assert rita.get("/account/home").location == "/account"


def test_signing_in_and_out_is_recorded(app: Flask, visitor_as: VisitorAs) -> None:
    visitor = visitor_as("ines")
    assert visitor.sign_out().location == "/"
    assert visitor.get("/account").status_code == 302
    with app.app_context():
        person = f"person:{someone('ines').id}"
        for kind in ("person.signed_in", "person.signed_out"):
            assert [(entry.actor, entry.subject) for entry in recorded(kind)] == [(person, person)]


def test_signing_out_takes_a_form_of_ours(visitor_as: VisitorAs) -> None:
    visitor = visitor_as("ines")
    assert visitor.get("/sign-out").status_code == 405
    assert visitor.client.post("/sign-out").status_code == 400
    assert visitor.get("/account").status_code == 200


def test_a_cookie_kept_from_before_signing_out_is_worthless(app: Flask, visitor_as: VisitorAs) -> None:
    visitor, thief = visitor_as("ines"), Visitor(app)
    cookie = visitor.client.get_cookie("session")
    assert cookie
    thief.client.set_cookie("session", cookie.value)
    assert thief.get("/account").status_code == 200
    visitor.sign_out()
    assert thief.get("/account").status_code == 302


def test_nothing_from_before_signing_in_stays_in_the_session(visitor: Visitor) -> None:
    with visitor.client.session_transaction() as session:
        session["draft"] = "someone else's"
    visitor.sign_in("ines")
    with visitor.client.session_transaction() as session:
        assert "draft" not in session
        assert "csrf_token" not in session


def test_who_can_not_be_recorded_is_not_signed_in(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    app.config["PROPAGATE_EXCEPTIONS"] = False
    visitor = Visitor(app)

    def broken(*args: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr("oversight.ledger.hook.write_entries", broken)
    assert visitor.sign_in("ines").status_code == 500
    monkeypatch.undo()
    assert visitor.get("/account").status_code == 302


def test_a_known_and_an_unknown_address_get_the_same_answer(app: Flask) -> None:
    answers = []
    for address in (INES, "nobody@demo.example"):
        answer = Visitor(app).post("/sign-in", email=address, password="wrong password here")
        answers.append((answer.status_code, without_token(answer.text).replace(address, "…")))
    assert answers[0] == answers[1]
    assert "do not go together" in answers[0][1]


def test_someone_invited_and_someone_closed_get_it_too(app: Flask) -> None:
    with app.app_context():
        with writing():
            deactivate_person(someone("ines"), by=someone("max"), at=AT)
        with writing():
            someone("rita").password = None
    for address in (INES, CAST["rita"].email):
        answer = Visitor(app).post("/sign-in", email=address, password=PASSWORD)
        assert "do not go together" in answer.text


def test_known_and_unknown_take_about_as_long(app: Flask) -> None:
    taken: dict[str, list[float]] = {INES: [], "nobody@demo.example": []}
    for _ in range(8):
        for address, times in taken.items():
            visitor = Visitor(app)
            visitor.get("/sign-in")
            began = process_time()
            visitor.post("/sign-in", email=address, password="wrong password here")
            times.append(process_time() - began)
    known, unknown = (median(times) for times in taken.values())
    assert 0.6 < known / unknown < 1.6


def test_mistakes_are_named_beside_the_field(visitor: Visitor) -> None:
    page = visitor.post("/sign-in", email="", password="").text
    assert "Enter an e-mail address." in page
    assert "Enter your password." in page
    assert "like name@example.org" in visitor.post("/sign-in", email="no address", password="x").text


def test_the_address_may_be_typed_in_capitals(visitor: Visitor) -> None:
    assert visitor.post("/sign-in", email=" CaseWorker@Demo.example", password=PASSWORD).status_code == 302


@pytest.mark.parametrize("address", [INES, "nobody@demo.example"])
def test_guessing_locks_an_address_whether_or_not_it_is_known(app: Flask, address: str) -> None:
    with time_machine.travel(AT, tick=False) as clock:
        for _ in range(ATTEMPTS):
            assert "do not go together" in guess(app, address)
        assert "Wait 15 minutes" in guess(app, address)
        clock.shift(FIRST_LOCKOUT - timedelta(seconds=1))
        assert "Wait 1 minute" in guess(app, address, PASSWORD)
        clock.shift(timedelta(seconds=1))
        assert "do not go together" in guess(app, address)
    with app.app_context():
        (entry,) = recorded("sign_in.locked")
        assert (entry.actor, entry.facts) == ("system", {"times": 1})


def guess(app: Flask, address: str, password: str = "wrong password here") -> str:
    return Visitor(app).post("/sign-in", email=address, password=password).text


def test_the_right_password_does_not_open_a_locked_account(app: Flask) -> None:
    with time_machine.travel(AT, tick=False) as clock:
        for _ in range(ATTEMPTS + 1):
            guess(app, INES)
        visitor = Visitor(app)
        assert visitor.sign_in("ines").status_code == 200
        assert visitor.get("/account").status_code == 302
        clock.shift(FIRST_LOCKOUT)
        assert visitor.sign_in("ines").status_code == 302


def test_the_right_password_in_time_forgets_the_wrong_ones(app: Flask) -> None:
    for _ in range(ATTEMPTS - 1):
        guess(app, INES)
    assert Visitor(app).sign_in("ines").status_code == 302
    with app.app_context():
        assert session().scalar(select(func.count()).select_from(SignInLock)) == 0


@pytest.mark.usefixtures("office")
def test_each_lock_out_is_twice_as_long_up_to_a_limit() -> None:
    at, waits = AT, []
    for _ in range(7):
        until = None
        while until is None:
            with writing():
                until = count_attempt(INES, at=at)
        waits.append(until - at)
        at = until
    assert waits[:3] == [FIRST_LOCKOUT, 2 * FIRST_LOCKOUT, 4 * FIRST_LOCKOUT]
    assert waits[-1] == LONGEST_LOCKOUT


@pytest.mark.usefixtures("office")
def test_old_attempts_do_not_count_and_are_removed() -> None:
    for day in range(ATTEMPTS + 5):
        with writing():
            assert count_attempt(INES, at=AT + timedelta(hours=25 * day)) is None
    with writing():
        forget_old_attempts(at=AT + timedelta(days=60))
    assert session().scalar(select(func.count()).select_from(SignInLock)) == 0


@pytest.mark.usefixtures("office")
def test_addresses_are_not_kept_with_the_attempts() -> None:
    with writing():
        count_attempt("typed-by-mistake@demo.example", at=AT)
    assert b"typed" not in session().scalars(select(SignInLock)).one().address_index


def test_a_session_left_alone_for_a_working_day_ends(visitor: Visitor) -> None:
    with time_machine.travel(AT, tick=False) as clock:
        visitor.sign_in("ines")
        for _ in range(3):
            clock.shift(timedelta(hours=7, minutes=59))
            assert visitor.get("/account").status_code == 200
        clock.shift(timedelta(hours=8, minutes=1))
        assert visitor.get("/account").status_code == 302


def test_grave_pages_ask_for_the_password_again(visitor: Visitor) -> None:
    with time_machine.travel(AT, tick=False) as clock:
        visitor.sign_in("max")
        assert visitor.get("/people/requests").status_code == 200
        clock.shift(timedelta(hours=2))
        assert visitor.get("/people").status_code == 200
        asked = visitor.get("/people/requests")
        assert asked.location == "/sign-in/again?next=/people/requests"
        wrong = visitor.post("/sign-in/again", page=asked.location, password="wrong password here")
        assert "not your present password" in wrong.text
        assert visitor.get("/people/requests").status_code == 302
        right = visitor.post(asked.location, page=asked.location, password=PASSWORD)
        assert right.location == "/people/requests"
        assert visitor.get("/people/requests").status_code == 200


def test_guessing_on_the_confirming_page_is_counted_too(app: Flask, visitor: Visitor) -> None:
    visitor.sign_in("max")
    for _ in range(ATTEMPTS):
        visitor.post("/sign-in/again", page="/sign-in/again", password="wrong password here")
    answer = visitor.post("/sign-in/again", page="/sign-in/again", password=PASSWORD)
    assert "Too many attempts" in answer.text


def test_nobody_registers_and_no_token_signs_in(visitor: Visitor) -> None:
    for path in ("/register", "/login", "/change", "/us-signin", "/tf-setup"):
        assert visitor.get(path).status_code == 404
    answer = visitor.client.post("/sign-in", json={"email": INES, "password": PASSWORD})
    assert answer.status_code == 415
    assert "authentication_token" not in answer.text


@pytest.mark.parametrize("path", ["/sign-in", "/reset"])
def test_one_internet_address_is_slowed_down(visitor: Visitor, path: str) -> None:
    sent = hidden_fields(visitor.get(path).text)
    answers = [visitor.client.post(path, data=sent).status_code for _ in range(61)]
    assert 429 not in answers[:60]
    assert answers[60] == 429


def test_a_lock_out_outlives_a_restart(app: Flask, settings: Settings) -> None:
    for _ in range(ATTEMPTS + 1):
        guess(app, INES)
    with restarted(settings) as again:
        assert "Too many attempts" in guess(again, INES, PASSWORD)


def test_the_librarys_own_messages_come_in_french(app: Flask) -> None:
    with app.test_request_context(headers={"Accept-Language": "fr"}):
        assert get_message("INVALID_CODE")[0] == "Code invalide"


def test_the_sign_in_page_speaks_french(app: Flask) -> None:
    visitor = Visitor(app)
    visitor.client.set_cookie("language", "fr")
    page = visitor.get("/sign-in").text
    assert '<html lang="fr">' in page
    assert "Ouvrir une session" in page
    assert "Entrez votre mot de passe." in visitor.post("/sign-in", email=INES, password="").text
    assert "ne vont pas ensemble" in visitor.post("/sign-in", email=INES, password="wrong one here").text
