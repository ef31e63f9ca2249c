"""What a community reviewer sees: their seats, and the files behind them while no conflict shuts them out."""

from sqlalchemy import Select, exists, select
from sqlalchemy.orm import contains_eager, selectinload

from oversight.accounts.models import User
from oversight.casework.models import Complaint, Conflict, Seat
from oversight.kit.db import session
from oversight.kit.paging import Page, keyset_page


def seats_of(person: User, after: str | None = None) -> Page[Seat]:
    """The panels a reviewer sits on now, the oldest draw first."""
    return keyset_page(_open_seats(person), (Seat.id,), after)


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


def _open_seats(person: User) -> Select[Seat]:
    shut_out = exists().where(Conflict.complaint_id == Complaint.id, Conflict.person_id == person.id)
    return (
        select(Seat)
        .join(Seat.complaint)
        .options(contains_eager(Seat.complaint))
        .where(Seat.person_id == person.id, Seat.status == "seated", ~shut_out)
    )
