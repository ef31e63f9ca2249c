"""The rest of the desk's work: proposals, allegations, copies, messages, who handles a file, the calendar."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from oversight.casework import acting
from oversight.casework.actions.messages import add_to_complaint
from oversight.casework.actions.outcomes import open_outcome
from oversight.casework.models import CalendarDay, Incident
from oversight.kit.db import session, writing
from oversight.ledger.models import Words
from tests.cast import ADA, BEA, DORA, INES, IVAN, PAULA, the
from tests.factories import AT, complaint_in, fresh, fresh_in, take
from tests.pages import hidden_fields, submit

pytestmark = pytest.mark.one_database

HOLD: dict[str, Any] = {
    "allegations": [],
    "hold_reason": "health",
    "authority": "A doctor’s letter",
    "review_on": "2036-03-01",
}


@pytest.fixture
def proposal(app: Flask) -> tuple[str, str]:
    """A hold that Ines proposed: the file's number, and the proposal's page."""
    with app.app_context():
        complaint = take(complaint_in("assessment"), "hold", by=INES, **HOLD)
        return complaint.number, f"/desk/files/{complaint.number}/proposals/{complaint.proposals[0].id}"


def test_the_second_person_finds_reads_and_approves(
    app: Flask, browser_of: Any, proposal: tuple[str, str]
) -> None:
    number, page = proposal
    bea = browser_of(BEA)
    assert page in bea.get("/desk").text
    assert page in bea.get("/desk/approvals").text
    assert page not in browser_of(INES).get("/desk").text
    shown = bea.get(page).text
    assert "A doctor’s letter" in shown
    assert "The whole file" in shown
    assert submit(bea, page, to=f"{page}/approve").status_code == 303
    assert "On hold" in bea.get(f"/desk/files/{number}").text
    late = browser_of(DORA).post(f"{page}/approve", data=hidden_fields(browser_of(DORA).get("/account").text))
    assert late.status_code == 409
    assert "no longer waits" in late.text


def test_the_proposer_can_not_approve_but_take_it_back(
    app: Flask, browser_of: Any, proposal: tuple[str, str]
) -> None:
    number, page = proposal
    ines = browser_of(INES)
    shown = ines.get(page)
    assert f"{page}/approve" not in shown.text
    assert ines.post(f"{page}/approve", data=hidden_fields(shown.text)).status_code == 403
    assert submit(ines, page, to=f"{page}/decline").status_code == 422
    assert submit(ines, page, to=f"{page}/decline", reason="Not needed.").status_code == 303
    assert "Not needed." in ines.get(f"/desk/files/{number}/history").text


def test_an_allegation_is_coded_and_a_stale_form_is_told_so(app: Flask, browser_of: Any) -> None:
    with app.app_context():
        complaint = complaint_in("assessment")
        path = f"/desk/files/{complaint.number}/allegations/{complaint.allegations[0].id}"
        officer = str(complaint.parties[1].id)
    ines = browser_of(INES)
    first = ines.get(path)
    facts = {
        "code": "deceit",
        "subject_kind": "known_officer",
        "subject": officer,
        "duty": "on",
        "camera": "off",
    }
    assert ines.post(path, data={**hidden_fields(first.text), **facts}).status_code == 303
    stale = ines.post(path, data={**hidden_fields(first.text), **facts, "code": "insubordination"})
    assert stale.status_code == 409
    assert "Someone has changed this" in stale.text
    assert '<option selected value="insubordination">' in stale.text
    with app.app_context():
        (now,) = fresh(complaint.id).allegations
        assert (now.code, now.camera, str(now.subject_id)) == ("deceit", "off", officer)


def test_what_the_service_did_is_noted_only_for_what_was_decided(app: Flask, browser_of: Any) -> None:
    with app.app_context():
        decided, open_one = complaint_in("resolved"), complaint_in("assessment")
        path = f"/desk/files/{decided.number}/allegations/{decided.allegations[0].id}/imposed"
        other = f"/desk/files/{open_one.number}/allegations/{open_one.allegations[0].id}/imposed"
    assert submit(browser_of(INES), path, imposed="reprimand").status_code == 303
    assert browser_of(INES).get(other).status_code == 404
    with app.app_context():
        assert fresh(decided.id).allegations[0].corrective_imposed == "reprimand"


def test_a_copy_begins_with_roles_and_is_not_ready_while_it_names_someone(
    app: Flask, browser_of: Any
) -> None:
    with app.app_context():
        complaint = complaint_in("investigation")
    ines, path = browser_of(INES), f"/desk/files/{complaint.number}/copies/new"
    draft = ines.get(path).text
    assert "Constable Officer A stopped me" in draft
    leaky = {"title": "What was told", "text": "Haldane stopped me.", "ready": "y"}
    answer = submit(ines, path, **leaky)
    assert answer.status_code == 422
    assert "<strong>Haldane</strong>" in answer.text
    assert submit(ines, path, **leaky, names_nobody="y").status_code == 303
    assert submit(ines, path, title="The film", text="It shows Officer A.", ready="y").status_code == 303
    with app.app_context():
        assert [copy.title for copy in fresh(complaint.id).copies] == ["What was told", "The film"]
        first = fresh(complaint.id).copies[0].id
    review = f"/desk/files/{complaint.number}/review"
    assert submit(ines, review, to=f"/desk/files/{complaint.number}/copies/{first}/remove").status_code == 303
    with app.app_context():
        assert [copy.title for copy in fresh(complaint.id).copies] == ["The film"]


def test_messages_are_read_and_answered(app: Flask, browser_of: Any) -> None:
    with app.app_context():
        complaint = complaint_in("assessment")
        with writing():
            add_to_complaint(fresh_in(complaint.id).parties[0], "There is a film.", at=AT)
        party = str(fresh(complaint.id).parties[0].id)
        complaint = fresh(complaint.id)
        number = complaint.number
    ines, path = browser_of(INES), f"/desk/files/{number}/messages"
    assert "There is a film." in ines.get(path).text
    assert "Someone wrote" in ines.get("/desk").text
    assert submit(ines, path, to=f"{path}/read").status_code == 303
    assert "Someone wrote" not in ines.get(f"/desk/files/{number}").text
    assert submit(ines, path, party=party, body="").status_code == 422
    assert submit(ines, path, party=party, body="Please bring it.").status_code == 303
    assert "Please bring it." in ines.get(path).text


def test_who_carries_a_file_and_who_is_shut_out(app: Flask, browser_of: Any) -> None:
    with app.app_context():
        complaint = complaint_in("assessment")
        ivan, dora = str(the(IVAN).id), str(the(DORA).id)
        number = fresh(complaint.id).number
    ines, handling = browser_of(INES), f"/desk/files/{number}/handling"
    assert submit(ines, f"{handling}/assign", caseworker="", investigator=ivan).status_code == 303
    with app.app_context():
        assert str(fresh(complaint.id).investigator_id) == ivan
    assert submit(ines, f"{handling}/conflict", person=dora).status_code == 422
    assert submit(ines, f"{handling}/conflict", person=dora, reason="A cousin.").status_code == 303
    assert "Dora" in ines.get(handling).text
    again = ines.get(f"{handling}/conflict").text
    assert dora not in again
    assert browser_of(DORA).get(f"/desk/files/{number}").status_code == 404


def test_files_about_one_event_stand_together(app: Flask, browser_of: Any) -> None:
    with app.app_context():
        first, second = complaint_in("received").number, complaint_in("received").number
        alone = complaint_in("received").number
    ines = browser_of(INES)
    path = "/desk/files/{}/handling/incident"
    assert submit(ines, path.format(first), title="March of 5 June").status_code == 303
    with app.app_context():
        incident = str(session().scalars(select(Incident.id)).one())
    assert submit(ines, path.format(second), incident=incident).status_code == 303
    listed = ines.get(f"/desk?incident={incident}").text
    assert first in listed
    assert second in listed
    assert alone not in listed


def test_a_file_is_opened_by_its_number_however_it_is_written(app: Flask, browser_of: Any) -> None:
    with app.app_context():
        number = complaint_in("received").number
    ines = browser_of(INES)
    year, _, count = number.partition("-")
    answer = ines.get(f"/desk/open?number={year}/{int(count)}")
    assert answer.location == f"/desk/files/{number}"
    for wrong in ("", "2026-99999", "nonsense"):
        page = ines.get(f"/desk/open?number={wrong}")
        assert page.status_code == 404
        assert "There is no file of this number" in page.text


def test_the_calendar_is_kept_and_clocks_are_reckoned_anew_on_purpose(app: Flask, browser_of: Any) -> None:
    with app.app_context():
        complaint = complaint_in("assessment")
        due = complaint.next_due_on
    bea = browser_of(BEA)
    day = {"on-day": str(due.day), "on-month": str(due.month), "on-year": str(due.year)}
    named = {"kind": "office", "name_en": "Stocktaking", "name_fr": "Inventaire"}
    assert submit(bea, "/desk/calendar", **named).status_code == 422
    assert submit(bea, "/desk/calendar", **day, **named).status_code == 303
    assert submit(bea, "/desk/calendar", **day, **named).status_code == 409
    with app.app_context():
        assert fresh(complaint.id).next_due_on == due
    assert submit(bea, "/desk/calendar", to="/desk/calendar/recompute").status_code == 303
    with app.app_context():
        assert fresh(complaint.id).next_due_on > due
        entered = session().scalars(select(CalendarDay.id)).one()
    year = f"/desk/calendar?year={due.year}"
    assert "Stocktaking" in bea.get(year).text
    assert submit(bea, year, to=f"/desk/calendar/{entered}/remove").status_code == 303
    with app.app_context():
        assert session().scalars(select(CalendarDay)).all() == []
        kinds = session().scalars(select(Words.kind).where(Words.subject == "calendar")).all()
        assert kinds == ["calendar.add_day", "calendar.remove_day"]


def test_the_ledger_tells_what_was_done_in_words(app: Flask, browser_of: Any) -> None:
    with app.app_context():
        complaint = take(complaint_in("assessment"), "hold", by=INES, **HOLD)
        subject = complaint.subject
    ada = browser_of(ADA)
    shown = ada.get(f"/desk/ledger?subject={subject}").text
    assert "Complaint file: Begin the assessment" in shown
    assert "Complaint file: Proposed: Put on hold" in shown
    assert "Ines" in shown
    assert "Complaint file: Filed on the website" in shown
    only = ada.get("/desk/ledger?kind=file.proposed.hold").text
    assert "Proposed: Put on hold" in only
    assert "Begin the assessment" not in only
    assert "oversight ledger verify" in shown


def test_an_ended_file_leads_to_its_summary(app: Flask, browser_of: Any) -> None:
    with app.app_context():
        complaint = complaint_in("resolved")
        paula = acting.person(the(PAULA))
        with writing():
            reference = open_outcome(fresh_in(complaint.id), by=paula, at=AT).reference
        number = fresh(complaint.id).number
    link = f'href="/publication/outcomes/{reference}"'
    assert link in browser_of(BEA).get(f"/desk/files/{number}").text
    shown = browser_of(INES).get(f"/desk/files/{number}").text
    assert reference in shown
    assert link not in shown


def test_nothing_is_alleged_anew_once_the_panel_has_the_file(app: Flask, browser_of: Any) -> None:
    with app.app_context():
        number = complaint_in("decision").number
    ines, path = browser_of(INES), f"/desk/files/{number}/allegations"
    assert f"{path}/new" not in ines.get(path).text
    facts = {"subject_kind": "service", "duty": "on", "camera": "unknown"}
    answer = submit(ines, f"{path}/new", **facts)
    assert answer.status_code == 409
    assert "before a file goes to its panel" in answer.text
