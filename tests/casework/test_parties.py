"""The people of a file: who they are, their receipts, withdrawing, and asking for another look."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from oversight.casework import acting
from oversight.casework.actions.editing import (
    add_party,
    edit_party,
    give_receipt,
    read_news,
    renew_receipt,
)
from oversight.casework.actions.filing import Filing, file_complaint
from oversight.casework.actions.messages import add_to_complaint, report_retaliation, write_to_party
from oversight.casework.actions.notices import tell
from oversight.casework.actions.steps import take_step
from oversight.casework.models import Complaint, Party
from oversight.casework.queries.parties import party_with_receipt
from oversight.casework.queries.queue import QueueFilter, queue
from oversight.casework.refusals import BadAnswers, Refused
from oversight.kit.db import session, writing
from oversight.outbox.models import StoredNotice
from oversight.rules import receipts
from tests.cast import BEA, DORA, INES, the
from tests.factories import (
    ANSWERS,
    AT,
    DAY,
    LETTER,
    RECEIVED_ON,
    complaint_in,
    filed,
    fresh,
    fresh_in,
    take,
    wants_to_withdraw,
)


def complainant(complaint: Complaint) -> Party:
    return next(party for party in complaint.parties if party.kind == "complainant")


def test_a_receipt_finds_its_party_and_nobody_elses(context: Flask) -> None:
    with writing():
        code = file_complaint(Filing(ANSWERS, "a", RECEIVED_ON, "alberta"), by=None, at=AT).receipt
    assert code is not None
    found = party_with_receipt(receipts.digest(code))
    assert found is not None
    assert found.kind == "complainant"
    assert party_with_receipt(receipts.digest(receipts.new_code(bytes(15)))) is None


def test_a_new_code_ends_the_old_one(context: Flask) -> None:
    complaint, ines = filed(), the(INES)
    old = complainant(complaint).receipt_hash
    with writing():
        code = renew_receipt(complainant(fresh_in(complaint.id)), by=acting.person(ines), at=AT)
    assert old is not None
    assert party_with_receipt(old) is None
    assert party_with_receipt(receipts.digest(code)) is not None


def test_nobody_can_renew_the_code_of_someone_anonymous(context: Flask) -> None:
    complaint, ines = filed(anonymous="yes"), the(INES)
    with pytest.raises(Refused, match="anonymous"), writing():
        renew_receipt(complainant(fresh_in(complaint.id)), by=acting.person(ines), at=AT)


def test_nobody_can_be_written_to_without_consent(context: Flask, letters: Any) -> None:
    complaint = take(filed(consent_to_mail=False), "begin_assessment", by=INES)
    assert letters(complaint) == []


def test_two_people_can_complain_on_one_file(context: Flask, letters: Any) -> None:
    complaint, ines = filed(), the(INES)
    with writing():
        identity = {"name": "Ole Brandt", "email": "ole@elsewhere.example"}
        party = add_party(
            fresh_in(complaint.id),
            "complainant",
            identity,
            by=acting.person(ines),
            at=AT,
            consent_to_mail=True,
        )
        give_receipt(party, by=acting.person(ines), at=AT)
    complaint = take(fresh(complaint.id), "begin_assessment", by=INES)
    assert [party.ordinal for party in complaint.parties if party.kind == "complainant"] == [1, 2]
    assert letters(complaint).count("assessment_begun") == 2


def test_changing_someone_keeps_what_is_sealed_and_what_is_plain_in_step(context: Flask) -> None:
    complaint, ines = filed(), the(INES)
    with writing():
        party = complainant(fresh_in(complaint.id))
        edit_party(party, {"email": None, "phone": "403-555-0199"}, by=acting.person(ines), at=AT)
    party = complainant(fresh(complaint.id))
    assert (party.has_email, party.has_other_contact) == (False, True)


def test_what_someone_adds_is_news(context: Flask, letters: Any) -> None:
    complaint = complaint_in("assessment")
    with writing():
        add_to_complaint(complainant(fresh_in(complaint.id)), "There is a film.", at=AT)
    complaint = fresh(complaint.id)
    assert complaint.has_news
    assert complaint.messages[0].body == "There is a film."
    assert "message_from_party" in letters(complaint)


def test_retaliation_is_flagged_at_once(context: Flask, letters: Any) -> None:
    complaint = complaint_in("assessment")
    the(BEA)
    with writing():
        report_retaliation(complainant(fresh_in(complaint.id)), "He came back.", at=AT)
    complaint = fresh(complaint.id)
    assert complaint.retaliation_reported_at == AT
    assert "retaliation_reported" in letters(complaint)


def test_a_message_reaches_only_the_one_it_is_for(context: Flask, letters: Any) -> None:
    complaint, ines = filed(), the(INES)
    with writing():
        write_to_party(complainant(fresh_in(complaint.id)), "Can you call?", by=acting.person(ines), at=AT)
    assert letters(fresh(complaint.id)).count("written_to") == 1


def test_a_withdrawal_is_the_persons_and_closes_nothing(context: Flask) -> None:
    complaint = wants_to_withdraw(complaint_in("investigation"))
    assert complaint.state == "investigation"
    person = complainant(complaint)
    assert person.withdrawal_is_undecided
    assert person.withdrawal == {"reason": "I moved.", "pressed": "No."}


def test_a_withdrawal_can_be_asked_for_by_the_person_themselves(context: Flask) -> None:
    complaint = complaint_in("assessment")
    with writing():
        file = fresh_in(complaint.id)
        person = complainant(file)
        answers = {"party": str(person.id), "reason": "I am tired.", "pressed": ""}
        take_step(
            file, "record_a_withdrawal", answers, by=acting.party(person), at=AT, seen_version=file.version
        )
    assert complainant(fresh(complaint.id)).withdrawal_is_undecided


@pytest.mark.parametrize(
    ("ending", "state", "status"), [("close", "withdrawn", "withdrawn"), ("go_on", "assessment", "open")]
)
def test_whether_the_file_goes_on_is_decided_by_two(
    context: Flask, ending: str, state: str, status: str
) -> None:
    complaint = wants_to_withdraw(complaint_in("assessment"))
    answers = {"withdrawal_ending": ending, "reason": "Others are concerned.", "to_complainant": LETTER}
    complaint = take(complaint, "decide_on_a_withdrawal", by=INES, second=BEA, **answers)
    assert complaint.state == state
    assert [each.status for each in complaint.allegations] == [status]
    assert not complainant(complaint).withdrawal_is_undecided


def test_while_a_withdrawal_waits_nothing_else_ends_the_file(context: Flask) -> None:
    complaint = wants_to_withdraw(complaint_in("assessment"))
    every = [str(each.id) for each in complaint.allegations]
    with pytest.raises(Refused, match="withdraw"):
        take(
            complaint,
            "dismiss",
            by=BEA,
            allegations=every,
            ground="frivolous",
            reason="No.",
            to_complainant=LETTER,
        )


def test_asking_again_is_recorded_with_where_it_came_from(context: Flask) -> None:
    complaint = complaint_in("reconsideration")
    (request,) = complaint.reconsiderations
    assert (request.from_ending, request.was_late, request.ended_at) == ("resolved", False, None)
    assert complaint.ended_on is None


def test_confirming_returns_the_file_to_its_ending(context: Flask) -> None:
    complaint = complaint_in("reconsideration")
    answers = {"reason": "Nothing new.", "to_complainant": LETTER}
    with pytest.raises(Refused, match="took part"):
        take(complaint, "confirm", by=BEA, **answers)
    complaint = take(complaint, "confirm", by=DORA, **answers)
    assert (complaint.state, complaint.ended_as) == ("resolved", "resolved")
    assert complaint.reconsiderations[0].ended_as == "confirmed"


def test_reopening_begins_with_new_people_and_open_allegations(context: Flask) -> None:
    complaint = complaint_in("reconsideration")
    answers = {"reason": "New footage.", "to_complainant": LETTER}
    complaint = take(complaint, "reopen", by=INES, second=DORA, **answers)
    assert complaint.state == "assessment"
    assert [each.status for each in complaint.allegations] == ["open"]
    assert (complaint.caseworker_id, complaint.investigator_id) == (None, None)
    assert not [seat for seat in complaint.seats if seat.is_active]
    assert complaint.ended_on is None


def test_after_the_window_it_is_asked_late_and_with_reasons(context: Flask) -> None:
    complaint = complaint_in("resolved")
    assert complaint.reconsiderable_until is not None
    late = AT + timedelta(days=60)
    person = str(complainant(complaint).id)
    with pytest.raises(Refused, match="late"):
        take(complaint, "ask_for_reconsideration", by=INES, at=late, party=person, reason="I was ill.")
    with pytest.raises(BadAnswers):
        take(complaint, "ask_late_for_reconsideration", by=INES, at=late, party=person, reason="No.", note="")
    complaint = take(
        complaint,
        "ask_late_for_reconsideration",
        by=INES,
        at=late,
        party=person,
        reason="No.",
        note="I was ill.",
    )
    assert complaint.reconsiderations[0].was_late
    assert complaint.state == "reconsideration"


def test_within_the_window_nobody_has_to_explain_a_delay(context: Flask) -> None:
    complaint = complaint_in("resolved")
    with pytest.raises(Refused):
        take(
            complaint,
            "ask_late_for_reconsideration",
            by=INES,
            at=AT + DAY,
            party=str(complainant(complaint).id),
            reason="No.",
            note="I was ill.",
        )


def test_a_report_of_retaliation_stays_marked_until_a_director_has_read_it(context: Flask) -> None:
    complaint = filed()
    with writing():
        report_retaliation(complainant(fresh_in(complaint.id)), "He waits outside my door.", at=AT)
    for reader, still_marked in ((INES, True), (BEA, False)):
        by = acting.person(the(reader))
        with writing():
            read_news(fresh_in(complaint.id), by=by, at=AT)
        assert bool(fresh(complaint.id).retaliation_reported_at) is still_marked


def test_whoever_can_be_written_to_learns_that_their_code_was_replaced(context: Flask) -> None:
    complaint, by = filed(email="amara@elsewhere.example", consent_to_mail=True), acting.person(the(INES))
    with writing():
        renew_receipt(complainant(fresh_in(complaint.id)), by=by, at=AT)
    sent = session().scalars(select(StoredNotice).where(StoredNotice.kind == "receipt_renewed")).all()
    assert [notice.to for notice in sent] == ["amara@elsewhere.example"]


def test_a_deadline_of_a_file_that_nobody_carries_is_a_directors_to_hear_of(context: Flask) -> None:
    complaint = filed()
    bea = the(BEA).email
    with writing():
        tell(fresh_in(complaint.id), "deadline_passed", at=AT)
    sent = session().scalars(select(StoredNotice).where(StoredNotice.kind == "deadline_passed")).all()
    assert bea in [notice.to for notice in sent]


def test_what_someone_adds_after_the_ending_is_among_the_desks_news(context: Flask) -> None:
    complaint = complaint_in("dismissed")
    with writing():
        add_to_complaint(complainant(fresh_in(complaint.id)), "It happened again.", at=AT)
    listed = {
        news: [line.number for line in queue(the(INES), QueueFilter(news=news), on=RECEIVED_ON).rows]
        for news in (True, False)
    }
    assert listed == {True: [complaint.number], False: []}
