"""Two people for what one may not do alone."""

from typing import Any

import pytest
from flask import Flask

from oversight.casework import acting
from oversight.casework.actions.proposals import waiting
from oversight.casework.actions.steps import approve_proposal, decline_proposal, take_step
from oversight.casework.models import Complaint
from oversight.casework.queries.files import proposals_waiting_for
from oversight.casework.refusals import NotAllowed, Refused, Stale
from oversight.kit.db import writing
from oversight.rules.workflow import FILE_STEPS
from tests.cast import BEA, DORA, INES, IVAN, Person, the
from tests.factories import AT, LETTER, approve, complaint_in, fresh, fresh_in, take

HOLD = {
    "hold_reason": "criminal_proceedings",
    "authority": "Letter of the Crown",
    "review_on": "2027-01-15",
}


def proposed(by: Person = INES) -> Complaint:
    return take(complaint_in("assessment"), "hold", by=by, **HOLD)


def test_a_proposed_step_does_nothing_yet(context: Flask, history: Any, letters: Any) -> None:
    the(BEA)
    complaint = proposed()
    assert not complaint.holds
    assert [each.step for each in waiting(complaint, "file")] == ["hold"]
    assert history(complaint)[-1] == "proposed hold"
    assert "second_person_needed" in letters(complaint)
    assert "on_hold" not in letters(complaint)


def test_the_second_person_makes_it_done(context: Flask, history: Any, ledger: Any) -> None:
    complaint = approve(proposed(), by=BEA)
    (hold,) = complaint.holds
    assert (hold.placed_by_id, hold.approved_by_id) == (the(INES).id, the(BEA).id)
    assert complaint.proposals[0].status == "approved"
    assert history(complaint)[-1] == "step hold"
    assert ledger(complaint)[-1] == "file.step.hold"


def test_nobody_is_their_own_second_person(context: Flask) -> None:
    complaint = proposed(by=BEA)
    with pytest.raises(NotAllowed):
        approve(complaint, by=BEA)
    assert approve(complaint, by=DORA).holds


@pytest.mark.parametrize("person", [INES, IVAN])
def test_the_second_person_is_of_a_role_that_the_step_names(context: Flask, person: Person) -> None:
    complaint = proposed(by=IVAN if person is INES else INES)
    with pytest.raises(NotAllowed):
        approve(complaint, by=person)


def test_a_proposal_waits_once(context: Flask) -> None:
    with pytest.raises(Refused, match="already waiting"):
        take(proposed(), "hold", by=INES, **HOLD)


@pytest.mark.parametrize(("person", "may"), [(INES, True), (BEA, True), (IVAN, False)])
def test_the_proposer_may_take_it_back_and_the_second_person_decline(
    context: Flask, person: Person, may: bool
) -> None:
    complaint, someone = proposed(), the(person)

    def decline() -> None:
        with writing():
            (proposal,) = waiting(fresh_in(complaint.id), "file")
            decline_proposal(proposal, "Not needed.", by=acting.person(someone), at=AT)

    if not may:
        with pytest.raises(NotAllowed):
            decline()
        return
    decline()
    complaint = fresh(complaint.id)
    assert complaint.proposals[0].status == "declined"
    assert not complaint.holds


def test_a_decided_proposal_can_not_be_decided_again(context: Flask) -> None:
    complaint = proposed()
    bea, dora = the(BEA), the(DORA)
    with writing():
        (proposal,) = waiting(fresh_in(complaint.id), "file")
        approve_proposal(proposal, by=acting.person(bea), at=AT)
    with pytest.raises(Stale), writing():
        approve_proposal(fresh_in(complaint.id).proposals[0], by=acting.person(dora), at=AT)


def test_what_waits_lapses_when_the_file_moves_on(context: Flask) -> None:
    complaint = take(proposed(), "offer_early_resolution", by=INES)
    assert complaint.proposals[0].status == "lapsed"


def test_a_proposal_is_checked_again_against_the_file_as_it_now_is(context: Flask) -> None:
    complaint = complaint_in("assessment")
    every = [str(each.id) for each in complaint.allegations]
    answers = {"allegations": every, "body": "crown", "reason": "A crime.", "to_complainant": LETTER}
    complaint = take(complaint, "refer", by=INES, **answers)
    complaint = take(
        complaint,
        "dismiss",
        by=BEA,
        allegations=every,
        ground="frivolous",
        reason="No.",
        to_complainant=LETTER,
    )
    assert [each.status for each in complaint.proposals] == ["lapsed"]


def test_only_those_who_could_decide_find_it_on_their_desk(context: Flask) -> None:
    proposed()
    assert [len(proposals_waiting_for(the(person)).rows) for person in (BEA, DORA, INES, IVAN)] == [
        1,
        1,
        0,
        0,
    ]
    proposed(by=BEA)
    assert len(proposals_waiting_for(the(BEA)).rows) == 1
    assert len(proposals_waiting_for(the(DORA)).rows) == 2


def test_reopening_is_for_people_who_did_not_decide(context: Flask) -> None:
    complaint = complaint_in("reconsideration")
    answers = {"reason": "New footage.", "to_complainant": LETTER}
    with pytest.raises(Refused, match="took part"):
        take(complaint, "reopen", by=BEA, **answers)
    complaint = take(complaint, "reopen", by=INES, **answers)
    with pytest.raises(Refused, match="took part"):
        approve(complaint, by=BEA)
    complaint = approve(complaint, by=DORA)
    assert complaint.state == "assessment"


def test_the_steps_that_need_two_are_those_the_office_was_promised() -> None:
    assert {step.name for step in FILE_STEPS if step.second} >= {
        "refer",
        "hold",
        "defer_telling_the_officer",
        "reopen",
        "send_to_review_unblinded",
        "depart_from_the_panel",
        "close_without_finding",
        "decide_on_a_withdrawal",
    }


def test_a_step_without_a_second_person_is_done_at_once(context: Flask) -> None:
    complaint, ines = complaint_in("assessment"), the(INES)
    with writing():
        file = fresh_in(complaint.id)
        by = acting.person(ines)
        assert take_step(file, "offer_early_resolution", {}, by=by, at=AT, seen_version=file.version) is None
