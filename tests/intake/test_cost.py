"""What the last submission of a form costs the database. Bursts are when an office is needed most."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask
from sqlalchemy import event

from oversight.kit.db import db
from tests.intake.visitor import Visitor
from tests.pages import hidden_fields

MOST = 18
"""BEGIN, the draft taken, the number, the calendar, eight tables written once each, the file and its
first clock once more when the number is known, and the ledger's four."""


@contextmanager
def statements(app: Flask) -> Iterator[list[str]]:
    """Every statement sent to the database meanwhile."""
    heard: list[str] = []

    def hear(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        heard.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", hear)
    yield heard
    event.remove(engine, "before_cursor_execute", hear)


def test_sending_a_complaint_costs_few_statements(app: Flask, visitor: Visitor) -> None:
    visitor.answer_all()
    fields = hidden_fields(visitor.get("/complaint/check").text)
    with statements(app) as heard:
        sent = visitor.client.post("/complaint/send", data=fields)
    assert sent.status_code == 303
    assert len(heard) <= MOST, "\n\n".join(heard)
