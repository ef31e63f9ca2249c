"""What a community reviewer sees: their seats, and the files behind them while no conflict shuts them out."""

from collections.abc import Sequence

from sqlalchemy import Select, and_, exists, select
from sqlalchemy.orm import contains_eager, selectinload

from oversight.accounts.models import User
from oversight.casework.models import Complaint, Conflict, FileEvent, Seat
from oversight.kit.db import session
from oversight.kit.paging import Page, keyset_page

WAITS_FOR_THE_SEAT = and_(Complaint.state == "civilian_review", Seat.submitted_at.is_(None))


def seats_that_wait_for(person: User, after: str | None = None) -> Page[Seat]:
    """Seats whose reviewer has to declare or to find, the oldest draw first."""
    return keyset_page(_open_seats(person).where(WAITS_FOR_THE_SEAT), (Seat.id,), after)


def seats_done_by(person: User, after: str | None = None) -> Page[Seat]:
    """Seats whose file is with somebody else now: findings submitted, or more asked for; the newest first."""
    return keyset_page(_open_seats(person).where(~WAITS_FOR_THE_SEAT), (Seat.id.desc(),), after)


def seat_for(person: User, number: str) -> Seat | None:
    """A reviewer's seat on one file, or None where they have none or a conflict shuts them out."""
    wanted = _open_seats(person).where(Complaint.number == number)
    whole = contains_eager(Seat.complaint)
    return (
        session()
        .scalars(
            wanted.options(
                whole.selectinload(Complaint.copies),
                whole.selectinload(Complaint.allegations),
                whole.selectinload(Complaint.seats).selectinload(Seat.findings),
                whole.selectinload(Complaint.parties),
                whole.selectinload(Complaint.holds),
                selectinload(Seat.findings),
            )
        )
        .one_or_none()
    )


def was_released_from(person: User, number: str) -> bool:
    """Whether the office took a file back from a panel that this reviewer sat on."""
    seats = _seats(person, "released").where(Complaint.number == number)
    return session().scalars(seats.limit(1)).first() is not None


def said_to_the_panel(complaint: Complaint) -> Sequence[FileEvent]:
    """What this panel asked for, and why a file came back to it, the newest first."""
    drawn = min((seat.drawn_at for seat in complaint.seats if seat.is_active), default=None)
    if drawn is None:
        return []
    said = select(FileEvent).where(
        FileEvent.complaint_id == complaint.id,
        FileEvent.kind == "step",
        FileEvent.what.in_(("return_to_the_panel", "ask_for_more")),
        FileEvent.at >= drawn,
    )
    return session().scalars(said.order_by(FileEvent.id.desc()).limit(20)).all()


def _open_seats(person: User) -> Select[Seat]:
    return _seats(person, "seated")


def _seats(person: User, status: str) -> Select[Seat]:
    shut_out = exists().where(Conflict.complaint_id == Complaint.id, Conflict.person_id == person.id)
    return (
        select(Seat)
        .join(Seat.complaint)
        .options(contains_eager(Seat.complaint))
        .where(Seat.person_id == person.id, Seat.status == status, ~shut_out)
    )
