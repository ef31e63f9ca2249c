"""The first page, help, the language switch, the quick way out, and what machines ask for."""

from collections.abc import Mapping
from datetime import timedelta
from http import HTTPStatus

from flask import Blueprint, Response, abort, current_app, redirect, render_template, request
from flask.blueprints import BlueprintSetupState
from werkzeug.wrappers import Response as AnyResponse

from oversight.accounts.access import open_to_everyone
from oversight.front.language import own_path
from oversight.front.queries import database_answers
from oversight.kit.i18n import COOKIE, LANGUAGES, current_language
from oversight.kit.pages import browser_session
from oversight.rules.jurisdictions import rulebooks_of
from oversight.settings import Settings

blueprint = Blueprint("front", __name__)

LANGUAGE_KEPT = timedelta(days=365)

TOPICS = frozenset({"what-happens", "words", "privacy", "accessibility"})
"""Help pages, each a template in templates/front/help/."""

WEATHER: Mapping[str, str] = {"en": "https://weather.gc.ca/", "fr": "https://meteo.gc.ca/"}
"""Where someone goes who must not be seen here: a page that anyone may have open."""

STAFF_ONLY = ("/sign-in", "/desk", "/review", "/publication", "/editions", "/people")
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
    findings = rulebooks_of(_settings().place)[0].findings
    return render_template(f"front/help/{name}.html", findings=findings)


@blueprint.post("/language")
@open_to_everyone
def switch_language() -> AnyResponse:
    language = request.form.get("language", "")
    if language not in LANGUAGES:
        abort(HTTPStatus.BAD_REQUEST)
    answer = redirect(own_path(request.form.get("back", "")), HTTPStatus.SEE_OTHER)
    secure = _settings().secure
    answer.set_cookie(COOKIE, language, LANGUAGE_KEPT, secure=secure, httponly=True, samesite="Lax")
    return answer


@blueprint.record_once
def _ask_no_token_of_the_switch(state: BlueprintSetupState) -> None:
    """A token would set a cookie on every page and run out while one reads; a forged switch harms nobody."""
    if guard := state.app.extensions.get("csrf"):
        guard.exempt(switch_language)


@blueprint.get("/elsewhere")
@open_to_everyone
def elsewhere() -> AnyResponse:
    """Leave for the weather and let this browser forget what it held, so that “back” shows nothing.

    Only a click on our own page forgets: a link elsewhere must not be able to sign people out.
    """
    answer = redirect(WEATHER[current_language()], HTTPStatus.SEE_OTHER)
    answer.headers["Cache-Control"] = "no-store"
    if request.headers.get("Sec-Fetch-Site", "same-origin") == "same-origin":
        browser_session().clear()
        for name in request.cookies:
            answer.delete_cookie(name, secure=_settings().secure)
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
    closed = ("/",) if _settings().demo else NOT_FOR_ROBOTS
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed)]
    return Response("\n".join(lines) + "\n", mimetype="text/plain")


def _settings() -> Settings:
    settings: Settings = current_app.config["SETTINGS"]
    return settings
