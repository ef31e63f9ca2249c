"""Editions: those that are public, those in work, and what overlaps with a period."""

import uuid
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, exists, func, or_, select
from sqlalchemy.orm import undefer

from oversight.casework.models import Complaint
from oversight.figures.periods import Period
from oversight.kit.db import session
from oversight.kit.paging import Page, keyset_page
from oversight.reports.models import Edition, EditionPdf, EditionState

WORK_ENDS_AFTER = timedelta(minutes=5)
"""Without a sign of life for so long, whoever was building an edition is taken to be gone."""


def issued_editions(place: str, after: str | None = None, size: int = 20) -> Page[Edition]:
    """Every edition that was issued, the newest first, without what it says."""
    return keyset_page(_issued(place), (Edition.issued_at.desc(), Edition.id.desc()), after, size)


def issued_edition(place: str, period: str, number: int | None = None) -> Edition | None:
    """An issued edition of a period with all it says: the one of that number, or the last one."""
    wanted = _issued(place).where(Edition.period == period).options(undefer(Edition.content))
    if number is not None:
        wanted = wanted.where(Edition.number == number)
    return session().scalars(wanted.order_by(Edition.number.desc()).limit(1)).first()


def latest_edition(place: str) -> Edition | None:
    """The edition that speaks of the latest days; of its period, the last correction."""
    issued = session().scalars(_issued(place)).all()
    newest = max(issued, key=lambda each: (Period.parse(each.period).last, each.number), default=None)
    return issued_edition(place, newest.period) if newest else None


def editions_in_work(place: str) -> Sequence[Edition]:
    """Those being built, waiting for a second person, or refused: the newest first."""
    wanted = select(Edition).where(Edition.place == place, Edition.state != EditionState.ISSUED)
    return session().scalars(wanted.order_by(Edition.id.desc()).limit(100)).all()


def edition_with_id(edition_id: uuid.UUID) -> Edition | None:
    """One edition, whatever its state."""
    return session().get(Edition, edition_id)


def pdf_of(edition: Edition, lang: str) -> EditionPdf | None:
    """An edition's PDF in one language, with its bytes."""
    wanted = select(EditionPdf).where(EditionPdf.edition_id == edition.id, EditionPdf.lang == lang)
    return session().scalars(wanted.options(undefer(EditionPdf.body))).one_or_none()


class Printed(NamedTuple):
    """What is told of a PDF beside the way to it; `size` in bytes."""

    lang: str
    size: int
    sha256: str


def printed(editions: Iterable[Edition]) -> dict[uuid.UUID, list[Printed]]:
    """The PDFs of those editions, by the edition's id, without their bytes."""
    ids = [edition.id for edition in editions]
    facts = (EditionPdf.edition_id, EditionPdf.lang, func.length(EditionPdf.body), EditionPdf.sha256)
    found: dict[uuid.UUID, list[Printed]] = {each: [] for each in ids}
    wanted = select(*facts).where(EditionPdf.edition_id.in_(ids)).order_by(EditionPdf.lang)
    for edition_id, *told in session().execute(wanted):
        found[edition_id].append(Printed(*told))
    return found


def issued_pdf(place: str, period: str, number: int, lang: str) -> EditionPdf | None:
    """The PDF of an issued edition in one language, with its bytes."""
    issued = _issued(place).where(Edition.period == period, Edition.number == number)
    edition = session().scalars(issued).one_or_none()
    return pdf_of(edition, lang) if edition else None


def periods_issued(place: str) -> list[Period]:
    """Every period of which there is an issued edition, the latest first."""
    names = session().scalars(_issued(place).with_only_columns(Edition.period).distinct())
    return sorted(map(Period.parse, names), key=_lateness, reverse=True)


def periods_to_report(*, on: date) -> list[Period]:
    """Every year, half and quarter that was over by that day and in which a file was received."""
    names = {name for quarter in _quarters_with_files(on) for name in _periods_around(quarter.first)}
    over = (period for period in map(Period.parse, names) if period.is_over(on=on))
    return sorted(over, key=_lateness, reverse=True)


def _quarters_with_files(on: date) -> list[Period]:
    """The quarters that were over by that day and in which a file was received.

    Of each one look into the index of days tells, however many files there are.
    """
    first = session().scalar(select(func.min(Complaint.received_on)))
    years = range(first.year, on.year + 1) if first else range(0)
    quarters = [Period.parse(f"{year}-Q{number}") for year in years for number in range(1, 5)]
    over = [quarter for quarter in quarters if quarter.is_over(on=on)]
    received = [exists().where(Complaint.received_on.between(each.first, each.last)) for each in over]
    found = session().execute(select(*received)).one() if received else ()
    return [quarter for quarter, has_files in zip(over, found, strict=True) if has_files]


def editions_to_build(*, at: datetime) -> list[tuple[uuid.UUID, datetime | None]]:
    """Editions that nobody has begun to build, or whose builder gave no sign of life since the time told."""
    left = or_(Edition.worked_at.is_(None), Edition.worked_at < at - WORK_ENDS_AFTER)
    wanted = select(Edition.id, Edition.worked_at).where(Edition.state == EditionState.BUILDING, left)
    return [(edition_id, seen) for edition_id, seen in session().execute(wanted.order_by(Edition.id))]


def issued_beside(place: str, period: Period) -> list[Edition]:
    """Issued editions about the years of the period, the year before and the year after, as they were issued.

    Also those that share no day with it: two quarters tell of each other once their half-year is out, and
    what stood at the end of one year is what the next begins with. No cell of a table and no list says more
    of other days than that, and each edition was attacked together with those beside it; so of decades of
    editions, three years are read whole. Numbers left out that run from the beginning of time are held
    against those of all other editions too: see `issued_elsewhere`.
    """
    return _with_releases(_issued(place).where(_about(period)))


def issued_elsewhere(place: str, period: Period, *, since: datetime | None = None) -> list[Edition]:
    """All other issued editions, as they were issued; only those issued `since` then, if that is given."""
    others = _issued(place).where(~_about(period))
    return _with_releases(others if since is None else others.where(Edition.issued_at >= since))


def _about(period: Period) -> ColumnElement[bool]:
    years = (period.first.year - 1, *period.years(), period.last.year + 1)
    return or_(*(Edition.period.startswith(f"{year}") for year in years))


def _with_releases(wanted: Select[Edition]) -> list[Edition]:
    ordered = wanted.options(undefer(Edition.releases_sealed)).order_by(Edition.issued_at, Edition.id)
    return list(session().scalars(ordered))


def _periods_around(day: date) -> tuple[str, str, str]:
    half, quarter = (day.month + 5) // 6, (day.month + 2) // 3
    return f"{day.year}", f"{day.year}-H{half}", f"{day.year}-Q{quarter}"


def _lateness(period: Period) -> tuple[date, timedelta]:
    """Of two that end on the same day the longer one counts as later."""
    return period.last, period.last - period.first


def _issued(place: str) -> Select[Edition]:
    return select(Edition).where(
        Edition.place == place, Edition.state == EditionState.ISSUED, Edition.issued_at.is_not(None)
    )
