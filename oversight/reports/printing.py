"""A document on paper: in one language, from what the document says and nothing else."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from flask import render_template

from oversight.kit.charts import Bars, Chart
from oversight.kit.charts.kinds import numbers
from oversight.kit.i18n import current_language, in_language, local_day, t
from oversight.kit.pdf import render_pdf
from oversight.reports.reading import drawn, glossary_of, reading_of, said, tables_in
from oversight.reports.speaking import Both
from oversight.rules.words import N_

DEMO = N_("DEMO")
NOT_ISSUED = N_("NOT ISSUED")
MOST_TABLES = N_("This goes for most tables.")

MOST_ROWS_OF_A_PAIR = 14
"""Two tables longer than this don't stand side by side: together they would hardly find room."""
NAME_AND_NUMBER = 2


def pdf_of(content: Mapping[str, Any], lang: str, *, issued: bool) -> bytes:
    """The document as a PDF: the same bytes for the same document. One that is not `issued` says so."""
    with in_language(lang):
        edition = {**_in_words(content), "issued": issued}
        mark = DEMO if content["demo"] else "" if issued else NOT_ISSUED
        html = render_template("reports/pdf/edition.html", edition=edition, language=lang)
        return render_pdf(
            html,
            lang=lang,
            title=f"{edition['title']}, {edition['period']}",
            author=edition["office"],
            paper=content["paper"],
            made_on=date.fromisoformat(content["counted_on"]),
            watermark=t(mark),
        )


def _in_words(content: Mapping[str, Any]) -> dict[str, Any]:
    """The document in the language spoken now, as its templates are given it."""
    rule = content["small_numbers"]
    sources, chapters = printed_parts(content)
    words: dict[str, Any] = _spoken(
        {
            name: content[name]
            for name in ("title", "office", "message", "changes", "glance", "methods", "limits")
        }
    )
    return {
        **words,
        "period": said(content["period"]["words"]),
        "number": content["number"],
        "counted_on": local_day(date.fromisoformat(content["counted_on"])),
        "demo": content["demo"],
        "threshold": rule["threshold"],
        "floor": rule["floor"],
        "sources": sources,
        "chapters": chapters,
        "outcomes": [
            {**_spoken(each), "published_on": local_day(date.fromisoformat(each["published_on"]))}
            for each in content["outcomes"]
        ],
        "overdue": _spoken(content["overdue"]),
        "glossary": [{"word": word, "means": means} for word, means in glossary_of(content)],
    }


def printed_parts(content: Mapping[str, Any]) -> tuple[list[str], list[dict[str, Any]]]:
    """(where the figures come from, the chapters with those of their tables that can be printed)."""
    noted = [table["notes"] for table in tables_in(content) if table["printable"]]
    sources = _said_once(noted)
    said_once = [
        said(note) if all(note in notes for notes in noted) else f"{said(note)} {t(MOST_TABLES)}"
        for note in sources
    ]
    return said_once, list(_chapters(content, sources))


def _said_once(noted: Sequence[Sequence[Both]]) -> list[Both]:
    """Notes that stand at most of the tables: on paper they are said once."""
    each_once = {note["en"]: note for notes in noted for note in notes}.values()
    enough = max(2, len(noted) // 2 + 1)
    return [note for note in each_once if sum(note in notes for notes in noted) >= enough]


def _chapters(content: Mapping[str, Any], sources: Sequence[Both]) -> Iterator[dict[str, Any]]:
    """The chapters with what can be printed of them; the tables that can't be are named in the methods."""
    for chapter in content["chapters"]:
        tables = [_table(table, sources) for table in chapter["tables"] if table["printable"]]
        if tables:
            title, lead = said(chapter["title"]), said(chapter["lead"])
            yield {
                "id": chapter["id"],
                "title": title,
                "lead": lead,
                "tables": tables,
                "abreast": list(side_by_side(tables)),
            }


def side_by_side(tables: Sequence[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    """Each table by itself, but two that are slim and follow one another together."""
    waiting: list[dict[str, Any]] = []
    for table in tables:
        if waiting and not (_is_slim(table) and _is_slim(waiting[0])):
            yield waiting
            waiting = []
        waiting.append(table)
        if len(waiting) > 1 or not _is_slim(table):
            yield waiting
            waiting = []
    if waiting:
        yield waiting


def _is_slim(table: Mapping[str, Any]) -> bool:
    """Whether half of the column is room enough: one number to a row, few rows, no chart."""
    return (
        len(table["head"]) == NAME_AND_NUMBER
        and len(table["rows"]) <= MOST_ROWS_OF_A_PAIR
        and not (table["drawn"] or table["bars"])
    )


def _table(table: Mapping[str, Any], sources: Sequence[Both]) -> dict[str, Any]:
    reading = reading_of(table)
    bars = _bars(reading.picture) if len(reading.head) == NAME_AND_NUMBER else []
    picture = None if bars else reading.picture
    return {
        "id": reading.id,
        "title": reading.title,
        "definition": reading.definition,
        "says": reading.says,
        "drawn": drawn(picture, current_language()) if picture else None,
        "bars": bars,
        "marks": reading.marks if picture else "",
        "head": reading.head,
        "rows": reading.rows,
        "total": reading.total,
        "notes": [
            *(f"{each}." for each in reading.unknown),
            *(said(each) for each in table["notes"] if each not in sources),
        ],
    }


def _bars(picture: Chart | None) -> list[float]:
    """How long each bar is, as a part of the longest, where they can stand in the table itself."""
    if not isinstance(picture, Bars):
        return []
    (series,) = picture.series
    longest = max(numbers(series.values))
    return [value / longest if isinstance(value, int | float) else 0 for value in series.values]


def _spoken(value: Any) -> Any:
    """The value with every text that is there in each language in the one spoken now."""
    if isinstance(value, dict):
        if value.keys() == {"en", "fr"}:
            return said(value)
        return {name: _spoken(each) for name, each in value.items()}
    return [_spoken(each) for each in value] if isinstance(value, list) else value
