"""Tables of the same files side by side, read by somebody who puts them together."""

import numpy as np
import pytest

from oversight.figures.disclosure.audit import given_away
from oversight.figures.disclosure.releases import release_of
from oversight.figures.disclosure.showing import Shown, layout_of
from oversight.figures.disclosure.stocks import FROM_TO
from oversight.figures.disclosure.suppression import printed
from oversight.figures.disclosure.ties import Beside, ties_between
from oversight.figures.disclosure.together import protected_together
from oversight.figures.periods import Period
from tests.figures.tied_tables import (
    ALLEGED,
    RULE,
    TURN_OF_THE_YEAR,
    TiedOffice,
    beside,
    by_month,
    corrected_in_a_quarter,
    figure,
    months_of_an_office,
    tied_office,
)


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


def test_what_a_place_to_stand_at_says_of_its_numbers_is_known_to_whoever_reads_all_tables() -> None:
    """Three came in where 50 stood, if 20 moved on and 33 are left."""
    cells = [[50, 3, 20, 33], [200, 20, 0, 220]]
    stages = figure("allegations-by-stage", cells, signs=FROM_TO, open_rows=1)
    table, layout = Beside("stages", "stages", stages, ("2015-Q1",)), layout_of(stages)
    leaking = release_of(layout, printed(layout, {(0, 1)}), parts=table.parts)
    safe = release_of(layout, printed(layout, {(0, 1), (0, 0), (0, 3)}), parts=table.parts)
    assert given_away({"stages": [leaking]}, RULE, ties_between([table], {"stages": [leaking]})) != []
    assert given_away({"stages": [safe]}, RULE, ties_between([table], {"stages": [safe]})) == []


def test_a_quarter_s_stock_tells_nothing_of_the_months_of_the_quarter_before() -> None:
    """The first quarter hid what stood at its end; the second begins with it, and goes on from there."""
    months = [(15, 0, 0, 6), (9, 7, 4, 16), (4, 10, 0, 9), (5, 22, 11, 12), (26, 12, 0, 13), (25, 26, 0, 34)]
    office = months_of_an_office(("2015-Q1", "2015-Q2"), months, [[[5]], [[17]]])
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
    office = corrected_in_a_quarter()
    for period in ("2015-Q1", "2015-H1"):
        office.publish(period)
    assert office.told() == {}


def test_of_which_tables_an_earlier_edition_said_otherwise_is_known() -> None:
    """A complaint of March came to be known after the half-year was out; the quarter tells of it."""
    office = tied_office(np.random.default_rng(0))
    office.publish("2015-H1")
    office.received[0] += 1
    for name in ("intake-by-channel", "intake-by-area", "findings-by-race"):
        office.shares[name][0].flat[np.argmax(office.shares[name][0])] += 1
    office.docket[2, [1, 4]] += 1
    office.docket[3:, [0, 4]] += 1
    office.ages[:, 0, 0] += 1
    tables = list(office.tables(Period.parse("2015-Q1")))
    protected = protected_together(tables, RULE, office.earlier)
    assert protected.disputed == {"stock-by-month"}
    assert protected_together(tables, RULE, {}).disputed == set()


# ---- the turn of the year -----------------------------------------------------------------------------


def test_what_a_year_opened_with_is_not_told_by_what_was_open_when_the_last_one_ended() -> None:
    """The new year hid what it opened with, beside what was received and closed; the old year's stock and
    its open files by age would each tell it."""
    told = []
    for remembers in (True, False):
        office = months_of_an_office(
            TURN_OF_THE_YEAR,
            [
                (29, 52, 11, 45),
                (47, 43, 0, 24),
                (66, 38, 0, 9),
                (95, 26, 0, 53),
                (68, 26, 0, 31),
                (63, 22, 0, 20),
            ],
            [[[4, 0, 0], [4, 28, 59]], [[6, 25, 2], [8, 0, 24]]],
        )
        for period in ("2015-Q1", "2014-Q4"):
            office.earlier = office.earlier if remembers else {}
            office.publish(period)
        told.append(office.told())
    assert told[0] == {}
    assert told[1].keys() == {"stock-by-month 2014-12 closing", "open-by-age (2, 3) ('2014-12-31',)"}


