"""What a field makes of a row's cells: its value, the office's own word, and what had to be mended."""

import calendar
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any, NamedTuple

from oversight.importing.specs import FieldKind, FieldSpec, Meant, folded

SERIAL = "serial"
"""The date format of spreadsheets: days since the end of 1899."""

SERIAL_BEGINS = date(1899, 12, 30)
EARLIEST = date(1900, 1, 1)

REMEMBERED = 8192
"""So many words of one field are remembered with what they mean: an export repeats its own."""


class Day(NamedTuple):
    """A date as an export knows it: some day from `on` to `last`, which are one where the day is known."""

    on: date
    last: date

    @property
    def is_exact(self) -> bool:
        return self.on == self.last


class Several(NamedTuple):
    """The words of one cell, and the codes of those that have one."""

    words: tuple[str, ...]
    codes: tuple[str, ...]


class Drawn(NamedTuple):
    """`value` is None where blank, else a str, Day, int or Several, by the field's kind.

    `repaired` says in plain words why a cell was not taken as it is, or is ""; `odd_part` which part of it.
    """

    value: Any = None
    cell: str = ""
    repaired: str = ""
    counts_as_blank: bool = False
    odd_part: str = ""

    @property
    def shown(self) -> str:
        """The cell as the list of odd rows shows it, after the part of it that is odd."""
        return f"{self.odd_part}, in “{self.cell}”" if self.odd_part else self.cell

    @property
    def own(self) -> str:
        """The office's own word: the cell as it was, unless the mapping says that it means nothing."""
        return "" if self.counts_as_blank else self.cell


Cells = Mapping[str, str]
Reader = Callable[[Cells], Drawn]


class Meaning(NamedTuple):
    """A value, what was mended on the way, and in which part of the cell, where that is not all of it."""

    value: Any
    repaired: str = ""
    odd_part: str = ""


BLANK = Drawn()


def reader(spec: FieldSpec) -> Reader:
    """Return the function that draws one field from a row's cells; all decisions are taken here, once."""
    drawn = _drawn_by(spec)
    if spec.kind is not FieldKind.TEXT or spec.values is not None:
        drawn = lru_cache(REMEMBERED)(drawn)
    if spec.constant is not None:
        constant = drawn(spec.constant)
        return lambda _: constant
    if len(spec.columns) == 1:
        (column,) = spec.columns
        return lambda cells: drawn(cells[column])
    return lambda cells: drawn(spec.join.join(filter(None, (cells[each] for each in spec.columns))))


def _drawn_by(spec: FieldSpec) -> Callable[[str], Drawn]:
    if _is_taken_as_it_is(spec):
        return lambda own: Drawn(own, own) if own else BLANK
    meaning = MEANINGS[FieldKind.DATE if spec.born else spec.kind](spec)
    blank = Drawn(_of_a_blank_cell(spec))

    def drawn(own: str) -> Drawn:
        if not own:
            return blank
        if folded(own) in spec.blank:
            return Drawn(None, own, f"{spec.name}: a word that counts as blank", counts_as_blank=True)
        text = _matched(spec, own)
        if not text:
            return Drawn(None, own, f"{spec.name}: nothing in it matches")
        value, repaired, odd_part = meaning(text)
        return Drawn(value, own, repaired, odd_part=odd_part)

    return drawn


def _of_a_blank_cell(spec: FieldSpec) -> Any:
    ours = (spec.values or {}).get("")
    if not ours:
        return None
    return Several((), _each(ours)) if spec.kind is FieldKind.CODES else ours


def _is_taken_as_it_is(spec: FieldSpec) -> bool:
    """Whether it is plain text: most cells are, the longest above all."""
    return spec.kind is FieldKind.TEXT and spec.values is None and spec.match is None and not spec.blank


def _matched(spec: FieldSpec, own: str) -> str:
    if spec.match is None:
        return own
    found = spec.match.search(own)
    if found is None:
        return ""
    return ((found[1] if found.re.groups else found[0]) or "").strip()


# ---- words ------------------------------------------------------------------------------------------

LONGEST_SHORT_WORD = 60


def _text(spec: FieldSpec) -> Callable[[str], Meaning]:
    if spec.values is None:
        return lambda text: Meaning(text)
    return _code(spec)


def _code(spec: FieldSpec) -> Callable[[str], Meaning]:
    """Our word for an own word: "" and None are both no word, the first because the mapping says so."""
    values = _words_of(spec)
    lost = "" if spec.keeps_own else f"{spec.name}: a word without an equivalent"

    def meaning(text: str) -> Meaning:
        ours = values.get(folded(text), spec.otherwise)
        if ours is None:
            return Meaning(None, f"{spec.name}: a word that the mapping does not know")
        return Meaning(ours) if ours else Meaning(None, lost)

    return meaning


