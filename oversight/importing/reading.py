"""The rows of an office's exports as text, whatever they come in; what is wrong with a row is listed."""

import hashlib
from collections import Counter
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing, contextmanager
from itertools import chain, zip_longest
from pathlib import Path
from typing import NamedTuple

from oversight.importing.dirt import DirtBook, Kind
from oversight.importing.inputs import InputError, InputFile, Record, located
from oversight.importing.texts import records_of_text
from oversight.importing.workbooks import about_sheets, is_workbook, records_of_workbook

__all__ = ["InputError", "InputFile", "Row", "columns_of", "digest_of", "rows_of"]

DELIMITERS = ",;\t|"
EMPTY_LINE = "an empty line, left out"


class Row(NamedTuple):
    """One row: the line it begins at, and its cells by column, stripped, with "" for what counts as blank."""

    line: int
    cells: dict[str, str]


def columns_of(folder: Path, file: InputFile) -> tuple[str, ...]:
    """The columns' names, stripped; a column without one is called "column 3" by its place.

    Raises InputError where the file can't be read, has no rows, or names a column twice.
    """
    with _table(folder, file, DirtBook(None)) as (columns, _):
        return columns


def rows_of(folder: Path, file: InputFile, dirt: DirtBook) -> Iterator[Row]:
    """Every row that can be trusted, one by one; the others, and what was repaired, are noted.

    Raises InputError as `columns_of` does, and where a broken or endless line ends the reading.
    """
    with _table(folder, file, dirt) as (columns, records):
        for record in records:
            cells = [cell.strip() for cell in record.cells]
            reason = record.refused or _misshapen(cells, columns)
            if reason:
                dirt.note(Kind.REFUSED, file.alias, record.line, reason, row=_labelled(columns, record.cells))
                continue
            _note_repairs(record, cells, columns, file, dirt)
            filled = ["" if cell in file.blank else cell for cell in cells]
            yield Row(record.line, dict(zip(columns, filled, strict=True)))


def digest_of(folder: Path, file: InputFile) -> str:
    """SHA-256 of the file's bytes, in hex."""
    with located(folder, file).open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


@contextmanager
def _table(
    folder: Path, file: InputFile, dirt: DirtBook
) -> Iterator[tuple[tuple[str, ...], Iterator[Record]]]:
    """The columns, and the records below the header, of which there is at least one."""
    path = located(folder, file)
    with closing(_filled(path, file, dirt)) as records:
        columns = _header(next(records, None), file) if file.header else file.columns
        first = next(records, None)
        if first is None:
            sheets = about_sheets(path, file) if is_workbook(path) else ""
            below = " below its header" if file.header else ""
            raise InputError(f"“{file.path}” has no rows{below}.{sheets}")
        yield columns, chain((first,), records)


def _filled(path: Path, file: InputFile, dirt: DirtBook) -> Generator[Record]:
    try:
        read = records_of_workbook if is_workbook(path) else records_of_text
    except OSError as error:
        raise InputError(f"“{file.path}” can't be read: {error.strerror}.") from error
    for record in read(path, file):
        if any(map(str.strip, record.cells)):
            yield record
        else:
            dirt.note(Kind.REPAIRED, file.alias, record.line, EMPTY_LINE)


def _header(record: Record | None, file: InputFile) -> tuple[str, ...]:
    if record is None:
        raise InputError(f"“{file.path}” holds nothing but empty lines.")
    if record.refused:
        raise InputError(f"“{file.path}”, line {record.line}: the header can't be read; {record.refused}.")
    columns = tuple(cell.strip() or f"column {place}" for place, cell in enumerate(record.cells, start=1))
    twice = next((name for name, times in Counter(columns).items() if times > 1), None)
    if twice is not None:
        raise InputError(f"“{file.path}” names the column “{twice}” twice: give each its own name.")
    other = next((sign for sign in DELIMITERS if sign != file.delimiter and sign in columns[0]), None)
    if len(columns) == 1 and other is not None:
        raise InputError(
            f"“{file.path}” has one column only, “{columns[0]}”: its delimiter looks like {other!r}."
        )
    return columns


def _misshapen(cells: Sequence[str], columns: Sequence[str]) -> str:
    if len(cells) != len(columns):
        return f"{len(cells)} cells where there are {len(columns)} columns"
    if cells[0] == columns[0] and all(map(str.__eq__, cells, columns)):
        return "the header again"
    return ""


def _labelled(columns: Sequence[str], cells: Sequence[str]) -> dict[str, str]:
    if len(cells) == 1:
        return {"the line": cells[0]}
    pairs = enumerate(zip_longest(columns, cells), start=1)
    return {name or f"cell {place}": cell for place, (name, cell) in pairs if cell is not None}


def _note_repairs(
    record: Record, cells: Sequence[str], columns: Sequence[str], file: InputFile, dirt: DirtBook
) -> None:
    if record.repaired:
        dirt.note(Kind.REPAIRED, file.alias, record.line, record.repaired)
    if cells != record.cells:
        place = next(place for place, cell in enumerate(cells) if cell != record.cells[place])
        dirt.note(
            Kind.REPAIRED,
            file.alias,
            record.line,
            "spaces removed",
            column=columns[place],
            value=record.cells[place],
        )
