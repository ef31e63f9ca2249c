"""An app with a database and keys, in whose context a test may run."""

from collections.abc import Iterator

import pytest
from flask import Flask

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
