"""Each request's number, its line in the log, and its time among the measures.

A path may hold a file's number or the code of a link, so what is told is the route's rule. Who asked is
not told: what people do stands in the ledger, and what they read is nobody's to follow.
"""

import re
import secrets
from functools import partial
from time import perf_counter

from flask import Flask, g, request
from structlog.contextvars import bind_contextvars, clear_contextvars
from werkzeug.wrappers import Response

from oversight.kit.logs import log
from oversight.kit.measures import REQUEST_SECONDS, REQUESTS
from oversight.settings import Settings

HEADER = "X-Request-ID"
A_PROXYS_NUMBER = re.compile(r"[0-9A-Fa-f-]{8,64}")
"""What proxies make: a UUID, or hexadecimal digits. It goes into the log, so words are not taken."""

METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


def init_app(app: Flask, settings: Settings) -> None:
    """Number and time this app's requests. It goes before whatever else is done to a request."""
    app.before_request(partial(_begin, behind_proxy=settings.trusted_proxies > 0))
    app.after_request(_end)
    app.teardown_request(lambda _error: clear_contextvars())


def request_number() -> str:
    """The number under which the log knows this request, in a shape that can be read out."""
    number: str = g.get("request_number", "")
    return number


def _begin(*, behind_proxy: bool) -> None:
    g.request_began = perf_counter()
    given = request.headers.get(HEADER, "") if behind_proxy else ""
    g.request_number = given if A_PROXYS_NUMBER.fullmatch(given) else _new_number()
    bind_contextvars(request=g.request_number)


def _new_number() -> str:
    """Twelve digits in threes: people may have to read them out on the telephone."""
    digits = f"{secrets.randbelow(10**12):012}"
    return "-".join(digits[start : start + 3] for start in range(0, 12, 3))


def _end(response: Response) -> Response:
    response.headers[HEADER] = g.request_number
    seconds = perf_counter() - g.request_began
    route = request.url_rule.rule if request.url_rule else "none"
    method = request.method if request.method in METHODS else "other"
    REQUESTS.labels(method, route, response.status_code).inc()
    REQUEST_SECONDS.labels(method, route).observe(seconds)
    log.info("request", method=method, route=route, status=response.status_code, ms=round(seconds * 1000, 1))
    return response
