"""A step's form, drawn from what its row of the table asks for."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Field, RadioField, SelectField, SelectMultipleField
from wtforms.validators import InputRequired, Optional

from oversight.casework.acting import Acting
from oversight.casework.answers import CHOOSE, NEEDED, RESPONSE_KINDS, check_answers, may_speak_for
from oversight.casework.models import Allegation, Complaint, Party
from oversight.casework.queries.clocks import clocks_for
from oversight.casework.queries.facts import is_heard, open_allegations
from oversight.casework.queries.people import people_free_for
from oversight.casework.refusals import BadAnswers
from oversight.casework.wording import allegation_name, party_name
from oversight.desk.forms.choices import NOBODY, SelectChoice, choices
from oversight.desk.wording.asks import HINTS, WITHDRAWAL_ENDINGS, asked
from oversight.desk.wording.clocks import clock_words
from oversight.desk.wording.terms import hold_name
from oversight.kit.fields import LongText, PartsDateField, ShortText
from oversight.kit.forms import VersionedForm
from oversight.kit.i18n import t
from oversight.rules.findings import Term
from oversight.rules.jurisdictions import rulebook
from oversight.rules.roles import Role
from oversight.rules.rulebook import Rulebook
from oversight.rules.steps import Ask, Step
from oversight.rules.words import N_

NameOfOfficer = Callable[[Party], str]
LONGEST = 20_000


class WholeNumber(ShortText):
    """A number, in a small box."""


class StepForm(VersionedForm):
    """One step's form. Its fields bear the names of what is asked; findings have two for each allegation."""

    hints: Mapping[str, Mapping[str, str]] = {}

    @property
    def drawn(self) -> list[Field]:
        """The fields a person fills in, in the order in which the table asks."""
        return [field for field in self if field.name not in ("version", "csrf_token")]

    def answers(self) -> dict[str, Any]:
        """What was given, as casework takes it: plain JSON, by what was asked."""
        given: dict[str, Any] = {}
        for field in self.drawn:
            ask, _, allegation = field.name.partition(":")
            if not allegation:
                given[ask] = _plain(field)
            elif ask == Ask.CORRECTIVE_ACTION:
                given.setdefault(ask, {})[allegation] = field.data or ""
            else:
                given.setdefault("findings", {}).setdefault(allegation, {})[ask] = field.data or ""
        return given

    def begin_with(self, given: Mapping[str, str]) -> None:
        """Have chosen what the way to this page named: one clock of several, for one."""
        for field in self.drawn:
            if isinstance(field, RadioField) and field.name in given:
                field.data = given[field.name]

    def fits(self, complaint: Complaint, step: Step, *, by: Acting, on: date) -> bool:
        """Whether all that is asked for is given and fits the file; if not, the fields say what to mend."""
        well = bool(self.validate_on_submit())
        try:
            check_answers(complaint, step, self.answers(), by=by, on=on)
        except BadAnswers as bad:
            self.blame(bad.problems)
            return False
        return well

    def blame(self, problems: Mapping[str, str]) -> None:
        """Put each problem beside its field, unless that field already says what is wrong."""
        for name, problem in problems.items():
            field = self._fields.get(name) or self._first_of(name)
            if field is not None and not field.errors:
                field.errors = [t(problem)]

    def _first_of(self, ask: str) -> Field | None:
        prefixes = ("finding:", "reasons:") if ask == Ask.FINDINGS else (f"{ask}:",)
        about = [field for field in self.drawn if field.name.startswith(prefixes)]
        return None if any(field.errors for field in about) else next(iter(about), None)


@dataclass(frozen=True)
class Asked:
    """What a field is drawn for."""

    complaint: Complaint
    step: Step
    ask: Ask
    roles: frozenset[Role]
    name_of_officer: NameOfOfficer
    on: date

    @property
    def book(self) -> Rulebook:
        return rulebook(self.complaint.rulebook)

    @property
    def label(self) -> str:
        return asked(self.step, self.ask)

    @property
    def hint(self) -> str:
        return t(HINTS.get(self.ask, ""))


