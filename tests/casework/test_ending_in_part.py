"""A step may end some allegations and leave the file where it is; and what was approved may be overtaken."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from oversight.casework import acting
from oversight.casework.actions.editing import add_allegation
from oversight.casework.actions.outcomes import open_outcome, take_outcome_step
from oversight.casework.models import Complaint
from oversight.casework.queries.summaries import parts
from oversight.casework.refusals import Refused
from oversight.kit.db import session, writing
from oversight.outbox.models import StoredNotice
from tests.cast import BEA, DORA, INES, PAULA, Person, the
from tests.factories import (
    AT,
    DAY,
    LETTER,
    complaint_in,
    fresh,
    fresh_in,
    open_allegations,
    take,
    wants_to_withdraw,
)

DISMISSAL = {"ground": "no_jurisdiction", "reason": "It concerns another city.", "to_complainant": LETTER}


def with_two_allegations() -> Complaint:
    complaint, ines = complaint_in("assessment"), the(INES)
    with writing():
        add_allegation(fresh_in(complaint.id), by=acting.person(ines), at=AT, subject_kind="service")
    return fresh(complaint.id)


def told_of(complaint: Complaint) -> list[str]:
    return list(
        session().scalars(
            select(StoredNotice.kind).where(StoredNotice.about == complaint.subject).order_by(StoredNotice.id)
        )
    )


def test_ending_one_allegation_leaves_the_file_and_its_clocks_as_they_were(context: Flask) -> None:
    complaint = with_two_allegations()
    first, second = open_allegations(complaint)
    running = {clock.deadline for clock in complaint.clocks if clock.is_running}
    complaint = take(complaint, "dismiss", by=BEA, allegations=[str(first.id)], **DISMISSAL)
    assert complaint.state == "assessment"
    assert {clock.deadline for clock in complaint.clocks if clock.is_running} == running
    assert "written_to" in told_of(complaint)
    assert "ended" not in told_of(complaint)
    complaint = take(complaint, "dismiss", by=BEA, allegations=[str(second.id)], **DISMISSAL)
    assert complaint.state == "dismissed"
    assert {clock.deadline for clock in complaint.clocks if clock.is_running} == {"reconsideration"}
    assert "ended" in told_of(complaint)


def test_whoever_withdrew_is_written_to_when_the_file_goes_on(context: Flask) -> None:
    complaint = wants_to_withdraw(complaint_in("investigation"))
    going_on = {"withdrawal_ending": "go_on", "reason": "Others are concerned.", "to_complainant": LETTER}
    complaint = take(complaint, "decide_on_a_withdrawal", by=INES, second=BEA, **going_on)
    assert complaint.state == "investigation"
    assert told_of(complaint)[-1] == "written_to"


def outcome_step(complaint: Complaint, name: str, by: Person, at: timedelta, **answers: object) -> None:
    person = acting.person(the(by))
    with writing():
        outcome = fresh_in(complaint.id).outcome
        assert outcome is not None
        take_outcome_step(outcome, name, answers, by=person, at=AT + at, seen_version=outcome.version)


def test_a_summary_approved_before_the_file_was_reopened_is_not_published(context: Flask) -> None:
    complaint = complaint_in("dismissed")
    paula = the(PAULA)
    with writing():
        open_outcome(fresh_in(complaint.id), by=acting.person(paula), at=AT)
    text = dict.fromkeys(parts(fresh(complaint.id)), "An officer was asked about a stop.")
    outcome_step(complaint, "draft", PAULA, DAY, summary=text)
    outcome_step(complaint, "approve", BEA, DAY)
    complainant = str(next(party.id for party in complaint.parties if party.kind == "complainant"))
    take(
        fresh(complaint.id),
        "ask_for_reconsideration",
        by=INES,
        at=AT + 2 * DAY,
        party=complainant,
        reason="No.",
    )
    again = {"reason": "We looked again.", "to_complainant": LETTER}
    complaint = take(fresh(complaint.id), "reopen", by=INES, second=DORA, at=AT + 3 * DAY, **again)
    every = [str(each.id) for each in open_allegations(complaint)]
    take(complaint, "dismiss", by=DORA, at=AT + 4 * DAY, allegations=every, **DISMISSAL)
    with pytest.raises(Refused, match="changed since this was approved"):
        outcome_step(complaint, "publish", PAULA, 90 * DAY)
    outcome_step(complaint, "send_back", PAULA, 90 * DAY, reason="The file was reopened.")
    outcome_step(complaint, "approve", BEA, 90 * DAY)
    outcome_step(complaint, "publish", PAULA, 90 * DAY)
    outcome = fresh(complaint.id).outcome
    assert outcome is not None
    assert outcome.state == "published"
