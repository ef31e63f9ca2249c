"""Answers in words."""

from collections.abc import Iterator

import pytest
from flask import Flask
from flask_babel import Babel

from oversight.intake.wording import how_long, rows_of
from oversight.rules.questions import REACH, WHERE, WHO
from oversight.rules.rulebook import Usual


@pytest.fixture(autouse=True)
def words() -> Iterator[None]:
    app = Flask(__name__)
    Babel(app)
    with app.test_request_context():
        yield


def test_what_was_left_open_is_one_line_for_its_question() -> None:
    assert rows_of(WHERE, {}) == [{"name": "Where did it happen?", "value": ""}]
    assert rows_of(WHO, {}) == [{"name": "Who was involved?", "value": ""}]


def test_of_several_fields_the_filled_ones_are_read_back() -> None:
    rows = rows_of(WHO, {"officer_status": "chief", "officer_name": "", "witnesses": "My aunt"})
    assert [row["value"] for row in rows] == ["It was the chief of police", "My aunt"]


def test_consent_is_read_back_where_there_is_an_address() -> None:
    assert rows_of(REACH, {"name": "Amara", "consent_to_mail": False})[1:] == []
    told = rows_of(REACH, {"name": "Amara", "email": "a@b.example", "consent_to_mail": False})
    assert told[-1]["value"] == "No. We will not write to this address."


@pytest.mark.parametrize(
    ("usual", "words"),
    [
        (None, ""),
        (Usual(0, 1), "Usually less than a month."),
        (Usual(0, 3), "Usually less than 3 months."),
        (Usual(1, 1), "Usually about a month."),
        (Usual(2, 2), "Usually about 2 months."),
        (Usual(4, 6), "Usually 4 to 6 months."),
    ],
)
def test_how_long_is_a_range_and_never_a_date(usual: Usual | None, words: str) -> None:
    assert how_long(usual) == words
