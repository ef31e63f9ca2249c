"""Self-identification: optional, and apart from the file."""

from flask import Flask
from sqlalchemy import select

from oversight.casework.models import Complaint, FileEvent, SelfIdentificationRecord
from oversight.kit.db import session
from oversight.ledger.models import Words
from tests.intake.visitor import Visitor

PAGE = "/complaint/about-you"


def records() -> list[SelfIdentificationRecord]:
    return list(session().scalars(select(SelfIdentificationRecord)))


def test_the_notice_says_why_and_by_what_authority(visitor: Visitor) -> None:
    visitor.file()
    page = visitor.get(PAGE).text
    for words in (
        "You do not have to answer this",
        "kept apart",
        "Protection of Privacy Act",
        "I do not know",
    ):
        assert words in page


def test_several_answers_are_kept_sealed_and_apart(app: Flask, visitor: Visitor) -> None:
    visitor.file()
    assert visitor.send(PAGE, identity=["BLACK", "INDIGENOUS"]).location == "/complaint/sent"
    with app.app_context():
        (record,) = records()
        assert record.answers == {"identity": ["BLACK", "INDIGENOUS"]}
        raw = session().connection().exec_driver_sql("SELECT answers_sealed FROM self_identification")
        assert b"BLACK" not in bytes(raw.scalar_one())


def test_neither_the_files_history_nor_its_version_shows_an_answer(app: Flask, visitor: Visitor) -> None:
    visitor.file()
    with app.app_context():
        before = (
            session().scalars(select(Complaint.version)).one(),
            len(session().scalars(select(FileEvent)).all()),
        )
    visitor.send(PAGE, identity=["WHITE"])
    with app.app_context():
        after = (
            session().scalars(select(Complaint.version)).one(),
            len(session().scalars(select(FileEvent)).all()),
        )
        assert before == after
        kept = session().scalars(select(Words).where(Words.kind == "self_identification.kept")).one()
        assert "WHITE" not in kept.details


def test_answering_again_replaces_the_answer(app: Flask, visitor: Visitor) -> None:
    visitor.file()
    visitor.send(PAGE, identity=["WHITE"])
    visitor.send(PAGE, identity=["PREFER_NOT"])
    with app.app_context():
        assert [record.answers for record in records()] == [{"identity": ["PREFER_NOT"]}]


def test_leaving_it_empty_keeps_nothing(app: Flask, visitor: Visitor) -> None:
    visitor.file()
    assert visitor.send(PAGE).location == "/complaint/sent"
    with app.app_context():
        assert records() == []


def test_contradictions_and_inventions_are_refused(visitor: Visitor) -> None:
    visitor.file()
    assert visitor.send(PAGE, identity=["WHITE", "DO_NOT_KNOW"]).status_code == 422
    assert visitor.send(PAGE, identity=["MARTIAN"]).status_code == 422


def test_it_is_asked_of_whoever_shows_their_code_later(app: Flask, visitor: Visitor) -> None:
    code = visitor.file()
    later = Visitor(app)
    later.open_file(code)
    assert later.send(PAGE, identity=["SOUTH_ASIAN"]).location == "/status/file"


def test_nobody_else_is_asked(visitor: Visitor) -> None:
    assert visitor.get(PAGE).location == "/status"
