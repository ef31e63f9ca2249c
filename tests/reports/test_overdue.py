"""The list of late files: each told as exactly as enough of them are alike, so that no few can be counted."""

from collections import Counter
from datetime import date, datetime, timedelta

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as some

from oversight.casework.models import Clock
from oversight.figures.periods import first_moment
from oversight.kit.db import writing
from oversight.reports.overdue import NO_REASON, Late, late_files, overdue, told_alike
from tests.factories import filed

LATE = some.builds(
    Late,
    received=some.sampled_from(["2025-01", "2025-02", "2024-11"]),
    stage=some.sampled_from(["Investigation", "Assessment"]),
    deadline=some.sampled_from(["Decision", "Acknowledgement"]),
    late=some.sampled_from(["up to 30", "31 to 90"]),
    reason=some.sampled_from([(NO_REASON, ""), ("It waits", "A court case")]),
)


@given(some.lists(LATE, min_size=10, max_size=80))
def test_nothing_told_is_shared_by_fewer_than_ten(files: list[Late]) -> None:
    told = told_alike(files, 10)
    assert len(told) == len(files)
    assert min(Counter(told).values()) >= 10


def test_what_many_share_is_told_in_full() -> None:
    many = [Late("2025-01", "Investigation", "Decision", "up to 30", (NO_REASON, ""))] * 12
    assert told_alike(many, 10) == many


LAST = date(2026, 12, 31)
UNTIL = first_moment(date(2027, 1, 1), "America/Edmonton")


@pytest.mark.usefixtures("context")
def test_a_file_past_its_deadline_is_listed_by_its_month_and_stage(context: Flask) -> None:
    for _ in range(11):
        filed()
    content = overdue(LAST, UNTIL, threshold=10)
    assert content["count"] == 11
    assert {file["received"]["en"] for file in content["files"]} == {"November 2026"}
    assert {file["stage"]["en"] for file in content["files"]} == {"Received"}
    assert all(file["reason"]["en"] == "No reason is on the file." for file in content["files"])
    assert "C-" not in str(content)


@pytest.mark.usefixtures("context")
def test_a_few_late_files_are_neither_listed_nor_counted(context: Flask) -> None:
    filed()
    assert overdue(LAST, UNTIL, threshold=10) | {"says": None} == {"count": None, "files": [], "says": None}


@pytest.mark.usefixtures("context")
def test_what_was_done_in_time_stood_still_or_was_not_due_is_not_late(context: Flask) -> None:
    done, rested, due_later = (filed() for _ in range(3))
    ids = {each.id for each in (done, rested, due_later)}
    with writing() as session:
        for clock in session.query(Clock).filter(Clock.complaint_id.in_(ids)):
            if clock.complaint_id == done.id:
                clock.stopped_on = clock.due_on
            elif clock.complaint_id == rested.id:
                clock.pauses = [[clock.started_on.isoformat(), None, "a hold"]]
            else:
                clock.due_on = LAST + timedelta(days=1)
    assert late_files(LAST, UNTIL) == []


def test_the_last_day_ends_in_the_office_s_own_zone() -> None:
    assert datetime(2027, 1, 1, 7, tzinfo=UNTIL.tzinfo) > UNTIL
