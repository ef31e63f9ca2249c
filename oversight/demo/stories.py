"""What becomes of an invented complaint: one generator a fate, which acts and says how long until it acts again."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from oversight.casework.actions import editing
from oversight.casework.actions.filing import complainant_of
from oversight.casework.actions.outcomes import open_outcome
from oversight.casework.actions.panel import declare_conflict, declare_no_conflict
from oversight.casework.actions.steps import take_step
from oversight.casework.models import Incident
from oversight.casework.queries.facts import panel_findings
from oversight.casework.queries.files import officers_heard
from oversight.demo import tales
from oversight.demo.handling import (
    InHand,
    add_complainant,
    code_allegations,
    mind_the_deadlines,
    open_ids,
    summary_of,
    take_outcome,
    talk,
    write_copy,
)
from oversight.demo.people import MEMBERS
from oversight.demo.plans import Office, Plan
from oversight.kit.clock import local_date
from oversight.kit.db import session
from oversight.rules.roles import Role

Story = Iterator[timedelta]
"""Acts when it is asked for its next value, which is how long until it acts again."""

LEANINGS = {"not_sustained": 42, "unfounded": 18, "exonerated": 16, "sustained": 15, "sustained_in_part": 9}
"""Roughly what panels find, of a hundred allegations."""

FOR_GOOD = timedelta(days=10_000)
"""A wait that outlasts the demonstration."""


def tell_story(office: Office, plan: Plan) -> Story:
    """Tell one complaint from its filing to wherever it has come by today."""
    file = InHand(office, plan)
    for wait in _course(file):
        mind_the_deadlines(file)
        if plan.stops_at and plan.stops_at == file.complaint.state:
            break
        yield wait
    while not file.complaint.has_ended:
        yield office.days(5, 15)
        mind_the_deadlines(file)


def _course(file: InHand) -> Story:
    office, plan = file.office, file.plan
    random = office.random
    if plan.at_the_march:
        editing.attach_to_incident(
            file.complaint,
            session().get(Incident, office.incident),
            by=office.acting("caseworker"),
            at=office.at,
        )
    if random.random() < 0.12:
        yield office.days(1, 3)
        add_complainant(file)
    yield office.days(1, 6)
    if plan.fate == "waiting":
        return
    file.step(file.caseworker, "begin_assessment")
    yield office.days(4, 20)
    code_allegations(file)
    if random.random() < 0.25:
        talk(file)
    yield from FATE_STORIES[plan.fate](file)


def _dismissed(file: InHand) -> Story:
    yield file.office.days(3, 20)
    grounds = [ground for ground in file.book.grounds if ground.code in ("no_jurisdiction", "out_of_time")]
    file.step(
        "director",
        "dismiss",
        allegations=open_ids(file),
        ground=file.office.random.choice(grounds or list(file.book.grounds)).code,
        reason="The events lie outside what the law lets this office look at.",
        to_complainant="We read everything you sent. The law does not let us look into it, and we explain why "
        "on the next page. You can ask for another look within 30 days.",
    )
    yield from _afterwards(file)


def _referred(file: InHand) -> Story:
    yield file.office.days(2, 15)
    file.step(
        file.caseworker,
        "refer",
        allegations=open_ids(file),
        body=file.office.random.choice(file.book.referral_bodies).code,
        reason="Another body has the power to look at this.",
        to_complainant="Another body can do more about this than we can. With this letter you will find whom "
        "to ask and what we have passed on.",
    )
    yield from _afterwards(file)


def _settled(file: InHand) -> Story:
    complainant = complainant_of(file.complaint)
    if complainant is None or not complainant.is_reachable:
        yield from _decided(file)
        return
    file.step(file.caseworker, "offer_early_resolution", note="A conversation with a mediator.")
    yield file.office.days(20, 50)
    if file.office.random.random() < 0.2:
        file.step(file.caseworker, "end_early_resolution", reason="One side would rather not talk.")
        yield file.office.days(3, 10)
        yield from _decided(file)
        return
    file.step(
        file.caseworker,
        "settle",
        terms="A conversation took place and an apology was given and accepted.",
        agreement=True,
        to_complainant="You and the officer talked, and you told us that this settles it for you. Thank you.",
    )
    yield from _afterwards(file)


def _closed(file: InHand) -> Story:
    yield from _investigated(file, until="asked")
    ground = "complainant_unavailable" if file.plan.anonymous else "officer_unidentified"
    file.step(
        file.caseworker,
        "close_without_finding",
        closing_ground=ground,
        reason="Every way that was open has been tried.",
        to_complainant="We had to stop without deciding what happened. It is not because of anything you did. "
        "If you learn something new, tell us.",
    )
    yield from _afterwards(file)


def _withdrawn(file: InHand) -> Story:
    yield file.office.days(5, 30)
    complainant = complainant_of(file.complaint)
    assert complainant is not None
    file.step(
        file.caseworker,
        "record_a_withdrawal",
        party=str(complainant.id),
        reason="They would rather put it behind them.",
        pressed="They say that nobody asked them to.",
    )
    yield file.office.days(2, 9)
    goes_on = file.office.random.random() < 0.25
    file.step(
        file.caseworker,
        "decide_on_a_withdrawal",
        withdrawal_ending="go_on" if goes_on else "close",
        reason="The matter concerns others too." if goes_on else "Nothing stands against it.",
        to_complainant="Thank you for telling us. We have written here what happens now.",
    )
    yield from (_decided(file) if goes_on else _afterwards(file))


def _decided(file: InHand) -> Story:
    office, random = file.office, file.office.random
    yield from _investigated(file, until="heard")
    write_copy(file)
    yield office.days(1, 5)
    file.step(file.investigator, "send_to_review")
    yield from _reviewed(file)
    yield office.days(5, 25)
    agreed = panel_findings(file.complaint)
    if None in agreed.values():
        file.step(
            "director", "return_to_the_panel", reason="Please talk about the points on which you differ."
        )
        yield office.days(5, 15)
        yield from _reviewed(file, alike=True)
        yield office.days(2, 10)
    sustained = any(
        found in ("sustained", "sustained_in_part") for found in panel_findings(file.complaint).values()
    )
    action = random.choice(("official_warning", "reprimand", "none")) if sustained else "none"
    told = "The reviewers and the director have finished. Below is what was found, and why, in plain words."
    binding = file.book.panel_for(file.complaint.level).binding
    corrective = dict.fromkeys(open_ids(file), action)
    if not binding and random.random() < 0.12:
        findings = {
            each: {"finding": "not_sustained", "reasons": tales.WHY_PANEL[1]} for each in open_ids(file)
        }
        file.step(
            "director",
            "depart_from_the_panel",
            second="director-2",
            findings=findings,
            reason="A recording that came in later leaves what happened open.",
            corrective_action=corrective,
            to_complainant=told,
        )
    else:
        file.step("director", "record_the_decision", corrective_action=corrective, to_complainant=told)
    yield from _afterwards(file)


FATE_STORIES = {
    "decided": _decided,
    "dismissed": _dismissed,
    "referred": _referred,
    "settled": _settled,
    "closed": _closed,
    "withdrawn": _withdrawn,
}


def _investigated(file: InHand, *, until: str) -> Story:
    office, random = file.office, file.office.random
    own_levels = [level for level in file.book.levels if not level.referred]
    file.step(
        file.caseworker,
        "open_investigation",
        level=random.choices(own_levels, [1, 2, 6][: len(own_levels)])[0].code,
        investigator=str(office.people[file.investigator]),
    )
    yield office.days(5, 30)
    if file.plan.stops_at == "second_person":
        _propose_hold(file)
        yield FOR_GOOD
    if random.random() < 0.1 or file.plan.stops_at == "held":
        yield from _held(file)
    if until == "asked":
        yield office.days(20, 60)
        return
    for party in officers_heard(file.complaint):
        file.step(file.investigator, "tell_the_officer", officer=str(party.id))
        yield office.days(10, 60)
        lapsed = random.random() < 0.2
        file.step(
            "liaison" if not lapsed and party.subject_kind != "chief" else file.investigator,
            "record_the_officers_response",
            officer=str(party.id),
            response_kind="lapsed" if lapsed else "response",
            response=""
            if lapsed
            else "I remember that day. I acted as I was trained to, and I am sorry it felt otherwise.",
        )
        yield office.days(3, 40)


def _hold(office: Office) -> dict[str, Any]:
    day = local_date(office.at, office.book.time_zone) + timedelta(days=60)
    return {
        "allegations": [],
        "hold_reason": "criminal_proceedings",
        "authority": "A letter from the Crown prosecution service",
        "review_on": day.isoformat(),
    }


def _propose_hold(file: InHand) -> None:
    """Ask for a hold that its second person has not looked at yet."""
    complaint, office = file.complaint, file.office
    session().flush()
    by = office.acting(file.investigator)
    take_step(complaint, "hold", _hold(office), by=by, at=office.at, seen_version=complaint.version)


def _held(file: InHand) -> Story:
    office = file.office
    file.step(file.investigator, "hold", **_hold(office))
    if file.plan.stops_at == "held":
        yield FOR_GOOD
    yield office.days(30, 90)
    hold = next(each for each in file.complaint.holds if each.is_open)
    file.step(file.investigator, "resume", hold=str(hold.id), reason="The court case is over.")
    yield office.days(2, 10)


def _reviewed(file: InHand, *, alike: bool = False) -> Story:
    """The panel declares, reads and submits, one seat after another."""
    office, random = file.office, file.office.random
    addresses = {found: address for address, found in office.people.items()}
    leaning = random.choices(list(LEANINGS), list(LEANINGS.values()))[0]
    yield office.days(2, 12)
    while True:
        seat = next((each for each in file.complaint.seats if each.is_active and not each.submitted_at), None)
        if seat is None:
            return
        who = addresses[seat.person_id]
        if seat.declared_at is None and random.random() < 0.04 and _others_are_free(file):
            declare_conflict(seat, "I know the family.", by=office.acting(who), at=office.at)
            continue
        if seat.declared_at is None:
            declare_no_conflict(seat, by=office.acting(who), at=office.at)
        own = leaning if alike or random.random() < 0.85 else "not_sustained"
        findings = {
            each: {"finding": own, "reasons": random.choice(tales.WHY_PANEL)} for each in open_ids(file)
        }
        file.step(who, "submit_findings", findings=findings)
        if file.complaint.state != "civilian_review":
            return
        yield office.days(1, 9)


def _others_are_free(file: InHand) -> bool:
    reviewers = sum(member.role is Role.REVIEWER for member in MEMBERS)
    return len(file.complaint.seats) + 1 < reviewers


def _afterwards(file: InHand) -> Story:
    """Once a file has ended: perhaps another look, then the summary."""
    office, random = file.office, file.office.random
    if random.random() < 0.08 or file.plan.stops_at == "reconsideration":
        yield office.days(5, 25)
        complainant = complainant_of(file.complaint)
        assert complainant is not None
        file.step(
            file.caseworker,
            "ask_for_reconsideration",
            party=str(complainant.id),
            reason="They feel that the recording was not looked at closely enough.",
        )
        yield office.days(15, 40)
        file.step(
            "caseworker-2" if file.caseworker == "caseworker" else "caseworker",
            "confirm",
            reason="Everything was looked at again and leads to the same result.",
            to_complainant="Someone who was not part of the decision looked at everything again. The result stays.",
        )
    yield office.days(35, 60)
    open_outcome(file.complaint, by=office.acting("publisher"), at=office.at)
    take_outcome(file, "publisher", "draft", summary=summary_of(file))
    yield office.days(1, 12)
    take_outcome(file, "director", "approve")
    yield office.days(1, 8)
    take_outcome(file, "publisher", "publish")
