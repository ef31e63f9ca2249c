"""Editions read together: what one says is known when the next is made."""

import json
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from flask import Flask

from oversight.figures.disclosure.absent import known_to_be_none
from oversight.figures.disclosure.audit import given_away, given_away_to_either
from oversight.figures.disclosure.elsewhere import said_elsewhere
from oversight.figures.disclosure.leaving_out import left_out
from oversight.figures.disclosure.releases import Contradiction, Protected, Release
from oversight.figures.disclosure.showing import Shown, counts_of, protected
from oversight.figures.disclosure.suppression import release_of
from oversight.figures.figure import Figure, Unknown
from oversight.figures.periods import Period
from oversight.figures.tables import TABLES
from oversight.figures.words import as_it_is
from oversight.reports.building import draft, tell_nobody
from oversight.reports.counting import Counted, protected_tables
from oversight.reports.late_lists import Before, Late, LateList
from oversight.reports.queries import issued_beside
from oversight.reports.refusals import CannotReport
from oversight.reports.releasing import as_json, told_before
from oversight.rules.rulebook import SmallNumbers
from tests.figures.tied_tables import corrected_in_a_quarter
from tests.reports.history_of_2015 import CHANGES, H1, a_half_year, issued

RULE = SmallNumbers()
QUARTERS = ("2015-Q1", "2015-Q2")


def figure(cells: list[list[int]], table: str = "made-up", **more: object) -> Figure:
    rows, columns = (
        tuple(as_it_is(f"{what}{n}") for n in range(size))
        for what, size in (("r", len(cells)), ("c", len(cells[0])))
    )
    return Figure(rows, columns, tuple(map(tuple, cells)), table=table, **more)  # type: ignore[arg-type]


def printed(name: str, cells: list[list[int]]) -> Counted:
    return Counted(name, TABLES[name.removesuffix("-allegation")], figure(cells, name))


def protected_of(findings: Figure, action: Figure) -> tuple[Shown, ...]:
    counted = [
        Counted("findings-by-allegation-allegation", TABLES["findings-by-allegation"], findings),
        Counted("corrective-action", TABLES["corrective-action"], action),
    ]
    return tuple(each.shown for each in protected_tables(counted, Period.parse("2015-H1"), RULE, {}))


@pytest.mark.parametrize(("few", "shown"), [(3, False), (30, True)])
def test_corrective_action_tells_no_sum_of_sustained_allegations_that_is_hidden(
    few: int, shown: bool
) -> None:
    """Three that were withdrawn and the twenty sustained of their kind hide each other, and so their sums."""
    findings = figure([[20, 90, few], [20, 80, 0]], column_sums={"sustained": ((0,),)})
    action = figure([[25, 18], [15, 22]], adds_across=False, column_sums={"sustained": ((0,), (1,))})
    found, done = protected_of(findings, action)
    assert (found.column_totals[0] is not None) is shown
    assert [total is not None for total in done.column_totals] == [shown, shown]


def test_a_small_number_of_corrective_actions_hides_no_sum_of_findings() -> None:
    """The sum is known from there: so another action is hidden with the five, and not the sum."""
    findings = figure([[60, 90, 30], [20, 80, 40]], column_sums={"sustained": ((0,),)})
    action = figure([[30, 5], [30, 35], [20, 40]], adds_across=False, column_sums={"sustained": ((0,), (1,))})
    found, done = protected_of(findings, action)
    assert None not in found.column_totals
    assert done.column_totals == (80, 80)
    assert [row[1] for row in done.cells].count(None) == 2


# ---- what other tables say ----------------------------------------------------------------------------


def race(besides: int) -> Figure:
    unknown = Unknown("no_allegation", "left out", besides)
    return figure([[40, 60], [30, 50]], "findings-by-race", unknown=(unknown,))


def elsewhere_of(table: Figure, other: Shown) -> Release:
    return said_elsewhere(table, [other], ("",), left_out(table, RULE, (), ("",)))


def by_year(total: int) -> Figure:
    return figure([[total]], "received-by-year")


def test_a_small_number_that_was_left_out_does_not_follow_from_the_sum_in_another_table() -> None:
    elsewhere = protected(by_year(183), RULE)
    assert elsewhere.total == 183
    known = elsewhere_of(race(3), elsewhere)
    alone, beside = protected(race(3), RULE), protected(race(3), RULE, earlier=[known])
    assert alone.total == 180, "by itself the table may show its sum"
    assert beside.total is None
    columns = [total for total in beside.column_totals if total is not None]
    rows = [total for total in beside.row_totals if total is not None]
    assert len(columns) < 2
    assert len(rows) < 2
    assert given_away({"": [known, beside.release]}, RULE) == []
    assert given_away({"": [known, alone.release]}, RULE) != []


