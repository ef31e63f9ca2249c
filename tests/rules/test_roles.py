"""The powers each role has outside the workflow."""

import pytest

from oversight.rules.roles import GRANTABLE, GRANTS, READING_ROLES, ROLE_LABELS, Can, Role, powers_of

# Who may open what names people. Written by hand: the rest of the specification is in test_only_these.py.
ONLY_THESE = {
    Can.SEE_QUEUE: "caseworker investigator director",
    Can.READ_FILES: "caseworker investigator director",
    Can.READ_IDENTITIES: "caseworker investigator director",
    Can.FILE_FOR_SOMEONE: "caseworker",
    Can.OPEN_OWN_MOTION: "director",
    Can.EDIT_FILES: "caseworker investigator director",
    Can.ASSIGN_FILES: "caseworker director",
    Can.REVIEW: "reviewer",
    Can.WRITE_OUTCOMES: "publisher director",
    Can.ISSUE_REPORTS: "publisher director",
    Can.ANSWER_FOR_THE_SERVICE: "liaison",
    Can.READ_LEDGER: "auditor",
    Can.MANAGE_PEOPLE: "administrator",
    Can.KEEP_CALENDAR: "director",
    Can.KEEP_CALENDAR: "director",
    Can.APPROVE_GRANTS: "director",
}


@pytest.mark.parametrize("power", Can)
def test_only_these_roles_have_the_power(power: Can) -> None:
    approved = set(ONLY_THESE.get(power, "").split())
    assert {role for role in Role if power in GRANTS[role]} == approved, "have it approved and write it above"


def test_every_role_has_a_label_and_a_row_of_powers() -> None:
    assert set(GRANTS) == set(ROLE_LABELS) == set(Role)


def test_a_party_and_the_clockwork_are_never_granted() -> None:
    assert set(Role) - set(GRANTABLE) == {Role.PARTY, Role.SYSTEM}
    assert powers_of(frozenset({Role.PARTY, Role.SYSTEM})) == frozenset()


def test_every_role_that_opens_files_needs_a_second_person() -> None:
    opening = {Can.READ_FILES, Can.REVIEW, Can.WRITE_OUTCOMES, Can.ANSWER_FOR_THE_SERVICE, Can.READ_LEDGER}
    assert {role for role in GRANTABLE if GRANTS[role] & opening} <= READING_ROLES


def test_whoever_manages_people_neither_reads_files_nor_approves_grants() -> None:
    managers = [role for role in Role if Can.MANAGE_PEOPLE in GRANTS[role]]
    assert all(GRANTS[role] == {Can.MANAGE_PEOPLE} for role in managers)


def test_powers_add_up() -> None:
    both = powers_of(frozenset({Role.REVIEWER, Role.AUDITOR}))
    assert both == {Can.REVIEW, Can.READ_LEDGER}
    assert powers_of(frozenset()) == frozenset()
