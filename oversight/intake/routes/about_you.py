"""Self-identification: optional, on a page of its own, and kept apart from the file."""

from http import HTTPStatus

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext

from oversight.accounts.access import open_to_everyone
from oversight.casework.actions.self_identification import identify_oneself
from oversight.casework.models import Party
from oversight.casework.queries.parties import party_with_receipt
from oversight.intake import sitting
from oversight.intake.forms import about_you_form, this_day
from oversight.intake.routes.blueprint import Page, blueprint
from oversight.intake.routes.following import NotOpen
from oversight.intake.routes.sending import sent_submission
from oversight.kit.clock import now
from oversight.kit.db import writing
from oversight.kit.i18n import t
from oversight.kit.pages import personal
from oversight.rules.jurisdictions import rulebook


@blueprint.route("/complaint/about-you", methods=["GET", "POST"])
@open_to_everyone
@personal
def about_you() -> Page:
    asked_of = rulebook(_whoever_it_is().complaint.rulebook).self_identification
    form = about_you_form(asked_of)()
    if not form.validate_on_submit():
        status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_submitted() else HTTPStatus.OK
        hints = {term.code: t(term.words) for term in asked_of.categories}
        page = render_template(
            "intake/about_you.html", form=form, asked_of=asked_of, hints=hints, back=url_for(_back())
        )
        return page, status
    if form.identity.data:
        with writing():
            party, on = _whoever_it_is(), this_day()
            identify_oneself(party, form.identity.data, standard=asked_of.standard, on=on, at=now())
        flash(gettext("Thank you. Your answer is kept apart from your complaint."), "good")
    else:
        flash(gettext("You left it empty, so nothing was kept. That changes nothing."), "good")
    return redirect(url_for(_back()), HTTPStatus.SEE_OTHER)


def _back() -> str:
    return "intake.status_file" if sitting.digest_shown(at=now()) else "intake.sent"


def _whoever_it_is() -> Party:
    """The party whose file is open, or who has just sent a complaint. Raises NotOpen."""
    digest = sitting.digest_shown(at=now())
    submission = sent_submission(sitting.SENT)
    party = party_with_receipt(digest) if digest else submission.party if submission else None
    if party is None:
        raise NotOpen
    return party
