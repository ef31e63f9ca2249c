"""The room's name for itself, and what all its pages go by: the place, the day, the reader's language."""

from http import HTTPStatus
from typing import Any

from flask import Blueprint, current_app, redirect, url_for
from werkzeug.wrappers import Response

from oversight.intake.filing import Counter
from oversight.intake.forms import this_day
from oversight.kit.i18n import current_language

blueprint = Blueprint("intake", __name__)

Page = str | tuple[str, int] | Response

LOOK_UPS = "60 per minute; 1200 per hour"
"""A library full of people can look up their codes; guessing 120 random bits stays as hopeless as it was."""

FILINGS = "2000 per hour"
"""Five hundred people behind one address can file in an hour, with all the slips that people make."""


def counter() -> Counter:
    """Where and when whoever asks now hands something in."""
    return Counter(current_app.config["SETTINGS"].place, this_day(), current_language())


def go_to(page: str, **where: Any) -> Response:
    """Send the browser on after a form was taken, so that loading again sends nothing twice."""
    return redirect(url_for(f"intake.{page}", **where), HTTPStatus.SEE_OTHER)
