"""Steps that wait for a second person: all of mine, and one of them to approve, decline or take back."""

import uuid
from datetime import datetime
from functools import partial
from http import HTTPStatus
from typing import Protocol

from flask import abort, render_template, request

from oversight.accounts.access import needs, signed_in_person
from oversight.casework.acting import Acting
from oversight.casework.actions.proposals import waiting
from oversight.casework.actions.steps import approve_proposal, decline_proposal
from oversight.casework.models import Proposal
from oversight.casework.queries.files import proposals_waiting_for
from oversight.casework.refusals import BadAnswers, NotAllowed, Refused, Stale
from oversight.desk.forms.proposals import DeclineForm
from oversight.desk.routes.blueprint import Page, blueprint, done, known_file, me, refused, unfit
from oversight.desk.routes.file import file_page
from oversight.desk.wording.proposals import cards_of, proposal_cards
from oversight.kit import clock
from oversight.kit.db import writing
from oversight.kit.forms import VersionedForm
from oversight.kit.i18n import t
from oversight.kit.pages import personal
from oversight.rules.roles import Can
from oversight.rules.words import N_

GONE = N_("This proposal no longer waits: someone has decided it, or the file has moved on.")
NO_LONGER_FITS = N_(
    "What was proposed no longer fits the file as it stands now. Decline it and propose anew."
)


class Decide(Protocol):
    """To approve or to decline."""

    def __call__(self, proposal: Proposal, /, *, by: Acting, at: datetime, seen_version: int) -> None: ...


@blueprint.get("/desk/approvals")
@needs(Can.READ_FILES)
@personal
def approvals() -> Page:
    page = proposals_waiting_for(signed_in_person(), request.args.get("after"))
    return render_template("desk/approvals.html", page=page, cards=cards_of(page.rows, signed_in_person()))


@blueprint.get("/desk/files/<number>/proposals/<uuid:proposal_id>")
@needs(Can.READ_FILES)
@personal
def proposal(number: str, proposal_id: uuid.UUID) -> Page:
    return _page(number, proposal_id, DeclineForm.about(known_file(number)))


@blueprint.post("/desk/files/<number>/proposals/<uuid:proposal_id>/approve")
@needs(Can.READ_FILES)
@personal
def approve(number: str, proposal_id: uuid.UUID) -> Page:
    form = VersionedForm()
    refusal = _decided(number, proposal_id, form, approve_proposal)
    if refusal:
        return refused(_page(number, proposal_id, DeclineForm(formdata=None), refusal))
    return done(t(N_("Approved, and done.")), "desk.file", number=number)


@blueprint.post("/desk/files/<number>/proposals/<uuid:proposal_id>/decline")
@needs(Can.READ_FILES)
@personal
def decline(number: str, proposal_id: uuid.UUID) -> Page:
    form = DeclineForm()
    if not form.validate_on_submit():
        return unfit(_page(number, proposal_id, form))
    refusal = _decided(number, proposal_id, form, partial(decline_proposal, reason=form.reason.data or ""))
    if refusal:
        return refused(_page(number, proposal_id, form, refusal))
    return done(t(N_("It no longer waits. Nothing was done.")), "desk.file", number=number)


def _decided(number: str, proposal_id: uuid.UUID, form: VersionedForm, decide: Decide) -> str:
    """Decide on a proposal in one transaction; empty when it is done, else why it is not."""
    try:
        with writing():
            found = [each for each in waiting(known_file(number), "file") if each.id == proposal_id]
            if not found:
                return t(GONE)
            decide(found[0], by=me(), at=clock.now(), seen_version=form.seen_version)
    except NotAllowed:
        abort(HTTPStatus.FORBIDDEN)
    except BadAnswers:
        return t(NO_LONGER_FITS)
    except (Stale, Refused) as refusal:
        return t(str(refusal.reason))
    return ""


def _page(number: str, proposal_id: uuid.UUID, form: DeclineForm, refusal: str = "") -> str:
    complaint = known_file(number)
    form.take_version(complaint)
    cards = proposal_cards(complaint, signed_in_person())
    card = next((each for each in cards if each.proposal.id == proposal_id), None)
    refusal = refusal or ("" if card else t(GONE))
    return file_page("proposal", complaint, "desk.file", card=card, form=form, refusal=refusal)
