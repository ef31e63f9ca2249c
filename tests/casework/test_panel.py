"""Panels: drawn by lot, free of conflict, and filled again when a seat falls empty."""

from typing import Any

import pytest
from flask import Flask

from oversight.casework import acting
from oversight.casework.actions.panel import declare_conflict, fill_vacant_seats, shut_out
from oversight.casework.models import Complaint
from oversight.casework.queries.facts import panel_findings
from oversight.casework.refusals import Refused
from oversight.kit.db import writing
from oversight.rules.panels import draw
from tests.cast import BEA, INES, IVAN, REVIEWERS, RITA, Person, hire, the
from tests.factories import (
    AT,
    LETTER,
    active_seats,
    complaint_in,
    declared,
    findings_of,
    fresh,
    fresh_in,
    sitting_on,
    take,
    with_copy,
)
from tests.factories import heard as heard_by_all


def waiting_for_review() -> Complaint:
    """A file that lacks only its panel."""
    return with_copy(heard_by_all(complaint_in("investigation"), AT))


def recuse(person: Person, complaint: Complaint) -> Complaint:
    someone = the(person)
    with writing():
        seat = next(each for each in fresh_in(complaint.id).seats if each.person_id == someone.id)
        declare_conflict(seat, "A neighbour.", by=acting.person(someone), at=AT)
    return fresh(complaint.id)


def test_a_panel_has_its_seats_and_a_substitute(context: Flask, letters: Any) -> None:
    complaint = complaint_in("civilian_review")
    assert sorted(seat.status for seat in complaint.seats) == ["seated", "seated", "seated", "substitute"]
    assert letters(complaint).count("seated") == 3


def test_anyone_can_draw_it_again_from_what_is_kept(context: Flask) -> None:
    complaint = complaint_in("civilian_review")
    seed = bytes.fromhex(complaint.seats[0].draw_seed)
    drawn = draw([the(person).id for person in REVIEWERS], seats=3, substitutes=1, seed=seed)
    assert set(drawn.seated) == {seat.person_id for seat in active_seats(complaint)}


def test_too_few_reviewers_seat_nobody(context: Flask) -> None:
    for person in REVIEWERS[:2]:
        hire(person)
    complaint = waiting_for_review()
    with pytest.raises(Refused, match="reviewers"):
        take(complaint, "send_to_review", by=IVAN)
    complaint = fresh(complaint.id)
    assert (complaint.state, complaint.seats) == ("investigation", [])


def test_someone_with_a_conflict_is_never_drawn(context: Flask) -> None:
    for person in REVIEWERS:
        the(person)
    complaint, ines, rita = waiting_for_review(), the(INES), the(RITA)
    with writing():
        shut_out(fresh_in(complaint.id), rita.id, "A cousin.", by=acting.person(ines), at=AT)
    complaint = take(fresh(complaint.id), "send_to_review", by=IVAN)
    assert rita.id not in {seat.person_id for seat in complaint.seats}


def test_a_substitute_takes_the_seat_of_whoever_declares_a_conflict(context: Flask) -> None:
    complaint = complaint_in("civilian_review")
    gone = sitting_on(complaint)[0]
    complaint = recuse(gone, complaint)
    assert sorted(seat.status for seat in complaint.seats) == ["recused", "seated", "seated", "seated"]
    assert gone not in sitting_on(complaint)


def test_an_empty_seat_is_filled_when_someone_new_comes(context: Flask, history: Any) -> None:
    complaint = complaint_in("civilian_review")
    for person in sitting_on(complaint)[:2]:
        complaint = recuse(person, complaint)
    assert len(active_seats(complaint)) == 2
    ines = the(INES)
    with pytest.raises(Refused, match="reviewers"), writing():
        fill_vacant_seats(fresh_in(complaint.id), by=acting.person(ines), at=AT)
    hire(Person("Sunniva", "reviewer-5", RITA.role))
    with writing():
        fill_vacant_seats(fresh_in(complaint.id), by=acting.person(ines), at=AT)
    complaint = fresh(complaint.id)
    assert len(active_seats(complaint)) == 3
    assert history(complaint)[-1] == "edit fill_seats"


