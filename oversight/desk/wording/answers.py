"""What was told when the complaint was filed, question by question."""

from typing import Any

from oversight.casework.models import Complaint
from oversight.kit.i18n import t
from oversight.rules.jurisdictions import rulebook
from oversight.rules.questions import Field, Kind
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
    fields = [field for question in rulebook(complaint.rulebook).questions for field in question.fields]
    rows = [
        (t(field.label), _answer(field, answers.get(field.name)))
        for field in fields
        if field.name not in ELSEWHERE
    ]
    return [(question, words) for question, words in rows if words]


def _answer(field: Field, value: Any) -> str:
    if value in (None, "", [], False):
        return ""
    if field.kind is Kind.CONSENT:
        return t(N_("Yes"))
    words = {choice.code: t(choice.label) for choice in field.choices}
    if isinstance(value, list):
        return "\n".join(words.get(each, str(each)) for each in value)
    return words.get(value, str(value))
