"""Who handles a file, who may not, and which incident it belongs to."""

import uuid

from flask_babel import lazy_gettext as _l
from wtforms import SelectField
from wtforms.validators import InputRequired, Optional

from oversight.accounts.models import User
from oversight.casework.models import Complaint, Incident
from oversight.casework.queries.files import incidents
from oversight.casework.queries.people import people_free_for
from oversight.desk.forms.choices import NOBODY, SelectChoice
from oversight.kit.fields import LongText, PartsDateField, ShortText
from oversight.kit.forms import VersionedForm
from oversight.kit.i18n import local_day, t
from oversight.rules.roles import ROLE_LABELS, Role
from oversight.rules.words import N_

# Those who could ever open a file, or answer for one.
CONCERNED = (Role.CASEWORKER, Role.INVESTIGATOR, Role.REVIEWER, Role.PUBLISHER, Role.DIRECTOR, Role.LIAISON)


class AssignForm(VersionedForm):
    """Who carries the file."""

    caseworker = SelectField(_l("Caseworker"), [Optional()])
    investigator = SelectField(_l("Investigator"), [Optional()])

    @classmethod
    def of(cls, complaint: Complaint) -> "AssignForm":
        """The form with everyone of those roles who has no conflict."""
        present = {
            "caseworker": str(complaint.caseworker_id or NOBODY),
            "investigator": str(complaint.investigator_id or NOBODY),
        }
        form = cls.about(complaint, **present)
        for field, role in ((form.caseworker, Role.CASEWORKER), (form.investigator, Role.INVESTIGATOR)):
            free = people_free_for(complaint, role)
            field.choices = [
                SelectChoice(NOBODY, t(N_("Nobody yet"))),
                *(SelectChoice(str(each.id), each.name) for each in free),
            ]
        return form


class ConflictForm(VersionedForm):
    """Who is to have nothing to do with the file."""

    person = SelectField(_l("Who"), [InputRequired(_l("Choose one from the list."))])
    reason = LongText(_l("Why"), [InputRequired(_l("Say why."))], most=2_000)

    @classmethod
    def of(cls, complaint: Complaint) -> "ConflictForm":
        """The form with everyone who could come to handle the file."""
        form = cls.about(complaint)
        form.person.choices = [SelectChoice(NOBODY, t(N_("Choose one"))), *_everyone(complaint)]
        return form


class IncidentForm(VersionedForm):
    """Which event this file and others are about."""

    incident = SelectField(_l("Incident"), [Optional()])
    title = ShortText(
        _l("Or name a new one"),
        [Optional()],
        description=_l("What happened and when, naming nobody. For example: March on 5 June, city hall."),
    )
    happened_on = PartsDateField(_l("Day of a new incident"))

    @classmethod
    def of(cls, complaint: Complaint) -> "IncidentForm":
        """The form with the newest incidents."""
        form = cls.about(complaint, incident=str(complaint.incident_id or NOBODY))
        newest = list(incidents().rows)
        if complaint.incident is not None and complaint.incident not in newest:
            newest.append(complaint.incident)
        form.incident.choices = [
            SelectChoice(NOBODY, t(N_("None"))),
            *(SelectChoice(str(each.id), _named(each)) for each in newest),
        ]
        return form

    @property
    def chosen(self) -> uuid.UUID | None:
        """The incident that was chosen from the list."""
        return uuid.UUID(self.incident.data) if self.incident.data else None


def _everyone(complaint: Complaint) -> list[SelectChoice]:
    found: dict[uuid.UUID, tuple[User, list[str]]] = {}
    for role in CONCERNED:
        for person in people_free_for(complaint, role):
            found.setdefault(person.id, (person, []))[1].append(t(ROLE_LABELS[role]))
    return [
        SelectChoice(str(person.id), f"{person.name} ({', '.join(roles)})")
        for person, roles in found.values()
    ]


def _named(incident: Incident) -> str:
    day = local_day(incident.happened_on)
    return f"{incident.title} ({day})" if day else incident.title
