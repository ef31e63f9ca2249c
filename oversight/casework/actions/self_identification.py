"""What people say of themselves after filing, kept apart from the file and those who handle it."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import select

from oversight import ledger
from oversight.casework.models import Party, SelfIdentificationRecord
from oversight.kit.db import session


def identify_oneself(
    party: Party, chosen: Sequence[str], *, standard: str, on: date, at: datetime
) -> SelfIdentificationRecord:
    """Keep what a party chose, in place of what they chose earlier. The file's own history does not show it.

    `chosen` are codes of the standard's categories; the ledger learns that there was an answer, never which.
    """
    known = select(SelfIdentificationRecord).where(SelfIdentificationRecord.party_id == party.id)
    record = session().scalar(known)
    if record is None:
        record = SelfIdentificationRecord(party_id=party.id, standard=standard, on=on)
        session().add(record)
    record.standard, record.on = standard, on
    record.answers = {"identity": sorted(chosen)}
    ledger.record(
        "self_identification.kept",
        actor=ledger.Actor.party(party.id),
        subject=f"self_identification:{record.id}",
        at=at,
    )
    return record
