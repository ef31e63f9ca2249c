"""The only writers of editions. Each runs in its caller's transaction, with its entry in the ledger."""

import hashlib
import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from oversight import ledger
from oversight.accounts.models import User
from oversight.figures.periods import Period
from oversight.figures.queries.files import number_of_files, received_in
from oversight.kit.clock import local_date
from oversight.kit.db import Stale, session
from oversight.kit.i18n import LANGUAGES
from oversight.ledger import Actor
from oversight.reports.canonical import sha256_of
from oversight.reports.models import Edition, EditionPdf, EditionState
from oversight.reports.queries import issued_beside, issued_edition, issued_elsewhere
from oversight.reports.refusals import CannotReport
from oversight.reports.releasing import tells_of_running
from oversight.rules.jurisdictions import rulebooks_of
from oversight.rules.roles import Can
from oversight.rules.words import N_

Texts = Mapping[str, str]


def propose_edition(
    period: Period,
    *,
    by: User,
    at: datetime,
    place: str,
    demo: bool,
    message: Texts | None = None,
    changes: Texts | None = None,
) -> Edition:
    """Ask for an edition, which is then built off the request. Raises CannotReport.

    `message` from the director: "en", "fr" and "by", the name that signs it. `changes`, in "en" and "fr",
    is what a correction has to say; texts are paragraphs divided by empty lines.
    """
    refuse_without_power(by)
    refuse_period(period, place=place, at=at)
    edition = Edition(
        place=place,
        period=period.name,
        number=1,
        state=EditionState.BUILDING,
        message=dict(message or {}),
        demo=demo,
        paper=rulebooks_of(place)[0].office.paper,
        proposed_by_id=by.id,
        proposed_at=at,
    )
    _add_once(edition)
    _follow_what_was_issued(edition, _texts(changes))
    _record(edition, "proposed", by.actor, at, period=edition.period, number=edition.number)
    return edition


def refuse_period(period: Period, *, place: str, at: datetime) -> None:
    """Raise CannotReport unless the period is over and has files."""
    if period.is_everything:
        raise CannotReport(N_("A report is about a year, a half of one or a quarter."))
    today = _day(at, place)
    if period.first > today:
        raise CannotReport(N_("%(period)s has not begun."), period=period.name)
    if not period.is_over(on=today):
        raise CannotReport(
            N_("%(period)s ends on %(day)s; until then its figures can still change."),
            period=period.name,
            day=period.last,
        )
    if not number_of_files(received_in(period)):
        raise CannotReport(N_("No complaint was received in %(period)s."), period=period.name)


def begin_building(edition_id: uuid.UUID, *, at: datetime, seen: datetime | None = None) -> Edition | None:
    """Take an edition in hand; None if there is nothing (more) to build of it. Raises Stale.

    `seen` is the last sign of life there was of whoever began before: None too if there was another since.
    """
    edition = session().get(Edition, edition_id, with_for_update=True)
    if edition is None or edition.state != EditionState.BUILDING or edition.worked_at != seen:
        return None
    edition.begun_at = edition.begun_at or at
    edition.progress = 0
    edition.touch(at)
    return edition


def note_progress(edition_id: uuid.UUID, progress: int, *, at: datetime) -> None:
    """Say how far it is. Raises Stale if it is not being built any more."""
    edition = _building(edition_id)
    edition.progress = progress
    edition.touch(at)


def keep_built(
    edition_id: uuid.UUID,
    content: dict[str, Any],
    releases: Any,
    attacked_with: list[str],
    pdfs: Mapping[str, bytes],
    *,
    at: datetime,
) -> Edition:
    """Freeze what was built; it waits for a second person. Raises Stale if it is not being built any more."""
    edition = _building(edition_id)
    edition.content, edition.content_sha256 = content, sha256_of(content)
    edition.releases, edition.attacked_with = releases, attacked_with
    for lang, body in pdfs.items():
        sha256 = hashlib.sha256(body).hexdigest()
        session().add(EditionPdf(edition_id=edition.id, lang=lang, body=body, sha256=sha256))
    edition.state, edition.progress = EditionState.READY, 100
    edition.touch(at)
    _record(edition, "built", Actor.system(), at, content_sha256=edition.content_sha256)
    return edition


def refuse_edition(edition_id: uuid.UUID, problem: dict[str, str], *, at: datetime) -> None:
    """End a build that can't become an edition, with the reason in each language."""
    edition = _building(edition_id)
    edition.state, edition.problem = EditionState.REFUSED, problem
    edition.touch(at)
    _record(edition, "refused", Actor.system(), at)


