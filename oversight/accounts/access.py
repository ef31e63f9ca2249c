"""Who may open which page. An endpoint that declares nothing stops the app from starting."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, TypeVar

from flask import Flask, abort, current_app, redirect, request, url_for
from flask_login import current_user
from flask_security.utils import check_and_update_authn_fresh
from werkzeug.wrappers import Response

from oversight.accounts.models import User
from oversight.rules.roles import Can

View = TypeVar("View", bound=Callable[..., Any])

FRESH_FOR = timedelta(hours=1)
"""How long a typed password is good for pages that ask for a fresh one; each use of them renews it."""


@dataclass(frozen=True)
class Access:
    """What an endpoint asks of whoever opens it."""

    signed_in: bool = True
    powers: frozenset[Can] = frozenset()
    """Any one of these is enough; none means that being signed in is."""
    fresh: bool = False

    def admits(self, person: User | None) -> bool:
        """Whether this person, or nobody in particular, may open the page."""
        if not self.signed_in:
            return True
        return person is not None and (not self.powers or any(person.can(power) for power in self.powers))


OPEN = Access(signed_in=False)

OF_OTHERS: dict[str, Access] = {
    "static": OPEN,
    "security.login": OPEN,
    "security.logout": OPEN,
    "security.verify": Access(),
}
"""Endpoints that Flask and Flask-Security add, which can't carry a declaration of ours."""


def open_to_everyone(view: View) -> View:
    """Declare that anyone may open this page, signed in or not."""
    return _declare(view, OPEN)


def open_to_signed_in(view: View) -> View:
    """Declare that anyone who is signed in may open this page, whatever their roles."""
    return _declare(view, Access())


def needs(*powers: Can, fresh: bool = False) -> Callable[[View], View]:
    """Declare that this page takes one of these powers; with `fresh`, also a password typed lately.

    Stands below the route: `@blueprint.route(…)`, then `@needs(Can.SEE_QUEUE)`.
    """
    if not powers:
        raise TypeError("needs() takes at least one power; for any signed-in person use @open_to_signed_in.")
    return lambda view: _declare(view, Access(powers=frozenset(powers), fresh=fresh))


def person_or_none() -> User | None:
    """The person who is signed in, if anyone is."""
    person = current_user._get_current_object()
    return person if isinstance(person, User) else None


def signed_in_person() -> User:
    """The person who is signed in, on a page that only they can open."""
    return person_or_none() or abort(401)


def access_of(app: Flask, endpoint: str) -> Access | None:
    """What an endpoint declares, if it does."""
    declared: Access | None = getattr(app.view_functions.get(endpoint), "access", None)
    return declared or OF_OTHERS.get(endpoint)


def refuse_undeclared(app: Flask) -> None:
    """Hold every endpoint to its declaration, once all are registered; RuntimeError if one has none."""
    endpoints = sorted({rule.endpoint for rule in app.url_map.iter_rules()})
    undeclared = [endpoint for endpoint in endpoints if access_of(app, endpoint) is None]
    if undeclared:
        raise RuntimeError(
            f"Nothing says who may open {', '.join(undeclared)}. Below the route, write @needs(Can.…) with a "
            "power from oversight/rules/roles.py, @open_to_signed_in or @open_to_everyone. An endpoint of "
            "a library goes into OF_OTHERS in oversight/accounts/access.py."
        )
    app.before_request(_enforce)


def _declare(view: View, access: Access) -> View:
    if hasattr(view, "access"):
        raise TypeError(f"{view.__name__} declares twice who may open it.")
    view.access = access  # type: ignore[attr-defined]
    return view


def _enforce() -> Response | None:
    if request.endpoint is None:
        return None  # No such page, for anybody.
    access = access_of(current_app, request.endpoint)
    person = person_or_none() if access != OPEN else None
    if access and access.admits(person):
        return _confirm_password() if access.fresh and not _is_fresh() else None
    if access and person is None:
        return redirect(url_for("security.login", next=_here()))
    return abort(403)


def _is_fresh() -> bool:
    return check_and_update_authn_fresh(FRESH_FOR, FRESH_FOR, "session")


def _confirm_password() -> Response:
    return redirect(url_for("security.verify", next=_here()))


def _here() -> str | None:
    """The page to come back to. What was posted can't be posted again, so that leads home instead."""
    return request.full_path.rstrip("?") if request.method in {"GET", "HEAD"} else None
