"""More time for a deadline, and why one passed: asked for beside the clock, and read by those concerned."""

import re
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from oversight.casework.models import Complaint
from oversight.kit.clock import now
from tests.cast import BEA, INES, IVAN, LOU
from tests.factories import complaint_in, fresh, take
from tests.pages import hidden_fields, submit

pytestmark = pytest.mark.one_database

GIVEN = {"clock": "assessment", "days": "14", "delay_reason": "waiting_for_record"}


def began(days_ago: int) -> Complaint:
    """A file in assessment since then."""
    at = now() - timedelta(days=days_ago)
    return complaint_in("assessment", at=at, received_on=at.date())


def page_of(complaint: Complaint, step: str) -> str:
    return f"/desk/files/{complaint.number}/steps/{step}"


def test_the_way_to_it_stands_beside_its_clock(app: Flask, browser_of: Any) -> None:
    with app.app_context():
        complaint = began(3)
    page = browser_of(INES).get(f"/desk/files/{complaint.number}").text
    assert f'{page_of(complaint, "give_more_time")}?clock=assessment">' in page
    assert "?clock=progress_notice" not in page
    form = browser_of(INES).get(f"{page_of(complaint, 'give_more_time')}?clock=assessment").text
    assert "It may be given at most 30 days more (The office&#39;s own rule)." in form


def chosen(page: str) -> list[str]:
    """The values of the radio buttons that are on."""
    buttons = re.findall(r'<input[^>]*type="radio"[^>]*>', page)
    return [re.findall(r'value="([^"]*)"', each)[0] for each in buttons if " checked" in each]


def test_the_clock_one_came_from_is_chosen_and_so_is_one_that_stands_alone(
    app: Flask, browser_of: Any
) -> None:
    at = now() - timedelta(days=200)
    with app.app_context():
        two = complaint_in("civilian_review", at=at, received_on=at.date())
    with app.app_context():
        one = began(45)
    ines, path = browser_of(INES), page_of(two, "say_why_it_passed")
    assert chosen(ines.get(path).text) == []
    for clock in ("investigation", "review"):
        assert f"{path}?clock={clock}" in ines.get(f"/desk/files/{two.number}").text
        assert chosen(ines.get(f"{path}?clock={clock}").text) == [clock]
    assert chosen(ines.get(page_of(one, "say_why_it_passed")).text) == ["assessment"]
    assert chosen(ines.get(f"{path}?clock=nonsense").text) == []


def test_more_time_is_proposed_approved_and_shown(app: Flask, browser_of: Any) -> None:
    with app.app_context():
        complaint = began(3)
    answer = submit(browser_of(INES), page_of(complaint, "give_more_time"), **GIVEN)
    assert "It waits for a second person" in browser_of(INES).get(answer.location).text
    with app.app_context():
        proposal = f"/desk/files/{complaint.number}/proposals/{fresh(complaint.id).proposals[0].id}"
    asked = browser_of(BEA).get(proposal).text
    for words in ("Finish the assessment", "14", "Waiting for a record or a recording"):
        assert words in asked
    submit(browser_of(BEA), proposal, to=f"{proposal}/approve")
    page = browser_of(INES).get(f"/desk/files/{complaint.number}").text
    assert "it was given 14 days more (Waiting for a record or a recording; approved by: Director)" in page
    again = browser_of(INES).get(page_of(complaint, "give_more_time")).text
    assert "at most 16 days more" in again


def test_what_was_typed_stays_and_what_is_wrong_says_what_to_do(app: Flask, browser_of: Any) -> None:
    with app.app_context():
        complaint = began(3)
    answer = submit(browser_of(INES), page_of(complaint, "give_more_time"), clock="assessment", days="ninety")
    assert answer.status_code == 422
    assert 'value="ninety"' in answer.text
    assert "Write how many days, as a number such as 14." in answer.text
    assert 'href="#delay_reason-0"' in answer.text
    assert answer.text.count("Choose the reason that fits best.") == 2


def test_a_stale_page_is_answered_with_the_file_as_it_stands(app: Flask, browser_of: Any) -> None:
    with app.app_context():
        complaint = began(45)
    bea, path = browser_of(BEA), page_of(complaint, "say_why_it_passed")
    page = bea.get(path)
    with app.app_context():
        take(complaint, "say_why_it_passed", by=INES, at=now(), clock="assessment", delay_reason="absence")
    typed = {"clock": "assessment", "delay_reason": "workload"}
    answer = bea.post(path, data={**hidden_fields(page.text), **typed})
    assert answer.status_code == 409
    assert "Someone has changed this" in answer.text
    assert "Not everyone the work needs is available" in answer.text
    assert bea.post(path, data={**hidden_fields(answer.text), **typed}).status_code == 303
    with app.app_context():
        (late,) = (each for each in fresh(complaint.id).clocks if each.deadline == "assessment")
        assert [each["reason"] for each in late.delays] == ["absence", "workload"]


def test_why_it_passed_stands_on_the_clock_and_in_the_history(app: Flask, browser_of: Any) -> None:
    with app.app_context():
        complaint = began(45)
    ines = browser_of(INES)
    blocked = ines.get(page_of(complaint, "give_more_time"))
    assert (blocked.status_code, "passed or has all the time" in blocked.text) == (409, True)
    answer = submit(
        ines, page_of(complaint, "say_why_it_passed"), clock="assessment", delay_reason="several_matters"
    )
    page = ines.get(answer.location).text
    assert "Why it passed, said on" in page
    assert "Several officers or events have to be looked at." in page
    history = ines.get(f"/desk/files/{complaint.number}/history").text
    assert "Say why a deadline passed" in history
    assert "Several officers or events have to be looked at" in history


def test_it_is_all_said_in_french(app: Flask, browser_of: Any) -> None:
    with app.app_context():
        complaint = began(45)
        take(complaint, "say_why_it_passed", by=INES, at=now(), clock="assessment", delay_reason="workload")
    ines = browser_of(INES)
    ines.set_cookie("language", "fr")
    page = ines.get(f"/desk/files/{complaint.number}").text
    assert "Dire pourquoi une échéance est passée" in page
    assert "Le bureau a plus de dossiers que de personnes pour les traiter" in page
    form = ines.get(page_of(complaint, "say_why_it_passed")).text
    assert "Il faut traduire ou interpréter quelque chose" in form
    assert not any(english in form for english in ("Why", "Waiting for", "deadline"))


def test_only_those_who_handle_the_file_come_here(app: Flask, browser_of: Any) -> None:
    with app.app_context():
        complaint = began(3)
    for step in ("give_more_time", "say_why_it_passed"):
        assert browser_of(LOU).get(page_of(complaint, step)).status_code == 404
        assert browser_of(IVAN).get(page_of(complaint, step)).status_code == 404
