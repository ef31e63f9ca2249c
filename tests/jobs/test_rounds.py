"""One round of the clockwork: each deadline is noticed once, and progress is told on its day."""

import os
import subprocess
import uuid
from datetime import date, datetime, timedelta
from functools import partial

import pytest
from flask import Flask
from sqlalchemy import select, update

from oversight.casework.actions.deadlines import attend_to_clock
from oversight.casework.models import Clock, Complaint
from oversight.casework.queries.files import clocks_due
from oversight.jobs.checking import problems_and_advice
from oversight.jobs.rounds import make_round
from oversight.kit.db import session, writing
from oversight.outbox import Delivery
from oversight.settings import Settings
from tests.cast import INES, the
from tests.factories import AT, filed, take
from tests.offices import command, surroundings

LATER = AT + timedelta(days=120)


def test_a_deadline_is_noticed_once(context: Flask) -> None:
    the(INES)
    complaint = take(filed(), "begin_assessment", by=INES)
    first, second = make_round(at=LATER), make_round(at=LATER)
    passed = session().scalars(select(Clock).where(Clock.passed_at.is_not(None))).all()
    assert [(clock.complaint_id, clock.deadline) for clock in passed] == [(complaint.id, "assessment")]
    assert (first.deadlines, second.deadlines) == (1, 0)


def test_a_file_that_can_not_be_attended_to_keeps_no_other_waiting(
    context: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    the(INES)
    for _ in range(2):
        take(filed(), "begin_assessment", by=INES)
    bad, good = session().scalars(select(Clock.id).where(Clock.deadline == "assessment").order_by(Clock.id))

    def attend(clock_id: uuid.UUID, *, at: datetime) -> str | None:
        if clock_id == bad:
            raise ZeroDivisionError
        return attend_to_clock(clock_id, at=at)

    monkeypatch.setattr("oversight.jobs.rounds.attend_to_clock", attend)
    done = make_round(at=LATER)
    passed = session().scalars(select(Clock.id).where(Clock.passed_at.is_not(None))).all()
    assert (list(passed), done.deadlines) == ([good], 1)
    assert done.mail == Delivery()
    assert done.progress_notices == 2


def test_those_that_can_not_be_attended_to_do_not_fill_every_round(
    context: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    the(INES)
    for _ in range(3):
        take(filed(), "begin_assessment", by=INES)
    due = clocks_due(on=LATER.date())
    tried: list[uuid.UUID] = []

    def attend(clock_id: uuid.UUID, *, at: datetime) -> str | None:
        tried.append(clock_id)
        if clock_id in due[:2]:
            raise ZeroDivisionError
        return attend_to_clock(clock_id, at=at)

    monkeypatch.setattr("oversight.jobs.rounds.attend_to_clock", attend)
    monkeypatch.setattr("oversight.jobs.rounds.CLOCKS_IN_A_ROUND", 2)
    monkeypatch.setattr("oversight.jobs.rounds.clocks_due", partial(clocks_due, limit=1))
    done = make_round(at=LATER)
    assert tried == due[:4]
    assert done.deadlines + done.progress_notices == 2


@pytest.mark.one_database
def test_a_round_by_command_says_nothing_in_words_of_what_went_wrong(
    context: Flask, settings: Settings
) -> None:
    filed()
    with writing() as current:
        current.execute(update(Clock).values(due_on=date(2020, 1, 1)))
        current.execute(update(Complaint).values(rulebook="zqname"))
    tick = subprocess.run(
        command("tick"), env=surroundings(settings), capture_output=True, text=True, check=True
    )
    assert "a deadline was not attended to" in tick.stderr
    assert "zqname" not in tick.stderr


def test_progress_is_told_on_its_day_and_then_again_later(context: Flask) -> None:
    filed()
    clock = session().scalars(select(Clock).where(Clock.deadline == "progress_notice")).one()
    due = clock.due_on
    assert due is not None
    the_day = AT + (due - date.fromisoformat(AT.date().isoformat()))
    assert make_round(at=the_day - timedelta(days=1)).progress_notices == 0
    assert make_round(at=the_day).progress_notices == 1
    assert make_round(at=the_day).progress_notices == 0
    running = session().scalars(
        select(Clock).where(Clock.deadline == "progress_notice", Clock.stopped_on.is_(None))
    )
    assert running.one().started_on == due


def test_the_check_names_what_an_empty_office_lacks(context: Flask) -> None:
    problems, to_confirm = problems_and_advice()
    assert "Nobody is a director." in problems
    assert any("OVERSIGHT_SMTP_URL" in problem for problem in problems)
    assert any("acknowledgement" in line.lower() or "arrived" in line.lower() for line in to_confirm)


def test_lists_of_an_import_are_removed_when_the_office_said(context: Flask) -> None:
    settings = context.config["SETTINGS"]
    settings.import_reports_dir.mkdir(parents=True)
    old, young = (settings.import_reports_dir / f"{age}.csv" for age in ("old", "young"))
    for file, days in ((old, settings.import_reports_days + 1), (young, settings.import_reports_days - 1)):
        file.write_text("personal data")
        moment = (AT - timedelta(days=days)).timestamp()
        os.utime(file, (moment, moment))
    assert make_round(at=AT).import_reports_removed == 1
    assert [file.name for file in settings.import_reports_dir.iterdir()] == ["young.csv"]
