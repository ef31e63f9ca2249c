"""A deadline is given more time by two people, and where it was not kept somebody says why, by a code."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from unittest.mock import patch

import pytest
from flask import Flask
from sqlalchemy import select

from oversight.casework import acting
from oversight.casework.actions.calendar import add_day
from oversight.casework.actions.clocks import recompute_open_clocks
from oversight.casework.actions.deadlines import attend_to_clock
from oversight.casework.actions.steps import take_step
from oversight.casework.models import Complaint
from oversight.casework.queries.clocks import clocks_passed, clocks_to_extend
from oversight.casework.queries.files import clocks_due
from oversight.casework.queries.parties import PublicDelay, delays_of
from oversight.casework.refusals import BadAnswers, NotAllowed, Refused, Stale
from oversight.kit.db import session, writing
from oversight.ledger.hook import LedgerError
from oversight.ledger.models import Words
from oversight.rules.calendars import DayKind
from oversight.rules.deadlines import MoreTime
from oversight.rules.jurisdictions import rulebook
from tests.cast import BEA, DORA, INES, IVAN, LOU, the
from tests.factories import AT, DAY, approve, complaint_in, fresh, held, take

GIVEN = {"clock": "assessment", "days": "14", "delay_reason": "waiting_for_record"}
SAID = {"clock": "assessment", "delay_reason": "workload"}
BROKEN = patch("oversight.ledger.hook.write_entries", side_effect=LedgerError)
LATE = AT + 45 * DAY
"""A fortnight after the assessment was due."""


def given_more_time(complaint: Complaint, **answers: str) -> Complaint:
    return take(complaint, "give_more_time", by=INES, second=BEA, at=AT + DAY, **{**GIVEN, **answers})


def entry(complaint: Complaint) -> dict[str, Any]:
    wanted = select(Words).where(Words.subject == complaint.subject).order_by(Words.number.desc()).limit(1)
    return dict(session().scalars(wanted).one().facts)


def test_more_time_moves_the_day_and_explains_itself(context: Flask, clock: Any) -> None:
    complaint = complaint_in("assessment")
    before = clock(complaint, "assessment").due_on
    complaint = given_more_time(complaint)
    moved = clock(complaint, "assessment")
    assert moved.due_on == before + timedelta(days=14)
    (given,) = (reason["params"] for reason in moved.explanation if reason["key"] == "extended")
    assert given["by"] == "Director"
    assert given["because"] == "Waiting for a record or a recording"
    assert (given["amount"], given["granted_on"], given["to"]) == (14, "2026-11-03", moved.due_on.isoformat())
    assert complaint.next_due_on == min(each.due_on for each in complaint.clocks if each.is_running)


def test_more_time_stands_in_history_and_ledger_and_the_complainant_is_told(
    context: Flask, clock: Any, history: Any, letters: Any
) -> None:
    complaint = complaint_in("assessment")
    version = complaint.version
    complaint = given_more_time(complaint)
    assert history(complaint)[-2:] == ["proposed give_more_time", "step give_more_time"]
    assert letters(complaint)[-2:] == ["second_person_needed", "more_time_given"]
    assert complaint.version == version + 2
    facts = {"deadline": "assessment", "reason": "waiting_for_record", "days": 14}
    due_on = clock(complaint, "assessment").due_on.isoformat()
    assert entry(complaint) == {**facts, "due_on": due_on, "approved_by": str(the(BEA).id)}


def test_nothing_moves_until_a_second_person_agrees(context: Flask, clock: Any) -> None:
    complaint = complaint_in("assessment")
    before = clock(complaint, "assessment").due_on
    complaint = take(complaint, "give_more_time", by=BEA, at=AT, **GIVEN)
    assert (clock(complaint, "assessment").due_on, clock(complaint, "assessment").delays) == (before, [])
    complaint = approve(complaint, by=DORA, at=AT)
    assert clock(complaint, "assessment").due_on > before


def test_a_later_hold_keeps_the_time_that_was_given(context: Flask, clock: Any) -> None:
    complaint = given_more_time(complaint_in("assessment"))
    extended = clock(complaint, "assessment").due_on
    complaint = held(complaint, at=AT + 5 * DAY)
    hold = str(complaint.holds[0].id)
    complaint = take(complaint, "resume", by=INES, at=AT + 15 * DAY, hold=hold, reason="The trial is over.")
    resumed = clock(complaint, "assessment")
    assert resumed.due_on >= extended + timedelta(days=10)
    assert [each["days"] for each in resumed.delays] == [14]
    assert [each["key"] for each in resumed.explanation if each["key"] in ("extended", "paused")] == [
        "extended",
        "paused",
    ]


def test_a_changed_calendar_keeps_the_time_that_was_given(context: Flask, clock: Any) -> None:
    complaint, bea = given_more_time(complaint_in("assessment")), the(BEA)
    extended = clock(complaint, "assessment").due_on
    with writing():
        add_day("CA-AB", extended, DayKind.OFFICE, "Moving", "Déménagement", by=acting.person(bea), at=AT)
        recompute_open_clocks("CA-AB", by=acting.person(bea), at=AT)
    assert clock(fresh(complaint.id), "assessment").due_on > extended


def test_time_can_be_given_again_up_to_what_the_rules_allow(context: Flask, clock: Any) -> None:
    complaint = given_more_time(given_more_time(complaint_in("assessment")), days="16")
    assert [each["days"] for each in clock(complaint, "assessment").delays] == [14, 16]
    with pytest.raises(Refused, match="No deadline of this file"):
        given_more_time(complaint, days="1")


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("answers", "field"),
    [
        ({"days": "31"}, "days"),
        ({"days": "0"}, "days"),
        ({"days": "-3"}, "days"),
        ({"days": "two weeks"}, "days"),
        ({"days": ""}, "days"),
        ({"days": "9" * 5000}, "days"),
        ({"clock": "progress_notice"}, "clock"),
        ({"clock": "investigation"}, "clock"),
        ({"clock": ""}, "clock"),
        ({"delay_reason": "because"}, "delay_reason"),
        ({"delay_reason": ""}, "delay_reason"),
    ],
)
def test_what_does_not_fit_is_said_beside_its_field(
    context: Flask, clock: Any, history: Any, answers: dict[str, str], field: str
) -> None:
    complaint = complaint_in("assessment")
    before = history(complaint)
    with pytest.raises(BadAnswers) as bad:
        given_more_time(complaint, **answers)
    assert list(bad.value.problems) == [field]
    assert history(fresh(complaint.id)) == before


def test_a_period_of_the_law_can_not_be_given_more_time(context: Flask) -> None:
    complaint = complaint_in("investigation")
    assert {each.deadline for each in complaint.clocks if each.is_running} == {
        "investigation",
        "progress_notice",
    }
    assert clocks_to_extend(complaint, on=AT.date()) == []
    with pytest.raises(Refused, match="No deadline of this file"):
        given_more_time(complaint)


def test_a_clock_that_stands_still_needs_no_more_time(context: Flask) -> None:
    with pytest.raises(Refused, match="No deadline of this file"):
        given_more_time(held(complaint_in("assessment")))


def test_a_deadline_that_has_passed_has_no_more_time(context: Flask, clock: Any) -> None:
    complaint = complaint_in("assessment")
    complaint = take(complaint, "give_more_time", by=INES, at=AT, **GIVEN)
    with pytest.raises(Refused, match="No deadline of this file"):
        approve(complaint, by=BEA, at=LATE)
    assert clock(fresh(complaint.id), "assessment").delays == []


def test_where_the_rules_allow_it_one_that_passed_can_and_may_pass_again(
    context: Flask, clock: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    lenient = MoreTime(30, "Own rule", "its manual", verified=False, after_it_passed=True)
    book = replace(rulebook("alberta_2025"), more_time={"assessment": lenient})
    monkeypatch.setattr("oversight.casework.queries.clocks.rulebook", lambda _slug: book)
    complaint = complaint_in("assessment")
    passed = clock(complaint, "assessment").id
    with writing():
        attend_to_clock(passed, at=LATE)
    complaint = take(
        fresh(complaint.id), "give_more_time", by=INES, second=BEA, at=LATE, **{**GIVEN, "days": "30"}
    )
    extended = clock(complaint, "assessment")
    assert extended.due_on > LATE.date()
    assert passed not in clocks_due(on=extended.due_on)
    assert passed in clocks_due(on=extended.due_on + timedelta(days=1))


def test_why_a_deadline_passed_is_said_by_one_person(
    context: Flask, clock: Any, history: Any, letters: Any
) -> None:
    complaint = complaint_in("assessment")
    told = letters(complaint)
    complaint = take(complaint, "say_why_it_passed", by=IVAN, at=LATE, **SAID)
    late = clock(complaint, "assessment")
    assert late.delays == [
        {"on": LATE.date().isoformat(), "reason": "workload", "days": None, "by": "investigator"}
    ]
    assert late.due_on == date(2026, 12, 2)
    assert history(complaint)[-1] == "step say_why_it_passed"
    assert entry(complaint) == {"deadline": "assessment", "reason": "workload"}
    assert letters(complaint) == told


@pytest.mark.parametrize("state", ["received", "reconsideration"])
def test_it_is_said_before_the_assessment_and_during_another_look_too(
    context: Flask, clock: Any, state: str
) -> None:
    complaint = complaint_in(state)
    late = AT + 90 * DAY
    assert "progress_notice" in [each.deadline for each in clocks_passed(complaint, on=late.date())]
    said = {"clock": "progress_notice", "delay_reason": "workload"}
    complaint = take(complaint, "say_why_it_passed", by=INES, at=late, **said)
    assert clock(complaint, "progress_notice").delays[-1]["reason"] == "workload"
    assert complaint.state == state


def test_said_anew_the_newest_counts_and_what_was_known_before_stays_known(
    context: Flask, clock: Any
) -> None:
    complaint = take(complaint_in("assessment"), "say_why_it_passed", by=INES, at=LATE, **SAID)
    again = {**SAID, "delay_reason": "translation"}
    complaint = take(complaint, "say_why_it_passed", by=INES, at=LATE + 5 * DAY, **again)
    late, day = clock(complaint, "assessment"), LATE.date()
    known = [late.delay_by(day + timedelta(days=later)) for later in (-1, 0, 4, 5)]
    assert [each and each["reason"] for each in known] == [None, "workload", "workload", "translation"]


def test_nothing_is_said_of_a_deadline_that_has_not_passed(context: Flask) -> None:
    complaint = complaint_in("assessment")
    with pytest.raises(Refused, match="has passed"):
        take(complaint, "say_why_it_passed", by=INES, at=AT, **SAID)
    with pytest.raises(BadAnswers) as bad:
        take(complaint, "say_why_it_passed", by=INES, at=LATE, **{**SAID, "clock": "investigation"})
    assert list(bad.value.problems) == ["clock"]


def test_what_stood_still_before_its_day_has_not_passed_and_what_stood_still_after_has(
    context: Flask,
) -> None:
    names = [
        [each.deadline for each in clocks_passed(complaint, on=LATE.date() + timedelta(days=20))]
        for complaint in (
            held(complaint_in("assessment"), at=AT + 5 * DAY),
            held(complaint_in("assessment"), at=LATE),
        )
    ]
    assert ["assessment" in each for each in names] == [False, True]


def test_nobody_is_late_in_asking_for_another_look(context: Flask) -> None:
    assert clocks_passed(complaint_in("resolved"), on=LATE.date() + timedelta(days=90)) == []


@pytest.mark.one_database
@pytest.mark.parametrize("step", ["give_more_time", "say_why_it_passed"])
def test_others_say_nothing_about_deadlines(context: Flask, step: str) -> None:
    with pytest.raises(NotAllowed):
        take(complaint_in("assessment"), step, by=LOU, at=LATE, **GIVEN)


def test_of_two_who_saw_the_same_page_one_is_told_that_it_changed(context: Flask) -> None:

    complaint, ines = complaint_in("assessment"), the(INES)
    seen = complaint.version
    complaint = take(complaint, "say_why_it_passed", by=IVAN, at=LATE, **SAID)
    with pytest.raises(Stale), writing():
        take_step(complaint, "say_why_it_passed", SAID, by=acting.person(ines), at=LATE, seen_version=seen)


def test_without_the_ledger_no_time_is_given_and_no_reason_said(
    context: Flask, clock: Any, history: Any, letters: Any
) -> None:
    complaint = take(complaint_in("assessment"), "give_more_time", by=INES, at=AT, **GIVEN)
    the(BEA)
    before = (complaint.version, history(complaint), letters(complaint))
    with BROKEN, pytest.raises(LedgerError):
        approve(complaint, by=BEA, at=AT)
    with BROKEN, pytest.raises(LedgerError):
        take(fresh(complaint.id), "say_why_it_passed", by=INES, at=LATE, **SAID)
    complaint = fresh(complaint.id)
    assert (complaint.version, history(complaint), letters(complaint)) == before
    assert clock(complaint, "assessment").delays == []
    assert [each.status for each in complaint.proposals] == ["waiting"]


# --- what the person who complained reads -------------------------------------------------------------


def test_more_time_is_told_with_its_new_day_and_what_passed_with_its_own(context: Flask, clock: Any) -> None:
    complaint = complaint_in("assessment")
    assert delays_of(complaint, on=AT.date()) == ()
    complaint = given_more_time(complaint)
    due_on = clock(complaint, "assessment").due_on
    told = PublicDelay("Finish the assessment", "Waiting for a record or a recording", due_on, passed=False)
    assert delays_of(complaint, on=due_on) == (told,)
    # Why more time was given is not why that time was not enough.
    assert delays_of(complaint, on=due_on + DAY) == (replace(told, reason="", passed=True),)
    stands_still = held(complaint, at=AT + 5 * DAY)
    assert delays_of(stands_still, on=due_on + DAY) == (replace(told, last_day=None),)


def test_an_ended_file_takes_no_longer(context: Flask) -> None:
    complaint = given_more_time(complaint_in("assessment"))
    ended = take(
        complaint,
        "close_without_finding",
        by=INES,
        second=BEA,
        at=AT + 2 * DAY,
        closing_ground="officer_unidentified",
        reason="No record names anyone.",
        to_complainant="We could not find out who it was.",
    )
    assert delays_of(ended, on=AT.date()) == ()
