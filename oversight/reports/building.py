"""Building an edition off the request: in several small transactions, so that its progress is seen.

A build that is cut off leaves the edition as it was, in the state of being built, and is begun anew.
"""

import uuid
from collections.abc import Callable
from datetime import datetime
from typing import Any

from flask import current_app

from oversight.figures.periods import Period
from oversight.kit import clock
from oversight.kit.db import Stale, one_moment, writing
from oversight.kit.i18n import LANGUAGES
from oversight.reports.actions import begin_building, keep_built, note_progress, refuse_edition
from oversight.reports.document import Asked, written
from oversight.reports.models import Edition
from oversight.reports.printing import pdf_of
from oversight.reports.queries import edition_with_id, issued_beside, issued_elsewhere
from oversight.reports.refusals import CannotReport
from oversight.reports.releasing import as_json, told_before
from oversight.rules.jurisdictions import rulebooks_of

Tell = Callable[[int], None]
"""Told how far it is, from 0 to 100."""

COUNTED, PRINTED = 40, 90


def tell_nobody(_percent: int) -> None:
    """For a build that nobody watches: its progress is in the database."""


def build(edition_id: uuid.UUID, *, seen: datetime | None = None) -> bool:
    """Build one edition; False if somebody else has begun to since it was `seen` to be left."""
    try:
        with writing():
            begun = begin_building(edition_id, at=clock.now(), seen=seen)
    except Stale:
        return False
    if begun is not None:
        finish_building(edition_id)
    return begun is not None


def finish_building(edition_id: uuid.UUID, *, tell: Tell = tell_nobody) -> None:
    """Build an edition that this process has begun to: it is ready or refused afterwards."""
    try:
        try:
            _build(edition_id, tell)
        except CannotReport as refusal:
            with writing():
                refuse_edition(edition_id, refusal.in_each_language(), at=clock.now())
    except Stale:
        # Somebody discarded it meanwhile, or another process took it up and was faster.
        return


def _build(edition_id: uuid.UUID, tell: Tell) -> None:
    def note(percent: int) -> None:
        with writing():
            note_progress(edition_id, percent, at=clock.now())
        tell(percent)

    content, releases, attacked_with = _written(edition_id, tell)
    note(COUNTED)
    pdfs = {}
    for done, lang in enumerate(LANGUAGES, start=1):
        pdfs[lang] = pdf_of(content, lang, issued=True)
        note(COUNTED + (PRINTED - COUNTED) * done // len(LANGUAGES))
    with writing():
        keep_built(edition_id, content, releases, attacked_with, pdfs, at=clock.now())
    tell(100)


def _written(edition_id: uuid.UUID, tell: Tell) -> tuple[dict[str, Any], dict[str, Any], list[str]]:
    """(the document, what it tells whoever reckons, the editions it was attacked with), all of one moment."""
    with one_moment():
        edition = edition_with_id(edition_id)
        if edition is None:
            raise Stale
        period = Period.parse(edition.period)
        before = issued_beside(edition.place, period)
        content, releases, listed = written(
            _asked(edition, period),
            told_before(before, issued_elsewhere(edition.place, period)),
            tell=lambda done, total: tell(COUNTED * done // total),
        )
        return content, as_json(releases, listed), [str(each.id) for each in before]


def _asked(edition: Edition, period: Period) -> Asked:
    book = rulebooks_of(edition.place)[0]
    return Asked(
        period,
        edition.number,
        book,
        clock.today(book.time_zone),
        current_app.config["SETTINGS"].public_url,
        edition.demo,
        edition.message,
        edition.changes,
    )


def draft(period: Period, place: str, *, demo: bool, tell: Tell) -> dict[str, Any]:
    """The document of a period as it would be if its next edition were built now; nothing is kept of it.

    Raises CannotReport.
    """
    book = rulebooks_of(place)[0]
    address = current_app.config["SETTINGS"].public_url
    with one_moment():
        before = issued_beside(place, period)
        number = 1 + max((each.number for each in before if each.period == period.name), default=0)
        asked = Asked(period, number, book, clock.today(book.time_zone), address, demo, {}, {})
        said = told_before(before, issued_elsewhere(place, period))
        content, *_ = written(asked, said, tell=lambda done, total: tell(100 * done // total))
    return content


def rebuilt(edition: Edition) -> dict[str, bytes]:
    """The PDFs of an edition, set anew from what it says: the very bytes that were kept."""
    content = edition.content
    return {} if content is None else {lang: pdf_of(content, lang, issued=True) for lang in LANGUAGES}
