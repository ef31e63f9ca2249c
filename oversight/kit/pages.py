"""What every page has, whatever is on it: its headers, its limits, its templates, its sealed cookie."""

from collections.abc import Callable, MutableMapping
from functools import wraps
from http import HTTPStatus
from pathlib import Path
from typing import Any, ParamSpec

from flask import Flask, abort, make_response, request, session
from flask.templating import Environment
from flask.typing import ResponseReturnValue
from jinja2 import Undefined
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.wrappers import Response

from oversight.kit.cookies import SealedSessions
from oversight.settings import Settings

P = ParamSpec("P")

LARGEST_BODY = 2 * 1024 * 1024
"""Bytes of a request. A megabyte of narrative comes through, to be answered kindly by its form."""

MOST_FIELDS = 1000

FORMS = frozenset({"", "application/x-www-form-urlencoded", "multipart/form-data"})
"""What a browser sends a form as. No page here takes JSON, which Flask-WTF would read by itself."""

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
}
HTTPS_ONLY = "max-age=31536000"


class Unknown(Undefined):
    """A name that a template wasn't given: it may be asked for, but never shown as if it were nothing."""

    __str__ = __iter__ = Undefined._fail_with_undefined_error


class Templates(Environment):
    """Flask's templates, none of which has globals of its own, so that all may share the same.

    Laid over one another, as the library does it, they are looked through at every import of every page.
    """

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """The environment's globals, which no template changes."""
        return self.globals if d is None else super().make_globals(d)


def template_folder() -> Path:
    """Inside the package if it was installed from a wheel, beside it in a checkout."""
    package = Path(__file__).parents[1]
    carried = package / "_templates"
    return carried if carried.is_dir() else package.parent / "templates"


def init_app(app: Flask, settings: Settings) -> None:
    """Set the limits, the headers and the cookie of every page."""
    app.config.update(
        SECRET_KEY=settings.secret_key,
        MAX_CONTENT_LENGTH=LARGEST_BODY,
        MAX_FORM_MEMORY_SIZE=LARGEST_BODY,
        MAX_FORM_PARTS=MOST_FIELDS,
        # The prefix makes browsers refuse a cookie of this name that another host of the domain set.
        SESSION_COOKIE_NAME="__Host-session" if settings.secure else "session",
        SESSION_COOKIE_SECURE=settings.secure,
        REMEMBER_COOKIE_SECURE=settings.secure,
        REMEMBER_COOKIE_HTTPONLY=True,
        REMEMBER_COOKIE_SAMESITE="Lax",
        PREFERRED_URL_SCHEME="https" if settings.secure else "http",
        # Our own pages send no referrer, so Flask-WTF can't ask for one; its token alone protects.
        WTF_CSRF_SSL_STRICT=False,
        # A token lives as long as its session: nobody's form runs out because they took an hour over it.
        WTF_CSRF_TIME_LIMIT=None,
    )
    app.session_interface = SealedSessions(settings.secret_key)
    app.before_request(_refuse_what_no_page_sends)
    app.jinja_environment = Templates
    app.jinja_env.undefined = Unknown
    app.after_request(
        _with_headers(HEADERS | ({"Strict-Transport-Security": HTTPS_ONLY} if settings.secure else {}))
    )
    proxies = settings.trusted_proxies
    # Not the host: links in mail begin with the public address, whatever a request claims.
    app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=proxies, x_host=0)  # type: ignore[method-assign]


def browser_session() -> MutableMapping[str, Any]:
    """What this visitor's browser keeps for us, sealed: ids and choices, never a person's words."""
    return session


def personal(view: Callable[P, ResponseReturnValue]) -> Callable[P, Response]:
    """Mark a view whose page is for one person's eyes: no browser or proxy may keep a copy."""

    @wraps(view)
    def kept_nowhere(*args: P.args, **kwargs: P.kwargs) -> Response:
        response = make_response(view(*args, **kwargs))
        response.headers["Cache-Control"] = "no-store"
        return response

    return kept_nowhere


def _refuse_what_no_page_sends() -> None:
    """Turn away a body that is no form, and NUL in an address: PostgreSQL can't look for it."""
    if request.method == "POST" and request.mimetype not in FORMS:
        abort(HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
    if "\0" in request.path:
        abort(HTTPStatus.NOT_FOUND)
    if b"%00" in request.query_string:
        abort(HTTPStatus.BAD_REQUEST)


def _with_headers(headers: dict[str, str]) -> Callable[[Response], Response]:
    def add(response: Response) -> Response:
        for name, value in headers.items():
            response.headers.setdefault(name, value)
        if "Cache-Control" not in response.headers:
            response.vary.update(("Cookie", "Accept-Language"))
            response.headers["Cache-Control"] = "no-store" if session else "no-cache"
        return response

    return add
