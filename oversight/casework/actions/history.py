"""How every action leaves its trace: the file's history, the ledger's entry, and a risen version."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import inspect

from oversight import ledger
from oversight.casework.acting import Acting
from oversight.casework.models import Complaint, FileEvent
from oversight.kit.db import Stale, session


def check_version(complaint: Complaint, seen_version: int) -> None:
    """Raise Stale unless the file is as it was on the page that was sent."""
    lock_file(complaint)
    if complaint.version != seen_version:
        raise Stale


def lock_file(complaint: Complaint) -> None:
    """Lock the file: what is read of it from here on is of this version, and nobody else changes it.

    Before anything else is locked, so that two who are at one file never wait for each other.
    """
    # All its columns: with the version alone, what was read before the wait would pass for how it stands now.
    session().refresh(complaint, inspect(Complaint).columns.keys(), with_for_update=True)


def write_history(
    complaint: Complaint,
    kind: str,
    what: str,
    *,
    by: Acting,
    at: datetime,
    moved: tuple[str, str] | None = None,
    details: Mapping[str, Any] | None = None,
    codes: Mapping[str, Any] | None = None,
) -> FileEvent:
    """Add one line to a file's history, and to the ledger.

    `details` are what was typed, sealed with the file; `codes` are ids and codes only, for the ledger.
    """
    event = FileEvent(
        complaint_id=complaint.id,
        at=at,
        kind=kind,
        what=what,
        actor_kind=by.actor.kind,
        actor_id=by.actor.id,
        from_state=moved[0] if moved else None,
        to_state=moved[1] if moved else None,
    )
    if details:
        event.details = dict(details)
    session().add(event)
    complaint.touch(at)
    states = {"from": moved[0], "to": moved[1]} if moved else {}
    ledger.record(
        f"file.{kind}.{what}", actor=by.actor, subject=complaint.subject, at=at, **states, **(codes or {})
    )
    return event
