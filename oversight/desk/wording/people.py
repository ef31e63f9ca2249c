"""The people of a file by their part in it, which names nobody."""

from oversight.casework.models import Party
from oversight.kit.i18n import LANGUAGES, t
from oversight.rules.findings import Subject
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
KIND_LABELS: dict[str, str] = {
    "complainant": N_("Someone who complained"),
    "affected_person": N_("Someone it happened to"),
    "witness": N_("A witness"),
    "representative": N_("Someone who acts for another person"),
    "subject": N_("Someone the complaint is about"),
}
HEARD: dict[str, str] = {
    "response": N_("Answered on %(day)s"),
    "lapsed": N_("Let the chance to answer pass, %(day)s"),
    "reason": N_("Could not be heard; the reason was recorded on %(day)s"),
}


def party_name(party: Party) -> str:
    """Complainant 1, Officer A: what a person is called on every page that does not uncover names."""
    words = SUBJECTS.get(party.subject_kind or "", KINDS[party.kind])
    return t(words, number=party.ordinal, letter=_letter(party.ordinal))


def language_name(party: Party) -> str:
    """The language to write to them in, by its own name."""
    return LANGUAGES.get(party.language, party.language)


def reachable_how(party: Party) -> str:
    """How they can be reached, without the address."""
    if party.anonymous:
        return t(N_("Only through their receipt: they chose not to say who they are"))
    ways = []
    if party.can_be_mailed:
        ways.append(t(N_("e-mail")))
    elif party.has_email:
        ways.append(t(N_("e-mail, without consent to use it")))
    if party.has_other_contact:
        ways.append(t(N_("telephone or mail")))
    return ", ".join(ways) or t(N_("No way is known"))


def _letter(ordinal: int) -> str:
    """1 → A, 26 → Z, 27 → AA."""
    letters = ""
    while ordinal > 0:
        ordinal, rest = divmod(ordinal - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
