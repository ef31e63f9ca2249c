"""Disproportionality and disparity against numbers worked out by hand, and the populations they need."""

from datetime import UTC, datetime

import pytest
from flask import Flask

from oversight.figures.actions import load_benchmark
from oversight.figures.benchmarks import read_benchmark
from oversight.figures.disclosure.showing import protected
from oversight.figures.disparity import Ratio, compared, disparity, disproportionality
from oversight.figures.refusals import CannotCount
from oversight.figures.wanted import Words
from oversight.kit.db import writing
from oversight.ledger import Actor
from oversight.rules.jurisdictions import rulebooks_of
from oversight.rules.rulebook import SmallNumbers
from tests.figures.history import alleged, brought_in, counted, laid_out, left_out, past, person

GROUPS = ("BLACK", "WHITE")
AT = datetime(2026, 11, 2, 17, 0, tzinfo=UTC)


# ---- the formulas -------------------------------------------------------------------------------------


def test_disproportionality_is_a_share_over_a_share() -> None:
    # 30 of 40 complaints are 0.75; 500 of 1,000 people are 0.5.
    assert disproportionality(30, 40, 500, 1000) == 1.5


def test_disparity_has_the_interval_of_the_formula() -> None:
    # 30 of 500 and 10 of 500: R = 3. 1/30 − 1/500 + 1/10 − 1/500 = 0.129333; its root 0.359629, times 1.96 is
    # 0.704874; e to the power of that 2.023591; so 3 / 2.023591 and 3 × 2.023591.
    ratio = disparity(30, 500, 10, 500)
    assert ratio is not None
    assert ratio.middle == pytest.approx(3)
    assert ratio.lowest == pytest.approx(1.482513, abs=1e-5)
    assert ratio.highest == pytest.approx(6.070773, abs=1e-5)


@pytest.mark.parametrize(
    "numbers", [(0, 500, 10, 500), (30, 500, 0, 500), (30, 0, 10, 500), (30, 500, 10, 0)]
)
def test_there_is_no_disparity_without_something_on_both_sides(numbers: tuple[int, int, int, int]) -> None:
    assert disparity(*numbers) is None


@pytest.mark.parametrize(
    ("ratio", "stands_out"),
    [
        (Ratio(1.1, 1.3, 1.5), True),
        (Ratio(0.9, 1.3, 1.8), False),
        (Ratio(1.05, 1.1, 1.15), False),
        (Ratio(0.5, 0.7, 0.9), True),
        (Ratio(0.4, 0.7, 1.2), False),
    ],
)
def test_a_ratio_stands_out_if_it_is_far_from_one_and_its_interval_too(
    ratio: Ratio, stands_out: bool
) -> None:
    assert ratio.stands_out is stands_out


def test_groups_are_laid_out_beside_their_population() -> None:
    assert compared([30, 10], [500, 500]) == (
        (30, 0.75, 0.5, 1.5, 1.48, 3.0, 6.07),
        (10, 0.25, 0.5, 0.5, 0.16, 0.33, 0.67),
    )
    assert compared([0], [0]) == ((0, *(None,) * 6),)


# ---- the population -----------------------------------------------------------------------------------


def test_a_benchmark_is_read_group_by_group() -> None:
    assert read_benchmark("group,population\nWHITE,7\n BLACK , 30 \n", GROUPS) == {"BLACK": 30, "WHITE": 7}


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("group,population\nBLACK,30\n", "has no line for WHITE"),
        (
            "group,population\nBLACK,30\nGREEN,1\nWHITE,7\n",
            "Line 3: “GREEN” is no group; there are BLACK, WHITE",
        ),
        ("group,population\nBLACK,30\nBLACK,31\nWHITE,7\n", "Line 3: BLACK is there twice"),
        ("group,population\nBLACK,many\nWHITE,7\n", "Line 2: “many” is no number of people"),
        ("group,population\nBLACK,-3\nWHITE,7\n", "“-3” is no number"),
        ("group,population\nBLACK,1,000\nWHITE,7\n", "is no number"),
        ("group,population\nBLACK\nWHITE,7\n", "“” is no number"),
        ("group,population\nBLACK,0\nWHITE,0\n", "every population is 0"),
        ("race,people\nBLACK,30\n", "names its two columns"),
        ("", "names its two columns"),
    ],
)
def test_a_benchmark_that_is_not_right_is_refused_with_the_reason(text: str, why: str) -> None:
    with pytest.raises(CannotCount, match=why):
        read_benchmark(text, GROUPS)


# ---- the table ----------------------------------------------------------------------------------------


def a_population(**people: int) -> None:
    groups = {term.code: 0 for term in rulebooks_of("alberta")[0].self_identification.categories}
    with writing():
        load_benchmark("A census", 2021, groups | people, by=Actor.system(), at=AT)


def of(words: str, code: str, times: int) -> list[object]:
    force = alleged("Force", "unfounded")
    return [past(force, people=[person(words, codes=[code] if code else [])]) for _ in range(times)]


@pytest.mark.usefixtures("context")
def test_complaints_are_compared_with_the_population(context: Flask) -> None:
    a_population(BLACK=500, WHITE=500)
    brought_in(
        *of("Black", "BLACK", 30), *of("White", "WHITE", 10), *of("Green", "", 12), past(alleged("Force"))
    )  # type: ignore[arg-type]
    for words, names in ((Words.OWN, ("Black", "White")), (Words.OURS, ("Black", "White"))):
        rows = laid_out(counted("disparity-by-race", "2015", words=words))
        assert rows[names[0]] == (30, 0.75, 0.5, 1.5, 1.48, 3.0, 6.07)
        assert rows[names[1]][0] == 10
    # How many are not compared is what hidden rows of the findings come to.
    assert left_out(counted("disparity-by-race", "2015", words=Words.OWN)) == {}


@pytest.mark.usefixtures("context")
def test_without_a_population_nothing_is_compared(context: Flask) -> None:
    brought_in(*of("Black", "BLACK", 12))  # type: ignore[arg-type]
    assert counted("disparity-by-race", "2015").rows == ()


@pytest.mark.usefixtures("context")
def test_ratios_are_hidden_with_the_sum_that_they_would_give_away(context: Flask) -> None:
    a_population(BLACK=500, WHITE=500, LATIN_AMERICAN=300)
    brought_in(*of("Black", "BLACK", 30), *of("White", "WHITE", 20), *of("Latino", "LATIN_AMERICAN", 3))  # type: ignore[arg-type]
    shown = protected(counted("disparity-by-race", "2015", words=Words.OWN), SmallNumbers())
    rows = laid_out(shown)
    assert rows["Latino"] == (None,) * 7
    hidden = [name for name, cells in rows.items() if cells[0] is None]
    assert len(hidden) >= 2 or shown.total is None
    if shown.total is None:
        assert all(cells[3] is None for cells in rows.values())
