"""The published summary of a file: its own reference, its own small machine, every version kept."""

import uuid
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship
from sqlalchemy.orm.attributes import flag_modified

from oversight.kit.db import Base, new_id
from oversight.kit.seal import SealedJson, SealedText

if TYPE_CHECKING:
    from oversight.casework.models.complaint import Complaint

SUMMARY_PARTS: tuple[str, ...] = ("title", "what_happened", "what_was_found", "what_was_done")
"""What an author writes, once in each language; the rest of an outcome comes from coded facts."""

NOT_YET_OUT = text("published_at IS NULL")


class Outcome(Base):
    """One outcome. `reference` is unlike the file's number, so that one does not betray the other."""

    __tablename__ = "outcome"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    complaint_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("complaint.id"), unique=True)
    reference: Mapped[str] = mapped_column(String(20), unique=True)
    version: Mapped[int] = mapped_column(nullable=False)
    state: Mapped[str] = mapped_column(String(20))
    draft_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    draft = SealedJson("draft_sealed")
    """Part and language → text, e.g. "title.en". A draft may still name people, so it is sealed."""
    author_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("users.id"))
    """Who wrote it last."""
    writer_ids: Mapped[list[str]] = mapped_column(JSON, default=list)
    """Everyone whose words are in it: none of them may approve it."""
    approved_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("users.id"))
    published_at: Mapped[datetime | None]
    updated_at: Mapped[datetime]
    published: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    """Exactly what the public reads: texts, coded facts and notes of corrections, as they were published."""

    complaint: Mapped["Complaint"] = relationship(back_populates="outcome")
    versions: Mapped[list["OutcomeVersion"]] = relationship(order_by="OutcomeVersion.id")

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        # What the public reads has one of two states, and one order: an index by state could not follow it.
        Index(None, "published_at", "reference"),
        Index(None, "state", "id"),
        Index("ix_outcome_in_work", "id", sqlite_where=NOT_YET_OUT, postgresql_where=NOT_YET_OUT),
    )

    @property
    def subject(self) -> str:
        """How the ledger names this outcome."""
        return f"outcome:{self.id}"

    def touch(self, at: datetime) -> None:
        """Mark this outcome as changed, so that its version rises."""
        self.updated_at = at
        flag_modified(self, "updated_at")


class OutcomeVersion(Base):
    """What was public from one moment on, kept when it is corrected or taken back."""

    __tablename__ = "outcome_version"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    outcome_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("outcome.id"), index=True)
    at: Mapped[datetime]
    by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("users.id"))
    published: Mapped[dict[str, Any]] = mapped_column(JSON)
    reason_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    reason = SealedText("reason_sealed")
