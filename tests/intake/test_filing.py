"""From before you start to the receipt code."""

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import func, select

from oversight.casework.actions.filing import RECEIPT_SHOWN_FOR, hash_of_key
from oversight.casework.models import Complaint, Party, Submission
from oversight.intake.models import Draft
from oversight.intake.routes import sending
from oversight.kit.db import session
from oversight.outbox.models import StoredNotice
from oversight.rules import receipts
from tests.intake.visitor import ANSWERS, Visitor, code_on


def count(model: type) -> int:
    return session().scalar(select(func.count()).select_from(model)) or 0


def only_file() -> Complaint:
    return session().scalars(select(Complaint)).one()


def test_a_complaint_is_filed_with_all_that_was_answered(app: Flask, visitor: Visitor) -> None:
    code = visitor.file()
    with app.app_context():
        complaint = only_file()
        assert complaint.state == "received"
        assert complaint.rulebook == "alberta_2025"
        assert (complaint.channel, complaint.origin, complaint.language) == ("web", "complaint", "en")
        assert complaint.narrative == ANSWERS["your-words"]["narrative"]
        assert (complaint.happened_on, complaint.happened_precision) == (date(2026, 10, 20), "exact")
        assert (complaint.context, complaint.duty, complaint.bias_alleged) == ("street_check", "on", "unsure")
        assert complaint.answers["bias_kinds"] == ["race", "poverty"]
        assert complaint.answers["wish"] == "An apology."
        complainant = next(party for party in complaint.parties if party.kind == "complainant")
        assert complainant.identity is not None
        assert complainant.identity.name == "Amara Quist"
        assert complainant.can_be_mailed
        assert complainant.receipt_hash == receipts.digest(code)
        assert [row.kind for row in session().scalars(select(StoredNotice))] == ["received"]
        assert count(Draft) == 0


def test_whoever_stays_anonymous_is_not_asked_for_a_name(app: Flask, visitor: Visitor) -> None:
    visitor.file(your_name={"anonymous": "yes"})
    with app.app_context():
        party = next(each for each in only_file().parties if each.kind == "complainant")
        assert party.anonymous
        assert party.identity is None
        assert not party.is_reachable


def test_becoming_anonymous_takes_the_name_back_at_once(app: Flask, visitor: Visitor) -> None:
    visitor.answer_all()
    visitor.answer("your-name", anonymous="yes")
    with app.app_context():
        kept = session().scalars(select(Draft)).one().answers
        assert "Amara Quist" not in str(kept)
        assert "amara@elsewhere.example" not in str(kept)
        assert kept["narrative"]
    assert "Amara Quist" not in visitor.get("/complaint/check").text


def test_the_answers_are_read_back_before_they_are_sent(visitor: Visitor) -> None:
    visitor.answer_all()
    page = visitor.get("/complaint/check").text
    for words in ("took my bag", "October 20, 2026", "Wren Haldane", "Stopped and asked questions on foot"):
        assert words in page
    assert "Race, colour or where someone comes from, Poverty or having no home" in page


def test_an_address_without_consent_is_taken_and_never_written_to(app: Flask, visitor: Visitor) -> None:
    visitor.answer_all(how_to_reach_you={"name": "Amara Quist", "email": "amara@elsewhere.example"})
    assert "No. We will not write to this address." in visitor.get("/complaint/check").text
    visitor.send_it()
    assert "We will not send you e-mail" in visitor.get("/complaint/sent").text
    with app.app_context():
        assert count(StoredNotice) == 0


def test_consent_without_an_address_is_noticed(visitor: Visitor) -> None:
    visitor.answer_all(your_name={"anonymous": "yes"})
    visitor.answer("your-name", anonymous="no")
    answered = visitor.answer("how-to-reach-you", name="Amara Quist", consent_to_mail="y")
    assert answered.status_code == 422
    assert "Write the e-mail address we may use" in answered.text


