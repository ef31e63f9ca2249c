"""What a document says, in the language spoken now and ready to be drawn: on pages, in CSV and on paper."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from flask_babel import gettext
from markupsafe import Markup

from oversight.kit.charts import HIDDEN, Bars, Chart, Intervals, Lines, Series, Value, chart
from oversight.kit.charts.look import hidden_word
from oversight.kit.i18n import alphabetical, current_language, local_number, local_share, t, with_detail
from oversight.reports.speaking import Both
from oversight.rules.words import N_

Json = Mapping[str, Any]
Row = tuple[str | None, ...]

NOTHING = "–"
"""Stands where there was nothing to count or to measure, which is not a zero."""
DRAWN_CHARTS_KEPT = 256


@dataclass(frozen=True)
class Reading:
    """One table. A row's first cell names it; a cell that is None is hidden. `total`: the last row is one."""

    id: str
    title: str
    definition: str
    says: str
    head: tuple[str, ...]
    rows: tuple[Row, ...]
    total: bool
    picture: Chart | None
    why_not: str
    unknown: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def hides(self) -> bool:
        """Whether a cell is hidden."""
        return any(cell is None for row in self.rows for cell in row)

    @property
    def marks(self) -> str:
        """What stands in its picture for a hidden number, where that is a mark and not the word alone."""
        match self.picture:
            case Bars(hides=True):
                return t(N_("A dashed outline stands for a hidden number. Its length says nothing."))
            case Lines(hides=True):
                return t(N_("A dashed line stands where a number is hidden."))
        return ""


def said(words: Both | None) -> str:
    """Words that are there in each language, in the one spoken now; nothing for nothing."""
    return words[current_language()] if words else ""


def tables_in(content: Json) -> Iterator[Json]:
    """Every table of a document."""
    return (table for chapter in content["chapters"] for table in chapter["tables"])


def glossary_of(content: Json) -> list[tuple[str, str]]:
    """Each word with what it means, by the alphabet of the language spoken now."""
    entries = [(said(entry["word"]), said(entry["means"])) for entry in content["glossary"]]
    return sorted(entries, key=lambda entry: alphabetical(entry[0]))


def reading_of(table: Json) -> Reading:
    """A table of the document, in words and written numbers."""
    return Reading(
        table["id"],
        said(table["title"]),
        said(table["definition"]),
        said(table["says"]),
        head_of(table),
        tuple(_written_rows(table)) if table["printable"] else (),
        table["column_totals"] is not None,
        _chart(table),
        said(table["why_not"]),
        tuple(map(_unknown, table["unknown"])),
        tuple(map(said, table["notes"])),
    )


def head_of(table: Json) -> tuple[str, ...]:
    """The words over the columns, that of the rows' names first."""
    totals = (_total(),) if table["row_totals"] is not None else ()
    return (said(table["head"]), *map(said, table["columns"]), *totals)


def numbers_of(table: Json) -> Iterator[tuple[str, list[Value]]]:
    """Each row's name and its numbers, then those of the totals: the table as it is shown."""
    hidden = {(row, column) for row, column in table["hidden"]}
    for i, name in enumerate(table["rows"]):
        cells = [HIDDEN if (i, j) in hidden else cell for j, cell in enumerate(table["cells"][i])]
        yield said(name), [*cells, *_hidden_if_none(table["row_totals"], i)]
    if table["column_totals"] is not None:
        sums = [HIDDEN if each is None else each for each in table["column_totals"]]
        corner = [HIDDEN if table["total"] is None else table["total"]]
        yield _total(), [*sums, *(corner if table["row_totals"] is not None else [])]


@lru_cache(DRAWN_CHARTS_KEPT)
def drawn(picture: Chart, _language: str) -> Markup:
    """The picture of a chart. Editions don't change, so each is drawn once in each language."""
    return chart(picture)


def _hidden_if_none(totals: Sequence[int | None] | None, row: int) -> list[Value]:
    if totals is None:
        return []
    total = totals[row]
    return [HIDDEN if total is None else total]


def _total() -> str:
    return str(gettext("Total"))


def _written_rows(table: Json) -> Iterator[Row]:
    kinds = [*table["kinds"], "count"]
    for name, numbers in numbers_of(table):
        yield (name, *(_written(number, kind) for number, kind in zip(numbers, kinds, strict=False)))


def _written(number: Value, kind: str) -> str | None:
    if number is HIDDEN:
        return None
    if number is None:
        return NOTHING
    return local_share(number) if kind == "share" else local_number(number)


def _unknown(unknown: Json) -> str:
    count, share = unknown["count"], unknown["share"]
    how_many = hidden_word() if count is None else local_number(count)
    if share is not None:
        how_many = f"{how_many} ({local_share(share)})"
    return with_detail(said(unknown["words"]), how_many)


def _chart(table: Json) -> Chart | None:
    plan = table["chart"]
    if plan is None or not table["printable"]:
        return None
    series = tuple(
        Series(said(table["columns"][column]), tuple(_values(table, plan, place, column)))
        for place, column in enumerate(plan["columns"])
    )
    is_share = all(table["kinds"][column] == "share" for column in plan["columns"])
    words = (said(table["title"]), said(table["says"]), tuple(map(said, table["rows"])), series, is_share)
    match plan["kind"]:
        case "lines":
            return Lines(*words)
        case "intervals":
            return Intervals(*words, reference=1, reference_words=gettext("as often as compared"))
        case kind:
            return Bars(*words, upright=kind == "upright", stacked=kind == "stacked")


def _values(table: Json, plan: Json, place: int, column: int) -> Iterator[Value]:
    for row, cells in enumerate(plan["cells"]):
        yield HIDDEN if [row, column] in table["hidden"] else cells[place]
