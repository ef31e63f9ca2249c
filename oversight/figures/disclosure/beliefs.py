"""What readers may take to be true where releases can't all be: a file was corrected between two of them.

A reader doesn't know which number is the wrong one. So there are two: one goes by what is said now, and by as
much of what was said before as can be true with it; the other the other way round. Each gives up as little as
possible, by how far a number is off. Nothing else of any edition is forgotten.
"""

from collections.abc import Collection, Mapping, Sequence

import numpy as np

from oversight.figures.disclosure.attack import Sums, at_odds, limits
from oversight.figures.disclosure.releases import Atom, Contradiction, Published, Release, Tie, latest
from oversight.rules.rulebook import SmallNumbers

Named = tuple[str, Atom]
"""An atom, after the family that it is of."""
Said = Mapping[str, Sequence[Release]]
"""What was released of each family of tables, the oldest first."""
Statement = tuple[str, Published]
"""A number, after the family that it is of."""
FIRMLY = 1000.0
"""How much more it takes to give up what somebody goes by than anything else."""


def known(said: Said) -> list[Statement]:
    """What is last known of each sum of each family."""
    return [(family, number) for family, each in said.items() for number in latest(each).values()]


def sums_of(statements: Sequence[Statement], ties: Sequence[Tie]) -> Sums:
    """Their sums, with the ties between them."""
    return Sums([named(family, number.terms) for family, number in statements], ties)


def named(family: str, terms: Collection[Atom]) -> frozenset[Named]:
    """The atoms of a sum, after their family."""
    return frozenset((family, atom) for atom in terms)


def limit_of(statements: Sequence[Statement], rule: SmallNumbers) -> float:
    """More than any of their atoms could be."""
    return 2.0 * max(number.known or number.least for _, number in statements) + 100.0 * rule.threshold


def beliefs(
    before: Said, now: Said, ties: Sequence[Tie], rule: SmallNumbers
) -> tuple[tuple[list[Statement], list[Statement]], list[Statement]]:
    """(what those two believe, what the one who goes by what is said now gives up of what was said before).

    Raises Contradiction, with the sums, where what is said now can't be true by itself.
    """
    _, wrong = _going_by(now, {}, ties, rule)
    if wrong:
        raise Contradiction(*((family, number.terms) for family, number in wrong))
    by_now, given_up = _going_by(now, before, ties, rule)
    by_before, _ = _going_by(before, now, ties, rule)
    return (by_now, by_before), given_up


def _going_by(
    first: Said, then: Said, ties: Sequence[Tie], rule: SmallNumbers
) -> tuple[list[Statement], list[Statement]]:
    """(what somebody believes who goes by what came first to them, what they give up for it)."""
    firm = set(known(first))
    families = dict.fromkeys([*then, *first])
    every = known({each: [*then.get(each, ()), *first.get(each, ())] for each in families})
    weights = np.array([FIRMLY if each in firm else 1.0 for each in every])
    within = limits([number for _, number in every], told=True)
    odd = set(at_odds(sums_of(every, ties), *within, weights, limit_of(every, rule)).tolist())
    return (
        [each for place, each in enumerate(every) if place not in odd],
        [each for place, each in enumerate(every) if place in odd],
    )
