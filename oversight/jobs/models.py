"""One row that says when the rounds were last made, whichever process of the office makes them."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from oversight.kit.db import Base


class Rounds(Base):
    """What all the rounds so far came to. The migration that made the table put its only row, 1, into it."""

    __tablename__ = "jobs_rounds"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    made: Mapped[int] = mapped_column(default=0)
    last_ended_at: Mapped[datetime | None]
    notices_given_up: Mapped[int] = mapped_column(default=0)
