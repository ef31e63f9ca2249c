"""A form whose protection against forgery has run out: what was typed is never lost to it."""

from http import HTTPStatus

from flask import render_template, request
from flask_babel import gettext
from flask_wtf.csrf import CSRFError

from oversight.intake.forms import form_of
from oversight.intake.routes.blueprint import blueprint, counter
from oversight.intake.routes.following import words_sent
from oversight.intake.routes.questions import open_draft, question_page
from oversight.rules.questions import Question


@blueprint.errorhandler(CSRFError)
def say_expired(_error: CSRFError) -> tuple[str, int]:
    """The question again, with what was typed; from any other page, the texts to be copied."""
    asking, draft = _question_answered(), open_draft()
    if asking is None:
        return render_template("intake/expired.html", words=words_sent()), HTTPStatus.BAD_REQUEST
    form = form_of(asking)()
    form.form_errors = [
        gettext("This page was open for too long. Your words are still here: send them again.")
    ]
    return question_page(asking, form, draft.answers if draft else {}), HTTPStatus.BAD_REQUEST


def _question_answered() -> Question | None:
    """The question whose page was sent; none where the form was another one, or asked nothing of ours."""
    slug = (request.view_args or {}).get("slug") if request.endpoint == "intake.answer" else None
    return next((each for each in counter().book.questions if each.slug == slug), None)
