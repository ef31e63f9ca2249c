"""An app with the floor of the house only: its database and keys, no pages. It starts in no time."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask import Flask

from oversight.kit import db, seal
from oversight.settings import Settings


@contextmanager
def bare_app(settings: Settings) -> Iterator[Flask]:
    """The app; its connections to the database are closed at the end."""
    app = Flask("tests.bare_app")
    db.init_app(app, settings.database_url)
    seal.init_app(app, settings)
    yield app
    with app.app_context():
        db.db.engine.dispose()


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    """The bare app of an office; the rooms below the pages take it in their conftest."""
    with bare_app(settings) as opened:
        yield opened


@pytest.fixture
def context(app: Flask) -> Iterator[Flask]:
    """The same, with its context entered."""
    with app.app_context():
        yield app
