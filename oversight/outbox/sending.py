"""Sending what is due: each notice at least once, and under the same Message-ID if twice."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import CursorResult, select, update

from oversight.kit.clock import now
from oversight.kit.db import session, writing
from oversight.kit.seal import SealError
from oversight.outbox.message import message_of
from oversight.outbox.models import StoredNotice
from oversight.outbox.transports import DeliveryError, Transport

LEASE = timedelta(minutes=15)
"""How long one process may take over a round of sending before another tries the same notices."""

LONGEST_ROUND = LEASE / 3
"""How long a round goes on claiming notices: what it claims last still has most of its lease."""

NOBODY_THERE = frozenset({"timeout", "unreachable"})
"""Errors that say nothing of the notice, and that the next one would meet as well, after a long wait."""

FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=12)
MOST_ATTEMPTS = 20
"""A notice is given up after this many attempts, the last of them five to six days after the first."""


@dataclass
class Delivery:
    """What came of one round of sending."""

    sent: int = 0
    put_off: int = 0
    given_up: int = 0


def send_due(transport: Transport, *, sender: str, at: datetime, limit: int = 1000) -> Delivery:
    """Send the notices that are due, one transaction before each and one after, none during.

    A crash in between leaves a notice claimed; it is sent again when its lease has run out. A round ends when
    its leases could, and where the server is not to be had: the rest is tried in the next one.
    """
    outcome, begun = Delivery(), now()
    for notice_id in _due(at, limit):
        if now() - begun > LONGEST_ROUND:
            break
        notice = _claim(notice_id, at)
        if notice is None:
            continue
        attempts = notice.attempts
        error = _deliver(notice, transport, sender)
        _settle(outcome, notice_id, attempts, error, transport.name, at)
        if error in NOBODY_THERE:
            break
    return outcome


def _settle(
    outcome: Delivery,
    notice_id: uuid.UUID,
    attempts: int,
    error: str | None,
    transport_name: str,
    at: datetime,
) -> None:
    if error is None:
        _mark_sent(notice_id, transport_name, at)
        outcome.sent += 1
    elif attempts < MOST_ATTEMPTS:
        _mark_failed(notice_id, error, at + _wait_after(attempts))
        outcome.put_off += 1
    else:
        _mark_failed(notice_id, error, None)
        outcome.given_up += 1


def _due(at: datetime, limit: int) -> Sequence[uuid.UUID]:
    waiting = select(StoredNotice.id).where(StoredNotice.next_try_at <= at)
    return session().scalars(waiting.order_by(StoredNotice.next_try_at).limit(limit)).all()


def _claim(notice_id: uuid.UUID, at: datetime) -> StoredNotice | None:
    """The notice, if it is still due; that it is due no more is what keeps others away."""
    due = update(StoredNotice).where(StoredNotice.id == notice_id, StoredNotice.next_try_at <= at)
    with writing() as current:
        claim = current.execute(due.values(attempts=StoredNotice.attempts + 1, next_try_at=at + LEASE))
        if cast(CursorResult[Any], claim).rowcount != 1:
            return None
    return session().get(StoredNotice, notice_id)


def _deliver(notice: StoredNotice, transport: Transport, sender: str) -> str | None:
    """Hand the notice on, with no transaction open; the code of what went wrong, if something did."""
    try:
        message = message_of(notice, sender)
    except SealError:
        return "unsealable"
    except ValueError:
        return "unwritable"
    finally:
        session().rollback()
    try:
        transport.deliver(message)
    except DeliveryError as error:
        return error.code
    return None


def _mark_sent(notice_id: uuid.UUID, transport_name: str, at: datetime) -> None:
    with writing() as current:
        sent = update(StoredNotice).where(StoredNotice.id == notice_id)
        current.execute(sent.values(sent_at=at, sent_by=transport_name, next_try_at=None, last_error=None))


def _mark_failed(notice_id: uuid.UUID, error: str, next_try_at: datetime | None) -> None:
    # Another process may have sent it after our lease ran out; then it stays sent.
    unsent = update(StoredNotice).where(StoredNotice.id == notice_id, StoredNotice.sent_at.is_(None))
    with writing() as current:
        current.execute(unsent.values(last_error=error, next_try_at=next_try_at))


def _wait_after(attempts: int) -> timedelta:
    return min(FIRST_WAIT * (1 << (attempts - 1)), LONGEST_WAIT)
