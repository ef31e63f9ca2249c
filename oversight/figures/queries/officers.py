"""How many allegations there were of each officer that an office knows across its files."""

from collections import Counter

from sqlalchemy import func, select

from oversight.casework.models import Allegation, Complaint, Party
from oversight.figures.queries.files import Condition
from oversight.kit.db import session
from oversight.rules.findings import Subject

OFFICERS = (Subject.KNOWN_OFFICER, Subject.DESCRIBED_OFFICER, Subject.UNKNOWN_OFFICER, Subject.CHIEF)


def officers_by_allegations(counted: Condition) -> tuple[Counter[int], int]:
    """(number of allegations → officers with so many, allegations of officers not known across files)."""
    of_officers = Allegation.subject_kind.in_(OFFICERS)
    each = (
        select(Party.known_as, func.count().label("number"))
        .select_from(Allegation)
        .join(Complaint, Allegation.complaint_id == Complaint.id)
        .outerjoin(Party, Allegation.subject_id == Party.id)
        .where(counted, of_officers)
        .group_by(Party.known_as)
        .subquery()
    )
    is_known = each.c.known_as.is_not(None)
    grouped = select(is_known, each.c.number, func.count()).group_by(is_known, each.c.number)
    by_number: Counter[int] = Counter()
    unknown = 0
    for known, number, count in session().execute(grouped):
        if known:
            by_number[number] = count
        else:
            unknown = number
    return by_number, unknown
