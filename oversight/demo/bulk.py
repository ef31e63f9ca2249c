"""An office of any size: the files that were told are copied, row by row, until there are as many as wanted.

A copy has ids, a number, receipts and a reference of its own; what is sealed is sealed anew for its row, and
what happened to it stands in the ledger, in its chain. Whom it names stays as it was told: a few officers have
many files and one incident its share, as in the office that is copied. When it happened may lie generations
before, but for what is still open and for what is about an incident.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from itertools import accumulate, count, islice, pairwise
from statistics import fmean
from typing import Any, TypeVar

import psycopg
from sqlalchemy import Connection, Dialect, Table, insert, select, text, update

from oversight.casework.models import FileCounter
from oversight.demo.copying import (
    Copy,
    Mould,
    Told,
    earlier,
    entries_of,
    later_by,
    reference_of,
    stored,
    told_files,
)
from oversight.kit.db import session, writing
from oversight.ledger.hook import ENTRIES, LOCKED_HEAD, MOVE_HEAD, WORDS, Pending, linked
from oversight.outbox.models import StoredNotice
from oversight.rules.numbers import file_number

FILES_TOGETHER = 250
ENTRIES_TOGETHER = 5000
"""How much is written in one transaction."""
ROOM_FOR_INDICES = ("PRAGMA cache_size=-400000", "PRAGMA wal_autocheckpoint=50000")
"""400 MB of memory, and 200 of the log: SQLite would else read and write the same pages over and over."""
T = TypeVar("T")


def multiply(to: int, *, tell: Callable[[str], object], generations: int = 1) -> int:
    """Copy the files of this office until there are `to` of them; return how many copies were made.

    With several generations, as much is past in each as in the one that was told, and short lives are commoner
    than long ones.

    All notices count as sent: an office of that size does not begin by writing to everybody at once.
    """
    if session().get_bind().dialect.name == "sqlite":
        for setting in ROOM_FOR_INDICES:
            session().execute(text(setting))
    with writing() as current:
        unsent = update(StoredNotice).where(StoredNotice.sent_at.is_(None))
        current.execute(unsent.values(sent_at=StoredNotice.created_at, next_try_at=None))
    files = told_files()
    copies = _copies(files, to, generations)
    for file in files:
        moulds = file.moulds(session().get_bind().dialect)
        for together in _batches(copies[file.number], FILES_TOGETHER):
            with writing() as current:
                _write(current.connection(), moulds, together)
        tell(f"{file.number} was copied")
    entries = (entry(copy) for file, entry in entries_of(files) for copy in copies[file.number])
    for pending in _batches(entries, ENTRIES_TOGETHER):
        with writing() as current:
            _append(current.connection(), pending)
    return sum(map(len, copies.values()))


def _copies(files: Sequence[Told], to: int, generations: int) -> dict[str, list[Copy]]:
    """The copies of each file, by its number; their own numbers go on where each year's have come to."""
    taken = {file.reference for file in files}
    ordinals, copies = count(), defaultdict(list)
    with writing() as current:
        counters = {counter.year: counter for counter in current.scalars(select(FileCounter))}
        for file, often in zip(files, _how_often(files, to - len(files), generations), strict=True):
            spread = generations if file.is_past and not file.is_of_an_incident else 1
            for turn in range(often):
                generation = turn % spread
                year = earlier(file.received_on, generation).year
                counter = counters.setdefault(year, FileCounter(year=year, last=0))
                counter.last += 1
                later, number = later_by(turn + 1, generation), file_number(year, counter.last)
                copies[file.number].append(
                    Copy(later, number, reference_of(next(ordinals), taken), generation)
                )
        current.add_all(counters.values())
    return copies


def _how_often(files: Sequence[Told], copies: int, generations: int) -> Iterator[int]:
    """How many copies each file gets, of so many in all."""
    shares = list(accumulate(_shares(files, generations), initial=0.0))
    for before, after in pairwise(shares):
        yield round(copies * after / shares[-1]) - round(copies * before / shares[-1])


def _shares(files: Sequence[Told], generations: int) -> list[float]:
    """What is open happens once, what is over once in each generation, and then the shorter the oftener."""
    if generations == 1:
        return [1.0] * len(files)
    # Reckoned apart for the incident's, which else would lose of their share: their lives are long.
    brief = {
        which: [file.length**-3 for file in files if file.is_past and file.is_of_an_incident is which]
        for which in (True, False)
    }
    return [
        generations * file.length**-3 / fmean(brief[file.is_of_an_incident]) if file.is_past else 1.0
        for file in files
    ]


def _write(connection: Connection, moulds: dict[Table, list[Mould]], copies: Sequence[Copy]) -> None:
    """Write the rows of those copies, each table after those it refers to."""
    for table, its_moulds in moulds.items():
        _insert(connection, table, (mould.row(copy) for mould in its_moulds for copy in copies))


def _append(connection: Connection, pending: Sequence[Pending]) -> None:
    """Append to the ledger as its own hook does, in fewer words."""
    head = connection.execute(LOCKED_HEAD).one()
    previous, entries, words = head.hash, [], []
    # Thousands of copies did the same at one instant.
    at = cache(lambda instant: stored(WORDS.c.at, instant, connection.dialect))
    for number, each in enumerate(pending, start=head.number + 1):
        entry, said = linked(number, previous, each)
        said["at"] = at(each.at)
        previous = entry["hash"]
        entries.append(entry)
        words.append(said)
    _insert(connection, ENTRIES, (tuple(row.values()) for row in entries))
    _insert(connection, WORDS, (tuple(row.values()) for row in words))
    end = {"from_number": head.number, "number": head.number + len(pending), "hash": previous}
    connection.execute(MOVE_HEAD, end)


def _insert(connection: Connection, table: Table, rows: Iterable[tuple[Any, ...]]) -> None:
    """Past SQLAlchemy, by each driver's quickest way: there are millions. Each row is in the columns' order."""
    driver = connection.connection.driver_connection
    if isinstance(driver, psycopg.Connection):
        names = ", ".join(f'"{column.name}"' for column in table.columns)
        with driver.cursor().copy(f"COPY {table.name} ({names}) FROM STDIN".encode()) as copy:
            for row in rows:
                copy.write_row(row)
    else:
        connection.exec_driver_sql(_insertion(table, connection.dialect), list(rows))


@cache
def _insertion(table: Table, dialect: Dialect) -> str:
    return str(insert(table).compile(dialect=dialect))


def _batches(things: Iterable[T], size: int) -> Iterator[list[T]]:
    rest = iter(things)
    while batch := list(islice(rest, size)):
        yield batch
