"""An edition as it would be read, for those who decide whether it is issued: its files and its pages."""

import uuid
from functools import partial
from http import HTTPStatus

from flask import Response, abort, url_for

from oversight.accounts.access import needs
from oversight.kit.pages import personal
from oversight.reports.models import Edition, EditionState
from oversight.reports.queries import edition_with_id, pdf_of
from oversight.reports.routes.blueprint import blueprint, place
from oversight.reports.routes.public import pdf_answer
from oversight.reports.routes.statistics import Ways, page_of_contents, page_of_part
from oversight.rules.roles import Can


@blueprint.get("/editions/<uuid:edition_id>/<lang>.pdf")
@needs(Can.ISSUE_REPORTS)
@personal
def proof(edition_id: uuid.UUID, lang: str) -> Response:
    found = _draft(edition_id)
    body = pdf_of(found, lang) or abort(HTTPStatus.NOT_FOUND)
    # The mark is in its name: the bytes are those that will be issued, or their fingerprint would be another.
    return pdf_answer(body, f"draft-{found.period}-{found.number}-{lang}.pdf")


@blueprint.get("/editions/<uuid:edition_id>/figures")
@needs(Can.ISSUE_REPORTS)
@personal
def draft(edition_id: uuid.UUID) -> str:
    found = _draft(edition_id)
    return page_of_contents(found, _ways(found))


@blueprint.get("/editions/<uuid:edition_id>/figures/<part>")
@needs(Can.ISSUE_REPORTS)
@personal
def draft_part(edition_id: uuid.UUID, part: str) -> str:
    found = _draft(edition_id)
    return page_of_part(found, part, _ways(found))


def _draft(edition_id: uuid.UUID) -> Edition:
    """What is built and waits for a second person: once issued, it is read where everyone reads it."""
    found = edition_with_id(edition_id)
    is_there = found is not None and found.place == place() and found.state == EditionState.READY
    return found if found is not None and is_there else abort(HTTPStatus.NOT_FOUND)


def _ways(edition: Edition) -> Ways:
    return Ways(
        url_for("reports.draft", edition_id=edition.id),
        partial(url_for, "reports.draft_part", edition_id=edition.id),
    )
