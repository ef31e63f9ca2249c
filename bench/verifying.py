"""W11: verifying the ledger of a large office, and SHA-256 over the same bytes."""

import json
import time
from collections.abc import Iterator
from hashlib import sha256
from typing import Any

from sqlalchemy import Select, select

from bench.kept import Kept, Office
from bench.line import Line
from bench.measure import Ratio, Work, figure, ratio, take_turns
from oversight.kit.db import session
from oversight.ledger import verify
from oversight.ledger.models import Entry, Words

SECONDS_A_MILLION = 20
ROUNDS = 4
SAMPLE = 20_000
"""Entries whose bytes the floor hashes, as often as it takes: all of them would fill the memory."""


def measure(kept: Kept, kind: str) -> list[Line]:
    """The verification of every entry of the largest office."""
    with kept.office(kind, kept.sizes[-1]) as office, office.app.app_context():
        entries, elapsed = _entries(), list[float]()
        work = {"sha-256": _hashing(entries), "verify": _verifying(entries, elapsed)}
        cost = take_turns(work, rounds=ROUNDS, calls={}, elsewhere=kept.stores[kind].cpu_seconds)
    name = f"W11 ledger verification, {entries:,} entries"
    return [
        _line(name, "SHA-256", office, ratio(cost["verify"], cost["sha-256"]), 8),
        _line(name, "seconds elapsed", office, figure(*elapsed[1:]), _most_seconds(entries)),
    ]


def _most_seconds(entries: int) -> float:
    return SECONDS_A_MILLION * max(1, entries // 1_000_000)


def _line(name: str, floor: str, office: Office, found: Ratio, target: float) -> Line:
    return Line(name, floor, office.kind, office.files, found, target)


def _entries() -> int:
    return session().scalar(select(Entry.number).order_by(Entry.number.desc()).limit(1)) or 0


def _verifying(entries: int, elapsed: list[float]) -> Work:
    def check() -> None:
        began = time.monotonic()
        found = verify(session())
        session().rollback()
        elapsed.append(time.monotonic() - began)
        assert (found.entries, found.faults) == (entries, []), found.faults

    return check


def _hashing(entries: int) -> Work:
    pieces = list(_pieces())

    def hash_all() -> None:
        for place in range(entries):
            words, entry = pieces[place % len(pieces)]
            sha256(words).hexdigest()
            sha256(entry).hexdigest()

    return hash_all


def _pieces() -> Iterator[tuple[bytes, bytes]]:
    """What is hashed for each of the first entries: its words, and itself."""
    entry = (Entry.number, Entry.previous_hash, Entry.commitment)
    words = (Words.salt, Words.at, Words.kind, Words.actor, Words.subject, Words.details)
    found: Select[*tuple[Any, ...]] = select(*entry, *words).join(Words).order_by(Entry.number).limit(SAMPLE)
    for number, previous, committed, salt, at, kind, actor, subject, details in session().execute(found):
        instant = at.isoformat(timespec="microseconds")
        told = _bytes("words", salt, instant, kind, actor, subject, details)
        assert sha256(told).hexdigest() == committed
        yield told, _bytes("entry", str(number), previous, committed)


def _bytes(*parts: object) -> bytes:
    return json.dumps(parts, separators=(",", ":")).encode()
