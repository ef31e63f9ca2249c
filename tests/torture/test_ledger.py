"""Whatever the database's owner does to the ledger by SQL, verification names the entry it was done to."""

import random
import re
import secrets
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Connection, delete, insert, select, text, update

from oversight.kit.db import session, writing
from oversight.ledger import Actor, destroy_words, read_checkpoint, take_checkpoint, verify
from oversight.ledger.chain import commitment, entry_hash
from oversight.ledger.models import Destruction, Entry, Head, Words
from oversight.ledger.queries import numbers_about
from oversight.settings import Settings
from tests.cast import REVIEWERS, the
from tests.factories import complaint_in
from tests.torture.conftest import Times

SEED = 2026
Say = Callable[[str, object], None]
Edit = Callable[["Owner"], set[int]]
"""Does something to the ledger; returns the entries that are to be named, and no other is."""


class Owner:
    """Someone who owns the database, in a transaction in which no trigger and no key holds them."""

    def __init__(self, connection: Connection, chance: random.Random) -> None:
        self.connection, self.chance = connection, chance
        numbers = select(Words.number).order_by(Words.number)
        self.with_words = list(connection.scalars(numbers))
        self.last = connection.scalars(select(Head.number)).one()
        self.proves: dict[int, set[int]] = defaultdict(set)
        for words, entry in connection.execute(select(Destruction.words_number, Destruction.entry_number)):
            self.proves[entry].add(words)

    def some(self, *, most: int = 0) -> int:
        """The number of an entry that has its words, at least so far from the end."""
        return self.chance.choice([each for each in self.with_words if each <= self.last - most])

    def another(self, number: int) -> int:
        """The number of another such entry."""
        return self.chance.choice([each for each in self.with_words if each != number])

    def unproved(self, *numbers: int) -> set[int]:
        """What is named besides once the words of these are not theirs: words of others that they say were
        destroyed, and they themselves, which are to say so.
        """
        proofs = [number for number in numbers if self.proves[number]]
        return {*proofs, *(words for number in proofs for words in self.proves[number])}

    def set(self, model: Any, number: int, /, **values: Any) -> None:
        """Change a row of entries or words."""
        self.connection.execute(update(model).where(model.number == number).values(**values))

    def move(self, model: Any, number: int, to: int) -> None:
        """Put two rows in each other's place."""
        for one, other in ((number, -1), (to, number), (-1, to)):
            self.set(model, one, number=other)

    def row(self, model: Any, number: int) -> dict[str, Any]:
        """A row as it stands."""
        found = self.connection.execute(select(model.__table__).where(model.number == number)).one()
        return dict(found._mapping)


@contextmanager
def owning(chance: random.Random) -> Iterator[Owner]:
    """The ledger as its database's owner has it, and as it was when they are done."""
    session().rollback()
    connection = session().connection()
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        yield Owner(connection, chance)
    else:
        triggers = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
        stood = connection.exec_driver_sql(triggers).all()
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        for name, _ in stood:
            connection.exec_driver_sql(f'DROP TRIGGER "{name}"')
        yield Owner(connection, chance)
    session().rollback()


def change_an_entry(owner: Owner) -> set[int]:
    number = owner.some()
    column = owner.chance.choice(["previous_hash", "commitment", "hash"])
    owner.set(Entry, number, **{column: secrets.token_hex(32)})
    return {number}


def change_words(owner: Owner) -> set[int]:
    number = owner.some()
    was = owner.row(Words, number)
    others: dict[str, Any] = {
        "salt": secrets.token_hex(32),
        "at": was["at"] + timedelta(microseconds=owner.chance.choice([1, -1, 60_000_000, -86_400_000_000])),
        "kind": was["kind"] + "s",
        "actor": "system" if was["actor"] != "system" else "nobody",
        "subject": was["subject"] + "0",
        "details": was["details"].replace("{", '{"more":1,', 1),
    }
    column = owner.chance.choice(list(others))
    owner.set(Words, number, **{column: others[column]})
    return {number} | (owner.unproved(number) if column == "kind" else set())


