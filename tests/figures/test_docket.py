"""What was open when: opening + received + opened again − closed = closing, and by stage and age."""

from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from oversight.casework.models import Complaint
from oversight.figures.disclosure.showing import protected
from oversight.figures.disclosure.stocks import BY_MONTH, Row, Stock
from oversight.figures.disclosure.suppression import printed, protecting
from oversight.figures.periods import Period
from oversight.figures.tables import table_named
from oversight.figures.wanted import Wanted
from oversight.kit.db import session
from oversight.rules.rulebook import SmallNumbers
from tests.cast import BEA, DORA, INES, the
from tests.factories import complaint_in, dismissed, filed, take
from tests.figures.history import alleged, brought_in, laid_out, left_out, past, person

ZONE = "America/Edmonton"
TODAY = date(2026, 12, 31)
RULE = SmallNumbers(threshold=10, floor=5)
Cells = dict[str, tuple[object, ...]]


def stock(period: str = "all", *, on: date = TODAY) -> Cells:
    return laid_out(table_named("stock-by-month").figure(Wanted(Period.parse(period), on=on, zone=ZONE)))


def by_age(period: str = "all", *, on: date = TODAY) -> Cells:
    return laid_out(table_named("open-by-age").figure(Wanted(Period.parse(period), on=on, zone=ZONE)))


def at(month: int, day: int, hour: int = 17) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=UTC)


def test_a_history_by_hand(context: Flask) -> None:
    brought_in(
        past(alleged(), received_on=date(2015, 1, 5), ended_on=date(2015, 1, 31)),
        past(alleged(), received_on=date(2015, 1, 6), ended_on=date(2015, 3, 1)),
        past(alleged(), received_on=date(2015, 2, 28)),  # open to this day
        past(alleged(), received_on=date(2015, 3, 31), ended=True),  # on a day nobody knows
        past(alleged(), received_on=date(2015, 3, 31), ended_on=date(2015, 3, 1)),  # before it was received
    )
    assert stock("2015-Q1") == {
        "2015-01": (0, 2, 0, 1, 1),
        "2015-02": (1, 1, 0, 0, 2),
        "2015-03": (2, 0, 0, 1, 1),
    }
    # What came before a period is in its opening.
    assert stock("2015-Q2") == dict.fromkeys(("2015-04", "2015-05", "2015-06"), (1, 0, 0, 0, 1))
    figure = table_named("stock-by-month").figure(Wanted(Period.parse("2015-Q1"), on=TODAY, zone=ZONE))
    assert left_out(figure) == {"day_of_closing": 2}


def test_of_everything_the_months_reach_from_the_first_to_the_last_there_is(context: Flask) -> None:
    brought_in(past(received_on=date(2014, 11, 30), ended_on=date(2015, 1, 1)))
    assert list(stock()) == ["2014-11", "2014-12", "2015-01"]
    assert stock()["2015-01"] == (1, 0, 0, 1, 0)


def test_a_period_that_goes_on_has_months_until_today_and_one_to_come_has_none(context: Flask) -> None:
    brought_in(past(received_on=date(2026, 2, 3)))
    assert list(stock("2026", on=date(2026, 3, 2))) == ["2026-01", "2026-02", "2026-03"]
    assert stock("2027") == {}


def test_a_file_here_is_closed_by_its_ending_and_open_again_while_it_is_looked_at(context: Flask) -> None:
    complaint = dismissed(filed(received_on=date(2026, 3, 2), at=at(3, 2)), at(4, 1))
    person = next(party for party in complaint.parties if party.kind == "complainant")
    complaint = take(
        complaint, "ask_for_reconsideration", by=INES, at=at(5, 1), party=str(person.id), reason="Look again."
    )
    assert complaint.state == "reconsideration"
    complaint = take(
        complaint, "confirm", by=DORA, at=at(6, 1), reason="It stands.", to_complainant="It stands."
    )
    assert complaint.state == "dismissed"
    assert stock("2026-H1") == {
        "2026-01": (0, 0, 0, 0, 0),
        "2026-02": (0, 0, 0, 0, 0),
        "2026-03": (0, 1, 0, 0, 1),
        "2026-04": (1, 0, 0, 1, 0),
        "2026-05": (0, 0, 1, 0, 1),
        "2026-06": (1, 0, 0, 1, 0),
    }


