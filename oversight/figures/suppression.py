"""Which numbers of a table to hide, so that nobody learns a small one.

**What is hidden.** A number of 1 to t-1, cell or total (t is the threshold); then as many others, cells
first and the smallest first, totals last, as it takes until the attack no longer tells any hidden number
closely. A zero is shown. What can't be made safe while any number but zeros is still shown is not printed at
all.

**Against whom.** Two readers, and both know every shown number, every zero, the rule and all earlier
releases. One knows no more; they should tell no hidden number within less than t (the aim). One was told of
each hidden cell whether it is small, so that two hidden nines of a sum of 18 are plain to them; they shall
tell none within less than the floor (the promise). If the aim would leave nothing to print, the promise
alone is kept. Width is highest minus lowest. Nobody is told that a hidden *total* is small: nine cells under
a total of nine could not be hidden from them by anything. A reader who runs this very program on guessed
tables and keeps those that would give the printed pattern is not defended against.

**Other periods.** What follows from two releases need not stand in either: 43 in the half-year and 40 in its
first quarter say 3. So every remainder of one release after another is attacked too, and where it may be
small and is closely known, the number in the new table is hidden; even a zero then.

**Other tables.** A sum that stands elsewhere too, say the total of all files in a table by district and in
one by channel, is known from there. It is given as an earlier release of that one number over this table's
atoms.

**Corrections.** A later edition of the same table that shows 41 where 40 stood says what one person's file
was. So a number that changed by 1 to t-1 is hidden in the new edition, and so is every number that an
earlier edition hid: were it shown now, its old neighbours would give its old value away. Nothing is hidden
twice over: a number that was shown, and is the same, is no help when hidden, and is shown again. What
remains: a *sum* of hidden numbers may be seen to change by little, which doesn't say in which of them. If
releases contradict one another (a file counted in the quarter has left the half-year), that is a
`Contradiction`, and the earlier table is to be corrected first.

**Shares.** A share next to a total is a count in other clothes: whoever prints one computes it from a shown
number and a shown total of this table, never from a hidden one.
"""

from collections.abc import Sequence

from oversight.figures.releases import Cells, Contradiction, Place, Protected, Release, release_of

__all__ = ["Cells", "Contradiction", "Protected", "Release", "protect", "release_of"]


def protect(
    table: Cells,
    *,
    threshold: int = 10,
    floor: int = 5,
    earlier: Sequence[Release] = (),
    parts: Sequence[str] = ("",),
) -> Protected:
    """Hide what has to be hidden, given all `earlier` releases about the same files, oldest first.

    `parts` are the periods or strata that the table covers, as fine as any release goes. Raises ValueError
    for a floor that can't be promised, Contradiction where the releases can't all be true.
    """
    from oversight.figures.hiding import Hiding  # brings scipy: half a second, for those who protect alone

    if not 0 < floor <= threshold - 2:
        raise ValueError("The floor is above zero, and at least two below the threshold.")
    for aim in (threshold, floor):
        hidden = Hiding(table, threshold, earlier, parts).places(floor, aim)
        if hidden is not None:
            return _printed(table, hidden)
    return _printed(table, set(table.numbers()), printable=False)


def _printed(table: Cells, hidden: set[Place], *, printable: bool = True) -> Protected:
    shown = {place: None if place in hidden else count for place, count in table.numbers().items()}
    rows, columns = range(table.height), range(table.width)
    return Protected(
        cells=tuple(tuple(shown[row, column] for column in columns) for row in rows),
        row_totals=tuple(shown[row, table.width] for row in rows),
        column_totals=tuple(shown[table.height, column] for column in columns),
        total=shown[table.height, table.width],
        hidden=len(hidden),
        printable=printable,
    )
