"""The office's clock, set forward by a test: weeks go by between two pages."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta, tzinfo
from unittest.mock import patch


class TravellingClock:
    """Stands where `oversight.kit.clock` looks for the time, in every thread of the process."""

    def __init__(self) -> None:
        self.ahead = timedelta()

    def now(self, zone: tzinfo) -> datetime:
        """The real instant, and as far ahead as the test has gone."""
        return datetime.now(zone) + self.ahead

    def pass_days(self, days: int) -> None:
        """Let that many days go by."""
        self.ahead += timedelta(days=days)


@contextmanager
def travelling() -> Iterator[TravellingClock]:
    """A clock that can be set forward, until the test is over."""
    clock = TravellingClock()
    with patch("oversight.kit.clock.datetime", clock):
        yield clock
