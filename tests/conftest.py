"""What every test may ask for: a migrated database of either kind, an office's app on it, a browser."""

from collections.abc import Generator, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser, Page

from oversight.keys import make_keys
from oversight.settings import Settings
from tests.browsers import ChromiumMissing, chromium, visit
from tests.databases import KINDS, Run
from tests.offices import LiveServer, office, serving
from tests.postgres import PostgresMissing

RUN = pytest.StashKey[Run]()
ENDING = pytest.StashKey[ExitStack]()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--torture", action="store_true", help="tests/torture at full count; FULL=1 for the longest"
    )


def pytest_configure(config: pytest.Config) -> None:
    """The first process begins the run; xdist's workers join it."""
    joined = getattr(config, "workerinput", {}).get("run")
    if joined:
        config.stash[RUN] = Run(Path(joined))
    else:
        config.stash[ENDING] = ExitStack()
        config.stash[RUN] = config.stash[ENDING].enter_context(Run.begin())


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    node.workerinput["run"] = str(node.config.stash[RUN].folder)


def pytest_unconfigure(config: pytest.Config) -> None:
    if ENDING in config.stash:
        config.stash[ENDING].close()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """What asks for a database runs on both kinds, unless it is marked `one_database`."""
    if "database" in metafunc.fixturenames:
        alone = metafunc.definition.get_closest_marker("one_database")
        metafunc.parametrize("database", KINDS[:1] if alone else KINDS, indirect=True)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A test that skips itself has tested nothing: what it lacks is to be installed."""
    report = yield
    if report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
    return report


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say which stories were told in the browser (real ones, or those invented for a clone without them),
    and what torture counted.
    """
    reports = terminalreporter.getreports("passed") + terminalreporter.getreports("failed")
    said = {(kind, words) for report in reports for kind, words in report.user_properties}
    for told, before in (("story", "told "), ("torture", "")):
        for words in sorted(words for kind, words in said if kind == told):
            terminalreporter.write_line(f"{before}{words}")


@pytest.fixture
def database(request: pytest.FixtureRequest) -> Iterator[str]:
    """The URL of a database of its own for this test, at the newest migration."""
    try:
        with request.config.stash[RUN].database(request.param) as url:
            yield url
    except PostgresMissing as missing:
        pytest.fail(str(missing), pytrace=False)


@pytest.fixture
def settings(database: str, tmp_path: Path) -> Settings:
    """An office's settings, with keys of its own. Change some with `dataclasses.replace`."""
    make_keys(tmp_path)
    given = {"OVERSIGHT_DATA_DIR": str(tmp_path), "OVERSIGHT_DATABASE_URL": database}
    return Settings.from_env(given)


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    """The office. Enter `app.app_context()` to act; ask `client` for pages, outside of any context."""
    with office(settings) as opened:
        yield opened


@pytest.fixture
def context(app: Flask) -> Iterator[Flask]:
    """The app, with its context around the test: for actions and queries, never for pages."""
    with app.app_context():
        yield app


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser without a screen, of somebody who has not signed in."""
    return app.test_client()


@pytest.fixture
def live_server(settings: Settings) -> Iterator[LiveServer]:
    """The office on a real port, for a real browser."""
    with serving(settings) as server:
        yield server


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all the tests of this process."""
    try:
        with chromium() as opened:
            yield opened
    except ChromiumMissing as missing:
        pytest.fail(str(missing), pytrace=False)


@pytest.fixture
def page(browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    """A fresh visitor of the live office: `page.goto("/complaint/")`."""
    with visit(browser, live_server.url) as visitor:
        yield visitor
