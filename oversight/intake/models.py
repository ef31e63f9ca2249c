"""What is written and not yet sent: sealed, short-lived, and open only to the browser that wrote it."""

import uuid
from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from oversight.kit.db import Base, new_id
from oversight.kit.seal import SealedJson


class Draft(Base):
    """The answers so far, by field name. Its id lies in the writer's sealed cookie, and is the form's key."""

    __tablename__ = "draft"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    touched_at: Mapped[datetime] = mapped_column(index=True)
    entered_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("users.id"))
    """The member of staff who writes down what they are told; nobody where the person writes it."""
    answers_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    answers = SealedJson("answers_sealed")
