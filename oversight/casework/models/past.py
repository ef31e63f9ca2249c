"""What is kept of a file that came from another system, beside the file itself."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from oversight.kit.db import Base, new_id
from oversight.kit.seal import SealedJson


class ImportBatch(Base):
    """One export brought in. It begins with the first files and is finished with the last, maybe later."""

    __tablename__ = "import_batch"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    source: Mapped[str] = mapped_column(String(40))
    title: Mapped[str] = mapped_column(String(200))
    mapping_digest: Mapped[str] = mapped_column(String(64))
    inputs: Mapped[dict[str, str]] = mapped_column(JSON)
    """File name → SHA-256 of its bytes, hex."""
    begun_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    counts: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)

    __table_args__ = (Index(None, "source", "id"),)


class ImportedFile(Base):
    """Where a file came from, the office's own words about it, and what is odd about it."""

    __tablename__ = "imported_file"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    complaint_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("complaint.id"), unique=True)
    batch_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("import_batch.id"), index=True)
    digest: Mapped[bytes] = mapped_column(LargeBinary(32))
    """Of the rows it was drawn from: another export of the same rows changes nothing."""
    flags: Mapped[list[str]] = mapped_column(JSON, default=list)
    words_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    words = SealedJson("words_sealed")


class RecordedDemographics(Base):
    """What an export says of a person's race, gender and age, with how it was known.

    It is kept as self-identification is: sealed, apart from the file, read by figures alone. The two are
    never merged, for they do not measure the same thing.
    """

    __tablename__ = "recorded_demographics"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    party_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("party.id"), unique=True)
    race_source: Mapped[str] = mapped_column(String(20))
    answers_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    answers = SealedJson("answers_sealed")
    """race_words, race_codes (lists), gender, age."""
