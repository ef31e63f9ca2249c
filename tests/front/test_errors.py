"""Errors get a page that helps, whatever went wrong, and never a look inside."""

import re

import pytest
from flask import Flask, abort
from flask.testing import FlaskClient
from werkzeug.exceptions import MethodNotAllowed, TooManyRequests
from werkzeug.test import TestResponse

from oversight.front.errors import CODES


def raised(app: Flask, error: Exception) -> TestResponse:
    """What the app answers when a page raises this."""

    def view() -> str:
        raise error

    app.add_url_rule("/broken", "broken", view)
    return app.test_client().get("/broken")


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_each_code_says_what_to_do_next(app: Flask, code: int, language: str) -> None:
    app.add_url_rule("/refused", "refused", lambda: abort(code))
    answer = app.test_client().get("/refused", headers={"Accept-Language": language})
    assert answer.status_code == code
    assert answer.text.count("<h1") == 1
    assert len(re.findall("<li>", answer.text.split("<h1")[1])) >= 2
    assert "tel:" in answer.text


def test_a_fault_of_ours_shows_nothing_of_the_inside(app: Flask) -> None:
    app.config["PROPAGATE_EXCEPTIONS"] = False
    answer = raised(app, RuntimeError("secret-path"))
    assert answer.status_code == 500
    assert "secret-path" not in answer.text
    assert "Traceback" not in answer.text
    assert "<h1>" in answer.text


def test_the_rooms_own_reason_is_shown_as_text(app: Flask) -> None:
    app.add_url_rule("/refused", "refused", lambda: abort(409, "Ask <b>Bea</b> first."))
    assert "Ask &lt;b&gt;Bea&lt;/b&gt; first." in app.test_client().get("/refused").text


def test_the_frameworks_own_sentences_are_not_shown(client: FlaskClient) -> None:
    assert "If you entered the URL manually" not in client.get("/no-such-page").text


def test_what_the_error_says_in_headers_is_kept(app: Flask) -> None:
    assert raised(app, MethodNotAllowed(valid_methods=["POST"])).headers["Allow"] == "POST"


def test_how_long_to_wait_is_said(app: Flask) -> None:
    assert raised(app, TooManyRequests(retry_after=60)).headers["Retry-After"] == "60"


def test_a_code_without_a_page_of_its_own_gets_its_familys(app: Flask) -> None:
    app.add_url_rule("/teapot", "teapot", lambda: abort(418))
    answer = app.test_client().get("/teapot")
    assert answer.status_code == 418
    assert "We could not read what was sent" in answer.text


def test_a_form_without_its_token_is_explained(client: FlaskClient) -> None:
    answer = client.post("/intake/status")
    assert answer.status_code == 400
    assert "This form was open for too long" in answer.text


def test_too_large_a_body_is_explained(client: FlaskClient) -> None:
    answer = client.post("/language", data={"back": "x" * 3_000_000})
    assert answer.status_code == 413
    assert "more than we can take at once" in answer.text
