"""What becomes of an invented complaint: one generator a fate, which acts and then says how long until the next act."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from oversight.accounts.models import User
from oversight.casework import acting
from oversight.casework.acting import Acting
from oversight.casework.actions import editing, messages
from oversight.casework.actions.filing import Filing, complainant_of, file_complaint
from oversight.casework.actions.outcomes import open_outcome, take_outcome_step
from oversight.casework.actions.panel import declare_conflict, declare_no_conflict
from oversight.casework.actions.steps import approve_proposal, take_step
from oversight.casework.models import Complaint, Incident
from oversight.casework.queries.facts import open_allegations, panel_findings
from oversight.casework.queries.files import officers_heard
from oversight.casework.queries.summaries import parts
from oversight.demo import tales
from oversight.demo.people import MEMBERS, Officer, officer, person
from oversight.demo.tales import TALES, Tale
from oversight.kit.clock import local_date
from oversight.kit.db import session
from oversight.rules.jurisdictions import rulebook
from oversight.rules.roles import Role
from oversight.rules.rulebook import Rulebook

Story = Iterator[timedelta]
"""Acts when it is asked for its next value, which is how long until it acts again."""

FATES = {
    "decided": 46,
    "dismissed": 13,
    "referred": 11,
    "settled": 12,
    "closed": 8,
    "withdrawn": 6,
    "waiting": 4,
}
"""Roughly how many of a hundred complaints go which way."""

LEANINGS = {"not_sustained": 42, "unfounded": 18, "exonerated": 16, "sustained": 15, "sustained_in_part": 9}
"""Roughly what panels find, of a hundred allegations."""

FOR_GOOD = timedelta(days=10_000)
"""A wait that outlasts the demonstration."""

BEFORE_EVERYTHING = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass
class Office:
    """The invented office at one moment: who works there, who is complained about, and what time it is."""

    place: str
    book: Rulebook
    random: Random
    officers: list[Officer]
    people: dict[str, uuid.UUID]
    at: datetime = BEFORE_EVERYTHING
    incident: uuid.UUID | None = None

    def acting(self, address: str) -> Acting:
        """One of the office's people, by the first part of their address."""
        user = session().get(User, self.people[address])
        assert user is not None
        return acting.person(user)

    def days(self, least: int, most: int) -> timedelta:
        """A wait of some days, ending at another time of day."""
        return timedelta(days=self.random.randint(least, most), minutes=self.random.randint(-180, 180))


@dataclass(frozen=True)
class Plan:
    """One complaint before it is told: when it is filed, what it is about, and where it will go."""

    number: int
    at: datetime
    fate: str
    tale: Tale
    officer: Officer
    anonymous: bool
    at_the_march: bool
    stops_at: str = ""
    """Where this one waits today, so that every state and a hold and a second person can be seen."""


WAITING = {
    "early_resolution": ("settled", 60),
    "investigation": ("decided", 90),
    "held": ("decided", 90),
    "second_person": ("decided", 60),
    "civilian_review": ("decided", 170),
    "decision": ("decided", 250),
    "reconsideration": ("dismissed", 120),
}
"""Where some files wait today, the fate they are on the way to, and how many days ago they came in."""


