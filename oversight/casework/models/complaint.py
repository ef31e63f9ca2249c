"""The file itself, the incident that groups several, its history, and how its number is taken."""

import uuid
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, ForeignKey, Index, LargeBinary, String, and_, or_, text
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column, relationship
from sqlalchemy.orm.attributes import flag_modified

from oversight.kit.db import Base, new_id
from oversight.kit.seal import SealedJson, SealedText

if TYPE_CHECKING:
    from oversight.casework.models.allegation import Allegation, Hold
    from oversight.casework.models.clock import Clock
    from oversight.casework.models.message import Message
    from oversight.casework.models.outcome import Outcome
    from oversight.casework.models.party import Party, Reconsideration
    from oversight.casework.models.proposal import Proposal
    from oversight.casework.models.review import Conflict, ReviewCopy, Seat

NEVER = date(9999, 12, 31)
"""Stands for "no clock is running" where a column is sorted by, and so can't be empty."""

HAS_ENDED = "ended_as IS NOT NULL AND state = ended_as"
"""Complaint.has_ended, as an index is told of it."""
TO_SUMMARISE = f"{HAS_ENDED} AND (source IS NULL OR adopted_at IS NOT NULL) AND summary_begun_at IS NULL"
"""The files that this office has ended and not begun to summarise."""
NUMBER_LENGTH = 20
ADDED = "add_allegation"
"""What an event says that adds an allegation to a file."""


def folded(former_number: str) -> str:
    """A former number as it is looked up: without outer spaces, and whatever its case."""
    return former_number.strip().casefold()


def _folded_former_number(context: Any) -> str | None:
    former_number = context.get_current_parameters().get("former_number")
    return folded(former_number) if former_number else None


def _where(name: str, condition: str, *columns: str) -> Index:
    """An index that holds only the rows of one list, or of one count, and all that is asked of them there."""
    where = text(condition)
    return Index(name, *columns, sqlite_where=where, postgresql_where=where)


class Incident(Base):
    """One event about which several people may complain. Its title is the staff's, and names nobody."""

    __tablename__ = "incident"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    title: Mapped[str] = mapped_column(String(200))
    happened_on: Mapped[date | None]
    area: Mapped[str | None] = mapped_column(String(60))
    created_at: Mapped[datetime]
    created_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("users.id"))


