"""Civilian review: the copies reviewers read, the seats of a panel, their findings, and conflicts."""

import uuid
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from oversight.kit.db import Base, new_id
from oversight.kit.seal import SealedText

if TYPE_CHECKING:
    from oversight.casework.models.complaint import Complaint


class ReviewCopy(Base):
    """What reviewers read instead of the original: roles stand in place of names."""

    __tablename__ = "review_copy"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    complaint_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("complaint.id"), index=True)
    title: Mapped[str] = mapped_column(String(120))
    text_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    text = SealedText("text_sealed")
    prepared_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("users.id"))
    prepared_at: Mapped[datetime]
    ready_at: Mapped[datetime | None]

    complaint: Mapped["Complaint"] = relationship(back_populates="copies")


class Seat(Base):
    """One person's place on a file's panel, as drawn. Left seats stay, so that the draw can be audited."""

    __tablename__ = "seat"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    complaint_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("complaint.id"))
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("users.id"))
    status: Mapped[str] = mapped_column(String(12), default="seated")
    """seated, substitute (held ready), recused (declared a conflict) or released."""
    drawn_at: Mapped[datetime]
    draw_seed: Mapped[str] = mapped_column(String(64))
    declared_at: Mapped[datetime | None]
    submitted_at: Mapped[datetime | None]

    complaint: Mapped["Complaint"] = relationship(back_populates="seats")
    findings: Mapped[list["PanelFinding"]] = relationship(back_populates="seat")

    __table_args__ = (Index(None, "complaint_id"), Index(None, "person_id", "status", "id"))

    @property
    def is_active(self) -> bool:
        """Whether this person sits on the panel now."""
        return self.status == "seated"


class PanelFinding(Base):
    """What one seat found of one allegation, and why."""

    __tablename__ = "panel_finding"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    seat_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("seat.id"))
    allegation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("allegation.id"))
    finding: Mapped[str] = mapped_column(String(60))
    reasons_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    reasons = SealedText("reasons_sealed")

    seat: Mapped[Seat] = relationship(back_populates="findings")

    __table_args__ = (Index(None, "seat_id", "allegation_id", unique=True),)


class Conflict(Base):
    """This person has nothing to do with this file: every query of theirs leaves it out."""

    __tablename__ = "conflict"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    complaint_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("complaint.id"))
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("users.id"))
    declared_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("users.id"))
    reason_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    reason = SealedText("reason_sealed")
    at: Mapped[datetime]

    complaint: Mapped["Complaint"] = relationship(back_populates="conflicts")

    __table_args__ = (Index(None, "person_id", "complaint_id", unique=True), Index(None, "complaint_id"))
