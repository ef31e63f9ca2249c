"""A step that waits for its second person. Its form's answers are kept sealed until then."""

import uuid
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from oversight.kit.db import Base, new_id
from oversight.kit.seal import SealedJson

if TYPE_CHECKING:
    from oversight.casework.models.complaint import Complaint


class Proposal(Base):
    """One proposed step. The proposer can't be the one who approves it."""

    __tablename__ = "proposal"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    complaint_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("complaint.id"))
    workflow: Mapped[str] = mapped_column(String(10), default="file")
    step: Mapped[str] = mapped_column(String(60))
    answers_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    answers = SealedJson("answers_sealed")
    from_state: Mapped[str] = mapped_column(String(40))
    proposed_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("users.id"))
    proposed_at: Mapped[datetime]
    status: Mapped[str] = mapped_column(String(10), default="waiting")
    """waiting, approved, declined or lapsed."""
    decided_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("users.id"))
    decided_at: Mapped[datetime | None]

    complaint: Mapped["Complaint"] = relationship(back_populates="proposals")

    __table_args__ = (Index(None, "complaint_id", "status"), Index(None, "status", "id"))
