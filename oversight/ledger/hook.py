"""Numbers and chains what was recorded, in the last moment before the commit that makes it true."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Connection, Table, bindparam, delete, event, insert, select, update
from sqlalchemy.orm import Session, SessionTransaction

from oversight.ledger.chain import commitment, entry_hash
from oversight.ledger.models import Destruction, Entry, Head, Words

QUEUE = "ledger.queue"

# Every action's commit runs these, so they are made once, on the tables themselves.
ENTRIES, WORDS, HEAD = (cast(Table, model.__table__) for model in (Entry, Words, Head))
LOCKED_HEAD = select(HEAD.c.number, HEAD.c.hash).where(HEAD.c.id == 1).with_for_update()
ADD_ENTRIES, ADD_WORDS = insert(ENTRIES), insert(WORDS)
MOVE_HEAD = update(HEAD).where(HEAD.c.id == 1, HEAD.c.number == bindparam("from_number"))


class LedgerError(Exception):
    """The ledger can't be written, so neither can what it would have recorded."""


@dataclass(frozen=True)
class Pending:
    """What will be an entry when its transaction commits."""

    at: datetime
    kind: str
    actor: str
    subject: str
    details: str
    destroys: tuple[int, ...] = ()
    within: tuple[SessionTransaction, ...] = ()
    """The savepoints it was recorded in: rolled back with any of them."""


def queue(session: Session, pending: Pending) -> None:
    """Keep an entry until its transaction commits."""
    session.info.setdefault(QUEUE, []).append(pending)


def savepoints(session: Session) -> tuple[SessionTransaction, ...]:
    """The savepoints open now, innermost first."""
    found = []
    transaction = session.get_nested_transaction()
    while transaction is not None and transaction.nested:
        found.append(transaction)
        transaction = transaction.parent
    return tuple(found)


def write_entries(session: Session, queued: list[Pending]) -> None:
    """Append the queued entries to the chain, behind every other writer's."""
    connection = session.connection()
    head = connection.execute(LOCKED_HEAD).one_or_none()
    if head is None:
        raise LedgerError("The ledger has no head; the database was not migrated.")
    number, previous = head.number, head.hash
    entries, words = [], []
    for number, pending in enumerate(queued, start=head.number + 1):
        entry, said = linked(number, previous, pending)
        entries.append(entry)
        words.append(said)
        previous = entry["hash"]
    connection.execute(ADD_ENTRIES, entries)
    connection.execute(ADD_WORDS, words)
    _move_head(connection, {"from_number": head.number, "number": number, "hash": previous})
    for number, pending in enumerate(queued, start=head.number + 1):
        if pending.destroys:
            _destroy(session, pending.destroys, number)


def linked(number: int, previous: str, pending: Pending) -> tuple[dict[str, Any], dict[str, Any]]:
    """The rows of an entry and of its words, chained to the hash before."""
    salt = secrets.token_hex(32)
    committed = commitment(salt, pending.at, pending.kind, pending.actor, pending.subject, pending.details)
    entry = {
        "number": number,
        "previous_hash": previous,
        "commitment": committed,
        "hash": entry_hash(number, previous, committed),
    }
    words = {
        "number": number,
        "salt": salt,
        "at": pending.at,
        "kind": pending.kind,
        "actor": pending.actor,
        "subject": pending.subject,
        "details": pending.details,
    }
    return entry, words


def _move_head(connection: Connection, move: dict[str, Any]) -> None:
    if connection.execute(MOVE_HEAD, move).rowcount != 1:
        raise LedgerError("The ledger's head was moved by another writer.")


def _destroy(session: Session, numbers: tuple[int, ...], entry_number: int) -> None:
    rows = [{"words_number": number, "entry_number": entry_number} for number in numbers]
    session.execute(insert(Destruction), rows)
    session.execute(delete(Words).where(Words.number.in_(numbers)))


@event.listens_for(Session, "before_commit")
def _write_what_was_recorded(session: Session) -> None:
    # The event comes for savepoints too; what was recorded in one waits for the real commit.
    if session.in_nested_transaction() or not session.info.get(QUEUE):
        return
    session.flush()
    write_entries(session, session.info.pop(QUEUE))


@event.listens_for(Session, "after_soft_rollback")
def _forget_the_savepoint(session: Session, rolled_back: SessionTransaction) -> None:
    kept = [pending for pending in session.info.get(QUEUE, ()) if rolled_back not in pending.within]
    if QUEUE in session.info:
        session.info[QUEUE] = kept


@event.listens_for(Session, "after_transaction_end")
def _forget_the_transaction(session: Session, ended: SessionTransaction) -> None:
    if ended.parent is None:
        session.info.pop(QUEUE, None)