def change_words_and_all_that_holds_them(owner: Owner) -> set[int]:
    """The clever one: the entry's commitment and hash are made anew, so that it fits in itself."""
    number = owner.some()
    entry, words = owner.row(Entry, number), {**owner.row(Words, number), "actor": "somebody"}
    made = commitment(**{name: words[name] for name in ("salt", "at", "kind", "actor", "subject", "details")})
    hashed = entry_hash(number, entry["previous_hash"], made)
    owner.set(Words, number, actor="somebody")
    owner.set(Entry, number, commitment=made, hash=hashed)
    # It is whole in itself, and so is the next: where the chain breaks, one of the two was changed.
    return {number, min(number + 1, owner.last)}


def delete_an_entry(owner: Owner) -> set[int]:
    number = owner.some()
    owner.connection.execute(delete(Words).where(Words.number == number))
    owner.connection.execute(delete(Entry).where(Entry.number == number))
    found_last = {number - 1} if number == owner.last else set()
    return {number} | found_last | owner.unproved(number)


def delete_words(owner: Owner) -> set[int]:
    number = owner.some()
    owner.connection.execute(delete(Words).where(Words.number == number))
    return {number} | owner.unproved(number)


def delete_words_under_a_false_reason(owner: Owner) -> set[int]:
    number = owner.some()
    reason = owner.another(number)
    owner.connection.execute(delete(Words).where(Words.number == number))
    owner.connection.execute(insert(Destruction).values(words_number=number, entry_number=reason))
    return {number, reason} | owner.unproved(number)


def reorder(owner: Owner) -> set[int]:
    """Two entries in each other's place, with their words or without."""
    one = owner.some()
    other = owner.another(one)
    owner.move(Entry, one, other)
    named = {one, other, *(next_to for each in (one, other) if (next_to := each + 1) <= owner.last)}
    if owner.chance.random() < 0.5:
        owner.move(Words, one, other)
        named |= owner.unproved(one, other)
    return named


def swap_words(owner: Owner) -> set[int]:
    one = owner.some()
    other = owner.another(one)
    owner.move(Words, one, other)
    return {one, other} | owner.unproved(one, other)


def insert_an_entry(owner: Owner) -> set[int]:
    """One slipped in, whole in itself, and all that follow moved up by one."""
    number = owner.some(most=1)
    for each in range(owner.last, number, -1):
        for model in (Entry, Words):
            owner.set(model, each, number=each + 1)
    before, words = owner.row(Entry, number), owner.row(Words, number)
    made = commitment(**{name: words[name] for name in ("salt", "at", "kind", "actor", "subject", "details")})
    hashed = entry_hash(number + 1, before["hash"], made)
    slipped_in = {"number": number + 1, "previous_hash": before["hash"], "commitment": made, "hash": hashed}
    owner.connection.execute(insert(Entry).values(slipped_in))
    owner.connection.execute(insert(Words).values({**words, "number": number + 1}))
    # None that was moved up bears the number any more that its hash was made with.
    moved = {owner.last, *range(number + 2, owner.last + 2)}
    return moved | owner.unproved(*(each for each in owner.proves if each > number))


def append_an_entry(owner: Owner) -> set[int]:
    """One more after the last, whole in itself; only the head does not know of it."""
    entry, words = owner.row(Entry, owner.last), owner.row(Words, owner.some())
    made = commitment(**{name: words[name] for name in ("salt", "at", "kind", "actor", "subject", "details")})
    number = owner.last + 1
    new = {"number": number, "previous_hash": entry["hash"], "commitment": made}
    new["hash"] = entry_hash(number, entry["hash"], made)
    owner.connection.execute(insert(Entry).values(new))
    owner.connection.execute(insert(Words).values({**words, "number": number}))
    return {owner.last, number}


def insert_words(owner: Owner) -> set[int]:
    """Words that no entry holds."""
    number = owner.last + owner.chance.randint(1, 1000)
    owner.connection.execute(insert(Words).values({**owner.row(Words, owner.some()), "number": number}))
    return {number}


EDITS: tuple[Edit, ...] = (
    change_an_entry,
    change_words,
    change_words_and_all_that_holds_them,
    delete_an_entry,
    delete_words,
    delete_words_under_a_false_reason,
    reorder,
    swap_words,
    insert_an_entry,
    append_an_entry,
    insert_words,
)


