"""What parties and the office write to each other. Sealed; an e-mail only says that it is there."""

import uuid
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from oversight.kit.db import Base, new_id
from oversight.kit.seal import SealedText

if TYPE_CHECKING:
    from oversight.casework.models.complaint import Complaint


class Message(Base):
    """One message. `kind`: addition, retaliation or to_party."""

    __tablename__ = "message"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    complaint_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("complaint.id"))
    party_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("party.id"))
    kind: Mapped[str] = mapped_column(String(20))
    body_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    body = SealedText("body_sealed")
    at: Mapped[datetime]
    written_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("users.id"))
    """The member of staff who wrote it, or nobody where the party did."""
    read_at: Mapped[datetime | None]

    complaint: Mapped["Complaint"] = relationship(back_populates="messages")

    __table_args__ = (Index(None, "complaint_id", "id"), Index(None, "party_id", "id"))
