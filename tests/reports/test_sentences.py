"""What is said of a table, and what the document makes of one that can hardly be shown."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask

from oversight.figures.chapters import Chapter, OverTime
from oversight.figures.disclosure.showing import Shown, in_full, withheld
from oversight.figures.figure import Cell, Counts, Figure, Measure
from oversight.figures.register import Table
from oversight.figures.wanted import Level
from oversight.figures.words import NONE_GIVEN, Word, as_it_is
from oversight.kit import i18n
from oversight.reports.counting import Counted, Printed, is_bare
from oversight.reports.printing import printed_parts
from oversight.reports.reading import glossary_of
from oversight.reports.sentences import says
from oversight.reports.setting import table_of

ONE = (Word("received"),)


@pytest.fixture(autouse=True)
def spoken() -> Iterator[None]:
    app = Flask("tests.sentences")
    i18n.init_app(app)
    with app.app_context(), i18n.in_language("en"):
        yield


def figure(
    cells: tuple[tuple[Cell, ...], ...], columns: tuple[Word, ...] = ONE, name: str = "ships", **more: Any
) -> Figure:
    rows = tuple(as_it_is(f"row {'abcdefg'[place]}") for place in range(len(cells)))
    return Figure(
        **{"rows": rows, "columns": columns, "cells": cells, "table": name, "title": "Ships"} | more
    )


def hiding(figure: Figure, *rows: int, sums: bool = True) -> Shown:
    """The figure with these rows hidden; with `sums`, the sums of columns stay."""
    whole = in_full(figure)
    width = range(len(figure.columns))
    return replace(
        whole,
        cells=tuple((None,) * len(width) if i in rows else row for i, row in enumerate(whole.cells)),
        row_totals=tuple(None if i in rows else total for i, total in enumerate(whole.row_totals)),
        column_totals=whole.column_totals if sums else (None,) * len(width),
        hidden=frozenset((i, j) for i in rows for j in width),
    )


@pytest.mark.parametrize(
    ("cells", "hidden", "sentence"),
    [
        (((10,), (30,)), (), "Most often: “Row b”, 30 of 40 (75.0%)."),
        (((30,), (30,), (11,)), (), "Most often: “Row a” and “Row b”, 30 each."),
        (((30,), (4,), (9,)), (1, 2), "Most often: “Row a”, 30 of 43 (69.8%)."),
        (((30,), (60,), (9,)), (1, 2), "Most often, of what can be shown: “Row a”, 30 of 99 (30.3%)."),
        (((0,), (4,), (5,)), (1, 2), "9 in all. Which is the most frequent can’t be shown."),
        (((0,), (0,)), (), "All of these numbers are zero."),
    ],
)
def test_the_most_is_claimed_only_where_nothing_hidden_can_be_more(
    cells: Counts, hidden: tuple[int, ...], sentence: str
) -> None:
    assert says(hiding(figure(cells), *hidden)) == sentence


def test_that_nothing_is_above_zero_is_said_only_where_no_sum_is_either() -> None:
    shown = hiding(figure(((0,), (4,), (5,))), 1, 2, sums=False)
    assert says(replace(shown, total=None)) == "No number that is shown is above zero."


def test_of_the_open_files_it_says_at_which_stage_most_stood() -> None:
    ages = (Word("young"), Word("old"))
    open_files = figure(((10, 11), (30, 12)), ages, "open-by-age")
    assert says(in_full(open_files)) == "At the end of the period most stood at “Row b”: 42."


@pytest.mark.parametrize(
    ("late", "needless", "sentence"),
    [
        (0, 20, "Of 50 notices, 20 were no longer needed; all of the other 30 were sent in time."),
        (0, 0, "All 30 notices were sent in time."),
        (4, 20, "Of 54 notices, 30 were sent in time and 4 late or never; 20 were no longer needed."),
    ],
)
def test_of_notices_it_says_where_all_were_in_time(late: int, needless: int, sentence: str) -> None:
    assert says(in_full(figure(((30,), (late,), (0,), (needless,)), name="progress-notices"))) == sentence


def test_a_row_that_says_nothing_is_never_the_most_but_named_if_it_is_larger() -> None:
    rows = (as_it_is("mail"), NONE_GIVEN)
    assert (
        says(in_full(figure(((12,), (50,)), rows=rows)))
        == "Most often: “Mail”, 12 of 62 (19.4%). None given: 50."
    )


def test_an_area_that_is_a_bare_number_is_called_an_area() -> None:
    rows = tuple(map(as_it_is, ("Downtown", "15", "22")))
    some = figure(((12,), (50,), (50,)), rows=rows, name="intake-by-area")
    assert says(in_full(some)) == "Most often: area “15” and area “22”, 50 each."
    assert says(in_full(figure(((60,), (50,), (50,)), rows=rows, name="intake-by-area"))) == (
        "Most often: “Downtown”, 60 of 160 (37.5%)."
    )


def test_days_are_told_as_people_tell_them() -> None:
    days = figure(
        ((46, 54.5, 125, 0.96),),
        tuple(map(Word, ("closed", "median", "most", "share"))),
        "days-to-close-by-year",
        measures=(Measure(), Measure(), Measure(), Measure(is_share=True)),
        beneath=((44, 2),),
    )
    assert says(in_full(days)) == (
        "Of the 46 complaints closed, half took no more than 54.5 days, and nine in ten no more than 125. "
        "96.0% were closed within 180 days."
    )


@pytest.mark.parametrize(
    ("most", "sentence"),
    [
        ("Reprimand", "Imposed most often: “Reprimand”, for 30 allegations."),
        ("Pending", "For 30 allegations it is still open what will be imposed."),
    ],
)
def test_nothing_was_imposed_where_that_is_still_open(most: str, sentence: str) -> None:
    rows, columns = (as_it_is("Warning"), as_it_is(most)), (Word("recommended"), Word("imposed"))
    actions = figure(((10, 10), (30, 30)), columns, "corrective-action", rows=rows, adds_across=False)
    assert says(in_full(actions)) == sentence


def test_where_nobody_wrote_down_what_was_imposed_it_says_so() -> None:
    rows, columns = (as_it_is("Warning"), NONE_GIVEN), (Word("recommended"), Word("imposed"))
    actions = figure(((20, 0), (10, 30)), columns, "corrective-action", rows=rows, adds_across=False)
    assert says(in_full(actions)) == "For 30 allegations it is not written down what was imposed."


FINDINGS = (Word("sustained"), Word("unfounded"))
STOCK = tuple(map(Word, ("opening", "received", "opened again", "closed", "closing")))
MONTHS = {"rows": (as_it_is("2015-01"), as_it_is("2015-02"))}
STANDING = tuple(map(Word, ("at the beginning", "came in", "moved on", "at the end")))


@pytest.mark.parametrize(
    ("counted", "sentence"),
    [
        (
            figure(
                ((20, 12, 0, 0, 32), (32, 12, 0, 0, 44)), STOCK, "stock-by-month", is_stock=True, **MONTHS
            ),
            "20 complaints were open at the beginning and 44 at the end. "
            "Most came in January 2015 and February 2015: 12 each.",
        ),
        (
            figure(((10, 20), (12, 18)), FINDINGS, "findings-by-allegation", adds_down=False),
            "The most complaints alleged “Row a” and “Row b”: 30 each.",
        ),
        (
            figure(
                ((20, 10), (10, 20)), FINDINGS, "findings-by-allegation", source={"level": Level.ALLEGATION}
            ),
            "What came of them most often: “Sustained” and “Unfounded”, 30 each of 60 allegations (50.0%).",
        ),
        (
            figure(((0, 10, 0, 10), (0, 10, 0, 10)), STANDING, "allegations-by-stage", signs=(1, 1, -1, -1)),
            "At the end of the period most stood at “Row a” and “Row b”: 10 each.",
        ),
        (
            figure(((0, 15), (30, 15)), FINDINGS, "corrective-action", adds_across=False),
            "Imposed most often: “Row a” and “Row b”, for 15 allegations each.",
        ),
    ],
)
def test_where_several_have_the_most_all_of_them_are_named(counted: Figure, sentence: str) -> None:
    assert says(in_full(counted)) == sentence


def test_races_given_as_often_are_all_named_where_findings_are_hidden() -> None:
    by_race = figure(((20, 10), (10, 20)), FINDINGS, "findings-by-race")
    assert says(replace(in_full(by_race), column_totals=(None, None))) == (
        "The races given most often: “Row a” and “Row b”, in 30 complaints each."
    )


def test_a_part_that_is_not_the_whole_is_not_called_so() -> None:
    kept = figure(((2999, 1),), (Word("kept"), Word("late")), "deadlines")
    assert says(in_full(kept)) == "2,999 of 3,000 deadlines were kept (>99.9%)."


def test_what_stands_out_says_as_often_as_what_and_gives_no_reason() -> None:
    columns = tuple(map(Word, ("complaints", "lowest", "disparity", "highest")))
    ratios = figure(((30, 1.48, 3.0, 6.07),), columns, "disparity-by-race", interval=(1, 2, 3))
    assert says(in_full(ratios)) == (
        "Among equally many people, those recorded as “Row a” complained 3 times as often as all others "
        "(between 1.48 and 6.07 times, allowing for chance). These numbers don’t say why."
    )


def test_of_rows_that_count_different_things_none_is_said_to_have_the_most() -> None:
    panels = figure(((12,), (0,)), (Word("number"),), "civilian-review", adds_down=False)
    assert says(in_full(panels)) == "Panels were drawn for 12 complaints."
    assert says(hiding(panels, 0)) == ""


@pytest.mark.parametrize(
    ("totals", "sentence"),
    [
        ((30, 60), "What came of them most often: “Unfounded”, 60 of 90 allegations (66.7%)."),
        ((30, None), "Of 90 allegations, 30 ended with “Sustained” (33.3%)."),
        ((8, None), "Most often: “Row a”, 60 of 90 (66.7%)."),
    ],
)
def test_of_findings_it_says_what_was_found(totals: tuple[int | None, ...], sentence: str) -> None:
    counted = figure(
        ((20, 40), (10, 20)), FINDINGS, "findings-by-allegation", source={"level": Level.ALLEGATION}
    )
    assert says(replace(in_full(counted), column_totals=totals)) == sentence


# ---- tables that can hardly be shown -------------------------------------------------------------------


def made(shown: Shown) -> dict[str, Any]:
    """The table's JSON."""
    table = Table(
        "ships", "Ships", "Each once.", (), "Ship", Chapter.MORE, OverTime.ADDS_UP, "", lambda _: shown.figure
    )
    return table_of(Printed(Counted("ships", table, shown.figure), shown), {})