def step_form(
    complaint: Complaint,
    step: Step,
    roles: frozenset[Role],
    name_of_officer: NameOfOfficer = party_name,
    *,
    on: date,
) -> StepForm:
    """The form that `step` draws on that day for someone of these roles, as it was sent or not filled in."""
    fields: dict[str, Any] = {}
    hints: dict[str, Mapping[str, str]] = {}
    for ask in step.asks:
        wanted = Asked(complaint, step, ask, roles, name_of_officer, on)
        fields |= DRAWN[ask](wanted)
        if ask in EXPLAINED:
            hints[ask.value] = EXPLAINED[ask](wanted)
    form: type[StepForm] = type("FormOfStep", (StepForm,), {**fields, "hints": hints})
    return form.about(complaint)


def _plain(field: Field) -> Any:
    if isinstance(field, PartsDateField):
        return field.data.exact.isoformat() if field.data and field.data.exact else ""
    return field.data if isinstance(field, BooleanField | SelectMultipleField) else field.data or ""


Drawn = Callable[[Asked], dict[str, Any]]
Terms = Callable[[Rulebook], tuple[Term, ...]]


def _text(*, optional: bool = False) -> Drawn:
    def drawn(wanted: Asked) -> dict[str, Any]:
        rules = [Optional()] if optional else []
        return {wanted.ask.value: LongText(wanted.label, rules, description=wanted.hint, most=LONGEST)}

    return drawn


def _note(wanted: Asked) -> dict[str, Any]:
    return _text(optional=wanted.step.name != "ask_late_for_reconsideration")(wanted)


# Whether a choice fits is for `check_answers` to say, in words of ours; hence validate_choice=False.
def _radios(wanted: Asked, listed: list[SelectChoice], chosen: str | None = None) -> dict[str, Any]:
    field = RadioField(
        wanted.label, choices=listed, description=wanted.hint, default=chosen, validate_choice=False
    )
    return {wanted.ask.value: field}


def _terms(terms: Terms) -> Drawn:
    return lambda wanted: _radios(wanted, choices(terms(wanted.book)))


def _allegations(wanted: Asked) -> dict[str, Any]:
    listed = [
        SelectChoice(str(each.id), allegation_name(each)) for each in open_allegations(wanted.complaint)
    ]
    return {
        wanted.ask.value: SelectMultipleField(
            wanted.label, choices=listed, description=wanted.hint, validate_choice=False
        )
    }


def _level(wanted: Asked) -> dict[str, Any]:
    ours = tuple(level for level in wanted.book.levels if not level.referred)
    return _radios(wanted, choices(ours))


def _investigator(wanted: Asked) -> dict[str, Any]:
    free = people_free_for(wanted.complaint, Role.INVESTIGATOR)
    listed = [SelectChoice(str(person.id), person.name) for person in free]
    return _radios(wanted, listed)


def _review_on(wanted: Asked) -> dict[str, Any]:
    return {wanted.ask.value: PartsDateField(wanted.label, required=True, description=wanted.hint)}


def _hold(wanted: Asked) -> dict[str, Any]:
    listed = [SelectChoice(str(hold.id), hold_name(hold)) for hold in wanted.complaint.holds if hold.is_open]
    return _radios(wanted, listed)


def _clock(wanted: Asked) -> dict[str, Any]:
    fit = clocks_for(wanted.step, wanted.complaint, on=wanted.on)
    listed = [SelectChoice(clock.deadline, t(clock.rule["label"])) for clock in fit]
    return _radios(wanted, listed, chosen=fit[0].deadline if len(fit) == 1 else None)


def _about_clocks(wanted: Asked) -> dict[str, str]:
    """Under each clock, its last day; and how much more it may have and by what rule, or what was said."""
    fit = clocks_for(wanted.step, wanted.complaint, on=wanted.on)
    return {clock.deadline: clock_words(wanted.step, clock, wanted.on) for clock in fit}


def _days(wanted: Asked) -> dict[str, Any]:
    return {wanted.ask.value: WholeNumber(wanted.label, description=wanted.hint)}


def _agreement(wanted: Asked) -> dict[str, Any]:
    return {wanted.ask.value: BooleanField(wanted.label)}


def _officer(wanted: Asked) -> dict[str, Any]:
    fit = OFFICERS_FOR.get(wanted.step.name, is_heard)
    listed = [
        SelectChoice(str(party.id), wanted.name_of_officer(party))
        for party in wanted.complaint.parties
        if is_heard(party) and fit(party) and may_speak_for(party, wanted.roles)
    ]
    return _radios(wanted, listed)


