"""A form whose protection against forgery has run out: what was typed is never lost to it."""

from http import HTTPStatus

from flask import render_template, request
from flask_babel import gettext
from flask_wtf.csrf import CSRFError

from oversight.intake.forms import form_of
from oversight.intake.routes.blueprint import blueprint
from oversight.intake.routes.following import words_sent
from oversight.intake.routes.questions import open_draft, question_named, question_page


@blueprint.errorhandler(CSRFError)
def say_expired(_error: CSRFError) -> tuple[str, int]:
    """The question again, with what was typed; from any other page, the texts to be copied."""
    slug = (request.view_args or {}).get("slug")
    if request.endpoint != "intake.answer" or slug is None:
        return render_template("intake/expired.html", words=words_sent()), HTTPStatus.BAD_REQUEST
    asking, draft = question_named(slug), open_draft()
    form = form_of(asking)()
    form.form_errors = [
        gettext("This page was open for too long. Your words are still here: send them again.")
    ]
    return question_page(asking, form, draft.answers if draft else {}), HTTPStatus.BAD_REQUEST
