"""How often one address may do a thing. Generous: hundreds of people may stand behind one address."""

from flask import Flask
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

limiter = Limiter(get_remote_address, storage_uri="memory://", headers_enabled=False)
"""Remembered in one process, which serves an embedded office. `@limiter.limit("60 per minute")` on a view."""


def init_app(app: Flask) -> None:
    """Let the limits count on this app's requests."""
    limiter.init_app(app)
