"""Filling in the office's forms without a browser: with their hidden fields, as a person's browser would."""

from html.parser import HTMLParser
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse


def submit(client: FlaskClient, path: str, *, to: str | None = None, **answers: Any) -> TestResponse:
    """Open the page at `path` and send its form, with these answers, there or to another address."""
    page = client.get(path)
    assert page.status_code == 200, f"{path} answered {page.status_code}, not a page with a form"
    return client.post(to or path, data={**hidden_fields(page.text), **answers})


def hidden_fields(html: str) -> dict[str, str]:
    """What the page's forms carry unseen, the token against forged requests among it."""
    reader = _HiddenFields()
    reader.feed(html)
    return reader.found


class _HiddenFields(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "input" and given.get("type") == "hidden" and given.get("name"):
            self.found[given["name"] or ""] = given.get("value") or ""
