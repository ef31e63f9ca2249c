"""The first page, help, and the quick way out."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask.testing import FlaskClient

from oversight.front.routes import TOPICS
from tests.front.conftest import OFFICE

AT = datetime(2026, 11, 21, 17, 0, tzinfo=UTC)
PAGES = ["/", "/help", *(f"/help/{name}" for name in sorted(TOPICS))]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_page_says_whom_to_call(client: FlaskClient, page: str, language: str) -> None:
    answer = client.get(page, headers={"Accept-Language": language})
    assert answer.status_code == 200
    assert f'<html lang="{language}">' in answer.text
    assert answer.text.count("<h1") == 1
    for needed in (OFFICE.name, OFFICE.phone, f'href="tel:{OFFICE.emergency}"'):
        assert needed in answer.text


@pytest.mark.parametrize("page", PAGES)
def test_nothing_runs_and_nothing_comes_from_elsewhere(client: FlaskClient, page: str) -> None:
    text = client.get(page).text
    for forbidden in ("<script", " style=", " onclick=", 'src="http', "<style"):
        assert forbidden not in text


def test_a_topic_nobody_wrote_is_no_page(client: FlaskClient) -> None:
    assert client.get("/help/nonsense").status_code == 404


def test_leaving_quickly_shows_the_weather_and_forgets(client: FlaskClient) -> None:
    client.set_cookie("session", "held")
    client.set_cookie("anything", "held")
    answer = client.get("/elsewhere", headers={"Sec-Fetch-Site": "same-origin"})
    assert answer.status_code == 303
    assert answer.location == "https://weather.gc.ca/"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["Clear-Site-Data"] == '"cache"'
    assert client.get_cookie("session") is None
    assert client.get_cookie("anything") is None


def test_a_session_that_is_due_for_renewal_is_not_renewed_by_leaving(client: FlaskClient) -> None:
    with time_machine.travel(AT):
        with client.session_transaction() as session:
            session["draft"] = "begun"
        assert client.get_cookie("session") is not None
    with time_machine.travel(AT + timedelta(hours=1)):
        client.get("/elsewhere")
        assert client.get_cookie("session") is None


def test_another_site_can_not_make_a_browser_forget(client: FlaskClient) -> None:
    client.set_cookie("session", "held")
    client.get("/elsewhere", headers={"Sec-Fetch-Site": "cross-site"})
    assert client.get_cookie("session") is not None


def test_the_weather_is_told_in_the_readers_language(client: FlaskClient) -> None:
    assert client.get("/elsewhere", headers={"Accept-Language": "fr"}).location == "https://meteo.gc.ca/"
