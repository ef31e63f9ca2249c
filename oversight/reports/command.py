"""What `oversight report` does: a report without an edition, an edition by two people, the list of them."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from oversight.accounts.models import User
from oversight.accounts.queries import person_with_email
from oversight.figures.periods import Period
from oversight.kit import clock
from oversight.kit.db import writing
from oversight.kit.i18n import DEFAULT
from oversight.reports.actions import (
    begin_building,
    issue_edition,
    propose_edition,
    refuse_period,
    refuse_without_power,
)
from oversight.reports.building import draft, finish_building
from oversight.reports.models import Edition, EditionState
from oversight.reports.printing import pdf_of
from oversight.reports.queries import edition_with_id, editions_in_work, issued_editions
from oversight.reports.queries import pdf_of as kept_pdf
from oversight.reports.refusals import CannotReport
from oversight.rules.jurisdictions import rulebooks_of
from oversight.rules.words import N_
from oversight.settings import Settings

Tell = Callable[[int], None]


def print_draft(period: Period, lang: str, settings: Settings, *, tell: Tell) -> bytes:
    """The PDF of a period as things stand, which says that nobody has issued it. Raises CannotReport."""
    refuse_period(period, place=settings.place, at=clock.now())
    content = draft(period, settings.place, demo=settings.demo, tell=tell)
    return pdf_of(content, lang, issued=False)


def issue(
    period: Period, by: str, approved_by: str, changes: Mapping[str, str], settings: Settings, *, tell: Tell
) -> Edition:
    """Propose, build and issue an edition in the names of two people. Raises CannotReport."""
    proposer, approver = _person(by), _person(approved_by)
    if proposer.id == approver.id:
        raise CannotReport(N_("The person who approves an edition is not the one who proposes it."))
    refuse_without_power(approver)
    with writing():
        edition_id = propose_edition(
            period, by=proposer, at=clock.now(), place=settings.place, demo=settings.demo, changes=changes
        ).id
        # In the same transaction, before a worker can see that there is something to build.
        begin_building(edition_id, at=clock.now())
    finish_building(edition_id, tell=tell)
    built = edition_with_id(edition_id)
    if built is None or built.state != EditionState.READY:
        raise CannotReport(N_("It was not built: %(problem)s"), problem=_problem(built))
    with writing():
        return issue_edition(edition_id, by=approver, at=clock.now())


def keep_pdf(edition: Edition, lang: str, path: Path) -> None:
    """Write the edition's own PDF to a file."""
    found = kept_pdf(edition, lang)
    path.write_bytes(found.body if found else b"")


def listed(settings: Settings) -> Iterator[str]:
    """A line for each edition: those in work, then those issued, the newest first."""
    zone = rulebooks_of(settings.place)[0].time_zone
    for edition in editions_in_work(settings.place):
        yield f"{_named(edition)}  {edition.state} ({edition.progress}%)  {_problem(edition)}".rstrip()
    after: str | None = None
    while True:
        page = issued_editions(settings.place, after)
        for edition in page.rows:
            day = clock.local_date(edition.issued_at or edition.proposed_at, zone)
            yield f"{_named(edition)}  issued on {day}  {edition.content_sha256}"
        if page.after is None:
            return
        after = page.after


def _person(email: str) -> User:
    person = person_with_email(email)
    if person is None:
        raise CannotReport(N_("Nobody here signs in as %(email)s."), email=email)
    return person


def _problem(edition: Edition | None) -> str:
    return ((edition.problem if edition else None) or {}).get(DEFAULT, "")


def _named(edition: Edition) -> str:
    return f"{edition.period:8} edition {edition.number}"
