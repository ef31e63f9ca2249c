"""Someone who files: their browser, and what they answer to each question."""

import re
from collections.abc import Mapping
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from tests.pages import hidden_fields

ANSWERS: Mapping[str, Mapping[str, Any]] = {
    "your-words": {"narrative": "Two officers stopped me outside the library and took my bag."},
    "when": {
        "happened_on-day": "20",
        "happened_on-month": "10",
        "happened_on-year": "2026",
        "still_going_on": "no",
    },
    "where": {"place": "Outside the east library"},
    "who": {"officer_status": "known_officer", "officer_name": "Wren Haldane", "officer_badge": "48213"},
    "kind-of-contact": {"context": "street_check"},
    "on-duty": {"duty": "on"},
    "bias": {"bias_alleged": "unsure", "bias_kinds": ["race", "poverty"]},
    "what-you-would-like": {"wish": "An apology."},
    "for-whom": {"relation": "affected"},
    "your-name": {"anonymous": "no"},
    "how-to-reach-you": {"name": "Amara Quist", "email": "amara@elsewhere.example", "consent_to_mail": "y"},
}


class Visitor:
    """A browser of somebody who is not signed in."""

    def __init__(self, app: Flask) -> None:
        self.client = app.test_client()

    def get(self, path: str) -> TestResponse:
        """Open a page."""
        return self.client.get(path)

    def send(self, page: str, to: str | None = None, **answers: Any) -> TestResponse:
        """Fill in the form on a page, with its hidden fields, and send it there or to another address."""
        opened = self.get(page)
        assert opened.status_code == 200, f"{page} answered {opened.status_code}"
        return self.client.post(to or page, data={**hidden_fields(opened.text), **answers})

    def start(self) -> TestResponse:
        """Begin a complaint."""
        return self.send("/complaint/", "/complaint/start")

    def answer(self, slug: str, **answers: Any) -> TestResponse:
        """Answer one question."""
        return self.send(f"/complaint/questions/{slug}", **answers)

    def answer_all(self, **instead: Mapping[str, Any]) -> None:
        """Answer all that is asked, in order; `instead`, by slug with underscores, replaces some."""
        where = self.start().location
        while "/questions/" in where:
            slug = where.rsplit("/", 1)[1]
            answered = self.answer(slug, **instead.get(slug.replace("-", "_"), ANSWERS[slug]))
            assert answered.status_code == 303, answered.text
            where = answered.location
        assert where == "/complaint/check"

    def send_it(self) -> TestResponse:
        """Send what was checked."""
        return self.send("/complaint/check", "/complaint/send")

    def file(self, **instead: Mapping[str, Any]) -> str:
        """File a complaint and return its receipt code."""
        self.answer_all(**instead)
        assert self.send_it().location == "/complaint/sent"
        return code_on(self.get("/complaint/sent").text)

    def open_file(self, code: str) -> TestResponse:
        """Show a receipt code."""
        return self.send("/status", code=code)


def code_on(html: str) -> str:
    """The receipt code that a page shows."""
    panel = re.search(r'class="receipt-code".*?</p>', html, re.S)
    assert panel, "no receipt code on this page"
    return "-".join(re.findall(r"<span>(\w{5})</span>", panel[0]))
