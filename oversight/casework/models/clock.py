"""Running deadlines, and the calendar they were counted on."""

import uuid
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from oversight.kit.db import Base, new_id

if TYPE_CHECKING:
    from oversight.casework.models.complaint import Complaint


class Clock(Base):
    """One deadline of one file. Its due day is stored with its explanation when it starts, and stays."""

    __tablename__ = "clock"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    complaint_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("complaint.id"))
    deadline: Mapped[str] = mapped_column(String(40))
    started_on: Mapped[date]
    due_on: Mapped[date | None]
    """The last day; while the clock stands still, the earliest it can be."""
    rule: Mapped[dict[str, Any]] = mapped_column(JSON)
    """The deadline as it was when the clock started: a later rule never moves an open file by itself."""
    explanation: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    """The reasons of rules.deadlines, as JSON, in order."""
    pauses: Mapped[list[list[str | None]]] = mapped_column(JSON, default=list)
    """[from, until, why]: ISO dates and marked words; the last `until` is null while it stands still."""
    delays: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list, server_default="[]")
    """Each reason given for a delay, in order: `on` (an ISO date), `reason` (a code of the rulebook), `by`
    (whose role) and `days` (how much more time it came with; null where it says why the day went by)."""
    paused_on: Mapped[date | None]
    stopped_on: Mapped[date | None]
    passed_at: Mapped[datetime | None]
    """When the office's clockwork noticed that the due day had gone by; set once."""

    complaint: Mapped["Complaint"] = relationship(back_populates="clocks")

    __table_args__ = (
        # The later clocks of a file, by what they are for: whether one followed another.
        Index(None, "complaint_id", "deadline", "started_on", "id"),
        Index(None, "stopped_on", "passed_at", "due_on"),
        # What fell due in a period, and whether it was kept.
        Index(None, "due_on", "deadline", "stopped_on", "complaint_id", "id"),
    )

    @property
    def is_running(self) -> bool:
        """Whether it still counts: neither stopped nor paused."""
        return self.stopped_on is None and self.paused_on is None

    def has_passed(self, on: date) -> bool:
        """Whether it is open and its last day has gone by; what stands still goes by no day."""
        if self.stopped_on is not None or self.due_on is None:
            return False
        return self.due_on < (self.paused_on or on)

    def delay_by(self, on: date) -> dict[str, Any] | None:
        """The newest of its delays that were given until that day, that day included."""
        said = [delay for delay in self.delays if delay["on"] <= on.isoformat()]
        return said[-1] if said else None


class CalendarDay(Base):
    """A day on which the office counts differently. Snapshotted at `init`, then the office's to edit."""

    __tablename__ = "calendar_day"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    calendar: Mapped[str] = mapped_column(String(20))
    on: Mapped[date]
    kind: Mapped[str] = mapped_column(String(12))
    """statutory (a holiday by law), office (closed), or optional (named, counts for nothing)."""
    name_en: Mapped[str] = mapped_column(String(120))
    name_fr: Mapped[str] = mapped_column(String(120))

    __table_args__ = (Index(None, "calendar", "on", "kind", unique=True),)
