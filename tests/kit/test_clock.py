"""Days and instants."""

from datetime import UTC, date, datetime

import pytest
import time_machine

from oversight.kit.clock import local_date, now, today

LATE_IN_CALGARY = datetime(2026, 7, 1, 4, 0, tzinfo=UTC)


def test_a_day_begins_when_it_begins_in_the_place() -> None:
    assert local_date(LATE_IN_CALGARY, "America/Edmonton") == date(2026, 6, 30)
    assert local_date(LATE_IN_CALGARY, "America/New_York") == date(2026, 7, 1)


def test_an_instant_without_a_zone_has_no_day() -> None:
    with pytest.raises(ValueError, match="aware"):
        local_date(LATE_IN_CALGARY.replace(tzinfo=None), "America/Edmonton")


def test_now_is_aware_and_today_follows_it() -> None:
    with time_machine.travel(LATE_IN_CALGARY, tick=False):
        assert now() == LATE_IN_CALGARY
        assert now().tzinfo is UTC
        assert today("America/Edmonton") == date(2026, 6, 30)
