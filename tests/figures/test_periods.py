"""Periods: read as they are written, to the day, and refused with a word where they make no sense."""

from datetime import date

import pytest

from oversight.figures.periods import Period
from oversight.figures.refusals import CannotCount


@pytest.mark.parametrize(
    ("text", "name", "first", "last"),
    [
        ("2026", "2026", date(2026, 1, 1), date(2026, 12, 31)),
        ("2026-H1", "2026-H1", date(2026, 1, 1), date(2026, 6, 30)),
        (" 2026-h2 ", "2026-H2", date(2026, 7, 1), date(2026, 12, 31)),
        ("2024-Q1", "2024-Q1", date(2024, 1, 1), date(2024, 3, 31)),
        ("2024-Q3", "2024-Q3", date(2024, 7, 1), date(2024, 9, 30)),
        ("2024-q4", "2024-Q4", date(2024, 10, 1), date(2024, 12, 31)),
    ],
)
def test_a_period_has_its_first_and_its_last_day(text: str, name: str, first: date, last: date) -> None:
    assert Period.parse(text) == Period(name, first, last)


def test_everything_has_no_bounds_and_no_years_of_its_own() -> None:
    period = Period.parse("ALL")
    assert (period.first, period.last, list(period.years())) == (date.min, date.max, [])


def test_the_years_of_a_half_are_the_one_it_lies_in() -> None:
    assert list(Period.parse("2015-H2").years()) == [2015]


@pytest.mark.parametrize(
    "text", ["", "20", "2026-H3", "2026-H0", "2026-Q5", "H1-2026", "2026H1", "0000", "٢٠٢٦", "2026-H1\n2027"]
)
def test_what_is_no_period_is_refused_with_what_can_be_asked(text: str) -> None:
    with pytest.raises(CannotCount, match="2026-H1"):
        Period.parse(text)


def test_a_period_is_over_on_the_day_after_its_last() -> None:
    period = Period.parse("2026-Q2")
    assert not period.is_over(on=date(2026, 6, 30))
    assert period.is_over(on=date(2026, 7, 1))