def plans(random: Random, office: Office, complaints: int, end: datetime, *, days: int) -> Iterator[Plan]:
    """Spread complaints over the months, with a burst about one march, and every recent state present."""
    march = next(tale for tale in TALES if tale.context == "protest")
    burst = end - timedelta(days=days // 3)
    for number in range(complaints):
        at_the_march = number % 20 == 0
        ago = timedelta(minutes=random.randint(60, days * 24 * 60))
        yield Plan(
            number=number,
            at=burst + timedelta(minutes=random.randint(0, 4_000)) if at_the_march else end - ago,
            fate=_fate(random, ago),
            tale=march if at_the_march else random.choice(TALES),
            officer=officer(random, office.officers),
            anonymous=random.random() < 0.18,
            at_the_march=at_the_march,
        )
    yield from _waiting(random, office, complaints, end)


def _fate(random: Random, ago: timedelta) -> str:
    """Where a complaint goes; only one that came in lately may still be waiting for someone to begin."""
    fate = random.choices(list(FATES), list(FATES.values()))[0]
    return "decided" if fate == "waiting" and ago > timedelta(days=15) else fate


def _waiting(random: Random, office: Office, number: int, end: datetime) -> Iterator[Plan]:
    """A few more, each of which waits at one point of the way."""
    for place, (fate, days) in WAITING.items():
        for _ in range(2):
            number += 1
            yield Plan(
                number=number,
                at=end - timedelta(days=days, minutes=random.randint(0, 3_000)),
                fate=fate,
                tale=random.choice(TALES),
                officer=officer(random, office.officers),
                anonymous=False,
                at_the_march=False,
                stops_at=place,
            )


class _File:
    """The file a story is about, and the ways its people act on it."""

    def __init__(self, office: Office, plan: Plan) -> None:
        self.office, self.plan = office, plan
        self.id = self._file()
        self.caseworker = office.random.choice(["caseworker", "caseworker", "caseworker-2"])
        self.investigator = office.random.choice(["investigator", "investigator", "investigator-2"])

    @property
    def complaint(self) -> Complaint:
        found = session().get(Complaint, self.id)
        assert found is not None
        return found

    @property
    def book(self) -> Rulebook:
        return rulebook(self.complaint.rulebook)

    def step(self, who: str, name: str, *, second: str | None = None, **answers: Any) -> None:
        """Take a step, with the second person's approval where it needs one."""
        office, complaint = self.office, self.complaint
        session().flush()
        proposal = take_step(
            complaint, name, answers, by=office.acting(who), at=office.at, seen_version=complaint.version
        )
        if proposal is not None:
            session().flush()
            approve_proposal(proposal, by=office.acting(second or "director"), at=office.at)

    def _file(self) -> uuid.UUID:
        office, plan = self.office, self.plan
        filing = Filing(
            answers=_answers(plan, office),
            form_key=f"demo-{plan.number}-{uuid.UUID(int=office.random.getrandbits(128))}",
            received_on=local_date(office.at, office.book.time_zone),
            place=office.place,
            channel="web" if office.random.random() < 0.7 else "phone",
            language="fr" if office.random.random() < 0.1 else "en",
        )
        by = None if filing.channel == "web" else office.acting("caseworker")
        submission = file_complaint(filing, by=by, at=office.at)
        session().flush()
        return submission.complaint_id


def tell_story(office: Office, plan: Plan) -> Story:
    """Tell one complaint from its filing to wherever it has come by today."""
    file = _File(office, plan)
    for wait in _course(file):
        if plan.stops_at and plan.stops_at == file.complaint.state:
            return
        yield wait


def _course(file: _File) -> Story:
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
        _second_complainant(file)
    yield office.days(1, 6)
    if plan.fate == "waiting":
        return
    file.step(file.caseworker, "begin_assessment")
    yield office.days(4, 20)
    _code(file)
    if random.random() < 0.25:
        _talk(file)
    yield from FATE_STORIES[plan.fate](file)


# --- fates ------------------------------------------------------------------------------------------


def _dismissed(file: _File) -> Story:
    yield file.office.days(3, 20)
    grounds = [ground for ground in file.book.grounds if ground.code in ("no_jurisdiction", "out_of_time")]
    file.step(
        "director",
        "dismiss",
        allegations=_open(file),
        ground=file.office.random.choice(grounds or list(file.book.grounds)).code,
        reason="The events lie outside what the law lets this office look at.",
        to_complainant="We read everything you sent. The law does not let us look into it, and we explain why "
        "on the next page. You can ask for another look within 30 days.",
    )
    yield from _afterwards(file)


def _referred(file: _File) -> Story:
    yield file.office.days(2, 15)
    file.step(
        file.caseworker,
        "refer",
        allegations=_open(file),
        body=file.office.random.choice(file.book.referral_bodies).code,
        reason="Another body has the power to look at this.",
        to_complainant="Another body can do more about this than we can. With this letter you will find whom "
        "to ask and what we have passed on.",
    )
    yield from _afterwards(file)


def _settled(file: _File) -> Story:
    if not file.complaint.parties[0].is_reachable:
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


def _closed(file: _File) -> Story:
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


def _withdrawn(file: _File) -> Story:
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


def _decided(file: _File) -> Story:
    office, random = file.office, file.office.random
    yield from _investigated(file, until="heard")
    _write_copy(file)
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
    corrective = dict.fromkeys(_open(file), action)
    if not binding and random.random() < 0.12:
        findings = {each: {"finding": "not_sustained", "reasons": tales.WHY_PANEL[1]} for each in _open(file)}
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


# --- stretches of a story ---------------------------------------------------------------------------


def _investigated(file: _File, *, until: str) -> Story:
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


def _propose_hold(file: _File) -> None:
    """Ask for a hold that its second person has not looked at yet."""
    complaint, office = file.complaint, file.office
    session().flush()
    by = office.acting(file.investigator)
    take_step(complaint, "hold", _hold(office), by=by, at=office.at, seen_version=complaint.version)


def _held(file: _File) -> Story:
    office = file.office
    file.step(file.investigator, "hold", **_hold(office))
    if file.plan.stops_at == "held":
        yield FOR_GOOD
    yield office.days(30, 90)
    hold = next(each for each in file.complaint.holds if each.is_open)
    file.step(file.investigator, "resume", hold=str(hold.id), reason="The court case is over.")
    yield office.days(2, 10)


def _reviewed(file: _File, *, alike: bool = False) -> Story:
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
        findings = {each: {"finding": own, "reasons": random.choice(tales.WHY_PANEL)} for each in _open(file)}
        file.step(who, "submit_findings", findings=findings)
        if file.complaint.state != "civilian_review":
            return
        yield office.days(1, 9)


def _others_are_free(file: _File) -> bool:
    reviewers = sum(member.role is Role.REVIEWER for member in MEMBERS)
    return len(file.complaint.seats) + 1 < reviewers


def _afterwards(file: _File) -> Story:
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
    _outcome_step(file, "publisher", "draft", summary=_summary(file))
    yield office.days(1, 12)
    _outcome_step(file, "director", "approve")
    yield office.days(1, 8)
    _outcome_step(file, "publisher", "publish")


def _outcome_step(file: _File, who: str, name: str, **answers: Any) -> None:
    session().flush()
    outcome = file.complaint.outcome
    assert outcome is not None
    take_outcome_step(
        outcome, name, answers, by=file.office.acting(who), at=file.office.at, seen_version=outcome.version
    )


def _summary(file: _File) -> dict[str, str]:
    complaint = file.complaint
    finding = complaint.allegations[0].finding
    text = tales.summary(file.plan.tale, finding, file.office.random)
    if complaint.departed:
        text["why_departed.en"] = "A recording that came in later leaves open what happened."
        text["why_departed.fr"] = "Un enregistrement reçu plus tard ne permet pas de dire ce qui s’est passé."
    return {part: text[part] for part in parts(complaint)}


# --- small acts -------------------------------------------------------------------------------------


def _open(file: _File) -> list[str]:
    return [str(each.id) for each in open_allegations(file.complaint)]


def _code(file: _File) -> None:
    codes = {term.code for term in file.book.codes}
    code = file.plan.tale.code if file.plan.tale.code in codes else sorted(codes)[0]
    by = file.office.acting(file.caseworker)
    for allegation in open_allegations(file.complaint):
        editing.edit_allegation(allegation, by=by, at=file.office.at, code=code)
    if file.office.random.random() < 0.2:
        first = file.complaint.allegations[0]
        editing.add_allegation(
            file.complaint,
            by=by,
            at=file.office.at,
            code="discreditable_conduct" if "discreditable_conduct" in codes else code,
            subject_kind=first.subject_kind,
            subject_id=first.subject_id,
            duty=first.duty,
            context=first.context,
            camera="unknown",
            bias_kinds=[],
        )
        session().flush()


def _talk(file: _File) -> None:
    complainant = complainant_of(file.complaint)
    assert complainant is not None
    random = file.office.random
    messages.add_to_complaint(complainant, random.choice(tales.ADDITIONS), at=file.office.at)
    if random.random() < 0.7:
        by = file.office.acting(file.caseworker)
        editing.read_news(file.complaint, by=by, at=file.office.at)
        messages.write_to_party(complainant, random.choice(tales.REPLIES), by=by, at=file.office.at)


def _second_complainant(file: _File) -> None:
    random = file.office.random
    party = editing.add_party(
        file.complaint,
        "complainant",
        {"name": person(random), "phone": f"403-555-0{random.randint(100, 199)}"},
        by=file.office.acting("caseworker"),
        at=file.office.at,
        relation="witness",
        language="en",
    )
    editing.give_receipt(party, by=file.office.acting("caseworker"), at=file.office.at)


def _write_copy(file: _File) -> None:
    tale = file.plan.tale
    editing.write_review_copy(
        file.complaint,
        None,
        "What the complainant told us",
        f"{tale.summary[0]}\n\nOfficer A was given the chance to answer. The answer is below.",
        True,
        by=file.office.acting(file.investigator),
        at=file.office.at,
    )


def _answers(plan: Plan, office: Office) -> dict[str, Any]:
    random = office.random
    happened = local_date(office.at, office.book.time_zone) - timedelta(days=random.randint(0, 60))
    name = person(random)
    answers: dict[str, Any] = {
        "narrative": tales.narrative(plan.tale, random),
        "happened_on": happened.isoformat(),
        "happened_on_precision": random.choice(("exact", "exact", "about")),
        "still_going_on": "no",
        "place": random.choice(tales.STREETS),
        "area": random.choice(office.book.areas),
        "context": plan.tale.context,
        "duty": "off" if plan.tale.context == "other" else "on",
        "bias_alleged": random.choices(("yes", "no", "unsure"), (25, 60, 15))[0],
        "wish": random.choice(tales.WISHES),
        "relation": random.choices(("affected", "relative", "witness"), (75, 15, 10))[0],
        "anonymous": "yes" if plan.anonymous else "no",
        "officer_status": "known_officer" if random.random() < 0.6 else "described_officer",
        "officer_description": "Tall, with a dark jacket and glasses.",
    }
    if answers["bias_alleged"] != "no":
        answers["bias_kinds"] = [random.choice(("race", "race", "indigenous", "disability", "poverty"))]
    if answers["officer_status"] == "known_officer":
        answers |= {"officer_name": plan.officer.name, "officer_badge": plan.officer.badge}
    if not plan.anonymous:
        mail = name.lower().replace(" ", ".").replace("-", "")
        answers |= {
            "name": name,
            "email": f"{mail}@mail.example",
            "consent_to_mail": random.random() < 0.8,
            "phone": f"403-555-0{random.randint(100, 199)}",
        }
    return answers
