"""A file's own pages, one for each part of it; here those that only show."""

from http import HTTPStatus
from typing import Any

from flask import abort, render_template, request, url_for

from oversight.accounts.access import needs, signed_in_person
from oversight.casework import wording
from oversight.casework.models import Complaint
from oversight.casework.queries.files import history_of, origin_of
from oversight.casework.queries.people import names_of
from oversight.desk.routes.blueprint import Page, blueprint, day_of, known_file, shown_file
from oversight.desk.wording import people, terms
from oversight.desk.wording.answers import told as answers_told
from oversight.desk.wording.clocks import clock_cards, next_due
from oversight.desk.wording.former import imported_marks, kept_words, oddities
from oversight.desk.wording.history import history_lines
from oversight.desk.wording.proposals import proposal_cards
from oversight.desk.wording.steps import adoption, choices_of, consequences
from oversight.kit.i18n import t
from oversight.kit.pages import personal
from oversight.rules.jurisdictions import rulebook
from oversight.rules.roles import Can
from oversight.rules.words import N_

PARTS: tuple[tuple[str, str], ...] = (
    ("desk.file", N_("Now")),
    ("desk.told", N_("What was told")),
    ("desk.allegations", N_("Allegations")),
    ("desk.people", N_("People")),
    ("desk.review", N_("Review")),
    ("desk.messages", N_("Messages")),
    ("desk.history", N_("History")),
    ("desk.handling", N_("Who handles it")),
)
FORMER = ("desk.former", N_("Former system"))
"""The part that only an imported file has."""


def file_page(template: str, complaint: Complaint, part: str, **values: Any) -> str:
    """A page of a file, under the head that all of them share."""
    number = complaint.number
    parts = PARTS if complaint.source is None else (*PARTS, FORMER)
    tabs = [(t(words), url_for(each, number=number), each == part, None) for each, words in parts]
    return render_template(
        f"desk/file/{template}.html",
        complaint=complaint,
        book=rulebook(complaint.rulebook),
        tabs=tabs,
        due=next_due(complaint, day_of(complaint)),
        held=[hold for hold in complaint.holds if hold.is_open],
        imported=imported_marks(complaint),
        terms=terms,
        wording=wording,
        people=people,
        **values,
    )


@blueprint.get("/desk/files/<number>")
@needs(Can.READ_FILES)
@personal
def file(number: str) -> Page:
    complaint, person = known_file(number), signed_in_person()
    choices = choices_of(complaint, person, on=day_of(complaint))
    open_clocks, stopped_clocks = clock_cards(complaint, day_of(complaint), choices.about_clocks)
    handlers = {complaint.caseworker_id, complaint.investigator_id} - {None}
    return file_page(
        "now",
        complaint,
        "desk.file",
        choices=choices,
        proposals=proposal_cards(complaint, person),
        open_clocks=open_clocks,
        stopped_clocks=stopped_clocks,
        names=names_of({each for each in handlers if each}),
    )


@blueprint.get("/desk/files/<number>/told")
@needs(Can.READ_FILES)
@personal
def told(number: str) -> Page:
    complaint = shown_file(number)
    return file_page("told", complaint, "desk.told", answers=answers_told(complaint))


@blueprint.get("/desk/files/<number>/former")
@needs(Can.READ_FILES)
@personal
def former(number: str) -> Page:
    complaint = known_file(number)
    if complaint.source is None:
        abort(HTTPStatus.NOT_FOUND)
    file, batch = origin_of(complaint)
    step = adoption(complaint, signed_in_person())
    return file_page(
        "former",
        complaint,
        FORMER[0],
        batch=batch,
        oddities=oddities(file),
        kept=kept_words(complaint, file),
        adoption=step,
        consequences=consequences(complaint, step) if step else [],
    )


@blueprint.get("/desk/files/<number>/history")
@needs(Can.READ_FILES)
@personal
def history(number: str) -> Page:
    complaint = shown_file(number)
    events = history_of(complaint, request.args.get("after"), size=50)
    lines = history_lines(complaint, events.rows)
    return file_page("history", complaint, "desk.history", lines=lines, after=events.after)
