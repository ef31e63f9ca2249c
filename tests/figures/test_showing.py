"""What of a figure may be shown: nothing small, nothing that gives it away, and the text that says so."""

import pytest

from oversight.figures.disclosure.showing import in_full, protected
from oversight.figures.figure import Figure, Measure, Unknown
from oversight.figures.words import NONE_GIVEN, Word, as_it_is
from oversight.rules.rulebook import SmallNumbers
from tests.figures.history import laid_out, left_out

RULE = SmallNumbers(threshold=10, floor=5)


def of_counts(cells: dict[str, tuple[int, ...]], *unknown: Unknown) -> Figure:
    """A figure of those counts, by row."""
    columns = tuple(as_it_is(column) for column in "abc"[: len(next(iter(cells.values())))])
    rows = tuple(NONE_GIVEN if row == "none given" else as_it_is(row) for row in cells)
    return Figure(rows, columns, tuple(cells.values()), unknown)


def test_a_small_number_is_hidden_and_so_is_what_would_give_it_away() -> None:
    figure = of_counts({"one": (40, 3), "two": (50, 60), "three": (70, 80)})
    shown = protected(figure, RULE)
    cells = laid_out(shown)
    assert cells["one"][1] is None
    assert sum(cell is None for row in cells.values() for cell in row) >= 4
    assert shown.hidden == {
        (i, j) for i, row in enumerate(shown.cells) for j, cell in enumerate(row) if cell is None
    }
    assert in_full(figure).cells[0] == (40, 3)


def test_zeros_and_large_numbers_stay() -> None:
    shown = protected(of_counts({"one": (0, 10), "two": (50, 0)}), RULE)
    assert shown.cells == ((0, 10), (50, 0))
    assert (shown.row_totals, shown.column_totals, shown.total) == ((10, 50), (50, 10), 60)
    assert not shown.hidden


def test_a_table_that_cannot_be_made_safe_shows_nothing_at_all() -> None:
    unknown = Unknown("left_out", "left out", 400)
    shown = protected(of_counts({"one": (3, 0)}, unknown), RULE)
    assert not shown.printable
    assert not any(cell for row in shown.cells for cell in row)
    assert (shown.total, left_out(shown)) == (None, {"left_out": None})


def test_what_is_not_known_is_hidden_where_it_is_small_or_hidden_in_the_table() -> None:
    small, none, large = (Unknown(name, name, number) for name, number in (("s", 9), ("n", 0), ("l", 10)))
    row = Unknown("none_given", "none", 4, of=234, row=2)
    cells = {"one": (40, 60), "two": (50, 80), "none given": (1, 3)}
    shown = protected(of_counts(cells, small, none, large, row), RULE)
    assert left_out(shown) == {"s": None, "n": 0, "l": 10, "none_given": None}
    assert shown.unknown[3].share is None
    assert shown.as_json()["unknown"] == {
        "s": {"count": None},
        "n": {"count": 0},
        "l": {"count": 10},
        "none_given": {"count": None, "share": None},
    }


def test_measures_of_few_things_are_hidden_and_so_is_a_share_that_gives_few_away() -> None:
    rows = {"2013": (9, 0), "2014": (30, 20), "2015": (30, 2), "2016": (25, 40), "2017": (0, 0)}
    figure = Figure(
        rows=tuple(map(as_it_is, rows)),
        columns=(Word("closed"), Word("median"), Word("share")),
        cells=tuple(
            (fast + slow, 7 if fast else None, fast / (fast + slow) if fast else None)
            for fast, slow in rows.values()
        ),
        measures=(Measure(), Measure(drawn_from=0), Measure(drawn_from=0, is_share=True)),
        beneath=tuple(rows.values()),
    )
    shown = protected(figure, RULE)
    cells = laid_out(shown)
    assert cells["2013"] == (None, None, None)
    assert cells["2015"][2] is None  # 93.75% of 32 are all but two
    assert cells["2017"] == (0, None, None)
    assert (4, 1) not in shown.hidden  # nothing was measured there, so nothing is hidden
    visible = [year for year, (number, *_) in cells.items() if number is not None]
    assert visible
    assert all((cells[year][1] is None) == (cells[year][2] is None) for year in visible)


def test_a_share_is_hidden_where_it_would_say_how_few_were_late_and_so_is_a_length() -> None:
    rows = {"2014": (40, 3), "2015": (50, 60), "2016": (70, 80)}
    figure = Figure(
        rows=tuple(map(as_it_is, rows)),
        columns=(Word("closed"), Word("median"), Word("share")),
        cells=tuple((fast + slow, 7, fast / (fast + slow)) for fast, slow in rows.values()),
        measures=(Measure(), Measure(drawn_from=0), Measure(drawn_from=0, is_share=True)),
        beneath=tuple(rows.values()),
    )
    cells = laid_out(protected(figure, RULE))
    # That 93% of 43 were in time would say that three were not.
    assert cells["2014"] == (43, None, None)
    assert cells["2016"] == (150, 7, 70 / 150)


def test_a_word_of_another_office_that_reads_like_one_of_ours_is_another_row() -> None:
    figure = Figure((as_it_is("none given"), NONE_GIVEN), (as_it_is("a"),), ((20,), (30,)))
    assert protected(figure, RULE).cells == ((20,), (30,))


def test_a_figure_without_rows_has_nothing_to_hide() -> None:
    shown = protected(Figure((), (as_it_is("a"),), (), (Unknown("left_out", "left out", 3),)), RULE)
    assert (shown.cells, left_out(shown)) == ((), {"left_out": None})


@pytest.mark.parametrize("threshold", [10, 20])
def test_the_rulebook_says_what_is_small(threshold: int) -> None:
    shown = protected(
        of_counts({"one": (15, 90), "two": (70, 80), "three": (40, 30)}), SmallNumbers(threshold)
    )
    assert (shown.cells[0][0] is None) == (threshold == 20)
