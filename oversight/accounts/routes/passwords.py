"""Choosing a password by a one-time link, and asking for one. Open to everyone, and tells nobody anything."""

from http import HTTPStatus

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from oversight.accounts.access import open_to_everyone
from oversight.accounts.actions import ask_for_password_link, choose_password
from oversight.accounts.forms import AskForLinkForm, ChoosePasswordForm
from oversight.accounts.links import opened_link
from oversight.accounts.passwords import hashed
from oversight.accounts.routes.blueprint import blueprint, done
from oversight.accounts.security import brake
from oversight.kit.clock import now

Page = str | tuple[str, int] | Response


@blueprint.get("/reset")
@open_to_everyone
def ask_for_link() -> str:
    return render_template("accounts/ask_for_link.html", form=AskForLinkForm(), sent="sent" in request.args)


@blueprint.post("/reset")
@brake
@open_to_everyone
def send_link() -> Page:
    """A known and an unknown address get the same answer after the same work."""
    form = AskForLinkForm()
    if not form.validate_on_submit():
        page = render_template("accounts/ask_for_link.html", form=form, sent=False)
        return page, HTTPStatus.UNPROCESSABLE_ENTITY
    address = form.email.data or ""
    done(lambda: ask_for_password_link(address, at=now()))
    return redirect(url_for("accounts.ask_for_link", sent=1), HTTPStatus.SEE_OTHER)


@blueprint.get("/reset/<token>")
@open_to_everyone
def new_password(token: str) -> Page:
    if opened_link(token) is None:
        return _link_ended()
    return render_template("accounts/choose_password.html", form=ChoosePasswordForm())


@blueprint.post("/reset/<token>")
@brake
@open_to_everyone
def set_new_password(token: str) -> Page:
    opened, form = opened_link(token), ChoosePasswordForm()
    if opened is None:
        return _link_ended()
    if not form.validate_on_submit():
        return render_template("accounts/choose_password.html", form=form), HTTPStatus.UNPROCESSABLE_ENTITY
    password_hash = hashed(form.password.data or "")
    person, uniquifier = opened.person, opened.uniquifier
    if done(lambda: choose_password(person, password_hash, uniquifier=uniquifier, at=now())):
        return _link_ended()
    flash(gettext("Your password is set. Sign in with it."))
    return redirect(url_for("security.login"), HTTPStatus.SEE_OTHER)


def _link_ended() -> tuple[str, int]:
    return render_template("accounts/link_ended.html"), HTTPStatus.GONE
