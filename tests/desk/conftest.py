"""People at the desk, each in a browser of their own."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.cast import Person, signed_in

BrowserOf = Callable[[Person], FlaskClient]


@pytest.fixture
def browser_of(app: Flask) -> BrowserOf:
    """The browser in which someone is signed in; the same one each time."""
    opened: dict[Person, FlaskClient] = {}

    def browser(person: Person) -> FlaskClient:
        if person not in opened:
            opened[person] = signed_in(app, person)
        return opened[person]

    return browser