def test_columns_of_which_all_is_hidden_give_way_to_their_sums() -> None:
    whole = in_full(figure(((8, 22), (4, 26)), FINDINGS))
    hidden = frozenset((i, j) for i in range(2) for j in range(2))
    table = made(replace(whole, cells=((None, None), (None, None)), hidden=hidden, row_totals=(30, None)))
    assert (table["cells"], table["hidden"]) == ([[30], [None]], [[1, 0]])
    assert (table["row_totals"], table["column_totals"]) == (None, [60])
    assert "How these divide into Sustained and Unfounded is hidden" in table["notes"][0]["en"]


def test_columns_of_which_nothing_is_known_give_way_to_their_sums() -> None:
    columns = (Word("on duty"), Word("off duty"), Word("Not known"))
    table = made(in_full(figure(((0, 0, 30), (0, 0, 20)), columns)))
    assert table["cells"] == [[30], [20]]
    assert table["notes"][0]["en"] == "For none of them is it known which applies: On duty or Off duty."
    known = made(in_full(figure(((0, 10, 30), (0, 0, 20)), columns)))
    assert len(known["columns"]) == 3


def test_a_table_of_which_only_the_sum_of_all_can_be_shown_is_bare() -> None:
    cells = ((4,), (5,), (0,))
    assert is_bare(hiding(figure(cells), 0, 1))
    assert not is_bare(hiding(figure(((4,), (5,), (12,))), 0, 1))
    assert not is_bare(in_full(figure(((0,), (0,)))))


