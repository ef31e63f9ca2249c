"""Which periods can be reported: those that are over and in which somebody complained."""

from datetime import date, timedelta

import pytest
from flask import Flask

from oversight.kit.db import session
from oversight.reports.queries import periods_to_report
from tests.figures.history import brought_in, past

TODAY = date(2016, 4, 2)


def offered() -> list[str]:
    return [period.name for period in periods_to_report(on=TODAY)]


@pytest.mark.usefixtures("context")
def test_periods_are_offered_once_they_are_over_if_a_file_was_received_in_them() -> None:
    assert offered() == []
    for day in (date(2014, 12, 31), date(2015, 6, 30), date(2015, 7, 1), date(2016, 4, 1)):
        brought_in(past(received_on=day))
    assert offered() == [
        *("2015", "2015-H2", "2015-Q3", "2015-H1", "2015-Q2"),
        *("2014", "2014-H2", "2014-Q4"),
    ]
    brought_in(past(received_on=date(2016, 3, 31)))
    assert offered()[0] == "2016-Q1"


@pytest.mark.one_database
def test_that_is_known_without_reading_every_day(context: Flask) -> None:
    brought_in(*(past(received_on=day) for day in (date(2015, 1, 1), date(2015, 3, 31))))
    few = steps()
    brought_in(*(past(received_on=date(2015, 1, 1) + timedelta(days=day)) for day in range(1, 89)))
    assert steps() == few


def steps() -> int:
    """How many steps of its machine the database takes to say which periods can be reported."""
    taken = []
    database = session().connection().connection.driver_connection
    assert database is not None
    database.set_progress_handler(lambda: taken.append(1), 1)
    try:
        offered()
    finally:
        database.set_progress_handler(None, 1)
    return len(taken)
