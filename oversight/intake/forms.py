"""Forms made of the rulebook's questions, and the few that the status page has of its own."""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

from email_validator import EmailNotValidError, validate_email
from flask import current_app
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, Form, RadioField, SelectMultipleField
from wtforms import Field as FormField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.validators import DataRequired, InputRequired, Optional, ValidationError
from wtforms.widgets import EmailInput, TelInput

from oversight.intake.course import Answers, names_of
from oversight.kit.clock import today
from oversight.kit.fields import LongText, PartsDate, PartsDateField, ShortText
from oversight.kit.i18n import t
from oversight.rules import receipts
from oversight.rules.questions import NO_ANSWER, Field, Kind, Question, SelfIdentification
from oversight.rules.words import N_

CHOOSE = _l("Choose one of the answers.")
LONGEST_MESSAGE = 20_000
PRESSED = {
    "no": N_("No, it is my own wish"),
    "yes": N_("Yes"),
    "rather_not": N_("I would rather not say"),
}


class OneChoice(RadioField):
    """Radio buttons; what is not among them is refused in our own words."""

    def pre_validate(self, form: Any) -> None:
        offered: Any = self.iter_choices()
        if self.data is not None and self.data not in {choice.value for choice in offered}:
            raise ValidationError(gettext("Choose one of the answers."))


class ManyChoices(SelectMultipleField):
    """Tick boxes, refused alike."""

    def pre_validate(self, form: Any) -> None:
        offered: Any = self.iter_choices()
        if not set(self.data or ()) <= {choice.value for choice in offered}:
            raise ValidationError(gettext("Choose from these answers only."))


def email_address(_form: Form, field: FormField) -> None:
    """Refuse what can't be an address. Nobody is asked whether it exists: looking it up would tell others."""
    try:
        field.data = validate_email(field.data or "", check_deliverability=False).normalized
    except EmailNotValidError as error:
        raise ValidationError(gettext("Write an e-mail address, like name@example.org.")) from error


class AnswersForm(FlaskForm):
    """The fields of one question, or of several on one page."""

    questions: tuple[Question, ...] = ()

    def validate(self, extra_validators: Mapping[str, Sequence[Any]] | None = None) -> bool:
        """Check what is asked; what an answer on this very form makes needless can't be wrong."""
        super().validate(extra_validators)
        self._consent_needs_an_address()
        for question in filter(self.is_needless, self.questions):
            for field in question.fields:
                self[field.name].errors = []
        return not self.errors

    def is_needless(self, question: Question) -> bool:
        """Whether another answer on this very form makes a question needless."""
        if question.only_if is None or question.only_if[0] not in self:
            return False
        return not question.is_asked(self.answers())

    def answers(self) -> dict[str, Any]:
        """What was answered, as it is kept: field name → value, days as ISO text."""
        found: dict[str, Any] = {}
        for question in self.questions:
            for field in question.fields:
                found |= _answer(field, self[field.name].data)
        return found

    def _consent_needs_an_address(self) -> None:
        fields = [field for question in self.questions for field in question.fields]
        address = next((field for field in fields if field.kind is Kind.EMAIL), None)
        for consent in (field for field in fields if field.kind is Kind.CONSENT):
            if address and self[consent.name].data and not self[address.name].data:
                words = gettext("Write the e-mail address we may use, or take the tick away.")
                self[address.name].errors = [*self[address.name].errors, words]


@cache
def form_of(*questions: Question) -> type[AnswersForm]:
    """The form of these questions. Made once, in no language: its words are translated when shown."""
    fields = {
        field.name: _BUILDERS[field.kind](field, *_words(question, field))
        for question in questions
        for field in question.fields
    }
    return type("QuestionsForm", (AnswersForm,), {**fields, "questions": questions})


def as_form_data(questions: Sequence[Question], answers: Answers) -> dict[str, Any]:
    """Kept answers as a form takes them."""
    fields = [field for question in questions for field in question.fields]
    return {field.name: _form_value(field, answers) for field in fields if field.name in answers}


def _answer(field: Field, value: Any) -> dict[str, Any]:
    if field.kind is not Kind.DATE:
        empty: Any = {Kind.CHOICES: [], Kind.CONSENT: False}.get(field.kind, "")
        return {field.name: value or empty}
    earliest = value.earliest if value else None
    sure = "unknown" if earliest is None else "exact" if value.exact and not value.about else "about"
    kept = (earliest.isoformat() if earliest else None, sure, value.as_json() if value else None)
    return dict(zip(names_of(field), kept, strict=True))


def _form_value(field: Field, answers: Answers) -> Any:
    if field.kind is not Kind.DATE:
        return answers[field.name]
    parts = answers.get(f"{field.name}_parts")
    return PartsDate.from_json(parts) if parts else None


def _words(question: Question, field: Field) -> tuple[Any, Any]:
    """A field's label and hint. Alone on its page, it is what the question itself asks."""
    if len(question.fields) > 1:
        return _lazy(field.label), _lazy(field.hint)
    return _lazy(question.title), _lazy(question.hint or field.hint or field.label)


def _lazy(message: str) -> Any:
    return _l(message) if message else ""


def _needed(field: Field, words: Any) -> list[Any]:
    return [DataRequired(words)] if field.required else [Optional()]


