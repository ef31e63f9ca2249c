"""Small numbers stay hidden: one table at a time, against a reader written apart from what protects it."""

import subprocess
import sys
from statistics import median
from time import process_time

import numpy as np
import pytest

from oversight.figures.disclosure.attack import Attacker, Sums, limits
from oversight.figures.disclosure.releases import Published
from oversight.figures.disclosure.suppression import Cells, Protected, Release, protect, release_of
from tests.figures.attacker import ENDLESS, printed, slack, truth

THRESHOLD, FLOOR = 10, 5


def table_of(counts: object) -> Cells:
    lines = np.array(counts, dtype=int)
    rows, columns = (
        tuple(f"{kind} {i}" for i in range(n)) for kind, n in zip("rc", lines.shape, strict=True)
    )
    return Cells(rows, columns, tuple(map(tuple, lines.tolist())))


def random_table(chance: np.random.Generator) -> Cells:
    """From 1×2 to 8×12, most of them not so large; zeros, small and skewed large counts in any mixture."""
    size = (chance.integers(1, 9, 2).min(), chance.integers(2, 13, 2).min())
    if chance.random() < 0.05:
        size = (8, 12)
    kind = chance.choice(3, size=size, p=chance.dirichlet([1, 1, 1]))
    large = chance.geometric(1 / chance.choice([5, 40, 300]), size) + 9
    return table_of(np.choose(kind, [np.zeros(size), chance.integers(1, 10, size), large]))


def small_ones(numbers: np.ndarray) -> np.ndarray:
    return (numbers > 0) & (numbers < THRESHOLD)


def naively_hidden(table: Cells) -> Protected:
    """Small cells and small totals hidden, and nothing else."""
    numbers = truth(table)
    shown = [
        [None if small else int(n) for n, small in zip(*line, strict=True)]
        for line in zip(numbers, small_ones(numbers), strict=True)
    ]
    return Protected(
        cells=tuple(tuple(line[:-1]) for line in shown[:-1]),
        row_totals=tuple(line[-1] for line in shown[:-1]),
        column_totals=tuple(shown[-1][:-1]),
        total=shown[-1][-1],
        hidden=int(small_ones(numbers).sum()),
        printable=True,
    )


# ---- the reader ---------------------------------------------------------------------------------------


def test_hiding_only_what_is_small_is_broken_at_once() -> None:
    """The reader of these tests finds what is there to be found."""
    chance = np.random.default_rng(1)
    widths: list[int] = []
    for table in [random_table(chance) for _ in range(50)]:
        shown = naively_hidden(table)
        widths += slack(table, shown, told=False, threshold=THRESHOLD, enough=FLOOR).values()
    assert np.mean(np.array(widths) == 0) > 0.05
    assert np.mean(np.array(widths) < FLOOR) > 0.15


def test_programmes_and_flows_find_the_same_intervals() -> None:
    chance = np.random.default_rng(2)
    compared = 0
    for table in [random_table(chance) for _ in range(30)]:
        shown = naively_hidden(table)
        release = release_of(table, shown).published
        sums = Sums([number.terms for number in release])
        for told in (True, False):
            reader = Attacker(sums, *limits(release, told=told), 10.0 * ENDLESS)
            flows = slack(table, shown, told=told, threshold=THRESHOLD, enough=1000)
            for place, width in flows.items():
                low, high = reader.interval(sums.rows([table.terms(place, ("",))])[0])
                assert min(high - low, 1000) == width
                compared += 1
    assert compared > 300


# ---- what it costs ------------------------------------------------------------------------------------


def test_a_few_small_cells_cost_a_few_numbers() -> None:
    """A lone small cell needs three neighbours; no total of many large cells is lost to it."""
    chance = np.random.default_rng(3)
    shares = []
    for _ in range(25):
        counts = chance.integers(20, 200, (chance.integers(4, 9), chance.integers(5, 13)))
        counts.flat[chance.integers(0, counts.size, chance.integers(1, 4))] = chance.integers(1, 10)
        table = table_of(counts)
        shown = protect(table)
        small = small_ones(truth(table)).sum()
        assert shown.printable
        assert shown.hidden <= 5 * small
        assert None not in (*shown.row_totals, *shown.column_totals, shown.total)
        shares.append(shown.hidden / small)
    assert np.mean(shares) < 4.2


def test_a_table_of_eight_by_twelve_takes_less_than_a_second() -> None:
    chance = np.random.default_rng(4)
    protect(table_of([[3, 40], [50, 60]]))
    seconds = []
    for _ in range(5):
        kind = chance.choice(3, size=(8, 12), p=[0.2, 0.2, 0.6])
        table = table_of(np.choose(kind, [kind * 0, chance.integers(1, 10, (8, 12)), 10 + kind * 25]))
        start = process_time()
        protect(table)
        seconds.append(process_time() - start)
    assert median(seconds) < 1