@pytest.mark.parametrize(("since", "opening"), [(0, 100), (1, None), (25, 125)])
def test_files_that_were_entered_late_hide_no_more_of_the_new_year_than_the_change(
    since: int, opening: int | None
) -> None:
    """What the old year ended with is true no more, so it is not what the new one begins with."""
    office = with_files_entered_late(since)
    stock, ages = second_quarter(office, "stock-by-month", "open-by-age")
    assert stock.cells[0][0] == opening
    assert stock.cells[1:] == ((90 + since, 33, 12, 20, 115 + since), (115 + since, 20, 14, 30, 119 + since))
    assert ages.total == 119 + since


def with_files_entered_late(since: int) -> TiedOffice:
    """So many of the new year's open files came to be known after the old year's edition, which is out."""
    months = [
        (60, 30, 12, 20),
        (82, 25, 0, 30),
        (77, 40, 11, 28),
        (100, 30, 0, 40),
        (90, 33, 12, 20),
        (115, 20, 14, 30),
    ]
    months[3:] = [(month[0] + since, *month[1:]) for month in months[3:]]
    office = months_of_an_office(TURN_OF_THE_YEAR, months, [[[60, 40]], [[70, 49 + since]]])
    office.publish("2014-Q4")
    return office


def second_quarter(office: TiedOffice, *names: str) -> list[Shown]:
    tables = {each.id: each for each in office.tables(Period.parse("2015-Q1"))}
    protected = protected_together(list(tables.values()), RULE, office.earlier)
    return [protected.shown(tables[name]) for name in names]


def table(name: str, cells: list[list[int]], **more: object) -> Beside:
    return beside(name, cells, ("2015-Q1", "2015-Q2"), **more)


# ---- the docket beside what was received and closed -----------------------------------------------------


@pytest.mark.parametrize(
    ("received", "closed", "hidden"),
    [(0, 0, set()), (0, 3, {3}), (3, 0, {1}), (3, 3, {1, 3}), (15, 30, set())],
)
def test_the_docket_s_months_tell_no_small_rest_of_what_was_received_or_closed(
    received: int, closed: int, hidden: set[int]
) -> None:
    """So many were closed twice, and so many are left out of the docket."""
    cells = ((200, 40, 0, 20), (220, 38, 11, 30), (239, 42, 0, 22))
    rows = [[*row, sum(row[:3]) - row[3]] for row in cells]
    docket = by_month("stock-by-month", np.array(rows), Period.parse("2015-Q1"))
    tables = [
        beside("received-by-year", [[120 + received]], ("2015-Q1",)),
        beside("endings", [[52 - closed], [20]], ("2015-Q1",)),
        docket,
    ]
    protected = protected_together(tables, RULE, {})
    assert [protected.shown(each).total for each in tables[:2]] == [120 + received, 72 - closed]
    months = protected.shown(tables[2])
    assert months.printable
    assert {column for column in (1, 3) if None in [row[column] for row in months.cells]} >= hidden
    assert bool(months.hidden) is bool(hidden)


def test_a_month_in_which_few_were_closed_is_not_told_by_how_many_came_to_an_ending() -> None:
    cells = ((200, 40, 0, 20), (220, 38, 11, 5), (264, 42, 0, 22))
    rows = [[*row, sum(row[:3]) - row[3]] for row in cells]
    docket = by_month("stock-by-month", np.array(rows), Period.parse("2015-Q1"))
    endings = beside("endings", [[27], [20]], ("2015-Q1",))
    protected = protected_together([endings, docket], RULE, {})
    assert protected.shown(endings).total == 47
    assert [row[3] for row in protected.shown(docket).cells].count(None) > 1


