"""Reads the whole ledger and says what does not fit, and what it can't know."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, String, Text, cast, func, select, type_coerce
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from oversight.ledger.actions import WORDS_DESTROYED
from oversight.ledger.chain import GENESIS, commitment, commitment_at, entry_hash
from oversight.ledger.checkpoint import Checkpoint
from oversight.ledger.models import Destruction, Entry, Head, Words
from oversight.ledger.triggers import triggers_gone

BATCH = 1000
MOST_FAULTS = 100
ALL_NUMBERS = 2**31 - 1
WHOLE = len("2026-11-21 15:05:00.000000")
NO_ENTRY = ~select(Entry).where(Entry.number == Words.number).exists()


@dataclass(frozen=True)
class Verification:
    """What was found: how many entries there are, each fault, and what this check could not exclude."""

    entries: int
    faults: list[str]
    cannot_exclude: list[str]

    @property
    def ok(self) -> bool:
        """Whether no fault was found."""
        return not self.faults


def verify(session: Session, checkpoint: Checkpoint | None = None) -> Verification:
    """Check every entry, its words, the head and the triggers, in order and in constant memory.

    Each fault names the entries it was found at, and no other: those that were changed, are missing or do not
    have their words; of a break between two that are each whole in themselves, both; where the end is not
    what the head says, the last one and the one that the head names. Words that are gone are named with the
    entry that is to say why. At most MOST_FAULTS faults are told. The checkpoint should come from where the
    office keeps it, outside its own machines.
    """
    check = _Check(session, checkpoint)
    try:
        for row in _rows(session, check.upto):
            check.entry(row)
    except DBAPIError as error:
        # The kind alone: the database's own words may quote what it could not read.
        kind = type(error.orig).__name__
        check.fault(f"What follows entry {check.last} can't be read from the database: {kind}.")
    else:
        check.ends()
    return Verification(check.count, check.faults, _not_excluded(checkpoint))


def _rows(session: Session, upto: int) -> Iterator[Row[*tuple[Any, ...]]]:
    entry = (Entry.number, Entry.previous_hash, Entry.commitment, Entry.hash)
    words = (Words.salt, _instant(session), Words.kind, Words.actor, Words.subject, Words.details)
    lines = (
        select(*entry, *words, Destruction.entry_number.label("destroyed_by"))
        .outerjoin(Words, Words.number == Entry.number)
        .outerjoin(Destruction, Destruction.words_number == Entry.number)
        .where(Entry.number <= upto)
        .order_by(Entry.number)
    )
    # Past the session, which would look at every row again.
    found = session.connection().execute(lines, execution_options={"yield_per": BATCH})
    for rows in found.partitions():
        yield from rows


def _instant(session: Session) -> ColumnElement[str]:
    """When it was said, in UTC, as text that is nearly what was hashed: 2026-11-21 15:05:00.000000.

    PostgreSQL leaves off the naughts at the end, which to_char would write at three times the cost.
    """
    if session.get_bind().dialect.name == "sqlite":
        return type_coerce(Words.at, String).label("at")
    return cast(func.timezone("UTC", Words.at), Text).label("at")


def _hashed(at: str) -> str:
    """What was hashed of an honest instant; of any other, some text that fits no hash."""
    if len(at) != WHOLE:
        at = f"{at if '.' in at else at + '.':0<{WHOLE}}"
    return f"{at[:10]}T{at[11:]}+00:00"


def _read(at: str) -> datetime:
    """An instant in UTC however it is written. ValueError or TypeError if it is none."""
    instant = datetime.fromisoformat(at)
    if instant.tzinfo is not None:
        raise ValueError("The office writes no offset: with one, others would read another instant.")
    return instant.replace(tzinfo=UTC)


@dataclass
class _Check:
    """One pass over the ledger: where it is, and what it found."""

    session: Session
    checkpoint: Checkpoint | None
    count: int = 0
    without_words: int = 0
    last: int = 0
    last_hash: str = GENESIS
    whole: tuple[int, str] = (0, GENESIS)
    """Of the last entry with which something was wrong: its number, and the hash that fits what it holds."""
    faults: list[str] = field(default_factory=list)
    destroyed: tuple[int, set[int]] = (0, set())

    def __post_init__(self) -> None:
        # The head is read first and entries only up to it, since the office may go on writing.
        end = select(func.max(Entry.number)).scalar_subquery()
        heads = self.session.execute(select(Head.number, Head.hash, Head.id, end).order_by(Head.id)).all()
        # The one that every writer locks; whoever writes tables anew may leave it without a number.
        self.head = next((head for head in heads if head.id == 1), None)
        number, last = (self.head[0], self.head[3]) if self.head else (None, None)
        self.upto = ALL_NUMBERS if number is None else max(number, last or 0)
        if heads[1:]:
            self.fault(f"The ledger has {len(heads)} heads, where one is all there can be.")

    def fault(self, words: str) -> None:
        if len(self.faults) < MOST_FAULTS:
            self.faults.append(words)

    def entry(self, row: Row[*tuple[Any, ...]]) -> None:
        try:
            if not self.follows_whole(row):
                self.place(row)
                self.words(row)
        except (ValueError, TypeError, LookupError):
            self.fault(f"Entry {row.number} can't be read: it was not written by this software.")
        number, _, _, own, *_ = row
        seen = self.checkpoint
        if seen and seen.number == number and seen.hash != own:
            self.fault(f"Entry {number} is not the one that the checkpoint of {seen.at} saw.")
        self.count += 1
        # What has no place after the one before moves nothing on: who comes next is not named for it.
        if number > self.last:
            self.last, self.last_hash = number, own

    def follows_whole(self, row: Row[*tuple[Any, ...]]) -> bool:
        """Whether nothing is wrong with an entry that has its words, as nearly all have: seen quickly."""
        number, previous, committed, own, salt, at, kind, actor, subject, details, destroyed_by = row
        return (
            number == self.last + 1
            and previous == self.last_hash
            and destroyed_by is None
            and salt is not None
            and own == entry_hash(number, previous, committed)
            and committed == commitment_at(salt, _hashed(at), kind, actor, subject, details)
        )

    def place(self, row: Row[*tuple[Any, ...]]) -> None:
        number, whole = row.number, entry_hash(row.number, row.previous_hash, row.commitment)
        if number < 1:
            self.fault(f"Entry {number} was never written: numbers begin at 1.")
        elif number <= self.last:
            self.fault(f"Entry {number} is there more than once, or its words are.")
        elif number > self.last + 1:
            self.gone(self.last + 1, number - 1)
        if whole != row.hash:
            self.fault(f"Entry {number} was changed: its hash does not fit.")
        elif number == self.last + 1 and not self.follows(row.previous_hash):
            before = f"entry {self.last}" if self.last else "the beginning"
            self.fault(f"Entry {number} does not follow from {before}.")
        self.whole = number, whole

    def follows(self, previous: str) -> bool:
        """Whether that is the hash of the entry before: as it stands, or as it would be if it were whole."""
        return previous == self.last_hash or (self.last, previous) == self.whole

    def gone(self, first: int, last: int) -> None:
        many = f"Entries {first} to {last} are" if first < last else f"Entry {first} is"
        self.fault(f"{many} missing.")

    def words(self, row: Row[*tuple[Any, ...]]) -> None:
        number, by = row.number, row.destroyed_by
        if row.salt is None:
            self.without_words += 1
            if by is None:
                self.fault(f"The words of entry {number} are gone, and nothing says they were destroyed.")
            elif number not in self.destroyed_by(by):
                self.fault(f"The words of entry {number} are gone, and entry {by} does not say so.")
            return
        said = commitment(row.salt, _read(row.at), row.kind, row.actor, row.subject, row.details)
        if said != row.commitment:
            self.fault(f"The words of entry {number} are not the ones that were recorded.")
        if by is not None:
            self.fault(f"The words of entry {number} are still there, though entry {by} destroyed them.")

    def destroyed_by(self, number: int) -> set[int]:
        """The entries whose destruction that entry records; it is checked itself where it stands."""
        if self.destroyed[0] != number:
            said = select(Words.details).where(Words.number == number, Words.kind == WORDS_DESTROYED)
            details = self.session.scalar(said)
            self.destroyed = (number, set(json.loads(details)["numbers"]) if details else set())
        return self.destroyed[1]

    def ends(self) -> None:
        if self.head is None:
            self.fault("The ledger has no head.")
        elif (self.head[0], self.head[1]) != (self.last, self.last_hash):
            self.fault(f"The head names entry {self.head[0]} as the last; the last one found is {self.last}.")
        if self.checkpoint and self.checkpoint.number > self.last:
            seen = self.checkpoint
            self.fault(
                f"The checkpoint of {seen.at} saw entries up to {seen.number}; after {self.last}, none."
            )
        if stray := self.stray_words():
            self.fault(
                f"There are words that belong to no entry: {stray}, the first with the number {self.stray()}."
            )
        for name in triggers_gone(self.session):
            self.fault(f"The trigger {name} is gone: the database no longer keeps the ledger append-only.")

    def stray_words(self) -> int:
        """How many words belong to no entry: more than were met on the way, or past the last entry."""
        words = select(func.count()).select_from(Words)
        on_the_way = self.session.scalars(words.where(Words.number <= self.upto)).one()
        past = self.session.scalars(words.where(Words.number > self.upto, NO_ENTRY)).one()
        return max(0, on_the_way - (self.count - self.without_words)) + past

    def stray(self) -> int | None:
        """The first number of words that belong to no entry; the whole ledger is looked through for it."""
        return self.session.scalar(select(func.min(Words.number)).where(NO_ENTRY))


def _not_excluded(checkpoint: Checkpoint | None) -> list[str]:
    never_recorded = "That something was done past the office's software, and so was never recorded."
    if checkpoint:
        return [
            f"That what followed entry {checkpoint.number}, of {checkpoint.at}, was cut off or rewritten: "
            "only a later checkpoint would show it.",
            never_recorded,
        ]
    return [
        "That the latest entries were cut off, and the head set back to hide it.",
        "That the whole chain was written anew by someone who can write to the database. "
        "A checkpoint kept elsewhere would show both.",
        never_recorded,
    ]
