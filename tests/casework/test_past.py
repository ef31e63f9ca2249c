"""Files that were brought in: what stands open waits until someone takes it up, what ended stays ended."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from oversight.accounts.models import User
from oversight.casework import acting
from oversight.casework.acting import CLOCKWORK
from oversight.casework.actions.editing import give_receipt
from oversight.casework.actions.outcomes import open_outcome
from oversight.casework.actions.panel import shut_out
from oversight.casework.actions.steps import take_step
from oversight.casework.models import Complaint
from oversight.casework.models.complaint import NEVER
from oversight.casework.queries.files import (
    clocks_due,
    file_for_desk,
    files_called,
)
from oversight.casework.queries.outcomes import file_to_summarise, files_to_summarise
from oversight.casework.queries.queue import QueueFilter, QueueLine, queue
from oversight.casework.refusals import NotAllowed, Refused
from oversight.kit.db import session, writing
from oversight.outbox.models import StoredNotice
from tests.cast import BEA, DORA, INES, IVAN, PAULA, Person, the
from tests.factories import AT, DAY, LETTER, RECEIVED_ON, complaint_in, decided, fresh_in, imported, take

OPEN = ("received", "assessment", "early_resolution", "investigation", "civilian_review", "decision")
LONG_AFTER = date(2040, 1, 1)


def running(complaint: Complaint) -> dict[str, date]:
    """The clocks that are not stopped, each with the day it started."""
    return {clock.deadline: clock.started_on for clock in complaint.clocks if clock.stopped_on is None}


def numbers(person: Person, **wanted: object) -> list[str]:
    found = queue(the(person), QueueFilter(**wanted), on=RECEIVED_ON)  # type: ignore[arg-type]
    return called(found.rows)


def called(lines: Sequence[QueueLine]) -> list[str]:
    """What each file is called, by its former office if it had one."""
    files = [session().get_one(Complaint, line.id) for line in lines]
    return [file.former_number or file.number for file in files]


def notices() -> int:
    return session().scalar(select(func.count()).select_from(StoredNotice)) or 0


# --- waiting ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", OPEN)
def test_a_file_brought_in_open_waits_and_no_clock_of_it_runs(context: Flask, state: str) -> None:
    complaint = imported(state)
    assert complaint.waits_for_adoption
    assert not complaint.has_ended
    assert (complaint.clocks, complaint.next_due_on) == ([], NEVER)
    assert not clocks_due(on=LONG_AFTER)
    assert notices() == 0


def test_nothing_else_is_done_to_it_by_a_person_or_by_the_clockwork(context: Flask) -> None:
    complaint = imported("received")
    with pytest.raises(Refused, match="Take up this file first"):
        take(complaint, "begin_assessment", by=INES)
    for step in ("acknowledge", "send_a_progress_notice"):
        with pytest.raises(Refused, match="Take up this file first"), writing():
            take_step(fresh_in(complaint.id), step, {}, by=CLOCKWORK, at=AT, seen_version=None)


def test_nobody_gets_a_receipt_for_a_file_that_nobody_carries(context: Flask) -> None:
    complaint, ines = imported("received"), the(INES)
    with pytest.raises(Refused, match="Take up this file first"), writing():
        give_receipt(fresh_in(complaint.id).parties[0], by=acting.person(ines), at=AT)
    taken_up = take(complaint, "adopt", by=INES)
    with writing():
        assert give_receipt(fresh_in(taken_up.id).parties[0], by=acting.person(ines), at=AT)


# --- taking it up -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "clocks"),
    [
        ("received", {"progress_notice"}),
        ("assessment", {"progress_notice", "assessment"}),
        ("early_resolution", {"progress_notice", "assessment"}),
        ("investigation", {"progress_notice", "investigation"}),
        ("civilian_review", {"progress_notice", "investigation", "review"}),
        ("decision", {"progress_notice", "investigation"}),
    ],
)
def test_its_clocks_start_on_the_day_it_is_taken_up(context: Flask, state: str, clocks: set[str]) -> None:
    complaint = take(imported(state), "adopt", by=INES, at=AT + DAY)
    assert running(complaint) == dict.fromkeys(clocks, RECEIVED_ON + timedelta(days=1))
    assert complaint.state == state
    assert complaint.received_on == date(2014, 3, 5)
    assert complaint.next_due_on > RECEIVED_ON
    assert (complaint.adopted_at, complaint.caseworker_id) == (AT + DAY, the(INES).id)
    assert not complaint.waits_for_adoption
    assert notices() == 0


def test_a_clock_that_stands_still_in_its_state_stands_still_here(context: Flask) -> None:
    complaint = take(imported("early_resolution"), "adopt", by=INES)
    (assessment,) = [clock for clock in complaint.clocks if clock.deadline == "assessment"]
    assert not assessment.is_running
    complaint = take(complaint, "end_early_resolution", by=INES, at=AT + DAY, reason="They said no.")
    (assessment,) = [clock for clock in complaint.clocks if clock.deadline == "assessment"]
    assert assessment.is_running


def test_whoever_carries_it_already_goes_on_carrying_it(context: Flask) -> None:
    complaint, dora = imported("investigation"), the(DORA)
    with writing():
        fresh_in(complaint.id).caseworker_id = dora.id
    assert take(complaint, "adopt", by=BEA).caseworker_id == dora.id


def test_it_is_taken_up_once_and_only_by_the_desk(context: Flask) -> None:
    complaint, ivan = imported("investigation"), the(IVAN)
    with writing():
        fresh_in(complaint.id).investigator_id = ivan.id
    with pytest.raises(NotAllowed):
        take(complaint, "adopt", by=IVAN)
    complaint = take(complaint, "adopt", by=BEA)
    with pytest.raises(Refused, match="does not wait to be taken up"):
        take(complaint, "adopt", by=INES)


def test_a_file_that_began_here_is_never_taken_up(context: Flask) -> None:
    with pytest.raises(Refused, match="does not wait to be taken up"):
        take(complaint_in("investigation"), "adopt", by=INES)


def test_a_file_that_was_taken_up_can_be_decided_like_any_other(context: Flask) -> None:
    complaint = take(imported("received", rulebook="alberta_2025"), "adopt", by=INES)
    complaint = decided(complaint, AT)
    assert complaint.has_ended
    assert [each.number for each in files_to_summarise(the(PAULA)).rows] == [complaint.number]


# --- what had ended -----------------------------------------------------------------------------------


@pytest.mark.parametrize("ended_on", [None, date(2015, 6, 1)])
def test_a_file_that_had_ended_stays_ended_even_on_an_unknown_day(
    context: Flask, ended_on: date | None
) -> None:
    complaint = imported("resolved", ended_on=ended_on)
    assert complaint.has_ended
    assert not complaint.waits_for_adoption
    assert numbers(INES) == []
    assert numbers(INES, ended=True) == ["07-1042"]
    with pytest.raises(Refused):
        take(complaint, "adopt", by=INES)


@pytest.mark.parametrize("ended_on", [None, date(2015, 6, 1)])
def test_history_is_not_published_by_surprise(context: Flask, ended_on: date | None) -> None:
    complaint = imported("resolved", ended_on=ended_on)
    for person in (PAULA, BEA):
        assert not files_to_summarise(the(person)).rows
        assert file_to_summarise(the(person), complaint.number) is None


def asked_late(complaint: Complaint) -> Complaint:
    party = str(complaint.parties[0].id)
    return take(
        complaint,
        "ask_late_for_reconsideration",
        by=INES,
        at=AT,
        party=party,
        reason="There is a film.",
        note="It was found only now.",
    )


def test_another_look_can_only_be_asked_late(context: Flask) -> None:
    complaint = imported("resolved")
    party = str(complaint.parties[0].id)
    with pytest.raises(Refused, match="time to ask for another look is over"):
        take(complaint, "ask_for_reconsideration", by=INES, party=party, reason="No.")
    complaint = asked_late(complaint)
    assert complaint.state == "reconsideration"
    assert running(complaint) == {"progress_notice": RECEIVED_ON}
    assert not complaint.waits_for_adoption


def test_opened_again_it_is_ours_with_the_clocks_of_an_assessment(context: Flask) -> None:
    complaint = asked_late(imported("resolved"))
    answers = {"reason": "The film is new.", "to_complainant": "We look again."}
    complaint = take(complaint, "reopen", by=INES, second=BEA, at=AT + DAY, **answers)
    assert complaint.state == "assessment"
    assert complaint.adopted_at == AT + DAY
    assert set(running(complaint)) == {"progress_notice", "assessment"}
    assert [each.status for each in complaint.allegations] == ["open"]
    closed = take(
        complaint,
        "close_without_finding",
        by=INES,
        second=DORA,
        at=AT + 2 * DAY,
        closing_ground="officer_unidentified",
        reason="No.",
        to_complainant=LETTER,
    )
    assert [each.number for each in files_to_summarise(the(PAULA)).rows] == [closed.number]


def test_confirmed_it_stays_a_file_of_the_past(context: Flask) -> None:
    complaint = asked_late(imported("resolved", ended_on=date(2015, 6, 1)))
    complaint = take(complaint, "confirm", by=INES, at=AT + DAY, reason="So it was.", to_complainant=LETTER)
    assert complaint.has_ended
    assert complaint.adopted_at is None
    assert not running(complaint)
    assert not files_to_summarise(the(PAULA)).rows


def test_no_summary_is_begun_of_a_file_that_has_not_ended(context: Flask) -> None:
    complaint, paula = imported("investigation"), the(PAULA)
    with pytest.raises(Refused, match="once the file has ended"), writing():
        open_outcome(fresh_in(complaint.id), by=acting.person(paula), at=AT)


# --- finding it ---------------------------------------------------------------------------------------


def test_the_queue_is_narrowed_to_what_was_brought_in(context: Flask) -> None:
    imported("investigation", number="A")
    imported("resolved", number="B")
    imported("resolved", number="C", ended_on=date(2015, 6, 1))
    take(imported("assessment", number="D"), "adopt", by=INES)
    ours = complaint_in("assessment").number
    ended = complaint_in("resolved").number
    assert set(numbers(INES)) == {"A", "D", ours}
    assert numbers(INES, imported="waiting") == ["A"]
    assert set(numbers(INES, imported="only")) == {"A", "D"}
    assert numbers(INES, imported="none") == [ours]
    assert set(numbers(INES, ended=True)) == {"B", "C", ended}
    assert set(numbers(INES, ended=True, imported="only")) == {"B", "C"}
    assert numbers(INES, ended=True, imported="none") == [ended]
    assert numbers(INES, ended=True, imported="waiting") == []


def test_every_page_of_the_queue_comes_though_no_closing_day_is_known(context: Flask) -> None:
    for number in range(7):
        imported("resolved", number=f"{number}")
    seen, after = [], None
    while page := queue(the(INES), QueueFilter(ended=True), on=RECEIVED_ON, after=after, size=3):
        seen += called(page.rows)
        after = page.after
        if after is None:
            break
    assert sorted(seen) == [f"{number}" for number in range(7)]


@pytest.mark.parametrize("typed", ["AB-07/1042", "ab-07/1042", "  Ab-07/1042 \n"])
def test_a_former_number_finds_its_file_whatever_its_case(context: Flask, typed: str) -> None:
    complaint = imported(number="Ab-07/1042")
    assert [each.id for each in files_called(the(INES), typed)] == [complaint.id]


@pytest.mark.parametrize("typed", ["", "  ", "Ab-07", "07/1042", "Ab-07/10420", "%", "Ab-07_1042"])
def test_only_the_whole_number_finds_it(context: Flask, typed: str) -> None:
    imported(number="Ab-07/1042")
    complaint_in("received")
    assert not files_called(the(INES), typed)


def test_a_number_that_several_offices_gave_finds_them_all(context: Flask) -> None:
    ours = complaint_in("received")
    theirs = imported(number=ours.number, source="north")
    other = imported(number=ours.number, source="south")
    found = files_called(the(INES), ours.number)
    assert {each.id for each in found} == {ours.id, theirs.id, other.id}


def test_a_conflict_hides_a_file_of_the_past_under_either_number(context: Flask) -> None:
    complaint = imported("investigation")
    ines, bea = the(INES), the(BEA)
    with writing():
        shut_out(fresh_in(complaint.id), ines.id, "A cousin.", by=acting.person(bea), at=AT)
    for typed in ("07-1042", complaint.number):
        assert not files_called(the(INES), typed)
        assert [each.id for each in files_called(the(BEA), typed)] == [complaint.id]
    assert numbers(INES, imported="waiting") == numbers(INES, imported="only") == []
    assert file_for_desk(the(INES), complaint.number) is None


def test_an_investigator_finds_only_their_own(context: Flask) -> None:
    imported("investigation")
    person: User = the(IVAN)
    assert not files_called(person, "07-1042")
