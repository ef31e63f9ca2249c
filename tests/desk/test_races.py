"""Two people press at the same moment: one is done, the other gets the page as it now stands."""

from threading import Barrier, Thread
from typing import Any

import pytest
from flask import Flask

from oversight.casework.answers import check_answers
from oversight.casework.models import Complaint
from oversight.kit.db import session
from tests.cast import BEA, INES, the
from tests.factories import LETTER, complaint_in, fresh, take
from tests.pages import hidden_fields

HOLD: dict[str, Any] = {
    "allegations": [],
    "hold_reason": "health",
    "authority": "A doctor",
    "review_on": "2036-03-01",
}


def at_once(*posts: tuple[Any, str, dict[str, Any]]) -> list[Any]:
    """Send every form at the same moment; the answers, in order."""
    start, answers = Barrier(len(posts)), [None] * len(posts)

    def send(place: int) -> None:
        browser, path, data = posts[place]
        start.wait()
        answers[place] = browser.post(path, data=data)

    threads = [Thread(target=send, args=(place,)) for place in range(len(posts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


@pytest.mark.parametrize("first", ["offer_early_resolution", "send_a_progress_notice"])
def test_of_two_steps_one_wins_and_the_other_sees_the_file_as_it_is(
    app: Flask, browser_of: Any, first: str
) -> None:
    with app.app_context():
        the(BEA)
        complaint = complaint_in("assessment")
        steps, allegation = f"/desk/files/{complaint.number}/steps", str(complaint.allegations[0].id)
    ines, bea = browser_of(INES), browser_of(BEA)
    offer = hidden_fields(ines.get(f"{steps}/{first}").text)
    ground = {"ground": "frivolous", "reason": "My long words.", "to_complainant": LETTER}
    dismiss = {**hidden_fields(bea.get(f"{steps}/dismiss").text), **ground, "allegations": allegation}
    answers = at_once((ines, f"{steps}/{first}", offer), (bea, f"{steps}/dismiss", dismiss))
    assert sorted(answer.status_code for answer in answers) == [303, 409]
    with app.app_context():
        dismissed = fresh(complaint.id).state == "dismissed"
    assert dismissed == (answers[1].status_code == 303)


@pytest.mark.parametrize(("verb", "words"), [("approve", {}), ("decline", {"reason": "Not so."})])
def test_the_second_person_decides_on_the_file_as_they_saw_it(
    app: Flask, browser_of: Any, verb: str, words: dict[str, str]
) -> None:
    with app.app_context():
        complaint = take(complaint_in("assessment"), "hold", by=INES, **HOLD)
        page = f"/desk/files/{complaint.number}/proposals/{complaint.proposals[0].id}"
    bea = browser_of(BEA)
    seen = hidden_fields(bea.get(page).text)
    with app.app_context():
        take(fresh(complaint.id), "send_a_progress_notice", by=INES)
    answer = bea.post(f"{page}/{verb}", data={**seen, **words})
    assert answer.status_code == 409
    assert "Here is how it stands now" in answer.text
    again = bea.post(f"{page}/{verb}", data={**hidden_fields(answer.text), **words})
    assert again.status_code == 303
    with app.app_context():
        assert len(fresh(complaint.id).holds) == (verb == "approve")


WITHDRAWAL = {"reason": "I moved.", "pressed": "No."}


def test_answers_that_another_step_made_wrong_meanwhile_are_stale_and_not_wrong(
    app: Flask, browser_of: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    with app.app_context():
        complaint = complaint_in("assessment")
        page = f"/desk/files/{complaint.number}/steps/record_a_withdrawal"
        who = str(complaint.parties[0].id)
    ines = browser_of(INES)
    facts = {**hidden_fields(ines.get(page).text), "party": who, **WITHDRAWAL}
    first: list[int] = []

    def meanwhile(complaint: Complaint, *rest: Any, **named: Any) -> None:
        if not first:
            first.append(0)
            first[0] = at_once((browser_of(INES), page, facts))[0].status_code
            for party in complaint.parties:  # as if they were only now read
                session().expire(party)
        check_answers(complaint, *rest, **named)

    monkeypatch.setattr("oversight.desk.forms.steps.check_answers", meanwhile)
    answer = ines.post(page, data=facts)
    assert (first, answer.status_code) == ([303], 409)
    assert "Here is how it stands now" in answer.text


def test_a_stale_form_is_told_so_before_what_is_wrong_with_it(app: Flask, browser_of: Any) -> None:
    with app.app_context():
        complaint = complaint_in("assessment")
        path = f"/desk/files/{complaint.number}/allegations/{complaint.allegations[0].id}"
    ines = browser_of(INES)
    wrong = {**hidden_fields(ines.get(path).text), "code": "no such head"}
    assert ines.post(path, data=wrong).status_code == 422
    with app.app_context():
        take(fresh(complaint.id), "send_a_progress_notice", by=INES)
    answer = ines.post(path, data=wrong)
    assert answer.status_code == 409
    assert "Here is how it stands now" in answer.text


def test_a_double_click_takes_a_step_once(app: Flask, browser_of: Any) -> None:
    with app.app_context():
        complaint = take(complaint_in("assessment"), "hold", by=INES, **HOLD)
        page = f"/desk/files/{complaint.number}/proposals/{complaint.proposals[0].id}"
    bea = browser_of(BEA)
    token = hidden_fields(bea.get(page).text)
    answers = at_once(*((bea, f"{page}/approve", token) for _ in range(3)))
    assert sorted(answer.status_code for answer in answers) == [303, 409, 409]
    with app.app_context():
        assert len(fresh(complaint.id).holds) == 1
