"""One told file as a mould: its rows in every table, and what in them must differ in each copy."""

import json
import os
import re
import uuid
from collections import defaultdict
from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cache, partial
from typing import Any, cast
from zoneinfo import ZoneInfo

from sqlalchemy import Column, Dialect, LargeBinary, Row, RowMapping, Table, Uuid, select
from sqlalchemy.types import JSON

from oversight.casework.models import Clock, Complaint, Outcome
from oversight.casework.models.complaint import NEVER
from oversight.casework.queries.outcomes import PUBLIC
from oversight.kit.db import Base, session
from oversight.kit.seal import keyring, place_of
from oversight.ledger.hook import Pending
from oversight.ledger.models import Words
from oversight.outbox.models import StoredNotice
from oversight.rules.jurisdictions import rulebook
from oversight.rules.numbers import REFERENCE_BYTES, new_reference

COMPLAINT, CLOCK, OUTCOME, NOTICE = (
    cast(Table, model.__table__) for model in (Complaint, Clock, Outcome, StoredNotice)
)
AN_ID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
A_DAY = r"(?<![\w-])\d{4}-\d{2}-\d{2}(?![\d-])"
"""As JSON has it, also at the head of an instant."""
LATER = 1 << 80
"""A millisecond, where an id carries the moment it was made."""
GENERATION = timedelta(weeks=104)
"""How far apart two generations of files lie: some two years, in whole weeks, so that weekdays stay."""
SPREAD = 7_919_000_017
"""Has no factor 19, so that references made of its multiples come round to none of them twice."""
DRAWN_ANEW = {("party", "receipt_hash"), ("submission", "form_key")}
"""Columns of 32 bytes that are nobody else's: a copy's are random, and no code leads to them."""


@dataclass(frozen=True, slots=True)
class Copy:
    """What differs in one copy: all its ids are later by so much, and its names are its own."""

    later: int
    number: str
    reference: str
    generation: int
    """How many generations before the original it happened."""

    def named(self, original: "Named") -> str:
        """How the copy has what the original calls so: an id as an integer, its number or reference, or a day."""
        if isinstance(original, str):
            return self.reference if original == "reference" else self.number
        if isinstance(original, date):
            return earlier(original, self.generation).isoformat()
        digits = f"{original + self.later:032x}"
        return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"


Make = Callable[[Copy], Any]
Named = int | str | date


