"""The one endpoint of every step: its form, taking it, and what it answers when it can't."""

from typing import Any

import pytest
from flask import Flask

from oversight.casework.models import Complaint
from oversight.desk.forms.steps import DRAWN
from oversight.kit.clock import now
from oversight.rules.steps import Ask
from oversight.rules.workflow import FILE_STEPS
from tests.cast import BEA, INES, IVAN, LOU, RITA, the
from tests.factories import (
    LETTER,
    coded,
    complaint_in,
    findings_of,
    fresh,
    held,
    officers,
    take,
    wants_to_withdraw,
)
from tests.pages import hidden_fields, submit

pytestmark = pytest.mark.one_database


def at(number: str, step: str) -> str:
    return f"/desk/files/{number}/steps/{step}"


def test_everything_a_step_of_the_file_asks_for_is_drawn() -> None:
    assert {ask for step in FILE_STEPS for ask in step.asks} <= set(DRAWN)
    assert Ask.SUMMARY not in DRAWN


def test_a_step_is_taken_from_its_form(app: Flask, browser_of: Any) -> None:
    with app.app_context():
        complaint = complaint_in("received")
    ines = browser_of(INES)
    page = ines.get(at(complaint.number, "begin_assessment"))
    assert "You become this file" in page.text
    answer = submit(ines, at(complaint.number, "begin_assessment"))
    assert (answer.status_code, answer.location) == (303, f"/desk/files/{complaint.number}")
    assert "Done: Begin the assessment" in ines.get(answer.location).text
    with app.app_context():
        assert fresh(complaint.id).state == "assessment"


def test_an_investigation_is_opened_with_what_its_form_asks(app: Flask, browser_of: Any) -> None:
    with app.app_context():
        investigator = str(the(IVAN).id)
        complaint = coded(complaint_in("assessment"))
    answer = submit(
        browser_of(INES), at(complaint.number, "open_investigation"), level="3", investigator=investigator
    )
    assert answer.status_code == 303
    with app.app_context():
        assert (fresh(complaint.id).state, fresh(complaint.id).level) == ("investigation", "3")


def test_a_stale_page_gets_409_the_fresh_file_and_what_was_typed(app: Flask, browser_of: Any) -> None:
    with app.app_context():
        complaint = complaint_in("assessment")
        allegation = str(complaint.allegations[0].id)
    ines, path = browser_of(BEA), at(complaint.number, "dismiss")
    page = ines.get(path)
    with app.app_context():
        coded(complaint)
    typed = {
        "allegations": allegation,
        "ground": "frivolous",
        "reason": "My long words.",
        "to_complainant": LETTER,
    }
    answer = ines.post(path, data={**hidden_fields(page.text), **typed})
    assert answer.status_code == 409
    assert "Someone has changed this" in answer.text
    assert "My long words." in answer.text
    assert "Discreditable conduct" in answer.text  # how the file stands now
    again = ines.post(path, data={**hidden_fields(answer.text), **typed})
    assert again.status_code == 303


def test_what_is_missing_is_said_beside_each_field_and_on_top(app: Flask, browser_of: Any) -> None:
    with app.app_context():
        complaint = complaint_in("assessment")
    answer = submit(browser_of(BEA), at(complaint.number, "dismiss"), reason="It concerns another city.")
    assert answer.status_code == 422
    assert "<title>Error:" in answer.text
    assert "It concerns another city." in answer.text
    assert 'href="#to_complainant"' in answer.text
    assert 'href="#ground-0"' in answer.text
    assert "Select at least one allegation." in answer.text
    with app.app_context():
        assert fresh(complaint.id).state == "assessment"


def test_a_date_that_is_none_is_refused_with_what_was_typed(app: Flask, browser_of: Any) -> None:
    with app.app_context():
        complaint = complaint_in("assessment")
    day = {"review_on-day": "31", "review_on-month": "2", "review_on-year": "2027"}
    answer = submit(
        browser_of(INES), at(complaint.number, "hold"), hold_reason="health", authority="A doctor", **day
    )
    assert answer.status_code == 422
    assert 'value="31"' in answer.text


def test_a_step_that_is_not_yet_possible_says_why_instead_of_a_form(app: Flask, browser_of: Any) -> None:
    with app.app_context():
        complaint = complaint_in("assessment")
    page = browser_of(INES).get(at(complaint.number, "open_investigation"))
    assert page.status_code == 409
    assert "Every open allegation needs its code first" in page.text
    assert 'name="level"' not in page.text


def test_not_yet_steps_stand_on_the_file_with_their_reasons(app: Flask, browser_of: Any) -> None:
    with app.app_context():
        number = complaint_in("assessment").number
    page = browser_of(INES).get(f"/desk/files/{number}").text
    assert "Not yet, and why" in page
    assert "Every open allegation needs its code first" in page
    assert at(number, "offer_early_resolution") in page
    assert at(number, "dismiss") not in page  # the director's
    assert at(number, "open_investigation") not in page  # not yet