def test_an_answer_is_changed_from_the_check_page_and_leads_back_to_it(visitor: Visitor) -> None:
    visitor.answer_all()
    page = "/complaint/questions/on-duty?back=check"
    assert f'href="{page}"' in visitor.get("/complaint/check").text
    assert visitor.send(page, duty="off").location == "/complaint/check"
    assert "No, off duty" in visitor.get("/complaint/check").text


def test_a_change_that_raises_a_new_question_leads_to_it(visitor: Visitor) -> None:
    visitor.answer_all(your_name={"anonymous": "yes"})
    changed = visitor.send("/complaint/questions/your-name?back=check", anonymous="no")
    assert changed.location == "/complaint/questions/how-to-reach-you?back=check"


def test_each_page_can_be_left_and_come_back_to(visitor: Visitor) -> None:
    visitor.start()
    visitor.answer("your-words", narrative="It began like this.")
    assert visitor.get("/complaint/go-on").location == "/complaint/questions/when"
    assert "It began like this." in visitor.get("/complaint/questions/your-words").text
    assert "Go on with what I wrote" in visitor.get("/complaint/").text


def test_what_is_missing_is_named_with_a_way_to_it(visitor: Visitor) -> None:
    visitor.start()
    visitor.answer("your-words", narrative="It began like this.")
    page = visitor.get("/complaint/check").text
    assert "How did you come to meet the police?" in page
    assert 'href="/complaint/questions/kind-of-contact?back=check"' in page
    assert 'action="/complaint/send"' not in page


def test_nothing_incomplete_can_be_sent(app: Flask, visitor: Visitor) -> None:
    visitor.start()
    visitor.answer("your-words", narrative="It began like this.")
    with app.app_context():
        key = hash_of_key(str(session().scalars(select(Draft.id)).one())).hex()
    answered = visitor.send("/complaint/", "/complaint/send", form_key=key, checked="")
    assert answered.status_code == 409
    assert "How did you come to meet the police?" in answered.text
    with app.app_context():
        assert count(Complaint) == 0


def test_a_draft_can_be_deleted(app: Flask, visitor: Visitor) -> None:
    visitor.answer_all()
    visitor.send("/complaint/check", "/complaint/forget")
    with app.app_context():
        assert count(Draft) == 0
    assert visitor.get("/complaint/check").status_code == 404


def test_a_draft_belongs_to_one_browser(app: Flask, visitor: Visitor) -> None:
    visitor.answer_all()
    other = Visitor(app)
    assert other.get("/complaint/check").status_code == 404
    assert other.get("/complaint/questions/your-words").status_code == 404


def test_what_was_written_lies_sealed(app: Flask, visitor: Visitor) -> None:
    visitor.answer_all()
    with app.app_context():
        raw = session().connection().exec_driver_sql("SELECT answers_sealed FROM draft").scalar_one()
        assert b"library" not in bytes(raw)
        assert b"Amara" not in bytes(raw)


def test_the_code_is_shown_until_it_is_kept(app: Flask, visitor: Visitor) -> None:
    code = visitor.file()
    assert code_on(visitor.get("/complaint/sent").text) == code
    assert visitor.send("/complaint/sent", "/complaint/kept").location == "/complaint/sent"
    page = visitor.get("/complaint/sent").text
    assert code.split("-")[0] not in page
    assert "not shown any more" in page
    with app.app_context():
        assert session().scalars(select(Submission)).one().receipt is None
        number = only_file().number
    assert number in page


def test_the_code_is_shown_for_an_hour_at_most(visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    code = visitor.file()
    moved = sending.now() + RECEIPT_SHOWN_FOR
    monkeypatch.setattr(sending, "now", lambda: moved)
    assert code.split("-")[0] not in visitor.get("/complaint/sent").text


def test_two_complaints_from_one_browser_are_two_files(app: Flask, visitor: Visitor) -> None:
    first, second = visitor.file(), visitor.file()
    assert first != second
    with app.app_context():
        assert sorted(row.number[-6:] for row in session().scalars(select(Complaint)))[0].endswith("1")
        assert count(Complaint) == 2
        assert count(Party) == 4
