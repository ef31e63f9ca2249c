"""Receiving a complaint: one form makes one file, with its number, receipt, first allegation and clocks."""

import hashlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import delete, text, update

from oversight.casework import acting
from oversight.casework.acting import CLOCKWORK, Acting
from oversight.casework.actions.clocks import start_clocks
from oversight.casework.actions.history import write_history
from oversight.casework.actions.steps import take_step
from oversight.casework.models import Allegation, Clock, Complaint, Party, PartyIdentity, Submission
from oversight.casework.models.complaint import NUMBER_LENGTH
from oversight.kit.db import session
from oversight.kit.rows import insert_new
from oversight.rules import receipts
from oversight.rules.findings import Subject
from oversight.rules.jurisdictions import rulebook_in_force
from oversight.rules.numbers import file_number
from oversight.rules.rulebook import Rulebook

CONTACT_FIELDS = ("name", "email", "phone", "address", "safe_contact", "support")
PEOPLE = frozenset(Subject) - {Subject.SERVICE, Subject.POLICY}

RECEIPT_SHOWN_FOR = timedelta(hours=1)
"""How long a receipt code can be read again, unless its reader says sooner that they have kept it."""

FORM_KNOWN_FOR = timedelta(days=30)
"""How long a form that is sent again, from a tab left open, is known to have made its file."""

TAKE_ORDINAL = text(
    "INSERT INTO file_counter (year, last) VALUES (:year, 1) "
    "ON CONFLICT (year) DO UPDATE SET last = file_counter.last + 1 RETURNING last"
)


@dataclass(frozen=True)
class Filing:
    """One form, filled in. `answers` by field name, already checked by the form; days are ISO text.

    `form_key` names the form that was sent: none is filed twice. `origin` other than "complaint" (own motion,
    referral, notice by the service) needs a written basis and has no complainant.
    """

    answers: Mapping[str, Any]
    form_key: str
    received_on: date
    place: str
    language: str = "en"
    channel: str = "web"
    origin: str = "complaint"
    origin_basis: str = ""

    @property
    def digest(self) -> bytes:
        """What tells two submissions with the same key apart. The key, which nobody stores, salts it."""
        told = json.dumps([self.form_key, self.origin, self.origin_basis, self.answers], sort_keys=True)
        return hashlib.sha256(told.encode()).digest()


def hash_of_key(form_key: str) -> bytes:
    """A form key as it is stored."""
    return hashlib.sha256(form_key.encode()).digest()


def file_complaint(filing: Filing, *, by: Acting | None, at: datetime) -> Submission:
    """Make a file of a filled-in form.

    `by` is the member of staff who entered it, or None where the person did so. Raises NoRulebook where no
    law is in force for that day. Whoever calls has seen that the form was not sent before; where two did so
    at once, the database refuses the second.
    """
    book = rulebook_in_force(filing.place, filing.received_on)
    complaint = _complaint(filing, book, by, at)
    start_clocks(complaint, book.starts_at_filing, on=filing.received_on)
    submission = _submission(complaint, filing, at)
    _insert(complaint, submission)
    # As late as can be, with all else written: from here on, whoever else files waits for this one.
    complaint.number = _next_number(filing.received_on.year)
    _write_first_lines(complaint, filing, by=by, at=at)
    return submission


def issue_receipt(party: Party, *, at: datetime) -> str:
    """Give a party a receipt code. Only its digest is kept, so an earlier code stops working."""
    code = receipts.new_code(secrets.token_bytes(receipts.RANDOM_BYTES))
    party.receipt_hash = receipts.digest(code)
    party.receipt_issued_at = at
    return code


def forget_receipt(submission: Submission) -> None:
    """Forget the code itself: whoever was to keep it has kept it."""
    submission.receipt = None


def forget_shown_receipts(*, before: datetime) -> int:
    """Forget the codes sent before then, and the submissions a month later; return how many codes."""
    session().execute(delete(Submission).where(Submission.at < before - FORM_KNOWN_FOR))
    shown = update(Submission).where(Submission.at < before, Submission.receipt_sealed.is_not(None))
    done = session().execute(shown.values(receipt_sealed=None))
    return int(done.rowcount)  # type: ignore[attr-defined]  # an UPDATE's result always has it


def _insert(complaint: Complaint, submission: Submission) -> None:
    """Write a new file, whole but for its number: a burst of filings is when every statement counts."""
    # In the number's place until it is known, and never committed: no two are alike.
    complaint.number = complaint.id.hex[-NUMBER_LENGTH:]
    parts: list[Party | Allegation | Clock] = [
        *complaint.parties,
        *complaint.allegations,
        *complaint.clocks,
    ]
    for part in parts:
        part.complaint_id = complaint.id
    identities = [party.identity for party in complaint.parties if party.identity]
    insert_new([complaint, *parts, *identities, submission])


