"""The list of what was wrong in an office's exports: counted here, written row by row to a file beside."""

import csv
import json
import os
from collections import Counter
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from oversight.kit.sheets import safe_cell

BEGINS = "This file holds personal data."
COLUMNS = ("kind", "file", "line", "column", "value", "reason", "row")


class Kind(StrEnum):
    """What became of a row that is not as it should be."""

    REFUSED = "refused"
    REPAIRED = "repaired"
    DUPLICATE = "duplicate"
    FLAGGED = "flagged"
    CHANGED = "changed"


class DirtBook:
    """Counts every note, and lists it in a CSV that stands under its own name once the book is closed.

    Until then it is written as `….part`, readable by its owner alone; what a killed run left there, the next
    one begins anew. Without a path it only counts. `counts` goes by kind, file and reason.
    """

    def __init__(self, path: Path | None, kept_until: date | None = None) -> None:
        self.counts: Counter[tuple[Kind, str, str]] = Counter()
        self._path = path
        self._sheet: IO[str] | None = None
        if path is not None:
            self._sheet = _private_sheet(_unfinished(path))
            self._writer = csv.writer(self._sheet)
            self._writer.writerow([_notice(kept_until)])
            self._writer.writerow(COLUMNS)

    def note(
        self,
        kind: Kind,
        file: str,
        line: int,
        reason: str,
        *,
        column: str = "",
        value: str = "",
        row: Mapping[str, str] | None = None,
    ) -> None:
        """Count one thing and list it. `row` is what stood in the row, by column."""
        self.counts[kind, file, reason] += 1
        if self._sheet is None:
            return
        whole = "" if row is None else json.dumps(dict(row), ensure_ascii=False)
        cells = (kind, file, str(line), column, value, reason, whole)
        self._writer.writerow([safe_cell(cell) for cell in cells])

    def close(self) -> None:
        """Finish the file and give it its name. Closing again does nothing."""
        if self._sheet is None or self._path is None:
            return
        self._sheet.close()
        self._sheet = None
        _unfinished(self._path).replace(self._path)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def is_such_a_list(path: Path) -> bool:
    """Whether a file was written by a DirtBook, by how it begins."""
    mark = BEGINS.encode("utf-8-sig")
    with path.open("rb") as file:
        return file.read(len(mark)) == mark


def _unfinished(path: Path) -> Path:
    return path.with_name(f"{path.name}.part")


def _private_sheet(path: Path) -> IO[str]:
    path.unlink(missing_ok=True)
    # EXCL: what another put there in the meantime, a link above all, is not written through.
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    # Spreadsheet programs take UTF-8 for an older encoding unless it begins with its mark.
    return os.fdopen(handle, "w", encoding="utf-8-sig", newline="")


def _notice(kept_until: date | None) -> str:
    until = (
        f"kept until {kept_until} and then removed" if kept_until else "to be removed when it is dealt with"
    )
    return f"{BEGINS} It is {until}."
