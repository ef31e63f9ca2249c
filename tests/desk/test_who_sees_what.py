"""A file that someone may not know of has no page for them; names are covered until someone asks."""

import uuid
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from oversight.casework import acting
from oversight.casework.actions.panel import shut_out
from oversight.casework.models import Complaint, FileEvent
from oversight.kit.db import session, writing
from tests.cast import ADA, BEA, INES, IVAN, LOU, MAX, PAULA, RITA, Person, the
from tests.factories import AT, LETTER, complaint_in, fresh, fresh_in, officers, take
from tests.pages import hidden_fields, submit

pytestmark = pytest.mark.one_database

CANARIES = ("Amara Quist", "amara@elsewhere.example", "Wren Haldane", "48213")
PARTS = ("", "/told", "/allegations", "/people", "/review", "/messages", "/history", "/handling")


def every_page(complaint: Complaint) -> list[str]:
    """Every address of a file's that can be opened."""
    file = f"/desk/files/{complaint.number}"
    ids = (complaint.parties[0].id, complaint.allegations[0].id, uuid.uuid4())
    return [
        *(f"{file}{part}" for part in PARTS),
        *(f"{file}/{page}" for page in ("allegations/new", "people/new", "copies/new")),
        *(f"{file}/handling/{page}" for page in ("assign", "conflict", "incident")),
        f"{file}/people/{ids[0]}/receipt",
        f"{file}/allegations/{ids[1]}",
        f"{file}/proposals/{ids[2]}",
        f"{file}/steps/hold",
    ]


def test_a_conflict_makes_every_page_of_a_file_disappear(app: Flask, browser_of: Any) -> None:
    with app.app_context():
        complaint = complaint_in("investigation")
        pages, number = every_page(complaint), complaint.number
    browser = browser_of(INES)
    assert browser.get(pages[0]).status_code == 200
    with app.app_context():
        ines, bea = the(INES), the(BEA)
        with writing():
            shut_out(fresh_in(complaint.id), ines.id, "A cousin.", by=acting.person(bea), at=AT)
    assert {page: browser.get(page).status_code for page in pages} == dict.fromkeys(pages, 404)
    assert number not in browser.get("/desk").text
    assert browser.get(f"/desk/open?number={number}").status_code == 404
    token = hidden_fields(browser.get("/account").text)
    posts = [page for page in pages if page.endswith(("/new", "assign", "conflict", "incident", "/hold"))]
    posts += [f"{pages[0]}/people/uncover", f"{pages[0]}/messages/read", f"{pages[0]}/panel/fill"]
    answers = {page: browser.post(page, data={**token, "version": "1"}).status_code for page in posts}
    assert answers == dict.fromkeys(posts, 404)


def test_an_investigator_opens_only_their_own(app: Flask, browser_of: Any) -> None:
    with app.app_context():
        mine, other = complaint_in("investigation"), complaint_in("assessment")
        pages, own = every_page(other), mine.number
        hidden = other.number
    ivan = browser_of(IVAN)
    assert ivan.get(f"/desk/files/{own}").status_code == 200
    statuses = {page: ivan.get(page).status_code for page in pages}
    assert {status for page, status in statuses.items() if "/handling/" not in page} == {404}
    assert statuses[f"/desk/files/{hidden}/handling/assign"] == 403
    assert hidden not in ivan.get("/desk").text


@pytest.mark.parametrize("person", [RITA, PAULA, LOU, ADA, MAX])
def test_nobody_else_comes_in(app: Flask, browser_of: Any, person: Person) -> None:
    with app.app_context():
        pages = every_page(complaint_in("investigation"))
    browser = browser_of(person)
    allowed = {403, 404} if person is LOU else {403}
    assert {browser.get(page).status_code for page in ("/desk", *pages)} <= allowed


def test_no_page_of_the_desk_names_anyone_by_itself(app: Flask, browser_of: Any) -> None:
    with app.app_context():
        complaint = complaint_in("investigation", narrative="Someone stopped me.")
        pages = every_page(complaint)
    ines = browser_of(INES)
    for page in ("/desk", *pages):
        shown = ines.get(page).text
        assert not [canary for canary in CANARIES if canary in shown], page


def test_uncovering_shows_names_once_and_is_recorded(app: Flask, browser_of: Any) -> None:
    with app.app_context():
        complaint = complaint_in("investigation")
    ines, page = browser_of(INES), f"/desk/files/{complaint.number}/people"
    shown = submit(ines, page, to=f"{page}/uncover")
    assert shown.status_code == 200
    assert shown.headers["Cache-Control"] == "no-store"
    assert all(canary in shown.text for canary in CANARIES)
    assert "Amara Quist" not in ines.get(page).text
    with app.app_context():
        events = session().scalars(select(FileEvent).where(FileEvent.kind == "uncovered")).all()
        assert [event.actor_id for event in events] == [the(INES).id]
    assert "Opened the names and contacts" in ines.get(f"/desk/files/{complaint.number}/history").text


