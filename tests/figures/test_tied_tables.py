"""Tables of the same files side by side, read by somebody who puts them together."""

import numpy as np

from oversight.figures.ties import Beside
from oversight.figures.together import protected_together
from tests.figures.tied_tables import ALLEGED, RULE, beside, tied_office


def test_tables_that_are_protected_one_by_one_are_found_out() -> None:
    """The reader of these tests finds what is there to be found."""
    chance = np.random.default_rng(12)
    found = 0
    for _ in range(6):
        office = tied_office(chance)
        office.publish("2015-H1", together=False)
        found += bool(office.told())
    assert found >= 2


def test_what_a_half_year_hid_is_not_told_by_another_table_of_its_quarter() -> None:
    """The half-year printed its allegations by duty alone, and their rows not; the quarter would print them
    by finding alone, rows and all. From both, it could be told what the half-year has in the third row."""
    by_finding = [[[0, 0, 0], [18, 0, 5], [0, 10, 0]], [[2, 21, 0], [46, 0, 3], [0, 0, 0]]]
    by_duty = [[[0, 0], [14, 9], [10, 0]], [[3, 20], [4, 45], [0, 0]]]
    office = tied_office(np.random.default_rng(3))
    office.shares = {
        name: np.array(cells) for name, cells in zip(ALLEGED, (by_finding, by_duty), strict=True)
    }
    office.publish("2015-H1")
    assert office.earlier["allegations-by-duty"][0].published
    office.publish("2015-Q2")
    assert office.told() == {}


def test_a_quarter_s_stock_tells_nothing_of_the_months_of_the_quarter_before() -> None:
    """The first quarter hid what stood at its end; the second begins with it, and goes on from there."""
    months = [(15, 0, 0, 6), (9, 7, 4, 16), (4, 10, 0, 9), (5, 22, 11, 12), (26, 12, 0, 13), (25, 26, 0, 34)]
    office = tied_office(np.random.default_rng(3))
    office.docket = np.array([(*month, sum(month[:3]) - month[3]) for month in months])
    office.received = office.docket[:, 1].reshape(2, 3).sum(axis=1)
    office.ages = office.docket[[2, 5], 4].reshape(2, 1, 1)
    office.shares = {}
    for period in ("2015-Q1", "2015-Q2"):
        office.publish(period)
    assert office.told() == {}


def test_what_divides_a_sum_of_another_table_anew_is_left_out_before_it_costs_that_table() -> None:
    """Seven allegations with an action of their own would leave neither findings nor duty to be shown."""
    found = [[0, 0, 60], [160, 0, 0], [160, 0, 6], [0, 0, 60], [160, 0, 0], [30, 40, 0]]
    duty = [[sum(row)] for row in found]
    action = [[0, 107], [0, 12], [0, 7], [126, 0]]
    tables = [
        table("findings-by-allegation", found, column_sums={"sustained": ((2,),)}),
        table("allegations-by-duty", duty),
        table("corrective-action", action, adds_across=False, column_sums={"sustained": ((0,), (1,))}),
    ]
    protected = protected_together(tables, RULE, {})
    assert [protected.shown(each).printable for each in tables] == [True, True, False]


def test_a_table_that_is_kept_back_now_is_remembered_from_before() -> None:
    """The quarter printed its corrective action, the half-year doesn't; from both, and the half-year's other
    tables, it could be told how many of an allegation the quarter hid."""
    office = tied_office(np.random.default_rng(3))
    office.sustaining = (0, 2)
    office.shares = {
        ALLEGED[0]: np.array(
            [[[9, 0, 14], [0, 2, 5], [0, 3, 0]], [[1, 19, 1], [0, 11, 2], [0, 0, 0]]],
        ),
        ALLEGED[1]: np.array([[[2, 21], [7, 0], [0, 3]], [[16, 5], [3, 10], [0, 0]]]),
        "corrective-action": np.array(
            [[[3, 6], [9, 1], [15, 1], [1, 20]], [[3, 0], [1, 2], [0, 0], [0, 2]]],
        ),
    }
    for period in ("2015-Q1", "2015-H1"):
        office.publish(period)
    assert office.told() == {}


def table(name: str, cells: list[list[int]], **more: object) -> Beside:
    return beside(name, cells, ("2015-Q1", "2015-Q2"), **more)
