"""Puts the office together: its floor, its people, its rooms. Nothing else happens here."""

from typing import Any

from flask import Flask, request, url_for
from flask_wtf import CSRFProtect
from whitenoise import WhiteNoise

from oversight.accounts import access, security
from oversight.accounts.home import rooms_of
from oversight.accounts.routes import blueprint as accounts
from oversight.desk.routes import blueprint as desk
from oversight.front.errors import show_error_pages
from oversight.front.routes import blueprint as front
from oversight.intake.routes import blueprint as intake
from oversight.jobs.routes import blueprint as jobs
from oversight.kit import db, i18n, limits, pages, requests, seal
from oversight.publication.routes import blueprint as publication
from oversight.reports.routes import blueprint as reports
from oversight.review.routes import blueprint as review
from oversight.rules.jurisdictions import rulebooks_of
from oversight.settings import Settings

ROOMS = (front, intake, desk, review, publication, reports, accounts, jobs)


def create_app(settings: Settings) -> Flask:
    """Make the office's web application. Raises NoRulebook for a place that has no rulebook."""
    app = Flask(__name__, template_folder=str(pages.template_folder()), static_folder="static")
    app.config["SETTINGS"] = settings
    newest = rulebooks_of(settings.place)[0]
    app.config["ZONE"] = newest.time_zone
    requests.init_app(app, settings)
    pages.init_app(app, settings)
    db.init_app(app, settings.database_url)
    seal.init_app(app, settings)
    i18n.init_app(app)
    limits.init_app(app)
    CSRFProtect(app)
    security.init_app(app)
    for room in ROOMS:
        app.register_blueprint(room)
    show_error_pages(app)
    access.refuse_undeclared(app)
    app.context_processor(lambda: _on_every_page(settings, newest.office))
    app.wsgi_app = WhiteNoise(  # type: ignore[method-assign]
        app.wsgi_app,
        root=app.static_folder,
        prefix="static/",
        max_age=3600,
        add_headers_function=_on_every_file,
    )
    return app


def _on_every_file(headers: Any, path: str, url: str) -> None:  # noqa: ARG001 - WhiteNoise calls it so
    headers["X-Content-Type-Options"] = "nosniff"


def _on_every_page(settings: Settings, office: Any) -> dict[str, Any]:
    """What every template may show: the office, whether it is a demonstration, and the reader's rooms."""
    person = access.person_or_none() if request else None
    rooms = [(words, url_for(endpoint), request.endpoint == endpoint) for words, endpoint in rooms_of(person)]
    return {"office": office, "demo": settings.demo, "person": person, "rooms": rooms}
