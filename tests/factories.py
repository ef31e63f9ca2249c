"""Files brought to where a test begins, by the steps that really lead there."""

import uuid
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import select

from oversight.accounts.models import User
from oversight.casework import acting
from oversight.casework.actions.editing import edit_allegation, write_review_copy
from oversight.casework.actions.filing import Filing, file_complaint
from oversight.casework.actions.panel import declare_no_conflict
from oversight.casework.actions.past_files import begin_batch, bring_in
from oversight.casework.actions.proposals import waiting
from oversight.casework.actions.steps import approve_proposal, take_step
from oversight.casework.models import Complaint, Party, Seat
from oversight.casework.past import PastAllegation, PastFile, PastParty
from oversight.casework.queries.facts import is_heard, open_allegations
from oversight.kit.db import session, writing
from oversight.rules.jurisdictions import rulebook
from tests.cast import BEA, DORA, INES, IVAN, LOU, REVIEWERS, Person, the

AT = datetime(2026, 11, 2, 17, 0, tzinfo=UTC)
"""A Monday morning in Calgary, on which every file of the factory arrives."""
RECEIVED_ON = date(2026, 11, 2)
DAY = timedelta(days=1)

ANSWERS: Mapping[str, Any] = {
    "narrative": "Constable Wren Haldane stopped me at the corner and would not say why.",
    "happened_on": "2026-10-20",
    "happened_on_precision": "exact",
    "officer_status": "known_officer",
    "officer_name": "Wren Haldane",
    "officer_badge": "48213",
    "context": "street_check",
    "duty": "on",
    "bias_alleged": "no",
    "relation": "affected",
    "anonymous": "no",
    "name": "Amara Quist",
    "email": "amara@elsewhere.example",
    "consent_to_mail": True,
}
LETTER = "We looked at what happened. Here is the result, and why."
OFFICER_OF_THE_PAST = PastParty(
    "subject", subject_kind="known_officer", identity={"name": "Terrell Okonjo"}, known_by="9917"
)


def filed(*, received_on: date = RECEIVED_ON, at: datetime = AT, **answers: Any) -> Complaint:
    """A complaint as its form made it. `answers` replace ANSWERS; origin and channel are the filing's."""
    extra = {name: answers.pop(name) for name in ("origin", "origin_basis", "channel") if name in answers}
    filing = Filing({**ANSWERS, **answers}, uuid.uuid4().hex, received_on, "alberta", **extra)
    with writing():
        complaint_id = file_complaint(filing, by=None, at=at).complaint_id
    return fresh(complaint_id)


def fresh(complaint_id: uuid.UUID) -> Complaint:
    """The file as the database has it now."""
    session().rollback()
    return session().scalars(select(Complaint).where(Complaint.id == complaint_id)).one()


def take(
    complaint: Complaint,
    step: str,
    *,
    by: Person,
    at: datetime = AT,
    second: Person | None = None,
    **answers: Any,
) -> Complaint:
    """Take a step as that person; with `second`, their approval too."""
    taker, approver = the(by), the(second) if second else None
    number = complaint.id
    with writing():
        take_step(
            fresh_in(number),
            step,
            answers,
            by=acting.person(taker),
            at=at,
            seen_version=fresh_in(number).version,
        )
    if approver is not None:
        approve(fresh(number), by=second or by, at=at)
    return fresh(number)


def approve(complaint: Complaint, *, by: Person, at: datetime = AT) -> Complaint:
    """Approve the one step that waits."""
    person, complaint_id = the(by), complaint.id
    with writing():
        (proposal,) = waiting(fresh_in(complaint_id), "file")
        approve_proposal(proposal, by=acting.person(person), at=at)
    return fresh(complaint_id)


def fresh_in(complaint_id: uuid.UUID) -> Complaint:
    """The file inside the transaction that is open."""
    return session().scalars(select(Complaint).where(Complaint.id == complaint_id)).one()


def complaint_in(state: str, *, at: datetime = AT, **answers: Any) -> Complaint:
    """A file in that state, brought there by the cast."""
    return BROUGHT_TO[state](filed(at=at, **answers), at)


def coded(complaint: Complaint, at: datetime = AT) -> Complaint:
    """The same file with every open allegation coded."""
    ines = the(INES)
    with writing():
        for allegation in open_allegations(fresh_in(complaint.id)):
            edit_allegation(allegation, by=acting.person(ines), at=at, code="discreditable_conduct")
    return fresh(complaint.id)