def test_a_month_ends_when_it_does_in_the_offices_zone(context: Flask) -> None:
    received = filed(received_on=date(2026, 3, 2), at=at(3, 2))
    dismissed(received, at(4, 1, hour=5))  # still the last of March in Calgary
    assert stock("2026-H1", on=date(2026, 4, 30))["2026-03"] == (0, 1, 0, 1, 0)


def test_what_is_open_at_the_end_is_what_stands_in_no_ending(context: Flask) -> None:
    for state in ("received", "investigation", "decision", "resolved", "reconsideration", "withdrawn"):
        complaint_in(state)
    brought_in(past(alleged()), past(alleged(), ended_on=date(2016, 1, 1)))
    closing = list(stock().values())[-1][-1]
    open_now = session().scalar(select(func.count()).select_from(Complaint).where(~Complaint.has_ended))
    assert closing == open_now == 5
    assert sum(sum(map(int, cells)) for cells in by_age().values()) == 5  # type: ignore[call-overload]


def test_a_past_file_that_is_opened_again_here_has_lost_its_first_closing(context: Flask) -> None:
    brought_in(past(alleged(), people=[person()], received_on=date(2015, 1, 5), ended_on=date(2015, 2, 1)))
    complaint = session().scalars(select(Complaint)).one()
    party = str(complaint.parties[0].id)
    complaint = take(
        complaint,
        "ask_late_for_reconsideration",
        by=INES,
        at=at(5, 1),
        party=party,
        reason="New.",
        note="Away.",
    )
    assert complaint.state == "reconsideration"
    assert stock() == {}
    figure = table_named("stock-by-month").figure(Wanted(Period.parse("all"), on=TODAY, zone=ZONE))
    assert left_out(figure) == {"day_of_closing": 1}
    assert by_age() == {}
    assert not complaint.has_ended
    for name in ("stock-by-month", "open-by-age"):
        assert "opened again here, though some are still open" in table_named(name).definition


def test_a_past_file_that_was_taken_up_here_closes_here_once(context: Flask) -> None:
    brought_in(past(alleged(), people=[person()], received_on=date(2015, 1, 5)))
    complaint = session().scalars(select(Complaint)).one()
    the(BEA), the(DORA)
    complaint = take(complaint, "adopt", by=INES, at=at(3, 1))
    complaint = take(
        complaint,
        "close_without_finding",
        by=INES,
        second=BEA,
        at=at(4, 1),
        closing_ground="officer_unidentified",
        reason="No record names anyone.",
        to_complainant="We had to stop.",
    )
    party = str(complaint.parties[0].id)
    again = {"party": party, "reason": "Look again."}
    complaint = take(complaint, "ask_for_reconsideration", by=INES, at=at(4, 20), **again)
    take(complaint, "confirm", by=DORA, at=at(6, 1), reason="It stands.", to_complainant="It stands.")
    assert stock("2026-Q2") == {
        "2026-04": (1, 0, 1, 1, 1),
        "2026-05": (1, 0, 0, 0, 1),
        "2026-06": (1, 0, 0, 1, 0),
    }
    assert list(by_age("2026-Q1")) == ["Investigation"]


def test_the_docket_stands_at_the_stage_and_the_age_of_that_day(context: Flask) -> None:
    received = date(2026, 3, 2)
    filed(received_on=received, at=at(3, 2))
    complaint_in("investigation", received_on=received, at=at(3, 3))
    dismissed(filed(received_on=received, at=at(3, 2)), at(7, 1))
    # On the last of March each is 29 days old, and the third is still at its beginning.
    assert by_age("2026-Q1") == {"Received": (2, 0, 0, 0, 0), "Investigation": (1, 0, 0, 0, 0)}
    # On the last of June they are 120 days old; a day later the third is dismissed.
    assert by_age("2026-Q2") == {"Received": (0, 0, 2, 0, 0), "Investigation": (0, 0, 1, 0, 0)}
    assert by_age("2026-Q3") == {"Received": (0, 0, 0, 1, 0), "Investigation": (0, 0, 0, 1, 0)}