@pytest.mark.parametrize("periods", [("2015-Q1", "2015-H1"), ("2015-H1", "2015-Q1"), ("2015-H1", "2015-Q2")])
def test_a_small_rest_of_one_quarter_is_not_told_by_the_half_year_s(periods: tuple[str, ...]) -> None:
    """Twelve of one quarter were opened again and three of the other, which make fifteen."""
    office = tied_office(np.random.default_rng(5))
    office.docket = np.array(
        [
            (100, 30, 0, 25, 105),
            (105, 40, 11, 30, 126),
            (126, 35, 0, 40, 121),
            (121, 25, 0, 36, 110),
            (110, 45, 12, 24, 143),
            (143, 30, 0, 31, 142),
        ]
    )
    office.received = np.array([105, 100])
    office.shares = {}
    office.ages = np.array([[[60, 61]], [[70, 72]]])
    office.again_since = np.array([12, 3])
    for period in periods:
        office.publish(period)
    assert office.told() == {}


def test_a_quarter_s_endings_do_not_tell_how_many_were_closed_in_a_month_that_the_half_year_hid() -> None:
    """Seven were closed in May, and three of the quarter's endings are closed for the second time."""
    months = [
        (79, 44, 11, 2),
        (132, 46, 11, 26),
        (163, 36, 0, 13),
        (186, 40, 11, 59),
        (178, 40, 4, 7),
        (215, 37, 11, 39),
    ]
    ages = [[[22, 4, 108], [8, 44, 0]], [[14, 19, 4], [182, 2, 3]]]
    office = months_of_an_office(("2015-Q1", "2015-Q2"), months, ages)
    office.again_since = np.array([12, 3])
    for period in ("2015-H1", "2015-Q2"):
        office.publish(period)
    assert office.told() == {}


@pytest.mark.parametrize("received", [0, 3])
def test_a_half_year_s_docket_is_shown_though_a_few_are_left_out_of_it(received: int) -> None:
    cells = ((200, 40, 0, 20), (220, 38, 11, 30), (239, 42, 0, 22), (259, 50, 0, 44), (265, 33, 0, 51))
    rows = [[*row, sum(row[:3]) - row[3]] for row in (*cells, (247, 41, 15, 29))]
    docket = by_month("stock-by-month", np.array(rows), Period.parse("2015-H1"))
    whole = beside("received-by-year", [[244 + received]], ("2015-Q1", "2015-Q2"))
    protected = protected_together([whole, docket], RULE, {})
    assert protected.shown(whole).total == 244 + received
    assert protected.shown(docket).printable
    assert bool(protected.shown(docket).hidden) is bool(received)


def test_what_a_quarter_came_to_is_known_though_the_half_year_s_sum_is_hidden() -> None:
    """Nine came in February; January and February make 34, and of those no more than 25 came in January."""
    came = (25, 9, 66, 40, 50, 60)
    first = beside("received-by-year", [[100]], ("2015-Q1",))
    earlier = {first.family: [protected_together([first], RULE, {}).shown(first).release]}
    rows, opening = [], 200
    for number in came:
        rows.append([opening, number, 0, 30, opening + number - 30])
        opening = rows[-1][-1]
    docket = by_month("stock-by-month", np.array(rows), Period.parse("2015-H1"))
    half = beside("received-by-year", [[sum(came) + 3]], ("2015-Q1", "2015-Q2"))
    january, february, *_ = protected_together([half, docket], RULE, earlier).shown(docket).cells
    assert january[1:4] == february[1:4] == (None, None, None)


@pytest.mark.parametrize(("more", "shown"), [(20, True), (3, False)])
def test_officers_by_number_of_allegations_do_not_tell_a_hidden_total(more: int, shown: bool) -> None:
    """None has more than four: whoever adds up their numbers has all allegations that were made."""
    quarter = beside("allegations-by-duty", [[12], [45]], ("2015-Q1",))
    earlier = {quarter.family: [protected_together([quarter], RULE, {}).shown(quarter).release]}
    duty = table("allegations-by-duty", [[12], [45 + more]])
    tells = {"allegations": 57 + more}
    officers = beside("allegations-per-officer", [[37 + more], [10], [0]], ("2015-H1",), tells=tells)
    protected = protected_together([duty, officers], RULE, earlier)
    assert (protected.shown(duty).total is not None) is shown
    assert protected.shown(officers).printable is shown
    assert protected_together([officers], RULE, {}).shown(officers).printable
