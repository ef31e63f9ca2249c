"""The reviewers' pages: what may be read when, what is written down, and how a conflict closes a file."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from oversight.casework import acting
from oversight.casework.actions.editing import write_review_copy
from oversight.casework.models import Complaint
from oversight.casework.queries.facts import open_allegations
from oversight.kit.db import session, writing
from oversight.ledger.models import Words
from tests.cast import BEA, INES, IVAN, REVIEWERS, signed_in, the
from tests.factories import (
    AT,
    active_seats,
    complaint_in,
    declared,
    filed,
    fresh,
    heard,
    held,
    investigated,
    take,
)
from tests.pages import hidden_fields, submit

NARRATIVE = "Constable Wren Haldane stopped me"
COPY = "Officer A stopped the complainant."
NAMES = ("Amara", "Quist", "Haldane", "48213", "amara@elsewhere.example")


class Panel:
    """A file in review, and its reviewers' browsers in the order of their seats."""

    def __init__(
        self,
        app: Flask,
        *,
        ready: bool = True,
        bring: Callable[[], Complaint] = lambda: complaint_in("civilian_review"),
        prepare: Callable[[Complaint], Complaint] = lambda complaint: complaint,
    ) -> None:
        self.app = app
        with app.app_context():
            for person in REVIEWERS:
                the(person)
            complaint = prepare(declared(bring()) if ready else bring())
            self.id, self.number = complaint.id, complaint.number
            by_id = {the(person).id: person for person in REVIEWERS}
            self.people = [by_id[seat.person_id] for seat in active_seats(complaint)]
            self.allegation = str(open_allegations(complaint)[0].id)
        self.url = f"/review/files/{self.number}"
        self.clients = [signed_in(app, person) for person in self.people]

    def find(
        self, client: FlaskClient, button: str = "submit", reasons: str = "The notes say so."
    ) -> TestResponse:
        """Send the findings form with one of its two buttons."""
        answers = {
            f"finding:{self.allegation}": "sustained",
            f"reasons:{self.allegation}": reasons,
            button: "yes",
        }
        return submit(client, self.url, to=f"{self.url}/findings", **answers)

    def state(self) -> str:
        """The file's state now."""
        with self.app.app_context():
            return fresh(self.id).state


def urls_of(number: str) -> list[tuple[str, str]]:
    """Every address of a file in this room."""
    base = f"/review/files/{number}"
    return [
        ("GET", base),
        ("GET", f"{base}/conflict"),
        ("GET", f"{base}/question"),
        ("POST", f"{base}/declaration"),
        ("POST", f"{base}/conflict"),
        ("POST", f"{base}/findings"),
        ("POST", f"{base}/question"),
    ]


def test_before_declaring_only_what_tells_a_conflict_is_shown(app: Flask) -> None:
    panel = Panel(app, ready=False)
    rita = panel.clients[0]
    page = rita.get(panel.url).text
    assert "October 2026" in page
    assert "Discreditable conduct" in page
    assert not [name for name in (*NAMES, COPY, NARRATIVE, "October 20,") if name in page]
    assert rita.get(f"{panel.url}/question").status_code == 404
    assert panel.number in rita.get("/review").text


def test_declaring_no_conflict_opens_the_copies_and_never_the_original(app: Flask) -> None:
    panel = Panel(app, ready=False)
    rita = panel.clients[0]
    answer = submit(rita, panel.url, to=f"{panel.url}/declaration", declaration="none")
    assert answer.status_code == 303
    page = rita.get(panel.url).text
    assert COPY in page
    assert not [name for name in (*NAMES, NARRATIVE) if name in page]


def test_a_declaration_without_an_answer_is_asked_again(app: Flask) -> None:
    panel = Panel(app, ready=False)
    for answer in ({}, {"declaration": "maybe"}):
        page = submit(panel.clients[0], panel.url, to=f"{panel.url}/declaration", reason="Hm.", **answer)
        assert page.status_code == 422
        assert "Hm." in page.text


