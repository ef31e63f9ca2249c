"""The floors of the pages: their own templates, with rows that are read by raw SQL, and nobody signed in."""

import json
import sqlite3
import uuid
from collections.abc import Callable
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

import psycopg
from flask import render_template, url_for
from werkzeug.datastructures import MultiDict

from bench.kept import Office
from bench.measure import Work
from oversight.accounts.access import open_to_everyone
from oversight.casework import wording
from oversight.desk.forms.queue import NumberForm, QueueForm
from oversight.desk.routes.file import PARTS
from oversight.desk.routes.queue import Row
from oversight.desk.wording import people, terms
from oversight.desk.wording.clocks import next_due
from oversight.desk.wording.history import Line
from oversight.kit import clock
from oversight.kit.i18n import t
from oversight.kit.paging import Page
from oversight.kit.seal import keyring, place_of
from oversight.publication.reading import reading_of
from oversight.rules.jurisdictions import rulebook, rulebooks_of

Read = Callable[..., list[tuple[Any, ...]]]
"""Reads the rows of one statement with the values of its marks."""

QUEUE = """
    SELECT c.number, c.state, c.level, c.rulebook, c.context, c.received_on, c.next_due_on, c.has_news,
           c.retaliation_reported_at, p.name, q.name, c.version, c.channel, c.id
    FROM complaint c
    LEFT JOIN users p ON p.id = c.caseworker_id LEFT JOIN users q ON q.id = c.investigator_id
    WHERE NOT (c.ended_as IS NOT NULL AND c.state = c.ended_as) AND (c.next_due_on, c.id) > (?, ?)
    ORDER BY c.next_due_on, c.id LIMIT 51
"""
FILE = """
    SELECT id, number, state, level, rulebook, received_on, next_due_on, has_news, retaliation_reported_at
    FROM complaint WHERE number = ?
"""
HISTORY = """
    SELECT e.id, e.what, e.at, e.actor_kind, u.name, e.details_sealed
    FROM file_event e LEFT JOIN users u ON u.id = e.actor_id
    WHERE e.complaint_id = ? ORDER BY e.id DESC LIMIT 51
"""
OUTCOMES = """
    SELECT reference, published, published_at FROM outcome
    WHERE state IN ('published', 'corrected') AND (published_at, reference) < (?, ?)
    ORDER BY published_at DESC, reference DESC LIMIT 21
"""
OUTCOME = "SELECT reference, published, published_at FROM outcome WHERE reference = ?"
FIRST = (date(1, 1, 1), uuid.UUID(int=0))
LAST = (datetime(9999, 1, 1, tzinfo=UTC), "")


def reader(url: str) -> Read:
    """Read by the database's own driver."""
    if url.startswith("sqlite"):
        lite = sqlite3.connect(url.removeprefix("sqlite:///"))
        return lambda statement, *values: lite.execute(statement, [*map(_plain, values)]).fetchall()
    post = psycopg.connect(url.replace("+psycopg", ""), autocommit=True)
    return lambda statement, *values: post.execute(statement.replace("?", "%s").encode(), values).fetchall()


def _plain(value: Any) -> Any:
    """As the office's rows lie in SQLite."""
    if isinstance(value, uuid.UUID):
        return value.hex
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S.%f")
    return value.isoformat() if isinstance(value, date) else value


def queue_of_prepared_rows(office: Office) -> Work:
    """The queue's template alone: 50 rows that were read before."""
    read = reader(office.url)
    with office.app.test_request_context():
        today = clock.today(office.app.config["ZONE"])
        prepared = [_row(fields, today) for fields in read(QUEUE, *FIRST)[:50]]
    return _page(office, "/bench/prepared", lambda: _queue(office, prepared, today))


def queue(office: Office) -> Work:
    """The queue with its rows by raw SQL."""
    read = reader(office.url)

    def by_hand() -> str:
        today = clock.today(office.app.config["ZONE"])
        return _queue(office, [_row(fields, today) for fields in read(QUEUE, *FIRST)[:50]], today)

    return _page(office, "/bench/queue", by_hand)


