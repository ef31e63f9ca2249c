"""The fields of one section, drawn from its rows; every cell that was mended is noted."""

from collections.abc import Iterable, Iterator
from typing import Any

from oversight.importing.dirt import DirtBook, Kind
from oversight.importing.mapping import Section
from oversight.importing.mapping.vocabulary import Vocabulary
from oversight.importing.reading import Row
from oversight.importing.specs import FieldSpec
from oversight.importing.values import BLANK, Drawn, Several, reader

Fields = dict[str, Drawn]

LONGEST_WORD = 200
NOTHING_IN_IT = "nothing in it: nobody and nothing was made of it"


class Drawing:
    """Draws the fields of the rows of one file; `alias` names it in the list of what was mended."""

    def __init__(
        self,
        alias: str,
        fields: Iterable[FieldSpec],
        dirt: DirtBook,
        *,
        only_if: str = "",
        only_if_blank: str = "",
    ) -> None:
        self.alias, self._dirt = alias, dirt
        self._only_if, self._only_if_blank = only_if, only_if_blank
        self._columns = {spec.name: ", ".join(spec.columns) for spec in fields}
        self._keep_own = {spec.name for spec in fields if spec.keeps_own}
        self._readers = [(spec.name, reader(spec)) for spec in fields]

    @classmethod
    def of_section(cls, section: Section, dirt: DirtBook) -> "Drawing":
        """Return what draws a section's fields."""
        return cls(
            section.rows,
            tuple(section.fields.values()),
            dirt,
            only_if=section.only_if,
            only_if_blank=section.only_if_blank,
        )

    def rows(self, rows: dict[str, list[Row]]) -> Iterator[Row]:
        """The rows of a complaint that count for this section."""
        for row in rows.get(self.alias, ()):
            is_there = not self._only_if or row.cells[self._only_if]
            if is_there and not (self._only_if_blank and row.cells[self._only_if_blank]):
                yield row

    def of(self, row: Row, allowed: Vocabulary | None = None) -> Fields:
        """Draw every field of a row, and note what was mended; `allowed` as in `checked`."""
        return self.checked(row, self.drawn(row), allowed)

    def drawn(self, row: Row) -> Fields:
        """Draw every field of a row, and note nothing yet."""
        cells = row.cells
        return {name: read(cells) for name, read in self._readers}

    def checked(self, row: Row, drawn: Fields, allowed: Vocabulary | None = None) -> Fields:
        """Note what was mended. With `allowed`, a code that those rules lack is left blank."""
        for name, field in drawn.items():
            if field.repaired:
                self.mended(row, name, field.repaired, field.shown)
            if allowed and name in allowed:
                drawn[name] = fitting = _fitting(field, allowed[name])
                if fitting is not field:
                    self.mended(row, name, f"{name}: not a word of the rules of that day", field.cell)
        return drawn

    def mended(self, row: Row, name: str, reason: str, cell: str) -> None:
        """Note that a field was not taken as it stands in its cell."""
        column = self._columns.get(name, "")
        self._dirt.note(Kind.REPAIRED, self.alias, row.line, reason, column=column, value=cell)

    def left_out(self, row: Row) -> None:
        """Note that nothing was made of a row's cells, for nothing stands in them."""
        self._dirt.note(Kind.REPAIRED, self.alias, row.line, NOTHING_IN_IT)

    def refused(self, row: Row, reason: str) -> None:
        """Note that a row was left out, with all that stood in it."""
        self._dirt.note(Kind.REFUSED, self.alias, row.line, reason, row=row.cells)

    def flagged(self, row: Row, reason: str) -> None:
        """Note what is odd about a file that is brought in as it is."""
        self._dirt.note(Kind.FLAGGED, self.alias, row.line, reason)

    def merge(self, first: Fields, row: Row, later: Fields, reason: str) -> None:
        """Fill what `first` leaves blank from a later row about the same; a word that yields is noted."""
        for name, field in later.items():
            known = first.get(name, BLANK)
            fills = known.value is None and (field.value is not None or not known.own)
            stays, yields = (field, known) if fills else (known, field)
            first[name] = stays
            if yields.own and self._differ(name, yields, stays):
                self.mended(row, name, reason, yields.cell)

    def _differ(self, name: str, one: Drawn, other: Drawn) -> bool:
        """Two words for the same differ only where the words themselves are kept."""
        return one.value != other.value or (name in self._keep_own and one.own != other.own)

    def own_word(self, row: Row, name: str, drawn: Fields) -> str:
        """The office's own word for a field, cut where it is too long to be kept beside ours."""
        own = drawn[name].own if name in drawn else ""
        if len(own) > LONGEST_WORD:
            self.mended(row, name, f"{name}: the own word is longer than {LONGEST_WORD} letters; cut", own)
        return own[:LONGEST_WORD]


def _fitting(field: Drawn, words: frozenset[str]) -> Drawn:
    """The field itself where those rules know its codes, else without those they do not know."""
    known = field.value
    if isinstance(known, Several):
        codes = tuple(code for code in known.codes if code in words)
        return field if codes == known.codes else field._replace(value=Several(known.words, codes))
    return field if known is None or known in words else field._replace(value=None)


def value(drawn: Fields, name: str, default: Any = None) -> Any:
    """A field's value, or the default where it is blank or not mapped."""
    field = drawn.get(name)
    return default if field is None or field.value is None else field.value
