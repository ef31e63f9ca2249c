"""Editions brought to where a test begins, by the actions that really lead there; their documents made up."""

import uuid
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from oversight.figures.periods import Period
from oversight.kit.db import writing
from oversight.reports.actions import (
    begin_building,
    issue_edition,
    keep_built,
    propose_edition,
    refuse_edition,
)
from oversight.reports.queries import issued_beside
from tests.cast import BEA, PAULA, Person, the
from tests.factories import AT, filed

PLACE = "alberta"
PDFS = {"en": b"%PDF-1.7 in English", "fr": b"%PDF-1.7 en fran\xc3\xa7ais"}
CHANGES = {"en": "The year was wrong.", "fr": "⟦The year was wrong.⟧"}
MESSAGE = {"en": "We were late.\n\nWe are sorry.", "fr": "⟦We were late.⟧\n\n⟦We are sorry.⟧", "by": "Bea"}


def edition_in(
    state: str,
    period: str = "2025-H1",
    *,
    content: Mapping[str, Any] | None = None,
    by: Person = PAULA,
    second: Person = BEA,
    at: datetime = AT,
    changes: Mapping[str, str] | None = None,
    message: Mapping[str, str] = MESSAGE,
) -> uuid.UUID:
    """The id of an edition in that state: waiting, building, ready, refused or issued."""
    proposer, approver = the(by), the(second)
    span = Period.parse(period)
    with writing():
        edition = propose_edition(
            span, by=proposer, at=at, place=PLACE, demo=False, message=message, changes=changes
        )
        edition_id, number = edition.id, edition.number
    if state == "waiting":
        return edition_id
    with writing():
        begin_building(edition_id, at=at)
    if state == "refused":
        with writing():
            refuse_edition(edition_id, {"en": "Row 2 of docket.", "fr": "⟦Row 2 of docket.⟧"}, at=at)
    if state in ("ready", "issued"):
        with writing():
            others = [str(each.id) for each in issued_beside(PLACE, span)]
            frozen = dict(content or document(period, number, changes))
            keep_built(edition_id, frozen, {}, others, PDFS, at=at)
    if state == "issued":
        with writing():
            issue_edition(edition_id, by=approver, at=at)
    return edition_id


def file_of(period: str) -> None:
    """Have a complaint received on the first day of the period, without which there is no edition."""
    filed(received_on=Period.parse(period).first)


# --- the document ------------------------------------------------------------------------------------


def both(words: str) -> dict[str, str]:
    """Words in both languages; the French ones bear the brackets by which pages are searched for English."""
    return {"en": words, "fr": f"⟦{words}⟧"}


