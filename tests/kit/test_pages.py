"""What every page carries, and what a browser may keep."""

import base64
from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from flask import Flask, request
from jinja2 import UndefinedError

from oversight.kit import pages
from oversight.kit.clock import now
from oversight.kit.pages import browser_session, personal
from oversight.settings import Settings

pytestmark = pytest.mark.one_database


def site(settings: Settings) -> Flask:
    """A few pages, each doing one thing."""
    app = Flask("tests.bare_app")
    pages.init_app(app, settings)

    @app.get("/")
    def front() -> str:
        return "hello"

    @app.get("/remember/<word>")
    def remember(word: str) -> str:
        browser_session()["word"] = word
        return "remembered"

    @app.get("/recall")
    def recall() -> str:
        return str(browser_session().get("word", "nothing"))

    @app.get("/forget")
    def forget() -> str:
        browser_session().clear()
        return "forgotten"

    @app.get("/mine")
    @personal
    def mine() -> str:
        return "mine"

    @app.post("/form")
    def form() -> str:
        return str(len(request.form.get("words", "")))

    @app.get("/who")
    def who() -> str:
        return f"{request.scheme}://{request.host} {request.remote_addr}"

    return app


@pytest.fixture
def app(settings: Settings) -> Flask:
    return site(settings)


@pytest.fixture
def behind_https(settings: Settings) -> Flask:
    return site(replace(settings, public_url="https://oversight.example", trusted_proxies=1))


def test_every_answer_has_the_headers_even_an_error(app: Flask) -> None:
    for path in ("/", "/nowhere", "/mine"):
        headers = app.test_client().get(path).headers
        assert headers["Content-Security-Policy"] == (
            "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; "
            "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
        )
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "no-referrer"
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
        assert "geolocation=()" in headers["Permissions-Policy"]
        assert "Strict-Transport-Security" not in headers


def test_https_is_asked_for_where_the_office_has_it(behind_https: Flask) -> None:
    assert "max-age" in behind_https.test_client().get("/").headers["Strict-Transport-Security"]


def test_no_copy_is_kept_of_personal_pages_nor_of_any_page_in_a_session(app: Flask) -> None:
    visitor = app.test_client()
    assert visitor.get("/").headers["Cache-Control"] == "no-cache"
    assert {"Cookie", "Accept-Language"} <= visitor.get("/").vary.as_set(preserve_casing=True)
    assert visitor.get("/mine").headers["Cache-Control"] == "no-store"
    visitor.get("/remember/it")
    assert visitor.get("/").headers["Cache-Control"] == "no-store"


def test_a_session_is_remembered_and_forgotten(app: Flask) -> None:
    visitor = app.test_client()
    visitor.get("/remember/it")
    assert visitor.get("/recall").text == "it"
    visitor.get("/forget")
    assert visitor.get_cookie("session") is None
    assert visitor.get("/recall").text == "nothing"


def test_the_cookie_tells_nothing_and_cannot_be_altered(app: Flask) -> None:
    visitor = app.test_client()
    answer = visitor.get("/remember/canary")
    cookie = visitor.get_cookie("session")
    assert cookie is not None
    raw = base64.urlsafe_b64decode(cookie.value)
    assert b"canary" not in raw
    assert "HttpOnly" in answer.headers["Set-Cookie"]
    assert "SameSite=Lax" in answer.headers["Set-Cookie"]
    for position in range(0, len(raw), 7):
        altered = bytearray(raw)
        altered[position] ^= 1
        visitor.set_cookie("session", base64.urlsafe_b64encode(bytes(altered)).decode())
        assert visitor.get("/recall").text == "nothing"
    for broken in ("", "x", "é", "====", "a" * 3000):
        visitor.set_cookie("session", broken)
        assert visitor.get("/recall").text == "nothing"


def test_the_cookie_of_another_office_means_nothing(app: Flask, settings: Settings) -> None:
    visitor, elsewhere = app.test_client(), site(replace(settings, secret_key="x" * 40)).test_client()
    visitor.get("/remember/it")
    cookie = visitor.get_cookie("session")
    assert cookie is not None
    elsewhere.set_cookie("session", cookie.value)
    assert elsewhere.get("/recall").text == "nothing"


def test_over_https_the_cookie_is_bound_to_this_host(behind_https: Flask) -> None:
    answer = behind_https.test_client().get("/remember/it", base_url="https://oversight.example")
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-session=")
    assert "; Secure" in cookie
    assert "; Path=/" in cookie
    assert "Domain" not in cookie


def test_a_session_ends_after_a_working_day_without_a_page_and_not_before(app: Flask) -> None:
    visitor = app.test_client()
    start = now()
    with time_machine.travel(start, tick=False):
        visitor.get("/remember/it")
    for hours in (7, 14, 21):
        with time_machine.travel(start + timedelta(hours=hours), tick=False):
            assert visitor.get("/recall").text == "it"
    with time_machine.travel(start + timedelta(hours=29, minutes=1), tick=False):
        assert visitor.get("/recall").text == "nothing"


def test_a_megabyte_of_narrative_comes_through_and_much_more_is_refused(app: Flask) -> None:
    visitor = app.test_client()
    assert visitor.post("/form", data={"words": "x" * 1_048_576}).text == "1048576"
    assert visitor.post("/form", data={"words": "x" * 3_000_000}).status_code == 413
    many = {f"field{number}": "x" for number in range(2000)}
    assert visitor.post("/form", data=many, content_type="multipart/form-data").status_code == 413


@pytest.mark.parametrize("kind", ["application/json", "text/plain", "application/xml; charset=utf-99"])
def test_a_body_that_is_no_form_is_turned_away(app: Flask, kind: str) -> None:
    assert app.test_client().post("/form", data="[1]", content_type=kind).status_code == 415
    assert app.test_client().post("/form").status_code == 200


def test_nul_in_an_address_leads_nowhere(app: Flask) -> None:
    visitor = app.test_client()
    assert visitor.get("/remember/%00").status_code == 404
    assert visitor.get("/?word=a%00b").status_code == 400
    assert visitor.get("/recall").text == "nothing"


def test_proxies_are_believed_only_as_far_as_the_office_said(app: Flask, behind_https: Flask) -> None:
    claimed = {
        "X-Forwarded-For": "6.6.6.6, 192.0.2.7",
        "X-Forwarded-Proto": "https",
        "X-Forwarded-Host": "evil.example",
    }
    assert app.test_client().get("/who", headers=claimed).text == "http://localhost 127.0.0.1"
    assert behind_https.test_client().get("/who", headers=claimed).text == "https://localhost 192.0.2.7"


def test_a_name_that_a_template_was_not_given_is_never_shown_as_nothing(app: Flask) -> None:
    assert app.jinja_env.from_string("{% if missing %}x{% endif %}").render() == ""
    for source in ("{{ missing }}", "{{ missing|upper }}", "{% for one in missing %}x{% endfor %}"):
        with pytest.raises(UndefinedError):
            app.jinja_env.from_string(source).render()


def test_no_page_looks_through_layers_of_globals(app: Flask) -> None:
    template = app.jinja_env.from_string("{{ given_later }}")
    assert type(template.globals) is dict
    app.jinja_env.globals["given_later"] = "as to every page"
    assert template.render() == "as to every page"
    assert app.jinja_env.from_string("{{ own }}", globals={"own": "its own"}).render() == "its own"
    assert "own" not in app.jinja_env.globals


def test_templates_are_found_in_a_checkout() -> None:
    assert pages.template_folder().name == "templates"
    assert pages.template_folder().is_dir()
