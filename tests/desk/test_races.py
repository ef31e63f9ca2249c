"""Two people press at the same moment: one is done, the other gets the page as it now stands."""

from threading import Barrier, Thread
from typing import Any

import pytest
from flask import Flask

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
