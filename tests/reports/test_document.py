"""The document: every table is in it by itself, in both languages, and with no small number anywhere."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from flask import Flask

from oversight.figures.figure import Figure
from oversight.figures.periods import Period
from oversight.figures.register import TABLES, table
from oversight.figures.wanted import Wanted
from oversight.figures.words import Word, as_it_is
from oversight.kit.i18n import LANGUAGES
from oversight.reports.building import draft
from oversight.reports.canonical import canonical
from oversight.rules.jurisdictions import rulebooks_of
from tests.reports.history_of_2015 import H1, a_half_year

THRESHOLD = rulebooks_of("alberta")[0].small_numbers.threshold


@pytest.fixture(autouse=True)
def a_history(context: Flask) -> None:
    a_half_year()


def document(period: Period = H1) -> dict[str, Any]:
    return draft(period, "alberta", demo=False, tell=lambda percent: None)


def tables(content: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {each["id"]: each for chapter in content["chapters"] for each in chapter["tables"]}


def texts(value: Any) -> Iterator[dict[str, str]]:
    """Everything that is there by language, wherever it stands."""
    if isinstance(value, dict):
        if value.keys() & LANGUAGES.keys():
            yield value
        else:
            for each in value.values():
                yield from texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from texts(each)


def numbers(value: Any) -> Iterator[int | float]:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from numbers(each)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield value


@pytest.fixture
def a_new_table() -> Iterator[None]:
    """What somebody adds who wants ships counted, and nothing more."""

    @table("ships", "Ships that came", "Each ship once.")
    def ships(wanted: Wanted) -> Figure:
        rows = (as_it_is("sail"), as_it_is("steam"))
        return Figure(rows, (Word("received"),), ((40,), (wanted.period.first.year,)))

    yield
    del TABLES["ships"]


@pytest.mark.usefixtures("a_new_table")
def test_a_table_that_is_added_is_in_the_report_by_itself() -> None:
    content = document()
    ships = tables(content)["ships"]
    assert ships["cells"] == [[40], [2015]]
    assert ships["column_totals"] == [2055]
    assert content["chapters"][-1]["tables"][-1] == ships
    assert ships["says"]["en"] == "Most often: “Steam”, 2,015 of 2,055 (98.1%)."


def test_whatever_people_read_is_there_in_every_language() -> None:
    found = list(texts(document()))
    assert len(found) > 150
    assert [words for words in found if words.keys() != LANGUAGES.keys()] == []
    assert [words for words in found if bool(words["en"]) != bool(words["fr"])] == []
    title = tables(document())["findings-by-allegation-complaint"]["title"]
    assert title["fr"] != title["en"]


def test_the_half_year_has_the_numbers_that_are_worked_out_by_hand() -> None:
    content = tables(document())
    races = content["findings-by-race-not-known"]
    shown = {row["en"]: cells for row, cells in zip(races["rows"], races["cells"], strict=True)}
    assert shown["Green"] == [None, 0, None]
    assert set(shown["Black"]) | set(shown["White"]) <= {30, 40, 25, 45, 0, None}
    assert {"findings-by-allegation-complaint", "findings-by-allegation-allegation"} <= set(content)


def test_no_small_number_stands_anywhere() -> None:
    for name, each in tables(document()).items():
        said = [each[part] for part in ("cells", "row_totals", "column_totals", "total", "chart")]
        counts = [*numbers(said), *(unknown["count"] for unknown in each["unknown"])]
        small = [number for number in counts if number is not None and 1 <= number < THRESHOLD]
        assert [number for number in small if number >= 4 or name.startswith("findings-by-race")] == [], name


def test_what_is_hidden_is_told_apart_from_what_is_not_there() -> None:
    races = tables(document())["findings-by-race-not-known"]
    nothing = [[i, j] for i, row in enumerate(races["cells"]) for j, cell in enumerate(row) if cell is None]
    assert races["hidden"] == nothing


def test_a_document_is_written_the_same_way_each_time() -> None:
    assert canonical(document()) == canonical(document())


def test_what_has_nothing_to_count_is_left_out_and_named() -> None:
    content = document()
    assert "civilian-review" not in tables(content)
    left_out = [title["en"] for title in content["methods"][-1]["listed"]]
    assert {"Panels, and what came of them", "Reviewers, and what they did"} <= set(left_out)
    assert "Complaints received, by how they reached us" in left_out  # in each the way is not known
    assert "Complaints received, by year" not in left_out


def test_a_lone_number_is_no_table_but_stands_at_a_glance() -> None:
    content = document()
    assert "received-by-year" not in tables(content)
    assert "received" in {fact["code"] for fact in content["glance"]}


def test_numbers_at_a_glance_are_never_hidden_ones() -> None:
    glance = {fact["code"]: fact["number"]["en"] for fact in document()["glance"]}
    assert len(glance) == 6
    assert glance["received"] == "167"
    assert "sustained" not in glance


def test_where_no_deadline_is_kept_none_is_said_to_have_passed() -> None:
    content = document()
    assert content["overdue"]["count"] is None
    assert "No deadline is kept" in content["overdue"]["says"]["en"]
    assert "overdue" not in {fact["code"] for fact in content["glance"]}


def test_an_address_and_a_period_stand_in_front() -> None:
    content = document()
    assert content["period"]["words"] == {"en": "First half of 2015", "fr": "Premier semestre de 2015"}
    assert (content["period"]["first"], content["period"]["last"]) == ("2015-01-01", "2015-06-30")
    assert date.fromisoformat(content["counted_on"]) > date(2026, 1, 1)
    assert content["small_numbers"] == {"threshold": THRESHOLD, "floor": 5}
