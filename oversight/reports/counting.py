"""Every table of a period, counted, checked, and protected together with what was released before."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date

from oversight.figures.arithmetic import check_figures
from oversight.figures.chapters import parts_of
from oversight.figures.choices import present_race_sources
from oversight.figures.disclosure.absent import known_to_be_none
from oversight.figures.disclosure.rare_words import without_rare_words
from oversight.figures.disclosure.releases import Contradiction, Published, Release
from oversight.figures.disclosure.showing import Shown, check_shown, layout_of, withheld
from oversight.figures.disclosure.ties import Beside
from oversight.figures.disclosure.together import Together, protected_together
from oversight.figures.figure import Figure
from oversight.figures.periods import Period
from oversight.figures.register import Table
from oversight.figures.tables import TABLES
from oversight.figures.wanted import Level, Wanted
from oversight.figures.words import LAST, SEVERAL
from oversight.reports.refusals import CannotReport
from oversight.rules.rulebook import SmallNumbers
from oversight.rules.words import N_

DONT_ADD_UP = N_("The numbers of a table don’t add up: %(where)s.")
VAGUE = frozenset(word.text.casefold() for word in LAST if word != SEVERAL)

Progress = Callable[[int, int], None]
"""Told how many of how many pieces are done."""


@dataclass(frozen=True)
class Counted:
    """One table of the report. `id` tells apart the choices that are printed of one table."""

    id: str
    table: Table
    figure: Figure


def has_something_to_say(figure: Figure) -> bool:
    """Whether it counts anything that is known, and more than it leaves out for want of a day of closing."""
    known = sum(
        number
        for word, row in zip(figure.rows, figure.counts, strict=True)
        if word.text.casefold() not in VAGUE
        for number in row
    )
    left_out = sum(unknown.count or 0 for unknown in figure.unknown if unknown.code == "day_of_closing")
    return known > left_out


@dataclass(frozen=True)
class Printed:
    """One table as it may be read. `contradicts`: an earlier edition and this table can't both be true.
    `is_disputed`: not all that earlier editions said of it can be true together with all of this one."""

    counted: Counted
    shown: Shown
    contradicts: bool = False
    is_disputed: bool = False


def counted_tables(period: Period, *, on: date, zone: str, tell: Progress) -> list[Counted]:
    """Every table of the period, in the order of `figures.tables`.

    Raises CannotReport, naming table and cell, where numbers don't add up.
    """
    plain = Wanted(period, on=on, zone=zone)
    sources = present_race_sources(plain)
    choices = [(table, wanted) for table in TABLES.values() for wanted in _choices(table, plain, sources)]
    found = []
    for done, (table, wanted) in enumerate(choices, start=1):
        found.append(Counted(_id(table, wanted), table, table.figure(wanted)))
        tell(done, len(choices))
    for fault in check_figures({each.id: each.figure for each in found}):
        raise CannotReport(DONT_ADD_UP, where=fault)
    return found


def protected_tables(
    counted: Sequence[Counted],
    period: Period,
    rule: SmallNumbers,
    earlier: Mapping[str, Sequence[Release]],
) -> list[Printed]:
    """The tables that have something to say as they may be read, given what earlier editions said in the
    table of the same id. What they said in those that have nothing to say now is known all the same.

    Raises CannotReport, naming the table, where what is shown is not what was counted, or where what the
    tables say of one another can't be true.
    """
    tables = {each.id: _beside(each, period) for each in counted}
    telling = [each for each in counted if has_something_to_say(each.figure)]
    kept_back = tables.keys() - {each.id for each in telling}
    beside = list(tables.values())
    try:
        together = _together(beside, rule, earlier, kept_back)
    except Contradiction as contradiction:
        # Nobody can promise what is safe to print of tables that can't all be true.
        raise CannotReport(DONT_ADD_UP, where=_where(contradiction, beside)) from contradiction
    printed = [
        Printed(
            each,
            together.shown(tables[each.id]),
            contradicts=each.id in together.contradicting,
            is_disputed=each.id in together.disputed,
        )
        for each in telling
    ]
    for one in printed:
        for fault in check_shown(one.shown):
            raise CannotReport(DONT_ADD_UP, where=f"{one.counted.id}, {fault}")
    told = [replace(one, shown=without_rare_words(one.shown, rule)) for one in printed]
    return [replace(one, shown=withheld(one.shown.figure)) if is_bare(one.shown) else one for one in told]


def _together(
    tables: Sequence[Beside],
    rule: SmallNumbers,
    earlier: Mapping[str, Sequence[Release]],
    kept_back: Set[str],
) -> Together:
    families = {each.family for each in tables}
    said = _of_families(tables, earlier, absent=families)
    together = protected_together(tables, rule, said, kept_back=kept_back)
    if not together.contradicting:
        return together
    # Perhaps what is missing from one edition was only called something else there.
    absent = families - {each.family for each in tables if each.id in together.contradicting}
    return protected_together(tables, rule, _of_families(tables, earlier, absent=absent), kept_back=kept_back)


def _where(contradiction: Contradiction, tables: Sequence[Beside]) -> str:
    """The table and the cell that can't be true beside the others, as far as it is known."""
    for family, terms in contradiction.at:
        for each in tables:
            cell = each.cell(terms) if each.family == family else None
            if cell is not None:
                return f"{each.id}, {cell}"
    return str(contradiction)