SOURCE = {"en": "Source: our files.", "fr": "Source : nos dossiers."}
OWN = {"en": "A note of its own.", "fr": "Une note à elle."}


def test_on_paper_a_common_source_is_said_once_and_no_empty_table_stands() -> None:
    shown = made(in_full(figure(((10,), (30,))))) | {"notes": [SOURCE]}
    other = shown | {"id": "other", "notes": [SOURCE, OWN]}
    empty = made(withheld(figure(((1,), (2,)))))
    heading = {"title": SOURCE, "lead": SOURCE}
    chapters = [
        {"id": "one", **heading, "tables": [shown, empty, other]},
        {"id": "two", **heading, "tables": [empty]},
    ]
    sources, printed = printed_parts({"chapters": chapters})
    assert sources == ["Source: our files."]
    assert [[table["id"] for table in chapter["tables"]] for chapter in printed] == [["ships", "other"]]
    assert [table["notes"] for table in printed[0]["tables"]] == [[], ["A note of its own."]]


def test_words_stand_by_the_alphabet_whatever_their_accents() -> None:
    words = [
        {"word": {"en": word, "fr": word}, "means": SOURCE}
        for word in ("Zèbre", "Délai", "Échéance", "Dossier", "Fin")
    ]
    assert [word for word, _ in glossary_of({"glossary": words})] == [
        "Délai",
        "Dossier",
        "Échéance",
        "Fin",
        "Zèbre",
    ]