def test_commands_that_protect_nothing_do_not_wait_for_scipy() -> None:
    module = "oversight.figures.disclosure.suppression"
    asks = f"import sys, {module}; sys.exit(bool({{'numpy', 'scipy'}} & {{*sys.modules}}))"
    subprocess.run([sys.executable, "-c", asks], check=True)


# ---- the shapes that tables take ----------------------------------------------------------------------


@pytest.mark.parametrize("counts", [[[0, 0], [0, 0]], [[10, 0], [12, 400]], [[0]], [[10]]])
def test_zeros_and_what_reaches_the_threshold_are_shown(counts: list[list[int]]) -> None:
    table = table_of(counts)
    shown = protect(table)
    assert shown.printable
    assert shown.hidden == 0
    assert (printed(shown) == truth(table)).all()


@pytest.mark.parametrize("counts", [[[3]], [[3, 0]], [[0], [9]], [[1, 1], [1, 1]]])
def test_a_table_with_nothing_left_to_show_is_not_printed(counts: list[list[int]]) -> None:
    shown = protect(table_of(counts))
    assert not shown.printable
    assert np.isnan(printed(shown)).all()


def test_in_a_lone_row_the_column_totals_say_what_the_cells_say() -> None:
    shown = protect(table_of([[3, 40, 60]]))
    assert shown.cells == ((None, None, 60),)
    assert shown.column_totals == (None, None, 60)
    assert (shown.row_totals, shown.total) == ((103,), 103)


def test_a_small_total_is_hidden_and_another_with_it() -> None:
    shown = protect(table_of([[3, 2, 0], [40, 50, 60], [70, 80, 90]]))
    assert shown.row_totals[0] is None
    assert shown.row_totals.count(None) == 2 or shown.total is None


def test_two_hidden_nines_of_a_sum_of_eighteen_are_not_left_alone() -> None:
    """Who knows that both are small would know both."""
    table = table_of([[9, 9, 40], [9, 9, 50], [60, 70, 80]])
    shown = protect(table)
    assert None in shown.cells[0][2:] or shown.row_totals[0] is None
    assert min(slack(table, shown, told=True, threshold=THRESHOLD, enough=FLOOR).values()) == FLOOR


def test_ten_ones_do_not_stand_beside_their_total() -> None:
    shown = protect(table_of([[1] * 10, [50] * 10, [60] * 10]))
    assert shown.printable
    assert shown.row_totals[0] is None


def test_other_thresholds_hold_too() -> None:
    table = table_of([[3, 7, 30], [12, 25, 40], [18, 60, 90]])
    shown = protect(table, threshold=20, floor=10)
    read = printed(shown)
    assert not ((read > 0) & (read < 20)).any()
    assert min(slack(table, shown, told=True, threshold=20, enough=10).values()) == 10


@pytest.mark.parametrize("floor", [0, 9, 10])
def test_a_floor_that_can_not_be_promised_is_refused(floor: int) -> None:
    with pytest.raises(ValueError, match="floor"):
        protect(table_of([[3, 40]]), floor=floor)


@pytest.mark.parametrize(
    ("rows", "columns", "counts", "word"),
    [
        ((), ("a",), (), "at least one row"),
        (("x",), ("a", "a"), ((1, 2),), "same name"),
        (("x",), ("a", "b"), ((1,),), "one count for each"),
        (("x",), ("a", "b"), ((1, -2),), "below zero"),
    ],
)
def test_what_is_no_table_is_refused(rows: tuple, columns: tuple, counts: tuple, word: str) -> None:
    with pytest.raises(ValueError, match=word):
        Cells(rows, columns, counts)


def test_the_same_table_is_always_protected_alike() -> None:
    table = random_table(np.random.default_rng(6))
    assert protect(table) == protect(table)


# ---- what stands in other tables ----------------------------------------------------------------------


def test_a_total_that_stands_elsewhere_does_not_help_when_hidden() -> None:
    """Beside a total of ten, ten cells that are not zero are ones, whatever else is hidden."""
    table = table_of([[1] * 10, [50] * 10, [60] * 10])
    total = Published(table.terms((0, 10), ("",)), 10)
    assert protect(table).printable
    assert not protect(table, earlier=[Release((total,))]).printable


def test_two_columns_printed_as_one_elsewhere_are_read_together() -> None:
    table = table_of([[30, 45, 60], [70, 80, 90], [50, 40, 30]])
    both = table.terms((0, 0), ("",)) | table.terms((0, 1), ("",))
    assert protect(table, earlier=[Release((Published(both, 75),))]).hidden == 0
    small = table_of([[3, 45, 60], [70, 80, 90], [50, 40, 30]])
    shown = protect(small, earlier=[Release((Published(both, 48),))])
    assert shown.cells[0][:2] == (None, None)
