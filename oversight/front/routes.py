"""The first page, help, the language switch, the quick way out, and what machines ask for."""

from collections.abc import Mapping
from datetime import timedelta
from http import HTTPStatus

from flask import Blueprint, Response, abort, current_app, redirect, render_template, request
from flask_babel import get_locale
from werkzeug.wrappers import Response as AnyResponse

from oversight.accounts.access import open_to_everyone
from oversight.front.language import own_path
from oversight.front.queries import database_answers

blueprint = Blueprint("front", __name__)

LANGUAGES = frozenset({"en", "fr"})
LANGUAGE_KEPT = timedelta(days=365)

TOPICS = frozenset({"what-happens", "words", "privacy", "accessibility"})
"""Help pages, each a template in templates/front/help/."""

WEATHER: Mapping[str, str] = {"en": "https://weather.gc.ca/", "fr": "https://meteo.gc.ca/"}
"""Where someone goes who must not be seen here: a page that anyone may have open."""

STAFF_ONLY = ("/sign-in", "/desk", "/review", "/publication", "/people")
NOT_FOR_ROBOTS = ("/complaint/", "/status", "/elsewhere", *STAFF_ONLY)


@blueprint.get("/")
@open_to_everyone
def home() -> str:
    return render_template("front/home.html")


@blueprint.get("/help", endpoint="help")
@open_to_everyone
def help_page() -> str:
    return render_template("front/help.html")


@blueprint.get("/help/<name>")
@open_to_everyone
def topic(name: str) -> str:
    if name not in TOPICS:
        abort(HTTPStatus.NOT_FOUND)
    return render_template(f"front/help/{name}.html")


@blueprint.post("/language")
@open_to_everyone
def switch_language() -> AnyResponse:
    language = request.form.get("language", "")
    if language not in LANGUAGES:
        abort(HTTPStatus.BAD_REQUEST)
    answer = redirect(own_path(request.form.get("back", "")), HTTPStatus.SEE_OTHER)
    answer.set_cookie(
        "language", language, max_age=LANGUAGE_KEPT, secure=request.is_secure, httponly=True, samesite="Lax"
    )
    return answer


@blueprint.get("/elsewhere")
@open_to_everyone
def elsewhere() -> AnyResponse:
    """Leave for the weather and let this browser forget what it held, so that “back” shows nothing.

    Only a click on our own page forgets: a link elsewhere must not be able to sign people out.
    """
    answer = redirect(WEATHER[get_locale().language], HTTPStatus.SEE_OTHER)
    answer.headers["Referrer-Policy"] = "no-referrer"
    answer.headers["Cache-Control"] = "no-store"
    if request.headers.get("Sec-Fetch-Site", "same-origin") == "same-origin":
        for name in request.cookies:
            answer.delete_cookie(name)
        answer.headers["Clear-Site-Data"] = '"cache"'
    return answer


@blueprint.get("/healthz")
@open_to_everyone
def health() -> Response:
    well = database_answers()
    status = HTTPStatus.OK if well else HTTPStatus.SERVICE_UNAVAILABLE
    words = "ok\n" if well else "the database does not answer\n"
    return Response(words, status, mimetype="text/plain", headers={"Cache-Control": "no-store"})


@blueprint.get("/robots.txt")
@open_to_everyone
def robots() -> Response:
    closed = ("/",) if current_app.config["SETTINGS"].demo else NOT_FOR_ROBOTS
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed)]
    return Response("\n".join(lines) + "\n", mimetype="text/plain")
