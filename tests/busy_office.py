"""An office in the middle of its work: a file and an outcome in every state, and things that wait.

Every text that somebody could let slip is a canary: a word that stands nowhere else, so that wherever it is
found, it can be said what was shown there. Every file carries the same ones.
"""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from flask import Flask
from sqlalchemy import select

from oversight.accounts.actions import grant_role
from oversight.accounts.models import RoleRequest
from oversight.casework import acting
from oversight.casework.actions.calendar import add_day
from oversight.casework.actions.editing import (
    add_incident,
    add_party,
    attach_to_incident,
    write_review_copy,
)
from oversight.casework.actions.filing import issue_receipt
from oversight.casework.actions.messages import add_to_complaint, report_retaliation, write_to_party
from oversight.casework.actions.outcomes import open_outcome, take_outcome_step
from oversight.casework.actions.panel import declare_no_conflict, shut_out
from oversight.casework.actions.self_identification import identify_oneself
from oversight.casework.models import Complaint, Outcome
from oversight.casework.past import Flag, PastDemographics, PastParty
from oversight.casework.queries.facts import open_allegations
from oversight.casework.queries.summaries import parts
from oversight.kit.db import session, writing
from oversight.rules.calendars import DayKind
from oversight.rules.roles import Role
from tests import factories as files
from tests.cast import BEA, DORA, INES, IVAN, MAX, PAULA, REVIEWERS, STAFF, Person, the
from tests.editions import CHANGES, edition_in

IRIS = Person("Iris", "investigator-2", Role.INVESTIGATOR)
"""An investigator who carries no file."""

AT = files.AT - timedelta(days=90)
"""Long enough ago that nobody can ask any more for another look at what was decided then."""

CANARIES: Mapping[str, str] = {
    "complainant's name": "Zqname Zqsurname",
    "complainant's e-mail": "zqmail@elsewhere.example",
    "complainant's telephone": "403-555-0917",
    "complainant's address": "17 Zqaddress Lane",
    "complainant's safe way": "zqsafeway",
    "complainant's support": "zqsupport",
    "affected person's name": "Zqaffected Zqharmed",
    "other complainant's name": "Zqother Zqjoined",
    "other complainant's e-mail": "zqothermail@elsewhere.example",
    "witness's name": "Zqwitness Zqpasserby",
    "witness's telephone": "403-555-0923",
    "lawyer's name": "Zqlawyer Zqcounsel",
    "lawyer's authority": "zqlawyersauthority",
    "officer's name": "Zqofficer Zqrank",
    "officer's badge": "ZQ90817",
    "officer's description": "zqofficerdescription",
    "narrative": "zqnarrative",
    "place": "zqplace",
    "witnesses told of": "zqwitnessestold",
    "wish": "zqwish",
    "self-identification": "ZQSELFIDENTIFICATION",
    "message from a party": "zqaddition",
    "report of retaliation": "zqretaliation",
    "message to a party": "zqmessageto",
    "reason to withdraw": "zqwithdrawal",
    "what was said about being pressed": "zqpressed",
    "authority of a hold": "zqholdauthority",
    "officer's response": "zqresponse",
    "review copy": "zqreviewcopy",
    "panel's reasons": "zqpanelreasons",
    "director's reasons to depart": "zqdeparture",
    "director's reasons": "zqdecisionreasons",
    "letter with the result": "zqletter",
    "reason to refer": "zqreferral",
    "reason of a conflict": "zqconflict",
    "basis of an own motion": "zqownmotion",
    "reason to look again": "zqlookagain",
    "draft summary": "zqdraft",
    "published summary": "zqpublished",
    "former office's words": "zqformerword",
    "race as recorded": "ZQRECORDEDRACE",
    "gender as recorded": "ZQRECORDEDGENDER",
}

