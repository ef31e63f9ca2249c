"""Outcomes: the public's list, and the publishers' desk."""

from sqlalchemy import Select, select
from sqlalchemy.orm import contains_eager, selectinload

from oversight.accounts.models import User
from oversight.casework.models import Complaint, FileEvent, Hold, Outcome, Party, Proposal, Seat
from oversight.casework.queries.files import files_for_publication
from oversight.kit.db import session
from oversight.kit.paging import Page, keyset_page

PUBLIC = ("published", "corrected")


def published_outcomes(after: str | None = None, size: int = 20) -> Page[Outcome]:
    """What the public may read, newest first. Pages show its `reference` and `published` alone."""
    return keyset_page(
        select(Outcome).where(Outcome.state.in_(PUBLIC), Outcome.published_at.is_not(None)),
        (Outcome.published_at.desc(), Outcome.reference.desc()),
        after,
        size,
    )


def published_outcome(reference: str) -> Outcome | None:
    """One public outcome, also one taken back (then its `published` is None), or None."""
    wanted = select(Outcome).where(Outcome.reference == reference, Outcome.state.in_((*PUBLIC, "withdrawn")))
    return session().scalars(wanted).one_or_none()


def files_to_summarise(person: User, after: str | None = None) -> Page[Complaint]:
    """Ended files without a summary, the longest ended first. What ended here has its day."""
    ended_here = (Complaint.has_ended, Complaint.is_ours, Complaint.ended_on.is_not(None))
    files = files_for_publication(person).where(*ended_here, Complaint.summary_begun_at.is_(None))
    return keyset_page(files, (Complaint.ended_on, Complaint.id), after)


def outcomes_in_work(person: User, after: str | None = None) -> Page[Outcome]:
    """Drafts and approved outcomes, the oldest first."""
    not_yet_out = (Outcome.state.in_(("draft", "approved")), Outcome.published_at.is_(None))
    in_work = _outcomes(person).where(*not_yet_out)
    whole = contains_eager(Outcome.complaint)
    in_work = in_work.options(
        whole.selectinload(Complaint.holds),
        whole.selectinload(Complaint.reconsiderations),
        whole.selectinload(Complaint.parties).joinedload(Party.identity),
    )
    return keyset_page(in_work, (Outcome.id,), after)


def outcomes_out(person: User, after: str | None = None) -> Page[Outcome]:
    """Published outcomes as their publishers see them, the newest first."""
    return keyset_page(_outcomes(person).where(Outcome.state.in_(PUBLIC)), (Outcome.id.desc(),), after)


def outcome_proposals(person: User, after: str | None = None) -> Page[Proposal]:
    """Corrections and withdrawals that wait for a second person, this one's own among them."""
    its_file = files_for_publication(person).where(Complaint.id == Proposal.complaint_id)
    waiting = select(Proposal).where(
        Proposal.workflow == "outcome", Proposal.status == "waiting", its_file.exists()
    )
    whole = selectinload(Proposal.complaint).selectinload(Complaint.outcome)
    return keyset_page(waiting.options(whole), (Proposal.id,), after)


def file_to_summarise(person: User, number: str) -> Complaint | None:
    """One ended file as a publisher may read it, or None. It may have gone back to work since."""
    wanted = files_for_publication(person).where(Complaint.number == number)
    return session().scalars(wanted.options(*_WHOLE)).one_or_none()


def outcome_for(person: User, reference: str) -> Outcome | None:
    """One outcome in its author's or approver's hands, or None."""
    return session().scalars(_outcomes(person).where(Outcome.reference == reference)).one_or_none()


def last_sent_back(outcome: Outcome) -> FileEvent | None:
    """When a summary was last sent back to its author, by whom and why."""
    wanted = select(FileEvent).where(
        FileEvent.complaint_id == outcome.complaint_id,
        FileEvent.kind == "outcome",
        FileEvent.what == "send_back",
    )
    return session().scalars(wanted.order_by(FileEvent.id.desc()).limit(1)).first()


_WHOLE = (
    selectinload(Complaint.parties),
    selectinload(Complaint.allegations),
    selectinload(Complaint.holds).selectinload(Hold.held),
    selectinload(Complaint.seats).selectinload(Seat.findings),
    selectinload(Complaint.copies),
    selectinload(Complaint.proposals),
)


def _outcomes(person: User) -> Select[Outcome]:
    outcomes = select(Outcome).join(Outcome.complaint).options(contains_eager(Outcome.complaint))
    # Asked of each outcome's file as the page comes to it: a list of all files within reach has no end.
    may_see = files_for_publication(person).whereclause
    return outcomes if may_see is None else outcomes.where(may_see)