# Whom each of the steps can still be about.
OFFICERS_FOR: dict[str, Callable[[Party], bool]] = {
    "tell_the_officer": lambda party: party.told_on is None,
    "defer_telling_the_officer": lambda party: party.told_on is None,
    "record_the_officers_response": lambda party: (
        party.heard_on is None and (party.told_on is not None or party.deferred_until is not None)
    ),
}


def _party(wanted: Asked) -> dict[str, Any]:
    kinds = {"complainant"} if wanted.step.name == "record_a_withdrawal" else PARTIES
    listed = [
        SelectChoice(str(each.id), party_name(each))
        for each in wanted.complaint.parties
        if each.kind in kinds
    ]
    return _radios(wanted, listed)


PARTIES = frozenset({"complainant", "affected_person", "representative", "subject"})


def _findings(wanted: Asked) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for allegation in open_allegations(wanted.complaint):
        about = {"allegation": allegation_name(allegation)}
        fields[f"finding:{allegation.id}"] = RadioField(
            _l("Finding: %(allegation)s", **about),
            [InputRequired(t(CHOOSE))],
            choices=choices(wanted.book.findings),
            validate_choice=False,
        )
        fields[f"reasons:{allegation.id}"] = LongText(
            _l("Reasons: %(allegation)s", **about), [InputRequired(t(NEEDED))], most=LONGEST
        )
    return fields


def _corrective_action(wanted: Asked) -> dict[str, Any]:
    return {
        f"{wanted.ask}:{allegation.id}": _corrective_field(wanted, allegation)
        for allegation in open_allegations(wanted.complaint)
    }


def _corrective_field(wanted: Asked, allegation: Allegation) -> SelectField:
    about = {"allegation": allegation_name(allegation)}
    return SelectField(
        _l("Corrective action recommended: %(allegation)s", **about),
        [Optional()],
        choices=choices(wanted.book.corrective_actions, nothing=t(N_("Nothing recommended"))),
        default=NOBODY,
        validate_choice=False,
    )


DRAWN: dict[Ask, Drawn] = {
    Ask.REASON: _text(),
    Ask.NOTE: _note,
    Ask.AUTHORITY: _text(),
    Ask.TERMS: _text(),
    Ask.RESPONSE: _text(optional=True),
    Ask.PRESSED: _text(optional=True),
    Ask.TO_COMPLAINANT: _text(),
    Ask.QUESTION: _text(),
    Ask.BLINDING_REASON: _text(),
    Ask.GROUND: _terms(lambda book: book.grounds),
    Ask.CLOSING_GROUND: _terms(lambda book: book.closing_grounds),
    Ask.HOLD_REASON: _terms(lambda book: book.hold_reasons),
    Ask.BODY: _terms(lambda book: book.referral_bodies),
    Ask.RESPONSE_KIND: _terms(lambda _: RESPONSE_KINDS),
    Ask.WITHDRAWAL_ENDING: _terms(lambda _: WITHDRAWAL_ENDINGS),
    Ask.ALLEGATIONS: _allegations,
    Ask.LEVEL: _level,
    Ask.INVESTIGATOR: _investigator,
    Ask.REVIEW_ON: _review_on,
    Ask.HOLD: _hold,
    Ask.CLOCK: _clock,
    Ask.DAYS: _days,
    Ask.DELAY_REASON: _terms(lambda book: book.delay_reasons),
    Ask.AGREEMENT: _agreement,
    Ask.OFFICER: _officer,
    Ask.PARTY: _party,
    Ask.FINDINGS: _findings,
    Ask.CORRECTIVE_ACTION: _corrective_action,
}


def _meaning(terms: Terms) -> Callable[[Asked], Mapping[str, str]]:
    return lambda wanted: {term.code: t(term.words) for term in terms(wanted.book) if term.words}


# The lists whose entries say, under each, what they mean.
EXPLAINED: dict[Ask, Callable[[Asked], Mapping[str, str]]] = {
    Ask.GROUND: _meaning(lambda book: book.grounds),
    Ask.CLOSING_GROUND: _meaning(lambda book: book.closing_grounds),
    Ask.BODY: _meaning(lambda book: book.referral_bodies),
    Ask.LEVEL: _meaning(lambda book: book.levels),
    Ask.WITHDRAWAL_ENDING: _meaning(lambda _: WITHDRAWAL_ENDINGS),
    Ask.CLOCK: _about_clocks,
}
