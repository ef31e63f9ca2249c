"""Published outcomes as anyone may read them: only what was published, never the file behind it."""

from http import HTTPStatus

from flask import abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from oversight.accounts.access import open_to_everyone
from oversight.casework.queries.outcomes import published_outcome, published_outcomes
from oversight.publication.reading import reading_of
from oversight.publication.routes.blueprint import blueprint
from oversight.rules.numbers import read_reference


@blueprint.get("/outcomes")
@open_to_everyone
def outcomes() -> str:
    page = published_outcomes(request.args.get("after"))
    readings = [reading_of(each.reference, each.published or {}) for each in page.rows]
    return render_template("publication/outcomes.html", page=page, readings=readings)


@blueprint.get("/outcomes/<reference>")
@open_to_everyone
def outcome(reference: str) -> str | tuple[str, int] | Response:
    written = read_reference(reference) or abort(HTTPStatus.NOT_FOUND)
    found = published_outcome(written) or abort(HTTPStatus.NOT_FOUND)
    if written != reference:
        return redirect(url_for("publication.outcome", reference=written), HTTPStatus.MOVED_PERMANENTLY)
    if found.published is None:
        return render_template("publication/taken_back.html", reference=written), HTTPStatus.GONE
    reading = reading_of(written, found.published, found.published_at)
    return render_template("publication/outcome.html", reading=reading, preview=False)
