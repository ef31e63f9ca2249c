"""A half-year of another office, and the editions that two people make of it."""

import uuid
from collections.abc import Mapping
from datetime import UTC, date, datetime

from oversight.figures.periods import Period
from oversight.kit.db import writing
from oversight.reports.actions import issue_edition, propose_edition
from oversight.reports.building import build
from oversight.reports.models import Edition
from oversight.reports.queries import edition_with_id
from tests.cast import BEA, PAULA, Person, the
from tests.figures.history import alleged, brought_in, past, person

AT = datetime(2026, 11, 20, 17, 0, tzinfo=UTC)
H1 = Period.parse("2015-H1")
FEBRUARY, MAY, AUGUST = date(2015, 2, 3), date(2015, 5, 4), date(2015, 8, 5)
CHANGES = {"en": "Three complaints were counted twice.", "fr": "Trois plaintes étaient comptées deux fois."}


def a_half_year() -> None:
    """Of black people 30 complaints sustained and 40 not, of white 25 and 45, of green 3 and 20.

    The 40 are of speech, all others of force. 4 more have no allegation, and 30 are of the second half.
    """
    yes, no, speech = (
        alleged("Force", "sustained"),
        alleged("Force", "unfounded"),
        alleged("Speech", "unfounded"),
    )
    brought_in(
        *(past(yes, people=[person("black")], received_on=FEBRUARY) for _ in range(30)),
        *(past(speech, people=[person("black")], received_on=MAY) for _ in range(40)),
        *(past(yes, people=[person("white")], received_on=MAY) for _ in range(25)),
        *(past(no, people=[person("white")], received_on=FEBRUARY) for _ in range(45)),
        *(past(yes, people=[person("green")], received_on=MAY) for _ in range(3)),
        *(past(no, people=[person("green")], received_on=MAY) for _ in range(20)),
        *(past(received_on=MAY) for _ in range(4)),
        *(past(no, people=[person("white")], received_on=AUGUST) for _ in range(30)),
    )


def proposed(
    period: Period = H1, *, by: Person = PAULA, changes: Mapping[str, str] | None = None, at: datetime = AT
) -> uuid.UUID:
    """The id of a proposed edition."""
    proposer = the(by)
    with writing():
        edition = propose_edition(period, by=proposer, at=at, place="alberta", demo=True, changes=changes)
        return edition.id


def built(period: Period = H1, *, changes: Mapping[str, str] | None = None) -> Edition:
    """An edition after its building."""
    edition_id = proposed(period, changes=changes)
    build(edition_id)
    return kept(edition_id)


def issued(period: Period = H1, *, changes: Mapping[str, str] | None = None, at: datetime = AT) -> Edition:
    """An edition that the director has issued."""
    edition, director = built(period, changes=changes), the(BEA)
    assert edition.problem is None, edition.problem
    with writing():
        issue_edition(edition.id, by=director, at=at)
    return kept(edition.id)


def kept(edition_id: uuid.UUID) -> Edition:
    """The edition as the database has it."""
    edition = edition_with_id(edition_id)
    assert edition is not None
    return edition
