"""Who may give whom which role: two people wherever files are opened, and never oneself."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from oversight.accounts.actions import (
    approve_request,
    deactivate_person,
    decline_request,
    grant_role,
    make_person,
    reactivate_person,
    remove_role,
)
from oversight.accounts.models import RequestStatus, RoleRequest, User, UserRole
from oversight.accounts.queries import roles_proposed_for
from oversight.accounts.refusals import NotAllowed, Overtaken
from oversight.kit.db import session, writing
from oversight.rules.roles import GRANTABLE, READING_ROLES, Can, Role
from tests.accounts.conftest import AT, letters, recorded, someone

pytestmark = pytest.mark.usefixtures("office")


def propose(role: Role = Role.REVIEWER, *, person: str = "ines", by: str = "max") -> RoleRequest:
    with writing():
        request = grant_role(someone(person), role, by=someone(by), at=AT)
    assert isinstance(request, RoleRequest)
    return request


def test_a_role_that_opens_no_file_is_granted_at_once() -> None:
    with writing():
        granted = grant_role(someone("ines"), Role.ADMINISTRATOR, by=someone("max"), at=AT)
    assert isinstance(granted, UserRole)
    assert someone("ines").can(Can.MANAGE_PEOPLE)
    assert recorded("role.granted")[-1].facts["role"] == "administrator"


@pytest.mark.parametrize("role", sorted(READING_ROLES - {Role.CASEWORKER}))
def test_a_role_that_opens_files_waits(role: Role) -> None:
    propose(role)
    assert someone("ines").role_set == {Role.CASEWORKER}
    assert roles_proposed_for(someone("ines")) == {role}
    assert recorded("role.proposed")[-1].facts == {"role": role.value}


def test_a_director_approves() -> None:
    request = propose()
    with writing():
        held = approve_request(request, by=someone("bea"), at=AT + timedelta(hours=1))
    assert someone("ines").can(Can.REVIEW)
    assert (held.granted_by, held.approved_by) == (someone("max").id, someone("bea").id)
    assert request.status == RequestStatus.APPROVED
    entry = recorded("role.granted")[-1]
    assert entry.actor == f"person:{someone('bea').id}"
    assert entry.facts == {"role": "reviewer", "proposed_by": str(someone("max").id)}


def test_a_director_declines() -> None:
    request = propose()
    with writing():
        decline_request(request, by=someone("bea"), at=AT)
    assert someone("ines").role_set == {Role.CASEWORKER}
    assert not roles_proposed_for(someone("ines"))
    assert recorded("role.declined")
    propose()  # A declined proposal may be made again.


def test_directors_are_told_that_a_role_waits() -> None:
    propose()
    assert sorted(letter.to for letter in letters()) == ["director-2@demo.example", "director@demo.example"]
    assert all("Ines" not in letter.body and "reviewer" not in letter.body for letter in letters())


def test_the_director_concerned_is_not_asked() -> None:
    propose(Role.LIAISON, person="bea")
    assert [letter.to for letter in letters()] == ["director-2@demo.example"]


def test_who_proposed_can_not_approve() -> None:
    with writing():
        grant_role(someone("bea"), Role.ADMINISTRATOR, by=someone("max"), at=AT)
    request = propose(by="bea")
    with pytest.raises(NotAllowed), writing():
        approve_request(request, by=someone("bea"), at=AT)
    with pytest.raises(NotAllowed), writing():
        decline_request(request, by=someone("bea"), at=AT)
    with writing():
        approve_request(request, by=someone("dora"), at=AT)


def test_whom_it_is_about_can_not_approve() -> None:
    request = propose(Role.REVIEWER, person="bea")
    with pytest.raises(NotAllowed), writing():
        approve_request(request, by=someone("bea"), at=AT)
    assert someone("bea").role_set == {Role.DIRECTOR}


@pytest.mark.parametrize("who", ["max", "ines", "rita"])
def test_only_a_director_approves(who: str) -> None:
    request = propose(Role.LIAISON)
    with pytest.raises(NotAllowed), writing():
        approve_request(request, by=someone(who), at=AT)


@pytest.mark.parametrize("who", ["bea", "ines", "rita"])
def test_only_an_administrator_proposes_and_removes(who: str) -> None:
    with pytest.raises(NotAllowed), writing():
        grant_role(someone("ines"), Role.ADMINISTRATOR, by=someone(who), at=AT)
    with pytest.raises(NotAllowed), writing():
        remove_role(someone("rita"), Role.REVIEWER, by=someone(who), at=AT)


@pytest.mark.parametrize("role", sorted(set(GRANTABLE) - {Role.ADMINISTRATOR}))
def test_an_administrator_gives_himself_nothing_alone(role: Role) -> None:
    propose(role, person="max")
    assert someone("max").role_set == {Role.ADMINISTRATOR}


def test_an_administrator_does_not_give_back_to_himself_what_another_took() -> None:
    with writing():
        grant_role(someone("ines"), Role.ADMINISTRATOR, by=someone("max"), at=AT)
    with writing():
        remove_role(someone("max"), Role.ADMINISTRATOR, by=someone("ines"), at=AT)
    with pytest.raises(NotAllowed), writing():
        grant_role(someone("max"), Role.ADMINISTRATOR, by=someone("max"), at=AT)


@pytest.mark.parametrize("role", [Role.PARTY, Role.SYSTEM])
def test_actors_are_nobodys_role(role: Role) -> None:
    with pytest.raises(NotAllowed), writing():
        grant_role(someone("ines"), role, by=someone("max"), at=AT)


def test_a_role_is_held_and_proposed_once() -> None:
    propose()
    with pytest.raises(Overtaken), writing():
        grant_role(someone("ines"), Role.REVIEWER, by=someone("max"), at=AT)
    with writing():
        grant_role(someone("ines"), Role.ADMINISTRATOR, by=someone("max"), at=AT)
    with pytest.raises(Overtaken), writing():
        grant_role(someone("ines"), Role.ADMINISTRATOR, by=someone("max"), at=AT)


def test_a_second_decision_is_overtaken() -> None:
    request = propose()
    with writing():
        decline_request(request, by=someone("bea"), at=AT)
    with pytest.raises(Overtaken), writing():
        approve_request(request, by=someone("dora"), at=AT)
    assert someone("ines").role_set == {Role.CASEWORKER}
    assert not recorded("role.granted")[-1].facts.get("proposed_by")


def test_a_removed_role_is_gone_at_once_and_remembered() -> None:
    rita = someone("rita")
    with writing():
        remove_role(rita, Role.REVIEWER, by=someone("max"), at=AT)
    assert not someone("rita").can(Can.REVIEW)
    row = session().scalars(select(UserRole).where(UserRole.user_id == rita.id)).one()
    assert (row.removed_at, row.removed_by) == (AT, someone("max").id)
    with pytest.raises(Overtaken), writing():
        remove_role(rita, Role.REVIEWER, by=someone("max"), at=AT)


def test_the_last_administrator_stays() -> None:
    with pytest.raises(NotAllowed), writing():
        remove_role(someone("max"), Role.ADMINISTRATOR, by=someone("max"), at=AT)
    with pytest.raises(NotAllowed), writing():
        deactivate_person(someone("max"), by=someone("max"), at=AT)
    assert someone("max").active
    with writing():
        grant_role(someone("ines"), Role.ADMINISTRATOR, by=someone("max"), at=AT)
    with writing():
        deactivate_person(someone("max"), by=someone("ines"), at=AT)
    assert not someone("max").active


def test_the_last_director_stays() -> None:
    with writing():
        deactivate_person(someone("dora"), by=someone("max"), at=AT)
    with pytest.raises(NotAllowed), writing():
        remove_role(someone("bea"), Role.DIRECTOR, by=someone("max"), at=AT)


def test_the_very_first_director_needs_no_director_before_them(app: Flask) -> None:
    with writing():
        session().query(UserRole).filter(UserRole.role == Role.DIRECTOR).delete()
    with writing():
        granted = grant_role(someone("ines"), Role.DIRECTOR, by=someone("max"), at=AT)
    assert isinstance(granted, UserRole)
    propose(Role.DIRECTOR, person="rita")


def test_nobody_makes_himself_the_first_director() -> None:
    with writing():
        session().query(UserRole).filter(UserRole.role == Role.DIRECTOR).delete()
    propose(Role.DIRECTOR, person="max")


def test_once_there_was_a_director_every_other_needs_one() -> None:
    with writing():
        session().query(UserRole).filter(UserRole.role == Role.DIRECTOR).update({"removed_at": AT})
    propose(Role.DIRECTOR, person="ines")


def test_closing_an_account_ends_its_sessions_and_roles() -> None:
    before = someone("rita").fs_uniquifier
    with writing():
        deactivate_person(someone("rita"), by=someone("max"), at=AT)
    rita = someone("rita")
    assert not rita.active
    assert rita.fs_uniquifier != before
    assert rita.role_set == frozenset()
    assert [entry.subject for entry in recorded("person.deactivated")] == [f"person:{rita.id}"]


def test_an_account_opened_again_has_no_roles() -> None:
    with writing():
        deactivate_person(someone("rita"), by=someone("max"), at=AT)
    with writing():
        reactivate_person(someone("rita"), by=someone("max"), at=AT)
    assert someone("rita").active
    assert someone("rita").role_set == frozenset()
    with pytest.raises(Overtaken), writing():
        reactivate_person(someone("rita"), by=someone("max"), at=AT)


def test_a_closed_account_gets_no_role() -> None:
    request = propose(person="rita", role=Role.PUBLISHER)
    with writing():
        deactivate_person(someone("rita"), by=someone("max"), at=AT)
    with pytest.raises(NotAllowed), writing():
        approve_request(request, by=someone("bea"), at=AT)
    with pytest.raises(NotAllowed), writing():
        grant_role(someone("rita"), Role.ADMINISTRATOR, by=someone("max"), at=AT)


def test_addresses_are_one_whatever_their_case() -> None:
    with pytest.raises(NotAllowed), writing():
        make_person("  Caseworker@DEMO.example ", "Another", (), None, at=AT)
    assert session().query(User).filter(User.name == "Another").count() == 0
