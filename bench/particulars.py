"""What the workloads need to know of a kept office: arranged and written down once, when it is made."""

from typing import Any

from sqlalchemy import func, select

from oversight.accounts.models import User
from oversight.casework import acting
from oversight.casework.actions.editing import edit_allegation, read_news
from oversight.casework.actions.filing import issue_receipt
from oversight.casework.actions.messages import add_to_complaint, write_to_party
from oversight.casework.models import Complaint, FileEvent, Party
from oversight.kit.clock import now
from oversight.kit.db import session, writing

RECEIPTS = 60
EVENTS = 200


def noted() -> dict[str, Any]:
    """`receipts`: codes of people all over the office. `busy`: the number of a file with 200 events."""
    with writing() as current:
        parties = current.scalars(
            select(Party).where(Party.receipt_hash.is_not(None)).order_by(Party.receipt_hash).limit(RECEIPTS)
        )
        receipts = [issue_receipt(party, at=now()) for party in parties]
    return {"receipts": receipts, "busy": _busy_file()}


def _busy_file() -> str:
    """Let one file under investigation be written to and about until its history is long."""
    caseworker = select(User).where(User.email == "caseworker@demo.example")
    wanted = select(Complaint).where(Complaint.state == "investigation").order_by(Complaint.number.desc())
    with writing() as current:
        by = acting.person(current.scalars(caseworker).one())
        complaint = current.scalars(wanted.limit(1)).one()
        person = next(party for party in complaint.parties if party.kind == "complainant")
        acts = (
            lambda: add_to_complaint(person, "I remembered one more thing about that evening.", at=now()),
            lambda: read_news(complaint, by=by, at=now()),
            lambda: write_to_party(person, "Thank you, it is on your file now.", by=by, at=now()),
            lambda: edit_allegation(complaint.allegations[0], by=by, at=now(), duty="on", camera="off"),
        )
        known = session().scalar(select(func.count()).where(FileEvent.complaint_id == complaint.id)) or 0
        for number in range(known, EVENTS):
            acts[number % len(acts)]()
            current.flush()
    return complaint.number
