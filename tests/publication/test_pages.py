"""The pages of outcomes: what anyone may read, and how publishers write, approve and publish it."""

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from oversight.casework import acting
from oversight.casework.actions.panel import shut_out
from oversight.casework.models import Complaint
from oversight.kit.clock import now
from oversight.kit.db import session, writing
from tests.cast import BEA, DORA, INES, PAULA, RITA, signed_in, the
from tests.factories import AT, complaint_in, take
from tests.pages import hidden_fields, submit
from tests.summaries import OVER, agreed, approved, drafted, found, opened, outcome_step, published, text
from tests.timetravel import TravellingClock, travelling

NAMES = ("Amara", "Quist", "Haldane", "Wren", "48213", "amara@elsewhere.example")
NARRATIVE = "would not say why"


@pytest.fixture
def clock() -> Iterator[TravellingClock]:
    """The office's clock, which starts at the real instant."""
    with travelling() as clock:
        yield clock


def summary_of(reference: str) -> str:
    """Where an outcome is written."""
    return f"/publication/outcomes/{reference}"


def press(client: FlaskClient, reference: str, step: str, **answers: str) -> int:
    """Take a step from the outcome's page, or from the step's own where it asks for something."""
    page = f"{summary_of(reference)}/steps/{step}" if answers else summary_of(reference)
    return submit(client, page, to=f"{summary_of(reference)}/steps/{step}", **answers).status_code