def test_a_panel_that_lacks_someone_does_not_finish(context: Flask) -> None:
    complaint = declared(complaint_in("civilian_review"))
    for person in sitting_on(complaint)[:2]:
        complaint = recuse(person, complaint)
    complaint = declared(complaint)
    for person in sitting_on(complaint):
        complaint = take(complaint, "submit_findings", by=person, findings=findings_of(complaint))
    assert complaint.state == "civilian_review"


def test_no_decision_follows_a_panel_that_someone_has_left(context: Flask) -> None:
    complaint = complaint_in("decision")
    complaint = recuse(sitting_on(complaint)[0], complaint)
    with pytest.raises(Refused, match="Not every seat"):
        take(complaint, "record_the_decision", by=BEA, to_complainant=LETTER, corrective_action={})


def test_the_file_moves_when_the_last_seat_submits(context: Flask, letters: Any) -> None:
    the(BEA)
    complaint = declared(complaint_in("civilian_review"))
    states = []
    for person in sitting_on(complaint):
        complaint = take(complaint, "submit_findings", by=person, findings=findings_of(complaint))
        states.append(complaint.state)
    assert states == ["civilian_review", "civilian_review", "decision"]
    assert letters(complaint).count("panel_finished") == 1


def test_nobody_submits_before_saying_whether_they_have_a_conflict(context: Flask) -> None:
    complaint = complaint_in("civilian_review")
    with pytest.raises(Refused, match="conflict"):
        take(complaint, "submit_findings", by=sitting_on(complaint)[0], findings=findings_of(complaint))


def test_nobody_submits_twice_or_without_a_seat(context: Flask) -> None:
    complaint = declared(complaint_in("civilian_review"))
    first = sitting_on(complaint)[0]
    (spare,) = set(REVIEWERS) - set(sitting_on(complaint))
    complaint = take(complaint, "submit_findings", by=first, findings=findings_of(complaint))
    for person in (first, spare):
        with pytest.raises(Refused):
            take(complaint, "submit_findings", by=person, findings=findings_of(complaint))


def test_what_most_of_the_seats_found_is_the_panels_finding(context: Flask) -> None:
    complaint = declared(complaint_in("civilian_review"))
    people = sitting_on(complaint)
    for person, finding in zip(people, ("sustained", "exonerated", "sustained"), strict=True):
        complaint = take(complaint, "submit_findings", by=person, findings=findings_of(complaint, finding))
    assert list(panel_findings(complaint).values()) == ["sustained"]


def test_without_a_majority_the_director_can_not_follow_the_panel(context: Flask) -> None:
    complaint = declared(complaint_in("civilian_review"))
    for person, finding in zip(sitting_on(complaint), ("sustained", "exonerated", "unfounded"), strict=True):
        complaint = take(complaint, "submit_findings", by=person, findings=findings_of(complaint, finding))
    with pytest.raises(Refused, match="majority"):
        take(complaint, "record_the_decision", by=BEA, to_complainant="We looked.")
    complaint = take(complaint, "return_to_the_panel", by=BEA, reason="Please speak with each other.")
    assert complaint.state == "civilian_review"
    assert not any(seat.submitted_at for seat in active_seats(complaint))


def test_a_binding_panel_can_not_be_departed_from(context: Flask) -> None:
    complaint = complaint_in("decision")
    with writing():
        fresh_in(complaint.id).level = "3"
    with pytest.raises(Refused, match="bind"):
        take(
            fresh(complaint.id),
            "depart_from_the_panel",
            by=BEA,
            findings=findings_of(complaint, "exonerated"),
            reason="No.",
            to_complainant="We looked.",
        )


def test_what_a_panel_has_is_not_changed_under_its_eyes(context: Flask) -> None:
    complaint = complaint_in("civilian_review")
    with pytest.raises(Refused, match="panel has these copies"):
        with_copy(complaint)


def test_asking_for_more_keeps_the_panel_and_opens_the_copies_again(context: Flask, letters: Any) -> None:
    complaint = declared(complaint_in("civilian_review"))
    complaint = take(complaint, "ask_for_more", by=sitting_on(complaint)[0], question="Was it filmed?")
    assert complaint.state == "investigation"
    assert len(active_seats(complaint)) == 3
    assert "more_asked" in letters(complaint)
    assert len(with_copy(complaint).copies) == 2