@pytest.mark.parametrize(("step", "status"), [("dismiss", 403), ("acknowledge", 403), ("fly", 404)])
def test_only_steps_of_ones_own_roles_have_a_page(
    app: Flask, browser_of: Any, step: str, status: int
) -> None:
    with app.app_context():
        number = complaint_in("assessment").number
    ines = browser_of(INES)
    assert ines.get(at(number, step)).status_code == status
    token = hidden_fields(ines.get("/account").text)
    assert ines.post(at(number, step), data=token).status_code == status


def test_reviewers_have_no_page_here(app: Flask, browser_of: Any) -> None:
    with app.app_context():
        number = complaint_in("civilian_review").number
    assert browser_of(RITA).get(at(number, "submit_findings")).status_code == 403


def test_a_step_for_two_is_proposed_and_says_so(app: Flask, browser_of: Any) -> None:
    with app.app_context():
        complaint = complaint_in("assessment")
    day = {"review_on-day": "1", "review_on-month": "3", "review_on-year": "2036"}
    answer = submit(
        browser_of(INES), at(complaint.number, "hold"), hold_reason="health", authority="A doctor", **day
    )
    page = browser_of(INES).get(answer.location).text
    assert "It waits for a second person" in page
    assert "Put on hold" in page
    with app.app_context():
        assert fresh(complaint.id).proposals[0].answers["review_on"] == "2036-03-01"


def test_departing_from_the_panel_takes_a_finding_for_each_allegation(app: Flask, browser_of: Any) -> None:
    with app.app_context():
        complaint = complaint_in("decision")
        given = findings_of(complaint, "exonerated")
        fields = {f"finding:{key}": each["finding"] for key, each in given.items()}
        fields |= {f"reasons:{key}": each["reasons"] for key, each in given.items()}
    bea, path = browser_of(BEA), at(complaint.number, "depart_from_the_panel")
    page = bea.get(path)
    assert "What the panel found" in page.text
    missing = bea.post(path, data={**hidden_fields(page.text), "reason": "Lawful.", "to_complainant": LETTER})
    assert missing.status_code == 422
    whole = {**fields, "reason": "Lawful.", "to_complainant": LETTER}
    assert bea.post(path, data={**hidden_fields(page.text), **whole}).status_code == 303
    with app.app_context():
        assert fresh(complaint.id).proposals[0].answers["findings"] == given


FORMS: dict[str, tuple[str, Any]] = {
    "settle": ("early_resolution", INES),
    "end_early_resolution": ("early_resolution", INES),
    "tell_the_officer": ("investigation", IVAN),
    "defer_telling_the_officer": ("investigation", IVAN),
    "close_without_finding": ("investigation", INES),
    "refer": ("assessment", INES),
    "record_a_withdrawal": ("assessment", INES),
    "return_to_the_panel": ("decision", BEA),
    "record_the_decision": ("decision", BEA),
    "take_back_from_the_panel": ("civilian_review", INES),
    "confirm": ("reconsideration", INES),
    "reopen": ("reconsideration", INES),
    "ask_for_reconsideration": ("resolved", INES),
}


@pytest.mark.parametrize("step", FORMS)
def test_an_empty_form_is_answered_with_what_it_lacks(app: Flask, browser_of: Any, step: str) -> None:
    state, person = FORMS[step]
    with app.app_context():
        number = complaint_in(state, at=now(), received_on=now().date()).number
    answer = submit(browser_of(person), at(number, step))
    assert answer.status_code == 422
    assert "Something needs another look" in answer.text


def test_lifting_a_hold_and_deciding_on_a_withdrawal_have_their_forms(app: Flask, browser_of: Any) -> None:
    with app.app_context():
        on_hold = held(complaint_in("assessment")).number
        leaving = wants_to_withdraw(complaint_in("assessment")).number
    assert "A criminal case about the same events" in browser_of(INES).get(at(on_hold, "resume")).text
    assert "Go on with the file" in browser_of(INES).get(at(leaving, "decide_on_a_withdrawal")).text


def test_the_liaison_takes_their_step_here_too(app: Flask, browser_of: Any) -> None:
    complaint = told(app)
    with app.app_context():
        officer = str(officers(fresh(complaint.id))[0].id)
    lou, path = browser_of(LOU), at(complaint.number, "record_the_officers_response")
    assert "Wren Haldane, 48213" in lou.get(path).text
    assert "Quist" not in lou.get(path).text
    answer = submit(lou, path, officer=officer, response_kind="response", response="I asked for a name.")
    assert (answer.status_code, answer.location) == (303, f"/desk/liaison/{complaint.number}")
    assert lou.get(at(complaint.number, "tell_the_officer")).status_code == 403


def told(app: Flask) -> Complaint:
    """A file whose officer the service was asked to tell."""
    with app.app_context():
        the(LOU)
        complaint = complaint_in("investigation")
        return take(complaint, "tell_the_officer", by=IVAN, officer=str(officers(complaint)[0].id))
