"""Bringing in files of the past, many at a time: no clock starts, nobody is told, one ledger entry a batch.

The rows are written as plain values, for an office brings hundreds of thousands of them.
"""

import uuid
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Table, delete, select, text, update

from oversight import ledger
from oversight.casework.models import (
    Allegation,
    Complaint,
    FileEvent,
    ImportBatch,
    ImportedFile,
    Party,
    PartyIdentity,
    RecordedDemographics,
)
from oversight.casework.models.complaint import NEVER, folded
from oversight.casework.models.party import IDENTITY_FIELDS
from oversight.casework.past import PastAllegation, PastFile, PastParty
from oversight.casework.queries.past_files import Here, unfinished_batch
from oversight.kit.db import Base, Stale, new_id, session
from oversight.kit.rows import insert_rows
from oversight.kit.seal import blind_index
from oversight.ledger import Actor
from oversight.rules.numbers import file_number

SAME_OFFICER = "officer of a history"

TAKE_ORDINALS = text(
    "INSERT INTO file_counter (year, last) VALUES (:year, :wanted) "
    "ON CONFLICT (year) DO UPDATE SET last = file_counter.last + :wanted RETURNING last"
)

NOTHING_KNOWN = dict.fromkeys(f"{name}_sealed" for name in IDENTITY_FIELDS)
"""Rows that are written together have the same columns."""

Rows = dict[type[Base], list[dict[str, Any]]]


def begin_batch(
    source: str,
    title: str,
    *,
    mapping_digest: str,
    inputs: Mapping[str, str],
    rows: Mapping[str, int],
    at: datetime,
) -> ImportBatch:
    """Begin bringing in an export, or go on with the same one where it was cut off.

    `inputs` gives each file's SHA-256 by the name the mapping gives it, `rows` how many were read of it.
    """
    begun = unfinished_batch(source, mapping_digest, inputs)
    if begun is not None:
        return begun
    batch = ImportBatch(
        source=source, title=title, mapping_digest=mapping_digest, inputs=dict(inputs), begun_at=at
    )
    session().add(batch)
    ledger.record(
        "import.batch",
        actor=Actor.system(),
        subject=f"import:{batch.id}",
        at=at,
        source=source,
        mapping=mapping_digest,
        inputs=dict(inputs),
        rows=dict(rows),
    )
    return batch


def finish_batch(batch: ImportBatch, counts: Mapping[str, Any], *, at: datetime) -> None:
    """Note that all of an export is in, and what came of it."""
    batch.counts = dict(counts)
    batch.finished_at = at


def bring_in(files: Sequence[PastFile], batch: ImportBatch, *, place: str, at: datetime) -> None:
    """Write files that are not here yet, each under the next number of the year it was received in."""
    session().flush()
    rows = _no_rows()
    for file, number in zip(files, _numbers(files), strict=True):
        complaint_id = new_id()
        rows[Complaint].append(
            {
                **_facts(file, at),
                "id": complaint_id,
                "number": number,
                "version": 1,
                "place": place,
                "origin": "complaint",
                "entered_at": at,
                "source": batch.source,
                "former_number": file.number,
                "former_key": folded(file.number),
                "next_due_on": NEVER,
                "departed": False,
                "has_news": False,
                "narrative_sealed": Complaint.narrative.sealed_for(complaint_id, file.narrative or None),
            }
        )
        rows[ImportedFile].append(_provenance(file, complaint_id, batch, new_id()))
        _write_parts(rows, file, complaint_id, batch.source, "brought_in", at)
    _insert(rows)


def bring_up_to_date(changed: Iterable[tuple[Here, PastFile]], batch: ImportBatch, *, at: datetime) -> None:
    """Write files anew that are here already and that nobody here has touched; their numbers stay.

    Raises Stale where somebody touched one since it was looked at.
    """
    session().flush()
    rows = _no_rows()
    complaint, past = _table(Complaint), _table(ImportedFile)
    for here, file in changed:
        facts = _facts(file, at)
        facts["narrative_sealed"] = Complaint.narrative.sealed_for(here.complaint_id, file.narrative or None)
        unchanged = (complaint.c.id == here.complaint_id, complaint.c.version == here.version)
        raised = update(complaint).where(*unchanged).values(**facts, version=here.version + 1)
        if session().execute(raised).rowcount != 1:  # type: ignore[attr-defined]  # an UPDATE's result has it
            raise Stale
        kept = _provenance(file, here.complaint_id, batch, here.past_id)
        session().execute(update(past).where(past.c.id == here.past_id).values(**kept))
        _take_parts_away(here.complaint_id)
        _write_parts(rows, file, here.complaint_id, batch.source, "brought_up_to_date", at)
    _insert(rows)


def _numbers(files: Sequence[PastFile]) -> list[str]:
    """The next number of each file's year, taken in this transaction as every number is."""
    wanted = Counter(file.received_on.year for file in files)
    given = {}
    for year, count in sorted(wanted.items()):
        last = session().execute(TAKE_ORDINALS, {"year": year, "wanted": count}).scalar_one()
        given[year] = iter(range(last - count + 1, last + 1))
    return [file_number(file.received_on.year, next(given[file.received_on.year])) for file in files]


