"""Which staff a file concerns: who may sit on its panel, who is told of what."""

import uuid
from collections.abc import Sequence

from sqlalchemy import exists, select

from oversight.accounts.models import User, UserRole
from oversight.casework.models import Complaint, Conflict, Party, PartyIdentity
from oversight.kit.db import session
from oversight.rules.roles import Role


def people_with(role: Role) -> Sequence[User]:
    """Everyone active who holds a role, by name."""
    held = exists().where(UserRole.user_id == User.id, UserRole.role == role, UserRole.removed_at.is_(None))
    return (
        session().scalars(select(User).where(User.active.is_(True), held).order_by(User.name, User.id)).all()
    )


def people_free_for(complaint: Complaint, role: Role) -> list[User]:
    """Those of `people_with(role)` who have no conflict with this file."""
    shut_out = set(session().scalars(select(Conflict.person_id).where(Conflict.complaint_id == complaint.id)))
    return [person for person in people_with(role) if person.id not in shut_out]


def names_of(ids: set[uuid.UUID]) -> dict[uuid.UUID, str]:
    """Staff's names by id, for a page that shows who did what."""
    if not ids:
        return {}
    return {row.id: row.name for row in session().execute(select(User.id, User.name).where(User.id.in_(ids)))}


def shut_out_of(complaint: Complaint) -> Sequence[User]:
    """The staff and reviewers who have a conflict with this file, by name."""
    shut_out = select(Conflict.person_id).where(Conflict.complaint_id == complaint.id)
    return session().scalars(select(User).where(User.id.in_(shut_out)).order_by(User.name, User.id)).all()


def identities_of(complaint: Complaint) -> dict[uuid.UUID, PartyIdentity]:
    """Who the people of a file are, by their part in it; asked only where that is the purpose."""
    wanted = select(PartyIdentity).join(PartyIdentity.party).where(Party.complaint_id == complaint.id)
    return {identity.party_id: identity for identity in session().scalars(wanted)}