@pytest.fixture
def ledger(app: Flask) -> Iterator[None]:
    """An office's ledger, of files in many states, and one whose words were lawfully destroyed."""
    with app.app_context():
        for person in REVIEWERS:
            the(person)
        files = [complaint_in(state) for state in ("resolved", "dismissed", "withdrawn", "received")]
        at = datetime.now(UTC)
        subject = files[1].subject
        with writing():
            destroy_words(numbers_about(subject), reason="retention-5y", actor=Actor.system(), at=at)
        complaint_in("assessment")
        assert verify(session()).ok
        yield


def named_in(faults: list[str]) -> set[int]:
    """The entries that are named, one by one or as a range."""
    said = " ".join(faults)
    one = r"(?:[Ee]ntry|the last one found is|the first with the number) (\d+)"
    ranges = ((int(first), int(last)) for first, last in re.findall(r"Entries (\d+) to (\d+)", said))
    return {int(number) for number in re.findall(one, said)}.union(*(range(a, b + 1) for a, b in ranges))


def test_every_edit_is_named(ledger: None, times: Times, record_property: Say) -> None:
    chance, tried, missed = random.Random(SEED), Counter[str](), []
    for _ in range(times(30, 1000)):
        edit = chance.choice(EDITS)
        with owning(chance) as owner:
            numbers = edit(owner)
            faults = [fault for fault in verify(session()).faults if "trigger" not in fault]
        tried[edit.__name__] += 1
        if named_in(faults) != numbers:
            missed.append((edit.__name__, numbers, faults))
    assert not missed
    kind = session().get_bind().dialect.name
    every = ", ".join(f"{count} times {name.replace('_', ' ')}" for name, count in tried.items())
    record_property(
        "torture", f"{tried.total()} edits of a ledger on {kind}, each named and nothing else: {every}."
    )


def rewrite_from(owner: Owner, first: int) -> None:
    """All from one entry on made anew by someone who knows how it is done, the head with it."""
    previous = owner.row(Entry, first - 1)["hash"]
    for number in range(first, owner.last + 1):
        made = owner.row(Entry, number)["commitment"]
        if number == first:
            words = {**owner.row(Words, number), "actor": "somebody"}
            made = commitment(
                **{name: words[name] for name in ("salt", "at", "kind", "actor", "subject", "details")}
            )
            owner.set(Words, number, actor="somebody")
        hashed = entry_hash(number, previous, made)
        owner.set(Entry, number, previous_hash=previous, commitment=made, hash=hashed)
        previous = hashed
    owner.connection.execute(update(Head).values(hash=previous))


def cut_from(owner: Owner, first: int) -> None:
    """All from one entry on taken away, and the head set back."""
    for model in (Words, Entry):
        owner.connection.execute(delete(model).where(model.number >= first))
    owner.connection.execute(update(Head).values(number=first - 1, hash=owner.row(Entry, first - 1)["hash"]))


def test_what_the_chain_cannot_show_its_checkpoint_does(
    ledger: None, settings: Settings, times: Times, record_property: Say
) -> None:
    key, at = settings.checkpoint_key_file, datetime.now(UTC)
    checkpoint = read_checkpoint(take_checkpoint(session(), key_file=key, office="o", at=at))
    chance, how_often = random.Random(SEED), times(5, 100)
    for forge, cannot in ((cut_from, "latest entries were cut off"), (rewrite_from, "written anew")):
        for _ in range(how_often):
            with owning(chance) as owner:
                # Whoever cuts off a destruction leaves words that are gone for no reason, and is found.
                destroyed = owner.connection.scalars(select(Destruction.entry_number)).first() or 0
                forge(owner, chance.randint(destroyed + 1, owner.last))
                alone, held = verify(session()), verify(session(), checkpoint)
            assert not [fault for fault in alone.faults if "trigger" not in fault]
            assert any(cannot in doubt for doubt in alone.cannot_exclude)
            assert any("checkpoint" in fault for fault in held.faults)
    kind = session().get_bind().dialect.name
    said = f"{how_often} tails cut and {how_often} chains rewritten on {kind}: each found with the checkpoint"
    record_property("torture", f"{said}, and named among what can't be excluded without it.")
