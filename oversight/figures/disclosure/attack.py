"""The attack on our own tables: how closely can a hidden number be told from everything that was printed?

Whoever reads all releases knows sums of atoms: shown ones exactly, hidden ones within limits. What they can
conclude about any other sum is its smallest and its largest value over all whole, non-negative atoms that
fit: two linear programmes (HiGHS). Where their solution isn't whole the same is asked in whole numbers, so
that nobody who knows that files are counted in whole ones learns more than is found here. Stopped early
there, the answer errs towards "closely".

Where shown sums alone settle another sum, no programme is needed: it is the same on every table that fits,
and so has no part in any direction in which one can move without changing what is shown. Nor is one needed
of a sum that moves with another one that was asked for, forth or back: it has the same width.
"""

from collections.abc import Collection, Sequence
from typing import Any

import numpy as np
import scipy  # its parts are loaded when they are first used: whoever serves pages need not wait for them
from numpy.typing import NDArray

from oversight.figures.disclosure.releases import Contradiction, Published, Tie

Numbers = NDArray[np.float64]

ROUNDS = 6  # of guesses that each widen many intervals, before intervals are asked for one by one
LINES = (
    3000  # of programmes that are put side by side and solved as one, as it costs more to ask than to answer
)
NODES = (
    2000  # of a search in whole numbers; a count and not a time, so that the same table gives the same result
)
WHOLE = 1e-6
MOVES = 6  # places after which two moves are the same
EXACTLY = {"atol": 1e-14, "btol": 1e-14, "conlim": 0.0, "maxiter": 10_000}
INFEASIBLE = 2  # scipy's word for it


def limits(numbers: Sequence[Published], *, told: bool) -> tuple[Numbers, Numbers]:
    """What a reader knows of each number before reckoning: at least, and at most.

    Told why a number is hidden, they know its own limits; not told, only that it isn't zero, where it can't
    be.
    """
    pairs: list[tuple[float, float]] = []
    for number in numbers:
        if number.known is not None:
            pairs.append((number.known, number.known))
        elif told:
            pairs.append((number.least, np.inf if number.most is None else number.most))
        else:
            pairs.append((min(1, number.least), np.inf))
    least, most = np.array(pairs, dtype=np.float64).T
    return least, most


class Sums:
    """Sums of atoms as rows of a matrix, and below them the ties: pairs of sums that are equal.

    Atoms that no sum and no tie tells apart share a column.
    """

    def __init__(self, said: Sequence[Collection[Any]], ties: Sequence[Tie] = ()) -> None:
        self.ties = len(ties)
        lines = [*said, *(side for tie in ties for side in tie)]
        members: dict[Any, list[int]] = {}
        for index, terms in enumerate(lines):
            for atom in terms:
                members.setdefault(atom, []).append(index)
        groups: dict[tuple[int, ...], set[Any]] = {}
        for atom in sorted(members):
            groups.setdefault(tuple(members[atom]), set()).add(atom)
        self.groups = [frozenset(group) for group in groups.values()]
        self._column = {atom: index for index, group in enumerate(self.groups) for atom in group}
        sides = [self.rows([tie[side] for tie in ties]) for side in (0, 1)]
        self.matrix = np.vstack([self.rows(said), sides[0] - sides[1]])

    def rows(self, asked: Sequence[Collection[Any]]) -> Numbers:
        """A row for each sum: 1 for each group of atoms in it."""
        rows = np.zeros((len(asked), len(self.groups)))
        for row, terms in zip(rows, asked, strict=True):
            row[[self._column[atom] for atom in terms]] = 1.0
        return rows