def _facts(file: PastFile, at: datetime) -> dict[str, Any]:
    """What a file's row says of it and another export may correct."""
    return {
        "rulebook": file.rulebook,
        "state": file.state,
        "channel": file.channel,
        "received_on": file.received_on,
        "updated_at": at,
        "language": file.language,
        "level": file.level,
        "happened_on": file.happened_on,
        "happened_precision": file.happened_precision,
        "area": file.area,
        "context": file.context,
        "duty": file.duty,
        "bias_alleged": file.bias_alleged,
        "ended_on": file.ended_on if file.has_ended else None,
        "ended_as": file.state if file.has_ended else None,
        # Whoever asks for another look at a file of the past asks late, and says why.
        "reconsiderable_until": (file.ended_on or file.received_on) if file.has_ended else None,
    }


def _provenance(
    file: PastFile, complaint_id: uuid.UUID, batch: ImportBatch, past_id: uuid.UUID
) -> dict[str, Any]:
    return {
        "id": past_id,
        "complaint_id": complaint_id,
        "batch_id": batch.id,
        "digest": file.digest,
        "flags": [str(flag) for flag in file.flags],
        "words_sealed": ImportedFile.words.sealed_for(past_id, dict(file.words) or None),
    }


def _write_parts(
    rows: Rows, file: PastFile, complaint_id: uuid.UUID, source: str, what: str, at: datetime
) -> None:
    ordinals: Counter[str] = Counter()
    for person in file.people:
        ordinals[person.kind] += 1
        _write_party(rows, person, complaint_id, ordinals[person.kind], source)
    officers = [
        _write_party(rows, officer, complaint_id, place, source)
        for place, officer in enumerate(file.officers, 1)
    ]
    for place, allegation in enumerate(file.allegations, 1):
        subject = None if allegation.officer is None else officers[allegation.officer]
        rows[Allegation].append(_allegation(allegation, complaint_id, place, subject))
    rows[FileEvent].append(
        {
            "id": new_id(),
            "complaint_id": complaint_id,
            "at": at,
            "kind": "imported",
            "what": what,
            "actor_kind": "system",
        }
    )


def _write_party(
    rows: Rows, person: PastParty, complaint_id: uuid.UUID, ordinal: int, source: str
) -> uuid.UUID:
    party_id = new_id()
    known = dict(person.identity)
    if person.known_by:
        known.setdefault("badge", person.known_by)
    rows[Party].append(
        {
            "id": party_id,
            "complaint_id": complaint_id,
            "kind": person.kind,
            "ordinal": ordinal,
            "language": person.language,
            # An address from an export carries nobody's consent to be written to.
            "anonymous": False,
            "consent_to_mail": False,
            "has_email": "email" in known,
            "has_other_contact": "phone" in known or "address" in known,
            "subject_kind": person.subject_kind,
            "known_as": _known_as(person, source),
        }
    )
    if known:
        rows[PartyIdentity].append(_identity(party_id, known))
    if person.demographics:
        rows[RecordedDemographics].append(_demographics(party_id, person))
    return party_id


def _known_as(person: PastParty, source: str) -> bytes | None:
    return blind_index(f"{source}:{person.known_by}", SAME_OFFICER) if person.known_by else None


def _identity(party_id: uuid.UUID, known: Mapping[str, str]) -> dict[str, Any]:
    row_id = new_id()
    sealed = {
        f"{name}_sealed": getattr(PartyIdentity, name).sealed_for(row_id, told)
        for name, told in known.items()
    }
    return {**NOTHING_KNOWN, **sealed, "id": row_id, "party_id": party_id}


def _demographics(party_id: uuid.UUID, person: PastParty) -> dict[str, Any]:
    row_id, told = new_id(), person.demographics
    answers = {
        "race_words": list(told.race_words),
        "race_codes": list(told.race_codes),
        "gender": told.gender,
        "age": told.age,
    }
    return {
        "id": row_id,
        "party_id": party_id,
        "race_source": str(told.race_source),
        "answers_sealed": RecordedDemographics.answers.sealed_for(row_id, answers),
    }


def _allegation(
    told: PastAllegation, complaint_id: uuid.UUID, ordinal: int, subject_id: uuid.UUID | None
) -> dict[str, Any]:
    return {
        "id": new_id(),
        "complaint_id": complaint_id,
        "ordinal": ordinal,
        "code": told.code,
        "subject_kind": told.subject_kind,
        "subject_id": subject_id,
        "duty": told.duty,
        "context": told.context,
        "camera": told.camera,
        "bias_kinds": list(told.bias_kinds),
        "level": told.level,
        "status": told.status,
        "ended_on": told.ended_on,
        "ground": told.ground,
        "finding": told.finding,
        "corrective_imposed": told.corrective,
        "own_code": told.own_code or None,
        "own_finding": told.own_finding or None,
        "own_corrective": told.own_corrective or None,
    }


def _take_parts_away(complaint_id: uuid.UUID) -> None:
    """Take away what an earlier export said of a file's people and allegations: this one says it anew."""
    parties = select(Party.id).where(Party.complaint_id == complaint_id)
    session().execute(delete(Allegation).where(Allegation.complaint_id == complaint_id))
    for model in (PartyIdentity, RecordedDemographics):
        session().execute(delete(model).where(model.party_id.in_(parties)))
    session().execute(delete(Party).where(Party.complaint_id == complaint_id))


def _no_rows() -> Rows:
    """Nothing of anything yet, in the order in which rows may refer to each other."""
    order = (Complaint, ImportedFile, Party, PartyIdentity, RecordedDemographics, Allegation, FileEvent)
    return {model: [] for model in order}


def _insert(rows: Rows) -> None:
    for model, values in rows.items():
        insert_rows(_table(model), values)


def _table(model: type[Base]) -> Table:
    table = model.__table__
    assert isinstance(table, Table)
    return table
