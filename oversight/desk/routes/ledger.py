"""The auditor's page: the ledger's entries, the newest first."""

from flask import render_template, request

from oversight.accounts.access import needs
from oversight.desk.forms.ledger import LedgerForm
from oversight.desk.routes.blueprint import Page, blueprint
from oversight.desk.wording.ledger import ledger_lines
from oversight.kit.pages import personal
from oversight.ledger.queries import entries_page
from oversight.rules.roles import Can


@blueprint.get("/desk/ledger")
@needs(Can.READ_LEDGER)
@personal
def ledger() -> Page:
    form = LedgerForm(request.args)
    page = entries_page(
        request.args.get("after"), kind=form.kind.data or None, subject=form.subject.data or None
    )
    kept = {name: value for name, value in form.data.items() if value}
    return render_template(
        "desk/ledger.html", lines=ledger_lines(page.rows), after=page.after, form=form, filters=kept
    )
