"""The forms of an outcome's steps, drawn from what each asks: a summary, what is corrected, a reason."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import Field
from wtforms.validators import InputRequired

from oversight.casework.answers import NEEDED
from oversight.casework.models import Outcome
from oversight.casework.queries.summaries import LANGUAGES, parts
from oversight.kit.fields import LongText, ShortText
from oversight.kit.forms import VersionedForm
from oversight.kit.i18n import t
from oversight.publication.wording import part_label
from oversight.rules.steps import Ask, Step

TITLE_MOST = 120
LONGEST = 10_000


class OutcomeForm(VersionedForm):
    """One step's form. A part of the summary is a field of its own in each language, such as “title.en”."""

    def summary_pairs(self) -> list[tuple[Field, Field]]:
        """The summary's fields, the two languages of each part side by side."""
        fields = [field for field in self if "." in field.name and not field.name.startswith("correction.")]
        return list(zip(fields[::2], fields[1::2], strict=True))

    def summary(self) -> dict[str, str]:
        """The text, by part and language."""
        return {field.name: field.data or "" for pair in self.summary_pairs() for field in pair}

    def answers(self) -> dict[str, Any]:
        """What was given, as casework takes it."""
        given: dict[str, Any] = {}
        if self.summary_pairs():
            given["summary"] = self.summary()
        if "correction.en" in self._fields:
            given["correction"] = {code: self._fields[f"correction.{code}"].data or "" for code in LANGUAGES}
        if "reason" in self._fields:
            given["reason"] = self._fields["reason"].data or ""
        return given

    def blame(self, problems: Mapping[str, str]) -> None:
        """Put each problem beside its field, or beside the first of those it is about."""
        first = {"summary": "title.en", "correction": "correction.en"}
        for name, problem in problems.items():
            field = self._fields.get(first.get(name, name))
            if field is not None and not field.errors:
                field.errors = [t(problem)]


def outcome_form(outcome: Outcome, step: Step) -> OutcomeForm:
    """The form of a step: as it was sent, or with the text as it stands."""
    fields: dict[str, Any] = {}
    for ask in step.asks:
        fields |= DRAWN[ask](outcome)
    of_step: type[OutcomeForm] = type("FormOfStep", (OutcomeForm,), fields)
    return of_step.about(outcome, data=outcome.draft or {})


def _summary(outcome: Outcome) -> dict[str, Any]:
    return {part: _part(part) for part in parts(outcome.complaint)}


def _part(part: str) -> Field:
    if part.startswith("title."):
        return ShortText(part_label(part), most=TITLE_MOST)
    return LongText(part_label(part), most=LONGEST)


def _correction(_outcome: Outcome) -> dict[str, Any]:
    labels = {"en": _l("What is corrected, in English"), "fr": _l("What is corrected, in French")}
    return {
        f"correction.{code}": LongText(labels[code], [InputRequired(_l(NEEDED))], most=2_000)
        for code in LANGUAGES
    }


def _reason(_outcome: Outcome) -> dict[str, Any]:
    return {"reason": LongText(_l("Reason"), [InputRequired(_l(NEEDED))], most=2_000)}


DRAWN = {Ask.SUMMARY: _summary, Ask.CORRECTION: _correction, Ask.REASON: _reason}
