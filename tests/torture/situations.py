"""Files in every state of the table, so brought there that all steps that can stand beside each other do.

Two steps can't always: lifting a hold needs one, others need none. Hence several situations in one state.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from oversight.casework import acting
from oversight.casework.actions.editing import add_allegation, add_party
from oversight.casework.actions.proposals import waiting
from oversight.casework.actions.steps import approve_proposal
from oversight.casework.models import Complaint, Outcome
from oversight.casework.queries.facts import open_allegations
from oversight.casework.refusals import BadAnswers, Refused
from oversight.kit.clock import local_date
from oversight.kit.db import writing
from oversight.rules.jurisdictions import rulebook_in_force
from oversight.rules.roles import Role
from oversight.rules.steps import Step, Workflow
from tests import factories as files
from tests import summaries
from tests.cast import BEA, DORA, INES, IVAN, LOU, PAULA, REVIEWERS, Person, the
from tests.factories import fresh, fresh_in, take
from tests.torture.answers import ZONE, answers_of, summary_answers

PLACE = "alberta"

INA = Person("Ina", "caseworker-2", Role.CASEWORKER)
"""A second caseworker, so that two may take a caseworker's step."""
AT_WORK = (INES, INA, IVAN, BEA, DORA, LOU, PAULA, *REVIEWERS)

Bring = Callable[[Complaint, datetime], Complaint]
NUMBERS = count(1)
HELD = "on hold"
NEW, OLD = 2, 200
"""Days: every clock of a new file still runs; each that an old file was given at its beginning has passed."""


@dataclass(frozen=True)
class Situation:
    """What a file is brought to: `bring` takes one just filed, `ago` days before the race."""

    name: str
    state: str
    bring: Bring
    ago: int = NEW
    imported: bool = False

    def file(self, now: datetime) -> Complaint:
        """One more file in this situation."""
        at = now - timedelta(days=self.ago)
        if self.imported:
            return files.imported(self.state, number=f"07-{next(NUMBERS)}", source=f"e-{next(NUMBERS)}")
        filed = files.filed(at=at, received_on=local_date(at, ZONE))
        return self.bring(_with_more_to_it(filed, at), at)


def situations(state: str) -> Iterator[Situation]:
    """Every situation in one state: new and old, part on hold or not, a withdrawal waiting or not; in each
    of them no second person awaited, or one for every step that can be proposed, or for one such step alone.
    """
    steps = [step for step in table().steps if state in step.source]
    names = {step.name for step in steps}
    seconds = tuple(step.name for step in steps if step.second)
    if "adopt" in names:
        yield Situation(f"{state}, of another office", state, _plainly(state), imported=True)
    for ago in (NEW, OLD) if names & {"say_why_it_passed", "ask_late_for_reconsideration"} else (NEW,):
        for befalls in _what_can_befall(names):
            # Nothing that can be proposed needs a hold or a day gone by: so much the fewer of one step alone.
            alone = ago == NEW and HELD not in befalls
            proposals = {"": (), **({each: (each,) for each in seconds} if alone else {}), "all": seconds}
            for waits, proposed in proposals.items():
                yield _situation(state, ago, befalls, waits, proposed)


def table() -> Workflow:
    """The table of a file's steps that is in force."""
    return rulebook_in_force(PLACE, files.RECEIVED_ON).file


def _what_can_befall(names: set[str]) -> Iterator[Mapping[str, Bring]]:
    """Nothing, a hold of a part, a withdrawal, or both: where the table has a step that answers it."""
    holds = [{}, {HELD: _held_in_part}] if "resume" in names else [{}]
    withdrawals = [{}, {"to be withdrawn": files.wants_to_withdraw}]
    for withdrawal in withdrawals if "decide_on_a_withdrawal" in names else [{}]:
        for hold in holds:
            yield {**hold, **withdrawal}


def _situation(
    state: str, ago: int, befalls: Mapping[str, Bring], waits: str, proposed: tuple[str, ...]
) -> Situation:
    """What is proposed is so as early as it can be: before the rest befalls the file, or else after it."""
    words = (state, "long ago" if ago == OLD else "", *befalls, f"{waits} proposed" if waits else "")
    # A hold that waits for its second person would be in the way of the one that the file is brought to.
    early = tuple(each for each in proposed if each != "hold")
    if HELD in befalls and state in WITH_A_HOLD:
        before = WITH_A_HOLD[state]
    else:
        before = _then(_plainly(state, ago), _proposed(early), *befalls.values())
    ways = before, _proposed(proposed)
    return Situation(", ".join(filter(None, words)), state, _then(*ways), ago)


def _plainly(state: str, ago: int = NEW) -> Bring:
    return (LONG_AGO.get(state) if ago == OLD else None) or PLAIN.get(state) or files.BROUGHT_TO[state]


def outcomes(state: str) -> Iterator[Situation]:
    """Every situation of an outcome in one state; its file has ended, and nobody can ask for another look in
    time.
    """
    brought = OUTCOMES[state]
    seconds = tuple(step.name for step in outcome_table().steps if step.second and state in step.source)
    for proposed in ((), *((each,) for each in seconds), *([seconds] if len(seconds) > 1 else [])):
        waits = f", {' and '.join(proposed)} proposed" if proposed else ""
        name = f"outcome {state}{waits}"
        yield Situation(name, state, _then(files.decided, _outcome(brought, *proposed)), ago=150)


def outcome_table() -> Workflow:
    """The table of an outcome's steps that is in force."""
    return rulebook_in_force(PLACE, files.RECEIVED_ON).outcome