@pytest.mark.parametrize(
    ("days", "band"), [(30, 0), (31, 1), (90, 1), (91, 2), (180, 2), (181, 3), (365, 3), (366, 4)]
)
def test_ages_change_on_the_day_they_say(context: Flask, days: int, band: int) -> None:
    brought_in(past(alleged(), received_on=TODAY - timedelta(days=days)))
    (cells,) = by_age().values()
    assert [place for place, number in enumerate(cells) if number] == [band]


def test_where_another_office_had_the_file_its_stage_is_not_known(context: Flask) -> None:
    brought_in(past(alleged(), received_on=date(2015, 1, 5), ended_on=date(2015, 5, 1)))
    assert by_age("2015-Q1") == {"not known": (0, 1, 0, 0, 0)}
    assert by_age("2015-Q2") == {}


# --- what may be shown ------------------------------------------------------------------------------


QUARTER = ("2026-01", "2026-02", "2026-03")


def safe(rows: list[Row], months: tuple[str, ...] = QUARTER) -> tuple[tuple[int | None, ...], ...] | None:
    """The rows with None for what is hidden; None for a table in which nothing can be shown safely."""
    stock = Stock(months, ("opening", "received", "again", "closed", "closing"), tuple(rows), BY_MONTH)
    _, hidden = protecting(stock, RULE, [stock.quarters_told()], ("",))
    return None if hidden is None else printed(stock, hidden).cells


def test_a_small_flow_hides_what_turned_in_its_month() -> None:
    rows = [(100, 40, 0, 30, 110), (110, 40, 3, 33, 120), (120, 50, 0, 60, 110)]
    assert safe(rows) == (rows[0], (110, 40, None, None, 120), rows[2])


def test_a_small_stock_hides_itself_and_what_turned_on_both_sides() -> None:
    rows = [(50, 20, 0, 65, 5), (5, 60, 0, 15, 50), (50, 20, 0, 20, 50)]
    assert safe(rows) == (
        (50, 20, None, None, None),
        (None, 60, None, None, 50),
        rows[2],
    )


def test_few_received_in_a_month_do_not_follow_from_what_its_quarter_got() -> None:
    rows = [(100, 40, 0, 30, 110), (110, 3, 0, 13, 100), (100, 50, 0, 60, 90)]
    shown = safe(rows)
    assert shown == ((100, None, None, None, 110), (110, None, None, None, 100), rows[2])
    apart = ("2026-01", "2026-02", "2026-04")
    assert safe(rows, apart) == shown


def test_where_hidden_flows_follow_from_the_rest_a_stock_is_hidden_too() -> None:
    # Who knows that all three are small knows from 40 + r + o − c = 57 that r and o are 9, and c is 1.
    assert safe([(40, 9, 9, 1, 57)], QUARTER[:1]) == ((None, None, None, None, 57),)


def test_numbers_that_follow_from_the_quarter_although_hidden_withhold_the_table() -> None:
    # The quarter got 13. Who knows that January's are at least 10 knows February's to be 1, 2 or 3.
    assert safe([(50, 12, 0, 0, 62), (62, 1, 0, 0, 63), (63, 0, 0, 0, 63)]) is None


def test_a_stock_table_is_shown_without_sums(context: Flask) -> None:
    brought_in(*(past(received_on=date(2015, 1, 5)) for _ in range(12)))
    figure = table_named("stock-by-month").figure(Wanted(Period.parse("2015-Q1"), on=TODAY, zone=ZONE))
    shown = protected(figure, RULE)
    assert shown.cells[0] == (0, 12, 0, 0, 12)
    assert (shown.total, set(shown.row_totals), set(shown.column_totals)) == (None, {None}, {None})
    brought_in(past(received_on=date(2015, 2, 5)), *(past(received_on=date(2015, 3, 5)) for _ in range(15)))
    fresh = table_named("stock-by-month").figure(Wanted(Period.parse("2015-Q1"), on=TODAY, zone=ZONE))
    assert protected(fresh, RULE).cells[1] == (12, None, None, None, 13)
