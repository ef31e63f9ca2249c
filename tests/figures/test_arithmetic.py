"""Numbers that don't add up are found, and named by table and cell."""

from dataclasses import replace

import pytest

from oversight.figures.arithmetic import check_figures
from oversight.figures.disclosure.showing import check_shown, in_full
from oversight.figures.disclosure.stocks import BY_MONTH, FROM_TO
from oversight.figures.figure import Figure, Measure, Unknown
from oversight.figures.words import as_it_is

STOCK = ((10, 5, 1, 4, 12), (12, 3, 0, 5, 10))


def figure(table: str, cells: object, **more: object) -> Figure:
    rows = tuple(as_it_is(f"row {n}") for n in range(len(cells)))  # type: ignore[arg-type]
    columns = tuple(as_it_is(f"column {n}") for n in range(len(cells[0])))  # type: ignore[index]
    return Figure(rows, columns, cells, table=table, **more)  # type: ignore[arg-type]


def faults(*figures: Figure) -> list[str]:
    return list(check_figures({each.table: each for each in figures}))


def stock(cells: object) -> Figure:
    return figure("stock-by-month", cells, is_stock=True, signs=BY_MONTH, adds_down=False, adds_across=False)


def test_a_stock_that_adds_up_has_no_fault() -> None:
    assert faults(stock(STOCK)) == []


@pytest.mark.parametrize(
    ("cells", "fault"),
    [
        (((10, 5, 1, 4, 13), (13, 3, 0, 5, 11)), "stock-by-month, row 0: 10 + 5 + 1 − 4 is not 13"),
        (((10, 5, 1, 4, 12), (11, 3, 0, 4, 10)), "stock-by-month, row 1: opens with 11 where 12 closed"),
    ],
)
def test_a_stock_that_does_not_add_up_is_named_with_its_month(cells: object, fault: str) -> None:
    assert fault in faults(stock(cells))


def shares(share: float) -> Figure:
    measures = (Measure(), Measure(drawn_from=0, is_share=True))
    return figure("days-to-close-by-year", ((12, share),), measures=measures, beneath=((3, 9),))


def test_a_share_is_its_part_of_the_whole() -> None:
    assert faults(shares(0.25)) == []
    assert faults(shares(0.26)) == ["days-to-close-by-year, row 0, column 1: 0.26 is not 3 of 12"]


def race(left_out: int) -> Figure:
    unknown = Unknown("no_allegation", "left out", left_out), Unknown("day_of_closing", "of no matter", 77)
    return figure("findings-by-race", ((4, 6), (8, 2)), unknown=unknown)


def test_tables_come_to_the_same_sum_with_what_each_left_out() -> None:
    received = figure("received-by-year", ((25,),))
    assert faults(received, race(5)) == []
    assert faults(received, race(4)) == [
        "findings-by-race: complaints received are 24, and 25 in received-by-year"
    ]


def test_the_open_docket_is_what_the_last_month_closed_with() -> None:
    assert faults(stock(STOCK), figure("open-by-age", ((4, 6),))) == []
    assert faults(stock(STOCK), figure("open-by-age", ((4, 7),))) != []


def test_rows_that_two_tables_have_come_to_the_same_in_both() -> None:
    found = figure("findings-by-allegation", ((4, 6), (8, 2)))
    assert faults(found, figure("allegations-by-duty", ((7, 3), (9, 1)))) == []
    assert faults(found, figure("allegations-by-duty", ((7, 4), (9, 0)))) == [
        "allegations-by-duty, row 0: allegations are 11, and 10 in findings-by-allegation",
        "allegations-by-duty, row 1: allegations are 9, and 10 in findings-by-allegation",
    ]


def test_what_moved_between_stages_is_what_moved_in_the_months() -> None:
    months = replace(stock(((20, 7, 2, 5, 24), (24, 3, 0, 6, 21))), table="allegations-by-month")
    stages = replace(
        figure("allegations-by-stage", ((20, 12, 11, 21), (90, 11, 2, 99))), signs=FROM_TO, open_rows=1
    )
    assert faults(months, stages) == []
    one_more = replace(stages, cells=((20, 12, 11, 21), (90, 12, 2, 100)))
    assert faults(months, one_more) == [
        "allegations-by-stage: 12 came to an ending, and 11 in allegations-by-month",
        "allegations-by-stage: 11 came in and did not move on, and 10 in allegations-by-month",
    ]


def test_a_table_whose_rows_overlap_has_no_sum_to_compare() -> None:
    allegations = figure("allegations-by-duty", ((30,),))
    overlapping = figure("findings-by-allegation", ((20,), (20,)), adds_down=False)
    assert faults(allegations, overlapping) == []
    assert faults(allegations, replace(overlapping, adds_down=True)) != []


def test_what_is_shown_is_what_was_counted() -> None:
    shown = in_full(race(5))
    assert list(check_shown(shown)) == []
    assert list(check_shown(replace(shown, cells=((4, None), (8, 2))))) == []
    assert list(check_shown(replace(shown, cells=((4, 6), (8, 3))))) == [
        "row 1, column 1: 3 stands for another number"
    ]
    assert list(check_shown(replace(shown, row_totals=(10, 11)))) == ["row 1: the row does not come to 11"]
    assert list(check_shown(replace(shown, column_totals=(12, 7)))) == ["column 2 does not come to 7"]
    assert list(check_shown(replace(shown, total=21))) == ["the table does not come to 21"]


def test_columns_of_several_tables_come_to_the_same_sum() -> None:
    """What was sustained is in two columns of findings, and in each column of what was done about it."""
    found = figure("findings", ((4, 6, 9), (8, 2, 9)), column_sums={"sustained": ((0, 1),)})
    done = figure("action", ((15, 20), (5, 0)), column_sums={"sustained": ((0,), (1,))})
    assert faults(found, done) == []
    one_less = replace(done, cells=((15, 20), (4, 0)))
    assert faults(found, one_less) == ["action: sustained are 19, and 20 in findings"]
