"""Every row of every file, joined in a private temporary database: which complaint each of them hangs on."""

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from hashlib import blake2b
from itertools import groupby
from json.encoder import encode_basestring
from operator import itemgetter
from pathlib import Path

from oversight.importing.dirt import DirtBook, Kind
from oversight.importing.inputs import InputFile
from oversight.importing.reading import Row, columns_of, rows_of

CACHE_KIB = 32_768
"""What SQLite holds in memory of the rows; the rest lies in a file without a name."""
TABLES = (
    "CREATE TABLE row (id INTEGER PRIMARY KEY, file, line, ours, digest, cells)",
    "CREATE INDEX row_of_file ON row (file)",
    "CREATE TABLE repeated (id INTEGER PRIMARY KEY, first)",
    "CREATE TABLE complaint (position INTEGER PRIMARY KEY, number UNIQUE)",
    "CREATE TABLE hung (file, position, id, PRIMARY KEY (file, position, id)) WITHOUT ROWID",
    "CREATE TABLE link (file, value, position, PRIMARY KEY (file, value, position)) WITHOUT ROWID",
)
"""`row.cells` is a JSON list, `row.ours` what joins it to its parent, `link.value` what is to be found there;
`hung` says on which complaints a row hangs, by their positions. Joins are CROSS JOINs, SQLite's word for "in
this order": left to itself it would guess, and wrongly."""
TOLD_EVERY = 1_000
COUNTED_ONCE = "the same as another row; counted once"
KEPT = "the same as another row; kept"


def as_json(cells: Iterable[str]) -> str:
    """A JSON list, put together here since an encoder made anew for each row takes three times as long."""
    return f"[{','.join(map(encode_basestring, cells))}]"


