"""How tables are set on paper: their bars, and which two stand side by side."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask, render_template

from oversight.kit import i18n, pages
from oversight.reports.printing import printed_parts, side_by_side

pytestmark = pytest.mark.one_database


@pytest.fixture(autouse=True)
def words() -> Iterator[None]:
    app = Flask("tests.printing", template_folder=str(pages.template_folder()))
    app.jinja_env.undefined = pages.Unknown
    i18n.init_app(app)
    with app.app_context(), i18n.in_language("en"):
        yield


def both(words: str) -> dict[str, str]:
    return {"en": words, "fr": words}


def table(*columns: str, cells: list[list[int | None]], chart: str = "bars") -> dict[str, Any]:
    hidden = [[i, j] for i, row in enumerate(cells) for j, cell in enumerate(row) if cell is None]
    return {
        "id": "ships",
        **{name: both(name) for name in ("title", "definition", "head", "says")},
        "rows": [both(f"Harbour {place}") for place in range(len(cells))],
        "columns": [both(column) for column in columns],
        "kinds": ["count"] * len(columns),
        "cells": cells,
        "hidden": hidden,
        **{"row_totals": None, "column_totals": None, "total": None},
        **{"printable": True, "why_not": None, "unknown": [], "notes": []},
        "chart": {"kind": chart, "columns": list(range(len(columns))), "cells": cells} if chart else None,
    }


def as_printed(*tables: dict[str, Any]) -> dict[str, Any]:
    content = {"chapters": [{"id": "a", "title": both("A"), "lead": both(""), "tables": list(tables)}]}
    _, (chapter,) = printed_parts(content)
    return chapter


def test_bars_of_one_number_to_a_row_stand_in_the_table_and_a_hidden_number_has_none() -> None:
    chapter = as_printed(table("Came", cells=[[40], [None], [10], [0]]))
    (ships,) = chapter["tables"]
    assert ships["bars"] == [1, 0, 0.25, 0]
    assert ships["drawn"] is None
    html = render_template("reports/pdf/chapter.html", chapter=chapter, is_first=True)
    assert html.count('class="bar"') == 2
    assert '25"></span>' in html


@pytest.mark.parametrize("chart", ["bars", "stacked", "lines"])
def test_a_chart_of_several_numbers_to_a_row_is_drawn(chart: str) -> None:
    (ships,) = as_printed(table("Came", "Left", cells=[[40, 20], [10, 30]], chart=chart))["tables"]
    assert ships["bars"] == []
    assert "<svg" in ships["drawn"]


@pytest.mark.parametrize(
    ("chart", "note"), [("stacked", "A dashed outline stands"), ("lines", "A dashed line stands")]
)
def test_what_is_drawn_for_a_hidden_number_is_told_under_the_chart(chart: str, note: str) -> None:
    whole = as_printed(table("Came", "Left", cells=[[40, 20], [10, 30]], chart=chart))
    hiding = as_printed(table("Came", "Left", cells=[[40, 20], [None, 30]], chart=chart))
    assert note not in render_template("reports/pdf/chapter.html", chapter=whole, is_first=True)
    assert note in render_template("reports/pdf/chapter.html", chapter=hiding, is_first=True)


def test_under_intervals_nothing_is_told_of_dashes_since_there_are_none() -> None:
    columns = ("Least", "Middle", "Most")
    chapter = as_printed(table(*columns, cells=[[1, 2, 3], [None, None, None]], chart="intervals"))
    html = render_template("reports/pdf/chapter.html", chapter=chapter, is_first=True)
    assert "<svg" in html
    assert "dashed" not in html


def test_a_note_of_most_tables_is_said_once() -> None:
    all_of, most_of, one_of = map(both, ("Of all.", "Of most.", "Of one."))
    tables = [
        table("Came", cells=[[40]], chart="") | {"notes": notes}
        for notes in ([all_of, most_of], [all_of, most_of, one_of], [all_of])
    ]
    content = {"chapters": [{"id": "a", "title": both("A"), "lead": both(""), "tables": tables}]}
    said_once, (chapter,) = printed_parts(content)
    assert said_once == ["Of all.", "Of most. This goes for most tables."]
    assert [each["notes"] for each in chapter["tables"]] == [[], ["Of one."], []]


def test_what_fewer_than_half_of_the_tables_say_is_not_said_of_most() -> None:
    noted, plain = (
        table("Came", cells=[[40]], chart="") | {"notes": notes} for notes in ([both("Of two.")], [])
    )
    tables = [noted, noted, plain, plain]
    said_once, (chapter,) = printed_parts(
        {"chapters": [{"id": "a", "title": both("A"), "lead": both(""), "tables": tables}]}
    )
    assert said_once == []
    assert [each["notes"] for each in chapter["tables"]] == [["Of two."], ["Of two."], [], []]


def test_two_slim_tables_that_follow_one_another_stand_side_by_side() -> None:
    slim, wide = table("Came", cells=[[40]], chart=""), table("Came", "Left", cells=[[4, 2]], chart="")
    abreast = as_printed(slim, wide, slim, slim, slim)["abreast"]
    assert [[len(each["head"]) for each in tables] for tables in abreast] == [[2], [3], [2, 2], [2]]


@pytest.mark.parametrize("other", [{"rows": [("a", "1")] * 15}, {"drawn": "<svg>"}, {"bars": [1]}])
def test_a_long_table_or_one_with_a_picture_stands_alone(other: dict[str, Any]) -> None:
    slim = {"head": ("a", "b"), "rows": [("a", "1")], "drawn": None, "bars": []}
    assert [len(tables) for tables in side_by_side([slim, slim | other, slim])] == [1, 1, 1]
