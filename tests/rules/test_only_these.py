"""Who may do what: the security specification. Only these roles take only these steps from only these states.

The tables below are written by hand and are not derived from `oversight/rules/`; that is their whole use. A
step, a role on a step or a state added there fails here until someone who may approve it writes its row.
"""

from collections.abc import Callable, Iterator
from itertools import product
from uuid import UUID

import pytest

from oversight.rules.engine import Engine, Refused
from oversight.rules.facts import AllegationFacts, Facts, OfficerFacts, OutcomeFacts, SeatFacts
from oversight.rules.jurisdictions import all_rulebooks
from oversight.rules.roles import Role
from oversight.rules.steps import Step, Workflow

Row = tuple[str, str, str]  # step, role, state

UNDER_WAY = "assessment early_resolution investigation civilian_review decision"
NY_UNDER_WAY = "assessment mediation investigation civilian_review decision"
ENDINGS = "resolved closed_without_finding referred dismissed withdrawn"

# step | who may take it | from
CALGARY_FILE = f"""
# A file brought in from another system, still open there: nothing else is done to it before
adopt                        | caseworker director              | received {UNDER_WAY}

# Receiving and assessing
acknowledge                  | system                           | received
begin_assessment             | caseworker                       | received
open_investigation           | caseworker director              | assessment

# Settling early
offer_early_resolution       | caseworker                       | assessment
settle                       | caseworker                       | early_resolution
end_early_resolution         | caseworker                       | early_resolution

# The officer's side. The liaison brings the response and does nothing else in this table
tell_the_officer             | caseworker investigator director | investigation
defer_telling_the_officer    | caseworker investigator director | investigation
record_the_officers_response | caseworker investigator director liaison | investigation

# Civilian review. Reviewers do only what is in these two rows of theirs
send_to_review               | caseworker investigator director | investigation
send_to_review_unblinded     | caseworker investigator director | investigation
ask_for_more                 | reviewer                         | civilian_review
submit_findings              | reviewer                         | civilian_review
take_back_from_the_panel     | caseworker director              | civilian_review

# The decision
return_to_the_panel          | director                         | decision
record_the_decision          | director                         | decision
depart_from_the_panel        | director                         | decision

# Ending otherwise
refer                        | caseworker director              | assessment investigation
dismiss                      | director                         | assessment investigation
close_without_finding        | caseworker director              | {UNDER_WAY}
record_a_withdrawal          | caseworker party                 | received {UNDER_WAY}
decide_on_a_withdrawal       | caseworker director              | {UNDER_WAY}

# Waiting, and saying how it goes
hold                         | caseworker investigator director | {UNDER_WAY} reconsideration {ENDINGS}
resume                       | caseworker investigator director | {UNDER_WAY} reconsideration {ENDINGS}
send_a_progress_notice       | caseworker system                | received {UNDER_WAY} reconsideration

# Deadlines: more time takes a second person, why one passed does not
give_more_time               | caseworker investigator director | {UNDER_WAY}
say_why_it_passed            | caseworker investigator director | received {UNDER_WAY} reconsideration

# Another look
ask_for_reconsideration      | caseworker party                 | {ENDINGS}
ask_late_for_reconsideration | caseworker party                 | {ENDINGS}
confirm                      | caseworker director              | reconsideration
reopen                       | caseworker director              | reconsideration
"""