def document(
    period: str = "2025-H1", number: int = 1, changes: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """A document with a table of each kind."""
    span = Period.parse(period)
    return {
        "title": both("Complaints"),
        "office": both("The office"),
        "place": PLACE,
        "demo": False,
        "paper": "Letter",
        "period": {
            "name": period,
            "words": both(f"The time {period}"),
            "first": span.first.isoformat(),
            "last": span.last.isoformat(),
        },
        "number": number,
        "counted_on": date(2026, 11, 2).isoformat(),
        "address": "",
        "small_numbers": {"threshold": 10, "floor": 5},
        "message": None,
        "changes": [dict(changes)] if changes else [],
        "glance": [_glance(str(number)) for number in range(101, 107)],
        "chapters": [
            _chapter("docket", "The files", docket()),
            _chapter("found", "What was found", found(), unprintable()),
            _chapter("time", "How long it took", lengths()),
            _chapter("race", "Findings and race", by_race()),
        ],
        "outcomes": [
            {
                "reference": "BBBB-BBBB",
                "published_on": span.first.isoformat(),
                "about": both("Neglect of duty"),
                "finding": both("Sustained"),
                "url": "/outcomes/BBBB-BBBB",
            }
        ],
        "overdue": {"count": 12, "files": [_late()], "says": both("These 12 files were late.")},
        "methods": [{"title": both("What a number counts"), "paragraphs": [both("Complaints.")]}],
        "limits": [both("They count complaints, not conduct.")],
        "glossary": [{"word": both("Median"), "means": both("The middle.")}],
    }


def table(id_: str, title: str, **more: Any) -> dict[str, Any]:
    """A table with what every table has."""
    usual: dict[str, Any] = {
        "id": id_,
        "name": id_,
        "title": both(title),
        "definition": both(f"What is counted of {title}."),
        "head": both("Kind"),
        "hidden": [],
        "row_totals": None,
        "column_totals": None,
        "total": None,
        "printable": True,
        "why_not": None,
        "unknown": [],
        "notes": [both("Source: this office’s own files.")],
        "says": both(f"What stands out of {title}."),
        "chart": None,
    }
    return {**usual, **more}


def docket() -> dict[str, Any]:
    """Stocks and flows by month, with lines."""
    cells = [[1234, 20, 0, 14, 1240], [1240, 31, 0, 11, 1260]]
    return table(
        "docket",
        "The docket by month",
        rows=[both("April"), both("May")],
        columns=[both(each) for each in ("Opening", "Received", "Reopened", "Closed", "Closing")],
        kinds=["count"] * 5,
        cells=cells,
        chart={"kind": "lines", "columns": [1, 3], "cells": [[row[1], row[3]] for row in cells]},
    )


def found() -> dict[str, Any]:
    """Counts with totals, a zero, hidden numbers, what is not known, and a row that looks like a formula."""
    cells = [[None, 18, 30], [None, 22, 25], [0, 10, 10]]
    return table(
        "found",
        "Findings",
        rows=[both("=Neglect"), both("Deceit"), both("Other")],
        columns=[both("Sustained"), both("Not sustained"), both("Pending")],
        kinds=["count"] * 3,
        cells=cells,
        hidden=[[0, 0], [1, 0]],
        row_totals=[None, None, 20],
        column_totals=[12, 50, 65],
        total=127,
        unknown=[{"code": "none", "words": both("No finding"), "count": 14, "share": 0.1102}],
        chart={"kind": "stacked", "columns": [0, 1, 2], "cells": cells},
    )


def unprintable() -> dict[str, Any]:
    """A table that could not be made safe."""
    return table(
        "unprintable",
        "Too few",
        rows=[both("One")],
        columns=[both("Number")],
        kinds=["count"],
        cells=[[None]],
        hidden=[[0, 0]],
        printable=False,
        why_not=both("None of it can be shown."),
    )


def lengths() -> dict[str, Any]:
    """Measures and shares; nothing was there to measure in the second row."""
    return table(
        "lengths",
        "Days to close",
        rows=[both("The first"), both("The second")],
        columns=[both("Files"), both("Median"), both("Within the target")],
        kinds=["count", "measure", "share"],
        cells=[[1150, 181.5, 0.2137], [0, None, None]],
    )


def by_race() -> dict[str, Any]:
    """Counts by race."""
    return table(
        "findings-by-race-self-identified-here",
        "Findings by race",
        rows=[both("Black"), both("none given")],
        columns=[both("Sustained")],
        kinds=["count"],
        cells=[[40], [81]],
        column_totals=[121],
        chart={"kind": "bars", "columns": [0], "cells": [[40], [81]]},
    )


def _glance(number: str) -> dict[str, Any]:
    return {"code": number, "number": both(number), "what": both("files"), "means": both("So it was.")}


def _chapter(id_: str, title: str, *tables: dict[str, Any]) -> dict[str, Any]:
    return {"id": id_, "title": both(title), "lead": both(f"About {title}."), "tables": list(tables)}


def _late() -> dict[str, Any]:
    names = ("received", "stage", "deadline", "late", "reason")
    return {name: both(f"The {name}") for name in names}