@pytest.mark.parametrize("ready", [False, True], ids=["before reading", "while reading"])
def test_a_conflict_closes_every_address_of_the_file_and_seats_someone_else(app: Flask, ready: bool) -> None:
    panel = Panel(app, ready=ready)
    rita = panel.clients[0]
    token = hidden_fields(rita.get(panel.url).text)
    where = "conflict" if ready else "declaration"
    page = f"{panel.url}/conflict" if ready else panel.url
    answer = submit(rita, page, to=f"{panel.url}/{where}", declaration="conflict", reason="My cousin.")
    assert (answer.status_code, answer.location) == (303, "/review")
    for method, url in urls_of(panel.number):
        assert rita.open(url, method=method, data=token).status_code == 404, url
    assert panel.number not in rita.get("/review").text
    assert panel.number not in rita.get("/review/done").text
    with app.app_context():
        seats = active_seats(fresh(panel.id))
        assert len(seats) == 3
        assert the(panel.people[0]).id not in {seat.person_id for seat in seats}


def test_whoever_writes_when_the_file_is_taken_back_hears_of_that(app: Flask) -> None:
    panel = Panel(app)
    rita = panel.clients[0]
    form = hidden_fields(rita.get(panel.url).text)
    with app.app_context():
        take(fresh(panel.id), "take_back_from_the_panel", by=INES, second=BEA, reason="The wrong copy.")
    answer = rita.post(f"{panel.url}/findings", data=form)
    assert answer.status_code == 409
    assert "with somebody else now" in answer.text
    assert rita.get(panel.url).status_code == 404


def test_no_one_without_a_seat_finds_the_file(app: Flask) -> None:
    panel = Panel(app)
    outside = next(person for person in REVIEWERS if person not in panel.people)
    client = signed_in(app, outside)
    token = hidden_fields(client.get("/review").text)
    for method, url in urls_of(panel.number):
        assert client.open(url, method=method, data=token).status_code == 404, url
    assert signed_in(app, INES).get("/review").status_code == 403


def test_a_draft_is_kept_for_its_writer_alone_and_makes_nobodys_page_stale(app: Flask) -> None:
    panel = Panel(app)
    rita, omar = panel.clients[:2]
    before = hidden_fields(omar.get(panel.url).text)["version"]
    assert panel.find(rita, "keep", "Half a thought").status_code == 303
    assert "Half a thought" in rita.get(panel.url).text
    page = omar.get(panel.url).text
    assert "Half a thought" not in page
    assert hidden_fields(page)["version"] == before
    with app.app_context():
        assert session().scalars(select(Words).where(Words.kind == "file.edit.keep_draft_findings")).all()


def test_others_findings_are_read_only_after_ones_own(app: Flask) -> None:
    panel = Panel(app)
    rita, omar = panel.clients[:2]
    assert panel.find(rita, reasons="Because the radio log agrees.").status_code == 303
    assert "Because the radio log agrees." in rita.get(panel.url).text
    assert "Because the radio log agrees." not in omar.get(panel.url).text
    panel.find(omar, reasons="The notes differ.")
    assert "Because the radio log agrees." in omar.get(panel.url).text
    assert "The notes differ." in rita.get(panel.url).text


def test_a_draft_of_another_is_not_read_even_after_ones_own(app: Flask) -> None:
    panel = Panel(app)
    rita, omar = panel.clients[:2]
    panel.find(rita, "keep", "Half a thought")
    panel.find(omar)
    assert "Half a thought" not in omar.get(panel.url).text


def test_when_every_seat_has_submitted_the_decision_is_next(app: Flask) -> None:
    panel = Panel(app)
    for client in panel.clients:
        assert panel.find(client).status_code == 303
    assert panel.state() == "decision"
    assert panel.number in panel.clients[0].get("/review/done").text
    assert panel.number not in panel.clients[0].get("/review").text


def test_a_finding_without_its_reasons_is_asked_again_with_what_was_typed(app: Flask) -> None:
    panel = Panel(app)
    answer = panel.find(panel.clients[0], reasons=" ")
    assert answer.status_code == 422
    assert "Write your reasons for: 1. Discreditable conduct, Officer A" in answer.text
    assert re.search(r'<input[^>]*checked[^>]*value="sustained"', answer.text)


