"""What the office's own steps wait for, where they lead, and what they leave alone."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from oversight.rules import guards as when
from oversight.rules.engine import Engine, Refused
from oversight.rules.facts import AllegationFacts, Facts, OfficerFacts, OutcomeFacts, SeatFacts, Window
from oversight.rules.findings import Status, Subject
from oversight.rules.guards import Guard
from oversight.rules.steps import PublicStage, Workflow
from oversight.rules.workflow import ENDINGS, STANDARD_FILE, STANDARD_OUTCOME, UNDER_WAY

FILE, OUTCOME = Engine(STANDARD_FILE), Engine(STANDARD_OUTCOME)
ME, COLLEAGUE, OFFICER, ONE, TWO = (UUID(int=number) for number in range(1, 6))

# What each step waits for, written by hand like the tables of test_only_these.py: a condition that is
# dropped or added fails here until someone has said that it should be.
CONDITIONS = """
adopt                        | it_waits_for_adoption
open_investigation           | every_allegation_is_coded file_is_not_held
offer_early_resolution       | complainant_can_be_reached file_is_not_held
settle                       | something_is_open nothing_is_held no_withdrawal_waits
tell_the_officer             | an_officer_is_to_be_told
defer_telling_the_officer    | an_officer_is_to_be_told
record_the_officers_response | an_officer_is_to_be_heard
send_to_review               | every_allegation_is_coded every_officer_was_heard review_copies_are_ready
send_to_review               | nothing_is_held
send_to_review_unblinded     | every_allegation_is_coded every_officer_was_heard nothing_is_held
ask_for_more                 | one_sits_on_the_panel one_has_declared one_has_not_submitted file_is_not_held
submit_findings              | one_sits_on_the_panel one_has_declared one_has_not_submitted
submit_findings              | every_officer_was_heard nothing_is_held
record_the_decision          | one_did_not_decide every_seat_has_submitted the_panel_has_a_majority
record_the_decision          | every_officer_was_heard nothing_is_held no_withdrawal_waits
depart_from_the_panel        | one_did_not_decide every_seat_has_submitted the_panel_advises
depart_from_the_panel        | every_officer_was_heard nothing_is_held no_withdrawal_waits
hold                         | file_is_not_held
resume                       | something_is_held
give_more_time               | a_deadline_can_have_more_time
say_why_it_passed            | a_deadline_has_passed
refer                        | something_is_open
dismiss                      | one_did_not_decide something_is_open file_is_not_held no_withdrawal_waits
close_without_finding        | something_is_open no_withdrawal_waits
record_a_withdrawal          | someone_complained
decide_on_a_withdrawal       | a_withdrawal_is_undecided
ask_for_reconsideration      | the_window_is_open
ask_late_for_reconsideration | the_window_has_closed
confirm                      | one_did_not_decide
reopen                       | one_did_not_decide
approve                      | one_is_not_the_author every_part_is_written no_one_is_named
publish                      | no_one_is_named it_is_up_to_date the_file_has_ended the_file_is_not_held
publish                      | the_parties_were_told the_windows_are_over
correct                      | every_part_is_written no_one_is_named
"""


def conditions() -> Iterator[tuple[str, str]]:
    for line in CONDITIONS.strip().splitlines():
        step, _, guards = line.partition("|")
        yield from ((step.strip(), guard) for guard in guards.split())


HEARD = OfficerFacts(OFFICER, told=True, heard=True)
SPOKE = SeatFacts(ME, declared=True, submitted=True)
READY = Facts(
    state="",
    actor=ME,
    allegations=(
        AllegationFacts(ONE, subject=Subject.KNOWN_OFFICER, officer=OFFICER),
        AllegationFacts(TWO),
    ),
    officers=(HEARD,),
    seats=(SPOKE,),
    copies_ready=True,
    complainant_reachable=True,
    complainants=1,
    panel_has_majority=True,
    ended_as="resolved",
    may_have_more_time=True,
    is_past_a_deadline=True,
)
READY_SUMMARY = OutcomeFacts(
    state="",
    actor=ME,
    writers=frozenset({COLLEAGUE}),
    complete=True,
    parties_told=True,
    windows_over=True,
    file_ended=True,
)

# What has to be otherwise than in READY for a condition to hold, where two conditions contradict each other.
FOR: dict[str, dict[str, Any]] = {
    "it_waits_for_adoption": {"waits_for_adoption": True},
    "something_is_held": {"open_holds": 1},
    "a_withdrawal_is_undecided": {"withdrawal_undecided": True},
    "the_window_has_closed": {"window": Window.CLOSED},
    "an_officer_is_to_be_told": {"officers": (OfficerFacts(OFFICER),)},
    "an_officer_is_to_be_heard": {"officers": (OfficerFacts(OFFICER, told=True),)},
    "one_has_not_submitted": {"seats": (SeatFacts(ME, declared=True),)},
}
# What breaks one condition and, but for the two that follow from it, no other.
AGAINST: dict[str, dict[str, Any]] = {
    "it_waits_for_adoption": {"waits_for_adoption": False},
    "something_is_open": {"allegations": (AllegationFacts(ONE, Status.REFERRED),)},
    "every_allegation_is_coded": {"allegations": (AllegationFacts(ONE, coded=False),)},
    "complainant_can_be_reached": {"complainant_reachable": False},
    "someone_complained": {"complainants": 0},
    "something_is_held": {"open_holds": 0},
    "nothing_is_held": {"open_holds": 1},
    "file_is_not_held": {"open_holds": 1, "file_held": True},
    "a_deadline_can_have_more_time": {"may_have_more_time": False},
    "a_deadline_has_passed": {"is_past_a_deadline": False},
    "an_officer_is_to_be_told": {"officers": (HEARD,)},
    "an_officer_is_to_be_heard": {"officers": (HEARD,)},
    "every_officer_was_heard": {"officers": (OfficerFacts(OFFICER, told=True),)},
    "review_copies_are_ready": {"copies_ready": False},
    "one_sits_on_the_panel": {"seats": (SeatFacts(COLLEAGUE, declared=True),)},
    "one_has_declared": {"seats": (SeatFacts(ME),)},
    "one_has_not_submitted": {"seats": (SPOKE,)},
    "every_seat_has_submitted": {"seats": (SPOKE, SeatFacts(COLLEAGUE))},
    "the_panel_has_a_majority": {"panel_has_majority": False},
    "the_panel_advises": {"panel_binding": True},
    "a_withdrawal_is_undecided": {"withdrawal_undecided": False},
    "no_withdrawal_waits": {"withdrawal_undecided": True},
    "the_window_is_open": {"window": Window.CLOSED},
    "the_window_has_closed": {"window": Window.OPEN},
    "one_did_not_decide": {"deciders": frozenset({ME})},
    "one_is_not_the_author": {"writers": frozenset({ME})},
    "every_part_is_written": {"complete": False},
    "no_one_is_named": {"leaks": 1},
    "it_is_up_to_date": {"outdated": True},
    "the_parties_were_told": {"parties_told": False},
    "the_windows_are_over": {"windows_over": False},
    "the_file_has_ended": {"file_ended": False},
    "the_file_is_not_held": {"file_held": True},
}


def workflow_of(step: str) -> Workflow:
    return STANDARD_FILE if STANDARD_FILE.has_step(step) else STANDARD_OUTCOME


def ready_for(name: str, **changes: Any) -> Facts | OutcomeFacts:
    """A file or an outcome on which the step may be taken, but for `changes`."""
    workflow = workflow_of(name)
    ready: Facts | OutcomeFacts = READY if workflow is STANDARD_FILE else READY_SUMMARY
    step = workflow.step(name)
    for guard in step.when:
        ready = replace(ready, **FOR.get(guard.name, {}))
    return replace(ready, state=step.source[0], **changes)


def take(name: str, **changes: Any) -> str:
    return Engine(workflow_of(name)).take(name, ready_for(name, **changes))


EVERY_STEP = [step.name for step in (*STANDARD_FILE.steps, *STANDARD_OUTCOME.steps)]


@pytest.mark.parametrize("step", EVERY_STEP)
def test_every_step_can_be_taken(step: str) -> None:
    assert take(step)


@pytest.mark.parametrize("step, condition", list(conditions()))
def test_a_step_waits_for_its_condition_and_says_so(step: str, condition: str) -> None:
    guard: Guard = getattr(when, condition)
    with pytest.raises(Refused) as refused:
        take(step, **AGAINST[condition])
    assert refused.value.reason == guard.refusal


def test_each_step_waits_for_these_conditions_and_no_others() -> None:
    steps = (*STANDARD_FILE.steps, *STANDARD_OUTCOME.steps)
    assert {(step.name, guard.name) for step in steps for guard in step.when} == set(conditions())


# --- a file that came from another system ------------------------------------------------------------

EVERY_OTHER_STEP = [step.name for step in STANDARD_FILE.steps if step.name != "adopt"]


@pytest.mark.parametrize("step", EVERY_OTHER_STEP)
def test_nothing_else_is_done_to_a_file_that_waits_to_be_taken_up(step: str) -> None:
    with pytest.raises(Refused) as refused:
        take(step, waits_for_adoption=True)
    assert refused.value.reason == when.nobody_has_to_take_it_up_first.refusal


@pytest.mark.parametrize("step", EVERY_OTHER_STEP)
def test_that_it_waits_is_then_the_only_reason_given(step: str) -> None:
    nothing_is_right = Facts(state="", waits_for_adoption=True)
    assert FILE.refusals(STANDARD_FILE.step(step), nothing_is_right) == (
        when.nobody_has_to_take_it_up_first.refusal,
    )


@pytest.mark.parametrize("state", ["received", *UNDER_WAY])
def test_a_file_is_taken_up_where_it_stands_and_stays_there(state: str) -> None:
    assert FILE.take("adopt", replace(READY, state=state, waits_for_adoption=True)) == state


@pytest.mark.parametrize("state", ["reconsideration", *ENDINGS])
def test_a_file_that_has_ended_is_not_taken_up(state: str) -> None:
    with pytest.raises(Refused):
        FILE.take("adopt", replace(READY, state=state, waits_for_adoption=True))


# --- a selection of allegations, and what stays ------------------------------------------------------


@pytest.mark.parametrize("step, ending", [("refer", "referred"), ("dismiss", "dismissed")])
@pytest.mark.parametrize("state", ["assessment", "investigation"])
def test_a_file_ends_when_no_allegation_is_left_open(step: str, ending: str, state: str) -> None:
    some = replace(READY, state=state, answers={"allegations": [str(ONE)]})
    assert FILE.take(step, some) == state
    assert FILE.take(step, replace(some, answers={"allegations": [str(ONE), str(TWO)]})) == ending
    referred_before = (replace(READY.allegations[0], status=Status.REFERRED), AllegationFacts(TWO))
    last = replace(some, allegations=referred_before, answers={"allegations": [str(TWO)]})
    assert FILE.take(step, last) == ending


@pytest.mark.parametrize("step", ["refer", "dismiss"])
def test_selecting_nothing_or_a_stranger_ends_nothing(step: str) -> None:
    for answers in ({}, {"allegations": []}, {"allegations": [str(COLLEAGUE)]}):
        assert take(step, answers=answers) == "assessment"


@pytest.mark.parametrize("answer, leads_to", [("go_on", "investigation"), ("close", "withdrawn")])
def test_a_withdrawal_closes_the_file_only_if_that_is_decided(answer: str, leads_to: str) -> None:
    facts = ready_for("decide_on_a_withdrawal", answers={"withdrawal_ending": answer})
    assert FILE.take("decide_on_a_withdrawal", replace(facts, state="investigation")) == leads_to


def test_a_step_that_may_stay_turns_no_clock_and_tells_of_no_ending_when_it_does() -> None:
    for step in STANDARD_FILE.steps:
        if step.stays_while is None:
            assert not step.tells_staying, step.name
        elif step.by != frozenset({"reviewer"}):
            assert step.tells_staying == ("written_to",), step.name


# --- civilian review and the decision ----------------------------------------------------------------


def test_the_last_seat_to_submit_sends_the_file_to_the_decision() -> None:
    others = (SeatFacts(COLLEAGUE, declared=True), SeatFacts(OFFICER, declared=True, submitted=True))
    assert take("submit_findings", seats=(SeatFacts(ME, declared=True), *others)) == "civilian_review"
    assert take("submit_findings", seats=(SeatFacts(ME, declared=True), others[1])) == "decision"


def test_a_binding_panel_can_be_followed_or_asked_again_but_not_departed_from() -> None:
    assert take("record_the_decision", panel_binding=True) == "resolved"
    assert take("return_to_the_panel", panel_binding=True) == "civilian_review"
    with pytest.raises(Refused):
        take("depart_from_the_panel", panel_binding=True)


def test_without_a_majority_an_advising_panel_can_be_departed_from() -> None:
    assert take("depart_from_the_panel", panel_has_majority=False) == "resolved"


@pytest.mark.parametrize("step", ["submit_findings", "record_the_decision", "depart_from_the_panel"])
@pytest.mark.parametrize("side", [{}, {"told": True}, {"deferred": True}, {"heard": True}])
def test_nothing_is_found_before_the_officer_was_heard(step: str, side: dict[str, bool]) -> None:
    with pytest.raises(Refused):
        take(step, officers=(OfficerFacts(OFFICER, **side),))


@pytest.mark.parametrize("step", ["submit_findings", "record_the_decision", "depart_from_the_panel"])
def test_a_chance_that_lapsed_or_a_recorded_reason_is_enough(step: str) -> None:
    assert take(step, officers=(OfficerFacts(OFFICER, deferred=True, heard=True),))


# --- another look -----------------------------------------------------------------------------------


@pytest.mark.parametrize("ending", ENDINGS)
def test_every_ending_can_be_looked_at_again_and_confirmed_as_it_was(ending: str) -> None:
    asked = replace(READY, state=ending)
    assert FILE.take("ask_for_reconsideration", asked) == "reconsideration"
    assert (
        FILE.take("ask_late_for_reconsideration", replace(asked, window=Window.CLOSED)) == "reconsideration"
    )
    looked_at = replace(READY, state="reconsideration", ended_as=ending, deciders=frozenset({COLLEAGUE}))
    assert FILE.take("confirm", looked_at) == ending
    assert FILE.take("reopen", looked_at) == "assessment"


@pytest.mark.parametrize(
    "step", ["confirm", "reopen", "record_the_decision", "depart_from_the_panel", "dismiss"]
)
def test_after_an_ending_new_people_decide(step: str) -> None:
    with pytest.raises(Refused, match="someone else"):
        take(step, deciders=frozenset({ME, COLLEAGUE}))
    assert take(step, deciders=frozenset({COLLEAGUE}))


# --- what the public sees ---------------------------------------------------------------------------


def test_the_public_line_never_runs_backwards_before_a_file_is_reopened() -> None:
    order = list(PublicStage)
    for step in STANDARD_FILE.steps:
        back = step.name in ("ask_for_more", "take_back_from_the_panel", "reopen")
        for source in step.source:
            for target in step.destinations(STANDARD_FILE.endings):
                here, there = STANDARD_FILE.state(source).stage, STANDARD_FILE.state(target).stage
                assert order.index(there) >= order.index(here) or back, (step.name, source, target)


def test_every_state_says_calmly_what_it_is_and_what_comes_next() -> None:
    for state in STANDARD_FILE.states:
        assert state.words.endswith("."), state.slug
        assert state.next_words.endswith("."), state.slug
