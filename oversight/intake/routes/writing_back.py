"""What a party does from their file's page: add, report retaliation, withdraw, ask for another look."""

from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any

from flask import flash, render_template
from flask_babel import gettext
from flask_wtf import FlaskForm

from oversight.accounts.access import open_to_everyone
from oversight.casework import acting
from oversight.casework.actions.messages import add_to_complaint, report_retaliation
from oversight.casework.actions.steps import take_step
from oversight.casework.models import Party
from oversight.casework.queries.parties import party_to_act, status_for, window_is_open
from oversight.casework.refusals import BadAnswers, NotAllowed, Refused
from oversight.intake import sitting
from oversight.intake.forms import (
    PRESSED,
    AnotherLookForm,
    LateAnotherLookForm,
    MessageForm,
    WithdrawForm,
    this_day,
)
from oversight.intake.routes.blueprint import Page, blueprint, go_to
from oversight.intake.routes.following import CodeUnknown, whoever_shows_a_receipt
from oversight.kit.clock import now
from oversight.kit.db import writing
from oversight.kit.i18n import t
from oversight.kit.pages import personal


@blueprint.route("/status/file/add", methods=["GET", "POST"])
@open_to_everyone
@personal
def add() -> Page:
    whoever_shows_a_receipt()
    form = MessageForm()
    if not form.validate_on_submit():
        return _form_page("intake/add.html", form)
    _act(lambda party: add_to_complaint(party, form.body.data or "", at=now()))
    flash(gettext("We have what you added."), "good")
    return go_to("status_file")


@blueprint.route("/status/file/retaliation", methods=["GET", "POST"])
@open_to_everyone
@personal
def retaliation() -> Page:
    whoever_shows_a_receipt()
    form = MessageForm()
    if not form.validate_on_submit():
        return _form_page("intake/retaliation.html", form)
    _act(lambda party: report_retaliation(party, form.body.data or "", at=now()))
    flash(gettext("We have your report. It is marked as urgent, and a director hears of it today."), "good")
    return go_to("status_file")


@blueprint.route("/status/file/withdraw", methods=["GET", "POST"])
@open_to_everyone
@personal
def withdraw() -> Page:
    if not _status_of(whoever_shows_a_receipt()).may_withdraw:
        return go_to("status_file")
    form = WithdrawForm()
    if not form.validate_on_submit():
        return _form_page("intake/withdraw.html", form)
    answers = {
        "reason": form.reason.data or gettext("No reason was given."),
        "pressed": "\n".join(filter(None, [t(PRESSED[form.pressed.data]), form.by_whom.data])),
    }
    return _step(
        "record_a_withdrawal", answers, gettext("We have your wish to withdraw. You hear what comes of it.")
    )


@blueprint.route("/status/file/another-look", methods=["GET", "POST"])
@open_to_everyone
@personal
def another_look() -> Page:
    status = _status_of(whoever_shows_a_receipt())
    if not status.may_ask_again:
        return go_to("status_file")
    form = LateAnotherLookForm() if status.asking_is_late else AnotherLookForm()
    if not form.validate_on_submit():
        return _form_page("intake/another_look.html", form)
    late = isinstance(form, LateAnotherLookForm)
    answers = {"reason": form.reason.data, **({"note": form.delay.data} if late else {})}
    name = "ask_late_for_reconsideration" if late else "ask_for_reconsideration"
    return _step(
        name, answers, gettext("We have your request. People who were not part of the result look at it.")
    )


def _status_of(party: Party) -> Any:
    return status_for(party, window_open=window_is_open(party.complaint, on=this_day()))


def _form_page(template: str, form: FlaskForm) -> tuple[str, int]:
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_submitted() else HTTPStatus.OK
    return render_template(template, form=form), status


def _act(action: Callable[[Party], object]) -> None:
    """Do it in one transaction, as the party whose receipt was shown, with their file locked."""
    digest = sitting.digest_shown(at=now())
    with writing():
        party = party_to_act(digest) if digest else None
        if party is None:
            raise CodeUnknown
        action(party)


def _step(name: str, answers: Mapping[str, Any], done: str) -> Page:
    """Take a step of the workflow as the party; where it is refused, their page says how things stand now."""
    try:
        _act(
            lambda party: take_step(
                party.complaint,
                name,
                {**answers, "party": str(party.id)},
                by=acting.party(party),
                at=now(),
                seen_version=None,
            )
        )
    except Refused as refused:
        flash(t(refused.reason), "attention")
    except (NotAllowed, BadAnswers):
        flash(gettext("This is not possible any more. Here is how your complaint stands now."), "attention")
    else:
        flash(done, "good")
    return go_to("status_file")