def _text(field: Field, label: Any, hint: Any) -> ShortText:
    words = _l("Write something here: “%(label)s”.", label=label)
    return ShortText(label, _needed(field, words), most=field.max_length, description=hint)


def _long_text(field: Field, label: Any, hint: Any) -> LongText:
    words = _l("Write a few words: “%(label)s”", label=label)
    return LongText(label, _needed(field, words), most=field.max_length, description=hint)


def _date(field: Field, label: Any, hint: Any) -> PartsDateField:
    return PartsDateField(
        label,
        description=hint,
        required=field.required,
        offers_about=True,
        offers_unknown=True,
        not_after=this_day,
    )


def _choice(field: Field, label: Any, hint: Any) -> OneChoice:
    choices = [SelectChoice(term.code, _l(term.label)) for term in field.choices]
    words = _l("Choose an answer: “%(label)s”", label=label)
    checks = [InputRequired(words)] if field.required else [Optional()]
    return OneChoice(label, checks, choices=choices, description=hint)


def _choices(field: Field, label: Any, hint: Any) -> ManyChoices:
    choices = [SelectChoice(term.code, _l(term.label)) for term in field.choices]
    return ManyChoices(label, _needed(field, CHOOSE), choices=choices, description=hint)


def _email(field: Field, label: Any, hint: Any) -> ShortText:
    checks = [*_needed(field, _l("Write an e-mail address.")), email_address]
    return ShortText(label, checks, most=field.max_length, description=hint, widget=EmailInput())


def _phone(field: Field, label: Any, hint: Any) -> ShortText:
    checks = _needed(field, _l("Write a telephone number."))
    return ShortText(label, checks, most=field.max_length, description=hint, widget=TelInput())


def _consent(_field: Field, label: Any, hint: Any) -> BooleanField:
    return BooleanField(label, description=hint)


_BUILDERS: Mapping[Kind, Callable[[Field, Any, Any], FormField]] = {
    Kind.LONG_TEXT: _long_text,
    Kind.TEXT: _text,
    Kind.DATE: _date,
    Kind.CHOICE: _choice,
    Kind.CHOICES: _choices,
    Kind.EMAIL: _email,
    Kind.PHONE: _phone,
    Kind.CONSENT: _consent,
}


def this_day() -> Any:
    """Today, on the calendar of the office's place."""
    return today(current_app.config["ZONE"])


class ReceiptForm(FlaskForm):
    """The receipt code, however it is typed."""

    code = ShortText(
        _l("Your receipt code"),
        description=_l("25 letters and digits. Capitals, dashes and spaces make no difference."),
        most=receipts.LONGEST_TYPED,
    )
    digest: bytes

    def validate_code(self, field: FormField) -> None:
        """Say what is wrong with a code that can't be one."""
        try:
            self.digest = receipts.digest(field.data or "")
        except receipts.BadReceipt as bad:
            raise ValidationError(t(bad.reason)) from bad


class MessageForm(FlaskForm):
    """Something a party writes to the office."""

    body = LongText(
        _l("Your words"),
        [DataRequired(_l("Write a few words here. They can be short."))],
        most=LONGEST_MESSAGE,
    )


class WithdrawForm(FlaskForm):
    """Taking a complaint back, and, privately, whether someone wants it to be taken back."""

    pressed = OneChoice(
        _l("Has anyone pressed you, or made you afraid, so that you withdraw?"),
        [InputRequired(CHOOSE)],
        choices=[SelectChoice(code, _l(words)) for code, words in PRESSED.items()],
        description=_l("Only the people of this office who work on your file read this. The police do not."),
    )
    by_whom = LongText(_l("If yes: what happened?"), [Optional()], most=LONGEST_MESSAGE)
    reason = LongText(
        _l("Why do you want to withdraw?"),
        [Optional()],
        most=LONGEST_MESSAGE,
        description=_l("You need not give a reason."),
    )


class AnotherLookForm(FlaskForm):
    """Asking that a result be looked at again."""

    reason = LongText(
        _l("What should be looked at again, and why?"),
        [DataRequired(_l("Write in a few words what should be looked at again."))],
        most=LONGEST_MESSAGE,
        description=_l("For example: something that was overlooked, or someone who was not asked."),
    )


class LateAnotherLookForm(AnotherLookForm):
    """The same after the time for it is over."""

    delay = LongText(
        _l("Why could you not ask sooner?"),
        [DataRequired(_l("Write in a few words why it took longer."))],
        most=LONGEST_MESSAGE,
    )


@cache
def about_you_form(asked_of: SelfIdentification) -> type[FlaskForm]:
    """The form of self-identification: any number of categories, or a reason to choose none."""
    offered = [SelectChoice(term.code, _l(term.label)) for term in (*asked_of.categories, *NO_ANSWER)]
    field = ManyChoices(
        _l("How do you describe yourself?"),
        [none_or_some],
        choices=offered,
        description=_l("Choose as many as fit."),
    )
    return type("AboutYouForm", (FlaskForm,), {"identity": field})


def none_or_some(_form: Form, field: FormField) -> None:
    """Refuse to guess what someone means who describes themselves and says that they would rather not."""
    chosen, none = set(field.data or ()), {term.code for term in NO_ANSWER}
    if chosen & none and len(chosen) > 1:
        raise ValidationError(gettext("Choose either what fits, or one of the last two. Not both."))
