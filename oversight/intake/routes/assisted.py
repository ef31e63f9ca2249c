"""Filing for someone at the desk: the same questions, read back before sending, and the code read out."""

from http import HTTPStatus
from typing import Any

from flask import abort, current_app, flash, render_template, request, url_for
from flask_babel import gettext

from oversight.accounts.access import needs, signed_in_person
from oversight.accounts.models import User
from oversight.casework.actions.filing import forget_receipt, hash_of_key
from oversight.casework.refusals import NotAllowed, OtherSubmission
from oversight.intake import sitting
from oversight.intake.actions import AnswersChanged, NothingToSend, begin_draft, forget_draft, send_draft
from oversight.intake.course import asked
from oversight.intake.filing import OWN_MOTION, Incomplete, questions_for, told_filing
from oversight.intake.models import Draft
from oversight.intake.queries import draft_with_id
from oversight.intake.routes.blueprint import Page, blueprint, counter, go_to
from oversight.intake.routes.sending import receipt_still_shown, sent_submission
from oversight.intake.told import ORIGINS, ToldForm, form_data, told_form
from oversight.intake.wording import rows_of
from oversight.kit.clock import now
from oversight.kit.db import writing
from oversight.kit.fields import PartsDate
from oversight.kit.i18n import LANGUAGES, local_day, t
from oversight.kit.pages import personal
from oversight.rules.findings import CHANNELS
from oversight.rules.jurisdictions import rulebook_in_force
from oversight.rules.roles import Can
from oversight.rules.rulebook import Rulebook

MAY_FILE = (Can.FILE_FOR_SOMEONE, Can.OPEN_OWN_MOTION)


@blueprint.get("/desk/assisted-filing")
@needs(*MAY_FILE)
@personal
def assisted_filing() -> str:
    person, draft = signed_in_person(), _own_draft()
    kept, book = (draft.answers if draft else None), counter().book
    form = told_form(book.questions, book.areas, _origins(person))(
        formdata=None, data=form_data(kept, book, _origins(person))
    )
    return _form_page(form, book)


@blueprint.post("/desk/assisted-filing")
@needs(*MAY_FILE)
@personal
def write_down() -> Page:
    person, book = signed_in_person(), counter().book
    form = told_form(book.questions, book.areas, _origins(person))()
    if not form.validate():
        return _form_page(form, book), HTTPStatus.UNPROCESSABLE_ENTITY
    earlier = sitting.held(sitting.TOLD)
    with writing():
        if earlier:
            forget_draft(earlier)
        draft_id = begin_draft(form.as_draft(), at=now(), entered_by=person).id
    sitting.hold(sitting.TOLD, draft_id)
    return go_to("read_back")


@blueprint.get("/desk/assisted-filing/read-back")
@needs(*MAY_FILE)
@personal
def read_back() -> Page:
    draft = _own_draft()
    return _read_back_page(draft) if draft else go_to("assisted_filing")


@blueprint.post("/desk/assisted-filing/send")
@needs(*MAY_FILE)
@personal
def send_told() -> Page:
    person, place = signed_in_person(), current_app.config["SETTINGS"].place
    own = [sitting.held(sitting.TOLD), sitting.held(sitting.TOLD_SENT)]
    key = request.form.get("form_key", "")
    draft_id = next((each for each in own if each and hash_of_key(str(each)).hex() == key), None)
    if draft_id is None:
        return go_to("assisted_filing")
    try:
        with writing():
            send_draft(
                draft_id,
                lambda draft: told_filing(draft, place),
                checked=request.form.get("checked", ""),
                by=person,
                at=now(),
            )
    except (AnswersChanged, Incomplete, NothingToSend):
        flash(gettext("This was changed in another window. Read it back again."), "attention")
        return go_to("read_back")
    except OtherSubmission as other:
        abort(HTTPStatus.UNPROCESSABLE_ENTITY, description=t(other.reason))
    except NotAllowed:
        abort(HTTPStatus.FORBIDDEN)
    sitting.let_go(sitting.TOLD)
    sitting.hold(sitting.TOLD_SENT, draft_id)
    return go_to("filed_for_someone")


@blueprint.get("/desk/assisted-filing/filed")
@needs(*MAY_FILE)
@personal
def filed_for_someone() -> Page:
    submission = sent_submission(sitting.TOLD_SENT)
    if submission is None:
        return go_to("assisted_filing")
    return render_template(
        "intake/assisted_filed.html",
        complaint=submission.complaint,
        party=submission.party,
        receipt=receipt_still_shown(submission),
    )


@blueprint.post("/desk/assisted-filing/read-out")
@needs(*MAY_FILE)
@personal
def code_read_out() -> Page:
    with writing():
        submission = sent_submission(sitting.TOLD_SENT)
        if submission is not None:
            forget_receipt(submission)
    flash(gettext("The code will not be shown again."), "good")
    return go_to("filed_for_someone")


@blueprint.post("/desk/assisted-filing/forget")
@needs(*MAY_FILE)
@personal
def forget_told() -> Page:
    held = sitting.held(sitting.TOLD)
    if held:
        with writing():
            forget_draft(held)
    sitting.let_go(sitting.TOLD)
    return go_to("assisted_filing")


def _origins(person: User) -> tuple[str, ...]:
    """Where a matter may come from, as this person may enter it."""
    may_file, may_move = person.can(Can.FILE_FOR_SOMEONE), person.can(Can.OPEN_OWN_MOTION)
    return tuple(each for each in ORIGINS if (may_move if each == OWN_MOTION else may_file))


def _own_draft() -> Draft | None:
    """The draft in this sitting, if this very person wrote it."""
    draft = draft_with_id(sitting.held(sitting.TOLD))
    return draft if draft and draft.entered_by_id == signed_in_person().id else None


def _form_page(form: ToldForm, book: Rulebook) -> str:
    return render_template("intake/assisted.html", form=form, questions=book.questions)


def _read_back_page(draft: Draft) -> str:
    place, kept = current_app.config["SETTINGS"].place, draft.answers
    filing, details = told_filing(draft, place), kept["details"]
    questions = questions_for(rulebook_in_force(place, filing.received_on), filing.origin)
    rows = [row for each in asked(questions, kept["answers"]) for row in rows_of(each, kept["answers"])]
    return render_template(
        "intake/assisted_read_back.html",
        rows=rows + _rows_of_details(details),
        form_key=hash_of_key(str(draft.id)).hex(),
        checked=filing.digest.hex(),
        change=url_for("intake.assisted_filing"),
    )


def _rows_of_details(details: dict[str, Any]) -> list[dict[str, str]]:
    year, month, day = (int(part) for part in details["received_on"].split("-"))
    told = [
        (gettext("How it reached us"), t(CHANNELS[details["channel"]])),
        (gettext("Day on which it reached us"), local_day(PartsDate(year, month, day).exact)),
        (gettext("Where it comes from"), t(ORIGINS[details["origin"]])),
        (gettext("Basis"), details["origin_basis"]),
        (gettext("Language"), LANGUAGES[details["language"]]),
        (gettext("Broad area"), t(details["area"]) or gettext("Not known")),
    ]
    return [{"name": name, "value": value} for name, value in told if value]
