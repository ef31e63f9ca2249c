"""Following a complaint with its receipt code."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from oversight.casework import acting
from oversight.casework.actions.editing import give_receipt
from oversight.casework.actions.messages import write_to_party
from oversight.casework.models import Complaint, Message, Party
from oversight.intake import sitting
from oversight.intake.routes import following, writing_back
from oversight.kit.db import session, writing
from oversight.outbox.models import StoredNotice
from oversight.rules import receipts
from tests.cast import BEA, INES, the
from tests.factories import AT, DAY, complaint_in, take
from tests.intake.visitor import Visitor
from tests.pages import hidden_fields

UNKNOWN = receipts.new_code(bytes(range(15)))


def code_for(app: Flask, state: str, kind: str = "complainant") -> str:
    """The receipt code of a party to a file in that state."""
    with app.app_context():
        by, complaint = acting.person(the(INES)), complaint_in(state)
        complaint_id = complaint.id
        with writing():
            complaint = session().get_one(Complaint, complaint_id)
            party = next(each for each in complaint.parties if each.kind == kind)
            return give_receipt(party, by=by, at=AT)


def the_file() -> Complaint:
    return session().scalars(select(Complaint)).one()


def opened(app: Flask, code: str) -> Visitor:
    visitor = Visitor(app)
    assert visitor.open_file(code).location == "/status/file"
    return visitor


@pytest.mark.one_database
@pytest.mark.parametrize("typed", ["{}", "  {}  ", "{} ", "‎{}"])
def test_a_code_opens_its_file_however_it_is_typed(app: Flask, visitor: Visitor, typed: str) -> None:
    code = visitor.file()
    other = Visitor(app)
    assert other.open_file(typed.format(code.lower().replace("-", " "))).status_code == 303
    page = other.get("/status/file")
    assert page.status_code == 200
    assert "We have your complaint. Nobody has decided anything yet." in page.text
    assert "Usually less than a month." in page.text


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "Enter your receipt code."),
        ("ABCDE", "Some are missing."),
        ("A" * 60, "too many"),
        ("U" * 25, "never the letter U"),
        ("A" * 24 + "B", "mistyped"),
        ("x" * 100_000, "at most 200 characters"),
        ("\0" * 10, "hidden characters"),
    ],
)
def test_what_can_not_be_a_code_is_explained(visitor: Visitor, typed: str, words: str) -> None:
    answered = visitor.open_file(typed)
    assert answered.status_code == 422
    assert words in answered.text


def test_known_and_unknown_codes_are_answered_alike(app: Flask, visitor: Visitor) -> None:
    known = visitor.file()
    answers = [Visitor(app).open_file(code) for code in (known, UNKNOWN)]
    seen = [(each.status_code, each.location, each.data, len(each.headers["Set-Cookie"])) for each in answers]
    assert seen[0] == seen[1]


def test_an_unknown_code_is_said_to_be_unknown(visitor: Visitor) -> None:
    visitor.open_file(UNKNOWN)
    page = visitor.get("/status/file")
    assert page.status_code == 404
    assert "We do not know this code" in page.text
    assert visitor.get("/status").status_code == 200


def test_a_replaced_code_opens_nothing_even_where_it_was_shown(app: Flask) -> None:
    old = code_for(app, "received")
    visitor = opened(app, old)
    with app.app_context():
        by = acting.person(the(INES))
        with writing():
            party = next(each for each in the_file().parties if each.kind == "complainant")
            give_receipt(party, by=by, at=AT)
    assert visitor.get("/status/file").status_code == 404


@pytest.mark.one_database
def test_whoever_complained_reads_what_takes_longer_until_when_and_why(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    visitor = opened(app, code_for(app, "assessment"))
    monkeypatch.setattr(following, "this_day", lambda: (AT + DAY).date())
    assert "What takes longer" not in visitor.get("/status/file").text
    given = {"clock": "assessment", "days": "14", "delay_reason": "waiting_for_record"}
    with app.app_context():
        take(the_file(), "give_more_time", by=INES, second=BEA, at=AT + DAY, **given)
    page = visitor.get("/status/file").text
    assert "<h3>Finish the assessment</h3>" in page
    assert "We gave ourselves more time. The last day is now December 16, 2026." in page
    assert "The reason: Waiting for a record or a recording." in page
    assert "One part of our work takes longer" in page  # among what has happened
    monkeypatch.setattr(following, "this_day", lambda: (AT + 60 * DAY).date())
    page = visitor.get("/status/file").text
    assert "The deadline passed on December 16, 2026." in page
    assert "We gave ourselves more time" not in page


def test_a_file_is_closed_by_its_reader(app: Flask) -> None:
    visitor = opened(app, code_for(app, "received"))
    assert visitor.send("/status/file", "/status/leave").location == "/status"
    assert visitor.get("/status/file").location == "/status"


def test_a_file_closes_by_itself_and_what_was_written_is_given_back(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    visitor = opened(app, code_for(app, "received"))
    page = visitor.get("/status/file/add")
    assert page.status_code == 200
    later = following.now() + sitting.OPEN_FOR + timedelta(minutes=1)
    token = hidden_fields(page.text)
    for module in (following, writing_back):
        monkeypatch.setattr(module, "now", lambda: later)
    answered = visitor.client.post(
        "/status/file/add", data={**token, "body": "He came back on Sunday and waited."}
    )
    assert answered.status_code == 403
    assert "He came back on Sunday and waited." in answered.text
    assert "Enter your code again" in answered.text
    with app.app_context():
        assert session().scalars(select(Message)).all() == []


def test_something_is_added_and_whoever_handles_it_hears(app: Flask) -> None:
    visitor = opened(app, code_for(app, "assessment"))
    assert visitor.send("/status/file/add", body="One had a grey beard.").location == "/status/file"
    assert "One had a grey beard." in visitor.get("/status/file").text
    with app.app_context():
        complaint = the_file()
        assert complaint.has_news
        assert [message.kind for message in complaint.messages] == ["addition"]
        kinds = [row.kind for row in session().scalars(select(StoredNotice))]
        assert "message_from_party" in kinds


def test_retaliation_is_flagged_and_a_director_hears_the_same_day(app: Flask) -> None:
    with app.app_context():
        the(BEA)
    visitor = opened(app, code_for(app, "investigation"))
    visitor.send("/status/file/retaliation", body="They stopped me twice this week.")
    with app.app_context():
        assert the_file().retaliation_reported_at is not None
        assert "retaliation_reported" in [row.kind for row in session().scalars(select(StoredNotice))]


def test_whoever_withdraws_is_asked_privately_whether_they_were_pressed(app: Flask) -> None:
    visitor = opened(app, code_for(app, "investigation"))
    assert "pressed you" in visitor.get("/status/file/withdraw").text
    visitor.send("/status/file/withdraw", pressed="yes", by_whom="An officer called me.")
    with app.app_context():
        party = next(each for each in the_file().parties if each.kind == "complainant")
        assert party.withdrawal_is_undecided
        assert party.withdrawal["pressed"] == "Yes\nAn officer called me."
        assert the_file().state == "investigation"
    page = visitor.get("/status/file").text
    assert "You asked to withdraw" in page
    assert "I want to take my complaint back" not in page
    assert visitor.get("/status/file/withdraw").location == "/status/file"


def test_another_look_is_asked_for_in_time(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    code = code_for(app, "resolved")
    at_the_time(app, monkeypatch, days=5)
    visitor = opened(app, code)
    assert "until" in visitor.get("/status/file").text
    visitor.send("/status/file/another-look", reason="Nobody asked my neighbour.")
    with app.app_context():
        complaint = the_file()
        assert complaint.state == "reconsideration"
        assert not complaint.reconsiderations[0].was_late


def test_another_look_can_be_asked_for_late_with_reasons(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    code = code_for(app, "resolved")
    at_the_time(app, monkeypatch, days=200)
    visitor = opened(app, code)
    assert visitor.send("/status/file/another-look", reason="Nobody asked her.").status_code == 422
    visitor.send("/status/file/another-look", reason="Nobody asked her.", delay="I was in hospital.")
    with app.app_context():
        complaint = the_file()
        assert complaint.state == "reconsideration"
        assert complaint.reconsiderations[0].was_late
        assert complaint.reconsiderations[0].reasons["delay"] == "I was in hospital."


def test_the_result_is_told_with_what_its_words_mean(app: Flask) -> None:
    page = opened(app, code_for(app, "resolved")).get("/status/file").text
    assert "This is for you alone" in page
    assert "What that means:" in page


@pytest.mark.parametrize("state", ["assessment", "investigation", "civilian_review", "decision"])
def test_an_open_file_tells_no_result(app: Flask, state: str) -> None:
    page = opened(app, code_for(app, state)).get("/status/file").text
    assert "The result" not in page
    assert "What comes next" in page


def test_the_page_names_the_caseworker_and_nobody_else(app: Flask) -> None:
    code = code_for(app, "civilian_review")
    page = opened(app, code).get("/status/file").text
    assert "Your caseworker is Ines." in page
    for name in ("Ivan", "Rita", "Omar", "Noor", "Bea", "Lou", "Haldane", "48213"):
        assert name not in page


def test_only_ones_own_messages_are_shown(app: Flask) -> None:
    code = code_for(app, "investigation")
    with app.app_context():
        by = acting.person(the(INES))
        with writing():
            complaint = the_file()
            mine = next(each for each in complaint.parties if each.kind == "complainant")
            other = Party(kind="complainant", ordinal=2, language="en")
            complaint.parties.append(other)
            write_to_party(mine, "This is for the first.", by=by, at=AT)
            write_to_party(other, "This is for the second.", by=by, at=AT)
            second = give_receipt(other, by=by, at=AT)
    assert "This is for the second." in opened(app, second).get("/status/file").text
    page = opened(app, code).get("/status/file").text
    assert "This is for the first." in page
    assert "This is for the second." not in page


def at_the_time(app: Flask, monkeypatch: pytest.MonkeyPatch, *, days: int) -> None:
    """Move every clock of the room to so many days after the file ended."""
    with app.app_context():
        ended = the_file().ended_on
    assert ended is not None
    moment = AT.replace(year=ended.year, month=ended.month, day=ended.day) + timedelta(days=days)
    for module in (following, writing_back):
        monkeypatch.setattr(module, "now", lambda: moment)
        monkeypatch.setattr(module, "this_day", lambda: moment.date())


def test_what_several_windows_add_at_once_is_all_kept(app: Flask) -> None:
    visitor = opened(app, code_for(app, "investigation"))
    token, cookie = hidden_fields(visitor.get("/status/file/add").text), visitor.client.get_cookie("session")
    assert cookie is not None

    def add(number: int) -> int:
        client = app.test_client()
        client.set_cookie("session", cookie.value)
        return client.post("/status/file/add", data={**token, "body": f"Number {number}."}).status_code

    with ThreadPoolExecutor(8) as windows:
        assert set(windows.map(add, range(8))) == {303}
    with app.app_context():
        assert {message.body for message in the_file().messages} == {f"Number {each}." for each in range(8)}


@pytest.mark.one_database
def test_one_address_may_look_up_many_codes_and_not_endlessly_many(visitor: Visitor) -> None:
    token = hidden_fields(visitor.get("/status").text)
    codes = [visitor.client.post("/status", data={**token, "code": "no"}).status_code for _ in range(61)]
    assert codes == [422] * 60 + [429]
