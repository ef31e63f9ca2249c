"""What came with a file from another system: that office's words beside ours, and what is odd about it."""

from dataclasses import dataclass

from oversight.casework.models import Complaint, ImportedFile
from oversight.casework.past import Flag
from oversight.casework.queries.queue import QueueLine
from oversight.casework.wording import label, state_label
from oversight.kit.i18n import LANGUAGES, t
from oversight.rules.findings import CHANNELS
from oversight.rules.jurisdictions import rulebook
from oversight.rules.words import N_

ODDITIES: dict[str, str] = {
    Flag.ENDED_BEFORE_RECEIVED: N_(
        "It is recorded as ended before it was received. Nobody has changed this."
    ),
    Flag.RECEIVED_BEFORE_INCIDENT: N_(
        "It is recorded as received before the day of the events. Nobody has changed this."
    ),
    Flag.DAY_UNKNOWN: N_("Only the month in which it was received is known. The first of it stands here."),
}
"""That nobody wrote down when it ended stands where the day would stand."""

FIELDS: dict[str, str] = {
    "state": N_("State"),
    "channel": N_("How it came in"),
    "level": N_("Level"),
    "area": N_("Part of town"),
    "context": N_("Contact"),
    "duty": N_("Duty"),
    "bias_alleged": N_("Bias alleged"),
    "language": N_("Language"),
    "ground": N_("Why it was stopped"),
}
"""What an office's word may tell of that we have words of our own for; the rest it names itself."""


@dataclass(frozen=True)
class KeptWord:
    """One word of the former office: what it tells of, in our words or in theirs, and the word."""

    name: str
    named_by_us: bool
    own: str
    ours: str


def imported_marks(complaint: Complaint | QueueLine) -> list[tuple[str, str]]:
    """What sets a file of the past apart, each with its tone."""
    marks = [(t(N_("Imported")), "plain")] if complaint.source is not None else []
    if complaint.waits_for_adoption:
        marks.append((t(N_("Waits to be taken up")), "attention"))
    return marks


def oddities(file: ImportedFile) -> list[str]:
    """What is odd about a file that was brought in as it is, in whole sentences."""
    return [t(ODDITIES[flag]) for flag in file.flags if flag in ODDITIES]


def kept_words(complaint: Complaint, file: ImportedFile) -> list[KeptWord]:
    """The former office's own words about a file, each beside ours where there is one."""
    ours = _our_words(complaint)
    return [
        KeptWord(t(FIELDS.get(name)) or _as_a_word(name), name in FIELDS, own, ours.get(name, ""))
        for name, own in (file.words or {}).items()
    ]


def _as_a_word(name: str) -> str:
    """The name that a mapping gave a column that is kept, such as case_type."""
    return name.replace("_", " ").capitalize()


def _our_words(complaint: Complaint) -> dict[str, str]:
    """What this office says of the same things now, where it says anything."""
    book = rulebook(complaint.rulebook)
    grounds = {label((*book.grounds, *book.closing_grounds), each.ground) for each in complaint.allegations}
    fields = {field.name: field for question in book.questions for field in question.fields}
    return {
        "state": state_label(complaint),
        "channel": t(CHANNELS.get(complaint.channel)),
        "level": label(book.levels, complaint.level),
        "area": t(complaint.area),
        "context": label(book.contexts, complaint.context),
        "duty": label(book.duty, complaint.duty),
        "bias_alleged": label(fields["bias_alleged"].choices, complaint.bias_alleged),
        "language": LANGUAGES.get(complaint.language, complaint.language),
        "ground": "; ".join(sorted(grounds - {""})),
    }
