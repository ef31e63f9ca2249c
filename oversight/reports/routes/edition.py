"""One edition in its makers' hands: how far it is, what was tried, and a second person’s say."""

import uuid
from collections.abc import Callable
from http import HTTPStatus

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as AnyResponse

from oversight.accounts.access import needs, signed_in_person
from oversight.casework.queries.people import names_of
from oversight.kit import clock
from oversight.kit.db import Stale, writing
from oversight.kit.forms import VersionedForm
from oversight.kit.pages import personal
from oversight.reports.actions import discard_edition, issue_edition
from oversight.reports.models import Edition, EditionState
from oversight.reports.queries import edition_with_id, printed
from oversight.reports.reading import said
from oversight.reports.refusals import CannotReport
from oversight.reports.routes.blueprint import blueprint, place
from oversight.reports.wording import (
    edition_label,
    edition_state,
    language_name,
    weight,
    what_is_done,
    what_was_tried,
    withheld,
)
from oversight.rules.roles import Can

LOOK_AGAIN_AFTER = 5
"""Seconds until the page of an edition that is being built asks how far it is."""

Page = str | tuple[str, int] | AnyResponse


@blueprint.get("/editions/<uuid:edition_id>")
@needs(Can.ISSUE_REPORTS, Can.READ_LEDGER)
@personal
def edition(edition_id: uuid.UUID) -> Response:
    found = _edition(edition_id)
    watching = found.state == EditionState.BUILDING and "still" not in request.args
    answer = Response(_page(found, watching=watching))
    if watching:
        # As a header: a page that reloads itself can be told not to, by the link it shows for that.
        answer.headers["Refresh"] = str(LOOK_AGAIN_AFTER)
    return answer


@blueprint.post("/editions/<uuid:edition_id>/issue")
@needs(Can.ISSUE_REPORTS)
@personal
def issue(edition_id: uuid.UUID) -> Page:
    words = gettext("Issued. Anyone can read it now.")
    there = url_for("reports.edition", edition_id=edition_id)
    return _decided(edition_id, issue_edition, words, there)


@blueprint.post("/editions/<uuid:edition_id>/discard")
@needs(Can.ISSUE_REPORTS)
@personal
def discard(edition_id: uuid.UUID) -> Page:
    return _decided(edition_id, discard_edition, gettext("Discarded."), url_for("reports.desk"))


def _edition(edition_id: uuid.UUID) -> Edition:
    found = edition_with_id(edition_id)
    return found if found and found.place == place() else abort(HTTPStatus.NOT_FOUND)


def _decided(edition_id: uuid.UUID, decide: Callable[..., object], words: str, there: str) -> Page:
    seen_version = VersionedForm.about(_edition(edition_id)).seen_version
    try:
        with writing():
            if _edition(edition_id).version != seen_version:
                raise Stale
            decide(edition_id, by=signed_in_person(), at=clock.now())
    except Stale as stale:
        return _page(_edition(edition_id), str(stale.reason)), HTTPStatus.CONFLICT
    except CannotReport as refusal:
        return _page(_edition(edition_id), str(refusal)), HTTPStatus.CONFLICT
    flash(words, "good")
    return redirect(there, HTTPStatus.SEE_OTHER)


def _page(found: Edition, refusal: str = "", *, watching: bool = False) -> str:
    people = {each for each in (found.proposed_by_id, found.approved_by_id) if each}
    return render_template(
        "reports/desk/edition.html",
        edition=found,
        refusal=refusal,
        watching=watching,
        name=edition_label(found),
        state=edition_state(found),
        doing=what_is_done(found),
        printed=printed([found])[found.id],
        tried=what_was_tried(found),
        withheld=withheld(found),
        names=names_of(people),
        me=signed_in_person(),
        may_decide=signed_in_person().can(Can.ISSUE_REPORTS),
        said=said,
        language_name=language_name,
        weight=weight,
    )
