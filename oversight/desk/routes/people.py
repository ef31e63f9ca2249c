"""The people of a file, masked until someone says that they need the names, which is recorded."""

import uuid
from collections.abc import Callable, Mapping
from datetime import datetime
from http import HTTPStatus

from flask import abort
from werkzeug.wrappers import Response

from oversight.accounts.access import needs
from oversight.casework.acting import Acting
from oversight.casework.actions import editing
from oversight.casework.models import Complaint, Party, PartyIdentity
from oversight.casework.queries.people import identities_of
from oversight.desk.forms.people import PartyForm
from oversight.desk.routes.blueprint import Page, answer, blueprint, done, known_file, me
from oversight.desk.routes.file import file_page
from oversight.kit import clock
from oversight.kit.db import writing
from oversight.kit.i18n import t
from oversight.kit.pages import personal
from oversight.rules.roles import Can
from oversight.rules.words import N_


@blueprint.get("/desk/files/<number>/people")
@needs(Can.READ_FILES)
@personal
def people(number: str) -> Page:
    return _page(known_file(number), {})


@blueprint.post("/desk/files/<number>/people/uncover")
@needs(Can.READ_IDENTITIES)
@personal
def uncover(number: str) -> Page:
    _record_uncovering(number)
    complaint = known_file(number)
    return _page(complaint, identities_of(complaint))


@blueprint.get("/desk/files/<number>/people/new")
@needs(Can.EDIT_FILES)
@personal
def new_party(number: str) -> Page:
    return _form_page(number, PartyForm.of(known_file(number)))


@blueprint.post("/desk/files/<number>/people/new")
@needs(Can.EDIT_FILES)
@personal
def add_party(number: str) -> Page:
    form = PartyForm.of(known_file(number))

    def add(complaint: Complaint, /, *, by: Acting, at: datetime) -> object:
        return editing.add_party(complaint, form.kind.data, form.identity(), by=by, at=at, **form.facts())

    return answer(form, number, add, again=_again(number, form), done=_done(number))


@blueprint.post("/desk/files/<number>/people/<uuid:party_id>/open")
@needs(Can.READ_IDENTITIES)
@personal
def open_party(number: str, party_id: uuid.UUID) -> Page:
    """The form that shows who someone is, so that it can be corrected: opening it is recorded."""
    found_party(known_file(number), party_id)
    _record_uncovering(number)
    complaint = known_file(number)
    party = found_party(complaint, party_id)
    form = PartyForm.of(complaint, party, identities_of(complaint).get(party.id), sent=False)
    return _form_page(number, form, party)


@blueprint.post("/desk/files/<number>/people/<uuid:party_id>")
@needs(Can.EDIT_FILES)
@personal
def edit_party(number: str, party_id: uuid.UUID) -> Page:
    complaint = known_file(number)
    party = found_party(complaint, party_id)
    form = PartyForm.of(complaint, party)

    def edit(complaint: Complaint, /, *, by: Acting, at: datetime) -> None:
        editing.edit_party(found_party(complaint, party_id), form.identity(), by=by, at=at, **form.facts())

    return answer(form, number, edit, again=_again(number, form, party_id), done=_done(number))


def found_party(complaint: Complaint, party_id: uuid.UUID) -> Party:
    """One person of this file."""
    found = (each for each in complaint.parties if each.id == party_id)
    return next(found, None) or abort(HTTPStatus.NOT_FOUND)


def _record_uncovering(number: str) -> None:
    with writing():
        editing.uncover_identities(known_file(number), by=me(), at=clock.now())


def _page(complaint: Complaint, identities: Mapping[uuid.UUID, PartyIdentity]) -> str:
    return file_page("people", complaint, "desk.people", identities=identities)


def _form_page(number: str, form: PartyForm, party: Party | None = None, refusal: str = "") -> str:
    return file_page("party", known_file(number), "desk.people", form=form, party=party, refusal=refusal)


def _again(number: str, form: PartyForm, party_id: uuid.UUID | None = None) -> Callable[[str], str]:
    def again(refusal: str) -> str:
        party = found_party(known_file(number), party_id) if party_id else None
        return _form_page(number, form, party, refusal)

    return again


def _done(number: str) -> Callable[[], Response]:
    return lambda: done(t(N_("Saved.")), "desk.people", number=number)
