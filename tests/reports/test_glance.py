"""What stands at a glance is of everything, or isn't there."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask

from oversight.figures.chapters import Chapter, OverTime
from oversight.figures.disclosure.showing import Shown, in_full
from oversight.figures.figure import Figure, Unknown
from oversight.figures.register import Table
from oversight.figures.words import NONE_GIVEN, OTHER_WORDS, Word, as_it_is, own_word
from oversight.kit import i18n
from oversight.reports.counting import Counted, Printed
from oversight.reports.glance import at_a_glance

FINDINGS = tuple(map(Word, ("sustained", "pending", "not sustained")))
NO_LIST = {"count": None}


@pytest.fixture(autouse=True)
def spoken() -> Iterator[None]:
    app = Flask("tests.glance")
    i18n.init_app(app)
    with app.app_context(), i18n.in_language("en"):
        yield


def said(*shown: Shown) -> dict[str, str]:
    """What is said of these tables alone, by the codes."""
    of = Table("", "", "", (), "", Chapter.MORE, OverTime.ADDS_UP, "", lambda _: shown[0].figure)
    printed = [Printed(Counted(str(number), of, one.figure), one) for number, one in enumerate(shown)]
    facts = at_a_glance(printed, NO_LIST, [])
    return {fact["code"]: fact["number"]["en"] for fact in facts}


@pytest.mark.parametrize("elsewhere", [0, 30, None])
def test_findings_by_race_are_told_only_where_they_are_of_every_file(elsewhere: int | None) -> None:
    unknown = Unknown("none_given", "none given", 10, of=40), Unknown("other_source", "others", elsewhere)
    rows = tuple(map(as_it_is, ("Black", "none given")))
    by_race = Figure(rows, FINDINGS, ((4, 0, 26), (1, 0, 9)), unknown, table="findings-by-race")
    whole = {"sustained": "12.5%", "without_race": "25.0%"}
    assert said(in_full(by_race)) | {"outcomes": "0"} == ({} if elsewhere != 0 else whole) | {"outcomes": "0"}


def test_of_two_alleged_as_often_none_is_alleged_most() -> None:
    duty = tuple(map(Word, ("On duty", "Off duty")))
    rows = tuple(map(as_it_is, ("Force", "Speech")))
    by_duty = Figure(rows, duty, ((20, 10), (10, 20)), table="allegations-by-duty")
    assert "alleged_most" not in said(in_full(by_duty))
    assert said(in_full(replace(by_duty, cells=((20, 10), (10, 21)))))["alleged_most"] == "50.8%"


def test_what_came_of_most_allegations_is_told_where_one_thing_did() -> None:
    rows = tuple(map(as_it_is, ("Force", "Speech")))
    found = Figure(rows, FINDINGS, ((10, 0, 20), (0, 20, 10)), table="findings-by-allegation")
    once_for_each_kind = replace(found, adds_down=False)
    assert said(in_full(once_for_each_kind), in_full(found))["found_most"] == "50.0%"
    assert "found_most" not in said(in_full(replace(found, cells=((10, 0, 20), (20, 20, 10)))))


def test_the_area_of_most_complaints_is_told_but_not_that_most_name_none() -> None:
    rows = as_it_is("North"), NONE_GIVEN
    area = Figure(rows, (Word("received"),), ((30,), (10,)), table="intake-by-area")
    assert said(in_full(area))["from_where_most"] == "75.0%"
    assert "from_where_most" not in said(in_full(replace(area, cells=((30,), (40,)))))


@pytest.mark.parametrize(("hidden", "told"), [((29, 5), None), ((8, 5), "43.8%")])
def test_nothing_is_there_most_where_what_is_hidden_may_be_there_more(
    hidden: tuple[int, int], told: str | None
) -> None:
    columns = tuple(map(as_it_is, ("No case", "A case", "Not known", "Open")))
    found = Figure((as_it_is("Force"),), columns, ((*hidden, 14, 5),), table="findings-by-allegation")
    shown = in_full(found)
    shown = replace(shown, column_totals=(None, None, *shown.column_totals[2:]))
    assert said(shown).get("found_most") == told


def test_kinds_of_allegation_are_counted_without_what_is_not_known() -> None:
    rows = Word("Force"), own_word("Speech"), OTHER_WORDS, NONE_GIVEN
    by_duty = Figure(rows, (Word("On duty"),), ((20,), (10,), (11,), (12,)), table="allegations-by-duty")
    assert said(in_full(by_duty))["kinds"] == "2"
