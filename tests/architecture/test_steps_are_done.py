"""What the rulebooks name is there: a deed for each `does`, words for each message, a check for each ask."""

from pathlib import Path

import pytest

from oversight.casework.actions import effects, outcomes
from oversight.casework.answers import CHECKS
from oversight.rules.jurisdictions import all_rulebooks
from oversight.rules.rulebook import Rulebook
from oversight.rules.steps import Ask

EMAILS = Path(__file__).parents[2] / "templates" / "email"
BOOKS = sorted(all_rulebooks().values(), key=lambda book: book.slug)

# Not checked against the file: a private remark that may be left out, and the summary's own fields.
UNCHECKED = {Ask.PRESSED, Ask.SUMMARY, Ask.CORRECTION}


@pytest.mark.parametrize("book", BOOKS, ids=lambda book: book.slug)
def test_every_deed_that_a_step_names_is_done(book: Rulebook) -> None:
    assert {name for step in book.file.steps for name in step.does} <= set(effects.EFFECTS)
    assert {name for step in book.outcome.steps for name in step.does} <= set(outcomes.EFFECTS)


def test_every_deed_is_named_by_some_step() -> None:
    steps = [step for book in BOOKS for workflow in (book.file, book.outcome) for step in workflow.steps]
    assert {*effects.EFFECTS, *outcomes.EFFECTS} == {name for step in steps for name in step.does}


@pytest.mark.parametrize("book", BOOKS, ids=lambda book: book.slug)
def test_every_message_has_its_words(book: Rulebook) -> None:
    assert {f"{name}.txt" for name in book.messages} <= {file.name for file in EMAILS.iterdir()}


def test_everything_a_step_asks_for_is_checked() -> None:
    assert set(Ask) - set(CHECKS) == UNCHECKED
