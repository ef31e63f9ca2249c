"""Records out of text files: CSV in any encoding and with any delimiter, plain or packed with gzip."""

import csv
import gzip
import re
import zlib
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE, lookup
from collections import deque
from collections.abc import Iterator
from io import BufferedReader, TextIOWrapper
from pathlib import Path

from oversight.importing.inputs import InputError, InputFile, Record

LONGEST_RECORD = 1_000_000
"""Characters of one line, and of one record over several lines."""
LOOKED_AT = 65_536
"""Bytes from the start by which a text is told from something else."""
MOST_CONTROLS = 0.05
"""The share of control characters past which nobody would call it text."""
CONTROLS = bytes(sorted({*range(32)} - {*b"\t\n\v\f\r\x1a\x1b"}))
NO_TEXT = re.compile("[\0\ud800-\udfff]")
"""NUL and halves of characters, which no database takes; some encodings can write them."""
CAN_NOT_BE_READ = "can't be read as"
MISMATCHED = "its quotation marks don't match"
MOST_ENDLESS = 20
"""Records that may run to the end of the file or past the limit: each is read anew from its second line."""

csv.field_size_limit(LONGEST_RECORD)


def records_of_text(path: Path, file: InputFile) -> Iterator[Record]:
    """Every record, empty ones too. Raises InputError where the file is no text, or its gzip is broken."""
    wide = _is_wide(file)
    try:
        _check_that_it_is_text(path, file, wide)
        # Latin-1 gives every byte back as it was, so the lines can be decoded one by one.
        encoding = file.encodings[0] if wide else "latin-1"
        with unpacked(path) as packed, TextIOWrapper(packed, encoding, newline="") as stream:
            yield from _records(_Lines(stream, file, wide), file)
    except UnicodeError as error:
        raise InputError(f"“{file.path}” is not {file.encodings[0]}: {error}.") from error
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise InputError(f"“{file.path}” is not a whole gzip file: export or copy it again.") from error
    except OSError as error:
        raise InputError(f"“{file.path}” can't be read: {error.strerror}.") from error


def _records(lines: "_Lines", file: InputFile) -> Iterator[Record]:
    # Strict: a quotation mark out of place is an error, not a way to swallow the lines that follow.
    reader = csv.reader(lines, delimiter=file.delimiter, strict=True)
    endless = 0
    while True:
        lines.begin_record()
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            endless += lines.ran_out
            if endless > MOST_ENDLESS:
                raise InputError(
                    f"“{file.path}”, line {lines.start}: a quotation mark opens that is not closed, as in "
                    f"{MOST_ENDLESS} places before. Is the delimiter right? Export it again."
                ) from None
            yield Record(lines.start, [lines.give_back_all_but_the_first()], refused=MISMATCHED)
        else:
            yield Record(lines.start, cells, lines.refused, lines.repaired)


class _Lines:
    """The decoded lines of a stream. Those of the record being read can be given back, to be read anew."""

    def __init__(self, stream: TextIOWrapper, file: InputFile, wide: bool) -> None:
        self._stream, self._file, self._wide = stream, file, wide
        self._given_back: deque[str] = deque()
        self._taken: list[str] = []
        self._number = 0
        self.begin_record()

    def begin_record(self) -> None:
        self.start = self._number + 1
        self.refused = self.repaired = ""
        self.ran_out = False
        self._taken.clear()
        self._size = 0

    def give_back_all_but_the_first(self) -> str:
        """The first line of the record, decoded; reading goes on with the second."""
        self._given_back.extendleft(reversed(self._taken[1:]))
        self._number = self.start
        return self._decoded(self._taken[0]).rstrip("\r\n")

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._given_back.popleft() if self._given_back else self._stream.readline(LONGEST_RECORD + 1)
        if not line:
            self.ran_out = True
            raise StopIteration
        self._number += 1
        self._taken.append(line)
        self._size += len(line)
        if len(line) > LONGEST_RECORD:
            raise InputError(
                f"“{self._file.path}”, line {self._number}: is longer than {LONGEST_RECORD:,} characters. "
                "Is this the right file?"
            )
        if self._size > LONGEST_RECORD:
            self.ran_out = True
            raise csv.Error("A record without an end.")
        return self._decoded(line)

    def _decoded(self, line: str) -> str:
        if self._number == 1:
            line = line.removeprefix("\ufeff" if self._wide else BOM_UTF8.decode("latin-1"))
        text = line if self._wide else self._decoded_by_the_first_that_fits(line.encode("latin-1"))
        if NO_TEXT.search(text):
            self.refused = "holds characters that are not text"
        return text

    def _decoded_by_the_first_that_fits(self, line: bytes) -> str:
        first, *others = self._file.encodings
        try:
            return line.decode(first)
        except UnicodeDecodeError:
            pass
        for encoding in others:
            try:
                text = line.decode(encoding)
            except UnicodeDecodeError:
                continue
            self.repaired = f"read as {encoding}"
            return text
        self.refused = f"{CAN_NOT_BE_READ} {' or '.join(self._file.encodings)}"
        return line.decode(first, errors="replace")


def _is_wide(file: InputFile) -> bool:
    """Whether a character takes several bytes, so that not even lines can be told without decoding."""
    for encoding in file.encodings:
        try:
            "".encode(encoding)
        except LookupError as error:
            raise InputError(
                f"“{file.path}”: there is no encoding “{encoding}”; most are utf-8 or cp1252."
            ) from error
    return lookup(file.encodings[0]).name.startswith(("utf-16", "utf-32"))


def unpacked(path: Path) -> gzip.GzipFile | BufferedReader:
    """The file's bytes, out of gzip where its beginning or its name says so."""
    with path.open("rb") as plain:
        packed = plain.read(2) == b"\x1f\x8b" or path.suffix.lower() == ".gz"
    return gzip.open(path, "rb") if packed else path.open("rb")


def _check_that_it_is_text(path: Path, file: InputFile, wide: bool) -> None:
    with unpacked(path) as stream:
        start = stream.read(LOOKED_AT)
    if not start:
        raise InputError(f"“{file.path}” is empty: export it again.")
    if wide:
        return
    if start.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        raise InputError(f'“{file.path}” is written in utf-16: say encoding = "utf-16".')
    controls = len(start) - len(start.translate(None, CONTROLS))
    if b"\0" in start or controls > MOST_CONTROLS * len(start):
        raise InputError(f"“{file.path}” is not a text table: export it as CSV or xlsx.")
