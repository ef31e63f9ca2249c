"""The only place that asks what time it is. Everything else is told, by `at=` or `on=`."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo


def now() -> datetime:
    """This instant, aware, in UTC."""
    return datetime.now(UTC)


def today(zone: str) -> date:
    """The date on the wall calendar of the place, such as `America/Edmonton`."""
    return local_date(now(), zone)


def local_date(at: datetime, zone: str) -> date:
    """The date an instant falls on in that zone; a naive instant is refused, since it has no meaning."""
    if at.tzinfo is None:
        raise ValueError("An instant must be aware of its time zone.")
    return at.astimezone(ZoneInfo(zone)).date()
