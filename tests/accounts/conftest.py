"""A small office for this room's tests: its own app, its people, and their browsers."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Blueprint, Flask
from flask.testing import FlaskClient
from flask_wtf import CSRFProtect
from sqlalchemy import select
from werkzeug.test import TestResponse

from oversight.accounts import security
from oversight.accounts.access import needs, open_to_everyone, refuse_undeclared
from oversight.accounts.actions import make_person
from oversight.accounts.models import User
from oversight.accounts.queries import person_with_email
from oversight.accounts.routes import blueprint
from oversight.front.routes import blueprint as front
from oversight.keys import new_sealing_keys
from oversight.kit import db as database
from oversight.kit import i18n, limits, pages, seal
from oversight.kit.db import Base, db, session, writing
from oversight.ledger import triggers
from oversight.ledger.models import Words
from oversight.outbox.models import StoredNotice
from oversight.rules.roles import Can, Role
from oversight.settings import Settings

AT = datetime(2026, 11, 21, 17, 0, tzinfo=UTC)
PASSWORD = "four plain garden chairs"
CHEAP_HASHES = {"argon2__rounds": 1, "argon2__memory_cost": 8, "argon2__parallelism": 1}
CAST = {
    "max": ("Max", "administrator@demo.example", Role.ADMINISTRATOR),
    "bea": ("Bea", "director@demo.example", Role.DIRECTOR),
    "dora": ("Dora", "director-2@demo.example", Role.DIRECTOR),
    "ines": ("Ines", "caseworker@demo.example", Role.CASEWORKER),
    "rita": ("Rita", "reviewer-1@demo.example", Role.REVIEWER),
}
ROOMS: dict[str, dict[str, tuple[str, Can | None]]] = {
    "desk": {
        "/desk": ("queue", Can.SEE_QUEUE),
        "/desk/service": ("liaison", Can.ANSWER_FOR_THE_SERVICE),
        "/desk/ledger": ("ledger", Can.READ_LEDGER),
    },
    "review": {"/review": ("queue", Can.REVIEW)},
    "publication": {"/publication": ("desk", Can.WRITE_OUTCOMES), "/outcomes": ("outcomes", None)},
    "intake": {"/complaint": ("before_you_start", None), "/status": ("status", None)},
}
"""Pages of other rooms that ours link to, and what they take; bare, for the routes alone."""

OFFICE = dict.fromkeys(("name", "phone", "email", "address", "emergency"), "")


def room(name: str) -> Blueprint:
    """A stand-in for another room, with pages that only say their names."""
    blueprint = Blueprint(name, __name__)
    for path, (page, power) in ROOMS[name].items():

        def view(words: str = page) -> str:
            return words

        blueprint.add_url_rule(path, page, needs(power)(view) if power else open_to_everyone(view))
    return blueprint


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Flask]:
    """An app of this room and the bare doors of the others, on a database of its own."""
    root = Path(__file__).parents[2]
    app = Flask("oversight", root_path=str(root / "oversight"), template_folder=str(root / "templates"))
    settings = Settings(
        database_url=f"sqlite:///{tmp_path}/office.sqlite",
        data_dir=tmp_path,
        secret_key="k" * 40,
        sealing_keys=new_sealing_keys(),
    )
    app.config.update(
        SETTINGS=settings,
        TESTING=True,
        SECURITY_PASSWORD_HASH_PASSLIB_OPTIONS=CHEAP_HASHES,
    )
    database.init_app(app, settings.database_url)
    seal.init_app(app, settings)
    pages.init_app(app, settings)
    i18n.init_app(app)
    limits.init_app(app)
    CSRFProtect(app)
    security.init_app(app)
    for each in (blueprint, front, *map(room, ROOMS)):
        app.register_blueprint(each)
    refuse_undeclared(app)
    app.context_processor(lambda: {"office": OFFICE, "demo": False, "rooms": []})
    with app.app_context():
        Base.metadata.create_all(db.engine)
        with db.engine.begin() as connection:
            triggers.install(connection)
        with writing():
            for name, email, role in CAST.values():
                make_person(email, name, (role,), PASSWORD, at=AT)
    yield app
    with app.app_context():
        db.engine.dispose()


class Browser:
    """One person's browser: it keeps its cookies and sends each form with the token of the page it is on."""

    def __init__(self, app: Flask) -> None:
        self.client: FlaskClient = app.test_client()

    def get(self, url: str, **options: Any) -> TestResponse:
        """Open a page."""
        return self.client.get(url, **options)

    def post(self, url: str, page: str = "/sign-in", **fields: str) -> TestResponse:
        """Send a form, with the token that the page `page` holds."""
        token = re.search(r'name="csrf_token" value="([^"]+)"', self.get(page, follow_redirects=True).text)
        assert token, f"{page} has no form"
        return self.client.post(url, data={"csrf_token": token[1], **fields})

    def sign_in(self, name: str, password: str = PASSWORD) -> TestResponse:
        """Sign in as one of the cast."""
        return self.post("/sign-in", email=CAST[name][1], password=password)

    def sign_out(self) -> TestResponse:
        """Sign out by the button."""
        return self.post("/sign-out", page="/account")


@pytest.fixture
def browser(app: Flask) -> Browser:
    """The browser of someone who hasn't signed in."""
    return Browser(app)


BrowserOf = Callable[[str], Browser]


@pytest.fixture
def browser_of(app: Flask) -> BrowserOf:
    """A browser in which one of the cast is signed in."""

    def opened(name: str) -> Browser:
        browser = Browser(app)
        assert browser.sign_in(name).status_code == 302
        return browser

    return opened


def someone(name: str) -> User:
    """One of the cast, as the database has them now."""
    person = person_with_email(CAST[name][1])
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


@pytest.fixture
def office(app: Flask) -> Iterator[Flask]:
    """The app with its context open, for what needs no browser."""
    with app.app_context():
        yield app
