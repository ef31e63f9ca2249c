"""Two people at once: one wins, the other is told that the file has changed, and nothing is done twice."""

import time
import uuid
from collections.abc import Callable
from functools import partial
from threading import Barrier, Event, Thread
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import update

from oversight.casework import acting
from oversight.casework.actions import deadlines, steps
from oversight.casework.actions.deadlines import attend_to_clock
from oversight.casework.actions.history import check_version, lock_file
from oversight.casework.actions.outcomes import take_outcome_step
from oversight.casework.actions.proposals import waiting
from oversight.casework.actions.steps import approve_proposal, decline_proposal, take_step
from oversight.casework.models import Clock, Complaint
from oversight.casework.refusals import NotAllowed, Refused, Stale
from oversight.kit.db import db, session, writing
from oversight.rules.facts import Facts
from oversight.rules.guards import the_file_has_ended
from tests.cast import BEA, DORA, INES, PAULA, the
from tests.factories import AT, complaint_in, filed, fresh, fresh_in, take
from tests.locks import another_could_change
from tests.summaries import OVER, approved, found

Act = Callable[[], None]
LOST = (Stale, Refused, NotAllowed)


def raced(app: Flask, *acts: Act) -> list[str]:
    """Let each act run in a thread of its own, all at once; say for each whether it was done or lost."""
    start, said = Barrier(len(acts)), ["unsaid"] * len(acts)

    def run(place: int) -> None:
        with app.app_context():
            start.wait()
            try:
                with writing():
                    acts[place]()
                said[place] = "done"
            except LOST:
                said[place] = "lost"

    threads = [Thread(target=run, args=(place,)) for place in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return said


def test_of_two_steps_from_one_version_one_is_taken(app: Flask) -> None:
    with app.app_context():
        complaint = complaint_in("assessment")
        number, version, ines = complaint.id, complaint.version, acting.person(the(INES))
    every = [
        ("offer_early_resolution", {}),
        ("send_a_progress_notice", {}),
        ("offer_early_resolution", {"note": "An apology."}),
    ]

    def act(step: str, answers: dict[str, str]) -> Act:
        return lambda: _take(number, step, answers, ines, version)

    said = raced(app, *(act(*each) for each in every))
    assert sorted(said) == ["done", "lost", "lost"]


def _take(number: uuid.UUID, step: str, answers: dict[str, str], by: acting.Acting, version: int) -> None:
    take_step(fresh_in(number), step, answers, by=by, at=AT, seen_version=version)


def test_once_its_version_is_checked_a_file_stays_as_it_is(context: Flask) -> None:
    complaint = complaint_in("assessment")
    number, version = complaint.id, complaint.version
    with writing():
        check_version(fresh_in(number), version)
        assert not another_could_change(Complaint, number)
    assert another_could_change(Complaint, number)


def test_a_step_reads_its_file_when_nobody_else_can_change_it(
    context: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    complaint = complaint_in("assessment")
    number, version, ines = complaint.id, complaint.version, acting.person(the(INES))
    found, facts_of = [], steps.facts_of

    def facts_meanwhile(*of: Any, **told: Any) -> Facts:
        found.append(another_could_change(Complaint, number))
        return facts_of(*of, **told)

    monkeypatch.setattr(steps, "facts_of", facts_meanwhile)
    with writing():
        _take(number, "offer_early_resolution", {}, ines, version)
    assert found == [False]


@pytest.mark.parametrize("decide", [approve_proposal, partial(decline_proposal, reason="Not so.")])
def test_a_file_is_locked_before_a_proposal_about_it(
    context: Flask, monkeypatch: pytest.MonkeyPatch, decide: Callable[..., None]
) -> None:
    hold = {"hold_reason": "health", "authority": "A doctor", "review_on": "2027-01-15"}
    number = take(complaint_in("assessment"), "hold", by=INES, **hold).id
    bea, found, settle = acting.person(the(BEA)), [], steps.settle

    def settle_meanwhile(*of: Any, **told: Any) -> None:
        found.append(another_could_change(Complaint, number))
        settle(*of, **told)

    monkeypatch.setattr(steps, "settle", settle_meanwhile)
    with writing():
        decide(waiting(fresh_in(number), "file")[0], by=bea, at=AT)
    assert found == [False]


def test_of_two_approvals_one_counts(app: Flask) -> None:
    with app.app_context():
        hold = {"hold_reason": "health", "authority": "A doctor", "review_on": "2027-01-15"}
        complaint = take(complaint_in("assessment"), "hold", by=INES, **hold)
        number = complaint.id
        people = [acting.person(the(person)) for person in (BEA, DORA)]

    def act(by: acting.Acting) -> Act:
        def approve() -> None:
            found = waiting(fresh_in(number), "file")
            if not found:
                raise Stale
            approve_proposal(found[0], by=by, at=AT)

        return approve

    assert sorted(raced(app, *map(act, people))) == ["done", "lost"]
    with app.app_context():
        assert len(fresh(number).holds) == 1


def test_a_file_that_is_just_being_taken_up_again_has_no_outcome_published(app: Flask) -> None:
    with app.app_context():
        reference = approved(complaint_in("resolved")).reference
        number = found(reference).complaint_id
        party = next(str(each.id) for each in fresh(number).parties if each.kind == "complainant")
        ines, paula = acting.person(the(INES)), acting.person(the(PAULA))
    asked, said = Event(), []

    def ask() -> None:
        answers = {"party": party, "reason": "Look again.", "note": "I was ill."}
        with app.app_context(), writing() as current:
            take_step(
                fresh_in(number), "ask_late_for_reconsideration", answers, by=ines, at=OVER, seen_version=None
            )
            current.flush()
            asked.set()
            time.sleep(0.5)

    def publish() -> None:
        asked.wait()
        with app.app_context():
            try:
                with writing():
                    outcome = fresh_in(number).outcome
                    assert outcome is not None
                    take_outcome_step(outcome, "publish", {}, by=paula, at=OVER, seen_version=outcome.version)
                said.append("done")
            except Refused as refused:
                said.append(str(refused.reason))

    threads = [Thread(target=ask), Thread(target=publish)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert said == [the_file_has_ended.refusal]


def test_of_many_filings_each_gets_its_own_number(app: Flask) -> None:
    with app.app_context():
        the(INES)
    numbers: list[str] = []

    def run() -> None:
        with app.app_context():
            numbers.append(filed().number)

    threads = [Thread(target=run) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(numbers) == [f"2026-{count:05}" for count in range(1, 9)]


def test_a_file_is_locked_before_one_of_its_clocks(context: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a step, which has the file and then changes its clocks: so neither waits for ever."""
    complaint = complaint_in("assessment")
    number, clock = complaint.id, complaint.clocks[0].id
    found: list[bool] = []

    def lock(file: Complaint) -> None:
        found.append(another_could_change(Clock, clock))
        lock_file(file)
        found.append(another_could_change(Complaint, number))

    monkeypatch.setattr(deadlines, "lock_file", lock)
    with writing():
        attend_to_clock(clock, at=AT)
    # On SQLite whoever writes has locked everything from the beginning.
    assert found == [db.engine.dialect.name == "postgresql", False]


@pytest.mark.one_database
def test_what_is_known_of_a_file_once_it_is_locked_is_of_its_version(context: Flask) -> None:
    """Or whoever waited for the lock would go by what it was, and nobody would notice at the end."""
    number = complaint_in("assessment").id
    with writing():
        complaint = fresh_in(number)
        before = complaint.version
        # Past this session, as by whoever had the file until now.
        moved = update(Complaint).values(state="investigation", version=before + 1)
        session().connection().execute(moved)
        lock_file(complaint)
        assert (complaint.state, complaint.version) == ("investigation", before + 1)


@pytest.mark.one_database
def test_a_clock_is_looked_at_again_once_its_file_is_locked(
    context: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = next(each.id for each in complaint_in("assessment").clocks if each.is_running)

    def lock_after_another(file: Complaint) -> None:
        # Past this session, as by whoever had the file until now.
        stopped = update(Clock).where(Clock.id == clock).values(stopped_on=AT.date())
        session().connection().execute(stopped)
        lock_file(file)

    monkeypatch.setattr(deadlines, "lock_file", lock_after_another)
    with writing():
        assert attend_to_clock(clock, at=AT) is None
