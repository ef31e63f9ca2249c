"""A party by the receipt they show, and what they may see of their file."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from oversight.accounts.models import User
from oversight.casework.models import Allegation, Clock, Complaint, FileEvent, Message, Party, Submission
from oversight.kit.db import session
from oversight.rules.findings import STATUS_LABELS, Status
from oversight.rules.jurisdictions import rulebook
from oversight.rules.messages import Audience
from oversight.rules.rulebook import Rulebook, term
from oversight.rules.steps import PublicStage, State
from oversight.rules.words import N_


def party_with_receipt(digest: bytes) -> Party | None:
    """The party whose receipt code has that digest."""
    wanted = select(Party).where(Party.receipt_hash == digest)
    return session().scalars(wanted.options(joinedload(Party.complaint))).one_or_none()


def party_to_act(digest: bytes) -> Party | None:
    """The same inside a transaction that writes, its file locked: what staff do meanwhile comes after."""
    party = party_with_receipt(digest)
    if party is not None:
        session().refresh(party.complaint, with_for_update=True)
    return party


def submission_with_key(key_hash: bytes) -> Submission | None:
    """What a form key has made, if it was sent."""
    return session().scalar(select(Submission).where(Submission.form_key == key_hash))


def window_is_open(complaint: Complaint, *, on: date) -> bool:
    """Whether another look may still be asked for without reasons for being late."""
    until = complaint.reconsiderable_until
    return until is None or on <= until


@dataclass(frozen=True)
class PublicEnding:
    """How one allegation ended: what was alleged, what the law calls it, what that means; marked."""

    allegation: str
    ending: str
    called: str
    means: str


def endings_of(complaint: Complaint) -> tuple[PublicEnding, ...]:
    """How each allegation of an ended file ended; nothing while the file is open."""
    book = rulebook(complaint.rulebook)
    if not book.file.state(complaint.state).is_ending:
        return ()
    return tuple(_ending(each, book) for each in complaint.allegations if each.status != Status.OPEN)


def _ending(allegation: Allegation, book: Rulebook) -> PublicEnding:
    coded = term(book.codes, allegation.code)
    named = {
        Status.DECIDED: term(book.findings, allegation.finding),
        Status.DISMISSED: term(book.grounds, allegation.ground),
        Status.CLOSED: term(book.closing_grounds, allegation.ground),
        Status.REFERRED: term(book.referral_bodies, allegation.referred_to),
    }.get(Status(allegation.status))
    return PublicEnding(
        allegation=coded.label if coded else UNCODED,
        ending=STATUS_LABELS[Status(allegation.status)],
        called=named.label if named else "",
        means=named.words if named else MEANING.get(Status(allegation.status), ""),
    )


UNCODED = N_("What you told us")
MEANING = {
    Status.SETTLED: N_("Everyone concerned agreed on a way to settle it."),
    Status.WITHDRAWN: N_("Whoever complained asked to withdraw, and it was closed."),
}


@dataclass(frozen=True)
class PublicDelay:
    """A deadline that takes longer: marked words for it and for why, and its last day, if that is set.

    `passed`: the last day has gone by, and `reason` is empty until somebody has said why. Otherwise the
    office has given itself more time, until that day.
    """

    deadline: str
    reason: str
    last_day: date | None
    passed: bool


def delays_of(complaint: Complaint, *, on: date) -> tuple[PublicDelay, ...]:
    """The open deadlines of a file that take longer, with the newest reason that was given for each.

    Whatever ends a file stops its clocks, so that of an ended one nothing is told.
    """
    open_ones = select(Clock).where(Clock.complaint_id == complaint.id, Clock.stopped_on.is_(None))
    clocks = session().scalars(open_ones.order_by(Clock.due_on, Clock.id))
    book = rulebook(complaint.rulebook)
    return tuple(_delay(clock, book, on) for clock in clocks if clock.delays)


def _delay(clock: Clock, book: Rulebook, on: date) -> PublicDelay:
    newest, passed = clock.delays[-1], clock.has_passed(on)
    # Why more time was given is not why that time was not enough either.
    code = "" if passed and newest["days"] else newest["reason"]
    why = term(book.delay_reasons, code)
    return PublicDelay(
        deadline=clock.rule["label"],
        reason=why.label if why else code,
        last_day=clock.due_on if passed or clock.is_running else None,
        passed=passed,
    )


@dataclass(frozen=True)
class PublicEvent:
    """One line a party sees of what happened: when, and in which marked words."""

    at: datetime
    words: str


@dataclass(frozen=True)
class PublicStatus:
    """What a party sees of their file. No names but the caseworker's; no step of the house's own."""

    number: str
    stage: PublicStage
    stages: tuple[PublicStage, ...]
    state: State
    events: tuple[PublicEvent, ...]
    on_hold: bool
    result: str | None
    outcome_reference: str | None
    caseworker: str | None
    may_withdraw: bool
    may_ask_again: bool
    asking_is_late: bool


def status_for(party: Party, *, window_open: bool) -> PublicStatus:
    """Draw what this party may see of their file."""
    complaint = party.complaint
    workflow = rulebook(complaint.rulebook).file
    state = workflow.state(complaint.state)
    published = complaint.outcome is not None and complaint.outcome.published is not None
    return PublicStatus(
        number=complaint.number,
        stage=PublicStage.PUBLISHED if published else state.stage,
        stages=_stages(complaint, state),
        state=state,
        events=_public_events(complaint),
        on_hold=any(hold.is_open for hold in complaint.holds),
        result=complaint.result if state.is_ending else None,
        outcome_reference=complaint.outcome.reference if published and complaint.outcome else None,
        caseworker=_caseworker_name(complaint),
        may_withdraw=not state.is_ending
        and party.kind == "complainant"
        and not party.withdrawal_is_undecided,
        may_ask_again=state.is_ending,
        asking_is_late=state.is_ending and not window_open,
    )


def _stages(complaint: Complaint, state: State) -> tuple[PublicStage, ...]:
    """The public line. What ended without civilians is never shown as reviewed by them."""
    ahead = state.stage in (PublicStage.RECEIVED, PublicStage.REVIEWED)
    reviewed = ahead or any(seat.submitted_at for seat in complaint.seats)
    return tuple(stage for stage in PublicStage if reviewed or stage is not PublicStage.REVIEWED)


def messages_of(party: Party) -> list[Message]:
    """What this party and the office wrote to each other, the newest first, at most 50."""
    wanted = select(Message).where(Message.party_id == party.id).order_by(Message.id.desc()).limit(50)
    return list(session().scalars(wanted))


def _public_events(complaint: Complaint) -> tuple[PublicEvent, ...]:
    """The steps about which complainants are told, in the words they were told in."""
    words = _words_told(complaint.rulebook)
    wanted = (
        select(FileEvent.at, FileEvent.what)
        .where(FileEvent.complaint_id == complaint.id, FileEvent.kind == "step", FileEvent.what.in_(words))
        .order_by(FileEvent.id.desc())
        .limit(20)
    )
    return tuple(PublicEvent(at, words[what]) for at, what in session().execute(wanted))


@cache
def _words_told(slug: str) -> dict[str, str]:
    """The name of each step about which complainants are told → the words they are told in."""
    book = rulebook(slug)
    told = [(step.name, book.messages[name]) for step in book.file.steps for name in step.tells]
    return {step: message.subject for step, message in told if message.to is Audience.COMPLAINANTS}


def _caseworker_name(complaint: Complaint) -> str | None:
    if complaint.caseworker_id is None:
        return None
    return session().scalar(select(User.name).where(User.id == complaint.caseworker_id))
