"""What an insider tries with the pages they have: each of these once worked, and may not again."""

import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from oversight.casework import acting
from oversight.casework.actions.editing import add_allegation, add_party
from oversight.casework.actions.panel import shut_out
from oversight.casework.actions.proposals import waiting
from oversight.casework.models import Complaint
from oversight.casework.queries.facts import panel_findings
from oversight.kit import clock
from oversight.kit.db import writing
from tests import factories as files
from tests.cast import BEA, DORA, INES, IVAN, LOU, REVIEWERS, signed_in, the
from tests.pages import hidden_fields, submit

pytestmark = pytest.mark.one_database


def one_told_one_deferred() -> Complaint:
    """A file about two officers: the service was asked to tell the first, and may not know of the second."""
    at = clock.now() - timedelta(days=1)
    for person in (LOU, BEA, DORA):
        the(person)
    complaint = files.complaint_in("investigation", at=at)
    with writing():
        add_party(
            files.fresh_in(complaint.id),
            "subject",
            {"name": "Zqdeferred Zqofficer", "badge": "ZQ777"},
            by=acting.person(the(INES)),
            at=at,
            subject_kind="known_officer",
        )
    first, second = (str(officer.id) for officer in files.officers(files.fresh(complaint.id)))
    complaint = files.take(files.fresh(complaint.id), "tell_the_officer", by=IVAN, at=at, officer=first)
    return files.take(
        complaint,
        "defer_telling_the_officer",
        by=IVAN,
        second=BEA,
        at=at,
        officer=second,
        reason="Records could vanish.",
        review_on=(at + timedelta(days=60)).date().isoformat(),
    )


def test_the_liaison_neither_learns_of_nor_answers_for_an_officer_who_is_not_to_be_told(app: Flask) -> None:
    with app.app_context():
        complaint = one_told_one_deferred()
        number, kept_from = complaint.number, files.officers(complaint)[1].id
    lou = signed_in(app, LOU)
    page = lou.get(f"/desk/files/{number}/steps/record_the_officers_response")
    assert "Zqdeferred" not in page.text
    assert str(kept_from) not in page.text
    forged = {"officer": str(kept_from), "response_kind": "reason", "response": "Gone fishing."}
    answer = lou.post(
        f"/desk/files/{number}/steps/record_the_officers_response", data=hidden_fields(page.text) | forged
    )
    assert answer.status_code == 422
    with app.app_context():
        assert all(officer.heard_as is None for officer in files.officers(files.fresh(complaint.id)))


def test_the_liaison_has_no_file_in_which_anything_is_alleged_of_the_chief(app: Flask) -> None:
    with app.app_context():
        complaint = one_told_one_deferred()
        number = complaint.number
    lou = signed_in(app, LOU)
    assert lou.get(f"/desk/liaison/{number}").status_code == 200
    with app.app_context(), writing():
        add_allegation(
            files.fresh_in(complaint.id),
            by=acting.person(the(INES)),
            at=clock.now(),
            **{"subject_kind": "chief", "duty": "on", "camera": "unknown", "bias_kinds": []},
        )
    assert lou.get(f"/desk/liaison/{number}").status_code == 404
    assert number not in lou.get("/desk/liaison").text
    assert lou.get(f"/desk/files/{number}/steps/record_the_officers_response").status_code == 404


def test_what_someone_found_counts_no_more_once_a_conflict_shuts_them_out(app: Flask) -> None:
    at = clock.now() - timedelta(days=1)
    with app.app_context():
        the(BEA)
        complaint = files.complaint_in("decision", at=at)
        for seat, finding in zip(
            files.active_seats(complaint), ("sustained", *["not_sustained"] * 2), strict=True
        ):
            with writing():
                found = next(each for each in files.fresh_in(complaint.id).seats if each.id == seat.id)
                found.findings[0].finding = finding
        shut = files.active_seats(files.fresh(complaint.id))[1].person_id
        with writing():
            shut_out(files.fresh_in(complaint.id), shut, "a cousin", by=acting.person(the(INES)), at=at)
        complaint = files.fresh(complaint.id)
        assert shut not in {seat.person_id for seat in files.active_seats(complaint)}
        assert set(panel_findings(complaint).values()) == {None}, "two seats that differ are no majority"


