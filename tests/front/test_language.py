"""The language switch: it is remembered, comes back to the same page, and leads nowhere else."""

from urllib.parse import urljoin, urlsplit

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from oversight.front.language import HOME, LONGEST, own_path

ELSEWHERE = [
    "",
    "https://evil.example/",
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "\t//evil.example",
    "/\n/evil.example",
    " //evil.example",
    "javascript:alert(1)",
    "evil.example",
    "/\x00",
    "/" + "a" * LONGEST,
]


def test_a_chosen_language_is_remembered_and_one_is_back_where_one_was(client: FlaskClient) -> None:
    assert '<html lang="en">' in client.get("/help").text
    answer = client.post("/language", data={"language": "fr", "back": "/help?from=here"})
    assert answer.status_code == 303
    assert answer.location == "/help?from=here"
    assert '<html lang="fr">' in client.get(answer.location).text


def test_the_cookie_is_kept_from_scripts_and_other_sites(client: FlaskClient) -> None:
    answer = client.post("/language", data={"language": "fr", "back": "/"})
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


@pytest.mark.parametrize("page", ["/help", "/help/words?x=1&y=2"])
def test_the_button_brings_one_back_to_its_page(client: FlaskClient, page: str) -> None:
    shown = page.replace("&", "&amp;")
    assert f'name="back" value="{shown}' in client.get(page).text


def test_a_page_that_only_takes_a_form_is_not_gone_back_to(client: FlaskClient) -> None:
    answer = client.post("/language", data={"language": "xx"})
    assert answer.status_code == 400
    assert 'name="back" value="/"' in answer.text


def test_a_question_mark_without_a_question_is_dropped() -> None:
    assert own_path("/help?") == "/help"
    assert own_path("/help?a=1") == "/help?a=1"


@pytest.mark.parametrize("elsewhere", ELSEWHERE)
def test_nobody_is_sent_elsewhere(client: FlaskClient, elsewhere: str) -> None:
    answer = client.post("/language", data={"language": "fr", "back": elsewhere})
    assert answer.location == HOME


@given(st.text(alphabet="/\\:.@?#%\t\n\r ae", max_size=12) | st.text())
def test_whatever_is_asked_stays_on_this_site(candidate: str) -> None:
    answer = own_path(candidate)
    assert answer.startswith("/")
    assert urlsplit(urljoin("https://office.example/page", answer)).netloc == "office.example"


def test_the_switch_needs_no_cookie_and_public_pages_set_none(client: FlaskClient) -> None:
    assert "Set-Cookie" not in client.get("/").headers
    assert client.post("/language", data={"language": "en", "back": "/"}).status_code == 303
