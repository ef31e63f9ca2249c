"""Nothing that casework writes into a file's history is left without words."""

import re
from pathlib import Path

import oversight.casework
from oversight.casework.wording import KINDS
from oversight.desk.wording.asks import LABELS
from oversight.desk.wording.history import EDITS, MESSAGES
from oversight.desk.wording.people import HEARD, KIND_LABELS
from oversight.rules.steps import Ask

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
