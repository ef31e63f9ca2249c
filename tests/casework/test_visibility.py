"""Which files a person may know of. Visibility starts every query; a conflict shuts out anyone."""

from collections.abc import Callable

import pytest
from flask import Flask

from oversight.accounts.models import User
from oversight.casework import acting
from oversight.casework.actions.panel import shut_out
from oversight.casework.models import Complaint
from oversight.casework.queries.files import (
    file_for_desk,
    file_for_liaison,
    liaison_files,
    proposals_waiting_for,
)
from oversight.casework.queries.outcomes import file_to_summarise, files_to_summarise
from oversight.casework.queries.queue import QueueFilter, Waiting, queue, what_waits
from oversight.casework.queries.reviews import seat_for, seats_that_wait_for
from oversight.kit.db import writing
from tests.cast import ADA, BEA, INES, IVAN, LOU, MAX, PAULA, Person, the
from tests.factories import (
    AT,
    DAY,
    RECEIVED_ON,
    complaint_in,
    fresh,
    fresh_in,
    officers,
    sitting_on,
    take,
    wants_to_withdraw,
)


def numbers(person: Person, **wanted: object) -> list[str]:
    return [each.number for each in queue(the(person), QueueFilter(**wanted), on=RECEIVED_ON).rows]  # type: ignore[arg-type]


def shut(person: Person, complaint: Complaint) -> None:
    someone, ines = the(person), the(INES)
    with writing():
        shut_out(fresh_in(complaint.id), someone.id, "A cousin.", by=acting.person(ines), at=AT)


def test_caseworkers_and_directors_know_every_file(context: Flask) -> None:
    complaint = complaint_in("received")
    assert numbers(INES) == numbers(BEA) == [complaint.number]


def test_an_investigator_knows_only_files_assigned_to_them(context: Flask) -> None:
    unassigned, assigned = complaint_in("assessment"), complaint_in("investigation")
    assert numbers(IVAN) == [assigned.number]
    assert file_for_desk(the(IVAN), unassigned.number) is None
    assert file_for_desk(the(IVAN), assigned.number) is not None


@pytest.mark.parametrize("person", [LOU, PAULA, ADA, MAX])
def test_others_know_none_at_the_desk(context: Flask, person: Person) -> None:
    complaint = complaint_in("investigation")
    assert numbers(person) == []
    assert file_for_desk(the(person), complaint.number) is None


@pytest.mark.parametrize("person", [INES, BEA, IVAN])
def test_a_conflict_takes_a_file_out_of_every_list_of_the_desk(context: Flask, person: Person) -> None:
    complaint = take(complaint_in("investigation"), "close_without_finding", by=INES, **CLOSING)
    shut(person, complaint)
    assert numbers(person) == numbers(person, ended=True) == numbers(person, mine=True) == []
    assert file_for_desk(the(person), complaint.number) is None
    assert not proposals_waiting_for(the(person)).rows


CLOSING = {
    "closing_ground": "officer_unidentified",
    "reason": "No record names anyone.",
    "to_complainant": "We could not find out who it was.",
}


@pytest.mark.parametrize(
    ("person", "state", "look"),
    [
        (PAULA, "resolved", lambda paula, number: file_to_summarise(paula, number)),
        (PAULA, "resolved", lambda paula, _: files_to_summarise(paula).rows),
    ],
)
def test_a_conflict_takes_a_file_from_its_publisher(
    context: Flask, person: Person, state: str, look: Callable[[User, str], object]
) -> None:
    complaint = complaint_in(state)
    assert look(the(person), complaint.number)
    shut(person, complaint)
    assert not look(the(person), complaint.number)


def test_a_conflict_takes_a_file_from_its_reviewer(context: Flask) -> None:
    complaint = complaint_in("civilian_review")
    reviewer = sitting_on(complaint)[0]
    assert seat_for(the(reviewer), complaint.number)
    shut(reviewer, complaint)
    assert seat_for(the(reviewer), complaint.number) is None
    assert not seats_that_wait_for(the(reviewer)).rows


def test_the_liaison_knows_a_file_once_the_service_was_asked(context: Flask) -> None:
    complaint, lou = complaint_in("investigation"), the(LOU)
    assert not liaison_files(lou).rows
    take(complaint, "tell_the_officer", by=IVAN, officer=str(officers(complaint)[0].id))
    assert [each.number for each in liaison_files(the(LOU)).rows] == [complaint.number]
    shut(LOU, complaint)
    assert file_for_liaison(the(LOU), complaint.number) is None


def test_the_liaison_never_knows_of_a_file_about_the_chief(context: Flask) -> None:
    the(LOU)
    complaint = complaint_in("investigation", officer_status="chief")
    take(complaint, "tell_the_officer", by=IVAN, officer=str(officers(complaint)[0].id))
    assert not liaison_files(the(LOU)).rows
    assert file_for_liaison(the(LOU), complaint.number) is None


def test_being_shut_out_ends_carrying_the_file(context: Flask) -> None:
    complaint = complaint_in("investigation")
    shut(IVAN, complaint)
    assert fresh(complaint.id).investigator_id is None
    shut(INES, complaint)
    assert fresh(complaint.id).caseworker_id is None


def test_the_queue_is_narrowed_by_what_one_asks(context: Flask) -> None:
    first, second = complaint_in("assessment"), complaint_in("investigation")
    ended = complaint_in("dismissed")
    assert numbers(INES, state="assessment") == [first.number]
    assert numbers(INES, level="2") == [second.number]
    assert numbers(INES, ended=True) == [ended.number]
    assert numbers(IVAN, mine=True) == [second.number]
    assert numbers(INES, news=True) == []
    assert set(numbers(INES)) == {first.number, second.number}


def test_late_files_come_first_and_can_be_asked_for_alone(context: Flask) -> None:
    complaint = complaint_in("assessment")
    ines, late = the(INES), complaint.next_due_on
    asked = QueueFilter(due="overdue")
    assert not queue(ines, asked, on=late).rows
    assert [each.number for each in queue(ines, asked, on=late + DAY).rows] == [complaint.number]


def test_a_withdrawal_that_waits_can_be_seen_in_the_queue(context: Flask) -> None:
    wants_to_withdraw(complaint_in("assessment"))
    (row,) = queue(the(INES), QueueFilter(), on=RECEIVED_ON).rows
    assert what_waits({row.id}, on=RECEIVED_ON) == {row.id: {Waiting.WITHDRAWAL}}
