"""What a review copy begins from, and what in it still names someone."""

from oversight.casework.models import Complaint, Party
from oversight.casework.queries.summaries import leaks_in, names_known, people_of
from oversight.casework.wording import party_name
from oversight.kit.i18n import t
from oversight.rules.blinding import blinded
from oversight.rules.leaks import NAME_KIND_LABELS
from oversight.rules.words import N_

ROLES: dict[str, str] = {
    "complainant": N_("the complainant"),
    "affected_person": N_("the affected person"),
    "representative": N_("the representative"),
}


def draft_copy(complaint: Complaint) -> str:
    """The narrative with the names that are known replaced by roles."""
    names = {role_of(party, complaint): names_known(party) for party in people_of(complaint)}
    return blinded(complaint.narrative or "", names)


def role_of(party: Party, complaint: Complaint) -> str:
    """“the complainant”, “Officer A”: what stands in a copy in place of someone's name."""
    alone = sum(each.kind == party.kind for each in complaint.parties) == 1
    return t(ROLES[party.kind]) if alone and party.kind in ROLES else party_name(party)


def names_left(complaint: Complaint, text: str) -> list[tuple[str, str]]:
    """Each thing in the text that still names someone: what sort of thing it is, and the words themselves."""
    found = [
        (t(NAME_KIND_LABELS[leak.name_kind]), text[leak.where.start : leak.where.end])
        for leak in leaks_in(complaint, {"text": text})
    ]
    return list(dict.fromkeys(found))
