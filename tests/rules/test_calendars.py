"""The days an office's table begins with, and the calendar made of it."""

import subprocess
import sys
from datetime import date

import pytest

from oversight.rules.calendars import DayKind, DayName, HolidayDay, calendar_of, snapshot


def names(place: str, year: int, kind: DayKind) -> list[str]:
    return [day.name for day in snapshot(place, [year]) if day.kind is kind]


def test_alberta_has_nine_statutory_days() -> None:
    assert names("CA-AB", 2026, DayKind.STATUTORY) == [
        "New Year's Day",
        "Family Day",
        "Good Friday",
        "Victoria Day",
        "Canada Day",
        "Labour Day",
        "Thanksgiving Day",
        "Remembrance Day",
        "Christmas Day",
    ]


def test_albertas_other_days_are_kept_apart() -> None:
    assert names("CA-AB", 2026, DayKind.OPTIONAL) == [
        "Easter Monday",
        "Heritage Day",
        "National Day for Truth and Reconciliation",
        "Boxing Day",
        "Boxing Day (observed)",
    ]


def test_canadian_days_are_named_in_french_too() -> None:
    assert all(day.name_fr for day in snapshot("CA-AB", range(2024, 2030)))
    assert {day.name_fr for day in snapshot("CA-AB", [2026]) if day.on == date(2026, 9, 7)} == {
        "Fête du Travail"
    }


def test_new_york_has_days_of_its_own_and_no_groundhogs() -> None:
    found = snapshot("US-NY", [2026])
    assert "Election Day" in [day.name for day in found]
    assert "Groundhog Day" not in [day.name for day in found]
    assert {day.name_fr for day in found} == {""}


def test_each_date_is_listed_once_and_in_order() -> None:
    dates = [day.on for day in snapshot("CA-AB", [2027, 2026, 2026])]
    assert dates == sorted(set(dates))
    assert {on.year for on in dates} == {2026, 2027}


@pytest.mark.parametrize("place", ["", "XX", "CA-ZZ", "datetime", "Alberta"])
def test_a_place_that_is_not_known_is_refused(place: str) -> None:
    with pytest.raises(ValueError, match="knows no calendar"):
        snapshot(place, [2026])


def test_the_library_is_imported_only_when_it_is_asked() -> None:
    asked = "import sys, oversight.rules.deadlines; sys.exit('holidays' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", asked], check=False).returncode == 0


DAY = date(2026, 8, 3)


@pytest.mark.parametrize(
    "kind, holiday, is_open, business",
    [
        (DayKind.STATUTORY, True, True, False),
        (DayKind.OFFICE, False, False, True),
        (DayKind.NOT_BUSINESS, False, True, False),
        (DayKind.OPTIONAL, False, True, True),
    ],
)
def test_a_day_counts_for_what_its_kind_says(
    kind: DayKind, holiday: bool, is_open: bool, business: bool
) -> None:
    calendar = calendar_of([HolidayDay(DAY, "Heritage Day", "Fête du Patrimoine", kind)])
    assert calendar.is_holiday(DAY) is holiday
    assert calendar.is_open(DAY) is is_open
    assert calendar.is_business_day(DAY) is business


def test_a_calendar_is_known_until_the_end_of_its_last_statutory_year() -> None:
    assert calendar_of(snapshot("CA-AB", [2026, 2027])).known_until == date(2027, 12, 31)
    assert calendar_of([]).known_until is None


def test_a_day_without_a_french_name_is_shown_in_english() -> None:
    assert DayName("Civic day").in_language("fr") == "Civic day"
    assert DayName("Labour Day", "Fête du Travail").in_language("fr_CA") == "Fête du Travail"
    assert DayName("Labour Day", "Fête du Travail").in_language("en") == "Labour Day"
