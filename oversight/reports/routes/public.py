"""The editions that were issued, and their PDFs, for everyone."""

from http import HTTPStatus

from flask import Response, abort, render_template, request

from oversight.accounts.access import open_to_everyone
from oversight.reports.models import EditionPdf
from oversight.reports.queries import issued_editions, issued_pdf, printed
from oversight.reports.routes.blueprint import blueprint, place
from oversight.reports.wording import language_name, period_label, weight

FOR_A_YEAR = "public, max-age=31536000, immutable"
"""An issued edition never changes: whoever has it need not ask again."""


@blueprint.get("/reports")
@open_to_everyone
def editions() -> str:
    page = issued_editions(place(), request.args.get("after"))
    return render_template(
        "reports/editions.html",
        page=page,
        printed=printed(page.rows),
        period_label=period_label,
        language_name=language_name,
        weight=weight,
    )


@blueprint.get("/reports/<period>/<int(max=9999):edition_number>/<lang>.pdf")
@open_to_everyone
def pdf(period: str, edition_number: int, lang: str) -> Response:
    found = issued_pdf(place(), period, edition_number, lang) or abort(HTTPStatus.NOT_FOUND)
    answer = pdf_answer(found, f"transparency-report-{period}-{edition_number}-{lang}.pdf")
    answer.headers["Cache-Control"] = FOR_A_YEAR
    answer.set_etag(found.sha256)
    answer.make_conditional(request.environ)
    return answer


def pdf_answer(found: EditionPdf, name: str) -> Response:
    """The very bytes that were kept."""
    shown_as = {"Content-Disposition": f'inline; filename="{name}"'}
    return Response(found.body, mimetype="application/pdf", headers=shown_as)
