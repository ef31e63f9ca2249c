"""The people of a file by their part in it, which names nobody."""

from oversight.casework.models import Party
from oversight.kit.i18n import LANGUAGES, t
from oversight.rules.words import N_

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
