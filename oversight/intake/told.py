"""The desk's form: the same questions on one page, and what only staff can say about how a matter came in."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from flask import current_app
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import Field as FormField
from wtforms import SelectField, ValidationError
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.validators import InputRequired

from oversight.intake.course import kept
from oversight.intake.filing import COMPLAINT, OWN_MOTION, questions_for
from oversight.intake.forms import CHOOSE, AnswersForm, OneChoice, as_form_data, form_of, this_day
from oversight.kit.fields import LongText, PartsDate, PartsDateField
from oversight.kit.i18n import LANGUAGES, current_language
from oversight.rules.findings import CHANNELS
from oversight.rules.jurisdictions import NoRulebook, rulebook_in_force
from oversight.rules.questions import Question
from oversight.rules.rulebook import Rulebook
from oversight.rules.words import N_

TOLD_BY = {channel: CHANNELS[channel] for channel in ("phone", "in_person", "mail", "referral")}
ORIGINS: Mapping[str, str] = {
    COMPLAINT: N_("Someone complains"),
    "referral": N_("Another body refers it, without anyone who complains"),
    "notice": N_("The police service gives notice of it"),
    OWN_MOTION: N_("The office takes it up on its own motion"),
}


class ToldForm(AnswersForm):
    """All questions at once, as they are asked aloud."""

    channel: OneChoice
    received_on: PartsDateField
    origin: OneChoice
    origin_basis: LongText
    language: OneChoice
    area: SelectField

    def is_needless(self, question: Question) -> bool:
        """Where nobody complained, nothing is asked about whoever did."""
        nobody = self.origin.data != COMPLAINT and question.of_complainant
        return nobody or super().is_needless(question)

    def validate_origin_basis(self, field: FormField) -> None:
        """What nobody complained about needs a reason in writing to be looked at."""
        if self.origin.data not in (None, COMPLAINT) and not field.data:
            raise ValidationError(gettext("Write on what basis this is taken up, since nobody complains."))

    def validate_received_on(self, field: FormField) -> None:
        """Every file follows the rules of the day it was received, so there have to be some."""
        try:
            self.book()
        except NoRulebook as lacking:
            raise ValidationError(gettext("No rules are known for that day. Check the year.")) from lacking

    def book(self) -> Rulebook:
        """The rules in force on the day it was received. Raises NoRulebook."""
        day = self.received_on.data
        on = day.exact if day and day.exact else this_day()
        return rulebook_in_force(current_app.config["SETTINGS"].place, on)

    def as_draft(self) -> dict[str, Any]:
        """What a draft keeps of it."""
        questions = questions_for(self.book(), self.origin.data)
        details = {
            name: self[name].data or "" for name in ("channel", "origin", "origin_basis", "language", "area")
        }
        details["received_on"] = self.received_on.data.exact.isoformat()
        return {"answers": kept(questions, self.answers()), "details": details}


@cache
def told_form(
    questions: tuple[Question, ...], areas: tuple[str, ...], origins: tuple[str, ...]
) -> type[ToldForm]:
    """The desk's form for these questions; `origins` are those that this person may choose."""
    fields = {
        "channel": _choice(_l("How did it reach us?"), TOLD_BY),
        "received_on": PartsDateField(
            _l("On which day did it reach us?"),
            required=True,
            not_after=this_day,
            description=_l("All time limits count from this day, also when it is entered later."),
        ),
        "origin": _choice(_l("Where does it come from?"), {code: ORIGINS[code] for code in origins}),
        "origin_basis": LongText(
            _l("Basis, where nobody complains"),
            most=4_000,
            description=_l("What became known, how, and why it should be looked at."),
        ),
        "language": OneChoice(
            _l("Language in which they want to be written to"),
            [InputRequired(CHOOSE)],
            choices=[SelectChoice(code, name) for code, name in LANGUAGES.items()],
        ),
        "area": SelectField(
            _l("Broad area"),
            choices=[SelectChoice("", _l("Not known")), *(SelectChoice(area, _l(area)) for area in areas)],
            description=_l("This is published in place of the street."),
        ),
    }
    return type("ToldFormOfRules", (ToldForm, form_of(*questions)), fields)


def form_data(draft: Mapping[str, Any] | None, book: Rulebook, origins: tuple[str, ...]) -> dict[str, Any]:
    """What the form holds when it is opened: what the draft has, else what is most likely."""
    if draft is None:
        today = this_day()
        return {
            "channel": "phone",
            "origin": origins[0],
            "language": current_language(),
            "received_on": PartsDate(today.year, today.month, today.day),
        }
    details = dict(draft["details"])
    year, month, day = (int(part) for part in details.pop("received_on").split("-"))
    return (
        details
        | as_form_data(book.questions, draft["answers"])
        | {"received_on": PartsDate(year, month, day)}
    )


def _choice(label: Any, terms: Mapping[str, str]) -> OneChoice:
    choices = [SelectChoice(code, _l(words)) for code, words in terms.items()]
    return OneChoice(label, [InputRequired(CHOOSE)], choices=choices)
