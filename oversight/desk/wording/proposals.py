"""Steps that wait for a second person: what is proposed, by whom, and who may decide."""

from collections.abc import Sequence
from dataclasses import dataclass

from oversight.accounts.models import User
from oversight.casework import acting
from oversight.casework.actions.proposals import may_approve, may_decline, waiting
from oversight.casework.models import Complaint, Proposal
from oversight.casework.queries.people import names_of
from oversight.desk.wording.asks import Told, answered, people_in
from oversight.kit.i18n import t
from oversight.rules.jurisdictions import rulebook


@dataclass(frozen=True)
class ProposalCard:
    """One proposed step as its page shows it."""

    proposal: Proposal
    label: str
    proposer: str
    rows: list[tuple[str, str]]
    may_approve: bool
    is_own: bool
    may_decline: bool


def proposal_cards(complaint: Complaint, person: User) -> list[ProposalCard]:
    """The steps of a file that wait."""
    return cards_of(waiting(complaint, "file"), person)


def cards_of(proposals: Sequence[Proposal], person: User) -> list[ProposalCard]:
    """Proposed steps for someone who may decide on them, or only look on; names are looked up at once."""
    ids = {proposal.proposed_by_id for proposal in proposals}
    for proposal in proposals:
        ids |= people_in(proposal.answers or {})
    names = names_of(ids)
    by = acting.person(person)
    cards = []
    for proposal in proposals:
        step = rulebook(proposal.complaint.rulebook).file.step(proposal.step)
        cards.append(
            ProposalCard(
                proposal,
                t(step.label),
                names.get(proposal.proposed_by_id, ""),
                answered(step, Told(proposal.complaint, proposal.answers or {}, names)),
                may_approve=may_approve(proposal, step, by),
                is_own=proposal.proposed_by_id == person.id,
                may_decline=may_decline(proposal, step, by),
            )
        )
    return cards
