"""The ledger's tests run on the bare app."""

from datetime import UTC, datetime

import pytest
from flask import Flask

from oversight.kit.db import writing
from oversight.ledger import Actor, record
from tests.bare_app import app, context

__all__ = ["app", "context", "ledger"]


@pytest.fixture
def ledger(context: Flask) -> None:
    """Ten entries about three files."""
    at = datetime(2026, 3, 8, 9, 30, tzinfo=UTC)
    for number in range(1, 11):
        kind, subject = f"kind{number % 2}", f"file:{number % 3}"
        with writing():
            record(kind, actor=Actor.system(), subject=subject, at=at, number=number)