def test_an_unknown_or_unpublished_reference_is_no_page(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        reference = approved(complaint_in("dismissed")).reference
    for address in (reference, "BBBB-BBBB", "2026-00001", "nothing"):
        assert client.get(f"/outcomes/{address}").status_code == 404


def test_anyone_reads_a_published_outcome_and_nobody_is_named(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        outcome = published()
        reference, number = outcome.reference, outcome.complaint.number
    assert "A stop on the street [en]" in client.get("/outcomes").text
    page = client.get(f"/outcomes/{reference}").text
    for words in ("October 2026", "Discreditable conduct", "Sustained", "3 community reviewers", "advice"):
        assert words in page
    assert not [name for name in (*NAMES, NARRATIVE, number, "October 20,") if name in page]


def test_it_is_read_in_the_language_of_the_page(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        reference = published().reference
    page = client.get(f"/outcomes/{reference}", headers={"Accept-Language": "fr"}).text
    assert "A stop on the street [fr]" in page
    assert "[en]" not in page


def test_a_reference_may_be_typed_loosely(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        reference = published().reference
    answer = client.get(f"/outcomes/{reference.lower().replace('-', '')}")
    assert (answer.status_code, answer.location) == (301, f"/outcomes/{reference}")


def test_the_page_stays_as_published_whatever_becomes_of_the_file(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        outcome = published()
        outcome.complaint.area, outcome.complaint.allegations[0].code = "Northwest", "deceit"
        session().commit()
        reference = outcome.reference
    page = client.get(f"/outcomes/{reference}").text
    assert "Discreditable conduct" in page
    assert "Deceit" not in page
    assert "Northwest" not in page


def test_a_ground_is_never_published_bare(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        reference = published(complaint_in("dismissed")).reference
    page = client.get(f"/outcomes/{reference}").text
    assert "Dismissed" in page
    assert "The law gives this office no power over the matter or the person." in page
    assert "It ended before community reviewers were asked for findings." in page


def test_a_departure_is_published_with_its_reasons(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        reference = published(departed()).reference
    page = client.get(f"/outcomes/{reference}").text
    assert "The decision differs from what the reviewers found" in page
    assert "A later recording shows more. [en]" in page


def test_a_correction_is_said_beside_the_text(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        outcome = published()
        note = {"en": "The month was wrong.", "fr": "Le mois était faux."}
        outcome = outcome_step(outcome, "correct", by=PAULA, at=OVER, summary=text(), correction=note)
        reference = agreed(outcome, by=BEA, at=OVER).reference
    page = client.get(f"/outcomes/{reference}").text
    assert "Corrected on January 1, 2027" in page
    assert "The month was wrong." in page
    assert "Le mois" not in page


def test_what_was_taken_back_says_so_and_shows_nothing_of_it(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        outcome = outcome_step(published(), "withdraw", by=PAULA, at=OVER, reason="A court asks for it.")
        reference = agreed(outcome, by=BEA, at=OVER).reference
    answer = client.get(f"/outcomes/{reference}")
    assert answer.status_code == 410
    assert "taken back" in answer.text
    assert "A stop on the street" not in answer.text
    assert "A court asks" not in answer.text
    assert reference not in client.get("/outcomes").text


def test_a_publisher_reads_the_file_without_names_or_original_words(app: Flask) -> None:
    with app.app_context():
        complaint = complaint_in("resolved")
        number, open_number = complaint.number, complaint_in("investigation").number
    paula = signed_in(app, PAULA)
    assert number in paula.get("/publication").text
    page = paula.get(f"/publication/files/{number}").text
    assert "Officer A stopped the complainant." in page
    assert "The record shows it: sustained." in page
    assert not [name for name in (*NAMES, NARRATIVE) if name in page]
    assert paula.get(f"/publication/files/{open_number}").status_code == 404
    for person in (INES, RITA):
        assert signed_in(app, person).get(f"/publication/files/{number}").status_code == 403


def test_from_a_file_to_the_published_page(app: Flask, client: FlaskClient, clock: TravellingClock) -> None:
    with app.app_context():
        number = complaint_in("resolved").number
    paula, bea = signed_in(app, PAULA), signed_in(app, BEA)
    begun = submit(paula, f"/publication/files/{number}")
    assert begun.status_code == 303
    reference = begun.location.rpartition("/")[2]
    assert press(paula, reference, "draft", **text()) == 303
    assert press(paula, reference, "approve") == 409, "the author does not approve"
    assert press(bea, reference, "approve") == 303
    assert client.get(f"/outcomes/{reference}").status_code == 404
    clock.pass_days(60)
    paula = signed_in(app, PAULA)
    assert press(paula, reference, "publish") == 303
    assert "A stop on the street [en]" in client.get(f"/outcomes/{reference}").text


def test_publishing_too_early_is_refused_and_the_desk_says_why(app: Flask) -> None:
    with app.app_context():
        reference = approved(decided_now()).reference
    paula = signed_in(app, PAULA)
    assert "The time to ask for another look is not over yet." in paula.get("/publication?part=in-work").text
    assert press(paula, reference, "publish") == 409


def test_a_name_is_shown_where_it_stands_and_stops_approval(app: Flask) -> None:
    with app.app_context():
        reference = drafted(complaint_in("dismissed"), what_happened="Then Haldane left.").reference
    bea = signed_in(app, BEA)
    page = bea.get(summary_of(reference)).text
    assert "<mark>Haldane</mark>" in page
    assert "What happened (English)" in page
    assert press(bea, reference, "approve") == 409


def test_a_stale_draft_is_refused_with_what_was_typed_and_what_stands(app: Flask) -> None:
    with app.app_context():
        outcome = drafted(complaint_in("dismissed"))
        reference = outcome.reference
    paula = signed_in(app, PAULA)
    old = hidden_fields(paula.get(summary_of(reference)).text)
    with app.app_context():
        outcome_step(found(reference), "draft", by=BEA, summary={"title.en": "Bea’s title"})
    answer = paula.post(f"{summary_of(reference)}/steps/draft", data={**old, **text(title="My own title")})
    assert answer.status_code == 409
    assert "My own title [en]" in answer.text
    assert "Bea’s title" in answer.text
    again = {**hidden_fields(answer.text), **text(title="My own title")}
    assert paula.post(f"{summary_of(reference)}/steps/draft", data=again).status_code == 303


def test_sending_back_needs_a_reason_which_the_author_reads(app: Flask) -> None:
    with app.app_context():
        reference = approved(complaint_in("dismissed")).reference
    bea = signed_in(app, BEA)
    assert press(bea, reference, "send_back", reason=" ") == 422
    assert press(bea, reference, "send_back", reason="The title says too much.") == 303
    assert "The title says too much." in signed_in(app, PAULA).get(summary_of(reference)).text


def test_taking_back_is_proposed_by_one_and_agreed_by_another(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        reference = published().reference
    paula, bea = signed_in(app, PAULA), signed_in(app, BEA)
    assert press(paula, reference, "withdraw", reason="A court asks for it.") == 303
    assert client.get(f"/outcomes/{reference}").status_code == 200
    assert reference in bea.get("/publication?part=to-decide").text
    approve = proposal_address(app, reference, "approve")
    assert submit(paula, summary_of(reference), to=approve).status_code == 403
    assert submit(bea, summary_of(reference), to=approve).status_code == 303
    assert client.get(f"/outcomes/{reference}").status_code == 410
    assert submit(bea, "/publication", to=approve).status_code in (400, 409), "it is decided once"


def test_a_proposal_can_be_declined(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        reference = published().reference
    paula, bea = signed_in(app, PAULA), signed_in(app, BEA)
    press(paula, reference, "withdraw", reason="A court asks for it.")
    decline = proposal_address(app, reference, "decline")
    assert submit(bea, summary_of(reference), to=decline).status_code == 303
    assert client.get(f"/outcomes/{reference}").status_code == 200
    assert "A court asks for it." not in bea.get(summary_of(reference)).text


def test_a_conflict_hides_file_and_outcome_from_a_publisher(app: Flask) -> None:
    with app.app_context():
        outcome = drafted(complaint_in("dismissed"))
        reference, number, complaint_id = outcome.reference, outcome.complaint.number, outcome.complaint_id
        paula, bea = the(PAULA), acting.person(the(BEA))
        paula_id = paula.id
        with writing():
            shut_out(session().get_one(Complaint, complaint_id), paula_id, "", by=bea, at=AT)
    client = signed_in(app, PAULA)
    token = hidden_fields(client.get("/publication").text)
    pages = (f"/publication/files/{number}", summary_of(reference), f"{summary_of(reference)}/preview")
    for page in (*pages, f"{summary_of(reference)}/steps/draft"):
        assert client.get(page).status_code == 404, page
    assert client.post(f"{summary_of(reference)}/steps/draft", data=token).status_code == 404
    assert reference not in client.get("/publication?part=in-work").text


def test_the_preview_is_for_publishers_and_bears_with_a_draft(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        reference = opened(complaint_in("dismissed")).reference
    page = signed_in(app, PAULA).get(f"{summary_of(reference)}/preview")
    assert page.status_code == 200
    assert "This is a preview" in page.text
    assert page.headers["Cache-Control"] == "no-store"
    assert client.get(f"{summary_of(reference)}/preview").status_code == 302


def departed() -> Complaint:
    """A file in which Bea and Dora decided otherwise than the panel."""
    complaint = complaint_in("decision")
    findings = {
        str(each.id): {"finding": "not_sustained", "reasons": "Not enough."} for each in complaint.allegations
    }
    return take(
        complaint,
        "depart_from_the_panel",
        by=BEA,
        second=DORA,
        findings=findings,
        reason="A later recording.",
        corrective_action={},
        to_complainant="Here is the result.",
    )


def decided_now() -> Complaint:
    """A file decided just now, so that the time to ask for another look runs."""
    return complaint_in("resolved", at=now())


def proposal_address(app: Flask, reference: str, act: str) -> str:
    """Where the one proposal on an outcome is decided."""
    with app.app_context():
        (proposal,) = found(reference).complaint.proposals[-1:]
        return f"{summary_of(reference)}/proposals/{proposal.id}/{act}"