NEW_YORK_FILE = f"""
# A file brought in from another system, still open there: nothing else is done to it before
adopt                        | caseworker director              | received {NY_UNDER_WAY}

# Receiving and assessing
acknowledge                  | system                           | received
begin_assessment             | caseworker                       | received
open_investigation           | caseworker director              | assessment

# Mediation, in place of settling early
offer_mediation              | caseworker                       | assessment
record_a_mediation           | caseworker                       | mediation
end_mediation                | caseworker                       | mediation

# The officer's side. The liaison brings the response and does nothing else in this table
tell_the_officer             | caseworker investigator director | investigation
defer_telling_the_officer    | caseworker investigator director | investigation
record_the_officers_response | caseworker investigator director liaison | investigation

# Civilian review. Reviewers do only what is in these two rows of theirs
send_to_review               | caseworker investigator director | investigation
send_to_review_unblinded     | caseworker investigator director | investigation
ask_for_more                 | reviewer                         | civilian_review
submit_findings              | reviewer                         | civilian_review
take_back_from_the_panel     | caseworker director              | civilian_review

# The decision. Departing is the Police Commissioner's; the director records it
return_to_the_panel          | director                         | decision
record_the_decision          | director                         | decision
depart_from_the_panel        | director                         | decision

# Ending otherwise
refer                        | caseworker director              | assessment investigation
dismiss                      | director                         | assessment investigation
close_without_finding        | caseworker director              | {NY_UNDER_WAY}
record_a_withdrawal          | caseworker party                 | received {NY_UNDER_WAY}
decide_on_a_withdrawal       | caseworker director              | {NY_UNDER_WAY}

# Waiting, and saying how it goes
hold                         | caseworker investigator director | {NY_UNDER_WAY} reconsideration {ENDINGS}
resume                       | caseworker investigator director | {NY_UNDER_WAY} reconsideration {ENDINGS}
send_a_progress_notice       | caseworker system                | received {NY_UNDER_WAY} reconsideration

# Deadlines: more time takes a second person, why one passed does not
give_more_time               | caseworker investigator director | {NY_UNDER_WAY}
say_why_it_passed            | caseworker investigator director | received {NY_UNDER_WAY} reconsideration

# Another look
ask_for_reconsideration      | caseworker party                 | {ENDINGS}
ask_late_for_reconsideration | caseworker party                 | {ENDINGS}
confirm                      | caseworker director              | reconsideration
reopen                       | caseworker director              | reconsideration
"""

OUTCOME = """
draft                        | publisher director               | draft
approve                      | publisher director               | draft
send_back                    | publisher director               | approved
publish                      | publisher director               | approved
correct                      | publisher director               | published corrected
withdraw                     | publisher director               | published corrected
"""

# step | who, other than the proposer, approves it. A step that is not here needs nobody else.
FILE_SECOND = """
defer_telling_the_officer    | director
send_to_review_unblinded     | director
take_back_from_the_panel     | director
depart_from_the_panel        | director
hold                         | director
give_more_time               | director
refer                        | director
close_without_finding        | director
decide_on_a_withdrawal       | director
reopen                       | director
"""

OUTCOME_SECOND = """
correct                      | publisher director
withdraw                     | publisher director
"""

ONLY_THESE = {
    ("alberta_2011", "file"): CALGARY_FILE,
    ("alberta_2025", "file"): CALGARY_FILE,
    ("new_york_ccrb", "file"): NEW_YORK_FILE,
    ("alberta_2011", "outcome"): OUTCOME,
    ("alberta_2025", "outcome"): OUTCOME,
    ("new_york_ccrb", "outcome"): OUTCOME,
}
SECOND_PERSONS = {"file": FILE_SECOND, "outcome": OUTCOME_SECOND}

# Neither of these has a part in what happens to a file: one reads the ledger, one manages people.
NEVER = {Role.AUDITOR, Role.ADMINISTRATOR}


def lines(table: str) -> Iterator[list[str]]:
    for line in table.splitlines():
        if line and not line.startswith("#"):
            yield [cell.strip() for cell in line.split("|")]


def approved(table: str) -> set[Row]:
    return {
        (step, role, state)
        for step, roles, states in lines(table)
        for role, state in product(roles.split(), states.split())
    }


def possible(workflow: Workflow) -> set[Row]:
    return {
        (step.name, role, state.slug)
        for role, step, state in product(Role, workflow.steps, workflow.states)
        if step in workflow.steps_from(state.slug, frozenset({role}))
    }


