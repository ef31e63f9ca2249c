"""What machines ask for: health, and what may be indexed."""

from unittest.mock import patch

import pytest
from flask.testing import FlaskClient
from sqlalchemy.exc import OperationalError


def test_health_says_ok(client: FlaskClient) -> None:
    answer = client.get("/healthz")
    assert (answer.status_code, answer.text) == (200, "ok\n")
    assert answer.headers["Cache-Control"] == "no-store"


def test_health_asks_the_database(client: FlaskClient) -> None:
    broken = OperationalError("SELECT 1", {}, Exception("gone"))
    with patch("oversight.front.queries.session") as session:
        session().execute.side_effect = broken
        answer = client.get("/healthz")
    assert answer.status_code == 503
    assert "gone" not in answer.text


def test_outcomes_may_be_indexed_and_peoples_pages_not(client: FlaskClient) -> None:
    lines = client.get("/robots.txt").text.splitlines()
    assert "Disallow: /" not in lines
    for closed in ("/complaint/", "/status", "/desk", "/people", "/sign-in"):
        assert f"Disallow: {closed}" in lines
    assert not any("outcomes" in line for line in lines)
    assert "noindex" not in client.get("/").text


class TestInADemonstration:
    @pytest.fixture
    def demo(self) -> bool:
        return True

    def test_robots_are_kept_out(self, client: FlaskClient) -> None:
        assert "Disallow: /" in client.get("/robots.txt").text.splitlines()

    @pytest.mark.parametrize("page", ["/", "/help", "/no-such-page"])
    def test_every_page_says_so_and_asks_not_to_be_indexed(self, client: FlaskClient, page: str) -> None:
        text = client.get(page).text
        assert '<meta name="robots" content="noindex, nofollow">' in text
        assert "Demonstration." in text
