"""People who have something to tell."""

import pytest
from flask import Flask

from tests.intake.visitor import Visitor


@pytest.fixture
def visitor(app: Flask) -> Visitor:
    """Somebody who opens the office's pages for the first time."""
    return Visitor(app)
