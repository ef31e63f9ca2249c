"""One-time links, and choosing and changing a password."""

from datetime import timedelta
from time import perf_counter

import pytest
import time_machine
from flask import Flask

from oversight.accounts.actions import (
    choose_password,
    deactivate_person,
    invite_person,
    make_person,
    send_new_link,
)
from oversight.accounts.actions.signing_in import ATTEMPTS
from oversight.accounts.founding import first_administrator_link
from oversight.accounts.links import one_time_path
from oversight.accounts.models import User
from oversight.accounts.refusals import NotAllowed, Overtaken
from oversight.kit.clock import now
from oversight.kit.db import session, writing
from oversight.rules.roles import Role
from tests.accounts.conftest import (
    AT,
    CAST,
    PASSWORD,
    Visitor,
    VisitorAs,
    letters,
    link_in,
    recorded,
    someone,
)

NEW = "seven quiet winter boats"


def asked_link(app: Flask, visitor: Visitor, address: str) -> str:
    visitor.post("/reset", page="/reset", email=address)
    with app.app_context():
        return link_in(letters()[-1])


def test_a_forgotten_password_is_replaced_by_a_link(app: Flask, visitor: Visitor) -> None:
    path = asked_link(app, visitor, CAST["ines"].email)
    answer = visitor.post(path, page=path, password=NEW, again=NEW)
    assert (answer.status_code, answer.location) == (303, "/sign-in")
    assert "Sign in with it" in visitor.get("/sign-in").text
    assert visitor.sign_in("ines").status_code == 200
    assert visitor.sign_in("ines", NEW).status_code == 302
    with app.app_context():
        for kind in ("person.link_asked", "person.password_chosen"):
            assert [entry.subject for entry in recorded(kind)] == [f"person:{someone('ines').id}"]
        assert [letter.kind for letter in letters()] == ["password_link", "password_changed"]


def test_a_link_works_once(app: Flask, visitor: Visitor) -> None:
    path = asked_link(app, visitor, CAST["ines"].email)
    visitor.post(path, page=path, password=NEW, again=NEW)
    assert visitor.get(path).status_code == 410
    assert (
        visitor.post(path, password="another plain password", again="another plain password").status_code
        == 410
    )


def test_a_link_works_for_a_day(app: Flask, visitor: Visitor) -> None:
    with time_machine.travel(AT, tick=False) as clock:
        path = asked_link(app, visitor, CAST["ines"].email)
        clock.shift(timedelta(hours=23, minutes=59))
        assert visitor.get(path).status_code == 200
        clock.shift(timedelta(minutes=2))
        assert visitor.get(path).status_code == 410
        assert visitor.post(path, password=NEW, again=NEW).status_code == 410


@pytest.mark.parametrize("token", ["x", "x.y.z", "a" * 3000])
def test_an_invented_link_opens_nothing(visitor: Visitor, token: str) -> None:
    assert visitor.get(f"/reset/{token}").status_code == 410


@pytest.mark.usefixtures("office")
def test_of_two_uses_at_once_one_wins() -> None:
    uniquifier = someone("ines").fs_uniquifier
    with writing():
        choose_password(someone("ines"), "hash-1", uniquifier=uniquifier, at=AT)
    with pytest.raises(Overtaken), writing():
        choose_password(someone("ines"), "hash-2", uniquifier=uniquifier, at=AT)
    assert someone("ines").password == "hash-1"


def test_a_closed_account_has_no_link(app: Flask, visitor: Visitor) -> None:
    path = asked_link(app, visitor, CAST["ines"].email)
    with app.app_context(), writing():
        deactivate_person(someone("ines"), by=someone("max"), at=AT)
    assert visitor.get(path).status_code == 410
    visitor.post("/reset", page="/reset", email=CAST["ines"].email)
    with app.app_context():
        assert len(letters()) == 1


def test_a_link_to_a_closed_account_opens_nothing(app: Flask, visitor: Visitor) -> None:
    with app.app_context():
        with writing():
            someone("ines").active = False
        path = one_time_path(someone("ines"))
    assert visitor.get(path).status_code == 410


def test_asking_for_a_link_tells_nothing(app: Flask) -> None:
    answers = []
    for address in (CAST["ines"].email, "nobody@demo.example"):
        visitor = Visitor(app)
        answer = visitor.post("/reset", page="/reset", email=address)
        answers.append((answer.status_code, answer.location, answer.data))
        assert "If that address has an account" in visitor.get(answer.location).text
    assert answers[0] == answers[1]
    with app.app_context():
        assert [letter.to for letter in letters()] == [CAST["ines"].email]


def test_nobodys_mailbox_is_flooded(app: Flask, visitor: Visitor) -> None:
    for _ in range(ATTEMPTS + 5):
        visitor.post("/reset", page="/reset", email=CAST["ines"].email)
    with app.app_context():
        assert len(letters()) == ATTEMPTS
    assert visitor.sign_in("ines").status_code == 302


@pytest.mark.parametrize(
    ("password", "again", "why"),
    [
        ("", "", "Choose a password."),
        ("eleven char", "eleven char", "Use at least 12 characters."),
        ("x" * 201, "x" * 201, "Use at most 200 characters."),
        (NEW, NEW + "!", "not the same"),
    ],
)
def test_a_password_is_long_and_typed_twice(
    app: Flask, visitor: Visitor, password: str, again: str, why: str
) -> None:
    path = asked_link(app, visitor, CAST["ines"].email)
    answer = visitor.post(path, page=path, password=password, again=again)
    assert answer.status_code == 422
    assert why in answer.text