def test_a_stale_page_is_shown_anew_with_what_was_typed(app: Flask) -> None:
    panel = Panel(app)
    rita, omar = panel.clients[:2]
    old = hidden_fields(rita.get(panel.url).text)
    panel.find(omar)
    answers = {f"finding:{panel.allegation}": "unfounded", f"reasons:{panel.allegation}": "My long reasons."}
    answer = rita.post(f"{panel.url}/findings", data={**old, **answers, "submit": "yes"})
    assert answer.status_code == 409
    assert "My long reasons." in answer.text
    again = {**hidden_fields(answer.text), **answers, "submit": "yes"}
    assert rita.post(f"{panel.url}/findings", data=again).status_code == 303


def test_submitted_findings_can_not_be_changed(app: Flask) -> None:
    panel = Panel(app)
    rita = panel.clients[0]
    form = hidden_fields(rita.get(panel.url).text)
    panel.find(rita)
    for button in ("keep", "submit"):
        late = {
            f"finding:{panel.allegation}": "unfounded",
            f"reasons:{panel.allegation}": "No.",
            button: "yes",
        }
        form |= {
            name: value
            for name, value in hidden_fields(rita.get(panel.url).text).items()
            if name == "version"
        }
        assert rita.post(f"{panel.url}/findings", data={**form, **late}).status_code == 409
    with app.app_context():
        seat = next(seat for seat in active_seats(fresh(panel.id)) if seat.submitted_at)
        assert [found.finding for found in seat.findings] == ["sustained"]


def test_asking_for_more_sends_the_file_back_with_the_question(app: Flask) -> None:
    panel = Panel(app)
    rita, omar = panel.clients[:2]
    empty = submit(rita, f"{panel.url}/question", question=" ")
    assert empty.status_code == 422
    answer = submit(rita, f"{panel.url}/question", question="Was there a recording from the bus?")
    assert answer.status_code == 303
    assert panel.state() == "investigation"
    assert "Was there a recording from the bus?" in omar.get(panel.url).text
    assert panel.find(omar).status_code == 409


def test_why_a_file_came_back_is_told_to_the_panel(app: Flask) -> None:
    panel = Panel(app)
    for client in panel.clients:
        panel.find(client)
    with app.app_context():
        take(fresh(panel.id), "return_to_the_panel", by=BEA, reason="Look at the second page.")
    page = panel.clients[0].get(panel.url).text
    assert "Look at the second page." in page
    assert "Submit my findings" in page
    assert "Another reviewer" not in page


def test_what_is_on_hold_can_be_drafted_and_not_submitted(app: Flask) -> None:
    panel = Panel(app, prepare=held)
    rita = panel.clients[0]
    assert "On hold" in rita.get(panel.url).text
    assert panel.find(rita).status_code == 409
    assert panel.find(rita, "keep").status_code == 303


def test_a_copy_that_is_not_ready_is_not_shown(app: Flask) -> None:
    panel = Panel(app)
    submit(panel.clients[0], f"{panel.url}/question", question="Was there a recording?")
    with app.app_context():
        ines = acting.person(the(INES))
        with writing():
            complaint = session().get_one(Complaint, panel.id)
            write_review_copy(complaint, None, "Half", "Not fit to be read", ready=False, by=ines, at=AT)
    page = panel.clients[0].get(panel.url).text
    assert COPY in page
    assert "Not fit to be read" not in page


def test_a_file_that_could_not_be_blinded_shows_the_original_and_why(app: Flask) -> None:
    panel = Panel(app, bring=unblinded)
    page = panel.clients[0].get(panel.url).text
    assert NARRATIVE in page
    assert "The name is the point." in page


def unblinded() -> Complaint:
    """A file sent to review with its names."""
    return take(
        heard(investigated(filed(), AT), AT),
        "send_to_review_unblinded",
        by=IVAN,
        second=BEA,
        blinding_reason="The name is the point.",
    )
