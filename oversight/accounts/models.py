"""People, the roles granted to them, grants that wait for a second person, and sign-in lock-outs.

No complainant is here: a party proves who they are with a receipt and has no account.
"""

import secrets
import uuid
from datetime import datetime
from enum import StrEnum

from flask_security import UserMixin
from flask_security.utils import verify_password
from sqlalchemy import ForeignKey, Index, LargeBinary, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from oversight.accounts.passwords import LONGEST
from oversight.kit.db import Base
from oversight.ledger import Actor
from oversight.rules.roles import Can, Role, powers_of


def new_uniquifier() -> str:
    """A fresh name for someone's open sessions; 128 random bits."""
    return secrets.token_hex(16)


class RequestStatus(StrEnum):
    """Where a proposed grant stands."""

    WAITING = "waiting"
    APPROVED = "approved"
    DECLINED = "declined"


class User(Base, UserMixin):
    """A person who signs in. `email` is kept in lower case; `fs_uniquifier` names their open sessions."""

    __tablename__ = "users"

    # The mixin declares plain types for Flask-Security's own reading; ours are mapped columns.
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)  # type: ignore[assignment]
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    language: Mapped[str] = mapped_column(String(8), default="en")
    password: Mapped[str | None] = mapped_column(String(255))
    active: Mapped[bool] = mapped_column(default=True)
    fs_uniquifier: Mapped[str] = mapped_column(String(64), unique=True, default=new_uniquifier)
    created_at: Mapped[datetime]

    held: Mapped[list["UserRole"]] = relationship(
        primaryjoin="and_(User.id == UserRole.user_id, UserRole.removed_at.is_(None))",
        lazy="selectin",
        order_by="UserRole.role",
        viewonly=True,
    )

    def end_sessions(self) -> None:
        """Make every session and every one-time link of this person worthless, from the next request on."""
        self.fs_uniquifier = new_uniquifier()

    @property
    def roles(self) -> list["UserRole"]:  # type: ignore[override]
        """The rows of the roles held now, as Flask-Security reads them."""
        return self.held

    @property
    def role_set(self) -> frozenset[Role]:
        """The roles held now."""
        return frozenset(Role(row.role) for row in self.held)

    def can(self, power: Can) -> bool:
        """Whether any role held now gives this power."""
        return power in powers_of(self.role_set)

    @property
    def actor(self) -> Actor:
        """This person as the ledger names them."""
        return Actor("person", self.id)

    def verify_and_update_password(self, password: str) -> bool:
        """Whether the password is right. The hash is renewed when it is next changed, never at sign-in,
        where nothing about the person is written."""
        # Nobody's password is longer, and the hashing refuses to look at one without end.
        if self.password is None or len(password) > LONGEST:
            return False
        return bool(verify_password(password, self.password))


class UserRole(Base):
    """A role someone holds or held. Rows are ended, not deleted."""

    __tablename__ = "user_role"
    __table_args__ = (
        Index(
            "ix_user_role_held_once",
            "user_id",
            "role",
            unique=True,
            sqlite_where=text("removed_at IS NULL"),
            postgresql_where=text("removed_at IS NULL"),
        ),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("users.id"))
    role: Mapped[str] = mapped_column(String(32))
    granted_at: Mapped[datetime]
    granted_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("users.id"))
    approved_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("users.id"))
    removed_at: Mapped[datetime | None]
    removed_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("users.id"))

    @property
    def name(self) -> str:
        """The role's code, by the name under which Flask-Security looks for it."""
        return self.role

    def get_permissions(self) -> set[str]:
        """Nothing: powers come from the rulebook, by `User.can`. Flask-Security asks at each sign-in."""
        return set()


class RoleRequest(Base):
    """A grant that one person proposed and another must decide on."""

    __tablename__ = "role_request"
    __table_args__ = (
        Index(
            "ix_role_request_waiting_once",
            "user_id",
            "role",
            unique=True,
            sqlite_where=text("status = 'waiting'"),
            postgresql_where=text("status = 'waiting'"),
        ),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("users.id"))
    role: Mapped[str] = mapped_column(String(32))
    status: Mapped[str] = mapped_column(String(16), default=RequestStatus.WAITING)
    requested_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("users.id"))
    requested_at: Mapped[datetime]
    decided_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("users.id"))
    decided_at: Mapped[datetime | None]

    person: Mapped[User] = relationship(foreign_keys=[user_id], lazy="joined")
    proposer: Mapped[User] = relationship(foreign_keys=[requested_by], lazy="joined")


class SignInLock(Base):
    """Attempts to sign in with one address, known here or not, so that both are answered alike.

    The address is kept as a blind index: someone may type another person's by mistake.
    """

    __tablename__ = "sign_in_lock"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    address_index: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    attempts: Mapped[int] = mapped_column(default=0)
    lockouts: Mapped[int] = mapped_column(default=0)
    last_attempt_at: Mapped[datetime] = mapped_column(index=True)
    locked_until: Mapped[datetime | None]
