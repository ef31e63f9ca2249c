"""An office opened for a test: its app, and its app on a real port."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from threading import Thread
from unittest.mock import patch

from flask import Flask
from werkzeug.serving import make_server

from oversight.kit.db import db
from oversight.settings import Settings

CHEAP_HASHES = {"argon2__rounds": 1, "argon2__memory_cost": 8, "argon2__parallelism": 1}
"""Passwords of the tests guard nothing; at full strength each would cost a twentieth of a second."""


@dataclass(frozen=True)
class LiveServer:
    """An office that answers at `url`, in threads of this process."""

    url: str
    app: Flask


@contextmanager
def office(settings: Settings) -> Iterator[Flask]:
    """The app of these settings; its connections to the database are closed at the end."""
    # Imported here because it takes two seconds, which tests of the rulebook need not spend.
    from oversight.accounts.security import CONFIGURATION
    from oversight.app import create_app

    with patch.dict(CONFIGURATION, {"PASSWORD_HASH_PASSLIB_OPTIONS": CHEAP_HASHES}):
        app = create_app(settings)
    app.testing = True
    yield app
    with app.app_context():
        db.engine.dispose()


@contextmanager
def serving(settings: Settings) -> Iterator[LiveServer]:
    """The same on a free port, known to the app as its public address."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        with office(replace(settings, public_url=url)) as app:
            server = make_server("127.0.0.1", 0, app, threaded=True, fd=listener.fileno())
            thread = Thread(target=server.serve_forever, daemon=True)
            thread.start()
            yield LiveServer(url, app)
            server.shutdown()
            thread.join()
            server.server_close()