class Complaint(Base):
    """One complaint file. `version` rises with any edit and is compared before every step."""

    __tablename__ = "complaint"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    number: Mapped[str] = mapped_column(String(NUMBER_LENGTH), unique=True)
    version: Mapped[int] = mapped_column(nullable=False)
    place: Mapped[str] = mapped_column(String(40))
    rulebook: Mapped[str] = mapped_column(String(40))
    state: Mapped[str] = mapped_column(String(40))
    origin: Mapped[str] = mapped_column(String(20), default="complaint")
    """complaint, own_motion, referral or notice: only the first needs someone who complained."""
    origin_basis_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    origin_basis = SealedText("origin_basis_sealed")
    channel: Mapped[str] = mapped_column(String(20), default="web")
    received_on: Mapped[date]
    entered_at: Mapped[datetime]
    entered_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("users.id"))
    updated_at: Mapped[datetime]
    language: Mapped[str] = mapped_column(String(5), default="en")
    source: Mapped[str | None] = mapped_column(String(40))
    """Which history a file was brought in from; None for a file that began here."""
    former_number: Mapped[str | None] = mapped_column(String(60))
    """What that office called it."""
    former_key: Mapped[str | None] = mapped_column(String(180), default=_folded_former_number)
    """The former number as it is looked up; a folded letter may become three."""
    adopted_at: Mapped[datetime | None]
    """When somebody here took up an imported file that is still open: its clocks run from then on."""

    level: Mapped[str | None] = mapped_column(String(20))
    caseworker_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("users.id"))
    investigator_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("users.id"))
    incident_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("incident.id"))

    happened_on: Mapped[date | None]
    happened_precision: Mapped[str] = mapped_column(String(10), default="unknown")
    """exact, about or unknown."""
    area: Mapped[str | None] = mapped_column(String(60))
    context: Mapped[str | None] = mapped_column(String(40))
    duty: Mapped[str | None] = mapped_column(String(10))
    bias_alleged: Mapped[str | None] = mapped_column(String(10))

    narrative_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    narrative = SealedText("narrative_sealed")
    answers_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    answers = SealedJson("answers_sealed")
    """Every answer of the form, by field name, as it was given."""
    blinding_reason_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    blinding_reason = SealedText("blinding_reason_sealed")
    result_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    result = SealedText("result_sealed")
    """What the complainant is told of the result, and why: shown to them privately."""

    next_due_on: Mapped[date] = mapped_column(default=NEVER)
    """The earliest day on which a running clock of this file runs out; kept by the clocks' actions."""
    ended_on: Mapped[date | None]
    ended_as: Mapped[str | None] = mapped_column(String(40))
    decided_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("users.id"))
    decision_approved_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("users.id"))
    departed: Mapped[bool] = mapped_column(default=False)
    departure_reasons_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    departure_reasons = SealedText("departure_reasons_sealed")
    reconsiderable_until: Mapped[date | None]
    summary_begun_at: Mapped[datetime | None]
    """When somebody began its outcome: those still without one are found here, not by looking for what is
    missing elsewhere."""
    retaliation_reported_at: Mapped[datetime | None]
    has_news: Mapped[bool] = mapped_column(default=False)
    """A party has written and nobody has read it yet."""

    incident: Mapped[Incident | None] = relationship()
    parties: Mapped[list["Party"]] = relationship(
        back_populates="complaint", order_by="[Party.kind, Party.ordinal]"
    )
    allegations: Mapped[list["Allegation"]] = relationship(
        back_populates="complaint", order_by="Allegation.ordinal"
    )
    holds: Mapped[list["Hold"]] = relationship(back_populates="complaint", order_by="Hold.started_on")
    clocks: Mapped[list["Clock"]] = relationship(back_populates="complaint", order_by="Clock.id")
    copies: Mapped[list["ReviewCopy"]] = relationship(back_populates="complaint", order_by="ReviewCopy.id")
    seats: Mapped[list["Seat"]] = relationship(back_populates="complaint", order_by="Seat.id")
    conflicts: Mapped[list["Conflict"]] = relationship(back_populates="complaint")
    proposals: Mapped[list["Proposal"]] = relationship(back_populates="complaint", order_by="Proposal.id")
    messages: Mapped[list["Message"]] = relationship(back_populates="complaint", order_by="Message.id")
    reconsiderations: Mapped[list["Reconsideration"]] = relationship(order_by="Reconsideration.id")
    outcome: Mapped["Outcome | None"] = relationship(back_populates="complaint")

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        Index(None, "next_due_on", "id"),
        Index(None, "state", "next_due_on", "id"),
        Index(None, "caseworker_id", "next_due_on", "id"),
        Index(None, "investigator_id", "next_due_on", "id"),
        Index(None, "has_news", "next_due_on", "id"),
        Index(None, "incident_id", "next_due_on", "id"),
        # Where the files of a period came from is asked for each of its tables, and answered from here.
        Index(None, "received_on", "id", "source", "rulebook"),
        Index(None, "source", "former_number", unique=True),
        Index(None, "former_key", "id"),
        # A history of many years is nearly all ended: whoever lists what is open does not read past it.
        _where("ix_complaint_open", f"NOT ({HAS_ENDED})", "next_due_on", "id"),
        _where("ix_complaint_ended", HAS_ENDED, "next_due_on", "id"),
        _where("ix_complaint_to_summarise", TO_SUMMARISE, "ended_on", "id"),
        # What was closed in a period, and how long it took.
        _where(
            "ix_complaint_closed",
            "ended_as IS NOT NULL",
            *("ended_on", "received_on", "state", "ended_as", "source", "rulebook"),
        ),
    )

    @property
    def subject(self) -> str:
        """How the ledger and the outbox name this file."""
        return f"file:{self.id}"

    @hybrid_property
    def has_ended(self) -> bool:
        """Whether it stands in an ending. An imported file may have ended on a day nobody wrote down."""
        return self.ended_as is not None and self.state == self.ended_as

    @has_ended.inplace.expression
    @classmethod
    def _has_ended_in_sql(cls) -> ColumnElement[bool]:
        return and_(cls.ended_as.is_not(None), cls.state == cls.ended_as)

    @hybrid_property
    def waits_for_adoption(self) -> bool:
        """Whether it was brought in open, and nobody has taken it up yet. No clock of such a file runs."""
        return self.source is not None and self.adopted_at is None and self.ended_as is None

    @waits_for_adoption.inplace.expression
    @classmethod
    def _waits_for_adoption_in_sql(cls) -> ColumnElement[bool]:
        return and_(cls.source.is_not(None), cls.adopted_at.is_(None), cls.ended_as.is_(None))

    @hybrid_property
    def is_ours(self) -> bool:
        """Whether this office answers for it: it began here, or was taken up here."""
        return self.source is None or self.adopted_at is not None

    @is_ours.inplace.expression
    @classmethod
    def _is_ours_in_sql(cls) -> ColumnElement[bool]:
        return or_(cls.source.is_(None), cls.adopted_at.is_not(None))

    @property
    def open_reconsideration(self) -> "Reconsideration | None":
        """The request now being looked at, if any."""
        return next((each for each in self.reconsiderations if each.ended_at is None), None)

    def touch(self, at: datetime) -> None:
        """Mark this file as changed, so that its version rises and a stale page is noticed."""
        self.updated_at = at
        flag_modified(self, "updated_at")