def test_a_sum_stays_where_nothing_small_is_left_out() -> None:
    for besides in (0, 25):
        elsewhere = protected(by_year(180 + besides), RULE)
        known = elsewhere_of(race(besides), elsewhere)
        assert protected(race(besides), RULE, earlier=[known]).total == 180


def test_tables_that_contradict_one_another_are_refused_rather_than_tried_for_ever() -> None:
    years = printed("received-by-year", [[300]])
    races = printed("findings-by-race", [[40, 60], [30, 3]])
    with pytest.raises(CannotReport, match=r"(received-by-year|findings-by-race), .*c0"):
        protected_tables([years, races], Period.parse("2015-H1"), RULE, {})


def test_a_sum_that_no_other_table_shows_is_not_known() -> None:
    hidden = replace(protected(by_year(183), RULE), total=None)
    assert elsewhere_of(race(3), hidden) == Release(())


def test_two_tables_with_the_same_rows_hide_the_same_of_their_sums() -> None:
    """Else 107 in all, 60 and 25 in one and 15 in the other would say that the row left is 7."""
    found = protected(
        figure([[8, 20, 30, 2], [1, 3, 1, 2], [0, 11, 5, 9], [0, 0, 12, 3]], "findings-by-allegation"), RULE
    )
    duty = figure([[4, 23, 33], [6, 1, 0], [4, 0, 21], [15, 0, 0]], "allegations-by-duty")
    beside = protected(duty, RULE, earlier=[elsewhere_of(duty, found)])
    alone = protected(duty, RULE)
    assert found.total == 107
    assert rows_told(found, alone) == {0, 2, 3}, "by itself it would give the second row away"
    assert rows_told(found, beside) == {0, 2}


def rows_told(*tables: Shown) -> set[int]:
    return {place for shown in tables for place, total in enumerate(shown.row_totals) if total is not None}


# ---- the last look ------------------------------------------------------------------------------------


def test_the_last_look_finds_what_an_office_that_forgot_gives_away() -> None:
    first, second = figure([[40, 50], [60, 70]]), figure([[43, 90], [100, 120]])
    quarter = protected(first, RULE, parts=QUARTERS[:1])
    careless = protected(second, RULE, parts=QUARTERS)
    careful = protected(second, RULE, parts=QUARTERS, earlier=[quarter.release])
    assert careless.cells[0][0] == 43
    assert careful.cells[0][0] is None
    assert given_away({"": [quarter.release, careful.release]}, RULE) == []


def test_no_edition_is_forgotten_where_it_and_this_one_cant_both_be_true() -> None:
    """Fifty files of the quarter have left the half-year; of its first cell the two still tell 43 and 40."""
    first, second = (
        figure([[40, 50, 90], [60, 70, 4], [30] * 3]),
        figure([[43, 90, 99], [90, 20, 50], [60] * 3]),
    )
    quarter = protected(first, RULE, parts=QUARTERS[:1]).release
    careless = protected(second, RULE, parts=QUARTERS).release
    with pytest.raises(Contradiction):
        given_away({"": [quarter, careless]}, RULE)
    exposed, disputed = given_away_to_either({"": [quarter]}, {"": [careless]}, RULE, ())
    rest = counts_of(first).terms((0, 0), QUARTERS[1:])
    assert ("", rest) in exposed
    assert disputed == {""}
    told, nowhere = given_away_to_either({"": [quarter]}, {"": [quarter]}, RULE, ())
    assert (told, nowhere) == ([], set())


def test_the_last_look_finds_a_small_number_that_subtraction_tells() -> None:
    table = counts_of(figure([[3, 40], [50, 60]]))
    leaking = Protected(((None, 40), (50, 60)), (43, 110), (53, 100), 153, 1, printable=True)
    assert given_away({"": [release_of(table, leaking)]}, RULE) != []
    safe = protected(figure([[3, 40], [50, 60]]), RULE).release
    assert given_away({"": [safe]}, RULE) == []


