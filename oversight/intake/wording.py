"""Answers in words, for whoever checks them before they are sent, on a page or read aloud."""

from typing import Any

from flask_babel import ngettext

from oversight.intake.course import Answers
from oversight.kit.fields import PartsDate
from oversight.kit.fields import in_words as date_in_words
from oversight.kit.i18n import t
from oversight.rules.questions import Field, Kind, Question
from oversight.rules.rulebook import Usual
from oversight.rules.words import N_

YES, NOT_WRITTEN_TO = N_("Yes"), N_("No. We will not write to this address.")
RANGE = N_("Usually %(least)s to %(most)s months.")


def rows_of(question: Question, answers: Answers) -> list[dict[str, Any]]:
    """A question's answers as rows of a summary list: what was left open is not listed field by field."""
    alone = len(question.fields) == 1
    rows = [
        {"name": t(question.title if alone else field.label), "value": in_words(field, answers)}
        for field in question.fields
        if not _says_nothing(field, answers)
    ]
    return [row for row in rows if row["value"]] or [{"name": t(question.title), "value": ""}]


def in_words(field: Field, answers: Answers) -> str:
    """One answer as it is read back."""
    value = answers.get(field.name)
    match field.kind:
        case Kind.DATE:
            parts = answers.get(f"{field.name}_parts")
            return date_in_words(PartsDate.from_json(parts)) if parts else ""
        case Kind.CONSENT:
            return t(YES) if value else t(NOT_WRITTEN_TO)
        case Kind.CHOICE | Kind.CHOICES:
            chosen = value if isinstance(value, list) else [value]
            return ", ".join(t(term.label) for term in field.choices if term.code in chosen)
        case _:
            return str(value or "")


def _says_nothing(field: Field, answers: Answers) -> bool:
    """Consent to mail means nothing without an address."""
    return field.kind is Kind.CONSENT and not (answers.get(field.name) or answers.get("email"))


def how_long(usual: Usual | None) -> str:
    """How long something usually takes: a range, never a date that may prove false."""
    if usual is None:
        return ""
    if usual.least == 0:
        return str(ngettext("Usually less than a month.", "Usually less than %(num)s months.", usual.most))
    if usual.least == usual.most:
        return str(ngettext("Usually about a month.", "Usually about %(num)s months.", usual.most))
    return t(RANGE, least=usual.least, most=usual.most)
