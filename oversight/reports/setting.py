"""One protected table as the JSON of a document: numbers, words in every language, its chart."""

from typing import Any

from oversight.figures.chapters import OverTime
from oversight.figures.disclosure.showing import Shown
from oversight.figures.figure import Figure, Unknown
from oversight.figures.wanted import SELF_IDENTIFIED_HERE, Level, Words
from oversight.figures.words import Word
from oversight.kit.i18n import current_language, local_list, t, with_detail
from oversight.reports.counting import VAGUE, Printed
from oversight.reports.sentences import says
from oversight.reports.speaking import Both, both, capitalised, in_each, month, word
from oversight.rules.words import N_

CHOICES: dict[str, str] = {
    Level.COMPLAINT: N_("each complaint once"),
    Level.ALLEGATION: N_("each allegation once"),
}
RACE_SOURCES: dict[str, str] = {
    SELF_IDENTIFIED_HERE: N_("Race is as people said of themselves on this office’s own form."),
    "self_identified": N_("Race is as people said of themselves to the office that kept the files."),
    "perceived": N_("Race is as somebody else perceived it and wrote it down."),
    "not_known": N_("Nobody wrote down how race became known: by the people themselves, or by others."),
}
CANT_BE_SHOWN = N_("Its numbers are small, or would give small ones away, so none of it is shown.")
SUMS_ALONE = N_("How these divide into %(columns)s is hidden, since the numbers are small.")
NOT_KNOWN_OF_ANY = N_("For none of them is it known which applies: %(columns)s.")
CONTRADICTS = N_(
    "An earlier edition counted the same files otherwise. Until that edition is corrected, nothing of this "
    "table is shown, since the difference could give small numbers away."
)

NUMBER = Word(N_("number"))

RECEIVED, CLOSED = 1, 3
"""The columns of the docket in which files come and go."""
MOST_SERIES = 5
MOST_COLUMNS = 7
"""A table with more columns than this is turned, if it has fewer rows."""
MOST_ROWS = 26
"""A chart with more bars than this would not fit on a page."""


def table_of(printed: Printed, titles: dict[str, str]) -> dict[str, Any]:
    """The JSON of a table. `titles`: what each history that was brought in is called, by its code."""
    shown, figure = printed.shown, printed.shown.figure
    table = {
        "id": printed.counted.id,
        "name": figure.table,
        "title": _title(printed),
        "definition": both(figure.definition),
        "head": both(printed.counted.table.head),
        "rows": _rows(printed),
        "columns": [word(each) for each in figure.columns],
        "kinds": _kinds(figure),
        "cells": [list(row) for row in shown.cells],
        "hidden": sorted(map(list, shown.hidden)),
        **_totals(shown),
        "printable": shown.printable,
        "why_not": _why_not(printed),
        "unknown": [_unknown(each) for each in shown.unknown if _is_told_beside(each)],
        "notes": _notes(figure, titles),
        "says": in_each(lambda: says(shown)),
        "chart": _chart(shown),
    }
    if _is_too_wide(figure):
        table = _turned(table)
    why = _why_sums_alone(table)
    return _sums_alone(table, why) if why else table


def _is_too_wide(figure: Figure) -> bool:
    return not figure.measures and MOST_COLUMNS < len(figure.columns) > len(figure.rows)


def _turned(table: dict[str, Any]) -> dict[str, Any]:
    """The table with its columns as rows. One so wide has too much in it for a chart."""
    return table | {
        "head": both(N_("What came of it")),
        "rows": table["columns"],
        "columns": table["rows"],
        "kinds": table["kinds"][:1] * len(table["rows"]),
        "cells": [list(column) for column in zip(*table["cells"], strict=True)],
        "hidden": sorted([j, i] for i, j in table["hidden"]),
        "row_totals": table["column_totals"],
        "column_totals": table["row_totals"],
        "chart": None,
    }


def _why_sums_alone(table: dict[str, Any]) -> str:
    """Why the columns of a table tell nothing that its sums don't; nothing where they do."""
    if not table["printable"] or not any(table["row_totals"] or ()):
        return ""
    if not any(cell for row in table["cells"] for cell in row):
        return SUMS_ALONE
    used = [any(cell != 0 for cell in column) for column in zip(*table["cells"], strict=True)]
    return NOT_KNOWN_OF_ANY if used == list(map(_is_vague, table["columns"])) else ""


def _sums_alone(table: dict[str, Any], why: str) -> dict[str, Any]:
    """The table with the sums of its rows in place of its columns."""
    sums = [[total] for total in table["row_totals"]]
    hidden = [[row, 0] for row, (total,) in enumerate(sums) if total is None]
    note = in_each(lambda: t(why, columns=_columns_named(table, why)))
    is_drawn = 1 < len(sums) <= MOST_ROWS and sum(bool(total) for (total,) in sums) > len(hidden)
    return table | {
        "columns": [word(NUMBER)],
        "kinds": ["count"],
        "cells": sums,
        "hidden": hidden,
        "row_totals": None,
        "column_totals": None if table["column_totals"] is None else [table["total"]],
        "total": None,
        "notes": [note, *table["notes"]],
        "chart": {"kind": "bars", "columns": [0], "cells": sums} if is_drawn else None,
    }