ANSWERS: Mapping[str, Any] = {
    "narrative": f"Something was done. {CANARIES['narrative']}.",
    "place": CANARIES["place"],
    "officer_name": CANARIES["officer's name"],
    "officer_badge": CANARIES["officer's badge"],
    "officer_description": CANARIES["officer's description"],
    "witnesses": CANARIES["witnesses told of"],
    "wish": CANARIES["wish"],
    "relation": "relative",
    "affected_name": CANARIES["affected person's name"],
    "bias_alleged": "yes",
    "bias_kinds": ["race"],
    "name": CANARIES["complainant's name"],
    "email": CANARIES["complainant's e-mail"],
    "phone": CANARIES["complainant's telephone"],
    "address": CANARIES["complainant's address"],
    "safe_contact": CANARIES["complainant's safe way"],
    "support": CANARIES["complainant's support"],
}


@dataclass
class BusyOffice:
    """What there is, by what brings it into an address."""

    numbers: dict[str, str] = field(default_factory=dict)
    """A file's number, by its state or by what is special about it."""
    references: dict[str, str] = field(default_factory=dict)
    """An outcome's reference, by its state."""
    receipts: dict[str, str] = field(default_factory=dict)
    """The first complainant's receipt code, by the same keys as `numbers`."""
    joined: dict[str, str] = field(default_factory=dict)
    """The same for the second complainant."""
    ids: dict[str, dict[str, str]] = field(default_factory=dict)
    """What else an address may name, by its argument, then by the file's key."""
    seated: dict[str, list[Person]] = field(default_factory=dict)
    """Who sits on a file's panel: those who have declared come first."""

    def note(self, key: str, complaint: Complaint) -> None:
        """Note a file, with all that its pages' addresses name."""
        self.numbers[key] = complaint.number
        named: dict[str, list[Any]] = {
            "party_id": sorted(complaint.parties, key=lambda party: party.kind != "complainant"),
            "allegation_id": complaint.allegations,
            "copy_id": complaint.copies,
            "proposal_id": [each for each in complaint.proposals if each.status == "waiting"],
            "message_id": complaint.messages,
            "hold_id": complaint.holds,
            "seat_id": complaint.seats,
        }
        for argument, rows in named.items():
            if rows:
                self.ids.setdefault(argument, {})[key] = str(rows[0].id)
        sitting = sorted(files.active_seats(complaint), key=lambda seat: seat.declared_at is None)
        people = {the(person).id: person for person in REVIEWERS}
        self.seated[key] = [people[seat.person_id] for seat in sitting]


def open_busy_office(app: Flask) -> BusyOffice:
    """Bring the office to the middle of its work."""
    office = BusyOffice()
    with app.app_context():
        for person in (*STAFF, IRIS):
            the(person)
        _own_motion(office)
        for key, state in (("imported", "investigation"), ("imported_ended", "resolved")):
            office.note(key, _of_the_past(state))
        for key, bring in FILES.items():
            complaint = bring(told(files.filed(received_on=AT.date(), at=AT, **ANSWERS)))
            office.receipts[key], office.joined[key] = _receipts_of(complaint)
            office.note(key, files.fresh(complaint.id))
        for state, write in OUTCOMES.items():
            office.references[state] = write(office)
        office.ids["day_id"] = {"any": _calendar_day()}
        office.ids["request_id"] = {"waiting": _proposed_role()}
        office.ids["edition_id"] = {state: str(make()) for state, make in EDITIONS.items()}
        office.ids["person_id"] = {person.post: str(the(person).id) for person in (*STAFF, IRIS)}
    return office


# --- what people told -------------------------------------------------------------------------------


def told(complaint: Complaint) -> Complaint:
    """The same file, on which everyone has written something and more people are named."""
    ines = acting.person(the(INES))
    with writing():
        here = files.fresh_in(complaint.id)
        other = {
            "name": CANARIES["other complainant's name"],
            "email": CANARIES["other complainant's e-mail"],
        }
        add_party(here, "complainant", other, by=ines, at=AT, language="en", consent_to_mail=True)
        witness = {"name": CANARIES["witness's name"], "phone": CANARIES["witness's telephone"]}
        add_party(here, "witness", witness, by=ines, at=AT)
        lawyer = {"name": CANARIES["lawyer's name"], "authority": CANARIES["lawyer's authority"]}
        add_party(here, "representative", lawyer, by=ines, at=AT)
        first = next(each for each in here.parties if each.kind == "complainant")
        identify_oneself(
            first, [CANARIES["self-identification"]], standard="of the tests", on=AT.date(), at=AT
        )
        add_to_complaint(first, CANARIES["message from a party"], at=AT)
        report_retaliation(first, CANARIES["report of retaliation"], at=AT)
        write_to_party(first, CANARIES["message to a party"], by=ines, at=AT)
    return files.fresh(complaint.id)


