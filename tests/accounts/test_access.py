"""Every endpoint says who may open it, and the app holds each to what it says."""

import pytest
from flask import Flask

from oversight.accounts.access import needs, open_to_everyone, open_to_signed_in, refuse_undeclared
from oversight.accounts.actions import remove_role
from oversight.kit.db import writing
from oversight.rules.roles import Can, Role
from tests.accounts.conftest import AT, Visitor, VisitorAs, someone
from tests.pages import hidden_fields

pytestmark = pytest.mark.one_database


def test_an_undeclared_endpoint_stops_the_app_from_starting() -> None:
    app = Flask(__name__)
    app.add_url_rule("/declared", "declared", open_to_everyone(lambda: ""))
    app.add_url_rule("/forgotten", "forgotten", lambda: "")
    with pytest.raises(RuntimeError, match=r"forgotten.*@needs.*@open_to_everyone"):
        refuse_undeclared(app)


def test_a_view_declares_once() -> None:
    with pytest.raises(TypeError):
        needs(Can.REVIEW)(open_to_everyone(lambda: ""))


def test_a_power_must_be_named() -> None:
    with pytest.raises(TypeError):
        needs()


def test_an_endpoint_registered_afterwards_is_closed(app: Flask) -> None:
    app.config["TESTING"] = False
    app._got_first_request = False
    app.add_url_rule("/late", "late", lambda: "open")
    assert Visitor(app).get("/late").status_code == 403


def test_signed_out_one_is_sent_to_sign_in_and_comes_back(visitor: Visitor) -> None:
    answer = visitor.get("/people?after=x")
    assert answer.status_code == 302
    assert answer.location == "/sign-in?next=/people?after%3Dx"
    page = visitor.get(answer.location)
    assert 'name="next"' in page.text
    signed = visitor.post(
        "/sign-in",
        page=answer.location,
        email="administrator@demo.example",
        password="four plain garden chairs",
        next="/people?after=x",
    )
    assert signed.location == "/people?after=x"


def test_what_was_posted_signed_out_is_not_come_back_to(visitor: Visitor) -> None:
    assert visitor.post("/people/invite").location == "/sign-in"


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example", r"\\evil.example", "/\\evil.example"]
)
def test_nobody_is_sent_elsewhere(visitor: Visitor, elsewhere: str) -> None:
    signed = visitor.post(
        "/sign-in", email="administrator@demo.example", password="four plain garden chairs", next=elsewhere
    )
    assert signed.status_code == 302
    assert "evil" not in signed.location.split("/")[2:3]
    assert not signed.location.startswith(("http", "//", "\\"))


def test_a_way_elsewhere_is_not_even_kept_in_the_form(visitor: Visitor) -> None:
    page = visitor.post("/sign-in", email="x@demo.example", password="wrong", next="//evil.example").text
    assert hidden_fields(page)["next"] == ""


def test_lacking_the_power_is_403(visitor_as: VisitorAs) -> None:
    ines = visitor_as("ines")
    assert ines.get("/desk").status_code == 200
    assert ines.get("/people").status_code == 403
    assert ines.get("/review").status_code == 403


def test_a_power_taken_is_felt_on_the_next_page(app: Flask, visitor_as: VisitorAs) -> None:

    rita = visitor_as("rita")
    assert rita.get("/review").status_code == 200
    with app.app_context(), writing():
        remove_role(someone("rita"), Role.REVIEWER, by=someone("max"), at=AT)
    assert rita.get("/review").status_code == 403


def test_no_such_page_is_404_for_everyone(visitor: Visitor) -> None:
    assert visitor.get("/no-such-page").status_code == 404


def test_any_signed_in_person_opens_their_own_page(visitor: Visitor, visitor_as: VisitorAs) -> None:
    assert open_to_signed_in(lambda: "").access.powers == frozenset()  # type: ignore[attr-defined]
    assert visitor.get("/account").status_code == 302
    assert visitor_as("rita").get("/account").status_code == 200
