"""The form by which an edition is proposed."""

from collections.abc import Mapping, Sequence

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.validators import InputRequired

from oversight.figures.periods import Period
from oversight.kit.fields import LongText, ShortText
from oversight.reports.wording import period_label

MESSAGE_MOST = 6_000
CHANGES_MOST = 2_000
NO_PERIOD = ""

MESSAGE_IN_BOTH = _l("Write the message in both languages, or in neither.")
CHANGES_IN_BOTH = _l("Say what changed in both languages, or in neither.")
SIGN = _l("Say who signs the message.")


class ProposalForm(FlaskForm):
    """Which period; a message from the director, if there is one; what a correction changes."""

    period = SelectField(_l("Period"), [InputRequired(_l("Choose one from the list."))])
    message_en = LongText(_l("Message from the director, in English"), most=MESSAGE_MOST)
    message_fr = LongText(_l("Message from the director, in French"), most=MESSAGE_MOST)
    signed_by = ShortText(_l("Who signs the message"), most=120)
    changes_en = LongText(_l("What changed, in English"), most=CHANGES_MOST)
    changes_fr = LongText(_l("What changed, in French"), most=CHANGES_MOST)

    @classmethod
    def offering(cls, periods: Sequence[Period]) -> "ProposalForm":
        """The form with these periods to choose from: as it was sent, or new."""
        form = cls()
        listed = [SelectChoice(period.name, f"{period_label(period)} ({period.name})") for period in periods]
        form.period.choices = [SelectChoice(NO_PERIOD, ""), *listed]
        return form

    def validate(self, extra_validators: Mapping[str, Sequence[object]] | None = None) -> bool:
        """Besides each field: a text is there in both languages or in neither, and a message is signed."""
        fine = bool(super().validate(extra_validators))
        fine &= _is_paired(self.message_en, self.message_fr, MESSAGE_IN_BOTH)
        fine &= _is_paired(self.changes_en, self.changes_fr, CHANGES_IN_BOTH)
        if self.message_en.data and not self.signed_by.data and not self.signed_by.errors:
            self.signed_by.errors = [SIGN]
            fine = False
        return fine

    def message(self) -> dict[str, str]:
        """The message as an edition keeps it; empty for none."""
        if not self.message_en.data:
            return {}
        texts = {"en": self.message_en.data, "fr": self.message_fr.data or ""}
        return {**texts, "by": self.signed_by.data or ""}

    def changes(self) -> dict[str, str]:
        """What a correction changes, by language; empty where nothing was written."""
        return {"en": self.changes_en.data or "", "fr": self.changes_fr.data or ""}


def _is_paired(one: LongText, other: LongText, otherwise: str) -> bool:
    missing = [here for here, there in ((one, other), (other, one)) if there.data and not here.data]
    for field in missing:
        if not field.errors:
            field.errors = [otherwise]
    return not missing