def _receipts_of(complaint: Complaint) -> tuple[str, str]:
    with writing():
        parties = files.fresh_in(complaint.id).parties
        first, second = (each for each in parties if each.kind == "complainant")
        return issue_receipt(first, at=AT), issue_receipt(second, at=AT)


# --- files in their states, by the steps that lead there --------------------------------------------


def _take(complaint: Complaint, step: str, **answers: Any) -> Complaint:
    return files.take(complaint, step, at=AT, **answers)


def _every(complaint: Complaint) -> list[str]:
    return [str(each.id) for each in open_allegations(complaint)]


def _complainant(complaint: Complaint) -> str:
    return str(next(each for each in complaint.parties if each.kind == "complainant").id)


def _assessed(complaint: Complaint) -> Complaint:
    return files.assessed(complaint, AT)


def _officer_told(complaint: Complaint) -> Complaint:
    """Under investigation, the officer told and not yet heard."""
    complaint = files.investigated(complaint, AT)
    for officer in files.officers(complaint):
        complaint = _take(complaint, "tell_the_officer", by=IVAN, officer=str(officer.id))
    return complaint


def _investigated(complaint: Complaint) -> Complaint:
    """Under investigation, the officer told and heard, a review copy ready."""
    complaint = _officer_told(complaint)
    for officer in files.officers(complaint):
        complaint = _take(
            complaint,
            "record_the_officers_response",
            by=IVAN,
            officer=str(officer.id),
            response_kind="response",
            response=CANARIES["officer's response"],
        )
    ivan = acting.person(the(IVAN))
    with writing():
        here = files.fresh_in(complaint.id)
        write_review_copy(here, None, "What was told", CANARIES["review copy"], True, by=ivan, at=AT)
    return files.fresh(complaint.id)


def _reviewed(complaint: Complaint) -> Complaint:
    """With its panel; the first seat has declared, the others have not."""
    complaint = _take(_investigated(complaint), "send_to_review", by=IVAN)
    with writing():
        seat = files.active_seats(files.fresh_in(complaint.id))[0]
        declare_no_conflict(seat, by=acting.person(files.reviewer_of(seat)), at=AT)
    return files.fresh(complaint.id)


def _submitted(complaint: Complaint) -> Complaint:
    complaint = files.declared(_take(_investigated(complaint), "send_to_review", by=IVAN), AT)
    people = {the(person).id: person for person in REVIEWERS}
    found = {
        each: {"finding": "not_sustained", "reasons": CANARIES["panel's reasons"]}
        for each in _every(complaint)
    }
    for person in [people[seat.person_id] for seat in files.active_seats(complaint)]:
        complaint = _take(complaint, "submit_findings", by=person, findings=found)
    return complaint


def _departed(complaint: Complaint) -> Complaint:
    complaint = _submitted(complaint)
    found = {
        each: {"finding": "sustained", "reasons": CANARIES["director's reasons"]}
        for each in _every(complaint)
    }
    return _take(
        complaint,
        "depart_from_the_panel",
        by=BEA,
        second=DORA,
        findings=found,
        reason=CANARIES["director's reasons to depart"],
        to_complainant=CANARIES["letter with the result"],
    )


def _offered(complaint: Complaint) -> Complaint:
    return _take(_assessed(complaint), "offer_early_resolution", by=INES)


def _dismissed(complaint: Complaint) -> Complaint:
    complaint = _assessed(complaint)
    answers = {"ground": "no_jurisdiction", "reason": "Elsewhere.", "to_complainant": "Elsewhere."}
    return _take(complaint, "dismiss", by=BEA, allegations=_every(complaint), **answers)


def _referred(complaint: Complaint) -> Complaint:
    complaint = _assessed(complaint)
    answers = {
        "body": "police_service",
        "reason": CANARIES["reason to refer"],
        "to_complainant": "Passed on.",
    }
    return _take(complaint, "refer", by=INES, second=BEA, allegations=_every(complaint), **answers)


