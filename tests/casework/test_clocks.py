"""Clocks start, stop and pause with the steps that say so; a due day explains itself and stays."""

from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask

from oversight.casework import acting
from oversight.casework.actions.calendar import add_day, fill_calendar, remove_day
from oversight.casework.actions.clocks import recompute_open_clocks
from oversight.casework.models.complaint import NEVER
from oversight.casework.queries.calendars import calendar_days
from oversight.casework.refusals import Refused
from oversight.kit.db import writing
from oversight.rules.calendars import DayKind
from tests.cast import BEA, INES, the
from tests.factories import AT, DAY, LETTER, complaint_in, filed, fresh, held, take


def test_filing_starts_the_clock_of_progress_and_acknowledging_stops_its_own(
    context: Flask, clock: Any
) -> None:
    complaint = filed()
    assert clock(complaint, "acknowledgement").stopped_on == AT.date()
    running = clock(complaint, "progress_notice")
    assert running.is_running
    assert complaint.next_due_on == running.due_on


def test_a_due_day_is_stored_with_its_rule_and_its_reasons(context: Flask, clock: Any) -> None:
    started = clock(complaint_in("investigation"), "investigation")
    assert started.rule["amount"] == 180
    assert [reason["key"] for reason in started.explanation][:1] == ["rule"]
    assert started.explanation[-1] == {"key": "due", "params": {"on": started.due_on.isoformat()}}


def test_each_stage_ends_the_clock_of_the_one_before(context: Flask, clock: Any) -> None:
    complaint = complaint_in("decision")
    assert clock(complaint, "assessment").stopped_on is not None
    assert clock(complaint, "review").stopped_on is not None


def test_an_ending_stops_every_clock_but_the_parties_own(context: Flask, clock: Any) -> None:
    complaint = complaint_in("resolved")
    assert [each.deadline for each in complaint.clocks if each.is_running] == ["reconsideration"]
    assert complaint.reconsiderable_until == clock(complaint, "reconsideration").due_on


def test_an_offer_pauses_the_assessment_and_its_end_resumes_it(context: Flask, clock: Any) -> None:
    complaint = complaint_in("assessment")
    due = clock(complaint, "assessment").due_on
    complaint = take(complaint, "offer_early_resolution", by=INES, at=AT + 5 * DAY)
    assert clock(complaint, "assessment").paused_on == (AT + 5 * DAY).date()
    complaint = take(complaint, "end_early_resolution", by=INES, at=AT + 15 * DAY, reason="They said no.")
    resumed = clock(complaint, "assessment")
    assert resumed.is_running
    assert resumed.due_on >= due + timedelta(days=10)


def test_a_hold_of_the_file_pauses_work_and_not_progress_notices(context: Flask, clock: Any) -> None:
    complaint = held(complaint_in("investigation"))
    assert clock(complaint, "investigation").paused_on == AT.date()
    assert clock(complaint, "progress_notice").is_running


def test_a_hold_of_one_allegation_leaves_the_clocks_alone(context: Flask, clock: Any) -> None:
    complaint = complaint_in("investigation")
    complaint = held(complaint, allegations=[str(complaint.allegations[0].id)])
    assert [hold.scope for hold in complaint.holds] == ["allegations"]
    assert clock(complaint, "investigation").is_running


def test_lifting_a_hold_gives_the_days_back(context: Flask, clock: Any) -> None:
    complaint = held(complaint_in("investigation"), at=AT + 5 * DAY)
    hold = str(complaint.holds[0].id)
    complaint = take(complaint, "resume", by=INES, at=AT + 35 * DAY, hold=hold, reason="The trial is over.")
    resumed = clock(complaint, "investigation")
    assert resumed.is_running
    assert resumed.due_on == AT.date() + timedelta(days=180 + 30)
    assert complaint.holds[0].resumed_on == (AT + 35 * DAY).date()


def test_lifting_a_hold_wakes_no_clock_that_an_offer_keeps_still(context: Flask, clock: Any) -> None:
    complaint = held(complaint_in("early_resolution"), at=AT + 5 * DAY)
    hold = str(complaint.holds[0].id)
    complaint = take(complaint, "resume", by=INES, at=AT + 10 * DAY, hold=hold, reason="The trial is over.")
    assert clock(complaint, "assessment").paused_on == AT.date()
    complaint = take(complaint, "end_early_resolution", by=INES, at=AT + 15 * DAY, reason="They said no.")
    assert clock(complaint, "assessment").is_running