def _word(spec: FieldSpec) -> Callable[[str], Meaning]:
    """A word of the office's own, or the one that the mapping puts in its place."""
    meant = _text(spec)

    def meaning(text: str) -> Meaning:
        found = meant(text)
        too_long = len(found.value or "") > LONGEST_SHORT_WORD
        return Meaning(None, f"{spec.name}: more than {LONGEST_SHORT_WORD} signs") if too_long else found

    return meaning


def _words_of(spec: FieldSpec) -> Mapping[str, Meant]:
    return {folded(code): code for code in spec.codes} if spec.values is None else spec.values


def _codes(spec: FieldSpec) -> Callable[[str], Meaning]:
    """Our words for a cell: those of all of it where the mapping knows it whole, else those of its parts."""
    code, values = _code(spec), _words_of(spec)

    def meaning(text: str) -> Meaning:
        is_whole = not spec.split or folded(text) in values
        words = (text,) if is_whole else _parts(text, spec)
        found = {word: code(word) for word in words}
        codes = dict.fromkeys(ours for each in found.values() if each.value for ours in _each(each.value))
        odd = [word for word, each in found.items() if each.repaired]
        repaired = found[odd[0]].repaired if odd else ""
        return Meaning(Several(words, tuple(codes)), repaired, "" if is_whole else ", ".join(odd))

    return meaning


def _parts(text: str, spec: FieldSpec) -> tuple[str, ...]:
    parts = map(str.strip, text.split(spec.split))
    return tuple(part for part in parts if part and folded(part) not in spec.blank)


def _each(ours: Meant) -> tuple[str, ...]:
    return (ours,) if isinstance(ours, str) else ours


# ---- numbers ----------------------------------------------------------------------------------------


WHOLE = re.compile(r"([+-]?[0-9]{1,9})(?:\.0*)?")
YEARS_OF_BIRTH = range(1850, 2101)


def _number(spec: FieldSpec) -> Callable[[str], Meaning]:
    least, most = spec.whole_number

    def meaning(text: str) -> Meaning:
        whole = WHOLE.fullmatch(text)
        if whole is None:
            return Meaning(None, f"{spec.name}: not a whole number")
        number = int(whole[1])
        if least <= number <= most:
            return Meaning(number)
        hint = "; for a year of birth say born = true" if number in YEARS_OF_BIRTH else ""
        return Meaning(None, f"{spec.name}: not from {least} to {most}{hint}")

    return meaning


# ---- days -------------------------------------------------------------------------------------------


def _date(spec: FieldSpec) -> Callable[[str], Meaning]:
    formats = [_by_serial if each == SERIAL else _by_format(each, spec.years_until) for each in spec.dates]

    def meaning(text: str) -> Meaning:
        for day_in in formats:
            try:
                day = day_in(text)
            except (ValueError, OverflowError):
                continue
            if not EARLIEST <= day.on <= spec.latest:
                return Meaning(None, f"{spec.name}: a day before 1900 or still to come")
            return Meaning(day)
        return Meaning(None, f"{spec.name}: not a date as the mapping has it")

    return meaning


def _by_serial(text: str) -> Day:
    on = SERIAL_BEGINS + timedelta(days=int(float(text)))
    return Day(on, on)


def _by_format(date_format: str, years_until: int) -> Callable[[str], Day]:
    signs = _signs(date_format)
    short_year = "y" in signs and not signs & set("YGcx")

    def day_in(text: str) -> Day:
        on = datetime.strptime(text, date_format).date()  # noqa: DTZ007
        if short_year and on.year > years_until:
            on = on.replace(year=on.year - 100)
        return Day(on, _last_day(on, signs))

    return day_in


def _last_day(on: date, signs: set[str]) -> date:
    """The last day it may have been, by what the format tells."""
    if signs & set("djcxuwaA"):
        return on
    if signs & set("mbB"):
        return on.replace(day=calendar.monthrange(on.year, on.month)[1])
    return on.replace(month=12, day=31)


def _signs(date_format: str) -> set[str]:
    return set(re.findall("%([a-zA-Z])", date_format.replace("%%", "")))


def has_year(date_format: str) -> bool:
    """Tell whether a date format says in which year a day lies."""
    return bool(_signs(date_format) & set("yYGcx"))


MEANINGS: dict[FieldKind, Callable[[FieldSpec], Callable[[str], Meaning]]] = {
    FieldKind.TEXT: _text,
    FieldKind.WORD: _word,
    FieldKind.CODE: _code,
    FieldKind.CODES: _codes,
    FieldKind.DATE: _date,
    FieldKind.NUMBER: _number,
}
