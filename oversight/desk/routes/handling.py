"""Who carries a file, who is shut out of it, and which incident it belongs to."""

import uuid
from collections.abc import Callable
from datetime import datetime
from http import HTTPStatus

from flask import abort, redirect, url_for
from werkzeug.wrappers import Response

from oversight.accounts.access import needs, signed_in_person
from oversight.accounts.models import User
from oversight.accounts.queries import person_with_id
from oversight.casework.acting import Acting
from oversight.casework.actions import editing
from oversight.casework.actions.panel import shut_out
from oversight.casework.models import Complaint, Incident
from oversight.casework.queries.files import file_for_desk, incident
from oversight.casework.queries.people import names_of, shut_out_of
from oversight.desk.forms.handling import AssignForm, ConflictForm, IncidentForm
from oversight.desk.routes.blueprint import Page, answer, blueprint, done, known_file, shown_file
from oversight.desk.routes.file import file_page
from oversight.kit.forms import VersionedForm
from oversight.kit.i18n import t
from oversight.kit.pages import personal
from oversight.rules.roles import Can
from oversight.rules.words import N_


@blueprint.get("/desk/files/<number>/handling")
@needs(Can.READ_FILES)
@personal
def handling(number: str) -> Page:
    complaint = shown_file(number)
    names = names_of({each for each in (complaint.caseworker_id, complaint.investigator_id) if each})
    return file_page("handling", complaint, "desk.handling", names=names, shut_out=shut_out_of(complaint))


@blueprint.get("/desk/files/<number>/handling/assign")
@needs(Can.ASSIGN_FILES)
@personal
def assignment(number: str) -> Page:
    return _page("assign", number, AssignForm.of(known_file(number)))


@blueprint.post("/desk/files/<number>/handling/assign")
@needs(Can.ASSIGN_FILES)
@personal
def assign(number: str) -> Page:
    form = AssignForm.of(known_file(number))

    def edit(complaint: Complaint, /, *, by: Acting, at: datetime) -> None:
        caseworker, investigator = _person(form.caseworker.data), _person(form.investigator.data)
        editing.assign(complaint, caseworker=caseworker, investigator=investigator, by=by, at=at)

    return answer(form, number, edit, again=_again("assign", number, form), done=_done(number))


@blueprint.get("/desk/files/<number>/handling/conflict")
@needs(Can.ASSIGN_FILES)
@personal
def conflict(number: str) -> Page:
    return _page("conflict", number, ConflictForm.of(known_file(number)))


@blueprint.post("/desk/files/<number>/handling/conflict")
@needs(Can.ASSIGN_FILES)
@personal
def add_conflict(number: str) -> Page:
    """Shut someone out. Who shuts themselves out has no page of this file to come back to."""
    form = ConflictForm.of(known_file(number))

    def edit(complaint: Complaint, /, *, by: Acting, at: datetime) -> None:
        shut_out(complaint, uuid.UUID(form.person.data), form.reason.data or "", by=by, at=at)

    return answer(form, number, edit, again=_again("conflict", number, form), done=_done(number))


@blueprint.get("/desk/files/<number>/handling/incident")
@needs(Can.EDIT_FILES)
@personal
def incident_of(number: str) -> Page:
    return _page("incident", number, IncidentForm.of(known_file(number)))


@blueprint.post("/desk/files/<number>/handling/incident")
@needs(Can.EDIT_FILES)
@personal
def attach_to_incident(number: str) -> Page:
    form = IncidentForm.of(known_file(number))

    def edit(complaint: Complaint, /, *, by: Acting, at: datetime) -> None:
        editing.attach_to_incident(complaint, _incident(form, complaint, by, at), by=by, at=at)

    return answer(form, number, edit, again=_again("incident", number, form), done=_done(number))


def _incident(form: IncidentForm, complaint: Complaint, by: Acting, at: datetime) -> Incident | None:
    """The new incident that was named, or the one that was chosen, if any."""
    if not form.title.data:
        return incident(form.chosen) if form.chosen else None
    day = form.happened_on.data.exact if form.happened_on.data else None
    return editing.add_incident(form.title.data, by=by, at=at, happened_on=day, area=complaint.area)


def _person(chosen: str | None) -> User | None:
    return person_with_id(uuid.UUID(chosen)) or abort(HTTPStatus.NOT_FOUND) if chosen else None


def _page(template: str, number: str, form: VersionedForm, refusal: str = "") -> str:
    return file_page(template, known_file(number), "desk.handling", form=form, refusal=refusal)


def _again(template: str, number: str, form: VersionedForm) -> Callable[[str], str]:
    return lambda refusal: _page(template, number, form, refusal)


def _done(number: str) -> Callable[[], Response]:
    def answered() -> Response:
        if file_for_desk(signed_in_person(), number) is None:
            return redirect(url_for("desk.queue"), HTTPStatus.SEE_OTHER)
        return done(t(N_("Saved.")), "desk.handling", number=number)

    return answered