class Attacker:
    """Somebody who knows that `least <= sums <= most` and every tie, and every table found that fits.

    `limit` bounds each atom, generously, so that every question has an answer. Raises Contradiction if
    nothing fits.
    """

    def __init__(self, sums: Sums, least: Numbers, most: Numbers, limit: float) -> None:
        self._sums, self._no_difference = sums.matrix, np.zeros(sums.ties)
        self._bounds = scipy.optimize.Bounds(0, limit)
        self._chance = np.random.default_rng(0)
        self.fitting = np.empty((0, sums.matrix.shape[1]))
        self.learn(least, most)
        self._seek(np.zeros((1, sums.matrix.shape[1])))

    def learn(self, least: Numbers, most: Numbers) -> None:
        """Take wider limits on the sums: what was found to fit still does."""
        self._least, self._most = (np.concatenate([each, self._no_difference]) for each in (least, most))

    def also_fit(self, tables: Numbers) -> None:
        """Take over tables that fit what a better informed reader knows: they fit here too."""
        self.fitting = np.unique(np.vstack([self.fitting, tables]), axis=0)

    def narrow(self, asked: Numbers, width: float) -> list[tuple[int, float, float]]:
        """Those of the asked sums (rows) that can be told within less than `width`: row, lowest, highest."""
        if not self._narrower(asked, width).size:
            return []
        moving = asked[_moving_apart(asked @ self._ways_to_move())]
        for _ in range(ROUNDS):
            open_ = moving[self._narrower(moving, width)]
            if not len(open_) or not self._guess_at(open_, width):
                break
        for sign in (1, -1):
            self._push(moving, sign, width)
        low, high = self._seen(asked)
        return [(int(index), float(low[index]), float(high[index])) for index in self._narrower(asked, width)]

    def interval(self, asked: Numbers) -> tuple[float, float]:
        """The lowest and the highest value of a sum."""
        self._seek(np.vstack([asked, -asked]))
        low, high = self._seen(asked[np.newaxis])
        return float(low[0]), float(high[0])

    def _ways_to_move(self) -> Numbers:
        """Two changes at random (columns) that leave everything that is known exactly as it is.

        A sum that neither of them changes is changed by none, but for a chance that is next to nothing.
        """
        nothing = (self._most == 0) & (self._sums >= 0).all(axis=1)
        free = ~self._sums[nothing].any(axis=0)  # what is no part of a sum that is zero
        known = scipy.sparse.csr_array(self._sums[self._least == self._most][:, free])
        ways = np.zeros((len(free), 2))
        chance = np.random.default_rng(1)
        for column in ways.T:
            at_random = chance.normal(size=known.shape[1])
            column[free] = at_random
            if known.nnz:
                column[free] -= scipy.sparse.linalg.lsmr(known, known @ at_random, **EXACTLY)[0]
        return ways

    def _seen(self, asked: Numbers) -> tuple[Numbers, Numbers]:
        values = self.fitting @ asked.T
        return values.min(axis=0), values.max(axis=0)

    def _narrower(self, asked: Numbers, width: float) -> NDArray[np.intp]:
        if not len(asked):
            return np.empty(0, dtype=np.intp)
        low, high = self._seen(asked)
        return np.flatnonzero(high - low < width)

    def _guess_at(self, asked: Numbers, width: float) -> bool:
        """Push all asked sums at random up or down at once; whether that widened any of them enough."""
        direction = self._chance.choice([-1.0, 1.0], size=len(asked)) @ asked
        self._seek(np.vstack([direction, -direction]))
        return self._narrower(asked, width).size < len(asked)

    def _push(self, asked: Numbers, sign: int, width: float) -> None:
        """Push each that is still narrow as far down (1) or up (-1) as it goes."""
        side_by_side = max(1, min(16, LINES // len(self._sums)))
        while len(asked := asked[self._narrower(asked, width)]):
            self._seek(sign * asked[:side_by_side])
            asked = asked[side_by_side:]

    def _seek(self, objectives: Numbers) -> None:
        """Keep the fitting tables that make each objective smallest."""
        for objective, found in zip(objectives, self._solve(objectives, whole=False), strict=True):
            is_whole = np.abs(found - found.round()).max() <= WHOLE
            table = found if is_whole else self._solve(objective[np.newaxis], whole=True)[0]
            self.fitting = np.vstack([self.fitting, table.round()])

    def _solve(self, objectives: Numbers, *, whole: bool) -> Numbers:
        """The table that makes each objective (row) smallest, by as many programmes side by side."""
        many = len(objectives)
        sums = scipy.sparse.kron(
            scipy.sparse.eye_array(many), scipy.sparse.csr_array(self._sums), format="csc"
        )
        limits = np.tile(self._least, many), np.tile(self._most, many)
        answer: Any = scipy.optimize.milp(
            objectives.ravel(),
            constraints=scipy.optimize.LinearConstraint(sums, *limits),
            bounds=self._bounds,
            integrality=np.full(objectives.size, int(whole)),
            options={"node_limit": NODES} if whole else None,
        )
        if answer.x is None and (answer.status == INFEASIBLE or not len(self.fitting)):
            raise Contradiction
        found = np.tile(self.fitting[0], many) if answer.x is None else answer.x
        return np.reshape(found, objectives.shape)


def at_odds(sums: Sums, least: Numbers, most: Numbers, weights: Numbers, limit: float) -> NDArray[np.intp]:
    """Which sums are given up for all others to be true: what weighs least, times how far it is off."""
    many, atoms = sums.matrix.shape[0] - sums.ties, sums.matrix.shape[1]
    off = scipy.sparse.vstack([scipy.sparse.eye_array(many), scipy.sparse.csr_array((sums.ties, many))])
    limits = (np.concatenate([each, np.zeros(sums.ties)]) for each in (least, most))
    answer: Any = scipy.optimize.milp(
        np.concatenate([np.zeros(atoms), weights, weights]),
        constraints=scipy.optimize.LinearConstraint(
            scipy.sparse.hstack([sums.matrix, off, -off], format="csc"), *limits
        ),
        bounds=scipy.optimize.Bounds(0, np.concatenate([np.full(atoms, limit), np.full(2 * many, np.inf)])),
        integrality=np.ones(atoms + 2 * many),
        options={"node_limit": NODES},
    )
    if answer.x is None:
        raise Contradiction
    up, down = answer.x[atoms:].reshape(2, many)
    return np.flatnonzero(up + down > WHOLE)


def _moving_apart(moves: Numbers) -> NDArray[np.intp]:
    """Of sums that move alike (rows), forth or back, the first; none of those that never move."""
    forth = moves * np.where(moves[:, :1] < 0, -1, 1)
    _, first = np.unique(forth.round(MOVES), axis=0, return_index=True)
    apart: NDArray[np.intp] = first[np.abs(moves[first]).max(axis=1) >= WHOLE]
    return apart
