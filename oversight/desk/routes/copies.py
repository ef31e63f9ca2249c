"""Civilian review from the desk: the copies reviewers read, and the panel."""

import uuid
from datetime import datetime
from http import HTTPStatus

from flask import abort

from oversight.accounts.access import needs, signed_in_person
from oversight.casework.acting import Acting
from oversight.casework.actions.editing import may_write_copies, remove_review_copy, write_review_copy
from oversight.casework.actions.panel import fill_vacant_seats
from oversight.casework.models import Complaint, ReviewCopy
from oversight.casework.queries.people import names_of
from oversight.desk.forms.copies import CopyForm
from oversight.desk.routes.blueprint import (
    Edit,
    Page,
    answer,
    blueprint,
    change,
    done,
    known_file,
    refused,
    unfit,
)
from oversight.desk.routes.file import file_page
from oversight.desk.wording.copies import draft_copy, names_left
from oversight.desk.wording.panel import has_vacancy, panel_findings_by_allegation, seat_rows
from oversight.kit.forms import VersionedForm
from oversight.kit.i18n import t
from oversight.kit.pages import personal
from oversight.rules.jurisdictions import rulebook
from oversight.rules.roles import Can, Role
from oversight.rules.words import N_


@blueprint.get("/desk/files/<number>/review")
@needs(Can.READ_FILES)
@personal
def review(number: str) -> Page:
    return _page(known_file(number))


@blueprint.get("/desk/files/<number>/copies/new")
@needs(Can.EDIT_FILES)
@personal
def new_copy(number: str) -> Page:
    complaint = known_file(number)
    return _copy_page(number, None, CopyForm.of(complaint, None, draft_copy(complaint)))


@blueprint.get("/desk/files/<number>/copies/<uuid:copy_id>")
@needs(Can.EDIT_FILES)
@personal
def copy(number: str, copy_id: uuid.UUID) -> Page:
    complaint = known_file(number)
    return _copy_page(number, copy_id, CopyForm.of(complaint, _found(complaint, copy_id)))


@blueprint.post("/desk/files/<number>/copies/new")
@needs(Can.EDIT_FILES)
@personal
def add_copy(number: str) -> Page:
    return _written(number, None)


@blueprint.post("/desk/files/<number>/copies/<uuid:copy_id>")
@needs(Can.EDIT_FILES)
@personal
def edit_copy(number: str, copy_id: uuid.UUID) -> Page:
    return _written(number, copy_id)


@blueprint.post("/desk/files/<number>/copies/<uuid:copy_id>/remove")
@needs(Can.EDIT_FILES)
@personal
def remove_copy(number: str, copy_id: uuid.UUID) -> Page:
    def remove(complaint: Complaint, /, *, by: Acting, at: datetime) -> None:
        remove_review_copy(_found(complaint, copy_id), by=by, at=at)

    return _button(number, remove, t(N_("The copy is removed.")))


@blueprint.post("/desk/files/<number>/panel/fill")
@needs(Can.ASSIGN_FILES)
@personal
def fill_panel(number: str) -> Page:
    def fill(complaint: Complaint, /, *, by: Acting, at: datetime) -> None:
        if not has_vacancy(complaint):
            abort(HTTPStatus.NOT_FOUND)
        fill_vacant_seats(complaint, by=by, at=at)

    return _button(number, fill, t(N_("Someone else takes the empty seat.")))


def _written(number: str, copy_id: uuid.UUID | None) -> Page:
    complaint = known_file(number)
    form = CopyForm.of(complaint, _copy(complaint, copy_id))
    if form.validate_on_submit() and _still_names_someone(complaint, form):
        form.text.errors = [t(N_("It still names someone. Look at what is listed, then save again."))]
        return unfit(_copy_page(number, copy_id, form))

    def write(complaint: Complaint, /, *, by: Acting, at: datetime) -> object:
        title, text, ready = form.title.data or "", form.text.data or "", bool(form.ready.data)
        return write_review_copy(complaint, _copy(complaint, copy_id), title, text, ready, by=by, at=at)

    return answer(
        form,
        number,
        write,
        again=lambda refusal: _copy_page(number, copy_id, form, refusal),
        done=lambda: done(t(N_("The copy is saved.")), "desk.review", number=number),
    )


def _still_names_someone(complaint: Complaint, form: CopyForm) -> bool:
    """Whether a copy said to be ready holds names that nobody has looked at and found harmless."""
    unseen = form.ready.data and not form.names_nobody.data
    return bool(unseen and names_left(complaint, form.text.data or ""))


def _button(number: str, edit: Edit, words: str) -> Page:
    form = VersionedForm()
    if not form.validate_on_submit():
        return unfit(_page(known_file(number)))
    refusal = change(number, form, edit)
    return (
        refused(_page(known_file(number), refusal)) if refusal else done(words, "desk.review", number=number)
    )


def _copy(complaint: Complaint, copy_id: uuid.UUID | None) -> ReviewCopy | None:
    """The copy that is worked on, or None for a new one."""
    return _found(complaint, copy_id) if copy_id else None


def _found(complaint: Complaint, copy_id: uuid.UUID) -> ReviewCopy:
    found = (each for each in complaint.copies if each.id == copy_id)
    return next(found, None) or abort(HTTPStatus.NOT_FOUND)


def _page(complaint: Complaint, refusal: str = "") -> str:
    people = {seat.person_id for seat in complaint.seats} | {copy.prepared_by_id for copy in complaint.copies}
    names = names_of(people)
    reads_findings = Role.DIRECTOR in signed_in_person().role_set
    return file_page(
        "review",
        complaint,
        "desk.review",
        names=names,
        seats=seat_rows(complaint, names),
        rule=rulebook(complaint.rulebook).panel_for(complaint.level),
        vacancy=has_vacancy(complaint),
        panel=panel_findings_by_allegation(complaint) if reads_findings else [],
        may_write=may_write_copies(complaint),
        refusal=refusal,
    )


def _copy_page(number: str, copy_id: uuid.UUID | None, form: CopyForm, refusal: str = "") -> str:
    complaint = known_file(number)
    return file_page(
        "copy",
        complaint,
        "desk.review",
        copy=_copy(complaint, copy_id),
        form=form,
        left=names_left(complaint, form.text.data or ""),
        refusal=refusal,
    )
