"""At a glance: six numbers of the edition, each with what it means, made of what its tables show."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from oversight.figures.showing import Shown
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
    for each in printed:
        tables.setdefault(each.shown.figure.table, each.shown)
    found = [*_from_tables(tables), *_from_lists(overdue, outcomes), *_also(tables)]
    return found[:HOW_MANY]


def _from_tables(tables: Tables) -> Iterator[Fact]:
    yield from _received(tables.get("received-by-year"))
    yield from _closed(tables.get("endings"))
    yield from _open(tables.get("stock-by-month"))
    yield from _sustained(tables.get("findings-by-race"))
    yield from _median(tables.get("days-to-close-by-year"))


def _from_lists(overdue: Mapping[str, Any], outcomes: Sequence[object]) -> Iterator[Fact]:
    if overdue["count"] is not None:
        what = N_("files past a deadline on the last day")
        means = (
            N_("Each is listed in this report with the reason.")
            if overdue["count"]
            else N_("There was none.")
        )
        yield _number("overdue", overdue["count"], what, means)
    yield _number(
        "outcomes",
        len(outcomes),
        N_("outcomes published"),
        N_("Each is a summary of one complaint that names nobody, for anyone to read."),
    )


def _also(tables: Tables) -> Iterator[Fact]:
    yield from _alleged(tables.get("allegations-by-duty"))
    yield from _without_race(tables.get("findings-by-race"))
    yield from _deadlines(tables.get("deadlines"))
    yield from _panels(tables.get("civilian-review"))


def _received(shown: Shown | None) -> Iterator[Fact]:
    if shown is not None and shown.total is not None:
        what, means = (
            N_("complaints received"),
            N_("Each is one file, however many people complained together."),
        )
        yield _number("received", shown.total, what, means)


def _closed(shown: Shown | None) -> Iterator[Fact]:
    if shown is not None and shown.total is not None and _all_known(shown):
        what = N_("complaints closed")
        yield _number(
            "closed", shown.total, what, N_("They came to an ending in the period, whichever it was.")
        )


def _open(shown: Shown | None) -> Iterator[Fact]:
    closing = shown.cells[-1][-1] if shown is not None and shown.printable and _all_known(shown) else None
    if closing is not None:
        what, means = N_("complaints open at the end"), N_("Somebody waits for each of them.")
        yield _number("open", closing, what, means)


def _sustained(shown: Shown | None) -> Iterator[Fact]:
    if shown is None or not shown.total or (sustained := shown.column_totals[0]) is None:
        return
    what = N_("of complaints sustained")
    means = N_("Of %(total)s complaints with an allegation. It is what could be shown, not what happened.")
    yield _share("sustained", sustained, shown.total, what, means)


def _median(shown: Shown | None) -> Iterator[Fact]:
    if shown is None or not shown.printable or not _all_known(shown):
        return
    median = shown.cells[-1][1]
    if median is not None:
        what = N_("days from received to closed")
        yield _number("median", median, what, N_("Half of the files took longer, half were done sooner."))


def _alleged(shown: Shown | None) -> Iterator[Fact]:
    if shown is not None and shown.total is not None:
        what, means = N_("allegations made"), N_("A complaint may hold several, each with its own finding.")
        yield _number("alleged", shown.total, what, means)


def _without_race(shown: Shown | None) -> Iterator[Fact]:
    if shown is None or not shown.total:
        return
    unknown = next((each for each in shown.unknown if each.code == "none_given"), None)
    if unknown is not None and unknown.count is not None:
        what = N_("of complaints in which nobody’s race is given")
        means = N_(
            "Of %(total)s complaints with an allegation. The more there are, the less a share by race says."
        )
        yield _share("without_race", unknown.count, shown.total, what, means)


def _deadlines(shown: Shown | None) -> Iterator[Fact]:
    if shown is None or not shown.total or (kept := shown.column_totals[0]) is None:
        return
    what, means = N_("of deadlines kept"), N_("Of %(total)s whose last day fell in the period.")
    yield _share("deadlines", kept, shown.total, what, means)


def _panels(shown: Shown | None) -> Iterator[Fact]:
    panels = shown.cells[0][0] if shown is not None and shown.printable else None
    if panels is not None:
        what, means = (
            N_("panels drawn"),
            N_("People from outside the police, drawn by lot, read these complaints."),
        )
        yield _number("panels", panels, what, means)


def _all_known(shown: Shown) -> bool:
    """Whether nothing was left out for being unknown."""
    return all(unknown.count == 0 for unknown in shown.unknown)


def _number(code: str, number: int | float, what: str, means: str) -> Fact:
    return _fact(code, lambda: local_number(number), what, lambda: t(means))


def _share(code: str, part: int, total: int, what: str, means: str) -> Fact:
    return _fact(code, lambda: local_share(part / total), what, lambda: t(means, total=local_number(total)))


def _fact(code: str, number: Callable[[], str], what: str, means: Callable[[], str]) -> Fact:
    return {"code": code, "number": in_each(number), "what": both(what), "means": in_each(means)}
