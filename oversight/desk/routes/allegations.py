"""Allegations: what they are, adding one, coding one, and what the service did in the end."""

import uuid
from collections.abc import Callable
from datetime import datetime
from http import HTTPStatus

from flask import abort
from werkzeug.wrappers import Response

from oversight.accounts.access import needs
from oversight.casework.acting import Acting
from oversight.casework.actions import editing
from oversight.casework.models import Allegation, Complaint
from oversight.desk.forms.allegations import AllegationForm, ImposedForm
from oversight.desk.routes.blueprint import Page, answer, blueprint, done, known_file, shown_file
from oversight.desk.routes.file import file_page
from oversight.kit.i18n import t
from oversight.kit.pages import personal
from oversight.rules.findings import Status
from oversight.rules.roles import Can
from oversight.rules.words import N_


@blueprint.get("/desk/files/<number>/allegations")
@needs(Can.READ_FILES)
@personal
def allegations(number: str) -> Page:
    complaint = shown_file(number)
    return file_page(
        "allegations", complaint, "desk.allegations", may_add=editing.may_write_copies(complaint)
    )


@blueprint.get("/desk/files/<number>/allegations/new")
@needs(Can.EDIT_FILES)
@personal
def new_allegation(number: str) -> Page:
    return _form_page(number, AllegationForm.of(known_file(number)))


@blueprint.post("/desk/files/<number>/allegations/new")
@needs(Can.EDIT_FILES)
@personal
def add_allegation(number: str) -> Page:
    form = AllegationForm.of(known_file(number))

    def add(complaint: Complaint, /, *, by: Acting, at: datetime) -> object:
        return editing.add_allegation(complaint, by=by, at=at, **form.facts())

    return answer(
        form, number, add, again=_again(number, form), done=_done(number, N_("The allegation is added."))
    )


@blueprint.get("/desk/files/<number>/allegations/<uuid:allegation_id>")
@needs(Can.EDIT_FILES)
@personal
def allegation(number: str, allegation_id: uuid.UUID) -> Page:
    complaint = known_file(number)
    return _form_page(number, AllegationForm.of(complaint, _found(complaint, allegation_id)))


@blueprint.post("/desk/files/<number>/allegations/<uuid:allegation_id>")
@needs(Can.EDIT_FILES)
@personal
def edit_allegation(number: str, allegation_id: uuid.UUID) -> Page:
    complaint = known_file(number)
    form = AllegationForm.of(complaint, _found(complaint, allegation_id))

    def edit(complaint: Complaint, /, *, by: Acting, at: datetime) -> None:
        editing.edit_allegation(_found(complaint, allegation_id), by=by, at=at, **form.facts())

    return answer(
        form, number, edit, again=_again(number, form), done=_done(number, N_("The allegation is saved."))
    )


@blueprint.get("/desk/files/<number>/allegations/<uuid:allegation_id>/imposed")
@needs(Can.EDIT_FILES)
@personal
def imposed(number: str, allegation_id: uuid.UUID) -> Page:
    complaint = known_file(number)
    found = _decided(complaint, allegation_id)
    return file_page(
        "imposed", complaint, "desk.allegations", allegation=found, form=ImposedForm.of(complaint)
    )


@blueprint.post("/desk/files/<number>/allegations/<uuid:allegation_id>/imposed")
@needs(Can.EDIT_FILES)
@personal
def note_imposed(number: str, allegation_id: uuid.UUID) -> Page:
    complaint = known_file(number)
    _decided(complaint, allegation_id)
    form = ImposedForm.of(complaint)

    def note(complaint: Complaint, /, *, by: Acting, at: datetime) -> None:
        found = _decided(complaint, allegation_id)
        editing.note_imposed_action(found, form.imposed.data, by=by, at=at)

    def again(refusal: str) -> str:
        now = known_file(number)
        found = _decided(now, allegation_id)
        return file_page("imposed", now, "desk.allegations", allegation=found, form=form, refusal=refusal)

    return answer(form, number, note, again=again, done=_done(number, N_("What the service did is noted.")))


def _found(complaint: Complaint, allegation_id: uuid.UUID) -> Allegation:
    found = (each for each in complaint.allegations if each.id == allegation_id)
    return next(found, None) or abort(HTTPStatus.NOT_FOUND)


def _decided(complaint: Complaint, allegation_id: uuid.UUID) -> Allegation:
    """An allegation that has a finding, about which alone the service can have done something."""
    found = _found(complaint, allegation_id)
    return found if found.status == Status.DECIDED else abort(HTTPStatus.NOT_FOUND)


def _form_page(number: str, form: AllegationForm, refusal: str = "") -> str:
    return file_page("allegation", known_file(number), "desk.allegations", form=form, refusal=refusal)


def _again(number: str, form: AllegationForm) -> Callable[[str], str]:
    return lambda refusal: _form_page(number, form, refusal)


def _done(number: str, words: str) -> Callable[[], Response]:
    return lambda: done(t(words), "desk.allegations", number=number)