def with_copy(complaint: Complaint, at: datetime = AT) -> Complaint:
    """The same file with a review copy that is ready."""
    ines = the(INES)
    with writing():
        write_review_copy(
            fresh_in(complaint.id),
            None,
            "What was told",
            "Officer A stopped the complainant.",
            ready=True,
            by=acting.person(ines),
            at=at,
        )
    return fresh(complaint.id)


def declared(complaint: Complaint, at: datetime = AT) -> Complaint:
    """The same file after every seat has said that it has no conflict."""
    with writing():
        for seat in active_seats(fresh_in(complaint.id)):
            declare_no_conflict(seat, by=acting.person(reviewer_of(seat)), at=at)
    return fresh(complaint.id)


def active_seats(complaint: Complaint) -> list[Seat]:
    """The seats of the panel that sits now."""
    return [seat for seat in complaint.seats if seat.is_active]


def sitting_on(complaint: Complaint) -> list[Person]:
    """The people of the cast who sit on the panel."""
    people = {the(person).id: person for person in REVIEWERS}
    return [people[seat.person_id] for seat in active_seats(complaint)]


def reviewer_of(seat: Seat) -> User:
    """The account behind a seat."""
    return next(user for user in map(the, REVIEWERS) if user.id == seat.person_id)


def findings_of(complaint: Complaint, finding: str = "sustained") -> dict[str, Any]:
    """The same finding for every open allegation, with a reason."""
    return {
        str(each.id): {"finding": finding, "reasons": f"The record shows it: {finding}."}
        for each in open_allegations(complaint)
    }


def officers(complaint: Complaint) -> list[Party]:
    """The officers whose side is to be heard."""
    return [party for party in complaint.parties if is_heard(party)]


def assessed(complaint: Complaint, at: datetime) -> Complaint:
    """In assessment, carried by Ines."""
    return take(complaint, "begin_assessment", by=INES, at=at)


def offered(complaint: Complaint, at: datetime) -> Complaint:
    """In early resolution."""
    return take(assessed(complaint, at), "offer_early_resolution", by=INES, at=at)


def investigated(complaint: Complaint, at: datetime) -> Complaint:
    """Under investigation by Ivan, at level 2, where the panel advises."""
    investigator = the(IVAN)
    ready = coded(assessed(complaint, at), at)
    return take(ready, "open_investigation", by=INES, at=at, level="2", investigator=str(investigator.id))


def heard(complaint: Complaint, at: datetime) -> Complaint:
    """Under investigation, with every officer told and heard."""
    the(LOU)
    for officer in officers(complaint):
        told = str(officer.id)
        complaint = take(complaint, "tell_the_officer", by=IVAN, at=at, officer=told)
        complaint = take(
            complaint,
            "record_the_officers_response",
            by=LOU,
            at=at,
            officer=told,
            response_kind="response",
            response="I asked for a name.",
        )
    return complaint


def reviewed(complaint: Complaint, at: datetime) -> Complaint:
    """In civilian review, the panel seated."""
    for person in REVIEWERS:
        the(person)
    return take(with_copy(heard(investigated(complaint, at), at), at), "send_to_review", by=IVAN, at=at)


def submitted(complaint: Complaint, at: datetime, finding: str = "sustained") -> Complaint:
    """Every seat's findings are in, and the decision is the director's."""
    complaint = declared(reviewed(complaint, at), at)
    for person in sitting_on(complaint):
        given = findings_of(complaint, finding)
        complaint = take(complaint, "submit_findings", by=person, at=at, findings=given)
    return complaint


def decided(complaint: Complaint, at: datetime) -> Complaint:
    """Resolved by Bea, following the panel."""
    return take(submitted(complaint, at), "record_the_decision", by=BEA, at=at, to_complainant=LETTER)


def dismissed(complaint: Complaint, at: datetime) -> Complaint:
    """Dismissed by Bea."""
    complaint = assessed(complaint, at)
    every = [str(each.id) for each in open_allegations(complaint)]
    return take(
        complaint,
        "dismiss",
        by=BEA,
        at=at,
        allegations=every,
        ground="no_jurisdiction",
        reason="It concerns another city.",
        to_complainant=LETTER,
    )


