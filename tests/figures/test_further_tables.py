"""Intake, allegations, endings, corrective action, deadlines and review, by numbers worked out by hand."""

from dataclasses import replace
from datetime import UTC, date, datetime

from flask import Flask
from sqlalchemy import select

from oversight.casework.models import Seat
from oversight.figures.wanted import Words
from oversight.jobs.rounds import make_round
from oversight.kit.db import session, writing
from tests.cast import BEA, INES, the
from tests.factories import (
    AT,
    DAY,
    complaint_in,
    declared,
    filed,
    findings_of,
    fresh_in,
    reviewed,
    sitting_on,
    take,
)
from tests.figures.history import alleged, brought_in, counted, laid_out, left_out, past


def some(cells: dict[str, tuple[object, ...]]) -> dict[str, tuple[object, ...]]:
    """Only the rows in which anything is counted."""
    return {row: numbers for row, numbers in cells.items() if any(numbers)}


# --- intake -----------------------------------------------------------------------------------------


def test_complaints_by_how_they_came(context: Flask) -> None:
    filed()
    filed(channel="phone")
    filed(channel="phone")
    brought_in(past(), replace(past(), channel="email"))
    assert laid_out(counted("intake-by-channel")) == {
        "On the website": (1,),
        "By telephone": (2,),
        "In person": (0,),
        "By mail": (0,),
        "By e-mail": (1,),
        "From another body": (0,),
        "Not known": (1,),
    }


def test_complaints_by_what_was_going_on(context: Flask) -> None:
    filed(context="traffic")
    filed(context="traffic")
    brought_in(past())
    figure = counted("intake-by-context")
    assert some(laid_out(figure)) == {"A traffic stop": (2,), "none given": (1,)}
    assert left_out(figure) == {"none_given": 1}
    assert len(figure.rows) == 11  # every context of the rulebook, and none given


def test_complaints_by_area_ours_and_another_offices(context: Flask) -> None:
    filed(area="Northeast")
    brought_in(past(area="District 22"), past(area="District 22"), past())
    figure = counted("intake-by-area")
    assert next(iter(laid_out(figure))) == "District 22"
    assert some(laid_out(figure)) == {"District 22": (2,), "Northeast": (1,), "none given": (1,)}


def test_where_every_area_is_another_offices_ours_are_not_listed(context: Flask) -> None:
    brought_in(*(past(area=f"District {number}") for number in (10, 9, 10)), past())
    rows = laid_out(counted("intake-by-area"))
    assert list(rows.items()) == [("District 9", (1,)), ("District 10", (2,)), ("none given", (1,))]


# --- allegations ------------------------------------------------------------------------------------


def test_allegations_by_what_was_alleged_and_duty(context: Flask) -> None:
    brought_in(
        past(alleged("Force", duty="on"), alleged("Force", duty="off"), alleged("Force", duty="on")),
        past(alleged("Speech")),
    )
    figure = counted("allegations-by-duty")
    assert [column.said() for column in figure.columns] == ["On duty", "Off duty", "Not known"]
    assert laid_out(figure) == {"Force": (2, 1, 0), "Speech": (0, 0, 1)}
    assert laid_out(counted("allegations-by-duty", words=Words.OURS)) == {"not mapped": (2, 1, 1)}


def test_an_allegation_counts_at_each_kind_of_bias(context: Flask) -> None:
    brought_in(
        past(alleged(bias_kinds=("race", "religion")), alleged(bias_kinds=("race",))),
        past(alleged()),
    )
    figure = counted("allegations-by-bias")
    assert some(laid_out(figure)) == {
        "Race, colour or where someone comes from": (2,),
        "Religion": (1,),
        "none alleged": (1,),
    }
    assert not figure.adds_down


def test_corrective_action_counts_sustained_allegations_alone(context: Flask) -> None:
    brought_in(
        past(
            alleged("Force", "sustained", corrective="reprimand", own_corrective="Letter"),
            alleged("Force", "sustained", own_corrective="Talk"),
            alleged("Force", "sustained_in_part"),
            alleged("Force", "not_sustained", own_corrective="Talk"),
        )
    )
    own = counted("corrective-action")
    assert [column.said() for column in own.columns] == ["recommended", "imposed"]
    assert laid_out(own) == {"Letter": (0, 1), "Talk": (0, 1), "none given": (3, 1)}
    ours = laid_out(counted("corrective-action", words=Words.OURS))
    assert ours == {"Reprimand": (0, 1), "not mapped": (0, 1), "none given": (3, 1)}


def test_what_was_recommended_here_stands_beside_what_was_imposed(context: Flask) -> None:
    complaint = complaint_in("resolved")
    with writing():
        (allegation,) = fresh_in(complaint.id).allegations
        allegation.corrective_recommended, allegation.corrective_imposed = "reprimand", "official_warning"
    assert laid_out(counted("corrective-action")) == {"Official warning": (0, 1), "Reprimand": (1, 0)}


# --- endings ----------------------------------------------------------------------------------------


