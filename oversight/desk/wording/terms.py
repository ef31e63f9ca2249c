"""A file's codes as its own rulebook words them."""

from oversight.casework.models import Complaint, Hold
from oversight.casework.queries.queue import QueueLine
from oversight.casework.wording import label
from oversight.kit.i18n import t
from oversight.rules.jurisdictions import rulebook
from oversight.rules.words import N_


def state_tone(complaint: Complaint | QueueLine) -> str:
    """The badge's tone: at rest or under way."""
    if complaint.state == "received":
        return "attention"
    return "plain" if rulebook(complaint.rulebook).file.state(complaint.state).is_ending else "progress"


def level_label(complaint: Complaint | QueueLine) -> str:
    """The level's words, or that none is set."""
    return label(rulebook(complaint.rulebook).levels, complaint.level) or t(N_("Not set yet"))


def short_level(complaint: Complaint | QueueLine) -> str:
    """“Level 2” of “Level 2: another criminal or statutory offence”, for a list."""
    return level_label(complaint).partition(":")[0].rstrip()


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
