"""Check your answers, send them, and keep the receipt code."""

import uuid
from http import HTTPStatus

from flask import abort, current_app, flash, render_template, request, url_for
from flask_babel import gettext

from oversight.accounts.access import open_to_everyone
from oversight.casework.actions.filing import RECEIPT_SHOWN_FOR, forget_receipt, hash_of_key
from oversight.casework.models import Submission
from oversight.casework.queries.parties import submission_with_key
from oversight.casework.refusals import OtherSubmission
from oversight.intake import sitting
from oversight.intake.actions import AnswersChanged, NothingToSend, send_draft
from oversight.intake.course import asked, missing
from oversight.intake.filing import Incomplete, written_filing
from oversight.intake.models import Draft
from oversight.intake.routes.blueprint import FILINGS, Page, blueprint, counter, go_to
from oversight.intake.routes.questions import CHECK, no_draft, open_draft
from oversight.intake.wording import how_long, rows_of
from oversight.kit.clock import now
from oversight.kit.db import writing
from oversight.kit.i18n import t
from oversight.kit.limits import limiter
from oversight.kit.pages import personal
from oversight.rules.jurisdictions import rulebook
from oversight.rules.reasons import Counting


@blueprint.get("/complaint/check")
@open_to_everyone
@personal
def check() -> Page:
    draft = open_draft()
    return check_page(draft) if draft else no_draft()


@blueprint.post("/complaint/send")
@limiter.limit(FILINGS)
@open_to_everyone
@personal
def send() -> Page:
    draft_id = _draft_named(request.form.get("form_key", ""))
    if draft_id is None:
        return no_draft()
    at, where = now(), counter()
    try:
        with writing():
            send_draft(
                draft_id,
                lambda draft: written_filing(draft, where),
                checked=request.form.get("checked", ""),
                by=None,
                at=at,
            )
    except (AnswersChanged, Incomplete):
        return _check_again()
    except OtherSubmission as other:
        abort(HTTPStatus.UNPROCESSABLE_ENTITY, description=t(other.reason))
    except NothingToSend:
        return no_draft()
    sitting.let_go(sitting.DRAFT)
    sitting.hold(sitting.SENT, draft_id)
    return go_to("sent")


@blueprint.get("/complaint/sent")
@open_to_everyone
@personal
def sent() -> Page:
    submission = sent_submission(sitting.SENT)
    if submission is None:
        return go_to("before_you_start")
    complaint = submission.complaint
    book = rulebook(complaint.rulebook)
    notice = book.deadline("progress_notice")
    return render_template(
        "intake/sent.html",
        complaint=complaint,
        party=submission.party,
        receipt=receipt_still_shown(submission),
        usual=how_long(book.usual.get(complaint.state)),
        notice_days=notice.amount if notice and notice.counting is Counting.EXCLUDE_FIRST else None,
        address=current_app.config["SETTINGS"].public_url + url_for("intake.status"),
    )


@blueprint.post("/complaint/kept")
@open_to_everyone
@personal
def kept_my_code() -> Page:
    with writing():
        submission = sent_submission(sitting.SENT)
        if submission is not None:
            forget_receipt(submission)
    flash(gettext("Good. The code will not be shown again."), "good")
    return go_to("sent")


def check_page(draft: Draft) -> str:
    """Every answer, what is missing, and what identifies exactly these answers when they are sent."""
    answers, where = draft.answers or {}, counter()
    questions = where.book.questions
    lacking = missing(questions, answers)
    rows = [
        {**row, "url": url_for("intake.question", slug=each.slug, back=CHECK)}
        for each in asked(questions, answers)
        for row in rows_of(each, answers)
    ]
    return render_template(
        "intake/check.html",
        rows=rows,
        missing=lacking,
        answers=answers,
        form_key=hash_of_key(str(draft.id)).hex(),
        checked="" if lacking else written_filing(draft, where).digest.hex(),
    )


def sent_submission(key: str) -> Submission | None:
    """What was sent in this sitting."""
    draft_id = sitting.held(key)
    return submission_with_key(hash_of_key(str(draft_id))) if draft_id else None


def receipt_still_shown(submission: Submission) -> str | None:
    """The receipt code, while it may be shown."""
    return submission.receipt if now() - submission.at < RECEIPT_SHOWN_FOR else None


def _draft_named(form_key: str) -> uuid.UUID | None:
    """The draft that a form came from: this visitor's own, still open or already sent."""
    own = [sitting.held(sitting.DRAFT), sitting.held(sitting.SENT)]
    return next((each for each in own if each and hash_of_key(str(each)).hex() == form_key), None)


def _check_again() -> Page:
    draft = open_draft()
    if draft is None:
        return no_draft()
    flash(gettext("Your answers were changed in another window. Check them again, then send."), "attention")
    return check_page(draft), HTTPStatus.CONFLICT
