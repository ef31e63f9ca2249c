"""An office of any size: the files that were told are copied, row by row, until there are as many as wanted.

A copy has ids, a number, receipts and a reference of its own; what is sealed is sealed anew for its row, and
what happened to it stands in the ledger, in its chain. Whom it names and when it happened stay as they were
told: a few officers have many files and one incident its share, as in the office that is copied.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, TypeVar

import psycopg
from sqlalchemy import Connection, Table, insert, select, text, update

from oversight.casework.models import FileCounter
from oversight.demo.copying import LATER, Copy, Told, entries_of, reference_of, stored, told_files
from oversight.kit.db import Base, session, writing
from oversight.ledger.hook import ENTRIES, LOCKED_HEAD, MOVE_HEAD, WORDS, Pending, linked
from oversight.outbox.models import StoredNotice
from oversight.rules.numbers import file_number

FILES_TOGETHER = 250
ENTRIES_TOGETHER = 5000
"""How much is written in one transaction."""
ROOM_FOR_INDICES = "PRAGMA cache_size=-400000"
"""In kB, of memory: SQLite would else read and write the same pages of its indices over and over."""
T = TypeVar("T")


def multiply(to: int, *, tell: Callable[[str], object]) -> int:
    """Copy the files of this office until there are `to` of them; return how many copies were made.

    All notices count as sent: an office of that size does not begin by writing to everybody at once.
    """
    if session().get_bind().dialect.name == "sqlite":
        session().execute(text(ROOM_FOR_INDICES))
    with writing() as current:
        unsent = update(StoredNotice).where(StoredNotice.sent_at.is_(None))
        current.execute(unsent.values(sent_at=StoredNotice.created_at, next_try_at=None))
    files = told_files()
    copies = _copies(files, to)
    for file in files:
        for together in _batches(copies[file.number], FILES_TOGETHER):
            with writing() as current:
                _write(current.connection(), file, together)
        tell(f"{file.number} was copied")
    entries = (entry(copy) for file, entry in entries_of(files) for copy in copies[file.number])
    for pending in _batches(entries, ENTRIES_TOGETHER):
        with writing() as current:
            _append(current.connection(), pending)
    return sum(map(len, copies.values()))


def _copies(files: Sequence[Told], to: int) -> dict[str, list[Copy]]:
    """The copies of each file, by its number; their own numbers go on where each year's have come to."""
    taken = {file.reference for file in files}
    copies = defaultdict(list)
    with writing() as current:
        counters = {counter.year: counter for counter in current.scalars(select(FileCounter))}
        for place, file in enumerate(files):
            counter = counters[int(file.number.partition("-")[0])]
            for ordinal in range(place, to - len(files), len(files)):
                counter.last += 1
                later = (ordinal // len(files) + 1) * LATER
                number = file_number(counter.year, counter.last)
                copies[file.number].append(Copy(later, number, reference_of(ordinal, taken)))
    return copies


def _write(connection: Connection, file: Told, copies: Sequence[Copy]) -> None:
    """Write the rows of those copies, each table after those it refers to."""
    for table in Base.metadata.sorted_tables:
        moulds = file.moulds(table, connection.dialect)
        rows = (mould.row(copy) for mould in moulds for copy in copies)
        if moulds:
            _insert(connection, table, rows)


def _append(connection: Connection, pending: Sequence[Pending]) -> None:
    """Append to the ledger as its own hook does, in fewer words."""
    head = connection.execute(LOCKED_HEAD).one()
    previous, entries, words = head.hash, [], []
    for number, each in enumerate(pending, start=head.number + 1):
        entry, said = linked(number, previous, each)
        said["at"] = stored(WORDS.c.at, each.at, connection.dialect)
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
        connection.exec_driver_sql(str(insert(table).compile(dialect=connection.dialect)), list(rows))


def _batches(things: Iterable[T], size: int) -> Iterator[list[T]]:
    rest = iter(things)
    while batch := list(islice(rest, size)):
        yield batch
