"""What figures compare with: populations, as an office was given them."""

import uuid
from datetime import datetime

from sqlalchemy import JSON, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from oversight.kit.db import Base, new_id


class Benchmark(Base):
    """A population by group, from a named source and its year. The one loaded last is in use."""

    __tablename__ = "benchmark"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    name: Mapped[str] = mapped_column(String(120))
    year: Mapped[int]
    figures: Mapped[dict[str, int]] = mapped_column(JSON)
    """The code of each group of the self-identification standard → how many people of it there are."""
    loaded_at: Mapped[datetime]

    __table_args__ = (Index(None, "loaded_at", "id"),)
