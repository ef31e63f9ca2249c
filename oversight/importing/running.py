"""Bringing in an export from its folder to the last file, a piece at a time.

Each piece is a transaction of its own, and a file that is here is known by its former number: an import that
was cut off goes on where it stood, and a second run adds nothing.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from sqlalchemy.exc import IntegrityError

from oversight.casework.actions.past_files import begin_batch, bring_in, bring_up_to_date, finish_batch
from oversight.casework.past import PastFile
from oversight.casework.queries.past_files import Here, files_here_already, unfinished_batch
from oversight.importing.building import Builder
from oversight.importing.dirt import DirtBook, Kind
from oversight.importing.mapping import Mapping
from oversight.importing.reading import digest_of
from oversight.importing.spool import Spool
from oversight.kit import clock
from oversight.kit.db import Stale, session, writing

PIECE = 250
"""Files in one transaction: the office's own work waits for none longer than a moment."""

ATTEMPTS = 3

OWN_WORDS = ("code", "finding", "corrective", "race", "area")
"""What is counted by the former office's own words."""
MOST_WORDS = 60

Tell = Callable[[str, int, int], None]
"""Told what is being done, how far it is, and how far it goes."""


class Found(NamedTuple):
    """A file as the export has it, with the line it begins on."""

    file: PastFile
    line: int


@dataclass
class Piece:
    """Some files of the export, by what is to be done with them."""

    new: list[PastFile] = field(default_factory=list)
    changed: list[tuple[Here, PastFile]] = field(default_factory=list)
    here_already: int = 0
    left: list[tuple[Found, str]] = field(default_factory=list)


@dataclass
class Summary:
    """What came of an import, or would: files by what was done with them, and what they hold."""

    source: str
    title: str
    dry_run: bool
    rows: dict[str, int] = field(default_factory=dict)
    brought_in: int = 0
    here_already: int = 0
    brought_up_to_date: int = 0
    changed_and_left: int = 0
    refused: int = 0
    people: int = 0
    officers: int = 0
    allegations: int = 0
    about_no_officer: int = 0
    states: Counter[str] = field(default_factory=Counter)
    flags: Counter[str] = field(default_factory=Counter)
    own_words: dict[str, set[str]] = field(default_factory=lambda: {name: set() for name in OWN_WORDS})

    @property
    def wordy(self) -> dict[str, int]:
        """The coded fields with so many different words that free text may have got among them."""
        return {name: len(words) for name, words in self.own_words.items() if len(words) > MOST_WORDS}


class Import:
    """One run over one folder. Raises InputError before anything is written where a file can't be read."""

    def __init__(
        self,
        mapping: Mapping,
        folder: Path,
        dirt: DirtBook,
        *,
        place: str,
        dry_run: bool = False,
        update: bool = False,
    ) -> None:
        self.mapping, self.folder, self.dirt = mapping, folder, dirt
        self.place, self.dry_run, self.update = place, dry_run, update
        self.root = mapping.complaint.rows
        self.summary = Summary(mapping.source, mapping.title, dry_run)
        self.inputs: dict[str, str] = {}

    def run(self, tell: Tell) -> Summary:
        """Read everything, then write piece by piece; the same run again goes on after a cut."""
        self.inputs = {file.alias: digest_of(self.folder, file) for file in self.mapping.files}
        spool = Spool(
            self.folder,
            self.mapping.files,
            self.root,
            self.mapping.complaint.number,
            self.dirt,
            lambda alias, line: tell(f"Reading {alias}", line, 0),
        )
        spool.load()
        self.summary.rows = dict(spool.rows_read)
        builder = Builder(self.mapping, self.dirt)
        done, total = 0, spool.rows_read[self.root]
        for found in self._pieces(spool, builder):
            self._take(found)
            done += len(found)
            tell("Bringing in files", done + self.summary.refused, total)
        self._finish()
        return self.summary

    def _pieces(self, spool: Spool, builder: Builder) -> Iterator[list[Found]]:
        built = self._built(spool, builder)
        while piece := list(islice(built, PIECE)):
            yield piece

    def _built(self, spool: Spool, builder: Builder) -> Iterator[Found]:
        for number, rows in spool.complaints():
            file = builder.build(number, rows)
            if file is None:
                self.summary.refused += 1
            else:
                yield Found(file, rows[self.root][0].line)

    def _take(self, found: list[Found]) -> None:
        """Sort some files and write what is to be written, again where the office changed one meanwhile."""
        for attempt in range(ATTEMPTS):
            piece = self._sorted(found)
            try:
                if not self.dry_run and (piece.new or piece.changed):
                    self._write(piece)
            except (IntegrityError, Stale):
                if attempt == ATTEMPTS - 1:
                    raise
                continue
            self._count(piece)
            return

    def _sorted(self, found: list[Found]) -> Piece:
        piece = Piece()
        here = files_here_already(self.mapping.source, [each.file.number for each in found])
        for each in found:
            known = here.get(each.file.number)
            if known is None:
                piece.new.append(each.file)
            elif known.digest == each.file.digest:
                piece.here_already += 1
            elif known.touched:
                piece.left.append((each, "changed in the export, but worked on here since: left as it is"))
            elif self.update:
                piece.changed.append((known, each.file))
            else:
                piece.left.append((each, "changed in the export since it was brought in: left as it was"))
        return piece

    def _write(self, piece: Piece) -> None:
        at = clock.now()
        with writing():
            batch = begin_batch(
                self.mapping.source,
                self.mapping.title,
                mapping_digest=self.mapping.digest,
                inputs=self.inputs,
                rows=self.summary.rows,
                at=at,
            )
            bring_in(piece.new, batch, place=self.place, at=at)
            bring_up_to_date(piece.changed, batch, at=at)

    def _count(self, piece: Piece) -> None:
        summary, changed = self.summary, [file for _, file in piece.changed]
        summary.brought_in += len(piece.new)
        summary.brought_up_to_date += len(changed)
        summary.here_already += piece.here_already
        summary.changed_and_left += len(piece.left)
        for file in piece.new + changed:
            summary.people += len(file.people)
            summary.officers += len(file.officers)
            summary.allegations += len(file.allegations)
            summary.about_no_officer += sum(each.is_about_no_known_officer for each in file.allegations)
            summary.states[file.state] += 1
            summary.flags.update(str(flag) for flag in file.flags)
            _note_words(summary.own_words, file)
        for each, why in piece.left:
            self.dirt.note(Kind.CHANGED, self.root, each.line, why)

    def _finish(self) -> None:
        if self.dry_run:
            return
        with writing():
            batch = unfinished_batch(self.mapping.source, self.mapping.digest, self.inputs)
            if batch is not None:
                finish_batch(batch, self._counts(), at=clock.now())
        session().expunge_all()

    def _counts(self) -> dict[str, int]:
        summary = self.summary
        return {
            "files": summary.brought_in + summary.here_already + summary.brought_up_to_date,
            "refused": summary.refused,
            "left": summary.changed_and_left,
        }


def _note_words(own_words: dict[str, set[str]], file: PastFile) -> None:
    own_words["area"].add(file.area or "")
    for allegation in file.allegations:
        told = (allegation.own_code, allegation.own_finding, allegation.own_corrective)
        for name, word in zip(OWN_WORDS, told, strict=False):
            own_words[name].add(word)
    for person in (*file.people, *file.officers):
        own_words["race"].update(person.demographics.race_words)
