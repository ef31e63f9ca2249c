"""A file's codes as its own rulebook words them."""

from oversight.casework.models import Allegation, Complaint, Hold
from oversight.desk.wording.people import party_name
from oversight.kit.i18n import t
from oversight.rules.findings import STATUS_LABELS, SUBJECT_LABELS, Status, Subject, Term
from oversight.rules.jurisdictions import rulebook
from oversight.rules.rulebook import Rulebook, term
from oversight.rules.words import N_


def label(terms: tuple[Term, ...], code: str | None) -> str:
    """The words of a code; a code the rulebook no longer has is shown as it is stored."""
    found = term(terms, code)
    return t(found.label) if found else code or ""


def state_label(complaint: Complaint, slug: str | None = None) -> str:
    """The staff's word for a state of this file, by default the present one."""
    return t(rulebook(complaint.rulebook).file.state(slug or complaint.state).label)


def state_tone(complaint: Complaint) -> str:
    """The badge's tone: at rest or under way."""
    if complaint.state == "received":
        return "attention"
    return "plain" if rulebook(complaint.rulebook).file.state(complaint.state).is_ending else "progress"


def level_label(complaint: Complaint) -> str:
    """The level's words, or that none is set."""
    return label(rulebook(complaint.rulebook).levels, complaint.level) or t(N_("Not set yet"))


def allegation_name(allegation: Allegation) -> str:
    """“1. Neglect of duty, Officer A”: an allegation in a list."""
    book = rulebook(allegation.complaint.rulebook)
    what = label(book.codes, allegation.code) or t(N_("not coded yet"))
    return f"{allegation.ordinal}. {what}, {whom(allegation)}"


def whom(allegation: Allegation) -> str:
    """Whom or what it is about."""
    if allegation.subject is not None:
        return party_name(allegation.subject)
    return t(SUBJECT_LABELS[Subject(allegation.subject_kind)])


def ending_words(allegation: Allegation, book: Rulebook) -> str:
    """Where an allegation stands, with what it ended as."""
    words = t(STATUS_LABELS[Status(allegation.status)])
    detail = (
        label(book.findings, allegation.finding)
        or label((*book.grounds, *book.closing_grounds), allegation.ground)
        or label(book.referral_bodies, allegation.referred_to)
    )
    return f"{words}: {detail}" if detail else words


def hold_name(hold: Hold) -> str:
    """Why a hold stands and what it keeps."""
    reason = label(rulebook(hold.complaint.rulebook).hold_reasons, hold.reason)
    return f"{reason} ({held_what(hold)})"


def held_what(hold: Hold) -> str:
    """What a hold keeps waiting."""
    if hold.scope == "file":
        return t(N_("the whole file"))
    held = [each for each in hold.complaint.allegations if each.id in hold.allegation_ids]
    return t(N_("allegation %(numbers)s"), numbers=", ".join(str(each.ordinal) for each in held))
