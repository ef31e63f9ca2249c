"""The last look before anything is released: what all releases of one table, read together, give away."""

from collections.abc import Sequence

from oversight.figures.attack import Attacker, Sums, limits
from oversight.figures.releases import Published, Release, latest


def given_away(releases: Sequence[Release], *, threshold: int, floor: int) -> int:
    """How many hidden sums a reader tells within less than `floor`, the oldest release first.

    Once as a reader who knows no more than what is printed, once as one who was told which hidden numbers
    are small; also asked are the finest atoms that the releases tell apart. Raises Contradiction where the
    releases can't all be true.
    """
    numbers = list(latest(releases).values())
    hidden = [number.terms for number in numbers if number.known is None]
    if not hidden:
        return 0
    sums = Sums([number.terms for number in numbers])
    asked = sums.rows(hidden)
    limit = 2.0 * max(_size(number) for number in numbers) + 100.0 * threshold
    return sum(
        len(Attacker(sums.matrix, *limits(numbers, told=told), limit).narrow(asked, floor))
        for told in (False, True)
    )


def _size(number: Published) -> int:
    return number.known or number.least
