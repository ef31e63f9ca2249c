"""The document of an edition: all that is ever printed or shown of it, as plain JSON.

PDF and pages are drawn from it alone. Whatever people read is there in every language (`{"en": …, "fr": …}`,
called *both* below), so that a later translation changes no edition. Days are ISO dates. A `null` number was
not shown: hidden, or nothing was there to measure. Nothing in it says what a hidden number is.

    title, office: both          place: code             demo: bool         paper: Letter | A4
    period       {name: "2026-H1", words: both, first, last}
    number       1, and one more for each correction     counted_on: day    address: the office's site
    small_numbers {threshold, floor}
    message      {by: name, paragraphs: [both]} or null
    changes      [both]: what a correction changes; empty in a first edition
    glance       at most six of {code, number: both, what: both, means: both}
    chapters     [{id, title: both, lead: both, tables: [table]}]
    outcomes     [{reference, published_on, about: both, finding: both, url}]
    overdue      {count: int or null, files: [{received, stage, deadline, late, reason: both}], says: both}
    methods      [{title: both, paragraphs: [both], listed: [both]}]
    limits       [both]
    glossary     [{word: both, means: both}], in the order of the English words

A *table*:

    id           its name, and its choice where there are several of it; unique in the document
    name         its name in `figures.tables`
    title, definition: both
    head         both: what the rows are called, the head of the first column
    rows, columns: [both]
    kinds        one for each column: count | measure | share (a part of one)
    cells        [[number or null]], row by row
    hidden       [[row, column]]: the cells that are null because they are hidden
    row_totals, column_totals: [int or null]; null as a whole where a sum would make no sense
    total        int or null
    printable    false where nothing of it could be shown safely; then every number is null
    why_not      both, or null
    unknown      [{code, words: both, count: int or null, share: number or null}]
    notes        [both]: where it comes from, and what was left out
    says         both: the sentence that tells what its chart shows
    chart        {kind: bars | stacked | lines | intervals, columns: [indices], cells: [[number or null]]}
                 or null; the columns that are drawn with their cells, row by row. The columns of intervals
                 are the least, the middle and the most, and what they are compared with is 1
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import select

from oversight.casework.models import ImportBatch
from oversight.figures.chapters import Chapter
from oversight.figures.disclosure.releases import Release
from oversight.figures.periods import Period
from oversight.figures.register import Table
from oversight.figures.wanted import Wanted
from oversight.kit.db import session
from oversight.reports.counting import (
    Printed,
    Progress,
    counted_tables,
    has_something_to_say,
    protected_tables,
)
from oversight.reports.glance import at_a_glance
from oversight.reports.late_lists import Before, LateList, safe_beside_lists
from oversight.reports.outcomes import outcomes_published
from oversight.reports.overdue import overdue
from oversight.reports.setting import table_of
from oversight.reports.speaking import Both, both, paragraphs, period_words
from oversight.reports.standing import GLOSSARY, LIMITS, METHODS
from oversight.rules.rulebook import Rulebook, SmallNumbers
from oversight.rules.words import N_

LEFT_OUT = (
    N_("Tables with nothing to say"),
    N_("These would have had nothing to count in this period, or too little that is known to be of use."),
)
WITHHELD = (
    N_("Tables that are not shown"),
    N_("The numbers in these are small, or would give small ones away. None of it is printed."),
)
DISPUTED = (
    N_("Tables that an earlier edition counts otherwise"),
    N_(
        "Files were put right since an earlier edition, so not all that it says in these tables can be true "
        "together with this edition. Small numbers are hidden from readers who go by either of the two."
    ),
)
TITLE = N_("Complaints about the police, and what became of them")


@dataclass(frozen=True)
class Asked:
    """Which edition is to be written: what people typed for it, and where it will stand.

    `message` and `changes` are as an Edition has them; `on` is the day of counting.
    """

    period: Period
    number: int
    book: Rulebook
    on: date
    address: str
    demo: bool
    message: Mapping[str, str]
    changes: Mapping[str, str]

    @property
    def wanted(self) -> Wanted:
        """The period as figures are asked for it."""
        return Wanted(self.period, on=self.on, zone=self.book.time_zone)


def written(
    asked: Asked, before: Before, *, tell: Progress
) -> tuple[dict[str, Any], dict[str, Release], LateList | None]:
    """(the document, what each of its tables tells whoever reckons, its list of late files if it has one).

    Raises CannotReport. `before`: what issued editions about nearby times said.
    """
    rule = asked.book.small_numbers
    every = counted_tables(asked.period, on=asked.on, zone=asked.book.time_zone, tell=tell)
    left_out = [each.table for each in every if not has_something_to_say(each.figure)]
    printed = protected_tables(every, asked.period, rule, before.tables)
    beside = safe_beside_lists({each.counted.id: each.shown for each in printed}, before.lists, rule)
    printed = [replace(each, shown=beside[each.counted.id]) for each in printed]
    since, until = asked.wanted.moments
    said = {each.counted.id: each.shown.release for each in printed}
    late, listed = overdue(asked.period.last, until, rule=rule, said=said, before=before)
    outcomes = outcomes_published(since, until, zone=asked.book.time_zone, address=asked.address)
    content = {
        **_front(asked),
        "glance": at_a_glance(printed, late, outcomes),
        "chapters": _chapters(printed),
        "outcomes": outcomes,
        "overdue": late,
        **_standing(rule),
    }
    disputed = [each.counted.table for each in printed if each.is_disputed]
    content["methods"] += [
        *_listed(WITHHELD, _withheld(content)),
        *_listed(DISPUTED, _titles(disputed)),
        *_listed(LEFT_OUT, _titles(left_out)),
    ]
    return content, said, listed


def _front(asked: Asked) -> dict[str, Any]:
    period, message = asked.period, asked.message
    told = paragraphs(message)
    return {
        "title": both(TITLE),
        "office": both(asked.book.office.name),
        "place": asked.book.place,
        "demo": asked.demo,
        "paper": asked.book.office.paper,
        "period": {
            "name": period.name,
            "words": period_words(period),
            "first": period.first.isoformat(),
            "last": period.last.isoformat(),
        },
        "number": asked.number,
        "counted_on": asked.on.isoformat(),
        "address": asked.address,
        "small_numbers": {
            "threshold": asked.book.small_numbers.threshold,
            "floor": asked.book.small_numbers.floor,
        },
        "message": {"by": message.get("by", ""), "paragraphs": told} if told else None,
        "changes": paragraphs(asked.changes),
    }


def _chapters(printed: Sequence[Printed]) -> list[dict[str, Any]]:
    titles = dict(session().execute(select(ImportBatch.source, ImportBatch.title)).all())
    chapters = []
    for chapter in Chapter:
        its = (each for each in printed if each.counted.table.chapter is chapter)
        # A lone number is no table: it stands at a glance.
        tables = [table_of(each, titles) for each in its if not each.shown.figure.is_lone_number]
        if tables:
            heading = chapter.value
            title, lead = both(heading.title), both(heading.lead)
            chapters.append({"id": chapter.name.lower(), "title": title, "lead": lead, "tables": tables})
    return chapters


def _standing(rule: SmallNumbers) -> dict[str, Any]:
    """What every report says in the same words."""
    numbers = {"most": rule.threshold - 1, "floor": rule.floor}
    return {
        "methods": [
            {"title": both(title), "paragraphs": [both(each, **numbers) for each in texts], "listed": []}
            for title, texts in METHODS
        ],
        "limits": [both(each) for each in LIMITS],
        "glossary": [_entry(word, means) for word, means in GLOSSARY],
    }


def _withheld(content: dict[str, Any]) -> list[Both]:
    tables = (table for chapter in content["chapters"] for table in chapter["tables"])
    return [table["title"] for table in tables if not table["printable"]]


def _titles(tables: Sequence[Table]) -> list[Both]:
    return [both(title) for title in dict.fromkeys(table.title for table in tables)]


def _listed(texts: tuple[str, str], titles: Sequence[Both]) -> list[dict[str, Any]]:
    """What is missing from the report, and why; nothing where nothing is."""
    title, why = texts
    return [{"title": both(title), "paragraphs": [both(why)], "listed": list(titles)}] if titles else []


def _entry(word: str, means: str) -> dict[str, Both]:
    return {"word": both(word), "means": both(means)}
