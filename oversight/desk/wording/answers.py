"""What was told when the complaint was filed, question by question."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from oversight.casework.models import Complaint
from oversight.kit.fields import PartsDate, in_words
from oversight.kit.i18n import local_day, t
from oversight.rules.jurisdictions import rulebook
from oversight.rules.questions import Field, Kind, Question
from oversight.rules.words import N_

# Who someone is and how to reach them is shown only where names are uncovered; the narrative stands apart.
ELSEWHERE = frozenset(
    {
        *("narrative", "name", "email", "phone", "address", "safe_contact", "support", "consent_to_mail"),
        *("affected_name", "officer_name", "officer_badge", "officer_description"),
    }
)


def told(complaint: Complaint) -> list[tuple[str, str]]:
    """Each question that was answered, with its answer in words."""
    answers = complaint.answers or {}
    rows = [
        (_asked(question, field), _date(field, answers) or _answer(field, answers.get(field.name)))
        for question in rulebook(complaint.rulebook).questions
        for field in question.fields
        if field.name not in ELSEWHERE
    ]
    return [(asked, words) for asked, words in rows if words]


def _asked(question: Question, field: Field) -> str:
    """The page's own question for its first field, whose label may only say “Choose one”; else the label."""
    return t(question.title if field is question.fields[0] else field.label)


def _date(field: Field, answers: Mapping[str, Any]) -> str:
    """A date as it was given, with the parts that were left out still left out."""
    parts, day = answers.get(f"{field.name}_parts"), answers.get(field.name)
    if parts:
        return in_words(PartsDate.from_json(parts))
    return local_day(date.fromisoformat(day)) if field.kind is Kind.DATE and day else ""


def _answer(field: Field, value: Any) -> str:
    if value in (None, "", [], False):
        return ""
    if field.kind is Kind.CONSENT:
        return t(N_("Yes"))
    words = {choice.code: t(choice.label) for choice in field.choices}
    if isinstance(value, list):
        return "\n".join(words.get(each, str(each)) for each in value)
    return words.get(value, str(value))