def _closed(complaint: Complaint) -> Complaint:
    answers = {"closing_ground": "officer_unidentified", "reason": "Nobody.", "to_complainant": "Nobody."}
    return _take(_assessed(complaint), "close_without_finding", by=INES, second=BEA, **answers)


def _wanting_out(complaint: Complaint) -> Complaint:
    return _take(
        _assessed(complaint),
        "record_a_withdrawal",
        by=INES,
        party=_complainant(complaint),
        reason=CANARIES["reason to withdraw"],
        pressed=CANARIES["what was said about being pressed"],
    )


def _withdrawn(complaint: Complaint) -> Complaint:
    answers = {"withdrawal_ending": "close", "reason": "Nobody else.", "to_complainant": "Closed."}
    return _take(_wanting_out(complaint), "decide_on_a_withdrawal", by=INES, second=BEA, **answers)


def _asked_again(complaint: Complaint) -> Complaint:
    complaint = _departed(complaint)
    reason = CANARIES["reason to look again"]
    return _take(complaint, "ask_for_reconsideration", by=INES, party=_complainant(complaint), reason=reason)


def _held(complaint: Complaint) -> Complaint:
    answers = {"hold_reason": "criminal_proceedings", "authority": CANARIES["authority of a hold"]}
    review_on = (AT + timedelta(days=60)).date().isoformat()
    return _take(_assessed(complaint), "hold", by=INES, second=DORA, review_on=review_on, **answers)


def _waiting_for_a_second_person(complaint: Complaint) -> Complaint:
    complaint = _assessed(complaint)
    answers = {"body": "crown", "reason": CANARIES["reason to refer"], "to_complainant": "It may be a crime."}
    return _take(complaint, "refer", by=INES, allegations=_every(complaint), **answers)


def _in_conflict(complaint: Complaint) -> Complaint:
    """The same file, with Dora shut out."""
    bea, dora = acting.person(the(BEA)), the(DORA).id
    with writing():
        shut_out(files.fresh_in(complaint.id), dora, CANARIES["reason of a conflict"], by=bea, at=AT)
    return files.fresh(complaint.id)


def _of_an_incident(complaint: Complaint) -> Complaint:
    complaint, ines = _assessed(complaint), acting.person(the(INES))
    with writing():
        incident = add_incident("An evening at the bridge", by=ines, at=AT)
        attach_to_incident(files.fresh_in(complaint.id), incident, by=ines, at=AT)
    return files.fresh(complaint.id)


def _as_it_is(complaint: Complaint) -> Complaint:
    return complaint


FILES: Mapping[str, Callable[[Complaint], Complaint]] = {
    # Where the most can be seen comes first.
    "investigation": lambda complaint: _in_conflict(_investigated(complaint)),
    "civilian_review": _reviewed,
    "decision": _submitted,
    "resolved": lambda complaint: _in_conflict(_departed(complaint)),
    "reconsideration": _asked_again,
    "officer_told": _officer_told,
    "held": _held,
    "wanting_out": _wanting_out,
    "waiting": _waiting_for_a_second_person,
    "coded": lambda complaint: files.coded(_assessed(complaint), AT),
    "officer_to_tell": lambda complaint: files.investigated(complaint, AT),
    # Each with an outcome.
    "to_correct": lambda complaint: _in_conflict(_departed(complaint)),
    "to_approve": _departed,
    "to_draft": _departed,
    "to_publish": _dismissed,
    "dismissed": _dismissed,
    "received": _as_it_is,
    "assessment": _of_an_incident,
    "early_resolution": _offered,
    "closed_without_finding": _closed,
    "referred": _referred,
    "withdrawn": _withdrawn,
}


EDITIONS: Mapping[str, Callable[[], uuid.UUID]] = {
    # The imported files were received in the first quarter of 2014.
    "issued": lambda: edition_in("issued", "2014-H1"),
    "ready": lambda: edition_in("ready", "2014"),
    "building": lambda: edition_in("building", "2014-Q1"),
    "refused": lambda: edition_in("refused", "2014-H1", changes=CHANGES),
}
"""Editions of reports, by their states."""


