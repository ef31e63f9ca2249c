"""Flask-Security as this house uses it: sign in, sign out, confirm a password. One cookie, no tokens.

Pages that choose a password are our own (routes/passwords.py): they write the ledger and the outbox in
the transaction that sets it. Nobody registers; people are invited.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, cast

from flask import Flask
from flask_login import user_logged_out
from flask_security import MailUtil, RoleMixin, Security, SQLAlchemyUserDatastore
from flask_security.signals import user_authenticated

from oversight.accounts.access import FRESH_FOR
from oversight.accounts.actions import record_sign_in, record_sign_out
from oversight.accounts.forms import ConfirmPasswordForm, SignInForm
from oversight.accounts.models import User, UserRole
from oversight.accounts.passwords import SHORTEST
from oversight.kit.clock import now
from oversight.kit.db import db, writing
from oversight.kit.limits import limiter
from oversight.kit.pages import browser_session

CONFIGURATION: dict[str, Any] = {
    "LOGIN_URL": "/sign-in",
    "LOGOUT_URL": "/sign-out",
    "LOGOUT_METHODS": ["POST"],
    "VERIFY_URL": "/sign-in/again",
    "LOGIN_USER_TEMPLATE": "accounts/sign_in.html",
    "VERIFY_TEMPLATE": "accounts/confirm_password.html",
    "POST_LOGIN_VIEW": "accounts.home",
    "POST_VERIFY_VIEW": "accounts.home",
    "POST_LOGOUT_VIEW": "/",
    "STATIC_FOLDER": None,
    "FLASH_MESSAGES": False,
    "CLI_USERS_NAME": None,
    "CLI_ROLES_NAME": None,
    "API_ENABLED_METHODS": ["session"],
    "JOIN_USER_ROLES": False,
    "USER_IDENTITY_ATTRIBUTES": [{"email": {"mapper": str.lower, "case_insensitive": False}}],
    "PASSWORD_HASH": "argon2",
    "PASSWORD_SCHEMES": ["argon2"],
    "PASSWORD_SINGLE_HASH": ["argon2"],
    "PASSWORD_LENGTH_MIN": SHORTEST,
    "RESET_PASSWORD_WITHIN": timedelta(days=1),
    # A link holds a digest of the password's argon2 hash. Slow digests would tell by the clock who is known.
    "HASHING_SCHEMES": ["hex_sha512"],
    "DEPRECATED_HASHING_SCHEMES": [],
    "FRESHNESS": FRESH_FOR,
    "FRESHNESS_GRACE_PERIOD": FRESH_FOR,
}

brake = limiter.limit("60 per minute", methods=["POST"])
"""For pages that take a password or an address. At nine in the morning a whole office has one address."""


class NoMail(MailUtil):
    """Flask-Security sends nothing by itself: every letter is a row in the outbox."""

    def send_mail(self, *args: Any, **kwargs: Any) -> None:
        """Refuse."""
        raise RuntimeError("Letters go by the outbox, in the transaction of what they tell.")


def init_app(app: Flask) -> None:
    """Join Flask-Security to the app. CSRF protection and the database come first."""
    for name, value in CONFIGURATION.items():
        app.config.setdefault(f"SECURITY_{name}", value)
    security = Security(
        app,
        # Our rows of held roles answer what is asked of a role, without the mixin's equality by name.
        SQLAlchemyUserDatastore(db, User, cast(type[RoleMixin], UserRole)),
        login_form=SignInForm,
        verify_form=ConfirmPasswordForm,
        mail_util_cls=NoMail,
    )
    security.want_json(lambda _request: False)
    app.login_manager.request_loader(lambda _request: None)  # type: ignore[attr-defined]  # set by Flask-Login
    for endpoint in ("security.login", "security.verify"):
        view: Callable[..., Any] = brake(app.view_functions[endpoint])
        app.view_functions[endpoint] = view
    user_authenticated.connect(_signed_in, app)
    user_logged_out.connect(_signed_out, app)


def _signed_in(_app: Flask, user: User, authn_via: list[str], **_: Any) -> None:
    """Begin a session of its own, and record it; who can't be recorded isn't signed in."""
    _renew_session()
    if "password" not in authn_via:
        return
    try:
        with writing():
            record_sign_in(user, at=now())
    except BaseException:
        browser_session().clear()
        raise


def _renew_session() -> None:
    """Keep what Flask-Login and Flask-Security have just written; what came before belongs to nobody."""
    session = browser_session()
    for name in [name for name in session if not name.startswith(("_", "fs_"))]:
        del session[name]


def _signed_out(_app: Flask, user: object, **_: Any) -> None:
    browser_session().clear()
    if isinstance(user, User):
        with writing():
            record_sign_out(user, at=now())