def history(office: Office) -> Work:
    """The history of the file with many events: one statement for the file, one for the page's events."""
    read, number = reader(office.url), office.particulars["busy"]

    def by_hand() -> str:
        file_id, *fields = read(FILE, number)[0]
        complaint = _file(fields)
        lines = [_line(*event) for event in read(HISTORY, file_id)[:50]]
        return render_template(
            "desk/file/history.html",
            complaint=complaint,
            book=rulebook(complaint.rulebook),
            tabs=[(t(words), url_for(part, number=number), False, None) for part, words in PARTS],
            due=next_due(complaint, clock.today(office.app.config["ZONE"])),
            held=[],
            imported=[],
            lines=lines,
            after="next",
            terms=terms,
            wording=wording,
            people=people,
            **NOBODY,
        )

    return _page(office, "/bench/history", by_hand)


def outcomes(office: Office) -> Work:
    """The public's list of outcomes."""
    read = reader(office.url)

    def by_hand() -> str:
        rows = read(OUTCOMES, *LAST)[:20]
        readings = [reading_of(reference, _json(published)) for reference, published, _ in rows]
        page: Page[object] = Page([], "next")
        return render_template("publication/outcomes.html", page=page, readings=readings)

    return _page(office, "/bench/outcomes", by_hand)


def outcome(office: Office) -> Work:
    """One outcome as the public reads it."""
    read = reader(office.url)
    wanted = read(OUTCOMES, *LAST)[0][0]

    def by_hand() -> str:
        reference, published, at = read(OUTCOME, wanted)[0]
        reading = reading_of(reference, _json(published), _instant(at))
        return render_template("publication/outcome.html", reading=reading, preview=False)

    return _page(office, "/bench/outcome", by_hand)


NOBODY = {
    "current_user": SimpleNamespace(name="Nobody"),
    "person": SimpleNamespace(can=lambda power: True),  # noqa: ARG005
}


def _page(office: Office, address: str, by_hand: Callable[[], str]) -> Work:
    office.app.add_url_rule(address, address, open_to_everyone(by_hand))
    client = office.app.test_client()

    def open_page() -> None:
        assert client.get(address).status_code == 200

    return open_page


def _queue(office: Office, rows: list[Row], today: date) -> str:
    return render_template(
        "desk/queue.html",
        rows=rows,
        news=[],
        more_news=None,
        after="next",
        waiting=[],
        more_waiting=None,
        form=QueueForm.for_books(rulebooks_of(office.settings.place), MultiDict()),
        number_form=NumberForm(MultiDict()),
        filters={},
        incident=None,
        terms=terms,
        wording=wording,
        today=today,
        **NOBODY,
    )


def _row(fields: tuple[Any, ...], today: date) -> Row:
    number, state, level, book, context, received, due, news, retaliation, first, second, *_ = fields
    complaint = _file([number, state, level, book, received, due, news, retaliation])
    return Row(
        complaint,
        f"{(today - complaint.received_on).days} days",
        next_due(complaint, today),
        wording.label(rulebook(book).contexts, context),
        [name for name in (first, second) if name],
        [],
    )


def _file(fields: list[Any]) -> Any:
    """Stands in for the model, as far as the templates look."""
    number, state, level, book, received, due, news, retaliation = fields
    return SimpleNamespace(
        number=number,
        has_ended=False,
        state=state,
        level=level,
        rulebook=book,
        received_on=_day(received),
        next_due_on=_day(due),
        has_news=news,
        retaliation_reported_at=retaliation,
        former_number=None,
        clocks=[],
        holds=[],
    )


def _line(event_id: Any, what: str, at: Any, actor: str, name: str | None, sealed: bytes | None) -> Line:
    place = place_of("file_event", "details_sealed", uuid.UUID(str(event_id)))
    details = json.loads(keyring().open(sealed, place)) if sealed else {}
    return Line(what, _instant(at), name or actor, [(t(key), str(value)) for key, value in details.items()])


def _day(value: Any) -> date:
    return value if isinstance(value, date) else date.fromisoformat(value)


def _instant(value: Any) -> datetime:
    return value if isinstance(value, datetime) else datetime.fromisoformat(value).replace(tzinfo=UTC)


def _json(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value
