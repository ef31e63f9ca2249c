"""Releases read together: periods that contain one another, and corrections of what was printed."""

import numpy as np
import pytest

from oversight.figures.disclosure.suppression import (
    Cells,
    Contradiction,
    Protected,
    Release,
    protect,
    release_of,
)
from tests.figures.attacker import Archive, printed, truth

PARTS = ("Q1", "Q2", "Q3")
PERIODS = {"Q1": ("Q1",), "Q2": ("Q2",), "Q3": ("Q3",), "H1": ("Q1", "Q2"), "year": PARTS}
FLOOR = 5


class Office:
    """Files by quarter, and what was released of them so far."""

    def __init__(self, counts: object, *, remembers: bool = True) -> None:
        self.files = np.array(counts, dtype=int)
        _, height, width = self.files.shape
        self.rows, self.columns = (
            tuple(map("row {}".format, range(height))),
            tuple(map("column {}".format, range(width))),
        )
        self.remembers = remembers
        self.releases: list[Release] = []
        self.printed: list[tuple[str, Cells, Protected]] = []

    def table(self, period: str) -> Cells:
        counts = self.files[[PARTS.index(part) for part in PERIODS[period]]].sum(axis=0)
        return Cells(self.rows, self.columns, tuple(map(tuple, counts.tolist())))

    def release(self, period: str) -> Protected:
        table, parts = self.table(period), PERIODS[period]
        earlier = self.releases if self.remembers else []
        shown = protect(table, earlier=earlier, parts=parts)
        self.releases.append(release_of(table, shown, parts=parts, earlier=earlier))
        self.printed.append((period, table, shown))
        return shown

    def exposed(self, *, told: bool) -> dict[str, tuple[float, float]]:
        archive = Archive(self.rows, self.columns, PARTS)
        for period, table, shown in self.printed:
            archive.add(table, shown, PERIODS[period], told=told)
        return archive.intervals(FLOOR) if archive.said else {}


def random_office(chance: np.random.Generator, *, remembers: bool = True) -> Office:
    size = (3, chance.integers(1, 4), chance.integers(2, 5))
    kind = chance.choice(3, size=size, p=chance.dirichlet([1, 1, 2]))
    large = chance.geometric(1 / chance.choice([20, 60]), size) + 9
    return Office(np.choose(kind, [np.zeros(size), chance.integers(1, 10, size), large]), remembers=remembers)


def correct(office: Office, chance: np.random.Generator) -> None:
    for _ in range(chance.integers(1, 3)):
        where = tuple(chance.integers(0, office.files.shape))
        office.files[where] = max(0, office.files[where] + chance.choice([-2, -1, 1, 1, 2, 15]))


def run(office: Office, chance: np.random.Generator) -> tuple[int, int]:
    """Two to four editions; how many were refused, and how many could not be printed."""
    refused = 0
    for _ in range(chance.integers(2, 5)):
        period = chance.choice(list(PERIODS))
        if office.printed and chance.random() < 0.4:
            correct(office, chance)
            period = chance.choice([name for name, _, _ in office.printed])
        try:
            office.release(period)
        except Contradiction:
            refused += 1
    return refused, sum(not shown.printable for _, _, shown in office.printed)


# ---- the reader ---------------------------------------------------------------------------------------


def assert_no_slight_change(office: Office) -> None:
    last: dict[str, np.ndarray] = {}
    for period, table, shown in office.printed:
        read = printed(shown)
        assert not ((read > 0) & (read < 10)).any()
        assert ((read == truth(table)) | np.isnan(read)).all()
        change = np.abs(read - last.get(period, read))
        assert not ((change > 0) & (change < 10)).any()
        last[period] = np.where(np.isnan(read), last.get(period, read), read)


def test_an_office_that_forgets_its_releases_is_found_out() -> None:
    """The reader of these tests finds what is there to be found."""
    chance = np.random.default_rng(7)
    found = 0
    for _ in range(15):
        office = random_office(chance, remembers=False)
        for period in ("Q1", "H1", "Q2"):
            office.release(period)
        found += bool(office.exposed(told=False))
    assert found >= 8


# ---- periods that contain one another -----------------------------------------------------------------

