"""The panel as staff see it: its seats, and its findings once every seat has submitted them."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from oversight.casework.models import Complaint
from oversight.casework.queries.facts import active_seats
from oversight.casework.wording import allegation_name, label
from oversight.kit.i18n import local_day, t
from oversight.rules.jurisdictions import rulebook
from oversight.rules.words import N_

STATUSES: dict[str, str] = {
    "seated": N_("Sits on the panel"),
    "substitute": N_("Substitute, held ready"),
    "recused": N_("Declared a conflict"),
    "released": N_("Released"),
}


@dataclass(frozen=True)
class SeatRow:
    """One line of the panel's table."""

    name: str
    status: str
    declared: str
    submitted: str


def seat_rows(complaint: Complaint, names: Mapping[uuid.UUID, str]) -> list[SeatRow]:
    """The seats, those who sit now first."""
    order = list(STATUSES)
    seats = sorted(complaint.seats, key=lambda seat: order.index(seat.status))
    return [
        SeatRow(
            names.get(seat.person_id, ""),
            t(STATUSES[seat.status]),
            local_day(seat.declared_at) or t(N_("Not yet")),
            local_day(seat.submitted_at) or t(N_("Not yet")),
        )
        for seat in seats
    ]


def has_vacancy(complaint: Complaint) -> bool:
    """Whether fewer reviewers sit on a panel at work than its rule asks for."""
    if complaint.state != "civilian_review":
        return False
    return len(active_seats(complaint)) < rulebook(complaint.rulebook).panel_for(complaint.level).seats


def all_have_submitted(complaint: Complaint) -> bool:
    """Whether the panel has finished, which is when its findings may be read."""
    seats = active_seats(complaint)
    return complaint.state != "civilian_review" and bool(seats) and all(seat.submitted_at for seat in seats)


def panel_findings_by_allegation(complaint: Complaint) -> list[tuple[str, list[tuple[str, str]]]]:
    """Each allegation with (finding, reasons) of every seat, in no order that tells whose they are.

    Nothing until all seats have submitted.
    """
    if not all_have_submitted(complaint):
        return []
    book = rulebook(complaint.rulebook)
    found: dict[uuid.UUID, list[tuple[str, str]]] = {}
    for seat in active_seats(complaint):
        for each in seat.findings:
            found.setdefault(each.allegation_id, []).append(
                (label(book.findings, each.finding), each.reasons or "")
            )
    return [
        (allegation_name(allegation), sorted(found[allegation.id]))
        for allegation in complaint.allegations
        if allegation.id in found
    ]
