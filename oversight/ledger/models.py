"""The ledger's tables. Triggers (see the first migration) keep what is written; only words may ever go."""

import json
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from oversight.kit.db import Base


class Entry(Base):
    """A link of the chain. All of it is public; hashes are SHA-256 in hexadecimal."""

    __tablename__ = "ledger_entry"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    previous_hash: Mapped[str] = mapped_column(String(64))
    commitment: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))

    words: Mapped["Words | None"] = relationship(viewonly=True)
    destruction: Mapped["Destruction | None"] = relationship(
        viewonly=True, foreign_keys="Destruction.words_number"
    )


class Words(Base):
    """What an entry says. It never changes, and goes only when a later entry says that it was destroyed."""

    __tablename__ = "ledger_words"
    __table_args__ = (
        Index(None, "subject", "number"),
        Index(None, "kind", "number"),
        Index(None, "actor", "number"),
    )

    number: Mapped[int] = mapped_column(ForeignKey(Entry.number), primary_key=True, autoincrement=False)
    salt: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime]
    kind: Mapped[str] = mapped_column(String(60))
    actor: Mapped[str] = mapped_column(String(60))
    subject: Mapped[str] = mapped_column(String(80))
    details: Mapped[str] = mapped_column(Text)

    @property
    def facts(self) -> dict[str, Any]:
        """The details, read."""
        facts: dict[str, Any] = json.loads(self.details)
        return facts


class Destruction(Base):
    """Which entry records that the words of which other were destroyed."""

    __tablename__ = "ledger_destruction"

    words_number: Mapped[int] = mapped_column(ForeignKey(Entry.number), primary_key=True, autoincrement=False)
    entry_number: Mapped[int] = mapped_column(ForeignKey(Entry.number))


class Head(Base):
    """The end of the chain, in one row that every writer locks: numbers have no gaps, not even in a crash."""

    __tablename__ = "ledger_head"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int]
    hash: Mapped[str] = mapped_column(String(64))
