"""The same form sent twice, or a hundred times at once, makes one file and gives one answer."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from oversight.casework.models import Complaint, FileCounter
from oversight.intake.models import Draft
from oversight.intake.routes import questions
from oversight.kit.db import session
from oversight.ledger import verify
from tests.intake.visitor import Visitor, code_on
from tests.locks import another_could_change
from tests.pages import hidden_fields

AT_ONCE = 100


def files(app: Flask) -> int:
    with app.app_context():
        return session().scalar(select(func.count()).select_from(Complaint)) or 0


def test_a_hundred_parallel_sendings_make_one_file(app: Flask, visitor: Visitor) -> None:
    visitor.answer_all()
    fields = hidden_fields(visitor.get("/complaint/check").text)
    cookie = visitor.client.get_cookie("session")
    assert cookie is not None
    together = Barrier(AT_ONCE)

    def send(_: int) -> tuple[TestResponse, str]:
        client = app.test_client()
        client.set_cookie("session", cookie.value)
        together.wait()
        answer = client.post("/complaint/send", data=fields)
        return answer, code_on(client.get("/complaint/sent").text)

    with ThreadPoolExecutor(AT_ONCE) as people:
        answers = list(people.map(send, range(AT_ONCE)))
    assert {(answer.status_code, answer.location) for answer, _ in answers} == {(303, "/complaint/sent")}
    assert len({code for _, code in answers}) == 1
    assert files(app) == 1
    with app.app_context():
        assert session().scalars(select(FileCounter.last)).all() == [1]
        assert verify(session()).ok


def test_sent_again_from_a_tab_left_open_it_is_the_same_file(app: Flask, visitor: Visitor) -> None:
    visitor.answer_all()
    fields = hidden_fields(visitor.get("/complaint/check").text)
    assert visitor.client.post("/complaint/send", data=fields).location == "/complaint/sent"
    visitor.send("/complaint/sent", "/complaint/kept")
    assert visitor.client.post("/complaint/send", data=fields).location == "/complaint/sent"
    assert files(app) == 1


def test_other_answers_under_the_same_key_are_refused(app: Flask, visitor: Visitor) -> None:
    visitor.answer_all()
    fields = hidden_fields(visitor.get("/complaint/check").text)
    visitor.client.post("/complaint/send", data=fields)
    answered = visitor.client.post("/complaint/send", data={**fields, "checked": "0" * 64})
    assert answered.status_code == 422
    assert "already sent with other answers" in answered.text
    assert files(app) == 1


def test_answers_changed_in_another_window_are_checked_again(app: Flask, visitor: Visitor) -> None:
    visitor.answer_all()
    fields = hidden_fields(visitor.get("/complaint/check").text)
    visitor.answer("on-duty", duty="off")
    answered = visitor.client.post("/complaint/send", data=fields)
    assert answered.status_code == 409
    assert "No, off duty" in answered.text
    assert files(app) == 0


def test_while_an_answer_is_kept_no_other_window_keeps_one(
    app: Flask, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    visitor.answer_all()
    found, keep_answers = [], questions.keep_answers

    def keep_meanwhile(draft: Draft, *of: Any, **told: Any) -> None:
        found.append(another_could_change(Draft, draft.id))
        keep_answers(draft, *of, **told)

    monkeypatch.setattr(questions, "keep_answers", keep_meanwhile)
    visitor.answer("on-duty", duty="off")
    assert found == [False]


def test_an_answer_changed_after_sending_is_not_taken_silently(app: Flask, visitor: Visitor) -> None:
    visitor.answer_all()
    late = visitor.client.get_cookie("session")
    token = hidden_fields(visitor.get("/complaint/questions/on-duty").text)
    assert late is not None
    visitor.send_it()
    visitor.client.set_cookie("session", late.value)
    answered = visitor.client.post("/complaint/questions/on-duty", data={**token, "duty": "off"})
    assert answered.status_code == 409
    assert "already sent" in answered.text
    assert files(app) == 1


@pytest.mark.one_database
def test_someone_elses_form_can_not_be_sent(app: Flask, visitor: Visitor) -> None:
    visitor.answer_all()
    fields = hidden_fields(visitor.get("/complaint/check").text)
    other = Visitor(app)
    answered = other.send(
        "/complaint/", "/complaint/send", **{**fields, **hidden_fields(other.get("/complaint/").text)}
    )
    assert answered.status_code == 404
    assert files(app) == 0
