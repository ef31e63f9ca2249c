"""W1 to W5, W7 and W8: pages of an office, and the same templates with rows that were read by hand."""

import sqlite3
from datetime import date
from types import SimpleNamespace
from typing import Any

import psycopg
from flask import Flask, render_template
from werkzeug.datastructures import MultiDict

from bench.growth import Workload, grown
from bench.kept import PASSWORD, Kept, Office
from bench.line import Line
from bench.measure import Work
from oversight.accounts.access import open_to_everyone
from oversight.casework import wording
from oversight.desk.forms.queue import NumberForm, QueueForm
from oversight.desk.routes.queue import Row
from oversight.desk.wording import terms
from oversight.desk.wording.clocks import next_due
from oversight.kit import clock
from oversight.rules.jurisdictions import rulebook, rulebooks_of
from tests.pages import submit

PAGE_OF_QUEUE = """
    SELECT c.number, c.state, c.level, c.rulebook, c.context, c.received_on, c.next_due_on, c.has_news,
           c.retaliation_reported_at, p.name, q.name, c.version, c.channel, c.id
    FROM complaint c
    LEFT JOIN users p ON p.id = c.caseworker_id LEFT JOIN users q ON q.id = c.investigator_id
    WHERE NOT (c.ended_as IS NOT NULL AND c.state = c.ended_as) AND (c.next_due_on, c.id) > ({mark}, {mark})
    ORDER BY c.next_due_on, c.id LIMIT 51
"""
"""The queue's 50 rows and whether there are more, as one would write it by hand."""


ROUNDS = 12


def measure(kept: Kept, kind: str) -> list[Line]:
    """Every page at every size."""
    return grown(kept, kind, WORKLOADS, rounds=ROUNDS)


def hello(_: Office) -> Work:
    """The floor of everything: a Flask page that says one word."""
    app = Flask("hello")
    app.add_url_rule("/", view_func=lambda: "hello")
    client = app.test_client()
    return lambda: client.get("/")


def queue(office: Office) -> Work:
    """The desk's queue as a caseworker opens it."""
    client = office.app.test_client()
    answer = submit(client, "/sign-in", email="caseworker@demo.example", password=PASSWORD)
    assert answer.status_code == 302, f"sign-in answered {answer.status_code}"

    def open_queue() -> None:
        page = client.get("/desk")
        assert page.status_code == 200

    return open_queue


def queue_by_hand(office: Office) -> Work:
    """The queue's own template with 50 rows by raw SQL, nobody signed in."""
    app, url = office.app, office.url
    rows_of = _by_sqlite(url) if url.startswith("sqlite") else _by_psycopg(url)
    books = rulebooks_of(app.config["SETTINGS"].place)

    @open_to_everyone
    def by_hand() -> str:
        today = clock.today(app.config["ZONE"])
        return render_template(
            "desk/queue.html",
            rows=[_row(fields, today) for fields in rows_of()[:50]],
            news=[],
            more_news=None,
            after="next",
            waiting=[],
            more_waiting=None,
            form=QueueForm.for_books(books, MultiDict()),
            number_form=NumberForm(MultiDict()),
            filters={},
            incident=None,
            terms=terms,
            wording=wording,
            today=today,
            current_user=SimpleNamespace(name="Nobody"),
            person=SimpleNamespace(can=lambda power: True),  # noqa: ARG005
        )

    app.add_url_rule("/bench/queue", view_func=by_hand)
    client = app.test_client()

    def open_queue() -> None:
        page = client.get("/bench/queue")
        assert page.status_code == 200

    return open_queue


def _by_sqlite(url: str) -> Any:
    connection = sqlite3.connect(url.removeprefix("sqlite:///"))
    statement = PAGE_OF_QUEUE.format(mark="?")
    return lambda: connection.execute(statement, ("0001-01-01", "0" * 32)).fetchall()


def _by_psycopg(url: str) -> Any:
    connection = psycopg.connect(url.replace("postgresql+psycopg", "postgresql"), autocommit=True)
    statement = PAGE_OF_QUEUE.format(mark="%s")
    return lambda: connection.execute(
        statement, (date.min, "0" * 8 + "-0000-0000-0000-" + "0" * 12)
    ).fetchall()


def _row(fields: tuple[Any, ...], today: date) -> Row:
    number, state, level, book, context, received, due, news, retaliation, first, second, *_ = fields
    received_on, due_on = _day(received), _day(due)
    complaint = SimpleNamespace(
        number=number,
        has_ended=False,
        state=state,
        level=level,
        rulebook=book,
        context=context,
        received_on=received_on,
        next_due_on=due_on,
        has_news=news,
        retaliation_reported_at=retaliation,
        clocks=[],
        holds=[],
    )
    return Row(
        complaint,  # type: ignore[arg-type]  # stands in for the model
        f"{(today - received_on).days} days",
        next_due(complaint, today),  # type: ignore[arg-type]
        wording.label(rulebook(book).contexts, context),
        [name for name in (first, second) if name],
        [],
    )


def _day(value: Any) -> date:
    return value if isinstance(value, date) else date.fromisoformat(value)


WORKLOADS = (
    Workload("W1 hello", hello, 200),
    Workload("W3 the queue by hand", queue_by_hand, 5),
    Workload("W4 the desk's queue", queue, 5, "W3 the queue by hand", 3),
)
