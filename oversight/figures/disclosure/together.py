"""All tables of an edition, protected together: each by itself first, then all at once.

What is hidden in each takes account of the sums that those before it told. Then a reader of them all is
asked, who also knows which sums of one table are equal to sums of another, and every earlier edition. Where
that reader tells a hidden number, the others hide the same sum, or its own table hides more; until nothing is
told, or nothing of a table is left.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import chain, product

from oversight.figures.arithmetic import LEFT_OUT_OF, SUMS, comes_to
from oversight.figures.disclosure.audit import (
    Exposed,
    Terms,
    given_away,
    given_away_to_either,
    hang_together,
)
from oversight.figures.disclosure.beliefs import Said
from oversight.figures.disclosure.elsewhere import said_elsewhere
from oversight.figures.disclosure.leaving_out import is_left_out, left_out
from oversight.figures.disclosure.moved import DOCKET, tells_of_months, told_of_months
from oversight.figures.disclosure.releases import Atom, Contradiction, Release, Tie
from oversight.figures.disclosure.showing import Guarded, Shown, shown_whole, withheld
from oversight.figures.disclosure.ties import Beside, Named, ties_between
from oversight.rules.rulebook import SmallNumbers


def protected_together(
    tables: Sequence[Beside], rule: SmallNumbers, earlier: Said, *, kept_back: Collection[str] = ()
) -> "Together":
    """The tables of one edition, protected. One that divides a sum of another's columns anew yields to it:
    where showing it would leave fewer of the others to be shown, it is not shown; nor is one whose numbers
    together tell a sum that is hidden, nor those `kept_back`.
    """
    together = _where_some_yield(tables, rule, earlier, kept_back)
    telling = {each.id for each in tables if together.tells_what_is_hidden(each)}
    if not telling:
        return together
    return protected_together(tables, rule, earlier, kept_back={*telling, *kept_back})


def _where_some_yield(
    tables: Sequence[Beside], rule: SmallNumbers, earlier: Said, kept_back: Collection[str]
) -> "Together":
    together = Together(tables, rule, earlier, kept_back=kept_back)
    first, yielding = set[str](), set[str]()
    telling = [each for each in tables if each.id not in kept_back]
    for each in telling:
        if not first.isdisjoint(each.figure.column_sums):
            yielding.add(each.id)
        first.update(each.figure.column_sums)
    others = [each for each in telling if each.id not in yielding]
    if yielding and not all(together.shown(each).printable for each in others):
        without = Together(tables, rule, earlier, kept_back={*yielding, *kept_back})
        if any(without.shown(each).printable > together.shown(each).printable for each in others):
            return without
    return together


class Together:
    """The tables of one edition. `contradicting`: those that can't be true if earlier editions are, of which
    nothing is shown. `disputed`: those of which earlier editions say what can't all be true together with
    this one. Of those `kept_back` nothing is shown either. What earlier editions said of any is known.
    """

    def __init__(
        self,
        tables: Sequence[Beside],
        rule: SmallNumbers,
        earlier: Said,
        *,
        kept_back: Collection[str] = (),
    ) -> None:
        self._rule, self._earlier = rule, earlier
        self._docket = next((each for each in tables if each.figure.table == DOCKET), None)
        self._tables: list[Beside] = []
        self._guarded: dict[str, Guarded] = {}
        self._shown: dict[str, Shown] = {}
        self.contradicting, self.disputed = set[str](), set[str]()
        for each in tables:
            if each.id in kept_back:
                self._tables.append(each)
                self._shown[each.id] = withheld(each.figure)
            else:
                self._guard(each)
        while exposed := self._given_away():
            for table, terms in dict.fromkeys(exposed):
                self._guarded[table].hide_around([terms])
                self._shown[table] = self._guarded[table].shown()

    def shown(self, table: Beside) -> Shown:
        """What may be shown of that table."""
        return self._shown[table.id]

    def tells_what_is_hidden(self, table: Beside) -> bool:
        """Whether all of its numbers together tell a sum that each table of that sum hides."""
        shown = self._shown[table.id]
        if not shown.printable or None in [unknown.count for unknown in shown.unknown]:
            return False
        for each in SUMS:
            alike = [other for other in self._tables if comes_to(each, other.figure) is not None]
            wholes = {comes_to(each, other.figure) for other in alike}
            if table.figure.tells.get(each.of) in wholes:
                return all(shown_whole(each, self._shown[other.id]) is None for other in alike)
        return False

    def _guard(self, table: Beside) -> None:
        """Hide what has to be hidden of one table, given those before it, if earlier editions allow it."""
        figure, parts = table.figure, table.parts
        of_family = [self._shown[each.id].release for each in self._tables if each.family == table.family]
        earlier = [*self._earlier.get(table.family, ()), *of_family]
        every, there = self._everything(), self._left_out_beside(table)
        besides = left_out(figure, self._rule, earlier, parts, elsewhere=every, beside=there)
        others = list(self._shown.values())
        beside = said_elsewhere(figure, others, parts, besides)
        of_months = told_of_months(figure, others, self._earlier, self._rule)
        of_others = tells_of_months(figure, parts, self._docket, self._earlier, self._rule)
        self._tables.append(table)
        try:
            guarded = Guarded(figure, self._rule, [beside, *earlier, of_months, of_others], parts, besides)
        except Contradiction:
            self.contradicting.add(table.id)
            self._shown[table.id] = withheld(figure)
            return
        self._guarded[table.id], self._shown[table.id] = guarded, guarded.shown()

    def _everything(self) -> Iterator[Release]:
        yield from chain.from_iterable(self._earlier.values())
        yield from (shown.release for shown in self._shown.values())

    def _left_out_beside(self, table: Beside) -> list[Release]:
        """What was said by tables that leave out the same of other files."""
        of = LEFT_OUT_OF.get(table.figure.table)
        tables = [each for each in self._tables if each.figure.table == of]
        before = (said for family, said in self._earlier.items() if of and family.startswith(of))
        return [*chain.from_iterable(before), *(self._shown[each.id].release for each in tables)]

    # ---- all at once ---------------------------------------------------------------------------------

    def _given_away(self) -> list[tuple[str, Terms]]:
        """The tables in which more has to be hidden, and around which sums."""
        said = self._said(self._earlier)
        ties = ties_between(self._tables, said)
        try:
            exposed = given_away(said, self._rule, ties)
        except Contradiction:
            exposed, families = given_away_to_either(self._before(), self._said({}), self._rule, ties)
            self.disputed |= {each.id for each in self._tables if each.family in families}
        return self._to_hide(exposed, said, ties)

    def _before(self) -> Said:
        return {each.family: self._earlier.get(each.family, ()) for each in self._tables}

    def _said(self, earlier: Said) -> Said:
        said = {each.family: list(earlier.get(each.family, ())) for each in self._tables}
        # What is drawn from a table first, so that the table itself has the last word.
        for each in reversed(self._tables):
            said[each.family].append(self._shown[each.id].release)
        return said

    def _to_hide(
        self, exposed: Iterable[Exposed], said: Said, ties: Sequence[Tie]
    ) -> list[tuple[str, Terms]]:
        found: list[tuple[str, Terms]] = []
        for family, terms in exposed:
            around = [(family, terms), *self._the_same(family, terms, ties)]
            shown = [pair for pair in self._of(around) if self._shows(*pair)]
            found += shown or list(self._of(around[:1])) or self._beside(family, terms, said, ties)
        return found

    def _of(self, sums: Iterable[Exposed]) -> Iterator[Exposed]:
        """Every printed table of those families, with the sum; what is left out hangs on the total."""
        for each, (family, terms) in product(self._tables, sums):
            if each.family == family and self._shown[each.id].printable:
                yield each.id, self._guarded[each.id].total if all(map(is_left_out, terms)) else terms

    def _shows(self, table: str, terms: Terms) -> bool:
        published = self._shown[table].release.published
        return any(number.terms == terms and number.value is not None for number in published)

    def _beside(self, family: str, terms: Terms, said: Said, ties: Sequence[Tie]) -> list[tuple[str, Terms]]:
        """What tells of a sum that an earlier edition hid, where this one doesn't print its table at all:
        sums shown elsewhere that are tied to a part of it, or else all that hangs together with it."""
        named = {(family, atom) for atom in terms}
        tied = [tie[1 - side] for tie in ties for side in (0, 1) if named & set(tie[side])]
        shown = [pair for other in tied for pair in self._of(_by_family(other).items()) if self._shows(*pair)]
        group = next(group for group in hang_together(said, ties) if family in group)
        return shown or [
            (each.id, self._guarded[each.id].total)
            for each in self._tables
            if each.family in group and self._shown[each.id].printable
        ]

    def _the_same(self, family: str, terms: Terms, ties: Sequence[Tie]) -> list[Exposed]:
        """Other sums that come to the same, by the ties between their parts; a table may have several."""
        named = {(family, atom) for atom in terms}
        found: dict[tuple[str, int], Terms] = {}
        for side in (0, 1):
            tied = [tie for tie in ties if _inside(tie[side]) <= named]
            if named and set().union(*(_inside(tie[side]) for tie in tied)) == named:
                times: Counter[tuple[str, frozenset[Named]]] = Counter()
                for tie in tied:
                    for other, atoms in _by_family(_inside(tie[1 - side])).items():
                        which = other, times[other, tie[side]]
                        found[which] = found.get(which, frozenset()) | atoms
                        times[other, tie[side]] += 1
        return [(other, atoms) for (other, _), atoms in found.items()]


def _by_family(side: Iterable[Named]) -> dict[str, Terms]:
    found: dict[str, set[Atom]] = {}
    for family, atom in side:
        found.setdefault(family, set()).add(atom)
    return {family: frozenset(atoms) for family, atoms in found.items()}


def _inside(side: Iterable[Named]) -> set[Named]:
    """The atoms of a sum that stand in the table."""
    return {(family, atom) for family, atom in side if not is_left_out(atom)}
