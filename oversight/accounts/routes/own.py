"""A person's own page: their name, their language, their password."""

from http import HTTPStatus

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext
from flask_security.utils import login_user
from werkzeug.wrappers import Response

from oversight.accounts.access import open_to_signed_in, signed_in_person
from oversight.accounts.actions import change_profile, choose_password
from oversight.accounts.forms import ChangePasswordForm, ProfileForm
from oversight.accounts.home import home_for
from oversight.accounts.passwords import hashed
from oversight.accounts.routes.blueprint import blueprint, done
from oversight.kit.clock import now
from oversight.rules.roles import ROLE_LABELS

Page = str | tuple[str, int] | Response


@blueprint.get("/account/home")
@open_to_signed_in
def home() -> Response:
    return redirect(url_for(home_for(signed_in_person())))


@blueprint.get("/account")
@open_to_signed_in
def profile() -> str:
    return _profile_page(ProfileForm(obj=signed_in_person()))


@blueprint.post("/account")
@open_to_signed_in
def change_own_profile() -> Page:
    person, form = signed_in_person(), ProfileForm()
    if not form.validate_on_submit():
        return _profile_page(form), HTTPStatus.UNPROCESSABLE_ENTITY
    name, language = form.name.data or "", form.language.data
    done(lambda: change_profile(person, name=name, language=language, at=now()))
    flash(gettext("Saved."))
    return redirect(url_for("accounts.profile"))


@blueprint.get("/account/password")
@open_to_signed_in
def change_password() -> str:
    return render_template("accounts/change_password.html", form=ChangePasswordForm(signed_in_person()))


@blueprint.post("/account/password")
@open_to_signed_in
def change_own_password() -> Page:
    """Other sessions end; this one goes on under the new uniquifier."""
    person = signed_in_person()
    uniquifier, form = person.fs_uniquifier, ChangePasswordForm(person)
    if not form.validate_on_submit():
        return render_template("accounts/change_password.html", form=form), HTTPStatus.UNPROCESSABLE_ENTITY
    password_hash = hashed(form.password.data or "")
    refusal = done(lambda: choose_password(person, password_hash, uniquifier=uniquifier, at=now()))
    if refusal:
        return redirect(url_for("security.login"))
    login_user(person, authn_via=["change"])
    flash(gettext("Your password is changed. Other places where you were signed in are signed out."))
    return redirect(url_for("accounts.profile"))


def _profile_page(form: ProfileForm) -> str:
    person = signed_in_person()
    roles = [gettext(ROLE_LABELS[role]) for role in sorted(person.role_set)]
    return render_template("accounts/profile.html", person=person, roles=roles, form=form)
