"""What was received and closed in the docket's months, beside what other tables come to.

The months leave out what nobody can trace, and count a closing also of what was opened again since. Where
that makes a small number, whoever adds up the months of some quarters and takes away the other sum would have
it. So that sum is said to be hidden: to the docket, or to the other table where the docket is out already.
"""

from collections.abc import Iterable, Mapping, Sequence

from oversight.figures.arithmetic import SUMS, Sum, comes_to
from oversight.figures.disclosure.beliefs import Said
from oversight.figures.disclosure.leaving_out import is_left_out
from oversight.figures.disclosure.releases import Atom, Published, Release, is_slight, latest
from oversight.figures.disclosure.showing import Shown, counts_of, layout_of, shown_whole
from oversight.figures.disclosure.stocks import RECEIVED, quarter_of
from oversight.figures.figure import Figure
from oversight.rules.rulebook import SmallNumbers

DOCKET, CLOSED = "stock-by-month", 3
MOVED = {"complaints received": RECEIVED, "complaints closed": CLOSED}
"""The docket's columns of what other tables come to as well, but for what either leaves out."""
Quarters = frozenset[str]
Wholes = Mapping[Quarters, int]
"""What the other tables come to, by the quarters that they are of."""


def hardly_others(figure: Figure, others: Sequence[Shown], earlier: Said, rule: SmallNumbers) -> Release:
    """Sums of the docket's months that hardly differ from what other tables come to, as hidden ones.

    `others` are those of the same edition, `earlier` what earlier ones said.
    """
    if figure.table != DOCKET or not figure.rows:
        return Release(())
    table = layout_of(figure)
    published: list[Published] = []
    for each in filter(_moves, SUMS):
        column = MOVED[each.of]
        for quarters, whole in _wholes(each, others, earlier).items():
            rows = [row for row, month in enumerate(table.rows) if quarter_of(month) in quarters]
            if {quarter_of(table.rows[row]) for row in rows} != quarters:
                continue
            count = sum(figure.counts[row][column] for row in rows)
            terms = frozenset().union(*(table.terms((row, column), ("",)) for row in rows))
            if is_slight(whole, count, rule.threshold):
                published.append(_hidden(terms, whole, rule))
            elif column == CLOSED:
                # Whoever takes the two to be the same knows it, as the quarters' sums of what came.
                published.append(Published(terms, count))
    return Release(tuple(published))


def hardly_months(
    figure: Figure, parts: Sequence[str], docket: Figure | None, earlier: Said, rule: SmallNumbers
) -> Release:
    """The sum of a table, as a hidden one, if it hardly differs from that of months that are out already."""
    each = next((each for each in filter(_moves, SUMS) if comes_to(each, figure) is not None), None)
    if each is None or docket is None or figure.table == DOCKET or not figure.rows:
        return Release(())
    before, whole = _wholes(each, (), earlier), comes_to(each, figure) or 0
    by_month = _months_told(layout_of(docket).columns[MOVED[each.of]], earlier)
    for quarters, rest in _with_rests({**before, frozenset(parts): whole}).items():
        months = [number for month, number in by_month.items() if quarter_of(month) in quarters]
        is_new = len(months) == 3 * len(quarters) and before.get(quarters) != rest
        if is_new and is_slight(rest, sum(months), rule.threshold):
            table = counts_of(figure)
            return Release((_hidden(table.terms((table.height, table.width), parts), whole, rule),))
    return Release(())


def _moves(each: Sum) -> bool:
    return each.of in MOVED


def _hidden(terms: frozenset[Atom], about: int, rule: SmallNumbers) -> Published:
    return Published(terms, None, max(0, about - rule.threshold + 1), about + rule.threshold - 1)


def _wholes(each: Sum, others: Iterable[Shown], earlier: Said) -> Wholes:
    """What is known of that sum: from tables of this edition, from earlier ones, and from two of them."""
    known: dict[Quarters, int] = {}
    for family, releases in earlier.items():
        if any(not codes and family.startswith(table) for table, codes in each.tables.items()):
            known |= dict(filter(None, map(_whole_of, releases)))
    for other in others:
        whole = shown_whole(each, other)
        if whole is not None and other.figure.table != DOCKET:
            known[_quarters(other.release)] = whole
    return _with_rests(known)


def _whole_of(release: Release) -> tuple[Quarters, int] | None:
    every = frozenset(atom for number in release.published for atom in number.terms if not is_left_out(atom))
    whole = latest([release]).get(every)
    return None if whole is None or whole.known is None else (_quarters(release), whole.known)


def _quarters(release: Release) -> Quarters:
    atoms = (atom for number in release.published for atom in number.terms)
    return frozenset(atom.part for atom in atoms if not is_left_out(atom))


def _with_rests(known: Wholes) -> Wholes:
    """Also what is left of a sum once another one, of a part of its time, is taken away."""
    found = dict(known)
    while rests := {
        longer - shorter: found[longer] - found[shorter]
        for longer in found
        for shorter in found
        if shorter < longer and longer - shorter not in found
    }:
        found |= rests
    return found


def _months_told(column: str, earlier: Said) -> Mapping[str, int]:
    """Month → what earlier editions told of it in that column."""
    return {
        atom.row: number.known
        for terms, number in latest(earlier.get(DOCKET, ())).items()
        for atom in terms
        if len(terms) == 1 and atom.column == column and number.known is not None
    }
