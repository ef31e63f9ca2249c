"""What has to be looked at again, and what came too late, stands where staff see it."""

from datetime import date
from typing import Any

import pytest
from flask import Flask

from oversight.casework.models import Complaint
from oversight.desk.wording.clocks import clock_cards
from tests.cast import DORA, INES, IVAN
from tests.factories import AT, complaint_in, filed, held, officers, take

pytestmark = pytest.mark.one_database

LIMIT = "Complain within a year of the events, or of knowing of them"


def limits(complaint: Complaint) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """The state of the time limit among the clocks that are open, and among those that are over."""
    running, over = clock_cards(complaint, AT.date())
    return tuple(
        [(each.state, each.left) for each in cards if each.name == LIMIT] for cards in (running, over)
    )


def test_a_file_that_came_too_late_says_so_among_its_clocks(app: Flask) -> None:
    with app.test_request_context():
        assert limits(filed(happened_on="2025-10-30")) == ([("overdue", "3 days late")], [])


def test_a_file_that_came_in_time_says_that_it_was_met(app: Flask) -> None:
    with app.test_request_context():
        assert limits(filed(happened_on="2025-11-02")) == ([], [("met", "")])


def test_where_no_day_is_known_nothing_is_said_of_the_limit(app: Flask) -> None:
    with app.test_request_context():
        assert limits(filed(happened_on=None, happened_on_precision="unknown")) == ([], [])


def test_a_clock_says_what_the_law_wants_once_its_day_has_passed(app: Flask) -> None:
    with app.test_request_context():
        running, _ = clock_cards(complaint_in("investigation"), AT.date())
        (card,) = (each for each in running if each.name == "Finish the investigation")
        assert card.why[-1].startswith("Past this day, the chief executive has to publish")


@pytest.mark.parametrize(
    ("day", "words"), [(date(2026, 12, 31), "On hold"), (date(2027, 1, 1), "Hold to be")]
)
def test_a_hold_is_marked_in_the_queue_on_its_day(
    app: Flask, browser_of: Any, monkeypatch: pytest.MonkeyPatch, day: date, words: str
) -> None:
    with app.app_context():
        complaint = held(complaint_in("investigation"))
        assert complaint.holds[0].review_on == date(2027, 1, 1)
    monkeypatch.setattr("oversight.desk.routes.queue.clock.today", lambda _zone: day)
    assert f">{words}" in browser_of(INES).get("/desk").text


def test_telling_that_was_put_off_is_marked_in_the_queue_on_its_day(
    app: Flask, browser_of: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    with app.app_context():
        complaint = complaint_in("investigation")
        told = {"officer": str(officers(complaint)[0].id), "reason": "They know each other."}
        take(complaint, "defer_telling_the_officer", by=IVAN, second=DORA, review_on="2026-12-01", **told)
    monkeypatch.setattr("oversight.desk.routes.queue.clock.today", lambda _zone: date(2026, 12, 1))
    assert "Telling the officer is due" in browser_of(INES).get("/desk").text
