"""A file's history as its staff read it: what was done, by whom, and what was typed."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from oversight.casework.models import Complaint, FileEvent
from oversight.casework.queries.people import names_of
from oversight.casework.wording import party_name
from oversight.desk.wording.asks import Told, answered, people_in
from oversight.kit.i18n import t
from oversight.rules.jurisdictions import rulebook
from oversight.rules.steps import Workflow
from oversight.rules.words import N_

FILED: dict[str, str] = {
    "web": N_("Filed on the website"),
    "phone": N_("Filed by telephone"),
    "in_person": N_("Filed in person"),
    "mail": N_("Filed by mail"),
    "email": N_("Filed by e-mail"),
    "referral": N_("Referred here"),
    "unknown": N_("It is not known how it came in"),
}
EDITS: dict[str, str] = {
    "add_party": N_("Added a person"),
    "edit_party": N_("Changed a person’s details"),
    "renew_receipt": N_("Gave a new receipt code"),
    "give_receipt": N_("Gave a receipt code"),
    "add_allegation": N_("Added an allegation"),
    "edit_allegation": N_("Changed an allegation"),
    "note_imposed_action": N_("Noted what the service did"),
    "assign": N_("Changed who carries the file"),
    "attach_to_incident": N_("Changed the incident it belongs to"),
    "write_review_copy": N_("Wrote a review copy"),
    "remove_review_copy": N_("Removed a review copy"),
    "read_news": N_("Read what was sent in"),
    "declare_no_conflict": N_("Declared no conflict"),
    "keep_draft_findings": N_("Kept findings as a draft"),
    "declare_conflict": N_("Declared a conflict"),
    "shut_out": N_("Shut someone out for a conflict"),
    "draw_panel": N_("Drew the panel by lot"),
    "fill_seats": N_("Filled the panel’s empty seats"),
    "recompute_clocks": N_("Due days reckoned anew on the changed calendar"),
}
MESSAGES: dict[str, str] = {
    "addition": N_("Added to the complaint"),
    "retaliation": N_("Reported retaliation"),
    "to_party": N_("Wrote to a person on the file"),
}
IMPORTS: dict[str, str] = {
    "brought_in": N_("Brought in from another system"),
    "brought_up_to_date": N_("Brought up to date from a newer export"),
}
PATTERNS: dict[str, str] = {
    "proposed": N_("Proposed: %(step)s"),
    "declined": N_("Declined: %(step)s"),
}


@dataclass(frozen=True)
class Line:
    """One line of the history."""

    title: str
    at: datetime
    who: str
    rows: list[tuple[str, str]]


def history_lines(complaint: Complaint, events: Sequence[FileEvent]) -> list[Line]:
    """The history in words; every name is looked up at once."""
    people = {event.actor_id for event in events if event.actor_kind == "person" and event.actor_id}
    for event in events:
        people |= people_in(event.details or {})
    names = names_of(people)
    return [_line(complaint, event, names) for event in events]


def _line(complaint: Complaint, event: FileEvent, names: Mapping[uuid.UUID, str]) -> Line:
    return Line(
        _title(complaint, event), event.at, _who(complaint, event, names), _rows(complaint, event, names)
    )


def _title(complaint: Complaint, event: FileEvent) -> str:
    workflow = rulebook(complaint.rulebook).file
    match event.kind:
        case "filed":
            return t(FILED.get(event.what, event.what))
        case "edit":
            return t(EDITS.get(event.what, event.what))
        case "message":
            return t(MESSAGES.get(event.what, event.what))
        case "imported":
            return t(IMPORTS.get(event.what, event.what))
        case "uncovered":
            return t(N_("Opened the names and contacts"))
        case "deadline":
            return t(N_("Went past a due day: %(clock)s"), clock=_clock(complaint, event.what))
        case "outcome":
            return _outcome_title(complaint, event.what)
        case _:
            words = t(workflow.step(event.what).label) if workflow.has_step(event.what) else event.what
            return t(PATTERNS[event.kind], step=words) if event.kind in PATTERNS else words


def _outcome_title(complaint: Complaint, what: str) -> str:
    """A step of the file's outcome: begun, taken, proposed or declined."""
    workflow = rulebook(complaint.rulebook).outcome
    act, _, name = what.rpartition(".")
    words = t(workflow.step(name).label) if workflow.has_step(name) else t(N_("Begin the summary"))
    return t(N_("Outcome: %(step)s"), step=t(PATTERNS[act], step=words) if act in PATTERNS else words)


def _clock(complaint: Complaint, slug: str) -> str:
    deadline = rulebook(complaint.rulebook).deadline(slug)
    return t(deadline.label) if deadline else slug


def _who(complaint: Complaint, event: FileEvent, names: Mapping[uuid.UUID, str]) -> str:
    if event.actor_kind == "system" or event.actor_id is None:
        return t(N_("Automatic"))
    if event.actor_kind == "party":
        return next((party_name(each) for each in complaint.parties if each.id == event.actor_id), "")
    return names.get(event.actor_id, "")


def _rows(complaint: Complaint, event: FileEvent, names: Mapping[uuid.UUID, str]) -> list[tuple[str, str]]:
    workflow: Workflow = rulebook(complaint.rulebook).file
    details = event.details or {}
    rows = []
    if event.to_state:
        rows.append((t(N_("The file moved to")), t(workflow.state(event.to_state).label)))
    if event.kind in ("declined", "outcome"):
        rows.append((t(N_("Reason")), str(details.get("reason") or "")))
    elif workflow.has_step(event.what):
        rows += answered(workflow.step(event.what), Told(complaint, details, names))
    if details.get("approved_by"):
        rows.append((t(N_("Approved by")), names.get(uuid.UUID(details["approved_by"]), "")))
    return [(question, words) for question, words in rows if words]
