"""What is written when figures are read in full. Figures themselves write nothing."""

from datetime import datetime

from oversight import ledger
from oversight.figures.wanted import Wanted
from oversight.ledger import Actor


def note_internal_reading(table: str, wanted: Wanted, *, by: Actor, at: datetime) -> None:
    """Enter in the ledger that somebody read a table with the small numbers in it."""
    ledger.record(
        "figures.read_internal",
        actor=by,
        subject="figures",
        at=at,
        table=table,
        period=wanted.period.name,
        **wanted.choices,
    )
