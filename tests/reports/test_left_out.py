"""What tables say that they left out: no two of them differ by a small number, of whatever edition."""

from datetime import date

import pytest
from flask import Flask

from oversight.figures.disclosure.releases import Release, latest
from oversight.figures.disclosure.ties import Beside
from oversight.figures.disclosure.together import protected_together
from oversight.figures.figure import Figure, Unknown
from oversight.figures.periods import Period
from oversight.figures.words import as_it_is
from oversight.kit.db import writing
from oversight.reports.actions import issue_edition
from oversight.reports.models import Edition
from oversight.reports.refusals import CannotReport
from oversight.reports.releasing import told_before
from oversight.rules.rulebook import SmallNumbers
from tests.cast import BEA, the
from tests.figures.history import brought_in, past
from tests.reports.history_of_2015 import AT, built, issued

RULE = SmallNumbers()


def beside(name: str, without_a_day: int) -> Beside:
    unknown = Unknown("day_of_closing", "without a day", without_a_day, is_running=True)
    figure = Figure((as_it_is("a"),), (as_it_is("b"),), ((900,),), (unknown,), table=name)
    return Beside(name, name, figure, ("2015-Q1",))


@pytest.mark.parametrize(("docket", "shown"), [(500, 500), (503, None), (510, 510)])
def test_what_two_tables_leave_out_does_not_differ_by_a_small_number(docket: int, shown: int | None) -> None:
    tables = [beside("endings", 500), beside("open-by-age", docket)]
    protected = protected_together(tables, RULE, {})
    assert [protected.shown(each).unknown[0].count for each in tables] == [500, shown]


# ---- complaints without an allegation -----------------------------------------------------------------


def without_allegations(id_: str, table: str, number: int, *quarters: str) -> Beside:
    unknown = Unknown("no_allegation", "without an allegation", number)
    cells = (as_it_is("a"),), (as_it_is("b"),), ((900,),)
    figure = Figure(*cells, (unknown,), adds_down=False, table=table)
    return Beside(id_, id_, figure, quarters or ("2015-Q1",))


@pytest.mark.parametrize(
    ("of_races", "of_all", "shown"),
    [
        ((25, 4), 29, (25, None, None)),
        ((25, 40, 4), 69, (25, 40, None, None)),
        ((25, 27), 52, (25, 27, 52)),
        ((25,), 25, (25, 25)),
    ],
)
def test_how_many_have_no_allegation_in_all_tells_no_small_rest_of_what_is_said_by_race(
    of_races: tuple[int, ...], of_all: int, shown: tuple[int | None, ...]
) -> None:
    tables = [
        *(
            without_allegations(f"findings-by-race-{place}", "findings-by-race", each)
            for place, each in enumerate(of_races)
        ),
        without_allegations("findings-by-allegation-complaint", "findings-by-allegation", of_all),
    ]
    protected = protected_together(tables, RULE, {})
    assert tuple(protected.shown(each).unknown[0].count for each in tables) == shown


def test_what_an_earlier_edition_said_of_all_tells_no_small_rest_either() -> None:
    of_all = without_allegations("findings-by-allegation-complaint", "findings-by-allegation", 29)
    of_race = without_allegations("findings-by-race-here", "findings-by-race", 25)
    before = {of_all.id: [protected_together([of_all], RULE, {}).shown(of_all).release]}
    tables = [of_race, of_all]
    protected = protected_together(tables, RULE, {of_race.id: [], **before})
    assert [protected.shown(each).unknown[0].count for each in tables] == [None, 29]


@pytest.mark.parametrize(("in_half_year", "shown"), [(28, None), (25, 25), (35, 35)])
def test_a_quarter_and_the_half_year_of_another_table_tell_no_small_rest(
    in_half_year: int, shown: int | None
) -> None:
    """Nobody was left out for want of a way to ask: both leave out the same complaints."""
    quarter = without_allegations("findings-by-race-here", "findings-by-race", 25)
    said = {quarter.id: [protected_together([quarter], RULE, {}).shown(quarter).release]}
    half = "2015-Q1", "2015-Q2"
    of_all = without_allegations("findings-by-allegation", "findings-by-allegation", in_half_year, *half)
    protected = protected_together([of_all], RULE, said)
    assert protected.shown(of_all).unknown[0].count == shown


# ---- closed on a day nobody knows, until today --------------------------------------------------------


def years_apart(last: int = 2) -> None:
    """In 2015 twelve were closed on no known day, in each of two years so many more by its last."""
    for year, more in ((2015, 12), (2017, last)):
        first, then = date(year, 2, 3), date(year, 5, 4)
        brought_in(
            *(past(received_on=first, ended_on=then) for _ in range(40)),
            *(past(received_on=first, ended=True) for _ in range(more)),
            source=f"of-{year}",
        )


def without_a_day(edition: Edition) -> dict[str, int | None]:
    """What its tables say of those closed on no known day."""
    said: dict[str, Release] = {
        name: releases[0] for name, releases in told_before([edition]).tables.items() if releases
    }
    return {
        name: number.value
        for name, release in said.items()
        for terms, number in latest([release]).items()
        if {atom.column for atom in terms} == {"day_of_closing"}
    }


@pytest.mark.usefixtures("context")
@pytest.mark.parametrize(("more", "shown"), [(2, None), (12, 24)])
def test_an_edition_of_years_ago_tells_no_small_number_that_was_closed_since(
    more: int, shown: int | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("oversight.reports.building.pdf_of", lambda content, lang, issued: lang.encode())
    years_apart(more)
    assert without_a_day(issued(Period.parse("2015")))["endings"] == 12
    assert without_a_day(built(Period.parse("2017")))["endings"] == shown


def test_two_that_were_built_at_once_are_not_both_issued_where_they_would_tell_one(
    context: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("oversight.reports.building.pdf_of", lambda content, lang, issued: lang.encode())
    years_apart()
    first, then, director = built(Period.parse("2015")), built(Period.parse("2017")), the(BEA)
    assert without_a_day(then)["endings"] == 14
    with writing():
        issue_edition(first.id, by=director, at=AT)
    with pytest.raises(CannotReport, match="not tried together"), writing():
        issue_edition(then.id, by=director, at=AT)