def test_the_same_password_from_another_keyboard_fits(app: Flask, visitor: Visitor) -> None:
    path = asked_link(app, visitor, CAST["ines"].email)
    visitor.post(
        path, page=path, password="caf\u00e9 caf\u00e9 caf\u00e9", again="caf\u00e9 caf\u00e9 caf\u00e9"
    )
    assert visitor.sign_in("ines", "cafe\u0301 cafe\u0301 cafe\u0301").status_code == 302


def test_a_new_password_lifts_the_lock_out_of_the_old_one(app: Flask, visitor: Visitor) -> None:
    for _ in range(ATTEMPTS + 1):
        visitor.sign_in("ines", "wrong password here")
    path = asked_link(app, visitor, CAST["ines"].email)
    visitor.post(path, page=path, password=NEW, again=NEW)
    assert visitor.sign_in("ines", NEW).status_code == 302


def test_changing_a_password_ends_every_other_session(app: Flask, visitor_as: VisitorAs) -> None:
    here, elsewhere = visitor_as("ines"), visitor_as("ines")
    page = "/account/password"
    wrong = here.post(page, page=page, current="wrong password here", password=NEW, again=NEW)
    assert wrong.status_code == 422
    assert "not your present password" in wrong.text
    changed = here.post(page, page=page, current=PASSWORD, password=NEW, again=NEW)
    assert changed.location == "/account"
    assert here.get("/account").status_code == 200
    assert elsewhere.get("/account").status_code == 302
    with app.app_context():
        assert len(recorded("person.signed_in")) == 2


@pytest.mark.usefixtures("office")
def test_an_invitation_is_a_letter_in_the_readers_language_with_a_link() -> None:
    with writing():
        person = invite_person("Zoe@Demo.Example", "Zoé", "fr", by=someone("max"), at=now())
    (letter,) = letters()
    assert (letter.to, letter.language, person.role_set) == ("zoe@demo.example", "fr", frozenset())
    assert link_in(letter)
    assert "Choisissez un mot de passe ici" in letter.body
    assert letter.body.count("http://127.0.0.1:8000/reset/") == 1
    assert recorded("person.invited")[-1].facts == {}


@pytest.mark.usefixtures("office")
def test_a_new_link_replaces_the_old_one(app: Flask) -> None:
    with writing():
        invite_person("zoe@demo.example", "Zoe", "en", by=someone("max"), at=now())
    old = link_in(letters()[-1])
    with writing():
        person = session().query(User).filter_by(name="Zoe").one()
        send_new_link(person, by=someone("max"), at=now())
    new = link_in(letters()[-1])
    visitor = Visitor(app)
    assert [visitor.get(path).status_code for path in (old, new)] == [410, 200]


def test_an_office_without_people_gets_its_first_administrator(app: Flask) -> None:
    with app.app_context():
        empty_office()
        path = first_administrator_link("Maxine@Office.Example", "Maxine")
        assert recorded("role.granted")[-1].actor == "system"
    visitor = Visitor(app)
    visitor.post(path, page=path, password=NEW, again=NEW)
    signed = visitor.post("/sign-in", email="maxine@office.example", password=NEW)
    assert signed.location == "/account/home"
    assert visitor.get("/people").status_code == 200


@pytest.mark.usefixtures("office")
def test_the_first_administrators_link_can_be_made_again_until_it_is_used() -> None:
    empty_office()
    first = first_administrator_link("max@office.example", "Max")
    second = first_administrator_link("max@office.example", "Max")
    assert first != second
    with pytest.raises(NotAllowed):
        first_administrator_link("other@office.example", "Other")
    with writing():
        session().query(User).filter_by(email="max@office.example").one().password = "hash"
    with pytest.raises(NotAllowed):
        first_administrator_link("max@office.example", "Max")


@pytest.mark.usefixtures("office")
def test_an_office_with_an_administrator_gives_no_other_link() -> None:
    with pytest.raises(NotAllowed):
        first_administrator_link("new@office.example", "New")
    assert session().query(User).filter_by(email="new@office.example").count() == 0


@pytest.mark.usefixtures("office")
def test_no_link_is_made_on_the_server_for_someone_an_administrator_has_invited() -> None:
    with writing():
        make_person("new@office.example", "New", (Role.ADMINISTRATOR,), None, at=AT)
    with pytest.raises(NotAllowed):
        first_administrator_link("new@office.example", "New")


@pytest.mark.usefixtures("office")
def test_a_link_names_nobody() -> None:
    assert "ines" not in one_time_path(someone("ines")).lower()


@pytest.mark.usefixtures("office")
def test_making_a_link_takes_no_time_that_would_tell_who_is_known() -> None:
    person = someone("ines")
    assert person.password, "of whom a link holds a digest; of someone unknown it has nothing to digest"

    def seconds() -> float:
        begun = perf_counter()
        one_time_path(person)
        return perf_counter() - begun

    assert min(seconds() for _ in range(9)) < 0.02


def empty_office() -> None:
    """Leave the office as it is before anyone signs in."""
    with writing():
        for person in session().query(User):
            person.active = False
