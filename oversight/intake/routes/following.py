"""Following a complaint: the receipt code opens one file, for as long as someone is there."""

from http import HTTPStatus

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from oversight.accounts.access import open_to_everyone
from oversight.casework.models import Party
from oversight.casework.queries.parties import (
    delays_of,
    endings_of,
    messages_of,
    party_with_receipt,
    status_for,
    window_is_open,
)
from oversight.intake import sitting
from oversight.intake.forms import ReceiptForm, this_day
from oversight.intake.routes.blueprint import LOOK_UPS, Page, blueprint, go_to
from oversight.intake.wording import how_long
from oversight.kit.clock import now
from oversight.kit.i18n import local_day, t
from oversight.kit.limits import limiter
from oversight.kit.pages import personal
from oversight.rules.jurisdictions import rulebook
from oversight.rules.steps import STAGE_LABELS

UNSEEN = frozenset({"csrf_token", "form_key", "checked", "code"})
"""What forms carry that nobody wrote, and the code, which is not shown again."""

SHORT = 20
"""Characters that are as quickly typed again as copied."""


class NotOpen(Exception):
    """No file is open in this sitting: none was opened, or it was closed after a while."""


class CodeUnknown(Exception):
    """The code could be a receipt code, and is not ours, or not any more."""


@blueprint.get("/status")
@open_to_everyone
@personal
def status() -> Page:
    if sitting.digest_shown(at=now()):
        return go_to("status_file")
    return render_template("intake/status.html", form=ReceiptForm(formdata=None))


@blueprint.post("/status")
@limiter.limit(LOOK_UPS)
@open_to_everyone
@personal
def look_up() -> Page:
    """Note which code was shown. Nothing is looked up yet, so known and unknown codes are answered alike."""
    form = ReceiptForm()
    if not form.validate():
        return render_template("intake/status.html", form=form), HTTPStatus.UNPROCESSABLE_ENTITY
    sitting.open_file(form.digest, at=now())
    return go_to("status_file")


@blueprint.get("/status/file")
@open_to_everyone
@personal
def status_file() -> str:
    party = whoever_shows_a_receipt()
    complaint = party.complaint
    status = status_for(party, window_open=window_is_open(complaint, on=this_day()))
    return render_template(
        "intake/file.html",
        party=party,
        status=status,
        stages=[STAGE_LABELS[stage] for stage in status.stages],
        stage=status.stages.index(status.stage),
        usual=how_long(rulebook(complaint.rulebook).usual.get(complaint.state)),
        until=complaint.reconsiderable_until,
        endings=endings_of(complaint),
        delays=delays_of(complaint, on=this_day()),
        written=messages_of(party),
        happened=[
            {"title": t(event.words), "when": local_day(event.at), "datetime": event.at.isoformat()}
            for event in status.events
        ],
    )


@blueprint.post("/status/leave")
@open_to_everyone
@personal
def leave() -> Page:
    sitting.let_go(sitting.RECEIPT)
    flash(gettext("The file is closed on this device."), "good")
    return go_to("status")


def whoever_shows_a_receipt() -> Party:
    """The party whose file is open in this sitting. Raises NotOpen or CodeUnknown."""
    digest = sitting.digest_shown(at=now())
    if digest is None:
        raise NotOpen
    party = party_with_receipt(digest)
    if party is None:
        raise CodeUnknown
    sitting.open_file(digest, at=now())
    return party


@blueprint.errorhandler(CodeUnknown)
def say_unknown(_error: CodeUnknown) -> tuple[str, int]:
    sitting.let_go(sitting.RECEIPT)
    form = ReceiptForm(formdata=None)
    words = gettext("We do not know this code. Compare it with your receipt, or call us.")
    form.code.errors = [words]
    return render_template("intake/status.html", form=form), HTTPStatus.NOT_FOUND


@blueprint.errorhandler(NotOpen)
def ask_for_the_code(_error: NotOpen) -> tuple[str, int] | Response:
    """Ask for the code again; what was written meanwhile is shown, to be copied."""
    closed = sitting.was_open()
    sitting.let_go(sitting.RECEIPT)
    if closed:
        flash(gettext("The file was closed after a while. Enter your code again."), "attention")
    if request.method == "GET":
        return redirect(url_for("intake.status"), HTTPStatus.SEE_OTHER)
    page = render_template("intake/status.html", form=ReceiptForm(formdata=None), words=words_sent())
    return page, HTTPStatus.FORBIDDEN


def words_sent() -> list[str]:
    """The texts that came with a form that can't be taken, so that its writer can copy them."""
    return [text for name, text in request.form.items() if name not in UNSEEN and len(text) > SHORT]
