"""Today's queue: what waits for me, what somebody wrote, and the files, the most urgent first."""

from dataclasses import dataclass
from datetime import date
from http import HTTPStatus

from flask import current_app, redirect, render_template, request, url_for

from oversight.accounts.access import needs, signed_in_person
from oversight.casework import wording
from oversight.casework.queries.files import files_called, incident, origins_of, proposals_waiting_for
from oversight.casework.queries.queue import QueueFilter, QueueLine, Waiting, what_waits
from oversight.casework.queries.queue import queue as files_in_queue
from oversight.desk.forms.queue import NumberForm, QueueForm
from oversight.desk.routes.blueprint import Page, blueprint
from oversight.desk.wording import terms
from oversight.desk.wording.clocks import next_due
from oversight.desk.wording.former import imported_marks
from oversight.desk.wording.proposals import cards_of
from oversight.kit import clock
from oversight.kit.i18n import t
from oversight.kit.pages import personal
from oversight.rules.jurisdictions import rulebook, rulebooks_of
from oversight.rules.roles import Can
from oversight.rules.words import N_

ON_TOP = 5


@dataclass(frozen=True)
class Row:
    """One line of the queue."""

    line: QueueLine
    age: str
    due: tuple[str, str, str]
    context: str
    carried_by: list[str]
    marks: list[tuple[str, str]]


@blueprint.get("/desk")
@needs(Can.SEE_QUEUE)
@personal
def queue() -> Page:
    return _page(NumberForm(request.args))


@blueprint.get("/desk/open")
@needs(Can.SEE_QUEUE)
@personal
def open_by_number() -> Page:
    form = NumberForm(request.args)
    found = files_called(signed_in_person(), form.number.data or "")
    if len(found) == 1:
        return redirect(url_for("desk.file", number=found[0].number), HTTPStatus.SEE_OTHER)
    if found:
        return render_template(
            "desk/several.html",
            files=found,
            origins=origins_of(found),
            called=form.number.data,
            terms=terms,
            wording=wording,
        )
    form.number.errors = [
        t(N_("There is no file of this number that you may open. A number looks like 2026-00042."))
    ]
    return _page(form), HTTPStatus.NOT_FOUND


def _page(number_form: NumberForm) -> str:
    person, today = signed_in_person(), clock.today(current_app.config["ZONE"])
    books = rulebooks_of(current_app.config["SETTINGS"].place)
    form = QueueForm.for_books(books, request.args)
    wanted = form.wanted(request.args.get("incident"))
    page = files_in_queue(person, wanted, on=today, after=request.args.get("after"))
    news = files_in_queue(person, QueueFilter(news=True), on=today, size=ON_TOP)
    waits = what_waits({line.id for line in (*page.rows, *news.rows)}, on=today)
    waiting = proposals_waiting_for(person, size=ON_TOP)
    return render_template(
        "desk/queue.html",
        rows=[_row(line, waits.get(line.id, set()), today) for line in page.rows],
        news=[_row(line, waits.get(line.id, set()), today) for line in news.rows],
        more_news=news.after,
        after=page.after,
        waiting=cards_of(waiting.rows, person),
        more_waiting=waiting.after,
        form=form,
        number_form=number_form,
        filters=_in_address(wanted),
        incident=incident(wanted.incident) if wanted.incident else None,
        terms=terms,
        wording=wording,
        today=today,
    )


def _in_address(wanted: QueueFilter) -> dict[str, str]:
    """The filters as they stand in an address, so that the next page keeps them."""
    names = ("state", "level", "due", "imported", "mine", "news", "ended", "incident")
    kept = {name: getattr(wanted, name) for name in names}
    return {name: "y" if value is True else str(value) for name, value in kept.items() if value}


def _row(line: QueueLine, waits: set[Waiting], today: date) -> Row:
    return Row(
        line,
        _age((today - line.received_on).days),
        next_due(line, today),
        wording.label(rulebook(line.rulebook).contexts, line.context),
        [name for name in (line.caseworker, line.investigator) if name],
        _marks(line, waits),
    )


def _age(days: int) -> str:
    if days == 0:
        return t(N_("today"))
    return t(N_("1 day")) if days == 1 else t(N_("%(days)s days"), days=days)


def _marks(line: QueueLine, waits: set[Waiting]) -> list[tuple[str, str]]:
    """What sets a file apart in the list, each with its tone."""
    marks = []
    if line.retaliation_reported_at:
        marks.append((t(N_("Retaliation reported")), "stop"))
    if line.has_news:
        marks.append((t(N_("Someone wrote")), "attention"))
    if Waiting.HOLD_TO_BE_LOOKED_AT in waits:
        marks.append((t(N_("Hold to be looked at again")), "attention"))
    elif Waiting.HOLD in waits:
        marks.append((t(N_("On hold")), "plain"))
    if Waiting.TELLING in waits:
        marks.append((t(N_("Telling the officer is due")), "attention"))
    if Waiting.WITHDRAWAL in waits:
        marks.append((t(N_("Withdrawal waits")), "attention"))
    return marks + imported_marks(line)
