"""The publishers' desk: what waits to be written, approved, published or decided; and one file behind it."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from oversight.accounts.access import needs, signed_in_person
from oversight.accounts.models import User
from oversight.casework import acting
from oversight.casework.actions.outcomes import open_outcome
from oversight.casework.models import Complaint
from oversight.casework.queries.outcomes import (
    file_to_summarise,
    files_to_summarise,
    outcome_proposals,
    outcomes_in_work,
    outcomes_out,
)
from oversight.casework.queries.people import names_of
from oversight.casework.refusals import Refused, Stale
from oversight.casework.wording import state_label
from oversight.kit import clock
from oversight.kit.db import writing
from oversight.kit.i18n import t
from oversight.kit.pages import personal
from oversight.kit.paging import Page as KeysetPage
from oversight.publication.routes.blueprint import blueprint
from oversight.publication.wording import concluded, outcome_state, why_not_published
from oversight.rules.jurisdictions import rulebook
from oversight.rules.roles import Can

PAGES: dict[str, Callable[[User, str | None], KeysetPage[Any]]] = {
    "to-write": files_to_summarise,
    "in-work": outcomes_in_work,
    "to-decide": outcome_proposals,
    "published": outcomes_out,
}


@blueprint.get("/publication")
@needs(Can.WRITE_OUTCOMES)
@personal
def desk() -> str:
    person = signed_in_person()
    part = request.args.get("part", "")
    part = part if part in PAGES else "to-write"
    page = PAGES[part](person, request.args.get("after"))
    people = {row.author_id for row in page.rows} if part in ("in-work", "published") else set()
    people |= {row.proposed_by_id for row in page.rows} if part == "to-decide" else set()
    return render_template(
        "publication/desk.html",
        part=part,
        page=page,
        names=names_of({each for each in people if each}),
        person=person,
        state_label=state_label,
        outcome_state=outcome_state,
        why_not_published=why_not_published,
        step_label=_step_label,
    )


@blueprint.get("/publication/files/<number>")
@needs(Can.WRITE_OUTCOMES)
@personal
def file(number: str) -> str:
    return _page(_file(number))


@blueprint.post("/publication/files/<number>")
@needs(Can.WRITE_OUTCOMES)
@personal
def begin(number: str) -> str | tuple[str, int] | Response:
    _file(number)
    try:
        with writing():
            outcome = open_outcome(_file(number), by=acting.person(signed_in_person()), at=clock.now())
            reference = outcome.reference
    except (Stale, Refused) as refusal:
        return _page(_file(number), t(str(refusal.reason))), HTTPStatus.CONFLICT
    flash(gettext("The summary is begun. Its reference is %(reference)s.", reference=reference), "good")
    return redirect(url_for("publication.summary", reference=reference), HTTPStatus.SEE_OTHER)


def _file(number: str) -> Complaint:
    return file_to_summarise(signed_in_person(), number) or abort(HTTPStatus.NOT_FOUND)


def _page(complaint: Complaint, refusal: str = "") -> str:
    return render_template(
        "publication/file.html",
        complaint=complaint,
        refusal=refusal,
        copies=[copy for copy in complaint.copies if copy.ready_at],
        concluded=concluded(complaint),
        state=state_label(complaint),
        binding=rulebook(complaint.rulebook).panel_for(complaint.level).binding,
    )


def _step_label(complaint: Complaint, name: str) -> str:
    return t(rulebook(complaint.rulebook).outcome.step(name).label)
