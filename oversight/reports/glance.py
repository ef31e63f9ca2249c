"""At a glance: six numbers of the edition, each with what it means, made of what its tables show."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from oversight.figures.disclosure.showing import Shown, is_surely_most
from oversight.figures.words import LAST, OTHER_WORDS, Word
from oversight.kit.i18n import local_number, local_share, t
from oversight.reports.counting import Printed
from oversight.reports.speaking import both, in_each
from oversight.rules.words import N_

HOW_MANY = 6

Fact = dict[str, Any]
Tables = Mapping[str, Shown]


def at_a_glance(
    printed: Sequence[Printed], overdue: Mapping[str, Any], outcomes: Sequence[object]
) -> list[Fact]:
    """The first six that the tables give, the most telling first; what is hidden is never among them."""
    tables: dict[str, Shown] = {}
    for each in sorted(printed, key=lambda each: not each.shown.figure.adds_down):
        tables.setdefault(each.shown.figure.table, each.shown)
    facts = [*_from_tables(tables), *_from_lists(overdue, outcomes)]
    return sorted(facts, key=lambda fact: not fact.pop("counts"))[:HOW_MANY]


def _from_tables(tables: Tables) -> Iterator[Fact]:
    for table, facts in FACTS:
        if (shown := tables.get(table)) is not None and shown.printable:
            yield from facts(shown)


def _from_lists(overdue: Mapping[str, Any], outcomes: Sequence[object]) -> Iterator[Fact]:
    if overdue["count"] is not None:
        what = N_("files past a deadline on the last day")
        means = (
            N_("Each is listed in this report with the reason.")
            if overdue["count"]
            else N_("There was none.")
        )
        yield _number("overdue", overdue["count"], what, means)
    what = N_("outcomes published")
    means = (
        N_("Each is a summary of one complaint that names nobody, for anyone to read.")
        if outcomes
        else N_("None came out in this period.")
    )
    yield _number("outcomes", len(outcomes), what, means)


def _received(shown: Shown) -> Iterator[Fact]:
    if shown.total is not None:
        what, means = (
            N_("complaints received"),
            N_("Each is one file, however many people complained together."),
        )
        yield _number("received", shown.total, what, means)


def _closed(shown: Shown) -> Iterator[Fact]:
    if shown.total is not None and _all_known(shown):
        what = N_("complaints closed")
        yield _number(
            "closed", shown.total, what, N_("They came to an ending in the period, whichever it was.")
        )


def _open(shown: Shown) -> Iterator[Fact]:
    closing = shown.cells[-1][-1]
    if closing is not None and _all_known(shown):
        what, means = N_("complaints open at the end"), N_("Somebody waits for each of them.")
        yield _number("open", closing, what, means)


def _sustained(shown: Shown) -> Iterator[Fact]:
    if not _is_of_all(shown) or not shown.total or (sustained := shown.column_totals[0]) is None:
        return
    what = N_("of complaints sustained")
    means = N_("Of %(total)s complaints with an allegation. It is what could be shown, not what happened.")
    yield _share("sustained", sustained, shown.total, what, means)


def _median(shown: Shown) -> Iterator[Fact]:
    median = shown.cells[-1][1]
    if median is not None and _all_known(shown):
        what = N_("days from received to closed")
        yield _number("median", median, what, N_("Half of the files took longer, half were done sooner."))


def _alleged(shown: Shown) -> Iterator[Fact]:
    if shown.total is not None:
        what, means = N_("allegations made"), N_("A complaint may hold several, each with its own finding.")
        yield _number("alleged", shown.total, what, means)


def _alleged_most(shown: Shown) -> Iterator[Fact]:
    means = N_("Alleged most often: %(part)s of %(total)s allegations.")
    what = N_("of allegations are of “%(row)s”")
    yield from _most("alleged_most", shown, shown.figure.rows, shown.row_totals, what, means)


def _found_most(shown: Shown) -> Iterator[Fact]:
    means = N_("They came to this most often: %(part)s of %(total)s.")
    what = N_("of allegations came to “%(row)s”")
    yield from _most("found_most", shown, shown.figure.columns, shown.column_totals, what, means)


def _from_where_most(shown: Shown) -> Iterator[Fact]:
    means = N_("More are about this area than about any other: %(part)s of %(total)s.")
    what = N_("of complaints are about area “%(row)s”")
    yield from _most("from_where_most", shown, shown.figure.rows, shown.row_totals, what, means)


def _kinds(shown: Shown) -> Iterator[Fact]:
    what, means = N_("kinds of allegation"), N_("Each has a row of its own in this report.")
    kinds = [word for word in shown.figure.rows if word not in (*LAST, OTHER_WORDS)]
    yield _number("kinds", len(kinds), what, means)


def _most(
    code: str, shown: Shown, of: Sequence[Word], numbers: Sequence[int | None], what: str, means: str
) -> Iterator[Fact]:
    """The one of which there are most, if it is one alone, says something, and no hidden one can be more."""
    known = [number for number in numbers if number is not None]
    most = max(known, default=0)
    if not shown.total or not most or known.count(most) > 1 or not is_surely_most(most, known, shown.total):
        return
    if (word := of[numbers.index(most)]) not in LAST:
        yield _share(code, most, shown.total, what, means, word)


def _sustained_allegations(shown: Shown) -> Iterator[Fact]:
    sustained = shown.column_totals[0]
    if sustained is not None:
        what, means = N_("allegations sustained"), N_("It is what could be shown, not what happened.")
        yield _number("sustained_allegations", sustained, what, means)


def _officers(shown: Shown) -> Iterator[Fact]:
    if shown.total is not None:
        what = N_("officers of whom something was alleged")
        means = N_("Only those who are known from one file to the next can be counted.")
        yield _number("officers", shown.total, what, means)


def _without_race(shown: Shown) -> Iterator[Fact]:
    if not _is_of_all(shown) or not shown.total:
        return
    unknown = next((each for each in shown.unknown if each.code == "none_given"), None)
    if unknown is not None and unknown.count is not None:
        what = N_("of complaints in which nobody’s race is given")
        means = N_(
            "Of %(total)s complaints with an allegation. The more there are, the less a share by race says."
        )
        yield _share("without_race", unknown.count, shown.total, what, means)


def _deadlines(shown: Shown) -> Iterator[Fact]:
    if not shown.total or (kept := shown.column_totals[0]) is None:
        return
    what, means = N_("of deadlines kept"), N_("Of %(total)s whose last day fell in the period.")
    yield _share("deadlines", kept, shown.total, what, means)


def _panels(shown: Shown) -> Iterator[Fact]:
    panels = shown.cells[0][0]
    if panels is not None:
        what, means = (
            N_("panels drawn"),
            N_("People from outside the police, drawn by lot, read these complaints."),
        )
        yield _number("panels", panels, what, means)


def _is_of_all(shown: Shown) -> bool:
    """Whether race could become known of every file in the way that this table is of."""
    return any(unknown.code == "other_source" and unknown.count == 0 for unknown in shown.unknown)


def _all_known(shown: Shown) -> bool:
    """Whether nothing was left out for being unknown."""
    return all(unknown.count == 0 for unknown in shown.unknown)


def _number(code: str, number: int | float, what: str, means: str) -> Fact:
    return {
        "code": code,
        "number": in_each(lambda: local_number(number)),
        "what": both(what),
        "means": both(means),
        "counts": bool(number),
    }


def _share(code: str, part: int, total: int, what: str, means: str, row: Word | None = None) -> Fact:
    return {
        "code": code,
        "number": in_each(lambda: local_share(part / total)),
        "what": in_each(lambda: t(what, row=row.said()) if row else t(what)),
        "means": in_each(lambda: t(means, part=local_number(part), total=local_number(total))),
        "counts": bool(part),
    }


FACTS: tuple[tuple[str, Callable[[Shown], Iterator[Fact]]], ...] = (
    ("received-by-year", _received),
    ("endings", _closed),
    ("stock-by-month", _open),
    ("findings-by-race", _sustained),
    ("days-to-close-by-year", _median),
    ("deadlines", _deadlines),
    ("allegations-by-duty", _alleged),
    ("corrective-action", _sustained_allegations),
    ("findings-by-race", _without_race),
    ("allegations-by-duty", _alleged_most),
    ("allegations-per-officer", _officers),
    ("civilian-review", _panels),
    ("findings-by-allegation", _found_most),
    ("intake-by-area", _from_where_most),
    ("allegations-by-duty", _kinds),
)
"""What each table gives, the most telling first."""
