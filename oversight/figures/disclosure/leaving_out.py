"""What a table says beside itself that it left out: how many, where that is no small number.

Such a number is one of the table, though it stands in no cell: editions of other periods say it too.
"""

from collections.abc import Iterable, Mapping, Sequence

from oversight.figures.disclosure.releases import (
    Atom,
    Cells,
    Contradiction,
    Published,
    Release,
    is_slight,
    told,
)
from oversight.figures.disclosure.suppression import printed, protecting
from oversight.figures.figure import Figure, Unknown
from oversight.rules.rulebook import SmallNumbers

UNTIL = "until the end of "


def left_out(
    figure: Figure,
    rule: SmallNumbers,
    earlier: Sequence[Release],
    parts: Sequence[str],
    *,
    elsewhere: Iterable[Release] = (),
    beside: Sequence[Release] = (),
) -> Mapping[str, Published]:
    """What is said of each number left out, by its code; None is its value where it has to be hidden.

    What stands in a row of the table is looked after there. `elsewhere`: what all other tables said, of this
    edition and of every earlier one. A number that runs from the beginning of time is held against those
    too, since one is mostly made of the other. `beside`: what tables said that leave out the same of more
    files, or of fewer, in the same time or in more or less of it.
    """
    every = [*earlier, *elsewhere]
    return {
        each.code: _said(each, rule, every if each.is_running else earlier, parts, beside)
        for each in figure.unknown
        if each.row is None
    }


def _said(
    unknown: Unknown,
    rule: SmallNumbers,
    earlier: Sequence[Release],
    parts: Sequence[str],
    beside: Sequence[Release],
) -> Published:
    count = unknown.count or 0
    table = Cells(("",), (unknown.code,), ((count,),))
    before = _of_that(unknown, earlier)
    terms = table.terms((0, 0), _parts(unknown, parts))
    if unknown.is_running:
        differs = any(
            is_slight(each.known, count, rule.threshold) for each in before if each.known is not None
        )
        is_shown = not (differs or 0 < count < rule.threshold)
    else:
        there = [each for each in _of_that(unknown, beside) if each.terms <= terms or each.terms >= terms]
        is_shown = _is_safe(table, rule, before, parts) and not _leaves_few(count, there, rule.threshold)
    return (
        Published(terms, count)
        if is_shown
        else told(terms, count, total=False, before=None, threshold=rule.threshold)
    )


def _leaves_few(count: int, others: Sequence[Published], threshold: int) -> bool:
    """Whether it hardly differs from one of the others that are known, or from several of them together."""
    sums = {0}
    for number in others:
        if number.known is not None:
            sums |= {each + number.known for each in sums if each + number.known < count + threshold}
    return any(is_slight(each, count, threshold) for each in sums)


def _is_safe(table: Cells, rule: SmallNumbers, before: Sequence[Published], parts: Sequence[str]) -> bool:
    try:
        _, hidden = protecting(table, rule, [Release(tuple(before))], parts)
    except Contradiction:
        return False
    return printed(table, hidden).cells[0][0] is not None


def _parts(unknown: Unknown, parts: Sequence[str]) -> Sequence[str]:
    """A number that runs from the beginning of time is of no period: only of its last day."""
    return (f"{UNTIL}{parts[-1]}",) if unknown.is_running else parts


def _of_that(unknown: Unknown, earlier: Sequence[Release]) -> list[Published]:
    return [
        number
        for release in earlier
        for number in release.published
        if all(atom.row == "" and atom.column == unknown.code for atom in number.terms)
    ]


def running_alone(release: Release) -> Release:
    """Only what it says of numbers that run from the beginning of time."""
    return Release(tuple(number for number in release.published if all(map(_is_running, number.terms))))


def _is_running(atom: Atom) -> bool:
    return is_left_out(atom) and atom.part.startswith(UNTIL)


def is_left_out(atom: Atom) -> bool:
    """Whether an atom is of something left out of a table, and not in it."""
    return atom.row == ""