class Spool:
    """The rows of `files`; those of `root` are the complaints, numbered by its column `key`.

    A row that joins several rows of its parent is handed to each complaint these hang on, once. `rows_read`
    counts, by alias, the rows that could be read, those refused here among them. `tell` hears alias and
    count while a file is read. SQLite removes what it wrote by itself, even where the process is killed.
    """

    def __init__(
        self,
        folder: Path,
        files: Sequence[InputFile],
        root: str,
        key: str,
        dirt: DirtBook,
        tell: Callable[[str, int], None] | None = None,
    ) -> None:
        self._folder, self._dirt, self._tell = folder, dirt, tell
        self._root, self._key = root, key
        self._files = _parents_first(files, root)
        self._columns: dict[str, tuple[str, ...]] = {}
        self.rows_read: dict[str, int] = {file.alias: 0 for file in self._files}
        # No name: a private file of SQLite's own, which it removes.
        self._database = sqlite3.connect("", isolation_level=None)
        self._do = self._database.execute
        for setting in (f"cache_size=-{CACHE_KIB}", "journal_mode=OFF", "synchronous=OFF", "temp_store=FILE"):
            self._do(f"PRAGMA {setting}")

    def load(self) -> None:
        """Read and join every file, parents first. Raises InputError where one can't be read to its end."""
        self._do("BEGIN")
        for table in TABLES:
            self._do(table)
        for place, file in enumerate(self._files):
            self._columns[file.alias] = columns_of(self._folder, file)
            self._read(place, file)
            self._note_repeated(place, file)
            if file.alias == self._root:
                self._number_complaints(place)
            else:
                self._hang(place, file)
        self._do("COMMIT")

    def complaints(self, after: int = 0) -> Iterator[tuple[str, dict[str, list[Row]]]]:
        """Each complaint's number and rows by alias, in the order of the root, past the first `after`."""
        streams = [self._rows_by_complaint(place, file, after) for place, file in enumerate(self._files)]
        heads = [next(stream, None) for stream in streams]
        numbers = self._do(
            "SELECT position, number FROM complaint WHERE position > ? ORDER BY position", (after,)
        )
        for position, number in numbers:
            hung: dict[str, list[Row]] = {file.alias: [] for file in self._files}
            for place, file in enumerate(self._files):
                head = heads[place]
                if head is not None and head[0] == position:
                    hung[file.alias] = head[1]
                    heads[place] = next(streams[place], None)
            yield number, hung

    def close(self) -> None:
        """Let go of the rows."""
        self._database.close()

    # ---- one file's rows ---------------------------------------------------------------------------------

    def _read(self, place: int, file: InputFile) -> None:
        self._database.executemany(
            "INSERT INTO row (file, line, ours, digest, cells) VALUES (?, ?, ?, ?, ?)",
            ((place, *row) for row in self._joinable(file)),
        )

    def _joinable(self, file: InputFile) -> Iterator[tuple[int, str, bytes, str]]:
        ours, count = self._ours(file), 0
        for count, row in enumerate(rows_of(self._folder, file, self._dirt), start=1):
            if self._tell and count % TOLD_EVERY == 0:
                self._tell(file.alias, count)
            if row.cells[ours]:
                cells = as_json(row.cells.values())
                yield row.line, row.cells[ours], blake2b(cells.encode(), digest_size=16).digest(), cells
            else:
                self._refuse(file, row, f"no “{ours}”")
        self.rows_read[file.alias] = count
        if self._tell:
            self._tell(file.alias, count)

    def _note_repeated(self, place: int, file: InputFile) -> None:
        self._do(
            "INSERT INTO repeated SELECT id, first"
            " FROM (SELECT id, min(id) OVER (PARTITION BY digest) AS first FROM row WHERE file = ?)"
            " WHERE id > first",
            (place,),
        )
        repeated = self._do(
            "SELECT row.line, row.cells, first.line FROM repeated CROSS JOIN row USING (id)"
            " CROSS JOIN row AS first ON first.id = repeated.first ORDER BY repeated.id"
        )
        reason = KEPT if file.duplicates == "keep" else COUNTED_ONCE
        for line, cells, first in repeated:
            row = self._row(file, line, cells)
            self._dirt.note(Kind.DUPLICATE, file.alias, line, reason, value=f"line {first}", row=row.cells)
        if file.duplicates != "keep":
            self._do("DELETE FROM row WHERE id IN (SELECT id FROM repeated)")
        self._do("DELETE FROM repeated")

    # ---- which complaint a row hangs on ------------------------------------------------------------------

    def _number_complaints(self, place: int) -> None:
        """A complaint's position is that of its number's first row."""
        self._do("INSERT INTO complaint (number) SELECT ours FROM row GROUP BY ours ORDER BY min(id)")
        self._do(
            "INSERT INTO hung SELECT file, position, id FROM row CROSS JOIN complaint ON number = ours"
            " WHERE file = ? ORDER BY 1, 2, 3",
            (place,),
        )

    def _hang(self, place: int, file: InputFile) -> None:
        parent = next(number for number, one in enumerate(self._files) if one.alias == file.belongs_to)
        theirs = self._columns[file.belongs_to].index(file.theirs)
        self._do(
            "INSERT INTO link SELECT DISTINCT ?, json_extract(cells, ?) AS value, position"
            " FROM hung CROSS JOIN row USING (id) WHERE hung.file = ? ORDER BY 2, 3",
            (place, f"$[{theirs}]", parent),
        )
        self._do(
            "INSERT INTO hung SELECT file, position, id FROM row CROSS JOIN link USING (file)"
            " WHERE file = ? AND value = ours ORDER BY 1, 2, 3",
            (place,),
        )
        self._refuse_those_without_parent(place, file)

    def _refuse_those_without_parent(self, place: int, file: InputFile) -> None:
        whose = "complaint" if file.belongs_to == self._root else f"row of {file.belongs_to}"
        alone = self._do(
            "SELECT line, cells FROM row WHERE file = ? AND NOT EXISTS"
            " (SELECT 1 FROM link WHERE link.file = row.file AND value = ours) ORDER BY id",
            (place,),
        )
        for line, cells in alone:
            self._refuse(file, self._row(file, line, cells), f"no {whose} with this “{file.theirs}”")

    def _refuse(self, file: InputFile, row: Row, reason: str) -> None:
        ours = self._ours(file)
        self._dirt.note(
            Kind.REFUSED, file.alias, row.line, reason, column=ours, value=row.cells[ours], row=row.cells
        )

    def _ours(self, file: InputFile) -> str:
        return self._key if file.alias == self._root else file.ours

    # ---- reading back ------------------------------------------------------------------------------------

    def _rows_by_complaint(self, place: int, file: InputFile, after: int) -> Iterator[tuple[int, list[Row]]]:
        stored = self._do(
            "SELECT position, line, cells FROM hung CROSS JOIN row USING (id)"
            " WHERE hung.file = ? AND position > ? ORDER BY position, id",
            (place, after),
        )
        for position, group in groupby(stored, key=itemgetter(0)):
            yield position, [self._row(file, line, cells) for _, line, cells in group]

    def _row(self, file: InputFile, line: int, cells: str) -> Row:
        return Row(line, dict(zip(self._columns[file.alias], json.loads(cells), strict=True)))


def _parents_first(files: Sequence[InputFile], root: str) -> list[InputFile]:
    """The files that hang on the root, the root first, each after the one it belongs to."""
    ordered = [file for file in files if file.alias == root]
    for parent in ordered:
        ordered.extend(file for file in files if file.belongs_to == parent.alias and file.alias != root)
    return ordered