def test_a_reviewer_whom_the_office_shuts_out_is_replaced_at_once(app: Flask) -> None:
    at = clock.now() - timedelta(days=1)
    with app.app_context():
        complaint = files.complaint_in("civilian_review", at=at)
        panel = {seat.person_id for seat in files.active_seats(complaint)}
        with writing():
            shut_out(files.fresh_in(complaint.id), min(panel), "a cousin", by=acting.person(the(INES)), at=at)
        after = {seat.person_id for seat in files.active_seats(files.fresh(complaint.id))}
        assert len(after) == len(panel)
        assert min(panel) not in after


def test_what_someone_proposed_lapses_once_a_conflict_shuts_them_out(app: Flask) -> None:
    at = clock.now() - timedelta(days=1)
    with app.app_context():
        the(BEA)
        complaint = files.take(
            files.complaint_in("assessment", at=at),
            "close_without_finding",
            by=INES,
            at=at,
            closing_ground="officer_unidentified",
            reason="No record.",
            to_complainant="We stop here.",
        )
        assert waiting(complaint, "file")
        with writing():
            shut_out(
                files.fresh_in(complaint.id), the(INES).id, "a cousin", by=acting.person(the(BEA)), at=at
            )
        assert not waiting(files.fresh(complaint.id), "file")


def test_nobody_reads_what_others_found_and_then_finds_anew(app: Flask) -> None:
    at = clock.now() - timedelta(days=1)
    with app.app_context():
        complaint = files.declared(files.complaint_in("civilian_review", at=at))
        people = {the(person).id: person for person in REVIEWERS}
        first, second, _ = (people[seat.person_id] for seat in files.active_seats(complaint))
        for reviewer in (first, second):
            found = files.findings_of(complaint, "not_sustained")
            complaint = files.take(complaint, "submit_findings", by=reviewer, at=at, findings=found)
        number = complaint.number
    page = f"/review/files/{number}/question"
    visitor = signed_in(app, second)
    token = hidden_fields(visitor.get("/account").text)
    forged = visitor.post(page, data=token | {"version": str(complaint.version), "question": "Again?"})
    assert forged.status_code == 409
    with app.app_context():
        assert files.fresh(complaint.id).state == "civilian_review"


def test_an_allegation_is_not_recoded_under_the_hands_of_its_panel(app: Flask) -> None:
    at = clock.now() - timedelta(days=1)
    with app.app_context():
        complaint = files.complaint_in("decision", at=at)
        number, allegation = complaint.number, complaint.allegations[0]
        code = allegation.code
    recoded = {"code": "neglect_of_duty", "subject_kind": "known_officer", "duty": "on", "camera": "unknown"}
    answer = submit(
        signed_in(app, INES),
        f"/desk/files/{number}/allegations/{allegation.id}",
        **recoded,
        subject="",
        context="",
        level="",
    )
    assert answer.status_code == 409
    with app.app_context():
        assert files.fresh(complaint.id).allegations[0].code == code


def test_a_form_of_no_page_without_its_token_is_answered_kindly(app: Flask) -> None:
    app.testing = False
    assert app.test_client().post("/complaint/questions/nonsense").status_code == 400


def test_nobody_else_on_the_machine_can_read_what_the_office_writes(tmp_path: Path) -> None:
    environment = {**os.environ, "OVERSIGHT_DATA_DIR": str(tmp_path / "office")}
    subprocess.run([sys.executable, "-m", "oversight.cli", "init"], env=environment, check=True)
    made = list((tmp_path / "office").iterdir())
    assert (tmp_path / "office" / "oversight.sqlite") in made
    assert not [path.name for path in made if path.stat().st_mode & 0o077]
