"""The blueprint that this room's pages share, and the office's place."""

from flask import Blueprint, current_app

from oversight.settings import Settings

blueprint = Blueprint("reports", __name__)


def settings() -> Settings:
    """The office's settings."""
    found: Settings = current_app.config["SETTINGS"]
    return found


def place() -> str:
    """Whose editions these are."""
    return settings().place
