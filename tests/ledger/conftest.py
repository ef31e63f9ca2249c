"""An app with a database and keys, in whose context a test may run."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from flask import Flask

from oversight.kit.db import writing
from oversight.ledger import Actor, record
from oversight.settings import Settings
from tests.bare_app import bare_app


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    with bare_app(settings) as opened:
        yield opened


@pytest.fixture
def context(app: Flask) -> Iterator[Flask]:
    with app.app_context():
        yield app


@pytest.fixture
def ledger(context: Flask) -> None:
    """Ten entries about three files."""
    at = datetime(2026, 3, 8, 9, 30, tzinfo=UTC)
    for number in range(1, 11):
        kind, subject = f"kind{number % 2}", f"file:{number % 3}"
        with writing():
            record(kind, actor=Actor.system(), subject=subject, at=at, number=number)
