"""The desk of reports: editions in work and issued, and proposing one more."""

from http import HTTPStatus

from flask import current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from oversight.accounts.access import needs, signed_in_person
from oversight.casework.queries.people import names_of
from oversight.figures.periods import Period
from oversight.kit import clock
from oversight.kit.db import writing
from oversight.kit.pages import personal
from oversight.reports.actions import propose_edition
from oversight.reports.forms import ProposalForm
from oversight.reports.queries import editions_in_work, issued_editions, periods_to_report
from oversight.reports.refusals import CannotReport
from oversight.reports.routes.blueprint import blueprint, place, settings
from oversight.reports.wording import edition_label, edition_state
from oversight.rules.roles import Can


@blueprint.get("/editions")
@needs(Can.ISSUE_REPORTS, Can.READ_LEDGER)
@personal
def desk() -> str:
    page = issued_editions(place(), request.args.get("after"))
    in_work = editions_in_work(place())
    people = {each for row in (*in_work, *page.rows) for each in (row.proposed_by_id, row.approved_by_id)}
    return render_template(
        "reports/desk/editions.html",
        page=page,
        in_work=in_work,
        names=names_of({each for each in people if each}),
        may_propose=signed_in_person().can(Can.ISSUE_REPORTS),
        edition_label=edition_label,
        edition_state=edition_state,
    )


@blueprint.get("/editions/new")
@needs(Can.ISSUE_REPORTS)
@personal
def new() -> str:
    return _page(_form())


@blueprint.post("/editions/new")
@needs(Can.ISSUE_REPORTS)
@personal
def propose() -> str | tuple[str, int] | Response:
    form = _form()
    if not form.validate_on_submit():
        return _page(form), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        with writing():
            edition = propose_edition(
                Period.parse(form.period.data),
                by=signed_in_person(),
                at=clock.now(),
                place=place(),
                demo=settings().demo,
                message=form.message(),
                changes=form.changes(),
            )
            edition_id = edition.id
    except CannotReport as refusal:
        return _page(form, str(refusal)), HTTPStatus.CONFLICT
    flash(gettext("Proposed. It is built now, which takes a minute or so."), "good")
    return redirect(url_for("reports.edition", edition_id=edition_id), HTTPStatus.SEE_OTHER)


def _form() -> ProposalForm:
    return ProposalForm.offering(periods_to_report(on=clock.today(current_app.config["ZONE"])))


def _page(form: ProposalForm, refusal: str = "") -> str:
    return render_template("reports/desk/propose.html", form=form, refusal=refusal)
