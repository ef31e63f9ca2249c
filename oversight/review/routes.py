"""The reviewers' pages. Every one begins at the reviewer's own seat: where there is none, no such page."""

from collections.abc import Callable
from http import HTTPStatus

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from oversight.accounts.access import needs, signed_in_person
from oversight.casework import acting
from oversight.casework.actions.panel import declare_conflict, declare_no_conflict, keep_draft_findings
from oversight.casework.actions.steps import take_step
from oversight.casework.models import Seat
from oversight.casework.queries.facts import facts_of
from oversight.casework.queries.reviews import seat_for, seats_done_by, seats_that_wait_for, was_released_from
from oversight.casework.refusals import BadAnswers, NotAllowed, Refused, Stale
from oversight.casework.wording import state_label
from oversight.kit import clock
from oversight.kit.db import writing
from oversight.kit.i18n import t
from oversight.kit.pages import personal
from oversight.review.forms import (
    CONFLICT,
    ConflictForm,
    DeclarationForm,
    FindingsForm,
    QuestionForm,
    findings_form,
)
from oversight.review.wording import kinds_alleged, known_before, own_findings, readings, said
from oversight.rules.jurisdictions import engine, rulebook
from oversight.rules.roles import Can

blueprint = Blueprint("review", __name__)

Page = str | tuple[str, int] | Response

SUBMIT = "submit_findings"
ASK = "ask_for_more"


@blueprint.get("/review")
@needs(Can.REVIEW)
@personal
def queue() -> str:
    page = seats_that_wait_for(signed_in_person(), request.args.get("after"))
    return render_template(
        "review/queue.html",
        page=page,
        to_declare=[seat for seat in page.rows if seat.declared_at is None],
        to_find=[seat for seat in page.rows if seat.declared_at is not None],
        known_before=known_before,
    )


@blueprint.get("/review/done")
@needs(Can.REVIEW)
@personal
def done() -> str:
    page = seats_done_by(signed_in_person(), request.args.get("after"))
    return render_template("review/done.html", page=page, state_label=state_label)


@blueprint.get("/review/files/<number>")
@needs(Can.REVIEW)
@personal
def file(number: str) -> str:
    seat = _seat(number)
    return _workspace(seat) if seat.declared_at else _declaration(seat, DeclarationForm())


@blueprint.post("/review/files/<number>/declaration")
@needs(Can.REVIEW)
@personal
def declare(number: str) -> Page:
    seat, form = _seat(number), DeclarationForm()
    if not form.validate_on_submit():
        return _declaration(seat, form), HTTPStatus.UNPROCESSABLE_ENTITY
    if form.declaration.data == CONFLICT:
        return _step_down(number, form.reason.data or "")
    _on_own_seat(number, _declare_none)
    flash(gettext("Thank you. You can read the file now."), "good")
    return _back(number)


@blueprint.get("/review/files/<number>/conflict")
@needs(Can.REVIEW)
@personal
def conflict(number: str) -> str:
    return render_template("review/conflict.html", seat=_seat(number), form=ConflictForm())


@blueprint.post("/review/files/<number>/conflict")
@needs(Can.REVIEW)
@personal
def report_conflict(number: str) -> Page:
    seat, form = _seat(number), ConflictForm()
    if not form.validate_on_submit():
        return render_template("review/conflict.html", seat=seat, form=form), HTTPStatus.UNPROCESSABLE_ENTITY
    return _step_down(number, form.reason.data or "")


@blueprint.post("/review/files/<number>/findings")
@needs(Can.REVIEW)
@personal
def find(number: str) -> Page:
    """Keep what was written, or submit it: the form has a button for each."""
    form = findings_form(_declared_seat(number))
    if "keep" in request.form:
        return _keep(number, form)
    if form.seen_version == _declared_seat(number).complaint.version and not form.is_whole():
        return _workspace(_declared_seat(number), form), HTTPStatus.UNPROCESSABLE_ENTITY
    refused = _take(number, SUBMIT, form, {"findings": form.given()})
    if refused:
        return _workspace(_declared_seat(number), form, refused), HTTPStatus.CONFLICT
    flash(
        gettext("Your findings are submitted. You can now read what the others found, once they have."),
        "good",
    )
    return _back(number)


@blueprint.get("/review/files/<number>/question")
@needs(Can.REVIEW)
@personal
def question(number: str) -> Page:
    seat = _declared_seat(number)
    if not rulebook(seat.complaint.rulebook).file.has_step(ASK):
        abort(HTTPStatus.NOT_FOUND)
    return _question(seat, QuestionForm.about(seat.complaint), _in_the_way(seat, ASK))


@blueprint.post("/review/files/<number>/question")
@needs(Can.REVIEW)
@personal
def ask(number: str) -> Page:
    form = QuestionForm()
    if not form.validate_on_submit():
        return _question(_declared_seat(number), form, ()), HTTPStatus.UNPROCESSABLE_ENTITY
    refused = _take(number, ASK, form, {"question": form.question.data})
    if refused:
        return _question(_declared_seat(number), form, (refused,)), HTTPStatus.CONFLICT
    flash(gettext("Your question is sent. The file comes back to you with the answer."), "good")
    return _back(number)


