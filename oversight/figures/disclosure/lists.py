"""A list of files beside the tables that count the same files: whether it gives away what they hide.

Files of a list that are told alike are a group of so many. A reader who has the list and the tables of where
open files stand and of what became of deadlines knows that the files of a group are among those that the
tables count. What is left of a table's number once the listed are taken off was printed nowhere, and may be
small. So may what is left of a list once those are taken off that stand in the list of a later day.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product
from typing import Any

from oversight.figures.disclosure.attack import Attacker, Sums, limits
from oversight.figures.disclosure.leaving_out import is_left_out
from oversight.figures.disclosure.releases import Atom, Contradiction, Published, Release, Tie
from oversight.rules.rulebook import SmallNumbers

Named = tuple[str, Atom]
OPEN, DUE, LISTED, LATE, REST = "open", "due", "listed", "late", "rest"


@dataclass(frozen=True)
class Group:
    """So many files that are told alike, by what can be known of where each stands in the tables.

    `stages` and `ages` name the rows and columns of the open files that it may be in; `deadline` the row of
    the deadlines that it surely is in, or none.
    """

    number: int
    stages: Collection[str]
    ages: Collection[str]
    deadline: str = ""


@dataclass(frozen=True)
class Cohort:
    """So many files of a list that are told alike, by what surely is so of each of them.

    `received` and `due` are the first and the last day that it may be; `deadline` is empty if it isn't said.
    """

    number: int
    received: tuple[date, date]
    due: tuple[date, date]
    deadline: str

    def may_hold(self, other: "Cohort") -> bool:
        """Whether a file may be of both, if what it was due by stays as it is."""
        return (
            _meet(self.received, other.received)
            and _meet(self.due, other.due)
            and (not self.deadline or not other.deadline or self.deadline == other.deadline)
        )


def tells_of_change(before: Sequence[Cohort], day: date, after: Sequence[Cohort], rule: SmallNumbers) -> bool:
    """Whether the list of one `day` and one of a later day tell how few left the list, stayed or joined it.

    Told to somebody who takes it that a file once late is late until it is done, so that whatever was due
    by the day and stands in the later list stood in the first one too.
    """
    stayed = {
        (one, other)
        for (one, group), (other, later) in product(enumerate(before), enumerate(after))
        if later.due[0] <= day and group.may_hold(later)
    }
    left = {(one, -1) for one in range(len(before))}
    joined = {(-1, other) for other, later in enumerate(after) if later.due[1] > day}
    known = [
        (frozenset(each for each in stayed | left | joined if each[side] == place), group.number)
        for side, groups in enumerate((before, after))
        for place, group in enumerate(groups)
    ]
    sums = [*(frozenset({each}) for each in stayed | left | joined), *map(frozenset, (stayed, left, joined))]
    return _tells(known, sorted(filter(None, sums), key=sorted), rule)


def _meet(one: tuple[date, date], other: tuple[date, date]) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]


def _tells(
    known: Sequence[tuple[frozenset[Any], int]], asked: Sequence[frozenset[Any]], rule: SmallNumbers
) -> bool:
    """Whether the known sums tell one of the asked ones within less than the floor, and it may be small."""
    sums = Sums([terms for terms, _ in known])
    numbers = [Published(terms, number) for terms, number in known]
    limit = 2.0 * max(number for _, number in known) + 100.0 * rule.threshold
    try:
        reader = Attacker(sums, *limits(numbers, told=True), limit)
    except Contradiction:  # a deadline was moved, or stood still: nobody can say what they tell together
        return True
    return any(
        high >= 1 and low < rule.threshold for _, low, high in reader.narrow(sums.rows(asked), rule.floor)
    )


def gives_away(
    groups: Sequence[Group], open_: Release, due: Release, missed: Collection[str], rule: SmallNumbers
) -> bool:
    """Whether somebody who was told which hidden numbers are small tells one within less than the floor.

    `open_` and `due` are what those tables told, `missed` the columns of deadlines that were not kept.
    """
    ties = [*_of_open(groups, _atoms(open_)), *_of_due(groups, _atoms(due), missed)]
    if not ties:
        return False
    tied = {atom for tie in ties for side in tie for atom in side}
    known = [*_said(OPEN, open_), *_said(DUE, due), *_listed(groups, tied)]
    sums, numbers = Sums([terms for terms, _ in known], ties), [number for _, number in known]
    limit = 2.0 * max(number.known or number.least for number in numbers) + 100.0 * rule.threshold
    try:
        reader = Attacker(sums, *limits(numbers, told=True), limit)
    except Contradiction:  # some of the listed stand in no table: nobody can say what they tell together
        return True
    hidden = [terms for terms, number in known if number.known is None]
    return any(
        index < len(hidden) or (high >= 1 and low < rule.threshold)
        for index, low, high in reader.narrow(sums.rows([*hidden, *_rests(tied)]), rule.floor)
    )


def _said(family: str, release: Release) -> Iterator[tuple[frozenset[Named], Published]]:
    for number in release.published:
        yield frozenset((family, atom) for atom in number.terms), number


def _listed(groups: Sequence[Group], tied: Collection[Named]) -> Iterator[tuple[frozenset[Named], Published]]:
    """The number of each group: once by where its files may stand, and once by their deadline."""
    for place, group in enumerate(groups):
        of_it = frozenset(each for each in tied if each[0] in (LISTED, LATE) and each[1].part == str(place))
        for family in (LISTED, LATE):
            if terms := frozenset(each for each in of_it if each[0] == family):
                yield terms, Published(frozenset(), group.number)


def _of_open(groups: Sequence[Group], atoms: Collection[Atom]) -> Iterator[Tie]:
    """Each number of open files is the listed ones of it and the rest."""
    for atom in atoms:
        of_it = frozenset(
            (LISTED, Atom(atom.row, atom.column, str(number)))
            for number, group in enumerate(groups)
            if atom.row in group.stages and atom.column in group.ages
        )
        yield frozenset({(OPEN, atom)}), of_it | {(REST, atom)}


def _of_due(groups: Sequence[Group], atoms: Collection[Atom], missed: Collection[str]) -> Iterator[Tie]:
    """The deadlines of a kind that were missed are those of the listed files and the rest."""
    for deadline in sorted({atom.row for atom in atoms}):
        of_it = frozenset(
            (LATE, Atom("", "", str(number)))
            for number, group in enumerate(groups)
            if group.deadline == deadline
        )
        of_kind = frozenset((DUE, atom) for atom in atoms if atom.row == deadline and atom.column in missed)
        if of_it and of_kind:
            yield of_kind, of_it | {(REST, Atom(deadline, "", DUE))}


def _rests(tied: Collection[Named]) -> list[frozenset[Named]]:
    """What the list leaves of each number, of each row, and of all that are open."""
    rests = sorted(each for each in tied if each[0] == REST)
    rows = {atom.row for _, atom in rests}
    of_open = [each for each in rests if each[1].part != DUE]
    by_row = [frozenset(each for each in of_open if each[1].row == row) for row in sorted(rows)]
    return [each for each in [*(frozenset({rest}) for rest in rests), *by_row, frozenset(of_open)] if each]


def _atoms(release: Release) -> list[Atom]:
    atoms = {atom for number in release.published for atom in number.terms}
    return sorted(atom for atom in atoms if not is_left_out(atom))
