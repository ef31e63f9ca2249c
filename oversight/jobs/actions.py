"""Noting that a round was made, for whoever watches that rounds are made."""

from datetime import datetime

from sqlalchemy import update

from oversight.jobs.models import Rounds
from oversight.kit.db import writing


def note_round(*, given_up: int, at: datetime) -> None:
    """Count a round that ended at that instant, and the notices that nobody will try to send any more."""
    with writing() as current:
        only = update(Rounds).where(Rounds.id == 1)
        current.execute(
            only.values(
                made=Rounds.made + 1, notices_given_up=Rounds.notices_given_up + given_up, last_ended_at=at
            )
        )
