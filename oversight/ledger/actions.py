"""The only writers of the ledger."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from oversight.kit.db import session
from oversight.ledger.actor import Actor
from oversight.ledger.chain import KIND, SUBJECT, canonical
from oversight.ledger.hook import Pending, queue, savepoints
from oversight.ledger.models import Words

WORDS_DESTROYED = "ledger.words_destroyed"


def record(kind: str, *, actor: Actor, subject: str, at: datetime, **details: Any) -> None:
    """Record that something was done; it stands if, and only if, the transaction around it commits.

    `kind` is a code such as `step.refer`, `subject` a reference such as `file:<id>`. Details are codes,
    numbers, ids and dates, never names or free text: ValueError otherwise.
    """
    _queue(kind, actor, subject, at, details)


def destroy_words(
    numbers: Sequence[int], *, reason: str, actor: Actor, subject: str = "ledger", at: datetime
) -> None:
    """Destroy the words of those entries for good, and record it; numbers and hashes stay.

    `reason` is a code, such as the retention rule. ValueError if any of them has no words left, or records
    a destruction itself: the proof of a destruction is never destroyed.
    """
    wanted = tuple(sorted(set(numbers)))
    destructible = select(func.count()).where(Words.number.in_(wanted), Words.kind != WORDS_DESTROYED)
    if not wanted or session().scalar(destructible) != len(wanted):
        raise ValueError("Those words can't be destroyed: some are gone already, or record a destruction.")
    _queue(WORDS_DESTROYED, actor, subject, at, {"numbers": wanted, "reason": reason}, wanted)


def _queue(
    kind: str,
    actor: Actor,
    subject: str,
    at: datetime,
    details: dict[str, Any],
    destroys: tuple[int, ...] = (),
) -> None:
    if not (KIND.fullmatch(kind) and SUBJECT.fullmatch(subject)):
        raise ValueError(f"The ledger does not take {kind!r} about {subject!r}: both are codes.")
    if at.tzinfo is None:
        raise ValueError("An instant must be aware of its time zone.")
    current = session()
    within = savepoints(current)
    queue(current, Pending(at, kind, str(actor), subject, canonical(details), destroys, within))
