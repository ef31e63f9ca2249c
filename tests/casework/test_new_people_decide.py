"""Another look is for people who had no part in the ending, whatever the ending was."""

from datetime import timedelta

import pytest
from flask import Flask

from oversight.casework.models import Complaint
from oversight.casework.queries.facts import deciders_of
from oversight.casework.refusals import Refused
from tests.cast import BEA, DORA, INES, the
from tests.factories import AT, DAY, LETTER, complaint_in, open_allegations, take

LATER = AT + timedelta(days=2)
ANSWERS = {"reason": "We looked again.", "to_complainant": LETTER}


def asked(complaint: Complaint) -> Complaint:
    person = next(party for party in complaint.parties if party.kind == "complainant")
    return take(
        complaint, "ask_for_reconsideration", by=INES, at=AT + DAY, party=str(person.id), reason="Please."
    )


def test_whoever_dismissed_a_file_does_not_confirm_that(context: Flask) -> None:
    complaint = asked(complaint_in("dismissed"))
    with pytest.raises(Refused, match="someone else"):
        take(complaint, "confirm", by=BEA, at=LATER, **ANSWERS)
    assert take(complaint, "confirm", by=DORA, at=LATER, **ANSWERS).state == "dismissed"


@pytest.mark.parametrize("ending", ["referred", "closed_without_finding", "withdrawn"])
def test_neither_who_proposed_an_ending_nor_who_approved_it_confirms_it(context: Flask, ending: str) -> None:
    complaint = asked(complaint_in(ending))
    assert {the(INES).id, the(BEA).id} <= deciders_of(complaint)
    for person in (INES, BEA):
        with pytest.raises(Refused, match="someone else"):
            take(complaint, "confirm", by=person, at=LATER, **ANSWERS)


def test_whoever_decided_is_not_the_second_person_who_reopens(context: Flask) -> None:
    complaint = complaint_in("reconsideration")
    with pytest.raises(Refused, match="someone else"):
        take(complaint, "reopen", by=INES, second=BEA, at=LATER, **ANSWERS)


def test_after_a_file_is_reopened_someone_else_ends_it(context: Flask) -> None:
    complaint = take(asked(complaint_in("dismissed")), "reopen", by=INES, second=DORA, at=LATER, **ANSWERS)
    dismissal = {
        "allegations": [str(each.id) for each in open_allegations(complaint)],
        "ground": "no_jurisdiction",
        **ANSWERS,
    }
    with pytest.raises(Refused, match="someone else"):
        take(complaint, "dismiss", by=BEA, at=LATER, **dismissal)
    assert take(complaint, "dismiss", by=DORA, at=LATER, **dismissal).state == "dismissed"
