"""The administrator's pages: who there is, and what each may do. They open no file."""

import uuid
from http import HTTPStatus

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from oversight.accounts.access import needs, signed_in_person
from oversight.accounts.actions import (
    deactivate_person,
    grant_role,
    invite_person,
    reactivate_person,
    remove_role,
    send_new_link,
)
from oversight.accounts.forms import GrantForm, InviteForm
from oversight.accounts.models import User
from oversight.accounts.queries import everyone, grantors_of, person_with_id, roles_proposed_for
from oversight.accounts.refusals import NotAllowed
from oversight.accounts.routes.blueprint import blueprint, done
from oversight.kit.clock import now
from oversight.kit.paging import keyset_page
from oversight.rules.roles import GRANTABLE, ROLE_LABELS, Can, Role

Page = str | tuple[str, int] | Response


@blueprint.get("/people")
@needs(Can.MANAGE_PEOPLE)
def people() -> str:
    page = keyset_page(everyone(), (User.name, User.id), request.args.get("after"))
    return render_template("accounts/people.html", page=page, labels=ROLE_LABELS)


@blueprint.get("/people/invite")
@needs(Can.MANAGE_PEOPLE)
def invite() -> str:
    return render_template("accounts/invite.html", form=InviteForm())


@blueprint.post("/people/invite")
@needs(Can.MANAGE_PEOPLE, fresh=True)
def send_invitation() -> Page:
    by, form = signed_in_person(), InviteForm()
    if not form.validate_on_submit():
        return render_template("accounts/invite.html", form=form), HTTPStatus.UNPROCESSABLE_ENTITY
    email, name, language = form.email.data or "", form.name.data or "", form.language.data
    refusal = done(lambda: invite_person(email, name, language, by=by, at=now()))
    if refusal:
        return render_template("accounts/invite.html", form=form, refusal=refusal), HTTPStatus.CONFLICT
    flash(gettext("%(name)s is invited. A link to choose a password is on its way to them.", name=name))
    return redirect(url_for("accounts.people"), HTTPStatus.SEE_OTHER)


@blueprint.get("/people/<uuid:person_id>")
@needs(Can.MANAGE_PEOPLE, fresh=True)
def person(person_id: uuid.UUID) -> str:
    return _page_of(_found(person_id))


@blueprint.post("/people/<uuid:person_id>/roles")
@needs(Can.MANAGE_PEOPLE, fresh=True)
def grant(person_id: uuid.UUID) -> Page:
    someone, by = _found(person_id), signed_in_person()
    form = GrantForm(GRANTABLE)
    if not form.validate_on_submit():
        return _page_of(someone, form=form), HTTPStatus.UNPROCESSABLE_ENTITY
    role = Role(form.role.data)
    return _answer(someone, done(lambda: grant_role(someone, role, by=by, at=now())))


@blueprint.post("/people/<uuid:person_id>/roles/<role>/remove")
@needs(Can.MANAGE_PEOPLE, fresh=True)
def remove(person_id: uuid.UUID, role: str) -> Page:
    someone, by = _found(person_id), signed_in_person()
    if role not in GRANTABLE:
        abort(HTTPStatus.NOT_FOUND)
    return _answer(someone, done(lambda: remove_role(someone, Role(role), by=by, at=now())))


@blueprint.post("/people/<uuid:person_id>/link")
@needs(Can.MANAGE_PEOPLE, fresh=True)
def link(person_id: uuid.UUID) -> Page:
    someone, by = _found(person_id), signed_in_person()
    return _answer(someone, done(lambda: send_new_link(someone, by=by, at=now())))


@blueprint.post("/people/<uuid:person_id>/deactivate")
@needs(Can.MANAGE_PEOPLE, fresh=True)
def deactivate(person_id: uuid.UUID) -> Page:
    someone, by = _found(person_id), signed_in_person()
    return _answer(someone, done(lambda: deactivate_person(someone, by=by, at=now())))


@blueprint.post("/people/<uuid:person_id>/reactivate")
@needs(Can.MANAGE_PEOPLE, fresh=True)
def reactivate(person_id: uuid.UUID) -> Page:
    someone, by = _found(person_id), signed_in_person()
    return _answer(someone, done(lambda: reactivate_person(someone, by=by, at=now())))


def _found(person_id: uuid.UUID) -> User:
    return person_with_id(person_id) or abort(HTTPStatus.NOT_FOUND)


def _answer(someone: User, refusal: NotAllowed | None) -> Page:
    if refusal:
        return _page_of(someone, refusal=refusal), HTTPStatus.CONFLICT
    flash(gettext("Done."))
    return redirect(url_for("accounts.person", person_id=someone.id), HTTPStatus.SEE_OTHER)


def _page_of(someone: User, *, form: GrantForm | None = None, refusal: NotAllowed | None = None) -> str:
    proposed = roles_proposed_for(someone)
    open_roles = [role for role in GRANTABLE if role not in someone.role_set | proposed]
    return render_template(
        "accounts/person.html",
        person=someone,
        proposed=sorted(proposed),
        grantors=grantors_of(someone),
        form=form or GrantForm(open_roles),
        labels=ROLE_LABELS,
        refusal=refusal,
    )