def referred(complaint: Complaint, at: datetime) -> Complaint:
    """Referred by Ines, with Bea as the second person."""
    complaint = assessed(complaint, at)
    every = [str(each.id) for each in open_allegations(complaint)]
    return take(
        complaint,
        "refer",
        by=INES,
        second=BEA,
        at=at,
        allegations=every,
        body="police_service",
        reason="It is about how a job is done.",
        to_complainant=LETTER,
    )


def closed(complaint: Complaint, at: datetime) -> Complaint:
    """Closed without a finding, by Ines and Bea."""
    return take(
        assessed(complaint, at),
        "close_without_finding",
        by=INES,
        second=BEA,
        at=at,
        closing_ground="officer_unidentified",
        reason="No record names anyone.",
        to_complainant=LETTER,
    )


def withdrawn(complaint: Complaint, at: datetime) -> Complaint:
    """Withdrawn, and closed by Ines and Bea."""
    complaint = wants_to_withdraw(assessed(complaint, at), at)
    return take(
        complaint,
        "decide_on_a_withdrawal",
        by=INES,
        second=BEA,
        at=at,
        withdrawal_ending="close",
        reason="Nobody else is concerned.",
        to_complainant=LETTER,
    )


def wants_to_withdraw(complaint: Complaint, at: datetime = AT) -> Complaint:
    """The same file with a withdrawal that waits for a decision."""
    person = next(party for party in complaint.parties if party.kind == "complainant")
    return take(
        complaint,
        "record_a_withdrawal",
        by=INES,
        at=at,
        party=str(person.id),
        reason="I moved.",
        pressed="No.",
    )


def asked_again(complaint: Complaint, at: datetime) -> Complaint:
    """In reconsideration after Bea's decision."""
    complaint = decided(complaint, at)
    person = next(party for party in complaint.parties if party.kind == "complainant")
    return take(
        complaint, "ask_for_reconsideration", by=INES, at=at + DAY, party=str(person.id), reason="No."
    )


def held(complaint: Complaint, at: datetime = AT, **allegations: Any) -> Complaint:
    """The same file on hold, or only those of its allegations."""
    return take(
        complaint,
        "hold",
        by=INES,
        second=DORA,
        at=at,
        hold_reason="criminal_proceedings",
        authority="Letter of the Crown",
        review_on=(at + 60 * DAY).date().isoformat(),
        **allegations,
    )


BROUGHT_TO: Mapping[str, Callable[[Complaint, datetime], Complaint]] = {
    "received": lambda complaint, at: complaint,
    "assessment": assessed,
    "early_resolution": offered,
    "investigation": investigated,
    "civilian_review": reviewed,
    "decision": submitted,
    "reconsideration": asked_again,
    "resolved": decided,
    "closed_without_finding": closed,
    "referred": referred,
    "dismissed": dismissed,
    "withdrawn": withdrawn,
}


def imported(
    state: str = "investigation",
    *,
    number: str = "07-1042",
    source: str = "elsewhere",
    received_on: date = date(2014, 3, 5),
    ended_on: date | None = None,
    at: datetime = AT,
    people: tuple[PastParty, ...] = (PastParty("complainant", identity={"name": "Odile Marchetti"}),),
    officers: tuple[PastParty, ...] = (OFFICER_OF_THE_PAST,),
    allegations: tuple[PastAllegation, ...] | None = None,
    **facts: Any,
) -> Complaint:
    """A file of the past as importing writes one; at an ending without `ended_on`, nobody knows its day.

    Without `allegations` it has one, open or closed as the file is, whose own word has no equivalent of
    ours. `facts` are further fields of PastFile.
    """
    ended = rulebook("alberta_2011").file.state(state).is_ending
    usual = PastAllegation(
        "known_officer",
        officer=0,
        own_code="Physical abuse",
        status="closed" if ended else "open",
        ended_on=ended_on,
    )
    file = PastFile(
        number=number,
        digest=number.encode().ljust(32),
        state=state,
        received_on=received_on,
        has_ended=ended,
        ended_on=ended_on,
        people=people,
        officers=officers,
        allegations=(usual,) if allegations is None else allegations,
        **{"rulebook": "alberta_2011", "narrative": "An officer pushed them, they say.", **facts},
    )
    with writing():
        batch = begin_batch(
            source,
            f"The office {source}",
            mapping_digest="0" * 64,
            inputs={"complaints": "1" * 64},
            rows={"complaints": 1},
            at=at,
        )
        bring_in([file], batch, place="alberta", at=at)
    wanted = select(Complaint).where(Complaint.source == source, Complaint.former_number == number)
    return session().scalars(wanted).one()
