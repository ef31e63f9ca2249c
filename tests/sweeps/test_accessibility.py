"""axe objects to nothing: on no page of anyone, nor where something went wrong."""

from collections.abc import Iterable, Iterator
from http import HTTPStatus

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser, Page
from werkzeug.test import TestResponse

from oversight.accounts.access import OPEN, access_of
from oversight.settings import Settings
from tests.browsers import visit
from tests.crawler import crawl, endpoint_at
from tests.offices import LiveServer, serving
from tests.sweeps.conftest import Busy
from tests.sweeps.visitors import PEOPLE, VISITORS, visitor

pytestmark = pytest.mark.one_database

# Forms that are sent as they come, with nothing filled in; their answers say what is missing.
UNFILLED = {
    "nobody": ("/status", "/sign-in", "/reset"),
    "party": ("/status/file/add", "/status/file/another-look"),
    "seated": ("/review/files/{civilian_review}", "/review/files/{civilian_review}/question"),
    "Ines": (
        "/desk/files/{assessment}/steps/close_without_finding",
        "/desk/files/{assessment}/steps/hold",
        "/desk/files/{assessment}/steps/say_why_it_passed",
        "/desk/files/{investigation}/messages",
        "/desk/files/{investigation}/handling/conflict",
        "/desk/assisted-filing",
    ),
    "Bea": ("/desk/files/{decision}/steps/depart_from_the_panel", "/desk/calendar"),
    "Lou": ("/desk/files/{officer_told}/steps/record_the_officers_response",),
    "Paula": ("/publication/outcomes/{correcting}/steps/correct", "/editions/new"),
    "Max": ("/people/invite",),
}


@pytest.fixture
def busy_server(busy: Busy) -> Iterator[LiveServer]:
    """The same busy office on a real port."""
    settings: Settings = busy.settings
    with serving(settings) as server:
        yield server


IN_ENGLISH = [who for who in VISITORS if who not in ("joined", "Iris", "Ivan")]
IN_FRENCH = ["nobody", "party", "seated"]
"""Another language changes no page's structure: theirs are the public's pages and the reviewers'."""


@pytest.mark.parametrize(
    ("who", "language"), [*((who, "en") for who in IN_ENGLISH), *((who, "fr") for who in IN_FRENCH)]
)
def test_axe_has_nothing_to_say(
    busy: Busy, busy_server: LiveServer, browser: Browser, who: str, language: str
) -> None:
    client = visitor(busy, who)
    paths = to_look_at(busy.app, who, crawl(busy.app, busy.there, client, often=1))
    named = busy.there.numbers | busy.there.references
    objections = []
    with visit(browser, busy_server.url) as page:
        come_in(page, client, busy_server.url, language)
        for path in [*paths, "/nowhere"]:
            page.goto(path)
            objections += objections_to(page, path, language)
        for path in UNFILLED.get(who, ()):
            send_unfilled(page, path.format(**named))
            objections += objections_to(page, f"{path}, sent with nothing in it", language)
    assert not objections, "\n".join(objections)


def to_look_at(app: Flask, who: str, crawled: Iterable[tuple[str, TestResponse]]) -> list[str]:
    """The pages that are this person's own, and one of each kind of refusal.

    What everyone may open is looked at as the public sees it: for staff it has other links above, as their
    own pages have.
    """
    found: list[str] = []
    refusals: set[int] = set()
    for path, answer in crawled:
        if answer.mimetype != "text/html" or answer.location is not None:
            continue
        if answer.status_code >= HTTPStatus.BAD_REQUEST:
            if answer.status_code not in refusals:
                found.append(path)
            refusals.add(answer.status_code)
        elif who not in PEOPLE or access_of(app, endpoint_at(app, path)) != OPEN:
            found.append(path)
    return found


def come_in(page: Page, client: FlaskClient, url: str, language: str) -> None:
    """Give the browser what the client has: who it is, and in which language it reads."""
    known = [(cookie.key, cookie.value) for cookie in client._cookies.values()]
    page.context.add_cookies(
        [{"name": name, "value": value, "url": url} for name, value in [*known, ("language", language)]]
    )


def send_unfilled(page: Page, path: str) -> None:
    """Send the page's form with every field emptied."""
    page.goto(path)
    form = 'main form[method="post"]:has(.field)'
    page.eval_on_selector_all(
        f"{form} input:not([type=hidden]), {form} textarea",
        "fields => fields.forEach(field => { field.checked = false; "
        "if (field.type !== 'radio' && field.type !== 'checkbox') field.value = '' })",
    )
    with page.expect_navigation():
        page.eval_on_selector(f"{form} button[type=submit]", "button => button.click()")
    assert page.locator(".error-summary").count(), f"{path} took nothing for an answer"


def objections_to(page: Page, path: str, language: str) -> list[str]:
    """What axe objects to on this page, and a page in the wrong language."""
    spoken = page.locator("html").get_attribute("lang")
    wrong = [f"{path} is in {spoken}"] if spoken != language else []
    found = Axe().run(page).response["violations"]
    return wrong + [
        f"{path}: {each['id']} ({each['help']}) at {', '.join(node['html'] for node in each['nodes'])}"
        for each in found
    ]
