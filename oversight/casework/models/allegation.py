"""Allegations, each with its own ending, and the holds that keep them or a whole file waiting."""

import uuid
from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from oversight.casework.models.party import Party
from oversight.kit.db import Base, new_id
from oversight.kit.seal import SealedText

if TYPE_CHECKING:
    from oversight.casework.models.complaint import Complaint


class Allegation(Base):
    """One thing alleged, of one subject. `status` is its own ending; the file ends when none is open."""

    __tablename__ = "allegation"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    complaint_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("complaint.id"))
    ordinal: Mapped[int]
    code: Mapped[str | None] = mapped_column(String(60))
    subject_kind: Mapped[str] = mapped_column(String(20))
    subject_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("party.id"))
    duty: Mapped[str] = mapped_column(String(10), default="unknown")
    context: Mapped[str | None] = mapped_column(String(40))
    camera: Mapped[str] = mapped_column(String(10), default="unknown")
    bias_kinds: Mapped[list[str]] = mapped_column(JSON, default=list)
    level: Mapped[str | None] = mapped_column(String(20))

    status: Mapped[str] = mapped_column(String(20), default="open")
    ended_on: Mapped[date | None]
    ground: Mapped[str | None] = mapped_column(String(60))
    referred_to: Mapped[str | None] = mapped_column(String(60))
    finding: Mapped[str | None] = mapped_column(String(60))
    finding_reasons_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    finding_reasons = SealedText("finding_reasons_sealed")
    corrective_recommended: Mapped[str | None] = mapped_column(String(60))
    corrective_imposed: Mapped[str | None] = mapped_column(String(60))

    own_code: Mapped[str | None] = mapped_column(String(200))
    own_finding: Mapped[str | None] = mapped_column(String(200))
    own_corrective: Mapped[str | None] = mapped_column(String(200))
    """The words of the office an imported file comes from, beside ours."""

    complaint: Mapped["Complaint"] = relationship(back_populates="allegations")
    subject: Mapped[Party | None] = relationship()

    __table_args__ = (Index(None, "complaint_id"), Index(None, "subject_id"))


class Hold(Base):
    """A stretch of waiting: the whole file, or the allegations in `held`. Clocks pause for the whole file."""

    __tablename__ = "hold"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    complaint_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("complaint.id"), index=True)
    scope: Mapped[str] = mapped_column(String(12))
    """file or allegations."""
    reason: Mapped[str] = mapped_column(String(40))
    authority_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    authority = SealedText("authority_sealed")
    started_on: Mapped[date]
    review_on: Mapped[date | None]
    placed_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("users.id"))
    approved_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("users.id"))
    resumed_on: Mapped[date | None]
    resumed_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("users.id"))
    resumed_at: Mapped[datetime | None]
    resumption_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    resumption = SealedText("resumption_sealed")

    complaint: Mapped["Complaint"] = relationship(back_populates="holds")
    held: Mapped[list["HeldAllegation"]] = relationship(back_populates="hold")

    @property
    def is_open(self) -> bool:
        """Whether it still keeps something waiting."""
        return self.resumed_on is None

    @property
    def allegation_ids(self) -> frozenset[uuid.UUID]:
        """The allegations it keeps waiting, where its scope is not the file."""
        return frozenset(each.allegation_id for each in self.held)


class HeldAllegation(Base):
    """One allegation that a hold keeps waiting."""

    __tablename__ = "held_allegation"

    hold_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("hold.id"), primary_key=True)
    allegation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("allegation.id"), primary_key=True)

    hold: Mapped[Hold] = relationship(back_populates="held")