def test_complaints_by_how_they_ended(context: Flask) -> None:
    complaint_in("dismissed")
    complaint_in("withdrawn")
    complaint_in("reconsideration")
    brought_in(past(alleged(), ended_on=date(2015, 2, 1)), past(alleged(), ended=True), past(alleged()))
    assert some(laid_out(counted("endings"))) == {"Dismissed": (1,), "Withdrawn": (1,), "Resolved": (2,)}
    of_2015 = counted("endings", "2015")
    assert some(laid_out(of_2015)) == {"Resolved": (1,)}
    assert left_out(of_2015) == {"day_of_closing": 1}


# --- deadlines and review ---------------------------------------------------------------------------


def test_deadlines_by_whether_they_were_kept(context: Flask) -> None:
    the(INES)
    # Thirty days for the assessment from the second of November: until the second of December.
    kept, late = (take(filed(), "begin_assessment", by=INES) for _ in range(2))
    take(filed(), "begin_assessment", by=INES)  # not done yet
    the(BEA)
    dismissed_on(kept, AT + 29 * DAY)
    dismissed_on(late, AT + 40 * DAY)
    figure = counted("deadlines", "2026-Q4")
    assert [column.said() for column in figure.columns] == ["kept", "late", "not done yet"]
    assert laid_out(figure)["Finish the assessment"] == (1, 1, 1)
    assert "Write to the person about progress" not in laid_out(figure)
    assert "Ask for another look" not in laid_out(figure)


def dismissed_on(complaint: object, at: datetime) -> None:
    given = {
        "allegations": [str(each.id) for each in complaint.allegations],  # type: ignore[attr-defined]
        "ground": "no_jurisdiction",
        "reason": "It concerns another city.",
        "to_complainant": "We looked at it.",
    }
    take(complaint, "dismiss", by=BEA, at=at, **given)  # type: ignore[arg-type]


def test_notices_of_progress_by_whether_they_were_sent_in_time(context: Flask) -> None:
    filed()
    filed()
    complaint_in("dismissed")  # no notice needed
    # Forty-five days from the second of November: the seventeenth of December.
    make_round(at=datetime(2026, 12, 17, 18, 0, tzinfo=UTC))
    late = filed()
    assert laid_out(counted("progress-notices", "2026")) == {
        "sent in time": (2,),
        "sent late or never": (0,),
        "not sent yet": (1,),
        "no longer needed": (1,),
    }
    make_round(at=datetime(2026, 12, 20, 18, 0, tzinfo=UTC))
    assert late.received_on == AT.date()
    assert laid_out(counted("progress-notices", "2026"))["sent late or never"] == (1,)


def test_a_notice_that_was_never_sent_is_late_where_the_file_ended_after_its_day(context: Flask) -> None:
    the(BEA)
    # The last day is the seventeenth of December, 45 days after the second of November.
    for day in (45, 46):
        dismissed_on(take(filed(), "begin_assessment", by=INES), AT + day * DAY)
    notices = laid_out(counted("progress-notices", "2026"))
    assert some(notices) == {"no longer needed": (1,), "sent late or never": (1,)}


def test_who_reviewed(context: Flask) -> None:
    for _ in range(2):
        complaint = declared(reviewed(filed(), AT))
        for person, finding in zip(
            sitting_on(complaint), ("sustained", "sustained", "not_sustained"), strict=True
        ):
            given = findings_of(complaint, finding)
            complaint = take(complaint, "submit_findings", by=person, findings=given)
    panels = laid_out(counted("civilian-review", "2026"))
    assert panels == {"panels drawn": (2,), "decisions that departed from the panel": (0,)}
    drawn = session().scalars(select(Seat.person_id).where(Seat.status == "seated")).all()
    assert len(set(drawn)) < len(drawn), "nobody sat on both"
    reviewers = laid_out(counted("reviewers", "2026"))
    assert reviewers["people who handed in findings"] == (len(set(drawn)),)
    assert reviewers["people with a conflict"] == (0,)
    assert not some(laid_out(counted("civilian-review", "2025")) | laid_out(counted("reviewers", "2025")))


def dissenting(period: str) -> object:
    return laid_out(counted("reviewers", period))["people who found other than most of their panel"]


def test_who_dissents_counts_once_when_the_last_of_the_panel_has_handed_in(context: Flask) -> None:
    june, july, later = (datetime(2026, *day, 18, tzinfo=UTC) for day in ((6, 30), (7, 2), (7, 3)))
    begun = june - 9 * DAY
    complaint = declared(reviewed(filed(received_on=begun.date(), at=begun), begun), begun)
    first, *others = sitting_on(complaint)
    complaint = take(
        complaint, "submit_findings", by=first, at=june, findings=findings_of(complaint, "sustained")
    )
    for at, person in zip((july, later), others, strict=True):
        assert (dissenting("2026-H1"), dissenting("2026-H2")) == ((0,), (0,))
        given = findings_of(complaint, "not_sustained")
        complaint = take(complaint, "submit_findings", by=person, at=at, findings=given)
    halves = ("2026-H1", "2026-H2", "2027-H1")
    assert [dissenting(half) for half in (*halves, "2026")] == [(0,), (1,), (0,), (1,)]
    with writing():
        (fourth,) = (seat for seat in fresh_in(complaint.id).seats if seat.status == "substitute")
        fourth.status = "seated"
    assert [dissenting(half) for half in halves] == [(0,)] * 3, "somebody is still to hand in"
