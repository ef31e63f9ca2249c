"""Editions of the transparency report, and their PDFs."""

import uuid
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship
from sqlalchemy.orm.attributes import flag_modified

from oversight.kit.db import Base, new_id
from oversight.kit.seal import SealedJson


class EditionState(StrEnum):
    """Where an edition stands. What is refused or discarded was never public."""

    BUILDING = "building"
    READY = "ready"
    ISSUED = "issued"
    REFUSED = "refused"


IN_WORK = text("state IN ('building', 'ready')")
ISSUED = text("state = 'issued'")


class Edition(Base):
    """One edition for one period. Once it is ready, what it says never changes; once issued, nothing does."""

    __tablename__ = "edition"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    version: Mapped[int] = mapped_column(nullable=False)
    place: Mapped[str] = mapped_column(String(40))
    period: Mapped[str] = mapped_column(String(10))
    number: Mapped[int]
    """1 for the first edition of the period; each correction is one more."""
    state: Mapped[str] = mapped_column(String(12))
    progress: Mapped[int] = mapped_column(default=0)
    """How far its building is, from 0 to 100."""
    problem: Mapped[dict[str, str] | None] = mapped_column(JSON)
    """Why it was refused, by language."""
    message: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    """A message from the director, by language, and under "by" the name that signs it; empty for none."""
    changes: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    """What a correction changes and why, by language; empty in a first edition."""
    demo: Mapped[bool]
    paper: Mapped[str] = mapped_column(String(10))
    content: Mapped[dict[str, Any] | None] = mapped_column(JSON, deferred=True)
    """The document, as `reports.document` describes it: all that is ever printed or shown of this edition."""
    content_sha256: Mapped[str | None] = mapped_column(String(64))
    releases_sealed: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    releases = SealedJson("releases_sealed")
    """What its tables say to whoever reckons, with the limits of hidden numbers: the office's alone."""
    attacked_with: Mapped[list[str]] = mapped_column(JSON, default=list)
    """The ids of the issued editions that it was attacked together with."""
    proposed_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("users.id"))
    proposed_at: Mapped[datetime]
    begun_at: Mapped[datetime | None]
    worked_at: Mapped[datetime | None]
    """The last sign of life of whoever builds it; a build without one for a while is taken up again."""
    approved_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("users.id"))
    issued_at: Mapped[datetime | None]

    pdfs: Mapped[list["EditionPdf"]] = relationship(back_populates="edition", order_by="EditionPdf.lang")

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        Index(
            "ix_edition_in_work",
            "place",
            "period",
            unique=True,
            sqlite_where=IN_WORK,
            postgresql_where=IN_WORK,
        ),
        Index(
            "ix_edition_issued",
            "place",
            "period",
            "number",
            unique=True,
            sqlite_where=ISSUED,
            postgresql_where=ISSUED,
        ),
        Index(None, "state", "issued_at", "id"),
    )

    @property
    def subject(self) -> str:
        """How the ledger names this edition."""
        return f"edition:{self.id}"

    @property
    def is_correction(self) -> bool:
        """Whether an earlier edition of the same period was issued."""
        return self.number > 1

    def touch(self, at: datetime) -> None:
        """Mark this edition as changed, so that its version rises."""
        self.worked_at = at
        flag_modified(self, "worked_at")


class EditionPdf(Base):
    """One edition on paper, in one language: these very bytes are what was approved and is handed out."""

    __tablename__ = "edition_pdf"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    edition_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("edition.id"))
    lang: Mapped[str] = mapped_column(String(5))
    body: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    sha256: Mapped[str] = mapped_column(String(64))

    edition: Mapped[Edition] = relationship(back_populates="pdfs")

    __table_args__ = (Index(None, "edition_id", "lang", unique=True),)
