"""One complaint's rows made into one file of the past, or refused with all that hangs on it."""

import hashlib
import json
from datetime import date
from typing import Any

from oversight.casework.past import Flag, PastFile
from oversight.importing.allegations import Allegations, Draft, finished
from oversight.importing.dirt import DirtBook, Kind
from oversight.importing.drawing import Drawing, Fields, value
from oversight.importing.mapping import IN_FORCE, FromAllegations, Mapping
from oversight.importing.mapping.vocabulary import Vocabulary, endings, vocabulary
from oversight.importing.people import Officers, People
from oversight.importing.reading import Row
from oversight.importing.values import Day
from oversight.rules.findings import Status
from oversight.rules.jurisdictions import NoRulebook, rulebook_in_force

Rows = dict[str, list[Row]]

LONGEST_NUMBER = 60

FLAGS = {
    Flag.ENDED_BEFORE_RECEIVED: "ended before it was received",
    Flag.RECEIVED_BEFORE_INCIDENT: "received before it happened",
    Flag.NO_END: "ended, on a day that is not known",
    Flag.DAY_UNKNOWN: "received on a day of which only the month is known",
}

END_OF_AN_OPEN_FILE = "ended_on: left out, since the file is open"


class Refused(Exception):
    """This complaint can't be brought in; str() says why."""


class Builder:
    """Makes one file of the past from the rows of each complaint, and notes what it had to mend or refuse."""

    def __init__(self, mapping: Mapping, dirt: DirtBook) -> None:
        section = mapping.complaint
        self.mapping, self._section, self._dirt = mapping, section, dirt
        self._drawing = Drawing.of_section(section, dirt)
        self._kept = Drawing(section.rows, tuple(section.keep.values()), dirt)
        self._people = People(mapping.people, dirt)
        self._officers = Officers(mapping.officers, dirt)
        self._allegations = Allegations(mapping, dirt)
        self._worded = [
            name for name, spec in section.fields.items() if spec.values is not None or name == "ground"
        ]
        others = (*mapping.people, *mapping.officers, *mapping.allegations, *mapping.findings)
        children = {each.rows for each in others} - {section.rows}
        self._children = {alias: Drawing(alias, (), dirt) for alias in sorted(children)}
        self._aliases = (section.rows, *self._children)
        self._repeated = self._columns_of_the_complaint()

    def build(self, number: str, rows: Rows) -> PastFile | None:
        """Return the file, or None where the complaint was refused: it and its rows are then listed."""
        first, *others = rows[self._section.rows]
        if not self._section.repeats:
            for row in others:
                self._drawing.refused(row, "this number a second time")
            rows = {**rows, self._section.rows: [first]}
        try:
            return self._file(number, first, rows)
        except Refused as refusal:
            self._refuse(str(refusal), rows)
            return None

    def _refuse(self, reason: str, rows: Rows) -> None:
        for row in rows[self._section.rows]:
            self._drawing.refused(row, reason)
        for alias, drawing in self._children.items():
            for row in rows.get(alias, ()):
                drawing.refused(row, "its complaint was refused")

    def _file(self, number: str, first: Row, rows: Rows) -> PastFile:
        drawn = self._drawing.drawn(first)
        received = _received_on(number, drawn)
        slug = self._rulebook(received.on)
        allowed = vocabulary(slug) if self.mapping.rulebook == IN_FORCE else None
        _refuse_unknown_state(drawn, allowed, self._section.state)
        drawn = self._drawing.checked(first, drawn, allowed)
        officers, places = self._officers.of(rows, allowed)
        drafts = self._allegations.drafts(rows, allowed, places)
        state = _state(drawn, drafts, self._section.state)
        has_ended = state in endings(slug)
        ground = value(drawn, "ground")
        self._note_differences(rows[self._section.rows])
        return PastFile(
            number=number,
            digest=self._digest(rows),
            rulebook=slug,
            state=state,
            has_ended=has_ended,
            words=self._words(first, drawn),
            people=self._people.of(rows, allowed, value(drawn, "language", "en"), received.on),
            officers=officers,
            allegations=tuple(
                finished(draft, officers, has_ended=has_ended, ground=ground) for draft in drafts
            ),
            **self._days(first, drawn, received, has_ended=has_ended),
            **_told(drawn),
        )

    def _rulebook(self, received_on: date) -> str:
        if self.mapping.rulebook != IN_FORCE:
            return self.mapping.rulebook
        try:
            return rulebook_in_force(self.mapping.place, received_on).slug
        except NoRulebook:
            raise Refused("no rulebook was in force on the day it was received") from None

    def _days(self, first: Row, drawn: Fields, received: Day, *, has_ended: bool) -> dict[str, Any]:
        """The days of a file and what is odd about them. A span of days is odd only if all of it is."""
        happened: Day | None = value(drawn, "happened_on")
        ended: Day | None = value(drawn, "ended_on")
        if ended and not has_ended:
            self._drawing.mended(first, "ended_on", END_OF_AN_OPEN_FILE, drawn["ended_on"].cell)
            ended = None
        odd = {
            Flag.ENDED_BEFORE_RECEIVED: ended is not None and ended.last < received.on,
            Flag.RECEIVED_BEFORE_INCIDENT: happened is not None and received.last < happened.on,
            Flag.NO_END: has_ended and ended is None,
            Flag.DAY_UNKNOWN: not received.is_exact,
        }
        flags = tuple(flag for flag, holds in odd.items() if holds)
        for flag in flags:
            self._drawing.flagged(first, FLAGS[flag])
        return {
            "received_on": received.on,
            "ended_on": _end(ended, received),
            "happened_on": happened.on if happened else None,
            "happened_precision": _precision(happened),
            "flags": flags,
        }

    def _words(self, first: Row, drawn: Fields) -> dict[str, str]:
        """The office's own words about the file: those kept as they are, and those beside ours."""
        words = {name: drawn[name].own for name in self._worded}
        words |= {name: kept.own for name, kept in self._kept.of(first).items()}
        return {name: word for name, word in words.items() if word}

    def _note_differences(self, rows: list[Row]) -> None:
        """Where rows repeat their complaint, the first makes the file and the others should agree with it."""
        first, *others = rows
        for row in others:
            for column in self._repeated:
                if row.cells[column] != first.cells[column]:
                    self._dirt.note(
                        Kind.REPAIRED,
                        self._section.rows,
                        row.line,
                        "differs from the first row of its complaint",
                        column=column,
                        value=row.cells[column],
                    )

    def _columns_of_the_complaint(self) -> tuple[str, ...]:
        specs = (*self._section.fields.values(), *self._section.keep.values())
        return tuple(dict.fromkeys(column for spec in specs for column in spec.columns))

    def _digest(self, rows: Rows) -> bytes:
        """SHA-256 of every cell the file was drawn from, whatever the order of rows and columns."""
        used = {
            alias: sorted(sorted(row.cells.items()) for row in rows.get(alias, ())) for alias in self._aliases
        }
        return hashlib.sha256(json.dumps(used).encode()).digest()


