"""What a reviewer reads about a file: enough to know a conflict by, then its allegations without names."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from oversight.casework.models import Allegation, Complaint, Seat
from oversight.casework.queries.facts import open_allegations
from oversight.casework.queries.reviews import said_to_the_panel
from oversight.casework.wording import allegation_name, ending_words, label
from oversight.kit.i18n import local_month, t
from oversight.rules.jurisdictions import rulebook
from oversight.rules.rulebook import Rulebook, term
from oversight.rules.words import N_

NOT_SAID = N_("Not said")


def known_before(complaint: Complaint) -> list[tuple[str, str]]:
    """What is told before the declaration: place, time and kind, roughly."""
    book = rulebook(complaint.rulebook)
    return [
        (t(N_("When")), local_month(complaint.happened_on) or t(NOT_SAID)),
        (t(N_("Part of town")), t(complaint.area) if complaint.area else t(NOT_SAID)),
        (t(N_("How they met the police")), label(book.contexts, complaint.context) or t(NOT_SAID)),
    ]


def kinds_alleged(complaint: Complaint) -> list[str]:
    """The words for what is alleged, each once."""
    book = rulebook(complaint.rulebook)
    return list(dict.fromkeys(label(book.codes, each.code) for each in complaint.allegations if each.code))


@dataclass(frozen=True)
class Reading:
    """One allegation as a reviewer reads it. `ended` says how, where it is not open; `held` that it waits."""

    id: uuid.UUID
    name: str
    means: str
    facts: list[tuple[str, str]]
    held: bool
    ended: str
    others: list[tuple[str, str]]


def readings(seat: Seat) -> list[Reading]:
    """Each allegation, with what the other seats found only once this one has submitted."""
    complaint = seat.complaint
    book = rulebook(complaint.rulebook)
    is_open = {each.id for each in open_allegations(complaint)}
    return [
        Reading(
            id=each.id,
            name=allegation_name(each),
            means=_means(book, each),
            facts=_facts(book, each),
            held=_is_held(each),
            ended="" if each.id in is_open else ending_words(each, book),
            others=_others(seat, each, book),
        )
        for each in complaint.allegations
    ]


def own_findings(seat: Seat) -> dict[uuid.UUID, tuple[str, str]]:
    """What this seat has found: allegation → finding in words, and reasons."""
    book = rulebook(seat.complaint.rulebook)
    return {
        found.allegation_id: (label(book.findings, found.finding), found.reasons or "")
        for found in seat.findings
    }


@dataclass(frozen=True)
class Said:
    """Something said to or by the panel: why a file came back, or what was still needed."""

    at: datetime
    returned: bool
    words: str


def said(complaint: Complaint) -> list[Said]:
    """What was said to and by this panel, the newest first."""
    lines = []
    for event in said_to_the_panel(complaint):
        details = event.details or {}
        returned = event.what == "return_to_the_panel"
        lines.append(Said(event.at, returned, str(details.get("reason" if returned else "question") or "")))
    return lines


def _means(book: Rulebook, allegation: Allegation) -> str:
    code = term(book.codes, allegation.code)
    return t(code.words) if code else ""


def _facts(book: Rulebook, allegation: Allegation) -> list[tuple[str, str]]:
    rows = [
        (t(N_("On or off duty")), label(book.duty, allegation.duty)),
        (t(N_("How they met the police")), label(book.contexts, allegation.context)),
        (t(N_("Camera")), label(book.camera, allegation.camera)),
        (t(N_("Bias alleged")), ", ".join(label(book.bias_kinds, kind) for kind in allegation.bias_kinds)),
    ]
    return [(name, words) for name, words in rows if words]


def _is_held(allegation: Allegation) -> bool:
    return any(
        hold.is_open and (hold.scope == "file" or allegation.id in hold.allegation_ids)
        for hold in allegation.complaint.holds
    )


def _others(seat: Seat, allegation: Allegation, book: Rulebook) -> list[tuple[str, str]]:
    if seat.submitted_at is None:
        return []
    found = [
        found
        for other in seat.complaint.seats
        if other.is_active and other.id != seat.id and other.submitted_at is not None
        for found in other.findings
        if found.allegation_id == allegation.id
    ]
    return sorted((label(book.findings, each.finding), each.reasons or "") for each in found)