def rows_to_approve(workflow: Workflow, table: str) -> str:
    """Return what differs, as the rows one would write or strike out; empty when nothing does."""
    now, before = possible(workflow), approved(table)
    said = [f"  + {step} | {role} | {state}" for step, role, state in sorted(now - before)]
    said += [f"  - {step} | {role} | {state}" for step, role, state in sorted(before - now)]
    return "\n".join(said)


BOTH = [(slug, name) for slug in sorted(all_rulebooks()) for name in ("file", "outcome")]


@pytest.mark.parametrize("slug, name", BOTH)
def test_only_these_roles_take_only_these_steps_from_only_these_states(slug: str, name: str) -> None:
    table = ONLY_THESE.get((slug, name), "")
    changed = rows_to_approve(all_rulebooks()[slug].workflow(name), table)
    assert not changed, (
        f"{slug}'s {name} is not what was approved. Read each row as “step | who | from”; if it is meant, "
        f"have it approved and write (+) or strike out (-) in {__file__}:\n{changed}"
    )


@pytest.mark.parametrize("slug, name", BOTH)
def test_only_these_steps_have_a_second_person(slug: str, name: str) -> None:
    steps = all_rulebooks()[slug].workflow(name).steps
    now = {step.name: set(step.second) for step in steps if step.second}
    before = {step: {Role(role) for role in roles.split()} for step, roles in lines(SECOND_PERSONS[name])}
    assert now == before, f"{slug}'s {name}: have the second person approved and change the row in {__file__}"


def everything_allows(state: str) -> Facts:
    """A file on which nothing but the table itself could refuse a step."""
    me, officer, one = UUID(int=1), UUID(int=2), UUID(int=3)
    return Facts(
        state=state,
        actor=me,
        allegations=(AllegationFacts(one, officer=officer),),
        officers=(OfficerFacts(officer, told=True, heard=True),),
        seats=(SeatFacts(me, declared=True, submitted=True),),
        copies_ready=True,
        complainant_reachable=True,
        complainants=1,
        panel_has_majority=True,
        ended_as="resolved",
        answers={"allegations": [str(one)]},
    )


def outcome_that_everything_allows(state: str) -> OutcomeFacts:
    return OutcomeFacts(
        state, complete=True, parties_told=True, windows_over=True, file_ended=True, actor=UUID(int=1)
    )


PICTURES: dict[str, Callable[[str], Facts | OutcomeFacts]] = {
    "file": everything_allows,
    "outcome": outcome_that_everything_allows,
}


@pytest.mark.parametrize("slug, name", BOTH)
def test_the_engine_refuses_every_step_from_every_other_state(slug: str, name: str) -> None:
    workflow = all_rulebooks()[slug].workflow(name)
    engine = Engine(workflow)
    rows = {(step, state) for step, _, state in approved(ONLY_THESE[slug, name])}
    for step, state in product(workflow.steps, workflow.states):
        if (step.name, state.slug) not in rows:
            with pytest.raises(Refused) as refusal:
                engine.take(step.name, PICTURES[name](state.slug))
            assert refusal.value.reason == workflow.not_from_here


@pytest.mark.parametrize("slug, name", BOTH)
def test_some_roles_never_take_a_step(slug: str, name: str) -> None:
    for step in all_rulebooks()[slug].workflow(name).steps:
        assert not NEVER & (step.by | step.second), step.name


def test_a_second_person_could_have_read_the_file() -> None:
    """Approving a step means reading what is approved."""
    for book in all_rulebooks().values():
        assert all(step.second <= {Role.DIRECTOR} for step in book.file.steps)


def test_a_step_that_nobody_approved_is_named_row_by_row() -> None:
    workflow = all_rulebooks()["alberta_2025"].outcome
    shelve = Step("shelve", "Shelve", ("draft",), None, frozenset({Role.AUDITOR}))
    assert rows_to_approve(workflow.adding(shelve), OUTCOME) == "  + shelve | auditor | draft"
    assert "  - send_back | director | approved" in rows_to_approve(workflow.dropping("send_back"), OUTCOME)
