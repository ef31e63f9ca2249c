"""Which files of a history are here already, and whether anybody has touched them since."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import exists, select

from oversight.casework.models import Complaint, FileEvent, ImportBatch, ImportedFile
from oversight.kit.db import session

NOT_A_CHANGE = ("imported", "uncovered")
"""Kinds of history that leave a file as its export told it."""


@dataclass(frozen=True)
class Here:
    """A file that was brought in before, as it stands now."""

    complaint_id: uuid.UUID
    past_id: uuid.UUID
    version: int
    digest: bytes
    touched: bool


def files_here_already(source: str, numbers: Sequence[str]) -> dict[str, Here]:
    """The files of that history that are here, by the number that office gave them."""
    touched = exists().where(FileEvent.complaint_id == Complaint.id, FileEvent.kind.not_in(NOT_A_CHANGE))
    wanted = (
        select(
            Complaint.former_number,
            Complaint.id,
            ImportedFile.id,
            Complaint.version,
            ImportedFile.digest,
            touched,
        )
        .join(ImportedFile, ImportedFile.complaint_id == Complaint.id)
        .where(Complaint.source == source, Complaint.former_number.in_(numbers))
    )
    found = session().execute(wanted)
    return {row[0]: Here(row[1], row[2], row[3], row[4], row[5]) for row in found if row[0]}


def unfinished_batch(source: str, mapping_digest: str, inputs: Mapping[str, str]) -> ImportBatch | None:
    """The same export by the same mapping, begun and cut off before its end."""
    begun = select(ImportBatch).where(ImportBatch.source == source, ImportBatch.finished_at.is_(None))
    for batch in session().scalars(begun.order_by(ImportBatch.id.desc())):
        if (batch.mapping_digest, batch.inputs) == (mapping_digest, dict(inputs)):
            return batch
    return None
