"""Coding an allegation, and noting what the service did about it."""

import uuid
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField, SelectMultipleField
from wtforms.validators import InputRequired, Optional

from oversight.casework.models import Allegation, Complaint
from oversight.casework.wording import party_name
from oversight.desk.forms.choices import SelectChoice, choices
from oversight.kit.forms import VersionedForm
from oversight.kit.i18n import t
from oversight.rules.findings import SUBJECT_LABELS
from oversight.rules.jurisdictions import rulebook
from oversight.rules.words import N_


class AllegationForm(VersionedForm):
    """What is alleged, of whom, and the facts that are counted."""

    code = SelectField(_l("What is alleged"), [Optional()])
    subject_kind = SelectField(
        _l("Whom or what it is about"), [InputRequired(_l("Choose one from the list."))]
    )
    subject = SelectField(
        _l("Which person on this file"),
        [Optional()],
        description=_l("Officers are added under “People”. Leave it where nobody is known."),
    )
    level = SelectField(_l("Level, where it differs from the file’s"), [Optional()])
    duty = RadioField(_l("On or off duty"))
    context = SelectField(_l("What kind of contact it was"), [Optional()])
    camera = RadioField(_l("Camera"))
    bias_kinds = SelectMultipleField(_l("Bias alleged, because of"), [Optional()])

    @classmethod
    def of(cls, complaint: Complaint, allegation: Allegation | None = None) -> "AllegationForm":
        """The form for one allegation, or for a new one."""
        form = cls.about(complaint, **_present(complaint, allegation))
        book = rulebook(complaint.rulebook)
        form.code.choices = choices(book.codes, nothing=t(N_("Not coded yet")))
        form.subject_kind.choices = [
            SelectChoice(kind.value, t(words)) for kind, words in SUBJECT_LABELS.items()
        ]
        form.subject.choices = [SelectChoice("", t(N_("Nobody on this file")))] + [
            SelectChoice(str(party.id), party_name(party))
            for party in complaint.parties
            if party.kind == "subject"
        ]
        form.level.choices = choices(book.levels, nothing=t(N_("As the file")))
        form.duty.choices = choices(book.duty)
        form.context.choices = choices(book.contexts, nothing=t(N_("Not said")))
        form.camera.choices = choices(book.camera)
        form.bias_kinds.choices = choices(book.bias_kinds)
        return form

    def facts(self) -> dict[str, Any]:
        """The columns of Allegation."""
        return {
            "code": self.code.data or None,
            "subject_kind": self.subject_kind.data,
            "subject_id": uuid.UUID(self.subject.data) if self.subject.data else None,
            "level": self.level.data or None,
            "duty": self.duty.data,
            "context": self.context.data or None,
            "camera": self.camera.data,
            "bias_kinds": self.bias_kinds.data or [],
        }


class ImposedForm(VersionedForm):
    """What the service did after the decision."""

    imposed = SelectField(_l("Corrective action imposed"), [InputRequired(_l("Choose one from the list."))])

    @classmethod
    def of(cls, complaint: Complaint) -> "ImposedForm":
        """The form with the actions of the file's rulebook."""
        form = cls.about(complaint)
        form.imposed.choices = choices(
            rulebook(complaint.rulebook).corrective_actions, nothing=t(N_("Choose one"))
        )
        return form


def _present(complaint: Complaint, allegation: Allegation | None) -> dict[str, Any]:
    """What the form shows before anyone types; a new allegation begins from what was told of the whole."""
    if allegation is None:
        return {"duty": complaint.duty or "unknown", "context": complaint.context or "", "camera": "unknown"}
    return {
        "code": allegation.code or "",
        "subject_kind": allegation.subject_kind,
        "subject": str(allegation.subject_id or ""),
        "level": allegation.level or "",
        "duty": allegation.duty,
        "context": allegation.context or "",
        "camera": allegation.camera,
        "bias_kinds": allegation.bias_kinds,
    }