def is_bare(shown: Shown) -> bool:
    """Whether zeros and the sum of everything are all that is shown of it, which tells nobody anything."""
    figure = shown.figure
    sums = [
        *(shown.row_totals if figure.adds_across and len(figure.columns) > 1 else ()),
        *(shown.column_totals if figure.adds_down and len(figure.rows) > 1 < len(figure.columns) else ()),
    ]
    return bool(shown.hidden) and not any(sums) and not any(cell for row in shown.cells for cell in row)


def _beside(counted: Counted, period: Period) -> Beside:
    """The table as one of its edition. One that draws from another's counts has that one's atoms."""
    drawn_from = counted.table.counts_of or counted.table.name
    family = counted.id.replace(counted.table.name, drawn_from)
    return Beside(counted.id, family, counted.figure, parts_of(period, counted.table.over_time))


def _of_families(
    tables: Iterable[Beside], earlier: Mapping[str, Sequence[Release]], *, absent: Set[str]
) -> dict[str, list[Release]]:
    """What earlier editions said of each family; its own table comes last, and has the last word.

    Of the families in `absent` the reader takes rows and columns that only some releases have to be zero in
    the others.
    """
    said: dict[str, list[Release]] = {}
    for table in sorted(tables, key=lambda table: table.id == table.family):
        before = [_of_its_time(release, table) for release in earlier.get(table.id, ())]
        of_family = said.setdefault(table.family, [])
        # A table that is drawn from another leaves rows out.
        if before and table.id == table.family and table.family in absent:
            of_family.append(known_to_be_none([*before, _in_full(table)]))
        of_family.extend(before)
    return said


def _of_its_time(release: Release, table: Beside) -> Release:
    """Without what a table that adds up says of quarters of other years: from one year to another only
    stocks go on, and what else was said of other years was attacked then."""
    if table.figure.signs:
        return release
    years = {part[:4] for part in table.parts}
    return Release(
        tuple(
            number
            for number in release.published
            if any("-Q" not in atom.part[:6] or atom.part[:4] in years for atom in number.terms)
        )
    )


def _in_full(table: Beside) -> Release:
    """What it would tell if nothing were hidden."""
    if not table.figure.rows:
        return Release(())
    layout = layout_of(table.figure)
    numbers = layout.numbers().items()
    return Release(tuple(Published(layout.terms(place, table.parts), number) for place, number in numbers))


def _choices(table: Table, plain: Wanted, sources: Sequence[str]) -> Iterator[Wanted]:
    if "race_source" in table.choices:
        yield from (replace(plain, race_source=source) for source in sources or (None,))
    elif "level" in table.choices:
        yield from (replace(plain, level=level) for level in Level)
    else:
        yield plain


def _id(table: Table, wanted: Wanted) -> str:
    return "-".join([table.name, *(choice.replace("_", "-") for choice in wanted.choices.values())])
