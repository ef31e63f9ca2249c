"""One invented file in the hands of its people: the small things they do to it."""

import uuid
from datetime import timedelta
from typing import Any

from oversight.casework.actions import editing, messages
from oversight.casework.actions.filing import Filing, complainant_of, file_complaint
from oversight.casework.actions.outcomes import take_outcome_step
from oversight.casework.actions.steps import approve_proposal, take_step
from oversight.casework.models import Complaint
from oversight.casework.queries.clocks import clocks_passed, clocks_to_extend, days_left_to_give
from oversight.casework.queries.facts import open_allegations
from oversight.casework.queries.files import PROGRESS
from oversight.casework.queries.summaries import parts
from oversight.demo import tales
from oversight.demo.people import person
from oversight.demo.plans import Office, Plan
from oversight.kit.clock import local_date
from oversight.kit.db import session
from oversight.rules.jurisdictions import rulebook
from oversight.rules.rulebook import Rulebook

TWO_WEEKS = 14
NEARLY = timedelta(days=15)
"""So soon a deadline makes people ask for more time."""


class InHand:
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


def open_ids(file: InHand) -> list[str]:
    return [str(each.id) for each in open_allegations(file.complaint)]


def code_allegations(file: InHand) -> None:
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


def talk(file: InHand) -> None:
    complainant = complainant_of(file.complaint)
    assert complainant is not None
    random = file.office.random
    messages.add_to_complaint(complainant, random.choice(tales.ADDITIONS), at=file.office.at)
    if random.random() < 0.7:
        by = file.office.acting(file.caseworker)
        editing.read_news(file.complaint, by=by, at=file.office.at)
        messages.write_to_party(complainant, random.choice(tales.REPLIES), by=by, at=file.office.at)


def mind_the_deadlines(file: InHand) -> None:
    """Mostly say why a deadline passed, and now and then give one more time before it does."""
    office, complaint = file.office, file.complaint
    if complaint.state not in file.book.file.step("say_why_it_passed").source:
        return
    on = local_date(office.at, office.book.time_zone)
    why = office.random.choice(file.book.delay_reasons).code
    for late in clocks_passed(complaint, on=on):
        if late.deadline != PROGRESS and not late.delays and office.random.random() < 0.6:
            file.step(file.caseworker, "say_why_it_passed", clock=late.deadline, delay_reason=why)
    for soon in clocks_to_extend(complaint, on=on):
        if soon.due_on and soon.due_on - on < NEARLY and office.random.random() < 0.5:
            days = str(min(TWO_WEEKS, days_left_to_give(soon, on=on)))
            file.step(file.caseworker, "give_more_time", clock=soon.deadline, days=days, delay_reason=why)


def add_complainant(file: InHand) -> None:
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


def write_copy(file: InHand) -> None:
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


def take_outcome(file: InHand, who: str, name: str, **answers: Any) -> None:
    session().flush()
    outcome = file.complaint.outcome
    assert outcome is not None
    take_outcome_step(
        outcome, name, answers, by=file.office.acting(who), at=file.office.at, seen_version=outcome.version
    )


def summary_of(file: InHand) -> dict[str, str]:
    complaint = file.complaint
    finding = complaint.allegations[0].finding
    text = tales.summary(file.plan.tale, finding, file.office.random)
    if complaint.departed:
        text["why_departed.en"] = "A recording that came in later leaves open what happened."
        text["why_departed.fr"] = "Un enregistrement reçu plus tard ne permet pas de dire ce qui s’est passé."
    return {part: text[part] for part in parts(complaint)}


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
