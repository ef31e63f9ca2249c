"""Before you start, and one question a page. Every page can be left and come back to."""

from http import HTTPStatus
from typing import Any

from flask import abort, flash, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from oversight.accounts.access import open_to_everyone
from oversight.casework.actions.filing import hash_of_key
from oversight.casework.queries.parties import submission_with_key
from oversight.intake import sitting
from oversight.intake.actions import begin_draft, forget_draft, keep_answers
from oversight.intake.course import Answers, asked, first_open, missing, neighbours
from oversight.intake.forms import AnswersForm, as_form_data, form_of
from oversight.intake.models import Draft
from oversight.intake.queries import draft_to_change, draft_with_id
from oversight.intake.routes.blueprint import FILINGS, Page, blueprint, counter, go_to
from oversight.kit.clock import now
from oversight.kit.db import writing
from oversight.kit.limits import limiter
from oversight.kit.pages import personal
from oversight.rules.questions import Question

CHECK = "check"


class AlreadySent(Exception):
    """The draft these answers belong to was sent; they came from a page that was left open."""


@blueprint.get("/complaint/")
@open_to_everyone
@personal
def before_you_start() -> str:
    return render_template("intake/before_you_start.html", begun=open_draft() is not None)


@blueprint.post("/complaint/start")
@limiter.limit(FILINGS)
@open_to_everyone
@personal
def start() -> Page:
    with writing():
        _forget_held_draft()
        draft_id = begin_draft({}, at=now()).id
    sitting.hold(sitting.DRAFT, draft_id)
    return go_to("question", slug=counter().book.questions[0].slug)


@blueprint.get("/complaint/go-on")
@open_to_everyone
@personal
def go_on() -> Page:
    draft = open_draft()
    if draft is None:
        return no_draft()
    wanted = first_open(counter().book.questions, draft.answers)
    return go_to("question", slug=wanted.slug) if wanted else go_to(CHECK)


@blueprint.post("/complaint/forget")
@open_to_everyone
@personal
def forget() -> Page:
    with writing():
        _forget_held_draft()
    sitting.let_go(sitting.DRAFT)
    flash(gettext("What you had written is deleted."), "good")
    return go_to("before_you_start")


@blueprint.get("/complaint/questions/<slug>")
@open_to_everyone
@personal
def question(slug: str) -> Page:
    asking, draft = question_named(slug), open_draft()
    if draft is None:
        return no_draft()
    if not asking.is_asked(draft.answers):
        return go_to(CHECK)
    data = as_form_data([asking], draft.answers)
    return question_page(asking, form_of(asking)(formdata=None, data=data), draft.answers)


@blueprint.post("/complaint/questions/<slug>")
@open_to_everyone
@personal
def answer(slug: str) -> Page:
    asking = question_named(slug)
    form = form_of(asking)()
    if not form.validate():
        draft = open_draft()
        page = question_page(asking, form, draft.answers if draft else {})
        return page, HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        answers = _keep(form)
    except AlreadySent:
        return render_template("intake/already_sent.html"), HTTPStatus.CONFLICT
    return _onward(asking, answers)


def question_named(slug: str) -> Question:
    """The question of today's rules with that slug; 404 if there is none."""
    questions = counter().book.questions
    return next((each for each in questions if each.slug == slug), None) or abort(HTTPStatus.NOT_FOUND)


def question_page(asking: Question, form: AnswersForm, answers: Answers) -> str:
    """A question's page, with where it stands among the others."""
    questions = counter().book.questions
    row = asked(questions, answers)
    checking = request.args.get("back") == CHECK
    before = neighbours(questions, answers, asking.slug)[0] if asking in row else None
    back = "intake.check" if checking else "intake.question" if before else "intake.before_you_start"
    return render_template(
        "intake/question.html",
        asking=asking,
        form=form,
        at=row.index(asking) + 1 if asking in row else 0,
        of=len(row),
        checking=checking,
        back=url_for(back, slug=before.slug) if before and not checking else url_for(back),
    )


def open_draft() -> Draft | None:
    """This visitor's draft, if they have one."""
    return draft_with_id(sitting.held(sitting.DRAFT))


def no_draft() -> tuple[str, int]:
    """The page for whoever has no draft here: it was deleted, sent, or begun in another browser."""
    sent = sitting.held(sitting.SENT) is not None
    return render_template("intake/no_draft.html", sent=sent), HTTPStatus.NOT_FOUND


def _keep(form: AnswersForm) -> dict[str, Any]:
    """Keep what was answered; a draft that was deleted meanwhile begins anew rather than lose it."""
    held = sitting.held(sitting.DRAFT)
    with writing():
        draft = draft_to_change(held) if held else None
        if draft is None and held and submission_with_key(hash_of_key(str(held))):
            raise AlreadySent
        draft = draft or begin_draft({}, at=now())
        keep_answers(draft, form.answers(), counter().book, at=now())
        draft_id, answers = draft.id, draft.answers
    sitting.hold(sitting.DRAFT, draft_id)
    return dict(answers)


def _onward(asking: Question, answers: Answers) -> Response:
    """The next question; for whoever came to change an answer, back to checking unless one is now missing."""
    questions = counter().book.questions
    if request.args.get("back") == CHECK:
        lacking = missing(questions, answers)
        return go_to("question", slug=lacking[0].slug, back=CHECK) if lacking else go_to(CHECK)
    after = neighbours(questions, answers, asking.slug)[1] if asking.is_asked(answers) else None
    return go_to("question", slug=after.slug) if after else go_to(CHECK)


def _forget_held_draft() -> None:
    held = sitting.held(sitting.DRAFT)
    if held:
        forget_draft(held)
