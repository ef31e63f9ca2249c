"""A complaint that goes its way in a real browser, through weeks that pass at once."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.journey import Journey
from tests.offices import LiveServer
from tests.timetravel import travelling


@pytest.fixture
def journey(browser: Browser, live_server: LiveServer) -> Iterator[Journey]:
    """One complaint's way, not begun."""
    with travelling() as clock, Journey(browser, live_server, clock) as way:
        yield way
