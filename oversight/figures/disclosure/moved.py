"""What was received and closed in the docket's months, beside what other tables come to.

The months leave out what nobody can trace, and count a closing also of what was opened again since. Where
that makes a small number, whoever adds up the months of some quarters and takes away the other sum would have
it. So that sum is said to be hidden: to the docket, or to the other table where the docket is out already.
"""

from collections.abc import Iterable, Mapping, Sequence

from oversight.figures.arithmetic import SUMS, Sum, comes_to
from oversight.figures.disclosure.audit import given_away
from oversight.figures.disclosure.beliefs import Said
from oversight.figures.disclosure.leaving_out import is_left_out
from oversight.figures.disclosure.releases import Atom, Contradiction, Published, Release, is_slight, latest
from oversight.figures.disclosure.showing import Shown, counts_of, layout_of, shown_whole
from oversight.figures.disclosure.stocks import RECEIVED, quarter_of
from oversight.figures.disclosure.ties import Beside, ties_between
from oversight.figures.figure import Figure
from oversight.rules.rulebook import SmallNumbers

DOCKET, CLOSED = "stock-by-month", 3
MOVED = {"complaints received": RECEIVED, "complaints closed": CLOSED}
"""The docket's columns of what other tables come to as well, but for what either leaves out."""
Quarters = frozenset[str]
ByMonth = Mapping[Atom, int]
"""What moved in each month."""
Wholes = Mapping[Quarters, int]
"""What the other tables come to, by the quarters that they are of."""


def told_of_months(figure: Figure, others: Sequence[Shown], earlier: Said, rule: SmallNumbers) -> Release:
    """What the docket's months come to, where other tables do too: hidden where the two hardly differ.

    `others` are those of the same edition, `earlier` what earlier ones said.
    """
    if figure.table != DOCKET or not figure.rows:
        return Release(())
    published: list[Published] = []
    for each in filter(_moves, SUMS):
        by_month = _by_month(figure, each)
        for quarters, whole in _wholes(each, others, earlier).items():
            summed = _summed(by_month, quarters, whole, rule)
            if summed is not None:
                published.append(summed)
    return Release(tuple(published))


def tells_of_months(
    figure: Figure, parts: Sequence[str], docket: Beside | None, earlier: Said, rule: SmallNumbers
) -> Release:
    """The sum of a table, as a hidden one, if it would tell what months hid that are out already."""
    each = next((each for each in filter(_moves, SUMS) if comes_to(each, figure) is not None), None)
    said = earlier.get(docket.family, ()) if docket is not None else ()
    if each is None or docket is None or not figure.rows or not any(one.published for one in said):
        return Release(())
    before, whole = _wholes(each, (), earlier), comes_to(each, figure) or 0
    now = _by_month(docket.figure, each)
    by_month = {**_told_before(now, said), **now}
    for quarters, rest in _with_rests({**before, frozenset(parts): whole}).items():
        summed = _summed(by_month, quarters, rest, rule)
        if before.get(quarters) != rest and summed is not None and _gives_away(summed, docket, said, rule):
            table = counts_of(figure)
            return Release((Published(table.terms((table.height, table.width), parts), None, min(1, whole)),))
    return Release(())


def _summed(by_month: ByMonth, quarters: Quarters, whole: int, rule: SmallNumbers) -> Published | None:
    """What the months of those quarters come to, for whoever knows what another table does.

    None where a month is missing. Whoever takes the two to be the same knows it; where they hardly differ,
    it is told that they do, and which of the two is more.
    """
    months = [atom for atom in by_month if quarter_of(atom.row) in quarters]
    if len(months) < 3 * len(quarters):
        return None
    terms, count = frozenset(months), sum(by_month[month] for month in months)
    if not is_slight(whole, count, rule.threshold):
        return Published(terms, count)
    if count > whole:
        return Published(terms, None, whole + 1, whole + rule.threshold - 1)
    return Published(terms, None, max(0, whole - rule.threshold + 1), whole - 1)


def _by_month(docket: Figure, each: Sum) -> ByMonth:
    table, column = layout_of(docket), MOVED[each.of]
    return {
        Atom(month, table.columns[column], ""): row[column]
        for month, row in zip(table.rows, docket.counts, strict=True)
    }


def _told_before(now: ByMonth, said: Sequence[Release]) -> ByMonth:
    """What earlier dockets told of such months."""
    columns = {atom.column for atom in now}
    return {
        atom: number.known
        for terms, number in latest(said).items()
        for atom in terms
        if len(terms) == 1 and atom.column in columns and number.known is not None
    }


def _gives_away(summed: Published, docket: Beside, said: Sequence[Release], rule: SmallNumbers) -> bool:
    told = {docket.family: [*said, Release((summed,))]}
    try:
        return bool(given_away(told, rule, ties_between([docket], told)))
    except Contradiction:  # the months were corrected since: nobody can tell what they come to
        return False


def _moves(each: Sum) -> bool:
    return each.of in MOVED


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