class FileEvent(Base):
    """One line of a file's history as its staff read it. What was typed lies sealed in `details`."""

    __tablename__ = "file_event"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    complaint_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("complaint.id"))
    at: Mapped[datetime]
    kind: Mapped[str] = mapped_column(String(40))
    """filed, step, proposed, declined, edit, message, uncovered, deadline, outcome."""
    what: Mapped[str] = mapped_column(String(60))
    """The step's name, or the edit's; of an outcome, its step, also "open", "proposed.…" and "declined.…"."""
    actor_kind: Mapped[str] = mapped_column(String(10))
    actor_id: Mapped[uuid.UUID | None]
    from_state: Mapped[str | None] = mapped_column(String(40))
    to_state: Mapped[str | None] = mapped_column(String(40))
    details_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    details = SealedJson("details_sealed")

    __table_args__ = (
        Index(None, "complaint_id", "id"),
        # One event in five moves its file; where files stood on a day is read from these alone.
        _where(
            "ix_file_event_moves",
            "to_state IS NOT NULL",
            *("complaint_id", "id", "at", "from_state", "to_state"),
        ),
        _where("ix_file_event_added", f"what = '{ADDED}'", "complaint_id", "at"),
    )


class FileCounter(Base):
    """The last number given in a year. Taken in the filing's transaction, so numbers have no gaps."""

    __tablename__ = "file_counter"

    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last: Mapped[int]


class Submission(Base):
    """A form that was sent: the same key brings the same answer, so a double click makes one file."""

    __tablename__ = "submission"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    form_key: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    digest: Mapped[bytes] = mapped_column(LargeBinary(32))
    complaint_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("complaint.id"))
    party_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("party.id"))
    receipt_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    receipt = SealedText("receipt_sealed")
    """The receipt code, kept only while the person may still be looking at the page that shows it."""
    at: Mapped[datetime] = mapped_column(index=True)

    complaint: Mapped[Complaint] = relationship()
    party: Mapped["Party | None"] = relationship()
    """Whoever the receipt is for; nobody where nobody complained."""