def _seat(number: str) -> Seat:
    """This reviewer's seat. Whoever was just writing, when the file was taken back, hears of that."""
    person = signed_in_person()
    seat = seat_for(person, number)
    if seat is None and request.method == "POST" and was_released_from(person, number):
        abort(HTTPStatus.CONFLICT, gettext("The file is with somebody else now."))
    return seat or abort(HTTPStatus.NOT_FOUND)


def _declared_seat(number: str) -> Seat:
    """A seat whose reviewer has said that they have no conflict; before that there is nothing to write on."""
    seat = _seat(number)
    return seat if seat.declared_at else abort(HTTPStatus.NOT_FOUND)


def _back(number: str) -> Response:
    return redirect(url_for("review.file", number=number), HTTPStatus.SEE_OTHER)


def _on_own_seat(number: str, declare: Callable[[Seat], None]) -> None:
    """Declare something on one's seat as it is now; someone may be changing the same file meanwhile."""
    try:
        with writing():
            declare(_seat(number))
    except Stale:
        abort(HTTPStatus.CONFLICT)


def _declare_none(seat: Seat) -> None:
    if seat.declared_at is None:
        declare_no_conflict(seat, by=acting.person(signed_in_person()), at=clock.now())


def _step_down(number: str, reason: str) -> Response:
    by = acting.person(signed_in_person())
    _on_own_seat(number, lambda seat: declare_conflict(seat, reason, by=by, at=clock.now()))
    flash(
        gettext("Thank you for saying so. The file is no longer yours, and someone else takes your place."),
        "good",
    )
    return redirect(url_for("review.queue"), HTTPStatus.SEE_OTHER)


def _keep(number: str, form: FindingsForm) -> Page:
    if not form.validate_on_submit():
        return _workspace(_declared_seat(number), form), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        with writing():
            keep_draft_findings(
                _declared_seat(number), form.given(), by=acting.person(signed_in_person()), at=clock.now()
            )
    except (Stale, Refused) as refusal:
        return _workspace(_declared_seat(number), form, t(str(refusal.reason))), HTTPStatus.CONFLICT
    flash(gettext("Your draft is kept. Nobody else can see it."), "good")
    return _back(number)


def _take(number: str, step: str, form: FindingsForm | QuestionForm, answers: dict[str, object]) -> str:
    """Take a step as this seat; empty when done, or why it is not. The form then takes the new version."""
    try:
        with writing():
            complaint = _declared_seat(number).complaint
            by = acting.person(signed_in_person())
            take_step(complaint, step, answers, by=by, at=clock.now(), seen_version=form.seen_version)
    except NotAllowed:
        abort(HTTPStatus.FORBIDDEN)
    except BadAnswers as bad:
        refusal = next(iter(bad.problems.values()))
    except (Stale, Refused) as refused:
        refusal = str(refused.reason)
    else:
        return ""
    form.take_version(_declared_seat(number).complaint)
    return t(refusal)


def _in_the_way(seat: Seat, name: str) -> tuple[str, ...]:
    """Each reason why this reviewer can't take a step now, in words."""
    complaint = seat.complaint
    book = rulebook(complaint.rulebook)
    step = book.file.step(name)
    if complaint.state not in step.source:
        return (gettext("The file is with somebody else now."),)
    on = clock.today(book.time_zone)
    facts = facts_of(complaint, by=acting.person(signed_in_person()), on=on)
    return tuple(t(reason) for reason in engine(book.slug, "file").refusals(step, facts))


def _declaration(seat: Seat, form: DeclarationForm) -> str:
    complaint = seat.complaint
    return render_template(
        "review/declaration.html",
        complaint=complaint,
        form=form,
        known=known_before(complaint),
        alleged=kinds_alleged(complaint),
    )


def _workspace(seat: Seat, form: FindingsForm | None = None, refusal: str = "") -> str:
    complaint = seat.complaint
    book = rulebook(complaint.rulebook)
    return render_template(
        "review/workspace.html",
        seat=seat,
        complaint=complaint,
        form=form or findings_form(seat),
        refusal=refusal,
        known=known_before(complaint),
        copies=[copy for copy in complaint.copies if copy.ready_at],
        readings=readings(seat),
        own=own_findings(seat),
        said=said(complaint),
        findings=book.findings,
        panel=book.panel_for(complaint.level),
        at_work=complaint.state in book.file.step(SUBMIT).source and seat.submitted_at is None,
        in_the_way=_in_the_way(seat, SUBMIT),
        may_ask=book.file.has_step(ASK) and not _in_the_way(seat, ASK),
        state=state_label(complaint),
    )


def _question(seat: Seat, form: QuestionForm, reasons: tuple[str, ...]) -> str:
    return render_template("review/question.html", complaint=seat.complaint, form=form, reasons=reasons)
