"""An office where five people work, their browsers, and what they left in the ledger and the outbox."""

import re
from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from oversight.accounts.models import User
from oversight.accounts.queries import person_with_email
from oversight.kit.db import session
from oversight.ledger.models import Words
from oversight.outbox.models import StoredNotice
from tests.cast import BEA, DORA, HIRED_AT, INES, MAX, PASSWORD, RITA, Person, hire
from tests.pages import hidden_fields

AT = HIRED_AT
CAST: dict[str, Person] = {"max": MAX, "bea": BEA, "dora": DORA, "ines": INES, "rita": RITA}


class Visitor:
    """One person's browser: it keeps its cookies and sends each form with what the page it is on hides."""

    def __init__(self, app: Flask) -> None:
        self.client: FlaskClient = app.test_client()

    def get(self, url: str) -> TestResponse:
        """Open a page."""
        return self.client.get(url)

    def post(self, url: str, page: str = "/sign-in", **fields: str) -> TestResponse:
        """Send a form to `url`, from the page at `page`."""
        hidden = hidden_fields(self.client.get(page, follow_redirects=True).text)
        assert "csrf_token" in hidden, f"{page} has no form"
        return self.client.post(url, data=hidden | fields)

    def sign_in(self, name: str, password: str = PASSWORD) -> TestResponse:
        """Sign in as one of the cast."""
        return self.post("/sign-in", email=CAST[name].email, password=password)

    def sign_out(self) -> TestResponse:
        """Sign out by the button."""
        return self.post("/sign-out", page="/account")


VisitorAs = Callable[[str], Visitor]


@pytest.fixture
def app(app: Flask) -> Flask:
    """The office, with its people hired."""
    with app.app_context():
        for person in CAST.values():
            hire(person)
    return app


@pytest.fixture
def office(app: Flask) -> Iterator[Flask]:
    """The same with its context open, for what needs no browser."""
    with app.app_context():
        yield app


@pytest.fixture
def visitor(app: Flask) -> Visitor:
    """Someone who hasn't signed in."""
    return Visitor(app)


@pytest.fixture
def visitor_as(app: Flask) -> VisitorAs:
    """Someone who signs in as the one of the cast who is named."""

    def signed_in(name: str) -> Visitor:
        visitor = Visitor(app)
        assert visitor.sign_in(name).status_code == 302
        return visitor

    return signed_in


def someone(name: str) -> User:
    """One of the cast, as the database has them now."""
    person = person_with_email(CAST[name].email)
    assert person
    return person


def recorded(kind: str) -> list[Words]:
    """The ledger's entries of that kind, in order."""
    return list(session().scalars(select(Words).where(Words.kind == kind).order_by(Words.number)))


def letters() -> list[StoredNotice]:
    """What waits in the outbox, in order."""
    return list(session().scalars(select(StoredNotice).order_by(StoredNotice.id)))


def link_in(letter: StoredNotice) -> str:
    """The path of the one-time link in a letter."""
    found = re.search(r"https?://[^/\s]+(/reset/\S+)", letter.body)
    assert found
    return found[1]
