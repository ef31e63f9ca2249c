"""What invented people do fits the rules that hold for real ones."""

from datetime import UTC, datetime, time, timedelta
from types import SimpleNamespace
from typing import Any

from flask import Flask

from oversight.casework.queries.clocks import clocks_to_extend, days_left_to_give
from oversight.demo.handling import mind_the_deadlines
from oversight.rules.jurisdictions import rulebook
from tests.factories import complaint_in


def test_no_deadline_is_given_more_time_than_it_may_still_have(context: Flask) -> None:
    complaint = complaint_in("assessment")
    (clock,) = clocks_to_extend(complaint, on=complaint.received_on)
    assert clock.due_on is not None
    on = clock.due_on - timedelta(days=3)
    clock.delays = [{"days": days_left_to_give(clock, on=on) - 2}]
    asked: list[dict[str, Any]] = []
    book = rulebook(complaint.rulebook)
    eager = SimpleNamespace(choice=lambda reasons: reasons[0], random=lambda: 0.0)
    office = SimpleNamespace(at=datetime.combine(on, time(20), UTC), book=book, random=eager)
    file = SimpleNamespace(
        office=office,
        complaint=complaint,
        book=book,
        caseworker="caseworker",
        step=lambda _who, name, **answers: asked.append({"name": name, **answers}),
    )
    mind_the_deadlines(file)  # type: ignore[arg-type]
    assert [(each["name"], each["days"]) for each in asked] == [("give_more_time", "2")]