def issue_edition(edition_id: uuid.UUID, *, by: User, at: datetime) -> Edition:
    """Make an edition public, as its second person. Raises CannotReport."""
    edition = _edition_while_no_other_is_issued(edition_id)
    refuse_without_power(by)
    if edition.state == EditionState.ISSUED:
        raise CannotReport(
            N_("%(period)s was issued on %(day)s already."),
            period=edition.period,
            day=_day(edition.issued_at or at, edition.place),
        )
    if edition.state != EditionState.READY:
        raise CannotReport(N_("This edition is not ready."))
    if by.id == edition.proposed_by_id:
        raise CannotReport(N_("You proposed this, so someone else must decide."))
    _refuse_overtaken(edition, at)
    edition.state = EditionState.ISSUED
    edition.approved_by_id, edition.issued_at = by.id, at
    edition.touch(at)
    hashes = {f"pdf_sha256_{pdf.lang}": pdf.sha256 for pdf in edition.pdfs}
    told = {"content_sha256": edition.content_sha256, "proposed_by": edition.proposed_by_id, **hashes}
    _record(edition, "issued", by.actor, at, period=edition.period, number=edition.number, **told)
    return edition


def discard_edition(edition_id: uuid.UUID, *, by: User, at: datetime) -> None:
    """Do away with an edition that was never issued; what is left of it is the ledger's entry."""
    edition = _edition(edition_id)
    refuse_without_power(by)
    if edition.state == EditionState.ISSUED:
        raise CannotReport(N_("An issued edition stays. To put something right, propose a correction."))
    _record(edition, "discarded", by.actor, at, period=edition.period, number=edition.number)
    session().execute(delete(EditionPdf).where(EditionPdf.edition_id == edition.id))
    session().expire(edition, ["pdfs"])
    session().delete(edition)


def _refuse_overtaken(edition: Edition, at: datetime) -> None:
    """What was issued since it was built could give its hidden numbers away, or be the same edition."""
    period = Period.parse(edition.period)
    refuse_period(period, place=edition.place, at=at)
    issued = issued_beside(edition.place, period)
    elsewhere = issued_elsewhere(edition.place, period, since=edition.proposed_at)
    threshold = rulebooks_of(edition.place)[0].small_numbers.threshold
    was_not_tried = [str(each.id) for each in issued] != edition.attacked_with
    if was_not_tried or tells_of_running(edition, elsewhere, threshold):
        raise CannotReport(
            N_(
                "Another edition about the same time was issued since this one was built, so the two were "
                "not tried together. Discard this one and propose it again."
            )
        )
    if edition.content is None or sha256_of(edition.content) != edition.content_sha256:
        raise CannotReport(N_("What this edition says was changed after it was built. Discard it."))


def _edition(edition_id: uuid.UUID) -> Edition:
    edition = session().get(Edition, edition_id, with_for_update=True)
    if edition is None:
        raise CannotReport(N_("This edition is not there any more."))
    return edition


def _edition_while_no_other_is_issued(edition_id: uuid.UUID) -> Edition:
    """The edition, when whoever is just issuing another has done so: else neither would know of the other."""
    ready = select(Edition.id).where(Edition.state == EditionState.READY)
    session().execute(ready.order_by(Edition.id).with_for_update())
    return _edition(edition_id)


def _building(edition_id: uuid.UUID) -> Edition:
    edition = session().get(Edition, edition_id, with_for_update=True)
    if edition is None or edition.state != EditionState.BUILDING:
        raise Stale
    return edition


def refuse_without_power(person: User) -> None:
    """Raise CannotReport unless the person may propose and approve editions at this moment."""
    if not (person.active and person.can(Can.ISSUE_REPORTS)):
        raise CannotReport(N_("Only a publisher or a director may do this."))


def _texts(given: Texts | None) -> dict[str, str]:
    """The text in each language; nothing at all unless it is there in all of them."""
    texts = {language: (given or {}).get(language, "").strip() for language in LANGUAGES}
    return texts if all(texts.values()) else {}


def _add_once(edition: Edition) -> None:
    try:
        with session().begin_nested():
            session().add(edition)
    except IntegrityError as error:
        raise CannotReport(
            N_("An edition of %(period)s is in work already. Issue or discard that one first."),
            period=edition.period,
        ) from error


def _follow_what_was_issued(edition: Edition, changes: dict[str, str]) -> None:
    """Number it after the last one of its period. That is read once it is in work: none is issued any more
    then, and whoever was just issuing one has been waited for."""
    earlier = issued_edition(edition.place, edition.period)
    if earlier is None:
        return
    if not changes:
        raise CannotReport(
            N_("%(period)s was issued on %(day)s; a correction says what changed, in both languages."),
            period=edition.period,
            day=_day(earlier.issued_at or edition.proposed_at, edition.place),
        )
    edition.number, edition.changes = earlier.number + 1, changes


def _day(at: datetime, place: str) -> Any:
    return local_date(at, rulebooks_of(place)[0].time_zone)


def _record(edition: Edition, what: str, actor: Actor, at: datetime, **codes: Any) -> None:
    ledger.record(f"edition.{what}", actor=actor, subject=edition.subject, at=at, **codes)
