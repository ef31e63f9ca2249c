"""The people of a file. Who they are lies sealed in a table of its own, apart from their part in it."""

import uuid
from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from oversight.kit.db import Base, new_id
from oversight.kit.seal import SealedJson, SealedText

if TYPE_CHECKING:
    from oversight.casework.models.complaint import Complaint


class Party(Base):
    """One person's part in a file, without who they are: receipt, language, telling, hearing, withdrawal."""

    __tablename__ = "party"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    complaint_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("complaint.id"))
    kind: Mapped[str] = mapped_column(String(20))
    """complainant, affected_person, witness, subject, representative."""
    ordinal: Mapped[int]
    """Counts within the kind: Complainant 1, Officer A."""
    anonymous: Mapped[bool] = mapped_column(default=False)
    relation: Mapped[str | None] = mapped_column(String(20))
    represents_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("party.id"))
    language: Mapped[str] = mapped_column(String(5), default="en")
    consent_to_mail: Mapped[bool] = mapped_column(default=False)
    has_email: Mapped[bool] = mapped_column(default=False)
    has_other_contact: Mapped[bool] = mapped_column(default=False)

    receipt_hash: Mapped[bytes | None] = mapped_column(LargeBinary(32), unique=True)
    receipt_issued_at: Mapped[datetime | None]

    subject_kind: Mapped[str | None] = mapped_column(String(20))
    """For a subject: one of rules.findings.Subject."""
    known_as: Mapped[bytes | None] = mapped_column(LargeBinary(32), index=True)
    """For an officer an export knows by a number: its blind index, equal in every file about that officer."""
    told_on: Mapped[date | None]
    deferred_until: Mapped[date | None]
    heard_on: Mapped[date | None]
    heard_as: Mapped[str | None] = mapped_column(String(10))
    """response, lapsed or reason."""
    response_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    response = SealedText("response_sealed")

    withdrew_at: Mapped[datetime | None]
    withdrawal_decided_at: Mapped[datetime | None]
    withdrawal_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    withdrawal = SealedJson("withdrawal_sealed")
    """Their reason, and what they said privately about being pressed."""

    complaint: Mapped["Complaint"] = relationship(back_populates="parties")
    identity: Mapped["PartyIdentity | None"] = relationship(back_populates="party")

    __table_args__ = (Index(None, "complaint_id"),)

    @property
    def can_be_mailed(self) -> bool:
        """Whether they gave an address and agreed to be written to."""
        return self.has_email and self.consent_to_mail

    @property
    def is_reachable(self) -> bool:
        """Whether anyone could reach them at all."""
        return self.can_be_mailed or self.has_other_contact

    @property
    def withdrawal_is_undecided(self) -> bool:
        """Whether they asked to withdraw and nobody has decided yet."""
        return self.withdrew_at is not None and self.withdrawal_decided_at is None


class PartyIdentity(Base):
    """Who a party is and how to reach them, all of it sealed. Opened only where that is the purpose."""

    __tablename__ = "party_identity"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    party_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("party.id"), unique=True)
    name_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    name = SealedText("name_sealed")
    email_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    email = SealedText("email_sealed")
    phone_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    phone = SealedText("phone_sealed")
    address_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    address = SealedText("address_sealed")
    safe_contact_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    safe_contact = SealedText("safe_contact_sealed")
    support_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    support = SealedText("support_sealed")
    badge_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    badge = SealedText("badge_sealed")
    description_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    description = SealedText("description_sealed")
    authority_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    authority = SealedText("authority_sealed")
    """A representative's, lawyer's or union's authority to act."""

    party: Mapped[Party] = relationship(back_populates="identity")


IDENTITY_FIELDS: tuple[str, ...] = (
    "name",
    "email",
    "phone",
    "address",
    "safe_contact",
    "support",
    "badge",
    "description",
    "authority",
)


class Reconsideration(Base):
    """One party's request that an ended file be looked at again."""

    __tablename__ = "reconsideration"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    complaint_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("complaint.id"), index=True)
    party_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("party.id"))
    asked_at: Mapped[datetime]
    was_late: Mapped[bool] = mapped_column(default=False)
    reasons_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    reasons = SealedJson("reasons_sealed")
    from_ending: Mapped[str] = mapped_column(String(40))
    ended_at: Mapped[datetime | None]
    ended_as: Mapped[str | None] = mapped_column(String(10))
    """confirmed or reopened."""

    def reopened_after(self, at: datetime) -> bool:
        """Whether this request opened the file again later than `at`."""
        return self.ended_as == "reopened" and self.ended_at is not None and self.ended_at > at


class SelfIdentificationRecord(Base):
    """What a person chose to say of themselves: voluntary, sealed, and apart from the file.

    Those who handle or decide a file never open this table; only figures read it.
    """

    __tablename__ = "self_identification"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    party_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("party.id"), unique=True)
    standard: Mapped[str] = mapped_column(String(120))
    answers_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    answers = SealedJson("answers_sealed")
    on: Mapped[date]
