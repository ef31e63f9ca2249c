"""The last look before anything is released: what all releases of all tables, read together, give away."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from oversight.figures.disclosure.attack import Attacker, Sums, limits
from oversight.figures.disclosure.beliefs import Said, Statement, beliefs, known, limit_of, named, sums_of
from oversight.figures.disclosure.hiding import remainders
from oversight.figures.disclosure.releases import Atom, Contradiction, Tie
from oversight.rules.rulebook import SmallNumbers

Terms = frozenset[Atom]
Exposed = tuple[str, Terms]
"""A family of tables, and the sum of its atoms that can be told."""


def given_away(said: Said, rule: SmallNumbers, ties: Sequence[Tie] = ()) -> list[Exposed]:
    """The hidden sums that a reader tells within less than the floor.

    `said`: what was released of each family of tables, the oldest first. The reader knows the ties between
    them too, and was told which hidden numbers are small; also asked is what one release has over another.
    Raises Contradiction where the releases can't all be true.
    """
    groups = ((_only(families, said), own) for families, own in _groups(said, ties))
    return [exposed for group, own in groups for exposed in _told(known(group), own, rule)]


def given_away_to_either(
    before: Said, now: Said, rule: SmallNumbers, ties: Sequence[Tie]
) -> tuple[list[Exposed], set[str]]:
    """(as `given_away`, the families of which not all that was said before can be true together with `now`).

    Where that is so, the readers are those of `beliefs`. Raises Contradiction, with the sums, where what is
    said now can't be true by itself.
    """
    said = {family: [*before.get(family, ()), *now.get(family, ())] for family in {**before, **now}}
    found, disputed = list[Exposed](), set[str]()
    for families, own in _groups(said, ties):
        try:
            found += _told(known(_only(families, said)), own, rule)
        except Contradiction:
            readers, given_up = beliefs(_only(families, before), _only(families, now), own, rule)
            disputed.update(family for family, _ in given_up)
            for believed in readers:
                found += _told(believed, own, rule)
    return list(dict.fromkeys(found)), disputed


def _groups(said: Said, ties: Sequence[Tie]) -> Iterator[tuple[set[str], list[Tie]]]:
    for families in hang_together(said, ties):
        yield families, [tie for tie in ties if {family for side in tie for family, _ in side} <= families]


def _only(families: set[str], said: Said) -> Said:
    return {family: releases for family, releases in said.items() if family in families}


def hang_together(said: Said, ties: Sequence[Tie]) -> list[set[str]]:
    """Families that are tied to one another, directly or by others."""
    groups = [{family} for family, releases in said.items() if any(each.published for each in releases)]
    for tie in ties:
        tied = {family for side in tie for family, _ in side}
        joined = [group for group in groups if group & tied]
        groups = [group for group in groups if not group & tied]
        groups.append(set().union(*joined))
    return [group for group in groups if group]


def _told(statements: Sequence[Statement], ties: Sequence[Tie], rule: SmallNumbers) -> list[Exposed]:
    hidden = [(family, number.terms) for family, number in statements if number.known is None]
    if not hidden:
        return []
    sums = sums_of(statements, ties)
    asked = [*hidden, *_rests(statements, sums)]
    within = limits([number for _, number in statements], told=True)
    reader = Attacker(sums, *within, limit_of(statements, rule))
    return [
        asked[index]
        for index, low, high in reader.narrow(sums.rows([named(*each) for each in asked]), rule.floor)
        if index < len(hidden) or (high >= 1 and low < rule.threshold)
    ]


def _rests(statements: Sequence[Statement], sums: Sums) -> Iterator[Exposed]:
    """What releases of a table imply and none prints: one less others, and the finest atoms told apart."""
    groups: defaultdict[str, list[Terms]] = defaultdict(list)
    for group in sums.groups:
        of_family: defaultdict[str, set[Atom]] = defaultdict(set)
        for family, atom in group:
            of_family[family].add(atom)
        for family, atoms in of_family.items():
            groups[family].append(frozenset(atoms))
    said: defaultdict[str, list[Terms]] = defaultdict(list)
    for family, number in statements:
        said[family].append(number.terms)
    for family, each in said.items():
        for rest in remainders(each, groups[family]):
            yield family, rest
