"""When a filing breaks in the middle, the log says where, and nothing of what was told or by whom."""

from collections.abc import Callable
from typing import Any
from unittest.mock import patch

import pytest
from flask import Flask
from sqlalchemy import select, text

from oversight.casework.models import Complaint
from oversight.kit.db import session
from tests.intake.visitor import ANSWERS, Visitor
from tests.logs import listening

TOLD = [
    *("stopped me outside", "east library", "Wren Haldane", "48213", "apology"),
    *("Amara Quist", "amara@elsewhere.example"),
]
EVERYTHING = " ".join(str(answer) for answers in ANSWERS.values() for answer in answers.values())


def our_own_error(*_: Any, **__: Any) -> None:
    raise ValueError(EVERYTHING)


def an_error_of_the_database(*_: Any, **__: Any) -> None:
    """Its message repeats the statement, values and all."""
    session().execute(text(f'SELECT :told FROM "{EVERYTHING}"'), {"told": EVERYTHING})


@pytest.mark.parametrize("error", [our_own_error, an_error_of_the_database])
def test_the_log_has_the_error_and_not_what_was_told(
    app: Flask, visitor: Visitor, error: Callable[..., None]
) -> None:
    app.testing = False
    with listening() as heard:
        visitor.answer_all()
        with patch("oversight.casework.actions.filing.start_clocks", side_effect=error):
            answer = visitor.send_it()
    assert answer.status_code == 500
    (told,) = [line for line in heard.lines() if line["level"] == "error"]
    assert told["request"] in answer.text
    assert any("filing.py" in frame for frame in told["trace"])
    assert not [each for each in TOLD if each in heard.text + answer.text]
    with app.app_context():
        assert session().scalars(select(Complaint)).all() == []