def test_releases_are_the_same_after_they_were_kept() -> None:
    shown = protected(figure([[3, 40], [50, 60]]), RULE, parts=QUARTERS)

    told = Late("2015-05", "Investigation", "Decision", "up to 30", ("It waits", "A court case"))
    listed = LateList(date(2015, 6, 30), {told: 12})

    class Kept:
        releases = json.loads(json.dumps(as_json({"made-up": shown.release}, listed)))

    assert told_before([Kept]) == Before({"made-up": [shown.release]}, [listed])  # type: ignore[list-item]


def test_what_one_edition_has_no_row_for_is_known_to_be_none_there() -> None:
    """The first quarter has no third row, so the half-year's third row is that of the second quarter."""
    numbers = {
        "2015-Q1": [[0, 12], [4, 30]],
        "2015-H1": [[12, 57], [11, 30], [12, 30]],
        "2015-Q2": [[12, 45], [7, 0], [12, 30]],
    }
    said: list[Release] = []
    for period, cells in numbers.items():
        counted = [printed("allegations-by-duty", cells)]
        (one,) = protected_tables(counted, Period.parse(period), RULE, {"allegations-by-duty": said})
        said.append(one.shown.release)
        assert one.shown.printable
    assert given_away({"": [known_to_be_none(said), *said]}, RULE) == []


def test_what_was_called_something_else_at_one_time_is_not_taken_for_none() -> None:
    first, second = (printed("allegations-by-duty", cells).figure for cells in ([[40], [12]], [[90]]))
    quarter, half = (
        protected(each, RULE, parts=QUARTERS[:many]).release for each, many in ((first, 1), (second, 2))
    )
    assert known_to_be_none([quarter, half]) == Release(())


def test_a_table_with_nothing_to_say_is_remembered_from_before() -> None:
    """The quarter told of corrective action, the half-year has none to tell of; beside the half-year's other
    tables, what the quarter said could tell how many of an allegation it hid."""
    office = corrected_in_a_quarter()
    office.publish("2015-Q1")
    tables = {each.id: each for each in office.tables(Period.parse("2015-H1"))}
    quiet = tables["corrective-action"].figure
    nothing = replace(quiet, cells=tuple((0,) * len(row) for row in quiet.cells))
    counted = [Counted(name, TABLES[name], each.figure) for name, each in tables.items()]
    counted = [replace(each, figure=nothing) if each.figure is quiet else each for each in counted]
    shown = {each.counted.id: each.shown for each in protected_tables(counted, H1, RULE, office.earlier)}
    assert shown.keys() == tables.keys() - {"corrective-action"}
    for name, each in shown.items():
        if each.printable:
            office.read(tables[name], each)
    assert office.told() == {}


# ---- through the office -------------------------------------------------------------------------------


@pytest.mark.usefixtures("context")
def test_quarters_and_their_half_year_give_nothing_away(
    context: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("oversight.reports.building.pdf_of", lambda content, lang, issued: lang.encode())
    a_half_year()
    for name in ("2015-Q1", "2015-H1", "2015-Q2", "2015"):
        issued(Period.parse(name))
    issued(Period.parse("2015-H1"), changes=CHANGES)
    overlapping = issued_beside("alberta", Period.parse("2016-Q1"))
    assert overlapping == issued_beside("alberta", Period.parse("2015")) != []
    assert issued_beside("alberta", Period.parse("2017-Q1")) == []
    assert issued_beside("alberta", Period.parse("2014")) == overlapping
    assert [edition.period for edition in overlapping] == ["2015-Q1", "2015-H1", "2015-Q2", "2015", "2015-H1"]
    told = told_before(overlapping).tables
    assert np.mean([len(releases) for releases in told.values()]) > 2
    for table, releases in told.items():
        assert given_away({table: releases}, RULE) == [], table


@pytest.mark.usefixtures("context")
def test_an_edition_names_the_tables_that_an_earlier_one_counts_otherwise(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    a_half_year()
    titles = [each["title"]["en"] for each in draft(H1, "alberta", demo=True, tell=tell_nobody)["methods"]]
    assert DISPUTED not in titles
    monkeypatch.setattr(
        "oversight.reports.document.protected_tables",
        lambda *given: [replace(each, is_disputed=True) for each in protected_tables(*given)][:1],
    )
    methods = draft(H1, "alberta", demo=True, tell=tell_nobody)["methods"]
    (listed,) = [each["listed"] for each in methods if each["title"]["en"] == DISPUTED]
    assert [title["en"] for title in listed] == ["Complaints received, by year"]


DISPUTED = "Tables that an earlier edition counts otherwise"
