"""What is filed of a draft: the answers to what is asked, and under which rules."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from oversight.casework.actions.filing import Filing
from oversight.intake.course import Questions, kept, missing
from oversight.intake.models import Draft
from oversight.rules.jurisdictions import rulebook_in_force
from oversight.rules.questions import Question
from oversight.rules.rulebook import Rulebook

COMPLAINT = "complaint"
OWN_MOTION = "own_motion"


class Incomplete(Exception):
    """Questions that need an answer have none."""

    def __init__(self, questions: list[Question]) -> None:
        super().__init__(", ".join(question.slug for question in questions))
        self.questions = questions


@dataclass(frozen=True)
class Counter:
    """Where and when something is handed in, and in which language the person reads."""

    place: str
    on: date
    language: str

    @property
    def book(self) -> Rulebook:
        """The rules that a file handed in here and now follows. Raises NoRulebook."""
        return rulebook_in_force(self.place, self.on)


def written_filing(draft: Draft, counter: Counter) -> Filing:
    """The filing of a draft that the person wrote. Raises Incomplete."""
    answers = draft.answers or {}
    return Filing(
        answers=_complete(counter.book.questions, answers),
        form_key=str(draft.id),
        received_on=counter.on,
        place=counter.place,
        language=counter.language,
    )


def told_filing(draft: Draft, place: str) -> Filing:
    """The filing of a draft that staff wrote down. Raises Incomplete, NoRulebook."""
    written = draft.answers or {}
    details: dict[str, Any] = written["details"]
    received_on = date.fromisoformat(details["received_on"])
    questions = questions_for(rulebook_in_force(place, received_on), details["origin"])
    area = {"area": details["area"]} if details["area"] else {}
    return Filing(
        answers=_complete(questions, written["answers"]) | area,
        form_key=str(draft.id),
        received_on=received_on,
        place=place,
        language=details["language"],
        channel=details["channel"],
        origin=details["origin"],
        origin_basis=details["origin_basis"],
    )


def questions_for(book: Rulebook, origin: str) -> tuple[Question, ...]:
    """The questions about a matter of that origin: where nobody complained, none about whoever did."""
    return tuple(each for each in book.questions if origin == COMPLAINT or not each.of_complainant)


def _complete(questions: Questions, answers: dict[str, Any]) -> dict[str, Any]:
    if lacking := missing(questions, answers):
        raise Incomplete(lacking)
    return kept(questions, answers)
