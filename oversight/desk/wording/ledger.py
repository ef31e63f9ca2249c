"""An entry of the ledger as a sentence: who did what to which thing. Its codes name nobody but staff."""

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from oversight.casework.queries.people import names_of
from oversight.desk.wording.history import EDITS, FILED, MESSAGES, PATTERNS
from oversight.kit.i18n import t, with_detail
from oversight.ledger.models import Entry, Words
from oversight.rules.jurisdictions import all_rulebooks
from oversight.rules.words import N_

GROUPS: dict[str, str] = {
    "file": N_("Complaint file"),
    "outcome": N_("Outcome"),
    "person": N_("Account"),
    "role": N_("Role"),
    "sign_in": N_("Signing in"),
    "calendar": N_("Calendar"),
    "ledger": N_("Ledger"),
    "self_identification": N_("Self-identification"),
    "import": N_("Files of the past"),
    "figures": N_("Figures"),
    "edition": N_("Transparency report"),
}
DEEDS: dict[str, str] = {
    "person.made": N_("Made"),
    "person.invited": N_("Invited"),
    "person.link_sent": N_("Sent a link"),
    "person.link_asked": N_("Asked for a link"),
    "person.password_chosen": N_("Chose a password"),
    "person.profile_changed": N_("Changed name or language"),
    "person.deactivated": N_("Closed"),
    "person.reactivated": N_("Opened again"),
    "person.signed_in": N_("Signed in"),
    "person.signed_out": N_("Signed out"),
    "sign_in.locked": N_("Too many attempts"),
    "role.proposed": N_("Proposed"),
    "role.granted": N_("Granted"),
    "role.declined": N_("Declined"),
    "role.removed": N_("Removed"),
    "calendar.filled": N_("Holidays entered"),
    "calendar.add_day": N_("Day added"),
    "calendar.remove_day": N_("Day removed"),
    "outcome.open": N_("Begin the summary"),
    "ledger.words_destroyed": N_("Words lawfully destroyed"),
    "self_identification.kept": N_("Answer kept apart"),
    "import.batch": N_("Export brought in"),
    "figures.read_internal": N_("Read with their small numbers"),
    "figures.benchmark_loaded": N_("Population to compare with loaded"),
    "edition.proposed": N_("Proposed"),
    "edition.built": N_("Built and checked"),
    "edition.refused": N_("Refused by its checks"),
    "edition.issued": N_("Issued"),
    "edition.discarded": N_("Discarded"),
}
"""What is done to anything but a file; a file's own words are its history's."""


@dataclass(frozen=True)
class LedgerLine:
    """One entry: all that is public of it, and its words while they are there."""

    number: int
    hash: str
    previous_hash: str
    commitment: str
    at: datetime | None = None
    who: str = ""
    what: str = ""
    kind: str = ""
    subject: str = ""
    details: tuple[tuple[str, str], ...] = ()
    destroyed_by: int | None = None


def ledger_lines(entries: Sequence[Entry]) -> list[LedgerLine]:
    """Entries in words; the names of staff are looked up at once."""
    ids = {_person(entry.words) for entry in entries if entry.words}
    names = names_of({each for each in ids if each})
    return [_line(entry, names) for entry in entries]


def _line(entry: Entry, names: Mapping[uuid.UUID, str]) -> LedgerLine:
    public = (entry.number, entry.hash, entry.previous_hash, entry.commitment)
    words = entry.words
    if words is None:
        gone = entry.destruction
        return LedgerLine(*public, destroyed_by=gone.entry_number if gone else None)
    return LedgerLine(
        *public,
        at=words.at,
        who=_who(words, names),
        what=_what(words.kind),
        kind=words.kind,
        subject=words.subject,
        details=tuple(_details(words.facts)),
    )


def _details(facts: Mapping[str, Any], within: str = "") -> Iterator[tuple[str, str]]:
    """Each detail by its name; what is kept of each file of an import has the file's name after it."""
    for name, value in facts.items():
        if isinstance(value, Mapping):
            yield from _details(value, f"{within}{name} ")
        elif value is not None:
            yield f"{within}{name}", str(value)


def _person(words: Words) -> uuid.UUID | None:
    kind, _, identity = words.actor.partition(":")
    return uuid.UUID(identity) if kind == "person" and identity else None


def _who(words: Words, names: Mapping[uuid.UUID, str]) -> str:
    person = _person(words)
    if person is not None:
        return names.get(person, t(N_("Someone who worked here")))
    return t(N_("Someone with a receipt")) if words.actor.startswith("party") else t(N_("Automatic"))


def _what(kind: str) -> str:
    """“file.step.begin_assessment” → “Complaint file: Begin the assessment”."""
    group, _, rest = kind.partition(".")
    done = t(DEEDS[kind]) if kind in DEEDS else _done(rest)
    return with_detail(t(GROUPS.get(group, group)), done)


def _done(rest: str) -> str:
    kind, _, what = rest.partition(".")
    tables = {"filed": FILED, "edit": EDITS, "message": MESSAGES}
    if kind in tables and what in tables[kind]:
        return t(tables[kind][what])
    if kind == "uncovered":
        return t(N_("Opened the names and contacts"))
    if kind == "deadline":
        return t(N_("Went past a due day: %(clock)s"), clock=_clock_label(what))
    label = _step_label(what or kind)
    if label and kind in PATTERNS:
        return t(PATTERNS[kind], step=label)
    return label or rest.replace(".", " ").replace("_", " ")


def _clock_label(slug: str) -> str:
    found = (book.deadline(slug) for book in all_rulebooks().values())
    return next((t(deadline.label) for deadline in found if deadline), slug)


def _step_label(name: str) -> str:
    for book in all_rulebooks().values():
        for workflow in (book.file, book.outcome):
            if workflow.has_step(name):
                return t(workflow.step(name).label)
    return ""