LARGE = [[40, 50, 60], [70, 80, 90], [55, 65, 75]]


def with_cell(count: int, base: list[list[int]] = LARGE) -> list[list[int]]:
    return [[count, *base[0][1:]], *base[1:]]


def test_what_a_half_year_has_over_its_quarter_is_no_small_number() -> None:
    office = Office([LARGE, with_cell(3), LARGE])
    assert office.release("Q1").hidden == 0
    half = office.release("H1")
    assert half.cells[0][0] is None
    assert half.hidden >= 4
    assert office.exposed(told=True) == {}


def test_a_half_year_alone_hides_nothing_for_a_quarter_that_is_not_printed() -> None:
    assert Office([LARGE, with_cell(3), LARGE]).release("H1").hidden == 0


def test_the_last_quarter_does_not_give_away_what_the_others_hid() -> None:
    office = Office([with_cell(3), LARGE, LARGE])
    for period in ("Q1", "H1", "Q2"):
        office.release(period)
    assert office.exposed(told=True) == {}


def test_a_zero_is_hidden_where_it_would_give_away_another_quarter() -> None:
    """Shown beside the half-year's 40, it would say that the hidden number of the other quarter is 40."""
    second = [[50, 0, 20], [30, 70, 40], [25, 35, 45]]
    office = Office([[[3, 40, 50], [40, 60, 70], [70, 80, 90]], second, LARGE])
    first, half, last = (office.release(period) for period in ("Q1", "H1", "Q2"))
    assert first.cells[0][1] is None
    assert half.cells[0][1] == 40
    assert last.cells[0][1] is None
    assert last.cells[0][2] == 20


def test_quarters_and_their_half_year_can_all_be_printed() -> None:
    """What the half-year has over the first quarter is known, and of no use when hidden in the second."""
    for order in (("Q1", "H1", "Q2"), ("H1", "Q2", "Q1"), ("Q1", "Q2", "H1", "Q3", "year")):
        office = Office([with_cell(3), with_cell(5), LARGE])
        shown = [office.release(period) for period in order]
        assert all(one.printable for one in shown)
        assert sum(one.hidden for one in shown) <= 4 * len(order)


# ---- corrections --------------------------------------------------------------------------------------


def test_the_correction_of_one_case_is_not_seen() -> None:
    office = Office([LARGE, LARGE, LARGE])
    office.release("Q1")
    office.files[0, 0, 0] += 1
    second = office.release("Q1")
    assert second.cells[0][0] is second.row_totals[0] is second.column_totals[0] is second.total is None
    assert second.hidden == 4
    assert office.exposed(told=True) == {}


def test_a_case_moved_within_its_row_leaves_the_row_total_shown() -> None:
    office = Office([LARGE, LARGE, LARGE])
    office.release("Q1")
    office.files[0, 0, :2] += (1, -1)
    second = office.release("Q1")
    assert second.cells[0] == (None, None, 60)
    assert second.row_totals == (150, 240, 195)


def test_an_unchanged_edition_shows_what_the_first_one_showed() -> None:
    office = Office([with_cell(3), LARGE, LARGE])
    assert office.release("Q1") == office.release("Q1")


def test_a_large_correction_is_shown() -> None:
    office = Office([LARGE, LARGE, LARGE])
    office.release("Q1")
    office.files[0, 0, 0] += 25
    assert office.release("Q1").cells[0][0] == 65


def test_what_was_hidden_stays_hidden_in_later_editions() -> None:
    """9 becomes 10: shown now, with neighbours that did not change, it would tell the 9."""
    office = Office([with_cell(9), LARGE, LARGE])
    first = printed(office.release("Q1"))
    office.files[0, 0, 0] = 10
    second = printed(office.release("Q1"))
    assert np.isnan(second[np.isnan(first)]).all()


def test_releases_that_contradict_one_another_are_refused() -> None:
    office = Office([LARGE, np.zeros((3, 3)), LARGE])
    office.release("Q1")
    office.files[0, 0, 0] -= 1
    with pytest.raises(Contradiction, match="can't both be true"):
        office.release("H1")
    office.release("Q1")
    assert office.release("H1") is not None
