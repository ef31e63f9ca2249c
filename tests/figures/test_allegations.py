"""Where allegations stood, and how they moved: each by its own ending, out of the history of its file."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import numpy as np
from flask import Flask
from sqlalchemy import select, true

from oversight.casework import acting
from oversight.casework.actions.editing import add_allegation
from oversight.casework.models import Allegation, Complaint
from oversight.casework.queries.facts import open_allegations
from oversight.figures.arithmetic import check_figures
from oversight.figures.figure import Figure
from oversight.figures.periods import Period
from oversight.figures.queries.journeys import journeys
from oversight.figures.queries.lives import Stage, lives
from oversight.figures.tables import table_named
from oversight.figures.wanted import Wanted
from oversight.kit.db import session, writing
from oversight.rules.findings import Status
from tests.cast import BEA, DORA, INES, Person, the
from tests.factories import coded, complaint_in, filed, fresh, take
from tests.figures.history import alleged, brought_in, laid_out, left_out, past, person
from tests.torture.conftest import Times

ZONE = "America/Edmonton"
TODAY = date(2026, 12, 31)
LETTER = "Here is the result, and why."
Numbers = dict[str, tuple[object, ...]]


def figure(table: str, period: str, *, on: date = TODAY) -> Figure:
    return table_named(table).figure(Wanted(Period.parse(period), on=on, zone=ZONE))


def by_month(period: str) -> Numbers:
    return laid_out(figure("allegations-by-month", period))


def by_stage(period: str) -> Numbers:
    """The rows in which anything stood or moved."""
    return {
        row: cells for row, cells in laid_out(figure("allegations-by-stage", period)).items() if any(cells)
    }


def at(month: int, day: int, hour: int = 17) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=UTC)


def with_two(month: int = 1, day: int = 5) -> Complaint:
    """A file in assessment with two coded allegations."""
    complaint = filed(received_on=date(2026, month, day), at=at(month, day))
    complaint = take(complaint, "begin_assessment", by=INES, at=at(month, day, 18))
    add(complaint, at(month, day, 19))
    return coded(complaint, at(month, day, 20))


def add(complaint: Complaint, when: datetime) -> None:
    who = acting.person(the(INES))
    with writing():
        add_allegation(
            session().get_one(Complaint, complaint.id), by=who, at=when, subject_kind="service", duty="on"
        )


def refer(complaint: Complaint, *places: int, when: datetime) -> Complaint:
    chosen = [str(complaint.allegations[place].id) for place in places]
    return take(
        complaint,
        "refer",
        by=INES,
        second=BEA,
        at=when,
        allegations=chosen,
        body="police_service",
        reason="It may be a crime.",
        to_complainant=LETTER,
    )


def dismiss(complaint: Complaint, when: datetime) -> Complaint:
    """Dismissed in what is open, by a director who has not decided it before."""
    return take(
        complaint,
        "dismiss",
        by=other_director(complaint),
        at=when,
        allegations=[str(each.id) for each in open_allegations(complaint)],
        ground="no_jurisdiction",
        reason="It concerns another city.",
        to_complainant=LETTER,
    )


def other_director(complaint: Complaint) -> Person:
    return DORA if complaint.decided_by_id == the(BEA).id else BEA


def opened_again(complaint: Complaint, asked: datetime, opened: datetime) -> Complaint:
    party = str(next(party for party in complaint.parties if party.kind == "complainant").id)
    complaint = take(
        complaint, "ask_for_reconsideration", by=INES, at=asked, party=party, reason="Look again."
    )
    return take(
        complaint,
        "reopen",
        by=INES,
        second=other_director(complaint),
        at=opened,
        reason="New facts.",
        to_complainant=LETTER,
    )


def hold(complaint: Complaint, *places: int, when: datetime) -> Complaint:
    return take(
        complaint,
        "hold",
        by=INES,
        second=DORA,
        at=when,
        allegations=[str(complaint.allegations[place].id) for place in places],
        hold_reason="litigation",
        authority="The court's file.",
        review_on="2026-12-01",
    )


# --- by hand ----------------------------------------------------------------------------------------


def test_an_allegation_ends_by_itself_and_the_rest_with_the_file(context: Flask) -> None:
    complaint = refer(with_two(), 0, when=at(2, 3))
    assert complaint.state == "assessment"
    assert by_month("2026-Q1") == {
        "2026-01": (0, 2, 0, 0, 2),
        "2026-02": (2, 0, 0, 1, 1),
        "2026-03": (1, 0, 0, 0, 1),
    }
    assert by_stage("2026-Q1") == {"Assessment": (0, 2, 1, 1), "Referred": (0, 1, 0, 1)}
    dismiss(complaint, at(4, 7))
    assert by_month("2026-Q2")["2026-04"] == (1, 0, 0, 1, 0)
    assert by_stage("2026-Q2") == {
        "Assessment": (1, 0, 1, 0),
        "Referred": (1, 0, 0, 1),
        "Dismissed": (0, 1, 0, 1),
    }


def test_opened_again_is_what_was_opened_again_and_not_what_is_looked_at(context: Flask) -> None:
    complaint = dismiss(refer(with_two(), 0, when=at(2, 3)), at(4, 7))
    complaint = opened_again(complaint, at(4, 20), at(5, 6))
    months = by_month("2026-Q2")
    assert months["2026-04"] == (1, 0, 0, 1, 0), "another look opens no allegation"
    assert months["2026-05"] == (0, 0, 2, 0, 2)
    # Though nothing on the allegations says so any more, one was referred in February, the other in April.
    assert by_month("2026-Q1")["2026-02"] == (2, 0, 0, 1, 1)
    assert by_stage("2026-Q1") == {"Assessment": (0, 2, 1, 1), "Referred": (0, 1, 0, 1)}
    assert by_stage("2026-Q2") == {
        "Assessment": (1, 2, 1, 2),
        "Referred": (1, 0, 1, 0),
        "Dismissed": (0, 1, 1, 0),
    }
    dismiss(complaint, at(7, 2))
    assert by_stage("2026-Q3") == {"Assessment": (2, 0, 2, 0), "Dismissed": (0, 2, 0, 2)}


def test_what_is_held_is_on_hold_until_it_goes_on(context: Flask) -> None:
    complaint = hold(with_two(), 1, when=at(2, 3))
    assert by_stage("2026-Q1") == {"Assessment": (0, 2, 1, 1), "On hold": (0, 1, 0, 1)}
    assert by_month("2026-Q1")["2026-03"] == (2, 0, 0, 0, 2), "and open all the while"
    take(complaint, "resume", by=INES, at=at(4, 2), hold=str(complaint.holds[0].id), reason="Judged.")
    assert by_stage("2026-Q2") == {"Assessment": (1, 1, 0, 2), "On hold": (1, 0, 1, 0)}


def test_a_hold_of_the_file_holds_every_open_allegation(context: Flask) -> None:
    hold(refer(with_two(), 0, when=at(1, 20)), when=at(2, 3))
    assert by_stage("2026-Q2") == {"On hold": (1, 0, 0, 1), "Referred": (1, 0, 0, 1)}


def test_one_that_was_added_comes_on_that_day(context: Flask) -> None:
    complaint = with_two()
    add(complaint, at(2, 9))
    assert by_month("2026-Q1")["2026-02"] == (2, 1, 0, 0, 3)
    assert by_stage("2026-Q1") == {"Assessment": (0, 3, 0, 3)}


def test_so_does_one_whose_file_does_not_move(context: Flask) -> None:
    add(with_two(), at(5, 20))
    assert by_month("2026-Q2")["2026-05"] == (2, 1, 0, 0, 3)
    assert by_stage("2026-Q2") == {"Assessment": (2, 1, 0, 3)}


def test_what_it_passed_through_within_a_day_is_not_counted(context: Flask) -> None:
    complaint_in("investigation", received_on=date(2026, 1, 5), at=at(1, 5))
    assert by_stage("2026-Q1") == {"Investigation": (0, 1, 0, 1)}


def test_what_another_office_had(context: Flask) -> None:
    ended = alleged("Force", "sustained", ended_on=date(2015, 2, 3))
    brought_in(
        past(ended, alleged("Speech", "unfounded"), received_on=date(2015, 1, 5), ended_on=date(2015, 5, 1)),
        past(alleged("Force"), received_on=date(2015, 2, 28)),
        past(alleged("Force", "sustained"), received_on=date(2015, 3, 31), ended=True),
        past(alleged("Force", "sustained"), received_on=date(2015, 3, 31), ended_on=date(2015, 3, 1)),
    )
    assert by_month("2015-Q1") == {
        "2015-01": (0, 2, 0, 0, 2),
        "2015-02": (2, 1, 0, 1, 2),
        "2015-03": (2, 0, 0, 0, 2),
    }
    assert by_stage("2015-Q1") == {
        "Investigation": (0, 1, 0, 1),
        "not known": (0, 2, 1, 1),
        "Decided": (0, 1, 0, 1),
    }
    assert by_stage("2015-Q2") == {
        "Investigation": (1, 0, 0, 1),
        "not known": (1, 0, 1, 0),
        "Decided": (1, 1, 0, 2),
    }
    assert left_out(figure("allegations-by-stage", "2015-Q1")) == {"day_of_closing": 2}
    assert left_out(figure("allegations-by-month", "2014")) == {"day_of_closing": 0}


def test_what_this_office_took_up_moves_here(context: Flask) -> None:
    ended = alleged("Force", "sustained", ended_on=date(2015, 2, 3))
    brought_in(past(alleged("Speech"), ended, people=[person()], received_on=date(2015, 1, 5)))
    complaint = session().scalars(select(Complaint)).one()
    the(BEA), the(DORA)
    complaint = take(complaint, "adopt", by=INES, at=at(3, 1))
    take(
        complaint,
        "close_without_finding",
        by=INES,
        second=BEA,
        at=at(4, 1),
        closing_ground="officer_unidentified",
        reason="No record names anyone.",
        to_complainant=LETTER,
    )
    assert by_stage("2015") == {
        "Investigation": (0, 1, 0, 1),
        "not known": (0, 1, 1, 0),
        "Decided": (0, 1, 0, 1),
    }
    assert by_stage("2026-Q2") == {
        "Investigation": (1, 0, 1, 0),
        "Decided": (1, 0, 0, 1),
        "Closed without a finding": (0, 1, 0, 1),
    }


def test_another_offices_that_was_opened_again_here_is_left_out(context: Flask) -> None:
    brought_in(past(alleged(), people=[person()], received_on=date(2015, 1, 5), ended_on=date(2015, 2, 1)))
    complaint = session().scalars(select(Complaint)).one()
    party = str(complaint.parties[0].id)
    late = {"party": party, "reason": "New.", "note": "Away."}
    complaint = take(complaint, "ask_late_for_reconsideration", by=INES, at=at(5, 1), **late)
    take(complaint, "reopen", by=INES, second=BEA, at=at(5, 9), reason="New facts.", to_complainant=LETTER)
    assert by_stage("2026-Q2") == {}
    assert left_out(figure("allegations-by-stage", "2026-Q2")) == {"day_of_closing": 1}


# --- lives at random --------------------------------------------------------------------------------

QUARTERS = ("2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4")


def test_lives_at_random_add_up_and_are_where_their_files_say(context: Flask, times: Times) -> None:
    chance = np.random.default_rng(1)
    for _ in range(times(3, 25)):
        live(chance)
    stages = {quarter: laid_out(figure("allegations-by-stage", quarter)) for quarter in QUARTERS}
    months = {quarter: list(by_month(quarter).values()) for quarter in QUARTERS}
    for before, after in pairwise(QUARTERS):
        assert [row[-1] for row in stages[before].values()] == [row[0] for row in stages[after].values()]
    for quarter in QUARTERS:
        tables = {name: figure(name, quarter) for name in ("allegations-by-stage", "allegations-by-month")}
        assert list(check_figures(tables)) == []
        came = sum(row[1] - row[2] for row in stages[quarter].values())
        assert came == sum(row[1] for row in months[quarter])
    assert standing_now() == {row: cells[-1] for row, cells in stages["2026-Q4"].items() if cells[-1]}
    assert sum(row[1] for row in months["2026-Q1"]) == session().query(Allegation).count()
    for quarter in QUARTERS:
        period = Period.parse(quarter)
        since, _ = Wanted(period, zone=ZONE).moments
        told = journeys(period.first, period.last, since=since, zone=ZONE)
        assert (told.standing, told.moves) == day_by_day(period)


def day_by_day(period: Period) -> tuple[Counter[Stage], Counter[tuple[date, Stage | None, Stage]]]:
    """What stood when the period began and what moved in it: of every life, day by day."""
    standing, moves = Counter[Stage](), Counter[tuple[date, Stage | None, Stage]]()
    days = [period.first + timedelta(days=day) for day in range((period.last - period.first).days + 1)]
    for life in lives(true(), ZONE):
        stood = next((stage for day, stage in reversed(life) if day < period.first), None)
        standing.update([stood] if stood else [])
        for day in days:
            stands = dict(life).get(day, stood)
            if stands and stands != stood:
                moves[day, stood, stands] += 1
            stood = stands
    return standing, moves


def standing_now() -> Counter[str]:
    """Where each allegation stands, by what stands on it and on its file."""
    found: Counter[str] = Counter()
    names = {"assessment": "Assessment", "investigation": "Investigation"}
    ended = {
        Status.REFERRED: "Referred",
        Status.DISMISSED: "Dismissed",
        Status.CLOSED: "Closed without a finding",
    }
    for complaint in session().scalars(select(Complaint)):
        held = {id_ for each in complaint.holds if each.is_open for id_ in each.allegation_ids}
        for each in complaint.allegations:
            if each.status != Status.OPEN:
                found[ended[Status(each.status)]] += 1
            else:
                found["On hold" if each.id in held else names[complaint.state]] += 1
    return found


def live(chance: np.random.Generator) -> None:
    """One file's year: parts referred, held and let go on, dismissed, opened again, on days at random."""
    complaint, day = with_two(1, int(chance.integers(2, 28))), date(2026, 2, 1)
    while (day := day + timedelta(days=int(chance.integers(5, 60)))) < date(2026, 10, 1):
        complaint = fresh(complaint.id)
        when = datetime(day.year, day.month, day.day, 17, tzinfo=UTC)
        held = [each for each in complaint.holds if each.is_open]
        still_open = len(open_allegations(complaint))
        if complaint.state == "dismissed":
            assert complaint.ended_on
            day = complaint.ended_on + timedelta(days=int(chance.integers(1, 25)))
            asked = datetime(day.year, day.month, day.day, 17, tzinfo=UTC)
            opened_again(complaint, asked, asked + timedelta(days=int(chance.integers(0, 3))))
        elif held:
            take(complaint, "resume", by=INES, at=when, hold=str(held[0].id), reason="Judged.")
        elif still_open > 1 and chance.random() < 0.5:
            refer(complaint, place_of_open(complaint), when=when)
        elif chance.random() < 0.4:
            hold(complaint, place_of_open(complaint), when=when)
        elif complaint.state == "assessment":
            dismiss(complaint, when)


def place_of_open(complaint: Complaint) -> int:
    return next(place for place, each in enumerate(complaint.allegations) if each.status == Status.OPEN)
