"""The last look before anything is released: what all releases of all tables, read together, give away."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from oversight.figures.disclosure.attack import Attacker, Sums, limits
from oversight.figures.disclosure.hiding import remainders
from oversight.figures.disclosure.releases import Atom, Published, Release, Tie, latest
from oversight.rules.rulebook import SmallNumbers

Terms = frozenset[Atom]
Exposed = tuple[str, Terms]
"""A family of tables, and the sum of its atoms that can be told."""


def given_away(
    said: Mapping[str, Sequence[Release]], rule: SmallNumbers, ties: Sequence[Tie] = ()
) -> list[Exposed]:
    """The hidden sums that a reader tells within less than the floor.

    `said`: what was released of each family of tables, the oldest first. The reader knows the ties between
    them too, and was told which hidden numbers are small; also asked is what one release has over another.
    Raises Contradiction where the releases can't all be true.
    """
    found: list[Exposed] = []
    for families in hang_together(said, ties):
        numbers = {family: list(latest(said[family]).values()) for family in families}
        own = [tie for tie in ties if {family for side in tie for family, _ in side} <= families]
        if any(number.known is None for each in numbers.values() for number in each):
            found += _told(numbers, own, rule)
    return found


def hang_together(said: Mapping[str, Sequence[Release]], ties: Sequence[Tie]) -> list[set[str]]:
    """Families that are tied to one another, directly or by others."""
    groups = [{family} for family, releases in said.items() if any(each.published for each in releases)]
    for tie in ties:
        tied = {family for side in tie for family, _ in side}
        joined = [group for group in groups if group & tied]
        groups = [group for group in groups if not group & tied]
        groups.append(set().union(*joined))
    return [group for group in groups if group]


def _told(
    numbers: Mapping[str, Sequence[Published]], ties: Sequence[Tie], rule: SmallNumbers
) -> Iterator[Exposed]:
    every = [(family, number) for family, each in numbers.items() for number in each]
    sums = Sums([_named(family, number.terms) for family, number in every], ties)
    asked = [(family, number.terms) for family, number in every if number.known is None]
    hidden = len(asked)
    asked += _rests(numbers, sums)
    limit = 2.0 * max(_size(number) for _, number in every) + 100.0 * rule.threshold
    reader = Attacker(sums, *limits([number for _, number in every], told=True), limit)
    for index, low, high in reader.narrow(sums.rows([_named(*each) for each in asked]), rule.floor):
        if index < hidden or (high >= 1 and low < rule.threshold):
            yield asked[index]


def _rests(numbers: Mapping[str, Sequence[Published]], sums: Sums) -> Iterator[Exposed]:
    """What releases of a table imply and none prints: one less others, and the finest atoms told apart."""
    groups: defaultdict[str, list[Terms]] = defaultdict(list)
    for group in sums.groups:
        of_family: defaultdict[str, set[Atom]] = defaultdict(set)
        for family, atom in group:
            of_family[family].add(atom)
        for family, atoms in of_family.items():
            groups[family].append(frozenset(atoms))
    for family, each in numbers.items():
        for rest in remainders([number.terms for number in each], groups[family]):
            yield family, rest


def _named(family: str, terms: Terms) -> frozenset[tuple[str, Atom]]:
    return frozenset((family, atom) for atom in terms)


def _size(number: Published) -> int:
    return number.known or number.least
