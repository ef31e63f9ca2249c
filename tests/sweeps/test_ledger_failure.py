"""What can't be recorded is not done: with a ledger that can't be written, no endpoint changes anything."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace

import pytest
from flask.testing import FlaskClient
from sqlalchemy import event
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from oversight.kit.db import db
from tests.sweeps.conftest import Busy
from tests.sweeps.ledger_cases import CASES, NOT_RECORDED, Case, addresses, client_of, seated
from tests.webpages import read

pytestmark = pytest.mark.one_database

COUNTED_ANYHOW = ("sign_in_lock",)
"""Attempts to sign in count even where nothing else is kept: a failing ledger must not let people guess."""

FORGETFUL = ("security.login", "security.logout")
"""Where a failure ends the visitor's session too: nobody stays signed in whose coming or going is unknown."""


def test_every_endpoint_that_takes_something_has_a_case(busy: Busy) -> None:
    posts = {rule.endpoint for rule in busy.app.url_map.iter_rules() if "POST" in (rule.methods or ())}
    covered = {name.split(",")[0] for name in CASES}
    missing = sorted(posts - covered - NOT_RECORDED.keys())
    assert not missing, (
        f"{', '.join(missing)}: write a Case that would succeed in tests/sweeps/ledger_cases.py, or a row of "
        "NOT_RECORDED with the reason why it changes no file, no person and no release."
    )
    assert not (covered | NOT_RECORDED.keys()) - posts, "cases about endpoints that are no more"
    assert not covered & NOT_RECORDED.keys()


@pytest.mark.parametrize("name", CASES)
def test_nothing_is_done_that_can_not_be_recorded(busy: Busy, name: str) -> None:
    case = CASES[name]
    if str(case.who).startswith("seated"):
        case = replace(case, who=seated(busy, int(str(case.who)[-1])))
    client = client_of(busy, case)
    if case.before:
        case.before(busy, client)
    path, data = filled_in(busy, case, client)
    busy.app.testing = False  # so that errors are answered, as they are for people
    before = contents(busy)

    with ledger_that_fails(busy):
        answer = client.post(path, data=data)
    assert answer.status_code == 500, f"{name} did not need the ledger: {answer.status_code}\n{answer.text}"
    assert contents(busy) == before

    if name in FORGETFUL:
        client = client_of(busy, case)
        path, data = filled_in(busy, case, client)
    entries = recorded(busy)
    answer = client.post(path, data=data)
    assert answer.status_code < 400, f"the request itself is wrong: {answer.status_code}\n{answer.text}"
    assert recorded(busy) > entries


def filled_in(busy: Busy, case: Case, client: FlaskClient) -> tuple[str, MultiDict[str, str]]:
    """Where the case's form goes, and what is sent."""
    named = addresses(busy, case)
    page = case.page.format(**named)
    shown = show(client, page, named)
    assert shown.status_code == 200, f"{page} answered {shown.status_code}\n{shown.text}"
    form = read(shown.text, page).form_to((case.to or case.page).format(**named))
    answers = {key.format(**named): str(value).format(**named) for key, value in case.fill.items()}
    return form.action, form.filled(**answers)


def show(client: FlaskClient, page: str, named: dict[str, str]) -> TestResponse:
    """The page with the form; one that uncovers somebody is itself asked for by a form."""
    if not page.endswith("/open"):
        return client.get(page)
    people = page.rsplit("/", 2)[0]
    return client.post(page, data=read(client.get(people).text, people).form_to(page).given)


def contents(busy: Busy) -> list[str]:
    """Everything in the database, as text."""
    path = busy.settings.database_url.removeprefix("sqlite:///")
    with closing(sqlite3.connect(path)) as connection:
        return [line for line in connection.iterdump() if not any(each in line for each in COUNTED_ANYHOW)]


def recorded(busy: Busy) -> int:
    """How many entries the ledger has."""
    path = busy.settings.database_url.removeprefix("sqlite:///")
    with closing(sqlite3.connect(path)) as connection:
        return int(connection.execute("SELECT count(*) FROM ledger_entry").fetchone()[0])


@contextmanager
def ledger_that_fails(busy: Busy) -> Iterator[None]:
    """A ledger into which nothing can be written."""

    def refuse(*given: object) -> None:
        if str(given[2]).startswith("INSERT INTO ledger_entry"):
            raise OSError("the ledger's disk is full")

    with busy.app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", refuse)
    yield
    event.remove(engine, "before_cursor_execute", refuse)