def _columns_named(table: dict[str, Any], why: str) -> str:
    names = [
        each[current_language()] for each in table["columns"] if why is SUMS_ALONE or not _is_vague(each)
    ]
    return local_list(names, "standard" if why is SUMS_ALONE else "or")


def _is_vague(name: Both) -> bool:
    return name["en"].casefold() in VAGUE


def _title(printed: Printed) -> Both:
    figure = printed.shown.figure
    level = CHOICES.get(str(figure.source.get("level")), "")
    return in_each(lambda: with_detail(t(figure.title), t(level)))


def _rows(printed: Printed) -> list[Both]:
    if printed.counted.table.over_time is OverTime.HAS_ROWS:
        return [month(each.text) for each in printed.shown.figure.rows]
    return [word(each) for each in printed.shown.figure.rows]


def _kinds(figure: Figure) -> list[str]:
    if not figure.measures:
        return ["count"] * len(figure.columns)
    return ["share" if measure.is_share else "measure" for measure in figure.measures]


def _totals(shown: Shown) -> dict[str, Any]:
    """Sums, where each makes sense: none over what stands in two rows, and none of a lone number."""
    figure = shown.figure
    across = figure.adds_across and not figure.measures and len(figure.columns) > 1
    down = figure.adds_down and not figure.measures and len(figure.rows) > 1
    return {
        "row_totals": list(shown.row_totals) if across else None,
        "column_totals": list(shown.column_totals) if down else None,
        "total": shown.total if across and down else None,
    }


def _why_not(printed: Printed) -> Both | None:
    if printed.shown.printable:
        return None
    return both(CONTRADICTS if printed.contradicts else CANT_BE_SHOWN)


def _is_told_beside(unknown: Unknown) -> bool:
    """Whether it is said beside the table: not where there is none, nor where a row of its own shows it."""
    return unknown.count != 0 and (unknown.row is None or unknown.of is not None)


def _unknown(unknown: Unknown) -> dict[str, Any]:
    return {
        "code": unknown.code,
        "words": in_each(lambda: capitalised(t(unknown.words))),
        "count": unknown.count,
        "share": unknown.share,
    }


def _notes(figure: Figure, titles: dict[str, str]) -> list[Both]:
    source = figure.source
    imports = source.get("imports")
    names = [titles.get(str(each), str(each)) for each in imports] if isinstance(imports, list) else []
    notes = []
    if names:
        kept = N_("Source: the files of %(names)s, and this office’s own.")
        alone = N_("Source: the files of %(names)s.")
        notes.append(both(kept if source.get("began_here") else alone, names=", ".join(names)))
        if source.get("words") == Words.OWN:
            notes.append(both(N_("The words are those of the office that kept the files.")))
    elif source.get("began_here"):
        notes.append(both(N_("Source: this office’s own files.")))
    if race := RACE_SOURCES.get(str(source.get("race"))):
        notes.append(both(race))
    if benchmark := source.get("benchmark"):
        notes.append(both(N_("The population is that of: %(benchmark)s."), benchmark=benchmark))
    return notes


# --- charts -----------------------------------------------------------------------------------------


def _chart(shown: Shown) -> dict[str, Any] | None:
    """What a chart of the table shows; None where one would show nothing, or too much."""
    figure = shown.figure
    if figure.interval is not None:
        if all(row[figure.interval[1]] is None for row in shown.cells):
            return None
        return _drawn("intervals", shown, list(figure.interval))
    if not shown.printable or not 2 <= len(figure.rows) <= MOST_ROWS or not _has_bars(shown):
        return None
    if figure.is_stock:
        flows = [column for column in (RECEIVED, CLOSED) if _is_mostly_shown(shown, column)]
        # A line that breaks off says less than a bar for each month.
        return _drawn("lines" if len(flows) > 1 else "upright", shown, flows) if flows else None
    if figure.measures:
        return None
    columns = [j for j, column in enumerate(zip(*shown.cells, strict=True)) if column != (0,) * len(column)]
    if len(columns) > MOST_SERIES:
        return None
    return _drawn("stacked" if figure.adds_across and len(columns) > 1 else "bars", shown, columns)


def _has_bars(shown: Shown) -> bool:
    """Whether there is more to draw than to hide."""
    return sum(bool(cell) for row in shown.cells for cell in row) > len(shown.hidden)


def _is_mostly_shown(shown: Shown, column: int) -> bool:
    """Whether a line of it would have few gaps."""
    return 3 * sum(row[column] is None for row in shown.cells) <= len(shown.cells)


def _drawn(kind: str, shown: Shown, columns: list[int]) -> dict[str, Any]:
    return {"kind": kind, "columns": columns, "cells": [[row[j] for j in columns] for row in shown.cells]}
