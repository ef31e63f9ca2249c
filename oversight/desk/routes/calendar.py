"""The office's calendar: the days deadlines move for, and reckoning open clocks anew on it."""

import uuid
from collections.abc import Callable
from datetime import datetime
from http import HTTPStatus

from flask import abort, current_app, render_template, request
from flask_wtf import FlaskForm

from oversight.accounts.access import needs
from oversight.casework.acting import Acting
from oversight.casework.actions.calendar import add_day, remove_day
from oversight.casework.actions.clocks import recompute_open_clocks
from oversight.casework.queries.calendars import calendar_day, calendar_days
from oversight.casework.refusals import Refused
from oversight.desk.forms.calendar import KIND_LABELS, DayForm
from oversight.desk.routes.blueprint import Page, blueprint, done, me, refused, unfit
from oversight.kit import clock
from oversight.kit.db import writing
from oversight.kit.i18n import t
from oversight.kit.pages import personal
from oversight.rules.calendars import DayKind
from oversight.rules.jurisdictions import rulebooks_of
from oversight.rules.roles import Can
from oversight.rules.words import N_


@blueprint.get("/desk/calendar")
@needs(Can.KEEP_CALENDAR)
@personal
def calendar() -> Page:
    return _page(DayForm())


@blueprint.post("/desk/calendar")
@needs(Can.KEEP_CALENDAR)
@personal
def add_calendar_day() -> Page:
    form = DayForm()
    if not form.validate_on_submit():
        return unfit(_page(form))
    names = (form.name_en.data or "", form.name_fr.data or "")
    kind, on = DayKind(form.kind.data), form.on.data.exact
    refusal = _changed(lambda by, at: add_day(_calendar(), on, kind, *names, by=by, at=at))
    if refusal:
        return refused(_page(form, refusal))
    return done(t(N_("The day is in the calendar. Open clocks stay as they are.")), "desk.calendar")


@blueprint.post("/desk/calendar/<uuid:day_id>/remove")
@needs(Can.KEEP_CALENDAR)
@personal
def remove_calendar_day(day_id: uuid.UUID) -> Page:
    _changed(
        lambda by, at: remove_day(
            calendar_day(_calendar(), day_id) or abort(HTTPStatus.NOT_FOUND), by=by, at=at
        )
    )
    return done(t(N_("The day is out of the calendar. Open clocks stay as they are.")), "desk.calendar")


@blueprint.post("/desk/calendar/recompute")
@needs(Can.KEEP_CALENDAR)
@personal
def recompute() -> Page:
    if not FlaskForm().validate_on_submit():
        abort(HTTPStatus.BAD_REQUEST)
    with writing():
        moved = recompute_open_clocks(_calendar(), by=me(), at=clock.now())
    return done(t(N_("Done. Clocks that moved: %(moved)s."), moved=moved), "desk.calendar")


def _calendar() -> str:
    return rulebooks_of(current_app.config["SETTINGS"].place)[0].holiday_calendar


def _changed(action: Callable[[Acting, datetime], object]) -> str:
    """Do it in one transaction; empty when it is done, else why it is not."""
    try:
        with writing():
            action(me(), clock.now())
    except Refused as refusal:
        return t(refusal.reason)
    return ""


def _page(form: DayForm, refusal: str = "") -> str:
    days = calendar_days(_calendar())
    this_year = clock.today(current_app.config["ZONE"]).year
    years = sorted({day.on.year for day in days} | {this_year})
    wanted = request.args.get("year", "")
    year = int(wanted) if wanted.isascii() and wanted.isdecimal() and int(wanted) in years else this_year
    return render_template(
        "desk/calendar.html",
        days=[day for day in days if day.on.year == year],
        years=years,
        year=year,
        kinds=KIND_LABELS,
        form=form,
        refusal=refusal,
    )
