"""Someone on a file: who they are, how to reach them, and their part in it."""

import uuid
from typing import Any

from email_validator import EmailNotValidError, validate_email
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Field, Form, RadioField, SelectField, ValidationError
from wtforms.validators import InputRequired, Optional

from oversight.casework.models import Complaint, Party, PartyIdentity
from oversight.casework.models.party import IDENTITY_FIELDS
from oversight.casework.wording import party_name
from oversight.desk.forms.choices import SelectChoice
from oversight.desk.wording.people import KIND_LABELS
from oversight.kit.fields import LongText, ShortText
from oversight.kit.forms import VersionedForm
from oversight.kit.i18n import LANGUAGES, t
from oversight.rules.findings import SUBJECT_LABELS, Subject
from oversight.rules.words import N_

PERSONS = tuple(subject for subject in Subject if subject not in (Subject.SERVICE, Subject.POLICY))


def email_address(_form: Form, field: Field) -> None:
    """Refuse what can't be an address; whether it exists only its owner can say."""
    try:
        field.data = validate_email(field.data, check_deliverability=False).normalized
    except EmailNotValidError as error:
        raise ValidationError(gettext("Enter an e-mail address, like name@example.org.")) from error


class PartyForm(VersionedForm):
    """One person of a file."""

    kind = SelectField(_l("Their part in this file"), [InputRequired(_l("Choose one from the list."))])
    subject_kind = SelectField(_l("If the complaint is about them: who they are"), [Optional()])
    represents = SelectField(_l("If they act for someone: for whom"), [Optional()])
    name = ShortText(_l("Name"), [Optional()])
    badge = ShortText(_l("Badge number, of an officer"), [Optional()], most=40)
    description = LongText(_l("What they look like, where the name is not known"), [Optional()])
    email = ShortText(_l("E-mail address"), [Optional(), email_address], most=254)
    consent_to_mail = BooleanField(_l("They agreed to be written to at this address"))
    phone = ShortText(_l("Telephone number"), [Optional()], most=40)
    address = ShortText(_l("Postal address"), [Optional()], most=500)
    safe_contact = LongText(_l("Times or ways we should not use"), [Optional()], most=2_000)
    support = ShortText(_l("Interpreter, support person or anything else they need"), [Optional()], most=500)
    authority = ShortText(
        _l("A representative’s authority"),
        [Optional()],
        description=_l("For example: a signed letter of 3 March 2026."),
        most=500,
    )
    language = RadioField(
        _l("Language to write to them in"),
        choices=[SelectChoice(*each) for each in LANGUAGES.items()],
        default="en",
    )

    @classmethod
    def of(
        cls,
        complaint: Complaint,
        party: Party | None = None,
        identity: PartyIdentity | None = None,
        *,
        sent: bool = True,
    ) -> "PartyForm":
        """The form for one person, or for a new one. Their part in the file stays what it is.

        `sent` is false where the request opens the form and brings nothing to fill it with.
        """
        present = _present(party, identity)
        form = cls.about(complaint, **present) if sent else cls.about(complaint, formdata=None, **present)
        form.kind.choices = [SelectChoice(kind, t(words)) for kind, words in KIND_LABELS.items()]
        if party is not None:
            form.kind.choices = [SelectChoice(party.kind, t(KIND_LABELS[party.kind]))]
        form.subject_kind.choices = [SelectChoice("", t(N_("Not about them")))] + [
            SelectChoice(kind.value, t(SUBJECT_LABELS[kind])) for kind in PERSONS
        ]
        others = [each for each in complaint.parties if each.kind != "representative" and each is not party]
        form.represents.choices = [SelectChoice("", t(N_("Nobody")))] + [
            SelectChoice(str(each.id), party_name(each)) for each in others
        ]
        return form

    def validate(self, extra_validators: Any = None) -> bool:
        """Also: someone the complaint is about has to be said to be whom it is about."""
        valid = bool(super().validate(extra_validators))
        if self.kind.data == "subject" and not self.subject_kind.data:
            self.subject_kind.errors = [gettext("Choose one from the list.")]
            return False
        return valid

    def identity(self) -> dict[str, str | None]:
        """The fields of PartyIdentity."""
        return {name: self[name].data or None for name in IDENTITY_FIELDS}

    def facts(self) -> dict[str, Any]:
        """The columns of Party."""
        is_subject = self.kind.data == "subject"
        return {
            "subject_kind": self.subject_kind.data if is_subject else None,
            "represents_id": uuid.UUID(self.represents.data) if self.represents.data else None,
            "consent_to_mail": bool(self.consent_to_mail.data),
            "language": self.language.data,
        }


class IdentityCheckForm(VersionedForm):
    """That someone asking for a new receipt code is who they say."""

    checked = BooleanField(
        _l("I have checked that this is the person"),
        [InputRequired(_l("Check who they are first, then tick the box."))],
    )


def _present(party: Party | None, identity: PartyIdentity | None) -> dict[str, Any]:
    if party is None:
        return {}
    known = {name: getattr(identity, name) for name in IDENTITY_FIELDS} if identity else {}
    return {
        **known,
        "kind": party.kind,
        "subject_kind": party.subject_kind or "",
        "represents": str(party.represents_id or ""),
        "consent_to_mail": party.consent_to_mail,
        "language": party.language,
    }
