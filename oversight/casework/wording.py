"""How a file's people and codes are called on every page that names nobody, in the words of its rulebook."""

from oversight.casework.models import Allegation, Complaint, Party
from oversight.casework.queries.queue import QueueLine
from oversight.kit.i18n import t, with_detail
from oversight.rules.findings import STATUS_LABELS, SUBJECT_LABELS, Status, Subject, Term
from oversight.rules.jurisdictions import rulebook
from oversight.rules.rulebook import Rulebook, term
from oversight.rules.words import N_

KINDS: dict[str, str] = {
    "complainant": N_("Complainant %(number)s"),
    "affected_person": N_("Affected person %(number)s"),
    "witness": N_("Witness %(number)s"),
    "representative": N_("Representative %(number)s"),
    "subject": N_("Officer %(letter)s"),
}
SUBJECTS: dict[str, str] = {
    Subject.CHIEF: N_("Chief of police"),
    Subject.CIVILIAN_EMPLOYEE: N_("Civilian employee %(letter)s"),
}


def label(terms: tuple[Term, ...], code: str | None) -> str:
    """The words of a code; a code the rulebook no longer has is shown as it is stored."""
    found = term(terms, code)
    return t(found.label) if found else code or ""


def party_name(party: Party) -> str:
    """Complainant 1, Officer A: what a person is called on every page that does not uncover names."""
    words = SUBJECTS.get(party.subject_kind or "", KINDS[party.kind])
    return t(words, number=party.ordinal, letter=_letter(party.ordinal))


def whom(allegation: Allegation) -> str:
    """Whom or what it is about."""
    if allegation.subject is not None:
        return party_name(allegation.subject)
    return t(SUBJECT_LABELS[Subject(allegation.subject_kind)])


def allegation_name(allegation: Allegation) -> str:
    """“1. Neglect of duty, Officer A”: an allegation in a list; uncoded, as a former office called it."""
    what = label(rulebook(allegation.complaint.rulebook).codes, allegation.code)
    what = what or quoted(allegation.own_code) or t(N_("not coded yet"))
    return f"{allegation.ordinal}. {what}, {whom(allegation)}"


def quoted(words: str | None) -> str:
    """Somebody else's words between the reader's quotation marks; nothing for nothing."""
    return t(N_("“%(words)s”"), words=words) if words else ""


def ending_words(allegation: Allegation, book: Rulebook) -> str:
    """Where an allegation stands, with what it ended as."""
    words = t(STATUS_LABELS[Status(allegation.status)])
    detail = (
        label(book.findings, allegation.finding)
        or label((*book.grounds, *book.closing_grounds), allegation.ground)
        or label(book.referral_bodies, allegation.referred_to)
    )
    return with_detail(words, detail)


def state_label(complaint: Complaint | QueueLine, slug: str | None = None) -> str:
    """The staff's word for a state of this file, by default the present one."""
    return t(rulebook(complaint.rulebook).file.state(slug or complaint.state).label)


def _letter(ordinal: int) -> str:
    """1 → A, 26 → Z, 27 → AA."""
    letters = ""
    while ordinal > 0:
        ordinal, rest = divmod(ordinal - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
