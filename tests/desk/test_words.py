"""Nothing that casework writes into a file's history is left without words."""

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

import oversight.casework
from oversight.casework.wording import KINDS
from oversight.desk.wording.asks import LABELS
from oversight.desk.wording.history import EDITS, MESSAGES
from oversight.desk.wording.people import HEARD, KIND_LABELS
from oversight.rules.steps import Ask
from tests.cast import INES
from tests.factories import complaint_in

LONG_AGO = datetime(2026, 1, 12, 17, 0, tzinfo=UTC)
WRITTEN = re.compile(r'write_history\(\s*[\w.]+,\s*"(\w+)",\s*"(\w+)"')
CODE = "\n".join(path.read_text() for path in Path(oversight.casework.__file__).parent.rglob("*.py"))


def test_every_edit_and_message_has_its_words() -> None:
    written = set(WRITTEN.findall(CODE))
    assert {what for kind, what in written if kind == "edit"} <= set(EDITS)
    assert {what for kind, what in written if kind == "message"} <= set(MESSAGES)
    assert ("edit", "assign") in written  # the expression still finds them


def test_every_question_of_a_step_has_its_words() -> None:
    assert set(LABELS) == set(Ask)


def test_every_part_someone_can_have_has_a_name() -> None:
    assert set(KINDS) == set(KIND_LABELS)
    assert set(HEARD) == {"response", "lapsed", "reason"}


@pytest.mark.one_database
def test_what_was_told_is_read_with_the_questions_that_were_asked(app: Flask, browser_of: Any) -> None:
    with app.app_context():
        number = complaint_in("assessment").number
    shown = browser_of(INES).get(f"/desk/files/{number}/told").text
    assert "Was the officer working at the time?" in shown
    assert "Choose one" not in shown


@pytest.mark.one_database
def test_nobody_is_late_on_a_file_that_has_ended(app: Flask, browser_of: Any) -> None:
    with app.app_context():
        number = complaint_in("resolved", at=LONG_AGO, received_on=LONG_AGO.date()).number
    head = browser_of(INES).get(f"/desk/files/{number}/told").text
    assert "Nothing is due" in head
    assert "days late" not in head
