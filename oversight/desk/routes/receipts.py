"""Receipt codes given at the desk: a first one for a further complainant, or a new one for an old."""

import uuid
from collections.abc import Callable
from http import HTTPStatus

from flask import abort

from oversight.accounts.access import needs
from oversight.casework.actions.editing import give_receipt, renew_receipt
from oversight.casework.actions.history import check_version
from oversight.casework.models import Party
from oversight.casework.refusals import Refused, Stale
from oversight.desk.forms.people import IdentityCheckForm
from oversight.desk.routes.blueprint import Page, blueprint, known_file, me, refused, unfit
from oversight.desk.routes.file import file_page
from oversight.desk.routes.people import found_party
from oversight.kit import clock
from oversight.kit.db import writing
from oversight.kit.i18n import t
from oversight.kit.pages import personal
from oversight.rules.roles import Can

HOLD_RECEIPTS = ("complainant", "representative")
"""Who follows a file with a code of their own: whoever complained, and whoever speaks for them."""


@blueprint.get("/desk/files/<number>/people/<uuid:party_id>/receipt")
@needs(Can.EDIT_FILES)
@personal
def receipt(number: str, party_id: uuid.UUID) -> Page:
    return _page(number, party_id, IdentityCheckForm.about(known_file(number)))


@blueprint.post("/desk/files/<number>/people/<uuid:party_id>/receipt")
@needs(Can.EDIT_FILES)
@personal
def issue_receipt(number: str, party_id: uuid.UUID) -> Page:
    """Give the code on a page of its own, this once: only its digest is kept."""
    form = IdentityCheckForm.about(known_file(number))
    if not form.validate_on_submit():
        return unfit(_page(number, party_id, form))
    try:
        with writing():
            complaint = known_file(number)
            check_version(complaint, form.seen_version)
            party = found_party(complaint, party_id)
            code = _way(party)(party, by=me(), at=clock.now())
    except (Stale, Refused) as refusal:
        form.take_version(known_file(number))
        return refused(_page(number, party_id, form, t(str(refusal.reason))))
    return _page(number, party_id, form, code=code)


def _way(party: Party) -> Callable[..., str]:
    """How this person gets a code: a new one in place of the old, or their first."""
    if party.kind not in HOLD_RECEIPTS:
        abort(HTTPStatus.NOT_FOUND)
    return renew_receipt if party.receipt_hash else give_receipt


def _page(
    number: str, party_id: uuid.UUID, form: IdentityCheckForm, refusal: str = "", code: str = ""
) -> str:
    complaint = known_file(number)
    party = found_party(complaint, party_id)
    return file_page("receipt", complaint, "desk.people", party=party, form=form, refusal=refusal, code=code)
