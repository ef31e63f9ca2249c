"""Taking a step: what it changes, whom it tells, and what it leaves alone when it is refused."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from oversight.casework import acting
from oversight.casework.actions.editing import add_allegation
from oversight.casework.actions.steps import take_step
from oversight.casework.models import Complaint
from oversight.casework.refusals import BadAnswers, NotAllowed, Refused, Stale
from oversight.kit.db import session, writing
from tests.cast import BEA, DORA, INES, IVAN, LOU, the
from tests.factories import (
    AT,
    DAY,
    LETTER,
    coded,
    complaint_in,
    declared,
    filed,
    findings_of,
    fresh,
    fresh_in,
    officers,
    sitting_on,
    take,
)


def test_beginning_makes_its_taker_the_caseworker(
    context: Flask, history: Any, ledger: Any, letters: Any
) -> None:
    complaint = complaint_in("assessment")
    assert complaint.caseworker_id == the(INES).id
    assert history(complaint) == ["filed web", "step acknowledge", "step begin_assessment"]
    assert ledger(complaint) == ["file.filed.web", "file.step.acknowledge", "file.step.begin_assessment"]
    assert letters(complaint) == ["received", "assessment_begun"]


def test_every_step_raises_the_version(context: Flask) -> None:
    complaint = filed()
    before = complaint.version
    assert take(complaint, "begin_assessment", by=INES).version > before


def test_a_page_that_is_behind_is_refused_and_changes_nothing(context: Flask, history: Any) -> None:
    complaint = complaint_in("assessment")
    seen, ines = complaint.version, the(INES)
    coded(complaint)
    before = history(complaint)
    with pytest.raises(Stale), writing():
        take_step(
            fresh_in(complaint.id),
            "offer_early_resolution",
            {},
            by=acting.person(ines),
            at=AT,
            seen_version=seen,
        )
    assert fresh(complaint.id).state == "assessment"
    assert history(complaint) == before


@pytest.mark.parametrize(
    ("person", "step"),
    [(LOU, "begin_assessment"), (IVAN, "begin_assessment"), (INES, "acknowledge"), (INES, "no_such_step")],
)
def test_a_step_is_for_its_roles_alone(context: Flask, person: Any, step: str) -> None:
    with pytest.raises(NotAllowed):
        take(filed(), step, by=person)


def test_a_refused_step_says_why(context: Flask) -> None:
    complaint = complaint_in("assessment")
    with pytest.raises(Refused, match="needs its code"):
        take(complaint, "open_investigation", by=INES, level="2", investigator=str(the(IVAN).id))


def test_wrong_answers_are_named_field_by_field(context: Flask) -> None:
    complaint = coded(complaint_in("assessment"))
    with pytest.raises(BadAnswers) as bad:
        take(complaint, "open_investigation", by=INES, level="9", investigator="nobody")
    assert set(bad.value.problems) == {"level", "investigator"}


def test_a_level_of_another_body_is_referred_and_not_investigated(context: Flask) -> None:
    complaint = coded(complaint_in("assessment"))
    with pytest.raises((BadAnswers, Refused)):
        take(complaint, "open_investigation", by=INES, level="4", investigator=str(the(IVAN).id))
    assert fresh(complaint.id).level is None


def test_opening_an_investigation_sets_level_and_investigator(context: Flask) -> None:
    complaint = complaint_in("investigation")
    assert (complaint.level, complaint.investigator_id) == ("2", the(IVAN).id)


def test_a_settlement_needs_everyones_agreement(context: Flask) -> None:
    complaint = complaint_in("early_resolution")
    answers = {"terms": "An apology.", "to_complainant": LETTER}
    with pytest.raises(BadAnswers):
        take(complaint, "settle", by=INES, **answers, agreement=False)
    settled = take(complaint, "settle", by=INES, **answers, agreement=True)
    assert settled.state == "resolved"
    assert [each.status for each in settled.allegations] == ["settled"]
    assert settled.result == LETTER


def test_dismissing_a_part_leaves_the_file_where_it_is(context: Flask, letters: Any) -> None:
    complaint = two_allegations(complaint_in("assessment"))
    first, second = complaint.allegations
    answers = {"ground": "frivolous", "reason": "Nothing to decide.", "to_complainant": LETTER}
    complaint = take(complaint, "dismiss", by=BEA, allegations=[str(first.id)], **answers)
    assert complaint.state == "assessment"
    assert [each.status for each in complaint.allegations] == ["dismissed", "open"]
    assert complaint.ended_on is None
    assert "ended" not in letters(complaint)
    complaint = take(complaint, "dismiss", by=BEA, allegations=[str(second.id)], **answers)
    assert (complaint.state, complaint.ended_as) == ("dismissed", "dismissed")
    assert "ended" in letters(complaint)


def test_an_ended_allegation_can_not_be_ended_again(context: Flask) -> None:
    complaint = two_allegations(complaint_in("assessment"))
    first = str(complaint.allegations[0].id)
    answers = {"ground": "frivolous", "reason": "Nothing to decide.", "to_complainant": LETTER}
    complaint = take(complaint, "dismiss", by=BEA, allegations=[first], **answers)
    with pytest.raises(BadAnswers):
        take(complaint, "dismiss", by=BEA, allegations=[first], **answers)


def test_telling_an_officer_asks_the_liaison_and_about_the_chief_the_commission(
    context: Flask, letters: Any
) -> None:
    the(LOU)
    told = complaint_in("investigation")
    told = take(told, "tell_the_officer", by=IVAN, officer=str(officers(told)[0].id))
    assert "officer_to_be_told" in letters(told)
    chief = complaint_in("investigation", officer_status="chief")
    chief = take(chief, "tell_the_officer", by=IVAN, officer=str(officers(chief)[0].id))
    assert "officer_to_be_told" not in letters(chief)
    assert "commission_to_be_told" in letters(chief)


def test_nothing_goes_to_review_before_the_officer_was_heard(context: Flask) -> None:
    complaint = complaint_in("investigation")
    with pytest.raises(Refused, match="officer's side is still missing"):
        take(complaint, "send_to_review_unblinded", by=IVAN, blinding_reason="Only one shop has this sign.")


def test_an_officer_who_was_not_told_can_not_have_answered(context: Flask) -> None:
    complaint = complaint_in("investigation")
    officer = str(officers(complaint)[0].id)
    later = {"officer": officer, "reason": "He would warn others.", "review_on": "2026-12-15"}
    complaint = take(complaint, "defer_telling_the_officer", by=IVAN, second=BEA, **later)
    assert officers(complaint)[0].deferred_until is not None
    with pytest.raises(BadAnswers):
        take(
            complaint,
            "record_the_officers_response",
            by=IVAN,
            officer=officer,
            response_kind="response",
            response="I did.",
        )


def test_the_decision_takes_the_panels_finding_and_its_reasons(context: Flask) -> None:
    complaint = complaint_in("resolved")
    (allegation,) = complaint.allegations
    assert (allegation.status, allegation.finding) == ("decided", "sustained")
    assert allegation.finding_reasons == "\n\n".join(["The record shows it: sustained."] * 3)
    assert complaint.decided_by_id == the(BEA).id


def test_departing_needs_another_director_and_is_remembered(context: Flask, letters: Any) -> None:
    complaint = complaint_in("decision")
    answers = {"findings": findings_of(complaint, "exonerated"), "reason": "The order was lawful."}
    complaint = take(
        complaint, "depart_from_the_panel", by=BEA, second=DORA, to_complainant=LETTER, **answers
    )
    assert complaint.state == "resolved"
    assert complaint.departed
    assert complaint.departure_reasons == "The order was lawful."
    assert complaint.allegations[0].finding == "exonerated"
    assert "panel_departed_from" in letters(complaint)


def test_a_finding_is_needed_for_every_allegation(context: Flask) -> None:
    complaint = declared(complaint_in("civilian_review"))
    with pytest.raises(BadAnswers):
        take(complaint, "submit_findings", by=sitting_on(complaint)[0], findings={})


def test_a_progress_notice_begins_the_next_one(context: Flask, letters: Any, clock: Any) -> None:
    complaint = complaint_in("assessment")
    first = clock(complaint, "progress_notice")
    complaint = take(complaint, "send_a_progress_notice", by=INES, at=AT + 40 * DAY)
    second = clock(complaint, "progress_notice")
    assert first.id != second.id
    assert second.started_on == (AT + 40 * DAY).date()
    assert second.due_on - second.started_on >= timedelta(days=45)
    assert "progress" in letters(complaint)


def two_allegations(complaint: Complaint) -> Complaint:
    """The same file with a second allegation."""
    ines = the(INES)
    with writing():
        add_allegation(
            fresh_in(complaint.id), by=acting.person(ines), at=AT, subject_kind="service", camera="unknown"
        )
    session().rollback()
    return fresh(complaint.id)