def later_by(milliseconds: int, generation: int) -> int:
    """How much later the ids of a copy are than the original's."""
    return (milliseconds - generation * GENERATION // timedelta(milliseconds=1)) * LATER


def earlier(day: date, generation: int) -> date:
    """The same day so many generations before."""
    return day if day == NEVER else day - generation * GENERATION


@dataclass(frozen=True)
class Said:
    """A text in which the file's own names stand: between its pieces, the copy's are put."""

    pieces: list[str]
    names: list[Named]

    def by(self, copy: Copy) -> str:
        """The text as the copy has it."""
        said = [self.pieces[0]]
        for name, piece in zip(self.names, self.pieces[1:], strict=True):
            said += (copy.named(name), piece)
        return "".join(said)


@dataclass(frozen=True)
class Mould:
    """One row: the values that stay, and how the others are made, by their place."""

    fixed: list[Any]
    made: list[tuple[int, Make]]

    def row(self, copy: Copy) -> tuple[Any, ...]:
        """The row of one copy, as the database's driver takes it."""
        row = self.fixed.copy()
        for place, make in self.made:
            row[place] = make(copy)
        return tuple(row)


@dataclass
class Told:
    """One file of the office that was told, with everything that hangs on it."""

    number: str
    zone: ZoneInfo
    reference: str = ""
    ids: set[uuid.UUID] = field(default_factory=set)
    rows: dict[Table, list[RowMapping]] = field(default_factory=lambda: defaultdict(list))

    @property
    def received_on(self) -> date:
        """The day it was received."""
        return cast(date, self.rows[COMPLAINT][0]["received_on"])

    @property
    def is_of_an_incident(self) -> bool:
        """Whether it is about an event that others complain of too."""
        return self.rows[COMPLAINT][0]["incident_id"] is not None

    @property
    def is_past(self) -> bool:
        """Whether nothing is left to be done with it: its summary is public, and no clock runs."""
        outcomes, clocks = self.rows.get(OUTCOME), self.rows.get(CLOCK, ())
        summed_up = outcomes is not None and all(row["state"] in PUBLIC for row in outcomes)
        return summed_up and all(row["stopped_on"] for row in clocks)

    @property
    def length(self) -> int:
        """How many rows it has: the longer its life, the more."""
        return sum(map(len, self.rows.values()))

    def moved(self, when: date, generation: int) -> date:
        """A day or an instant so many generations before, at the same time of day in the file's place."""
        if isinstance(when, datetime) and generation:
            return (when.astimezone(self.zone) - generation * GENERATION).astimezone(UTC)
        return earlier(when, generation) if generation else when

    def moulds(self, dialect: Dialect) -> dict[Table, list[Mould]]:
        """The moulds of its rows in each table, after those of the tables it refers to."""
        return {
            table: [self._mould(table, row, dialect) for row in self.rows[table]]
            for table in Base.metadata.sorted_tables
            if table in self.rows
        }

    def said(self, text: str) -> Said:
        """The text, cut at this file's own names and at days."""
        pieces, names = [""], list[Named]()
        for part in re.split(f"({AN_ID}|{A_DAY}|{self._names})", text):
            name = self._name(part)
            if name is None:
                pieces[-1] += part
            else:
                names.append(name)
                pieces.append("")
        return Said(pieces, names)

    @property
    def _names(self) -> str:
        return "|".join(re.escape(name) for name in (self.number, self.reference) if name)

    def _name(self, part: str) -> Named | None:
        if re.fullmatch(A_DAY, part):
            return date.fromisoformat(part)
        if part == self.number:
            return "number"
        if part and part == self.reference:
            return "reference"
        if re.fullmatch(AN_ID, part) and uuid.UUID(part) in self.ids:
            return uuid.UUID(part).int
        return None

    def _mould(self, table: Table, row: RowMapping, dialect: Dialect) -> Mould:
        fixed, made = [], []
        for place, column in enumerate(table.columns):
            value = row[column]
            make = None if value is None else self._make(table, column, value, row, dialect)
            if make is not None:
                made.append((place, make))
            fixed.append(None if make is not None else stored(column, value, dialect))
        return Mould(fixed, made)

    def _make(
        self, table: Table, column: Column[Any], value: Any, row: RowMapping, dialect: Dialect
    ) -> Make | None:
        if (table.name, column.name) in DRAWN_ANEW:
            return lambda _: os.urandom(32)
        if isinstance(column.type, Uuid):
            return _as_id(value.int, dialect) if value in self.ids else None
        if column.name.endswith("_sealed"):
            return self._sealed(table.name, column.name, value, row["id"])
        if isinstance(value, date):
            return by_generation(lambda back: stored(column, self.moved(value, back), dialect))
        if isinstance(column.type, LargeBinary):
            return None
        said = self.said(json.dumps(value) if isinstance(column.type, JSON) else str(value))
        return said.by if said.names else None

    def _sealed(self, table: str, column: str, value: bytes, row_id: uuid.UUID) -> Make:
        ring = keyring()
        said = self.said(ring.open(value, place_of(table, column, row_id)).decode())
        return lambda copy: ring.seal(said.by(copy).encode(), place_of(table, column, copy.named(row_id.int)))


def by_generation(reckon: Callable[[int], Any]) -> Make:
    """What is the same for all copies of one generation, reckoned once for them all."""
    once = cache(reckon)
    return lambda copy: once(copy.generation)


def told_files() -> list[Told]:
    """The office's files in the order of their numbers, with the rows of every table that belong to one."""
    owners: dict[uuid.UUID, Told] = {}
    files = []
    # A notice refers to its file in words alone, so the database's order may have it before the files.
    for table in sorted(Base.metadata.sorted_tables, key=lambda table: table is NOTICE):
        for row in session().execute(select(table)).mappings():
            file = _begun(row) if table is COMPLAINT else _owner(owners, table, row)
            if file is None:
                continue
            if table is COMPLAINT:
                files.append(file)
            if table is OUTCOME:
                file.reference = row["reference"]
            file.rows[table].append(row)
            if "id" in row:
                file.ids.add(row["id"])
                owners[row["id"]] = file
    return sorted(files, key=lambda file: file.number)


def entries_of(files: Sequence[Told]) -> Iterator[tuple[Told, Callable[[Copy], Pending]]]:
    """What the ledger says of those files, in its order: the file, and the entry as a copy has it."""
    owners = {each: file for file in files for each in file.ids}
    # As rows: the session would go through thousands of objects after each of many commits.
    said = select(Words.at, Words.kind, Words.actor, Words.subject, Words.details)
    for words in session().execute(said.order_by(Words.number)).all():
        file = _spoken_of(owners, words.subject)
        if file is not None:
            yield file, _entry(file, words)


def reference_of(ordinal: int, taken: Container[str]) -> str:
    """The reference of that copy's outcome, unlike any other copy's and those taken."""
    while (reference := new_reference((ordinal * SPREAD).to_bytes(REFERENCE_BYTES, "big"))) in taken:
        ordinal += 10**9
    return reference


def _begun(row: RowMapping) -> Told:
    return Told(row["number"], ZoneInfo(rulebook(row["rulebook"]).time_zone))


def _owner(owners: dict[uuid.UUID, Told], table: Table, row: RowMapping) -> Told | None:
    """The file that a row hangs on, by what it refers to; a notice says so in words."""
    if table is NOTICE:
        return _spoken_of(owners, row["about"])
    referring = (row[column] for column in table.columns if column.foreign_keys)
    return next((owners[value] for value in referring if value in owners), None)


def _spoken_of(owners: dict[uuid.UUID, Told], words: str) -> Told | None:
    ids = (uuid.UUID(found) for found in re.findall(AN_ID, words))
    return next((owners[each] for each in ids if each in owners), None)


def _entry(file: Told, words: Row[datetime, str, str, str, str]) -> Callable[[Copy], Pending]:
    kind, at = words.kind, by_generation(partial(file.moved, words.at))
    actor, subject, details = (file.said(text).by for text in (words.actor, words.subject, words.details))
    return lambda copy: Pending(at(copy), kind, actor(copy), subject(copy), details(copy))


def _as_id(original: int, dialect: Dialect) -> Make:
    if dialect.name == "sqlite":
        return lambda copy: f"{original + copy.later:032x}"
    return lambda copy: copy.named(original)


def stored(column: Column[Any], value: Any, dialect: Dialect) -> Any:
    """The value as the driver takes it."""
    if value is None:
        return None
    if isinstance(column.type, JSON):
        return json.dumps(value)
    bind = column.type.dialect_impl(dialect).bind_processor(dialect)
    return bind(value) if bind else value
