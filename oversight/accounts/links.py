"""One-time links to choose a password: signed, good for a day, worthless once used or replaced."""

from dataclasses import dataclass

from flask import current_app
from flask_security.recoverable import generate_reset_password_token, reset_password_token_status

from oversight.accounts.models import User
from oversight.settings import Settings


@dataclass(frozen=True)
class OpenedLink:
    """Whom a link is for, and the uniquifier it was made with, which choosing a password replaces."""

    person: User
    uniquifier: str


def one_time_path(person: User) -> str:
    """The path of a page where this person, and whoever has the link, chooses their password."""
    token: str = generate_reset_password_token(person)  # type: ignore[no-untyped-call]  # has no types
    return _path("accounts.new_password", token=token)


def one_time_link(person: User) -> str:
    """The same with the office's public address, for mail."""
    return _office() + one_time_path(person)


def public_url(endpoint: str) -> str:
    """The public address of a page, for mail; it works outside a request too."""
    return _office() + _path(endpoint)


def opened_link(token: str) -> OpenedLink | None:
    """Whom the link is for, or None if it has run out, was used or replaced, or was never made here."""
    expired, invalid, person = reset_password_token_status(token)  # type: ignore[no-untyped-call]  # has none
    if expired or invalid or person is None or not person.active:
        return None
    return OpenedLink(person, person.fs_uniquifier)


def _office() -> str:
    settings: Settings = current_app.config["SETTINGS"]
    return settings.public_url


def _path(endpoint: str, **values: str) -> str:
    return current_app.url_map.bind("localhost").build(endpoint, values)