def test_ending_an_offer_wakes_no_clock_that_a_hold_keeps_still(context: Flask, clock: Any) -> None:
    complaint = held(complaint_in("early_resolution"), at=AT + 5 * DAY)
    hold = str(complaint.holds[0].id)
    complaint = take(complaint, "end_early_resolution", by=INES, at=AT + 10 * DAY, reason="They said no.")
    assert clock(complaint, "assessment").paused_on == AT.date()
    complaint = take(complaint, "resume", by=INES, at=AT + 15 * DAY, hold=hold, reason="The trial is over.")
    assert clock(complaint, "assessment").is_running


def test_a_clock_that_starts_while_the_file_is_held_stands_still(context: Flask, clock: Any) -> None:
    complaint = held(complaint_in("decision"), at=AT + 5 * DAY)
    complaint = take(complaint, "return_to_the_panel", by=BEA, at=AT + 6 * DAY, reason="Look again.")
    review = clock(complaint, "review")
    assert review.paused_on == (AT + 6 * DAY).date()
    assert review.pauses[0][2] == "A criminal case about the same events is under way"


def test_a_file_is_not_held_twice(context: Flask) -> None:
    complaint = held(complaint_in("investigation"))
    with pytest.raises(Refused, match="on hold"):
        held(complaint)


def test_the_queue_is_sorted_by_the_clock_that_runs_out_first(context: Flask) -> None:
    complaint = complaint_in("assessment")
    assert complaint.next_due_on == min(each.due_on for each in complaint.clocks if each.is_running)
    every = [str(each.id) for each in complaint.allegations]
    take(
        complaint,
        "dismiss",
        by=BEA,
        allegations=every,
        ground="frivolous",
        reason="No.",
        to_complainant=LETTER,
    )
    assert fresh(complaint.id).next_due_on < NEVER


def test_a_changed_calendar_moves_open_clocks_only_when_someone_asks(
    context: Flask, clock: Any, history: Any
) -> None:
    complaint, bea = complaint_in("assessment"), the(BEA)
    due = clock(complaint, "assessment").due_on
    with writing():
        add_day("CA-AB", due, DayKind.OFFICE, "Stocktaking", "Inventaire", by=acting.person(bea), at=AT)
    assert clock(fresh(complaint.id), "assessment").due_on == due
    with writing():
        moved = recompute_open_clocks("CA-AB", by=acting.person(bea), at=AT)
    complaint = fresh(complaint.id)
    assert moved == 1
    assert clock(complaint, "assessment").due_on > due
    assert history(complaint)[-1] == "edit recompute_clocks"


def test_a_stopped_clock_stays_as_it_was(context: Flask, clock: Any) -> None:
    complaint, bea = complaint_in("investigation"), the(BEA)
    due = clock(complaint, "assessment").due_on
    with writing():
        add_day("CA-AB", due, DayKind.OFFICE, "Stocktaking", "Inventaire", by=acting.person(bea), at=AT)
        recompute_open_clocks("CA-AB", by=acting.person(bea), at=AT)
    assert clock(fresh(complaint.id), "assessment").due_on == due


def test_the_calendar_is_filled_once_and_then_the_offices_own(context: Flask) -> None:
    bea = the(BEA)
    with writing():
        assert fill_calendar("CA-AB", [2027], at=AT) > 9
    (labour_day,) = [day for day in calendar_days("CA-AB") if day.on == date(2027, 9, 6)]
    assert labour_day.kind == DayKind.STATUTORY
    with writing():
        remove_day(labour_day, by=acting.person(bea), at=AT)
    with writing():
        assert fill_calendar("CA-AB", [2027], at=AT) == 0
    assert date(2027, 9, 6) not in {day.on for day in calendar_days("CA-AB")}


def test_a_day_is_entered_once(context: Flask) -> None:
    bea, day = the(BEA), date(2027, 3, 3)
    with writing():
        add_day("CA-AB", day, DayKind.OFFICE, "Moving", "Déménagement", by=acting.person(bea), at=AT)
    with pytest.raises(Refused, match="already"), writing():
        add_day("CA-AB", day, DayKind.OFFICE, "Moving", "Déménagement", by=acting.person(bea), at=AT)
