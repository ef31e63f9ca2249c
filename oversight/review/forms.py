"""What reviewers fill in: the declaration, the findings, and a question to the investigator."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import Field, RadioField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.validators import InputRequired, Optional, ValidationError

from oversight.casework.answers import CHOOSE
from oversight.casework.models import Seat
from oversight.casework.queries.facts import open_allegations
from oversight.casework.wording import allegation_name
from oversight.kit.fields import LongText
from oversight.kit.forms import VersionedForm
from oversight.kit.i18n import t
from oversight.rules.jurisdictions import rulebook
from oversight.rules.words import N_

LONGEST = 20_000
MISSING = {
    "finding": N_("Choose your finding on: %(allegation)s"),
    "reasons": N_("Write your reasons for: %(allegation)s"),
}
NO_CONFLICT = "none"
CONFLICT = "conflict"


class DeclarationForm(FlaskForm):
    """Whether a reviewer has a tie that keeps them from this file."""

    declaration = RadioField(
        _l("Do you have a conflict?"),
        [InputRequired(_l("Choose one of the two."))],
        choices=[
            SelectChoice(NO_CONFLICT, _l("I declare that I have no conflict")),
            SelectChoice(CONFLICT, _l("I have a conflict, or I am not sure")),
        ],
        validate_choice=False,
    )
    reason = LongText(
        _l("If you have one: what is it?"),
        [Optional()],
        description=_l("You do not have to say. Only the office reads it."),
        most=2_000,
    )

    def validate_declaration(self, field: Field) -> None:
        """Refuse anything but the two answers that are offered."""
        if field.data not in (NO_CONFLICT, CONFLICT):
            raise ValidationError(t(CHOOSE))


class ConflictForm(FlaskForm):
    """A tie that a reviewer noticed while reading."""

    reason = LongText(
        _l("What did you recognise?"),
        [Optional()],
        description=_l("You do not have to say. Only the office reads it."),
        most=2_000,
    )


class QuestionForm(VersionedForm):
    """What a reviewer still needs to know before they can find."""

    question = LongText(
        _l("What is still needed?"), [InputRequired(_l("Write what you need to know."))], most=LONGEST
    )


class FindingsForm(VersionedForm):
    """A finding and its reasons for each open allegation, in two fields named after its id."""

    names: Mapping[str, str] = {}
    """What each allegation is called, by its id."""

    def given(self) -> dict[str, dict[str, str]]:
        """Allegation id → finding and reasons, as casework takes them."""
        findings: dict[str, dict[str, str]] = {}
        for field in self:
            what, _, allegation = field.name.partition(":")
            if allegation:
                findings.setdefault(allegation, {})[what] = field.data or ""
        return findings

    def is_whole(self) -> bool:
        """Whether every open allegation has finding and reasons; if not, the fields say what is missing."""
        well = bool(self.validate_on_submit())
        for field in self:
            what, _, allegation = field.name.partition(":")
            if allegation and not field.data and not field.errors:
                field.errors = [t(MISSING[what], allegation=self.names[allegation])]
                well = False
        return well

    def two_of(self, allegation_id: object) -> tuple[Field, Field] | None:
        """The fields of one allegation, if it is open."""
        pair = self._fields.get(f"finding:{allegation_id}"), self._fields.get(f"reasons:{allegation_id}")
        return None if pair[0] is None or pair[1] is None else (pair[0], pair[1])


def findings_form(seat: Seat) -> FindingsForm:
    """The form for this seat: as it was sent, or with what the seat wrote before."""
    complaint = seat.complaint
    book = rulebook(complaint.rulebook)
    listed = [SelectChoice(finding.code, t(finding.label)) for finding in book.findings]
    fields: dict[str, Any] = {}
    written: dict[str, Any] = {}
    for allegation in open_allegations(complaint):
        fields[f"finding:{allegation.id}"] = RadioField(
            _l("Your finding"), choices=listed, validate_choice=False
        )
        fields[f"reasons:{allegation.id}"] = LongText(
            _l("Your reasons"),
            description=_l("Say what convinced you and where you read it, without naming anyone."),
            most=LONGEST,
        )
    for found in seat.findings:
        written[f"finding:{found.allegation_id}"] = found.finding
        written[f"reasons:{found.allegation_id}"] = found.reasons
    fields["names"] = {str(each.id): allegation_name(each) for each in open_allegations(complaint)}
    of_seat: type[FindingsForm] = type("FindingsOfSeat", (FindingsForm,), fields)
    return of_seat.about(complaint, data=written)