def _received_on(number: str, drawn: Fields) -> Day:
    if not 0 < len(number) <= LONGEST_NUMBER:
        raise Refused(f"a number of more than {LONGEST_NUMBER} signs, or none")
    received: Day | None = value(drawn, "received_on")
    if received is None:
        raise Refused(drawn["received_on"].repaired or "received_on: blank")
    return received


def _refuse_unknown_state(drawn: Fields, allowed: Vocabulary | None, derived: FromAllegations | None) -> None:
    if derived:
        return
    state = drawn["state"]
    if state.value is None:
        raise Refused(state.repaired or "state: blank")
    if allowed and state.value not in allowed["state"]:
        raise Refused("state: not a word of the rules of that day")


def _state(drawn: Fields, drafts: list[Draft], derived: FromAllegations | None) -> str:
    if derived is None:
        return str(value(drawn, "state"))
    if not drafts:
        return derived.without
    return derived.open if any(draft.status == Status.OPEN for draft in drafts) else derived.ended


def _end(ended: Day | None, received: Day) -> date | None:
    """The day it ended. Of an end of which only the month is known, never a day before it was received."""
    if ended is None:
        return None
    return max(ended.on, received.on) if ended.last >= received.on else ended.on


def _precision(day: Day | None) -> str:
    if day is None:
        return "unknown"
    return "exact" if day.is_exact else "about"


TOLD = ("channel", "language", "level", "area", "context", "duty", "bias_alleged", "narrative")


def _told(drawn: Fields) -> dict[str, Any]:
    told = {name: value(drawn, name) for name in TOLD}
    return {name: each for name, each in told.items() if each is not None}
