"""Whether the office is ready for work, and how it fares. Bounded questions: they are asked all day long."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache

from sqlalchemy.exc import SQLAlchemyError

from oversight.casework.queries.files import overdue_clocks
from oversight.jobs.models import Rounds
from oversight.kit.db import db, session
from oversight.ledger import last_number
from oversight.outbox import newest_opens, waiting_since

ROUNDS_ARE_LATE_AFTER = timedelta(minutes=10)
"""A round comes every minute, and takes a minute or two when it builds a report."""


@dataclass(frozen=True)
class Standing:
    """How the office fares at one moment. What is said of times is in seconds."""

    oldest_unsent: float
    """How long the notice that waits longest has waited; 0 where none does."""
    overdue_clocks: int
    """Open deadlines that have passed, counted up to a thousand."""
    rounds: int
    last_round: float
    """When the last round ended, in seconds since 1970; 0 before the first."""
    notices_given_up: int
    ledger_entries: int


def what_is_amiss(*, at: datetime, awake_since: datetime) -> list[str]:
    """A word for each thing that keeps the office from its work; none if it is ready.

    Rounds have their time from when this process awoke: it may have to make them itself.
    """
    try:
        if not _is_up_to_date():
            return ["migrations"]
        last_round = max(_rounds().last_ended_at or awake_since, awake_since)
        found = {"keys": not newest_opens(), "rounds": at - last_round > ROUNDS_ARE_LATE_AFTER}
    except SQLAlchemyError:
        return ["database"]
    return [word for word, amiss in found.items() if amiss]


def standing_of_office(*, at: datetime, on: date) -> Standing:
    """How the office fares, from a few rows of each index and no table's count."""
    waiting, rounds = waiting_since(), _rounds()
    return Standing(
        oldest_unsent=max((at - waiting).total_seconds(), 0) if waiting else 0,
        overdue_clocks=overdue_clocks(on=on),
        rounds=rounds.made,
        last_round=rounds.last_ended_at.timestamp() if rounds.last_ended_at else 0,
        notices_given_up=rounds.notices_given_up,
        ledger_entries=last_number(),
    )


def _rounds() -> Rounds:
    return session().get_one(Rounds, 1)


def _is_up_to_date() -> bool:
    from oversight.kit.migrations import reached  # Alembic: serving need not wait for it

    return reached(db.engine) == _newest_migration()


@cache
def _newest_migration() -> str | None:
    from oversight.kit.migrations import newest

    return newest()
