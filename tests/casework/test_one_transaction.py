"""A file, its history, the ledger and the outbox change together or not at all."""

from typing import Any
from unittest.mock import patch

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from oversight.casework import acting
from oversight.casework.actions.editing import add_party
from oversight.casework.actions.filing import Filing, file_complaint
from oversight.casework.actions.messages import add_to_complaint
from oversight.casework.models import Complaint, FileCounter, Message, Party, Submission
from oversight.kit.db import session, writing
from oversight.ledger.hook import LedgerError
from tests.cast import INES, the
from tests.factories import ANSWERS, AT, RECEIVED_ON, complaint_in, filed, fresh, fresh_in, take

BROKEN = patch("oversight.ledger.hook.write_entries", side_effect=LedgerError)


def count(model: Any) -> int:
    return session().scalar(select(func.count()).select_from(model)) or 0


def test_without_the_ledger_no_step_is_taken(context: Flask, history: Any, letters: Any) -> None:
    complaint = filed()
    the(INES)
    before = (complaint.state, complaint.version, history(complaint), letters(complaint))
    with BROKEN, pytest.raises(LedgerError):
        take(complaint, "begin_assessment", by=INES)
    complaint = fresh(complaint.id)
    assert (complaint.state, complaint.version, history(complaint), letters(complaint)) == before


def test_without_the_ledger_no_complaint_is_filed(context: Flask) -> None:
    with BROKEN, pytest.raises(LedgerError):
        filed()
    session().rollback()
    assert (count(Complaint), count(Party), count(FileCounter)) == (0, 0, 0)


def test_without_the_ledger_nobody_is_added_and_nothing_is_said(context: Flask) -> None:
    complaint, ines = complaint_in("assessment"), the(INES)
    people = count(Party)
    with BROKEN, pytest.raises(LedgerError), writing():
        add_party(fresh_in(complaint.id), "witness", {"name": "Pia"}, by=acting.person(ines), at=AT)
    with BROKEN, pytest.raises(LedgerError), writing():
        add_to_complaint(fresh_in(complaint.id).parties[0], "There is a film.", at=AT)
    session().rollback()
    assert (count(Party), count(Message)) == (people, 0)


def test_the_ledger_holds_no_words_and_no_names(context: Flask) -> None:
    from oversight.ledger.models import Words

    complaint_in("resolved")
    told = " ".join(row.details + row.subject for row in session().scalars(select(Words)))
    assert not [word for word in ("Haldane", "Quist", "48213", "amara", "corner") if word in told]


def test_the_database_itself_takes_no_form_twice_and_no_number_is_lost(context: Flask) -> None:
    with writing():
        file_complaint(Filing(ANSWERS, "one key", RECEIVED_ON, "alberta"), by=None, at=AT)
    for told in (ANSWERS, {**ANSWERS, "narrative": "Something else."}):
        with pytest.raises(IntegrityError), writing():
            file_complaint(Filing(told, "one key", RECEIVED_ON, "alberta"), by=None, at=AT)
    assert (count(Complaint), count(Submission)) == (1, 1)
    assert session().scalars(select(FileCounter.last)).all() == [1]


def test_what_names_people_is_sealed_where_it_lies(context: Flask) -> None:
    complaint = filed()
    connection = session().connection()
    stored = connection.exec_driver_sql("SELECT name_sealed FROM party_identity").scalars().all()
    told = connection.exec_driver_sql("SELECT narrative_sealed FROM complaint").scalar_one()
    assert not any(b"Quist" in bytes(each) or b"Haldane" in bytes(each) for each in stored if each)
    assert b"corner" not in bytes(told)
    assert complaint.narrative == ANSWERS["narrative"]