def _next_number(year: int) -> str:
    """The year's next number, locked until the commit: numbers have no gaps."""
    return file_number(year, int(session().execute(TAKE_ORDINAL, {"year": year}).scalar_one()))


def _submission(complaint: Complaint, filing: Filing, at: datetime) -> Submission:
    complainant = complainant_of(complaint)
    submission = Submission(
        form_key=hash_of_key(filing.form_key),
        digest=filing.digest,
        complaint_id=complaint.id,
        complaint=complaint,
        party_id=complainant.id if complainant else None,
        party=complainant,
        at=at,
    )
    if complainant is not None:
        submission.receipt = issue_receipt(complainant, at=at)
    return submission


def _write_first_lines(complaint: Complaint, filing: Filing, *, by: Acting | None, at: datetime) -> None:
    complainant = complainant_of(complaint)
    actor = by or (acting.party(complainant) if complainant else CLOCKWORK)
    write_history(complaint, "filed", filing.channel, by=actor, at=at, codes={"number": complaint.number})
    take_step(complaint, "acknowledge", {}, by=CLOCKWORK, at=at, seen_version=None)


def complainant_of(complaint: Complaint) -> Party | None:
    """The first person who complained, where anyone did."""
    return next((party for party in complaint.parties if party.kind == "complainant"), None)


def _complaint(filing: Filing, book: Rulebook, by: Acting | None, at: datetime) -> Complaint:
    answers = filing.answers
    happened_on = answers.get("happened_on")
    complaint = Complaint(
        version=1,
        place=filing.place,
        rulebook=book.slug,
        state=book.file.initial,
        origin=filing.origin,
        channel=filing.channel,
        received_on=filing.received_on,
        entered_at=at,
        entered_by_id=by.person_id if by else None,
        updated_at=at,
        language=filing.language,
        former_key=None,
        happened_on=date.fromisoformat(happened_on) if happened_on else None,
        happened_precision=answers.get("happened_on_precision") or "unknown",
        area=answers.get("area") or None,
        context=answers.get("context"),
        duty=answers.get("duty"),
        bias_alleged=answers.get("bias_alleged"),
    )
    complaint.narrative = answers.get("narrative")
    complaint.answers = {key: value for key, value in answers.items() if key != "narrative"}
    complaint.origin_basis = filing.origin_basis or None
    complaint.parties = _parties(filing)
    complaint.allegations = [_first_allegation(complaint, answers)]
    # A new file has none of these: saying so saves a query for each.
    for nothing_yet in ("holds", "copies", "seats", "clocks", "proposals", "reconsiderations"):
        setattr(complaint, nothing_yet, [])
    return complaint


def _parties(filing: Filing) -> list[Party]:
    answers = filing.answers
    parties = [_complainant(answers, filing.language)] if filing.origin == "complaint" else []
    if answers.get("affected_name") and answers.get("relation") != "affected":
        affected = _party("affected_person", language=filing.language)
        affected.identity = _identity(affected, name=answers["affected_name"])
        parties.append(affected)
    if answers.get("officer_status") in PEOPLE:
        parties.append(_subject(answers))
    return parties


def _complainant(answers: Mapping[str, Any], language: str) -> Party:
    anonymous = answers.get("anonymous") == "yes"
    party = _party("complainant", anonymous=anonymous, language=language, relation=answers.get("relation"))
    party.has_email = not anonymous and bool(answers.get("email"))
    party.has_other_contact = not anonymous and bool(answers.get("phone") or answers.get("address"))
    party.consent_to_mail = not anonymous and bool(answers.get("consent_to_mail"))
    if not anonymous:
        party.identity = _identity(party, **{name: answers.get(name) for name in CONTACT_FIELDS})
    return party


def _party(kind: str, **facts: Any) -> Party:
    """The first of its kind."""
    return Party(kind=kind, ordinal=1, **facts)


def _subject(answers: Mapping[str, Any]) -> Party:
    subject = _party("subject", subject_kind=answers["officer_status"])
    subject.identity = _identity(
        subject,
        name=answers.get("officer_name"),
        badge=answers.get("officer_badge"),
        description=answers.get("officer_description"),
    )
    return subject


def _identity(party: Party, **known: str | None) -> PartyIdentity:
    identity = PartyIdentity(party_id=party.id)
    for name, value in known.items():
        setattr(identity, name, value or None)
    return identity


def _first_allegation(complaint: Complaint, answers: Mapping[str, Any]) -> Allegation:
    """What was told, as one allegation that staff code and divide at assessment."""
    subject = next((party for party in complaint.parties if party.kind == "subject"), None)
    return Allegation(
        ordinal=1,
        status="open",
        subject_kind=answers.get("officer_status") or Subject.UNKNOWN_OFFICER,
        subject_id=subject.id if subject else None,
        subject=subject,
        duty=answers.get("duty") or "unknown",
        context=answers.get("context"),
        camera="unknown",
        bias_kinds=list(answers.get("bias_kinds") or ()) if answers.get("bias_alleged") != "no" else [],
    )
