"""Pages for what could not be shown: what happened and what to do next, never how the site is built."""

from collections.abc import Mapping
from http import HTTPStatus

from flask import Flask, render_template
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, InternalServerError
from werkzeug.wrappers import Response

from oversight.kit.requests import request_number

CODES = (400, 403, 404, 405, 409, 413, 422, 429, 500)
PAGES: Mapping[int, str] = {code: f"errors/{code}.html" for code in CODES}
OF_THE_BODY = frozenset({"Content-Type", "Content-Length"})


def show_error_pages(app: Flask) -> None:
    """Answer every error of this app with a page of its own."""
    app.register_error_handler(HTTPException, _error_page)
    app.register_error_handler(CSRFError, _expired_page)


def _error_page(error: HTTPException) -> Response | tuple[str, int, list[tuple[str, str]]]:
    code = error.code or HTTPStatus.INTERNAL_SERVER_ERROR
    if code < HTTPStatus.BAD_REQUEST:
        return error.get_response()
    template = PAGES.get(code) or PAGES[500 if code >= HTTPStatus.INTERNAL_SERVER_ERROR else 400]
    words = {"code": int(code), "why": _own_reason(error), "number": request_number()}
    return render_template(template, **words), int(code), _headers(error)


def _expired_page(_error: CSRFError) -> tuple[str, int]:
    return render_template("errors/expired.html", code=400), HTTPStatus.BAD_REQUEST


def _own_reason(error: HTTPException) -> str:
    """What one of our rooms said when it refused; the framework's own English sentences are left out."""
    spoken = isinstance(error.description, str) and error.description != type(error).description
    return str(error.description) if spoken and not isinstance(error, InternalServerError) else ""


def _headers(error: HTTPException) -> list[tuple[str, str]]:
    """What the error itself has to say in headers: `Allow` of a 405, `Retry-After` of a 429."""
    return [(name, value) for name, value in error.get_headers() if name not in OF_THE_BODY]
