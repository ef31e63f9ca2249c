"""The table of notices: what was to be sent, and what came of it."""

import uuid
from datetime import datetime

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from oversight.kit.db import Base, new_id
from oversight.kit.seal import SealedText


class StoredNotice(Base):
    """A notice, sealed. It waits while `next_try_at` is set: sent, or given up, it has none.

    Whoever tries to send it first moves `next_try_at` on and counts the attempt; no other may try until
    then.
    """

    __tablename__ = "outbox_notice"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    kind: Mapped[str] = mapped_column(String(60))
    to_sealed: Mapped[bytes]
    subject_sealed: Mapped[bytes]
    body_sealed: Mapped[bytes]
    language: Mapped[str] = mapped_column(String(8))
    about: Mapped[str] = mapped_column(String(80), index=True)
    key: Mapped[str | None] = mapped_column(String(120), unique=True)
    created_at: Mapped[datetime]
    next_try_at: Mapped[datetime | None] = mapped_column(index=True)
    attempts: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[datetime | None]
    sent_by: Mapped[str | None] = mapped_column(String(20))
    last_error: Mapped[str | None] = mapped_column(String(40))

    to = SealedText("to_sealed", required=True)
    subject = SealedText("subject_sealed", required=True)
    body = SealedText("body_sealed", required=True)

    __table_args__ = (
        # How long the oldest has waited is asked every few seconds, and longest in an outage, when all wait.
        Index(
            "ix_outbox_notice_waiting",
            "created_at",
            sqlite_where=next_try_at.is_not(None),
            postgresql_where=next_try_at.is_not(None),
        ),
    )
