"""Granting and removing roles: proposed by one person, approved by another where files are opened."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from oversight.accounts.mail import role_waits
from oversight.accounts.models import RequestStatus, RoleRequest, User, UserRole
from oversight.accounts.queries import active_holders_of, was_ever_held
from oversight.accounts.refusals import NotAllowed, Overtaken
from oversight.kit.db import session
from oversight.ledger import record
from oversight.outbox import enqueue
from oversight.rules.roles import GRANTABLE, READING_ROLES, Can, Role
from oversight.rules.words import N_

INDISPENSABLE: dict[Role, str] = {
    Role.ADMINISTRATOR: N_("This is the last administrator. Make someone else an administrator first."),
    Role.DIRECTOR: N_("This is the last director. Make someone else a director first."),
}
"""Roles the office can't be without, and what is said to whoever would leave it so."""


def needs_second_person(person: User, role: Role, *, by: User) -> bool:
    """Whether this grant must wait for a director.

    The office's very first director has no director before them: an administrator may name someone else,
    once in the life of the office.
    """
    if person.id == by.id:
        return True
    return role in READING_ROLES and not (role is Role.DIRECTOR and not was_ever_held(role))


def grant_role(person: User, role: Role, *, by: User, at: datetime) -> UserRole | RoleRequest:
    """Grant the role, or propose it where a second person must approve; what was done is returned."""
    refuse_without(by, Can.MANAGE_PEOPLE)
    _refuse_ungrantable(person, role)
    if needs_second_person(person, role, by=by):
        return _propose_role(person, role, by=by, at=at)
    return _give_role(person, role, by=by, approved_by=None, at=at)


def approve_request(request: RoleRequest, *, by: User, at: datetime) -> UserRole:
    """Grant what was proposed; Overtaken if the request was decided on meanwhile."""
    _refuse_involved(request, by=by)
    role = Role(request.role)
    _refuse_ungrantable(request.person, role)
    _decide(request, RequestStatus.APPROVED, by=by, at=at)
    return _give_role(request.person, role, by=request.proposer, approved_by=by, at=at)


def decline_request(request: RoleRequest, *, by: User, at: datetime) -> None:
    """Leave the proposed role ungranted; Overtaken if the request was decided on meanwhile."""
    _refuse_involved(request, by=by)
    _decide(request, RequestStatus.DECLINED, by=by, at=at)
    record(
        "role.declined",
        actor=by.actor,
        subject=f"person:{request.user_id}",
        at=at,
        role=request.role,
        proposed_by=str(request.requested_by),
    )


def remove_role(person: User, role: Role, *, by: User, at: datetime) -> None:
    """End a role that someone holds; the next page they open no longer knows them by it."""
    refuse_without(by, Can.MANAGE_PEOPLE)
    refuse_last_holder(person, (role,))
    end_role(person, role, by=by, at=at)


def end_role(person: User, role: Role, *, by: User, at: datetime) -> None:
    """End one held role and record it; Overtaken if it isn't held any more."""
    held = update(UserRole).where(
        UserRole.user_id == person.id, UserRole.role == role, UserRole.removed_at.is_(None)
    )
    if not session().execute(held.values(removed_at=at, removed_by=by.id).returning(UserRole.id)).all():
        raise Overtaken(N_("They do not hold this role any more."))
    record("role.removed", actor=by.actor, subject=f"person:{person.id}", at=at, role=role)


def refuse_without(by: User, power: Can) -> None:
    """Raise NotAllowed unless `by` has the power at this moment, account open."""
    if not (by.active and by.can(power)):
        raise NotAllowed(N_("Your roles do not let you do this any more."))


def refuse_last_holder(person: User, roles: tuple[Role, ...]) -> None:
    """Raise NotAllowed if the office would be left without an indispensable role.

    Holders are locked first and read after, so that two who remove each other at once can't both succeed.
    """
    for role in INDISPENSABLE.keys() & set(roles):
        holders = active_holders_of(role).with_only_columns(User.id)
        session().execute(holders.with_for_update()).all()
        if session().scalars(holders).all() == [person.id]:
            raise NotAllowed(INDISPENSABLE[role])


def _propose_role(person: User, role: Role, *, by: User, at: datetime) -> RoleRequest:
    request = RoleRequest(user_id=person.id, role=role, requested_by=by.id, requested_at=at)
    _add_once(request, N_("This role is already proposed for them."))
    record("role.proposed", actor=by.actor, subject=f"person:{person.id}", at=at, role=role)
    for director in session().scalars(active_holders_of(Role.DIRECTOR)):
        if director.id not in (by.id, person.id):
            enqueue(role_waits(director, about=person), at=at)
    return request


def _give_role(person: User, role: Role, *, by: User, approved_by: User | None, at: datetime) -> UserRole:
    approver = approved_by.id if approved_by else None
    held = UserRole(user_id=person.id, role=role, granted_at=at, granted_by=by.id, approved_by=approver)
    _add_once(held, N_("They already hold this role."))
    record(
        "role.granted",
        actor=(approved_by or by).actor,
        subject=f"person:{person.id}",
        at=at,
        role=role,
        proposed_by=str(by.id),
    )
    session().expire(person, ["held"])
    return held


def _decide(request: RoleRequest, status: RequestStatus, *, by: User, at: datetime) -> None:
    waiting = update(RoleRequest).where(
        RoleRequest.id == request.id, RoleRequest.status == RequestStatus.WAITING
    )
    decided = waiting.values(status=status, decided_by=by.id, decided_at=at).returning(RoleRequest.id)
    if not session().execute(decided).all():
        raise Overtaken(N_("Someone has already decided on this."))


def _refuse_involved(request: RoleRequest, *, by: User) -> None:
    refuse_without(by, Can.APPROVE_GRANTS)
    if by.id == request.requested_by:
        raise NotAllowed(N_("You proposed this, so someone else must decide."))
    if by.id == request.user_id:
        raise NotAllowed(N_("This is about your own role, so someone else must decide."))


def _refuse_ungrantable(person: User, role: Role) -> None:
    if role not in GRANTABLE:
        raise NotAllowed(N_("Nobody can be given this role."))
    open_account = session().scalar(select(User.active).where(User.id == person.id).with_for_update())
    if not open_account:
        raise NotAllowed(N_("This account is closed. Open it again first."))


def _add_once(row: UserRole | RoleRequest, already: str) -> None:
    """Insert a row that an index allows once; Overtaken if it was there first."""
    try:
        with session().begin_nested():
            session().add(row)
    except IntegrityError as error:
        raise Overtaken(already) from error
