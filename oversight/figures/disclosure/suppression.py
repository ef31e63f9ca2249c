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
from typing import TYPE_CHECKING

from oversight.figures.disclosure.releases import (
    Cells,
    Contradiction,
    Layout,
    Place,
    Protected,
    Release,
    release_of,
)
from oversight.rules.rulebook import SmallNumbers

if TYPE_CHECKING:
    from oversight.figures.disclosure.hiding import Hiding

__all__ = ["Cells", "Contradiction", "Protected", "Release", "printed", "protect", "protecting", "release_of"]


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
    _, hidden = protecting(table, SmallNumbers(threshold, floor), earlier, parts)
    return printed(table, hidden)


def protecting(
    table: Layout, rule: SmallNumbers, earlier: Sequence[Release], parts: Sequence[str]
) -> "tuple[Hiding, set[Place] | None]":
    """(the search, which can go on; what it hides, or None for what can't be printed). As `protect`."""
    from oversight.figures.disclosure.hiding import (
        Hiding,  # brings scipy: half a second, for those who protect alone
    )

    if not 0 < rule.floor <= rule.threshold - 2:
        raise ValueError("The floor is above zero, and at least two below the threshold.")
    for aim in (rule.threshold, rule.floor):
        hiding = Hiding(table, rule, earlier, parts, aim=aim)
        hidden = hiding.places()
        if hidden is not None:
            break
    return hiding, hidden


def printed(table: Layout, hidden: set[Place] | None) -> Protected:
    """The table without what is hidden; without anything where that is None."""
    numbers = table.numbers()
    shown = {place: count for place, count in numbers.items() if hidden is not None and place not in hidden}
    height, width = len(table.rows), len(table.columns)
    return Protected(
        cells=tuple(tuple(shown.get((i, j)) for j in range(width)) for i in range(height)),
        row_totals=tuple(shown.get((i, width)) for i in range(height)),
        column_totals=tuple(shown.get((height, j)) for j in range(width)),
        total=shown.get((height, width)),
        hidden=len(numbers) - len(shown),
        printable=hidden is not None,
    )
