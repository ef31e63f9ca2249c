"""A file's own pages, one for each part of it; here those that only show."""

from typing import Any

from flask import render_template, request, url_for

from oversight.accounts.access import needs, signed_in_person
from oversight.casework import wording
from oversight.casework.models import Complaint
from oversight.casework.queries.files import history_of
from oversight.casework.queries.people import names_of
from oversight.desk.routes.blueprint import Page, blueprint, day_of, known_file
from oversight.desk.wording import people, terms
from oversight.desk.wording.answers import told as answers_told
from oversight.desk.wording.clocks import clock_cards, next_due
from oversight.desk.wording.history import history_lines
from oversight.desk.wording.proposals import proposal_cards
from oversight.desk.wording.steps import choices_of
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


def file_page(template: str, complaint: Complaint, part: str, **values: Any) -> str:
    """A page of a file, under the head that all of them share."""
    number = complaint.number
    tabs = [(t(words), url_for(each, number=number), each == part, None) for each, words in PARTS]
    return render_template(
        f"desk/file/{template}.html",
        complaint=complaint,
        book=rulebook(complaint.rulebook),
        tabs=tabs,
        due=next_due(complaint, day_of(complaint)),
        held=[hold for hold in complaint.holds if hold.is_open],
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
    open_clocks, stopped_clocks = clock_cards(complaint, day_of(complaint))
    handlers = {complaint.caseworker_id, complaint.investigator_id} - {None}
    return file_page(
        "now",
        complaint,
        "desk.file",
        choices=choices_of(complaint, person, on=day_of(complaint)),
        proposals=proposal_cards(complaint, person),
        open_clocks=open_clocks,
        stopped_clocks=stopped_clocks,
        names=names_of({each for each in handlers if each}),
    )


@blueprint.get("/desk/files/<number>/told")
@needs(Can.READ_FILES)
@personal
def told(number: str) -> Page:
    complaint = known_file(number)
    return file_page("told", complaint, "desk.told", answers=answers_told(complaint))


@blueprint.get("/desk/files/<number>/history")
@needs(Can.READ_FILES)
@personal
def history(number: str) -> Page:
    complaint = known_file(number)
    events = history_of(complaint, request.args.get("after"), size=50)
    lines = history_lines(complaint, events.rows)
    return file_page("history", complaint, "desk.history", lines=lines, after=events.after)
