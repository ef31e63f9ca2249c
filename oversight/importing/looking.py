"""A first look at a file nobody has described yet: how it is written, and what its columns hold."""

import re
import zlib
from codecs import BOM_UTF16_BE, BOM_UTF16_LE, BOM_UTF32_LE
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from itertools import islice
from pathlib import Path

from oversight.importing.dirt import DirtBook
from oversight.importing.inputs import InputError, InputFile, located, nearest
from oversight.importing.reading import DELIMITERS, rows_of
from oversight.importing.texts import LONGEST_RECORD, records_of_text, unpacked
from oversight.importing.values import SERIAL
from oversight.importing.workbooks import is_workbook, records_of_workbook, sheets_of

LOOKED_AT = 100_000
"""Rows of a file that are looked at."""
TRIED = 200
"""Records by which a delimiter is chosen, and cells by which a date format is."""
FEW_WORDS = 40
ENDINGS = frozenset({".csv", ".tsv", ".txt", ".gz", ".xlsx", ".xlsm"})
SAY_BLANK = frozenset({"N/A", "n/a", "#N/A", "NULL", "null", "NaN", "nan", "#VALUE!", "-", "--", "s/o"})
"""Words that mean a blank wherever they were seen."""
NUMBER = re.compile(r"[+-]?[\d\s.,]*\d[\d\s.,%]*")
DATE_FORMATS = (
    *("%Y-%m-%d", "%Y/%m/%d", "%Y%m%d", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S"),
    *("%m/%d/%Y", "%d/%m/%Y", "%m/%d/%y", "%d/%m/%y", "%m-%d-%Y", "%d-%m-%Y", "%d.%m.%Y", "%d.%m.%y"),
    *("%m/%d/%Y %H:%M", "%d/%m/%Y %H:%M", "%m/%d/%Y %H:%M:%S", "%m/%d/%Y %I:%M:%S %p", "%m/%d/%Y %I:%M %p"),
    *("%d-%b-%Y", "%d-%b-%y", "%d %b %Y", "%d %B %Y", "%b %d, %Y", "%B %d, %Y", "%Y-%m", "%m/%Y", "%b %Y"),
)
PLAUSIBLE_YEARS = range(1950, 2100)
PLAUSIBLE_SERIALS = range(18_264, 73_050)
"""A spreadsheet's days of the same years."""
NAMES_A_DAY = re.compile("date|day|recei|reciev|open|clos|filed|ended|happened|occurred", re.IGNORECASE)
MOST_FORMATS = 3
SO_MANY_FORGIVE_ONE = 5
"""Among so many dates, one may be none."""


@dataclass
class Column:
    """What one column holds. `words` are its different ones, None past FEW_WORDS; `some` the first few."""

    name: str
    rows: int = 0
    filled: int = 0
    letters: int = 0
    distinct: set[int] = field(default_factory=set)
    words: Counter[str] | None = field(default_factory=Counter)
    some: list[str] = field(default_factory=list)
    blanks: set[str] = field(default_factory=set)

    def see(self, cell: str) -> None:
        """Take one more cell into account."""
        self.rows += 1
        if cell in SAY_BLANK:
            self.blanks.add(cell)
        elif cell:
            self._see_word(cell)

    def _see_word(self, cell: str) -> None:
        self.filled += 1
        self.letters += len(cell)
        self.distinct.add(hash(cell))
        if len(self.some) < TRIED:
            self.some.append(cell)
        if self.words is not None:
            self.words[cell] += 1
            if len(self.words) > FEW_WORDS:
                self.words = None

    @property
    def is_key(self) -> bool:
        """Whether it tells (nearly) every row from the others."""
        return len(self.distinct) >= max(2, 0.98 * self.rows) and self.mean_length < 60

    @property
    def is_number(self) -> bool:
        return all(map(NUMBER.fullmatch, self.some))

    @property
    def mean_length(self) -> float:
        return self.letters / max(1, self.filled)

    @cached_property
    def dates(self) -> tuple[str, ...]:
        """The formats that together read its dates; nothing where it holds none."""
        if NAMES_A_DAY.search(self.name) and self.some and all(map(_is_serial, self.some)):
            return (SERIAL,)
        return formats_of(self.some)


@dataclass(frozen=True)
class Looked:
    """One file as it seems to be. `unsure` says what a person should look at."""

    file: InputFile
    columns: dict[str, Column]
    rows: int
    unsure: tuple[str, ...] = ()


def tables_in(folder: Path) -> Iterator[InputFile]:
    """Every file of the folder that may be a table, each sheet of a workbook by itself."""
    taken: Counter[str] = Counter()
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix.lower() in ENDINGS:
            name = str(path.relative_to(folder))
            for sheet in _sheets(path):
                yield InputFile(_alias(f"{path.name.split('.')[0]} {sheet}", taken), name, sheet=sheet)


def as_written(folder: Path, file: InputFile) -> InputFile:
    """The file with the encoding, delimiter and header that it seems to have. Raises InputError."""
    path = located(folder, file)
    try:
        if not is_workbook(path):
            file = replace(file, encodings=_encodings(path))
            file = replace(file, delimiter=_delimiter(path, file))
        return _with_header(path, file)
    except (OSError, EOFError, zlib.error) as error:
        raise InputError(f"“{file.path}” can't be read: {error}.") from error


def nearest_sheet(folder: Path, file: InputFile) -> InputFile:
    """The file with the name of a sheet that it has, where it names one that it lacks."""
    there = _sheets(folder / file.path) if file.sheet and (folder / file.path).is_file() else ()
    return file if file.sheet in there else replace(file, sheet=nearest(file.sheet, there))


def looked_at(folder: Path, file: InputFile) -> Looked:
    """Look at one file. Raises InputError where it can't be read."""
    file = as_written(folder, file)
    dirt, columns = DirtBook(None), dict[str, Column]()
    for row in islice(rows_of(folder, file, dirt), LOOKED_AT):
        for name, cell in row.cells.items():
            columns.setdefault(name, Column(name)).see(cell)
    rows = max((column.rows for column in columns.values()), default=0)
    if not rows:
        raise InputError(f"“{file.path}” has no row that could be read.")
    file = replace(file, blank=file.blank.union(*(column.blanks for column in columns.values())))
    unsure = [f"{count:,} × {kind}: {reason}" for (kind, _, reason), count in dirt.counts.most_common(5)]
    if rows == LOOKED_AT:
        unsure.append(f"only its first {LOOKED_AT:,} rows were looked at")
    return Looked(file, columns, rows, tuple(unsure))


def formats_of(cells: Iterable[str]) -> tuple[str, ...]:
    """The formats, the one that reads most first, that read nearly all of these cells as dates.

    Numbers alone are no dates; beside dates they are a spreadsheet's.
    """
    left, found = list(cells), list[str]()
    enough = max(len(left) * 0.05, len(left) >= SO_MANY_FORGIVE_ONE)
    while left and len(left) > enough and len(found) < MOST_FORMATS:
        numbers = sum(map(_is_serial, left))
        read = {style: sum(_fits(cell, style) for cell in left) for style in DATE_FORMATS}
        read[SERIAL] = numbers if numbers < len(left) or found else 0
        best = max(read, key=read.__getitem__)
        if read[best] < max(1, 0.1 * len(left)):
            return ()
        found.append(best)
        left = [cell for cell in left if not _fits(cell, best)]
    return tuple(found) if len(left) <= enough else ()


def day_or_month_first(column: Column) -> bool:
    """Whether the same cells could as well be read with day and month the other way round."""
    (first, *others) = column.dates or ("",)
    swapped = first.replace("%d", "%_").replace("%m", "%d").replace("%_", "%m")
    return (
        not others
        and swapped in DATE_FORMATS
        and swapped != first
        and all(_fits(cell, swapped) for cell in column.some)
    )


def _is_serial(cell: str) -> bool:
    return cell.isdecimal() and int(cell) in PLAUSIBLE_SERIALS


def _fits(cell: str, style: str) -> bool:
    if style == SERIAL:
        return _is_serial(cell)
    if style == "%Y%m%d" and len(cell) != 8:
        return False
    try:
        return datetime.strptime(cell, style).year in PLAUSIBLE_YEARS  # noqa: DTZ007
    except ValueError:
        return False


def _alias(words: str, taken: Counter[str]) -> str:
    alias = re.sub(r"\W+", "_", words.casefold(), flags=re.ASCII).strip("_") or "file"
    taken[alias] += 1
    return alias if taken[alias] == 1 else f"{alias}_{taken[alias]}"


def _sheets(path: Path) -> tuple[str, ...]:
    """The sheets to look at: "" where there is one at most, or where the workbook can't be opened."""
    try:
        sheets = sheets_of(path) if is_workbook(path) else ()
    except InputError:
        sheets = ()
    return sheets if len(sheets) > 1 else ("",)


def _encodings(path: Path) -> tuple[str, ...]:
    with unpacked(path) as stream:
        start = stream.read(4096)
        if start.startswith(BOM_UTF32_LE):
            return ("utf-32",)
        if start.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
            return ("utf-16",)
        stream.seek(0)
        lines = (stream.readline(LONGEST_RECORD) for _ in range(LOOKED_AT))
        fits = Counter(_is_utf8(line) for line in lines if not line.isascii())
    if not fits[False]:
        return ("utf-8",)
    return ("utf-8", "cp1252") if fits[True] else ("cp1252",)


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode()
    except UnicodeDecodeError:
        return False
    return True


def _delimiter(path: Path, file: InputFile) -> str:
    """The sign by which most records have equally many cells, and more than one."""

    def fitness(sign: str) -> tuple[float, int]:
        records = list(islice(records_of_text(path, replace(file, delimiter=sign)), TRIED))
        widths = Counter(len(record.cells) for record in records if any(record.cells) and not record.refused)
        width, times = widths.most_common(1)[0] if widths else (1, 0)
        return (times / len(records), width) if width > 1 else (0.0, 1)

    return max(DELIMITERS, key=fitness)


def _with_header(path: Path, file: InputFile) -> InputFile:
    read = records_of_workbook if is_workbook(path) else records_of_text
    first = next((record.cells for record in read(path, file) if any(map(str.strip, record.cells))), [])
    if any(NUMBER.fullmatch(cell.strip()) or formats_of([cell.strip()]) for cell in first):
        columns = tuple(f"column {place}" for place, _ in enumerate(first, start=1))
        return replace(file, header=False, columns=columns)
    return file
