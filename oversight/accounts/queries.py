"""Who there is, what they hold, and which grants wait."""

import uuid

from sqlalchemy import Select, exists, select

from oversight.accounts.models import RequestStatus, RoleRequest, User, UserRole
from oversight.kit.db import session
from oversight.rules.roles import Role


def person_with_id(person_id: uuid.UUID) -> User | None:
    """The person with this id, whether or not their account is open."""
    return session().get(User, person_id)


def person_with_email(email: str) -> User | None:
    """The person who signs in with this address, in whatever case it was typed."""
    return session().scalar(select(User).where(User.email == email.strip().lower()))


def everyone() -> Select[User]:
    """All who have an account, open or closed; for a keyset page by name and id."""
    return select(User)


def active_holders_of(role: Role) -> Select[User]:
    """People with an open account who hold the role now, the longest known first."""
    held = select(UserRole.user_id).where(UserRole.role == role, UserRole.removed_at.is_(None))
    return select(User).where(User.active, User.id.in_(held)).order_by(User.id)


def was_ever_held(role: Role) -> bool:
    """Whether anyone holds the role or once did."""
    return bool(session().scalar(select(exists().where(UserRole.role == role))))


def waiting_requests() -> Select[RoleRequest]:
    """Proposed grants that nobody has decided on; for a keyset page by id, the oldest first."""
    return select(RoleRequest).where(RoleRequest.status == RequestStatus.WAITING)


def request_with_id(request_id: uuid.UUID) -> RoleRequest | None:
    """The proposed grant with this id, decided or not."""
    return session().get(RoleRequest, request_id)


def grantors_of(person: User) -> dict[uuid.UUID, str]:
    """The names of those who granted or approved the roles that this one holds, by their ids."""
    ids = {each for held in person.held for each in (held.granted_by, held.approved_by) if each}
    named = select(User.id, User.name).where(User.id.in_(ids))
    return {row.id: row.name for row in session().execute(named)}


def roles_proposed_for(person: User) -> frozenset[Role]:
    """Roles that wait for a second person before this one holds them."""
    waiting = waiting_requests().where(RoleRequest.user_id == person.id)
    return frozenset(Role(request.role) for request in session().scalars(waiting))
