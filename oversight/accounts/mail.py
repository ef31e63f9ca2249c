"""The letters to people who sign in, each complete and in their own language. The outbox sends them."""

from typing import Any

from oversight.accounts.links import one_time_link, public_url
from oversight.accounts.models import User
from oversight.outbox import Notice, compose
from oversight.rules.words import N_


def invitation(person: User) -> Notice:
    """To someone with a new account, or whose first link ran out: how to choose a password."""
    return _letter("invitation", N_("Your account"), person, link=one_time_link(person))


def password_link(person: User) -> Notice:
    """To someone who can't sign in and asked for a link."""
    return _letter("password_link", N_("Choose a new password"), person, link=one_time_link(person))


def password_changed(person: User) -> Notice:
    """To someone whose password has just been changed, in case it wasn't they who did it."""
    return _letter("password_changed", N_("Your password was changed"), person)


def role_waits(director: User, *, about: User) -> Notice:
    """To a director: a proposed role waits. Whose and which is read after signing in."""
    link = public_url("accounts.requests")
    return _letter("role_waits", N_("A role waits for your decision"), director, about=about, link=link)


def _letter(kind: str, subject: str, person: User, *, about: User | None = None, **words: Any) -> Notice:
    subject, body = compose(f"accounts/email/{kind}.txt", subject, person.language, person=person, **words)
    return Notice(
        kind=kind,
        to=person.email,
        subject=subject,
        body=body,
        language=person.language,
        about=f"person:{(about or person).id}",
    )