def test_correcting_someone_opens_their_name_on_record(app: Flask, browser_of: Any) -> None:
    with app.app_context():
        complaint = complaint_in("assessment")
        party = complaint.parties[0].id
    ines, people = browser_of(INES), f"/desk/files/{complaint.number}/people"
    form = submit(ines, people, to=f"{people}/{party}/open")
    assert 'value="Amara Quist"' in form.text
    changed = {
        "kind": "complainant",
        "name": "Amara Quist-Lund",
        "email": "amara@elsewhere.example",
        "language": "fr",
    }
    answer = ines.post(f"{people}/{party}", data={**hidden_fields(form.text), **changed})
    assert answer.status_code == 303
    with app.app_context():
        now = fresh(complaint.id).parties[0]
        assert now.identity is not None
        assert (now.identity.name, now.language) == ("Amara Quist-Lund", "fr")
        kinds = [event.kind for event in session().scalars(select(FileEvent).order_by(FileEvent.id))]
        assert kinds[-2:] == ["uncovered", "edit"]


def test_a_wrong_address_is_said_and_everything_typed_is_kept(app: Flask, browser_of: Any) -> None:
    with app.app_context():
        number = complaint_in("assessment").number
    path = f"/desk/files/{number}/people/new"
    answer = submit(
        browser_of(INES), path, kind="witness", name="Pia Holm", email="pia at home", language="en"
    )
    assert answer.status_code == 422
    assert "Pia Holm" in answer.text
    assert "Enter an e-mail address" in answer.text
    good = submit(browser_of(INES), path, kind="witness", name="Pia Holm", language="en")
    assert good.status_code == 303
    assert "Witness 1" in browser_of(INES).get(good.location).text


def test_a_receipt_is_renewed_after_a_check_and_shown_once(app: Flask, browser_of: Any) -> None:
    with app.app_context():
        complaint = complaint_in("assessment")
        party, old = complaint.parties[0].id, complaint.parties[0].receipt_hash
    path = f"/desk/files/{complaint.number}/people/{party}/receipt"
    ines = browser_of(INES)
    assert submit(ines, path).status_code == 422
    shown = submit(ines, path, checked="y")
    assert 'class="receipt-code"' in shown.text
    with app.app_context():
        assert fresh(complaint.id).parties[0].receipt_hash != old
    assert 'class="receipt-code"' not in ines.get(path).text


def test_the_panels_findings_are_for_the_director_and_only_when_all_are_in(
    app: Flask, browser_of: Any
) -> None:
    with app.app_context():
        early, done = complaint_in("civilian_review").number, complaint_in("decision").number
    words = "The record shows it"
    assert words not in browser_of(BEA).get(f"/desk/files/{early}/review").text
    assert words in browser_of(BEA).get(f"/desk/files/{done}/review").text
    assert words not in browser_of(INES).get(f"/desk/files/{done}/review").text


def test_the_liaison_reads_the_officer_and_nothing_of_the_complainant(app: Flask, browser_of: Any) -> None:
    with app.app_context():
        the(LOU)
        complaint = complaint_in("investigation")
        complaint = take(complaint, "tell_the_officer", by=IVAN, officer=str(officers(complaint)[0].id))
        chief = complaint_in("investigation", officer_status="chief")
        chief = take(chief, "tell_the_officer", by=IVAN, officer=str(officers(chief)[0].id))
        number, hidden = complaint.number, chief.number
    lou = browser_of(LOU)
    listed, page = lou.get("/desk/liaison").text, lou.get(f"/desk/liaison/{number}").text
    assert hidden not in listed
    assert lou.get(f"/desk/liaison/{hidden}").status_code == 404
    for shown in (listed, page):
        assert "Wren Haldane, 48213" in shown
        assert not [canary for canary in ("Quist", "amara@", "at the corner", "receipt") if canary in shown]
    assert "Discreditable conduct" in page
    assert lou.get(f"/desk/files/{number}").status_code == 403


def test_the_liaison_reads_the_result_once_the_file_has_ended(app: Flask, browser_of: Any) -> None:
    with app.app_context():
        complaint = complaint_in("decision")
        number, alleged = complaint.number, str(complaint.allegations[0].id)
    page = f"/desk/liaison/{number}"
    assert "Sustained" not in browser_of(LOU).get(page).text
    with app.app_context():
        action = {alleged: "reprimand"}
        take(complaint, "record_the_decision", by=BEA, to_complainant=LETTER, corrective_action=action)
    told = "Discreditable conduct. Decided: Sustained. Recommended: Reprimand"
    assert told in browser_of(LOU).get(page).text


def test_the_directors_own_pages_are_the_directors(app: Flask, browser_of: Any) -> None:
    assert browser_of(INES).get("/desk/calendar").status_code == 403
    assert browser_of(ADA).get("/desk").status_code == 403
    assert browser_of(INES).get("/desk/ledger").status_code == 403
