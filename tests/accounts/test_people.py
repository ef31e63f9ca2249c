"""The administrator's and the director's pages, through a visitor."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from oversight.accounts.actions import grant_role, invite_person
from oversight.accounts.models import RoleRequest, SignInLock, User, UserRole
from oversight.kit.db import session, writing
from oversight.outbox.models import StoredNotice
from oversight.rules.roles import GRANTABLE, Can, Role
from tests.accounts.conftest import AT, CAST, PASSWORD, Visitor, VisitorAs, letters, recorded, someone

pytestmark = pytest.mark.one_database


def page_of(app: Flask, name: str) -> str:
    with app.app_context():
        return f"/people/{someone(name).id}"


def waiting(app: Flask, name: str = "ines", role: Role = Role.REVIEWER) -> str:
    """The address of a proposal that waits for a director."""
    with app.app_context(), writing():
        request = grant_role(someone(name), role, by=someone("max"), at=AT)
        return f"/people/requests/{request.id}"


def test_the_list_names_people_and_their_roles(visitor_as: VisitorAs) -> None:
    page = visitor_as("max").get("/people").text
    for person in CAST.values():
        assert person.name in page
        assert person.email in page
    assert "Community reviewer" in page


def test_a_long_list_goes_on(app: Flask, visitor_as: VisitorAs) -> None:
    with app.app_context(), writing():
        for number in range(60):
            invite_person(f"p{number}@demo.example", f"Zed {number:02}", "en", by=someone("max"), at=AT)
    max_ = visitor_as("max")
    seen, url = set(), "/people"
    while url:
        page = max_.get(url).text
        seen |= set(re.findall(r"p\d+@demo.example", page))
        onward = re.search(r'class="pager-next" href="([^"]+)"', page)
        url = onward[1] if onward else ""
    assert len(seen) == 60


def test_inviting_someone(app: Flask, visitor_as: VisitorAs) -> None:
    max_ = visitor_as("max")
    page = "/people/invite"
    answer = max_.post(page, page=page, name="Zoe", email="Zoe@demo.example", language="fr")
    assert answer.location == "/people"
    listed = max_.get("/people").text
    assert "zoe@demo.example" in listed
    assert "/reset/" not in listed
    with app.app_context():
        assert [(letter.to, letter.kind) for letter in letters()] == [("zoe@demo.example", "invitation")]


def test_inviting_twice_keeps_what_was_typed(app: Flask, visitor_as: VisitorAs) -> None:
    page = "/people/invite"
    answer = visitor_as("max").post(page, page=page, name="Ines II", email=CAST["ines"].email, language="en")
    assert answer.status_code == 409
    assert "already has an account" in answer.text
    assert "Ines II" in answer.text
    with app.app_context():
        assert not letters()


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"name": "", "email": "z@demo.example", "language": "en"}, "Enter a name."),
        ({"name": "Z", "email": "z", "language": "en"}, "like name@example.org"),
        ({"name": "Z", "email": "z@demo.example", "language": "xx"}, "error"),
        ({"name": "Z", "email": "z@demo.example"}, "Choose a language."),
        ({"name": "Z\0", "email": "z@demo.example", "language": "en"}, "hidden characters"),
        ({"name": "Z" * 121, "email": "z@demo.example", "language": "en"}, "Use at most 120"),
    ],
)
def test_a_wrong_invitation_says_why(visitor_as: VisitorAs, fields: dict[str, str], why: str) -> None:
    answer = visitor_as("max").post("/people/invite", page="/people/invite", **fields)
    assert answer.status_code == 422
    assert why in answer.text


def test_a_role_that_opens_files_is_proposed_then_granted_by_a_director(
    app: Flask, visitor_as: VisitorAs
) -> None:
    max_, bea, page = visitor_as("max"), visitor_as("bea"), page_of(app, "ines")
    assert max_.post(f"{page}/roles", page=page, role="reviewer").location == page
    assert "Community reviewer is proposed and waits" in max_.get(page).text
    assert "Ines as Community reviewer" in bea.get("/people/requests").text
    with app.app_context():
        request = session().query(RoleRequest).one()
    answer = bea.post(f"/people/requests/{request.id}/approve", page="/people/requests")
    assert answer.location == "/people/requests"
    with app.app_context():
        assert someone("ines").can(Can.REVIEW)


def test_who_may_not_decide_sees_no_button(app: Flask, visitor_as: VisitorAs) -> None:
    waiting(app, "bea", Role.REVIEWER)
    for name, may in (("max", False), ("bea", False), ("dora", True)):
        page = visitor_as(name).get("/people/requests").text
        assert ("Grant: Bea" in page) is may
        assert ("Someone else decides" in page) is not may


def test_a_director_can_not_approve_what_is_about_them(app: Flask, visitor_as: VisitorAs) -> None:
    request = waiting(app, "bea", Role.REVIEWER)
    answer = visitor_as("bea").post(f"{request}/approve", page="/people/requests")
    assert answer.status_code == 409
    assert "your own role" in answer.text


def test_an_administrator_does_not_approve(app: Flask, visitor_as: VisitorAs) -> None:
    request = waiting(app)
    assert visitor_as("max").post(f"{request}/approve", page="/people/requests").status_code == 403


def test_a_second_decision_gets_409_and_the_fresh_list(app: Flask, visitor_as: VisitorAs) -> None:
    request, bea, dora = waiting(app), visitor_as("bea"), visitor_as("dora")
    bea.post(f"{request}/decline", page="/people/requests")
    answer = dora.post(f"{request}/approve", page="/people/requests")
    assert answer.status_code == 409
    assert "already decided" in answer.text
    assert "No role waits" in answer.text
    with app.app_context():
        assert someone("ines").role_set == {Role.CASEWORKER}


def test_the_list_of_proposals_goes_on(app: Flask, visitor_as: VisitorAs) -> None:
    with app.app_context(), writing():
        for number in range(60):
            person = invite_person(f"p{number}@demo.example", f"P{number}", "en", by=someone("max"), at=AT)
            grant_role(person, Role.REVIEWER, by=someone("max"), at=AT)
    page = visitor_as("bea").get("/people/requests").text
    assert page.count("Grant: ") == 50
    assert "pager-next" in page


def test_removing_a_role(app: Flask, visitor_as: VisitorAs) -> None:
    max_, page = visitor_as("max"), page_of(app, "rita")
    assert max_.post(f"{page}/roles/reviewer/remove", page=page).location == page
    assert "No roles" in max_.get(page).text
    assert max_.post(f"{page}/roles/reviewer/remove", page=page).status_code == 409
    assert max_.post(f"{page}/roles/emperor/remove", page=page).status_code == 404


def test_a_role_that_does_not_exist_is_not_given(app: Flask, visitor_as: VisitorAs) -> None:
    max_, page = visitor_as("max"), page_of(app, "rita")
    for role in ("emperor", "system", ""):
        assert max_.post(f"{page}/roles", page=page, role=role).status_code == 422


def test_only_roles_not_held_are_offered(app: Flask, visitor_as: VisitorAs) -> None:
    waiting(app, "rita", Role.PUBLISHER)
    page = visitor_as("max").get(page_of(app, "rita")).text
    offered = set(re.findall(r'<option value="([a-z]+)"', page))
    assert offered == {*GRANTABLE} - {"reviewer", "publisher"}


def test_the_last_administrator_is_told_why_he_stays(app: Flask, visitor_as: VisitorAs) -> None:
    max_, page = visitor_as("max"), page_of(app, "max")
    for action in ("deactivate", "roles/administrator/remove"):
        answer = max_.post(f"{page}/{action}", page=page)
        assert answer.status_code == 409
        assert "last administrator" in answer.text
    assert max_.get("/people").status_code == 200


def test_a_closed_account_is_out_at_once(app: Flask, visitor_as: VisitorAs) -> None:
    max_, rita, page = visitor_as("max"), visitor_as("rita"), page_of(app, "rita")
    assert rita.get("/review").status_code == 200
    max_.post(f"{page}/deactivate", page=page)
    assert rita.get("/review").status_code == 302
    assert rita.sign_in("rita").status_code == 200
    assert "Open this account again" in max_.get(page).text
    max_.post(f"{page}/reactivate", page=page)
    assert rita.sign_in("rita").status_code == 302
    assert rita.get("/review").status_code == 403


def test_a_new_link_is_sent_not_shown(app: Flask, visitor_as: VisitorAs) -> None:
    max_, page = visitor_as("max"), page_of(app, "rita")
    answer = max_.post(f"{page}/link", page=page)
    assert "/reset/" not in answer.text + max_.get(page).text
    with app.app_context():
        assert [letter.to for letter in letters()] == [CAST["rita"].email]


def test_nobody_is_nobody(visitor_as: VisitorAs) -> None:
    assert visitor_as("max").get("/people/00000000-0000-0000-0000-000000000000").status_code == 404


@pytest.mark.parametrize("name", ["bea", "ines", "rita"])
def test_only_the_administrator_manages_people(app: Flask, visitor_as: VisitorAs, name: str) -> None:
    visitor, page = visitor_as(name), page_of(app, "rita")
    for path in ("/people", "/people/invite", page):
        assert visitor.get(path).status_code == 403
    for path in (f"{page}/roles", f"{page}/deactivate", f"{page}/link", "/people/invite"):
        assert visitor.post(path, page="/account").status_code == 403


def test_ones_own_name_and_language(app: Flask, visitor_as: VisitorAs) -> None:
    ines = visitor_as("ines")
    assert "caseworker@demo.example" in ines.get("/account").text
    assert ines.post("/account", page="/account", name="Inès", language="fr").location == "/account"
    with app.app_context():
        assert (someone("ines").name, someone("ines").language) == ("Inès", "fr")
        assert recorded("person.profile_changed")
    assert ines.post("/account", page="/account", name="", language="fr").status_code == 422


def test_the_way_to_ones_rooms_is_in_ones_language(visitor_as: VisitorAs) -> None:
    max_ = visitor_as("max")
    max_.client.set_cookie("language", "fr")
    assert 'aria-current="true">Personnes</a>' in max_.get("/people").text


def test_names_are_only_shown(app: Flask, visitor_as: VisitorAs) -> None:
    with app.app_context(), writing():
        someone("rita").name = "<script>alert(1)</script>"
    max_ = visitor_as("max")
    for url in ("/people", page_of(app, "rita")):
        assert "<script>" not in max_.get(url).text


CHANGES: dict[str, Callable[[Visitor, str], TestResponse]] = {
    "invite": lambda max_, page: max_.post(
        "/people/invite", page="/people/invite", name="Z", email="z@demo.example", language="en"
    ),
    "grant": lambda max_, page: max_.post(f"{page}/roles", page=page, role="administrator"),
    "propose": lambda max_, page: max_.post(f"{page}/roles", page=page, role="liaison"),
    "remove": lambda max_, page: max_.post(f"{page}/roles/reviewer/remove", page=page),
    "link": lambda max_, page: max_.post(f"{page}/link", page=page),
    "change password": lambda max_, page: max_.post(
        "/account/password",
        page="/account/password",
        current=PASSWORD,
        password="another plain password",
        again="another plain password",
    ),
    "deactivate": lambda max_, page: max_.post(f"{page}/deactivate", page=page),
    "profile": lambda max_, page: max_.post("/account", page="/account", name="M", language="fr"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_can_not_be_recorded_is_not_done(
    app: Flask, visitor_as: VisitorAs, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    max_, page = visitor_as("max"), page_of(app, "rita")
    before = everything(app)
    fail_to_record(app, monkeypatch)
    assert CHANGES[change](max_, page).status_code == 500
    assert everything(app) == before


@pytest.mark.parametrize("decision", ["approve", "decline"])
def test_a_decision_that_can_not_be_recorded_is_not_made(
    app: Flask, visitor_as: VisitorAs, monkeypatch: pytest.MonkeyPatch, decision: str
) -> None:
    bea, request = visitor_as("bea"), waiting(app)
    before = everything(app)
    fail_to_record(app, monkeypatch)
    assert bea.post(f"{request}/{decision}", page="/people/requests").status_code == 500
    assert everything(app) == before


def fail_to_record(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """From now on the ledger can't be written."""

    def broken(*args: object) -> None:
        raise OSError("the disk is full")

    app.config["PROPAGATE_EXCEPTIONS"] = False
    monkeypatch.setattr("oversight.ledger.hook.write_entries", broken)


def everything(app: Flask) -> list[object]:
    """All that this room and the outbox hold, to compare."""
    with app.app_context():
        models = (User, UserRole, RoleRequest, SignInLock, StoredNotice)
        return [session().execute(select(model.__table__)).all() for model in models]
