"""Records out of xlsx workbooks, read as a stream."""

import warnings
from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import date, datetime, time
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from openpyxl import load_workbook

from oversight.importing.inputs import InputError, InputFile, Record

LARGEST_BESIDE = 256 * 1024 * 1024
"""Bytes of what stands beside a workbook's sheets, the list of its words above all: it is held whole."""
MOST_ROWS = 1_048_576
"""Rows that a sheet has room for. A number written at a row is believed, so that one could claim any gap."""
SHEETS = "xl/worksheets/"
OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"
"""How Excel's older files begin, and those locked with a password."""


def is_workbook(path: Path) -> bool:
    """Whether it is named or begins like a workbook. Raises InputError for one of the older kind."""
    with path.open("rb") as stream:
        start = stream.read(4)
    if start == OLD_WORKBOOK:
        raise InputError(
            f"“{path.name}” is an old Excel file, or locked with a password: "
            "save it as xlsx without one, or as CSV."
        )
    return start == b"PK\x03\x04" or path.suffix.lower() in {".xlsx", ".xlsm"}


def sheets_of(path: Path) -> tuple[str, ...]:
    """The names of its sheets that hold cells, in order."""
    with closing(_opened(path)) as book:
        return tuple(sheet.title for sheet in book.worksheets)


def about_sheets(path: Path, file: InputFile) -> str:
    """The sentence that tells which sheet was read and which others there are, with a space before it."""
    if file.sheet:
        return f" That is its sheet “{file.sheet}”."
    sheets = sheets_of(path)
    read = next(iter(sheets), "")
    others = [sheet for sheet in sheets if sheet != read]
    if not others:
        return ""
    return f" Its sheet “{read}” was read; it also has {_named(others)}: say which in “sheet”."


def records_of_workbook(path: Path, file: InputFile) -> Iterator[Record]:
    """Every row of the sheet as text, as wide as its header. Empty rows at the end are no rows."""
    with closing(_opened(path)) as book:
        sheets = {sheet.title: sheet for sheet in book.worksheets}
        name = file.sheet or next(iter(sheets), "")
        if name not in sheets:
            raise InputError(f"There is no sheet “{name}” in “{file.path}”. It has {_named(sheets)}.")
        sheet = sheets[name]
        # Programs write wrong dimensions, and rows would end where those do.
        sheet.reset_dimensions()
        yield from _records(
            _rows(sheet.iter_rows(values_only=True), path), 0 if file.header else len(file.columns)
        )


def _named(sheets: Iterable[str]) -> str:
    return ", ".join(f"“{sheet}”" for sheet in sheets)


def _records(rows: Iterator[list[str]], width: int) -> Iterator[Record]:
    empty: list[int] = []
    for line, cells in enumerate(rows, start=1):
        filled = _without_empty_end(cells)
        width = width or len(filled)
        if not filled:
            empty.append(line)
            continue
        yield from (Record(each, [""] * width) for each in empty)
        empty.clear()
        yield Record(line, filled + [""] * (width - len(filled)))


def _rows(rows: Iterator[tuple[Any, ...]], path: Path) -> Iterator[list[str]]:
    for _ in range(MOST_ROWS):
        try:
            with warnings.catch_warnings():
                # It warns of dates past its calendar; they are read as errors, "#VALUE!".
                warnings.simplefilter("ignore")
                row = next(rows, None)
        except Exception as error:
            raise _broken(path) from error
        if row is None:
            return
        yield [_text(cell) for cell in row]
    raise InputError(f"“{path.name}” has a row past the {MOST_ROWS:,} that a sheet may have: save it as CSV.")


def _without_empty_end(cells: list[str]) -> list[str]:
    end = len(cells)
    while end and not cells[end - 1]:
        end -= 1
    return cells[:end]


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return str(cell.date() if cell.time() == time() else cell.replace(microsecond=0))
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell)


def _opened(path: Path) -> Any:
    # Whatever goes wrong inside, and parsers of XML and zip raise many things, the workbook is not whole.
    try:
        with ZipFile(path) as parts:
            beside = sum(part.file_size for part in parts.infolist() if not part.filename.startswith(SHEETS))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = None if beside > LARGEST_BESIDE else load_workbook(path, read_only=True, data_only=True)
    except Exception as error:
        raise _broken(path) from error
    if book is None:
        raise InputError(f"“{path.name}” is too large to be read as a workbook: save its sheet as CSV.")
    return book


def _broken(path: Path) -> InputError:
    return InputError(f"“{path.name}” is not a whole xlsx workbook: save it again, as xlsx or as CSV.")