def _then(*ways: Bring) -> Bring:
    def brought(complaint: Complaint, at: datetime) -> Complaint:
        for way in ways:
            complaint = way(complaint, at)
        return complaint

    return brought


def _with_more_to_it(complaint: Complaint, at: datetime) -> Complaint:
    """A second allegation, which can be held while the first goes on, and someone who joins the complaint."""
    ines = acting.person(the(INES))
    with writing():
        here = fresh_in(complaint.id)
        add_allegation(here, by=ines, at=at, subject_kind="service", context="street_check")
        add_party(here, "complainant", {"name": "Bruno Hale"}, by=ines, at=at)
    return fresh(complaint.id)


def _with_officers_at_every_stage(complaint: Complaint, at: datetime) -> Complaint:
    """One officer more who is to be told, and one who was told: nothing is alleged of either."""
    ines = acting.person(the(INES))
    with writing():
        for name in ("Corin Vale", "Tamsin Rook"):
            here = fresh_in(complaint.id)
            add_party(here, "subject", {"name": name}, by=ines, at=at, subject_kind="known_officer")
    untold = next(each for each in fresh(complaint.id).parties if each.kind == "subject" and not each.told_on)
    return take(fresh(complaint.id), "tell_the_officer", by=IVAN, at=at, officer=str(untold.id))


def _taken(name: str, **instead: Any) -> Bring:
    """A step is taken, by two people where it takes two."""
    step = table().step(name)

    def taken(complaint: Complaint, at: datetime) -> Complaint:
        complaint_id, dora = complaint.id, acting.person(the(DORA))
        answers = {**answers_of(complaint, step, at), **instead}
        complaint = take(complaint, name, by=_taker(step), at=at, **answers)
        if not step.second:
            return complaint
        with writing():
            (waits,) = (each for each in waiting(fresh_in(complaint_id), "file") if each.step == name)
            approve_proposal(waits, by=dora, at=at)
        return fresh(complaint_id)

    return taken


def _taker(step: Step) -> Person:
    return BEA if step.by == frozenset({Role.DIRECTOR}) else INES


def _held_in_part(complaint: Complaint, at: datetime) -> Complaint:
    """One allegation on hold; the whole file where none is open any more."""
    held = [str(each.id) for each in open_allegations(complaint)[-1:]]
    return _taken("hold", allegations=held)(complaint, at)


def _proposed(names: tuple[str, ...]) -> Bring:
    """Each of these steps that can be proposed now and does not wait yet waits for its second person."""

    def propose(complaint: Complaint, at: datetime) -> Complaint:
        for step in map(table().step, names):
            answers = answers_of(complaint, step, at)
            with suppress(Refused, BadAnswers):
                take(complaint, step.name, by=_taker(step), at=at, **answers)
            complaint = fresh(complaint.id)
        return complaint

    return propose


def _published(complaint: Complaint) -> Outcome:
    return summaries.outcome_step(summaries.approved(complaint), "publish", by=PAULA)


def _corrected(complaint: Complaint) -> Outcome:
    words = summary_answers("correct")
    return summaries.agreed(
        summaries.outcome_step(_published(complaint), "correct", by=PAULA, **words), by=BEA
    )


def _outcome(bring: Callable[[Complaint], Outcome], *then: str) -> Bring:
    def brought(complaint: Complaint, at: datetime) -> Complaint:
        outcome = bring(complaint)
        for name in then:
            outcome = summaries.outcome_step(outcome, name, by=PAULA, **summary_answers(name))
        return fresh(complaint.id)

    return brought


OUTCOMES: Mapping[str, Callable[[Complaint], Outcome]] = {
    "draft": summaries.drafted,
    "approved": summaries.approved,
    "published": _published,
    "corrected": _corrected,
}
"""Every state of an outcome from which a step leads."""

PLAIN: Mapping[str, Bring] = {
    "assessment": _then(files.assessed, files.coded),
    "investigation": _then(files.investigated, files.heard, files.with_copy, _with_officers_at_every_stage),
    "civilian_review": _then(files.reviewed, files.declared),
}
"""Where the shortest way to a state leaves a step that its table has not yet possible."""

LATE = timedelta(days=OLD - NEW)


def _offered_late(complaint: Complaint, at: datetime) -> Complaint:
    assessed = files.coded(files.assessed(complaint, at), at)
    return take(assessed, "offer_early_resolution", by=INES, at=at + LATE, note="A talk.")


def _reviewed_late(complaint: Complaint, at: datetime) -> Complaint:
    for person in REVIEWERS:
        the(person)
    heard = files.with_copy(files.heard(files.investigated(complaint, at), at), at)
    return files.declared(take(heard, "send_to_review", by=IVAN, at=at + LATE), at + LATE)


LONG_AGO: Mapping[str, Bring] = {"early_resolution": _offered_late, "civilian_review": _reviewed_late}
"""Where the last clock to be started is not the one that has passed, but an earlier one is."""


WITH_A_HOLD: Mapping[str, Bring] = {
    state: _then(files.assessed, _held_in_part, *map(_taken, steps))
    for state, steps in {
        "closed_without_finding": ["close_without_finding"],
        "referred": ["refer"],
        "dismissed": ["dismiss"],
        "withdrawn": ["record_a_withdrawal", "decide_on_a_withdrawal"],
        "reconsideration": ["dismiss", "ask_for_reconsideration"],
    }.items()
}
"""Where no allegation is open that could be held alone, one is that was held before the others ended."""
