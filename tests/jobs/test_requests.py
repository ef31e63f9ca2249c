"""Every request has a number, which its answer, its line in the log and the page of an error all give."""

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from prometheus_client import REGISTRY

from oversight.accounts.access import open_to_everyone
from oversight.kit.logs import log
from oversight.settings import Settings
from tests.logs import Heard, listening
from tests.offices import office

pytestmark = pytest.mark.one_database

READABLE = re.compile(r"\d{3}-\d{3}-\d{3}-\d{3}")
FROM_A_PROXY = "5f3b9c0e7d1a4c2f8b6e0d9a7c5f3b1e"


@pytest.fixture
def heard() -> Iterator[Heard]:
    with listening() as heard:
        yield heard


def test_a_request_is_one_line_with_its_route_and_no_path(client: FlaskClient, heard: Heard) -> None:
    answer = client.get("/reset/zqlink?code=zqcode", headers={"User-Agent": "zqagent"})
    (line,) = heard.lines("request")
    assert line["ms"] >= 0
    assert {name: line[name] for name in ("method", "route", "status")} == {
        **{"method": "GET", "route": "/reset/<token>", "status": answer.status_code}
    }
    assert line["request"] == answer.headers["X-Request-ID"]
    assert set(line) == {"at", "level", "logger", "event", "method", "route", "status", "ms", "request"}
    assert "zq" not in heard.text
    assert "127.0.0.1" not in heard.text


def test_what_has_no_route_is_not_repeated(client: FlaskClient, heard: Heard) -> None:
    client.open("/zqpath", method="ZQMETHOD")
    (line,) = heard.lines("request")
    assert (line["method"], line["route"], line["status"]) == ("other", "none", 404)
    assert "zq" not in heard.text.lower()


def test_each_request_has_a_number_of_its_own(client: FlaskClient) -> None:
    numbers = {client.get("/help").headers["X-Request-ID"] for _ in range(5)}
    assert len(numbers) == 5
    assert all(READABLE.fullmatch(number) for number in numbers)


def test_what_is_logged_after_a_request_is_not_taken_for_a_part_of_it(
    client: FlaskClient, heard: Heard
) -> None:
    client.get("/help")
    log.info("round")
    assert "request" not in heard.lines("round")[0]


def test_without_a_proxy_nobody_names_their_request(client: FlaskClient) -> None:
    answer = client.get("/help", headers={"X-Request-ID": FROM_A_PROXY})
    assert READABLE.fullmatch(answer.headers["X-Request-ID"])


@pytest.mark.parametrize(
    ("given", "taken"),
    [
        (FROM_A_PROXY, True),
        ("1b4e28ba-2fa1-11d2-883f-0016d3cca427", True),
        ("zqname", False),
        ("abc", False),
        ("a" * 65, False),
        (f"{FROM_A_PROXY} or more", False),
        ("", False),
    ],
)
def test_behind_a_proxy_its_number_is_taken_if_it_is_only_that(
    settings: Settings, given: str, taken: bool
) -> None:
    with office(replace(settings, trusted_proxies=1)) as app:
        answer = app.test_client().get("/help", headers={"X-Request-ID": given})
    assert (answer.headers["X-Request-ID"] == given) is taken


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_page_of_our_fault_gives_the_number_under_which_the_log_has_the_error(
    app: Flask, heard: Heard, language: str
) -> None:
    app.config["PROPAGATE_EXCEPTIONS"] = False

    @open_to_everyone
    def fail(name: str) -> str:
        raise ValueError(name)

    app.view_functions["front.topic"] = fail
    answer = app.test_client().get("/help/zqtopic", headers={"Accept-Language": language})
    number = answer.headers["X-Request-ID"]
    assert number in answer.text
    (error,) = [line for line in heard.lines() if line["level"] == "error"]
    assert (error["request"], error["error"]) == (number, "ValueError")
    assert heard.lines("request")[0]["status"] == 500
    assert "zq" not in heard.text


def test_other_pages_trouble_nobody_with_a_number(client: FlaskClient) -> None:
    for path in ("/", "/no-such-page"):
        answer = client.get(path)
        assert answer.headers["X-Request-ID"] not in answer.text


def test_requests_are_counted_and_timed_by_route(client: FlaskClient) -> None:
    route = {"method": "GET", "route": "/help/<name>"}

    def counted() -> tuple[float, float]:
        found = REGISTRY.get_sample_value("oversight_requests_total", {**route, "status": "404"})
        timed = REGISTRY.get_sample_value("oversight_request_seconds_count", route)
        return found or 0, timed or 0

    before = counted()
    client.get("/help/zqtopic")
    assert counted() == (before[0] + 1, before[1] + 1)
