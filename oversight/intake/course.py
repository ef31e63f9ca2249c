"""The way through the questions: which are asked, which comes next, what is missing, what is sent."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from oversight.rules.questions import Field, Kind, Question

Answers = Mapping[str, Any]
"""Field name → text, list of codes, or yes and no. A date has three entries, see `names_of`."""

Questions = Sequence[Question]


def names_of(field: Field) -> tuple[str, ...]:
    """The entries of a field: a date keeps its earliest day, how sure it is, and its parts as given."""
    if field.kind is Kind.DATE:
        return (field.name, f"{field.name}_precision", f"{field.name}_parts")
    return (field.name,)


def asked(questions: Questions, answers: Answers) -> list[Question]:
    """The questions that are asked, given the answers so far."""
    return [question for question in questions if question.is_asked(answers)]


def neighbours(questions: Questions, answers: Answers, slug: str) -> tuple[Question | None, Question | None]:
    """The questions asked before and after this one."""
    slugs = [question.slug for question in asked(questions, answers)]
    row = asked(questions, answers)
    at = slugs.index(slug)
    return (row[at - 1] if at else None), (row[at + 1] if at + 1 < len(row) else None)


def first_open(questions: Questions, answers: Answers) -> Question | None:
    """Where someone who comes back goes on: the first question they have not passed."""
    return next((each for each in asked(questions, answers) if not _is_passed(each, answers)), None)


def missing(questions: Questions, answers: Answers) -> list[Question]:
    """The questions that still need an answer before anything can be sent."""
    return [each for each in asked(questions, answers) if not _is_complete(each, answers)]


def kept(questions: Questions, answers: Answers) -> dict[str, Any]:
    """Only the answers of questions that are asked: whoever becomes anonymous takes their name back."""
    wanted = set(_entries(asked(questions, answers)))
    return {name: value for name, value in answers.items() if name in wanted}


def _entries(questions: Questions) -> Iterator[str]:
    for question in questions:
        for field in question.fields:
            yield from names_of(field)


def _is_passed(question: Question, answers: Answers) -> bool:
    return all(field.name in answers for field in question.fields) and _is_complete(question, answers)


def _is_complete(question: Question, answers: Answers) -> bool:
    return all(answers.get(field.name) for field in question.fields if field.required)