def _own_motion(office: BusyOffice) -> None:
    basis = CANARIES["basis of an own motion"]
    complaint = files.filed(
        received_on=AT.date(), at=AT, origin="own_motion", origin_basis=basis, channel="referral"
    )
    office.note("own_motion", complaint)


def _of_the_past(state: str) -> Complaint:
    """A file of another system; both bear the same number there, in different offices."""
    recorded = PastDemographics(
        race_words=(CANARIES["race as recorded"],), gender=CANARIES["gender as recorded"], age=41
    )
    identity = {"name": CANARIES["complainant's name"], "email": CANARIES["complainant's e-mail"]}
    return files.imported(
        state,
        number="1042",
        source=f"north-{state}",
        at=AT,
        people=(PastParty("complainant", identity=identity, demographics=recorded),),
        narrative=CANARIES["narrative"],
        words={"district": CANARIES["former office's words"], "state": "2"},
        flags=(Flag.RECEIVED_BEFORE_INCIDENT,),
    )


# --- outcomes in their states -----------------------------------------------------------------------


def _draft(office: BusyOffice, key: str, words: str) -> Outcome:
    complaint = _file(office, key)
    paula, at = acting.person(the(PAULA)), files.AT
    with writing():
        here = files.fresh_in(complaint.id)
        outcome = open_outcome(here, by=paula, at=at)
        session().flush()
        summary = {part: f"{words}, {part}." for part in parts(here)}
        take_outcome_step(
            outcome, "draft", {"summary": summary}, by=paula, at=at, seen_version=outcome.version
        )
    return _outcome(office, key)


def _outcome_step(office: BusyOffice, key: str, step: str, by: Person, **answers: Any) -> Outcome:
    person = acting.person(the(by))
    with writing():
        outcome = _outcome(office, key)
        take_outcome_step(outcome, step, answers, by=person, at=files.AT, seen_version=outcome.version)
    return _outcome(office, key)


def _drafted(office: BusyOffice) -> str:
    return _draft(office, "to_draft", CANARIES["draft summary"]).reference


def _approved(office: BusyOffice) -> str:
    _draft(office, "to_approve", CANARIES["draft summary"])
    return _outcome_step(office, "to_approve", "approve", BEA).reference


def _published(office: BusyOffice, key: str = "to_publish") -> str:
    _draft(office, key, CANARIES["published summary"])
    _outcome_step(office, key, "approve", BEA)
    return _outcome_step(office, key, "publish", PAULA).reference


def _about_to_be_corrected(office: BusyOffice) -> str:
    reference = _published(office, "to_correct")
    summary = {part: f"{CANARIES['draft summary']}, {part}." for part in parts(_file(office, "to_correct"))}
    note = {"en": "A word was wrong.", "fr": "Un mot était faux."}
    _outcome_step(office, "to_correct", "correct", PAULA, summary=summary, correction=note)
    office.note("to_correct", _file(office, "to_correct"))
    return reference


OUTCOMES: Mapping[str, Callable[[BusyOffice], str]] = {
    "draft": _drafted,
    "approved": _approved,
    "published": _published,
    "correcting": _about_to_be_corrected,
}


def _file(office: BusyOffice, key: str) -> Complaint:
    session().rollback()
    return session().scalars(select(Complaint).where(Complaint.number == office.numbers[key])).one()


def _outcome(office: BusyOffice, key: str) -> Outcome:
    wanted = select(Outcome).join(Outcome.complaint).where(Complaint.number == office.numbers[key])
    return session().scalars(wanted).one()


def _calendar_day() -> str:
    bea = acting.person(the(BEA))
    with writing():
        day = add_day("CA-AB", date(2027, 2, 1), DayKind.OFFICE, "Moving day", "Déménagement", by=bea, at=AT)
        return str(day.id)


def _proposed_role() -> str:
    max_, iris = the(MAX), the(IRIS)
    with writing():
        request = grant_role(iris, Role.PUBLISHER, by=max_, at=files.AT)
        assert isinstance(request, RoleRequest)
        return str(request.id)
