"""An office opened for a test: its app, and its app on a real port."""

import os
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from threading import Thread
from typing import Any
from unittest.mock import patch

from flask import Flask
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from sqlalchemy import Dialect, Engine
from werkzeug.routing import Rule
from werkzeug.serving import make_server

from oversight.kit.db import db
from oversight.settings import Settings

CHEAP_HASHES = {"argon2__rounds": 1, "argon2__memory_cost": 8, "argon2__parallelism": 1}
"""Passwords of the tests guard nothing; at full strength each would cost a twentieth of a second."""


class Compiled(BytecodeCache):
    """Templates compiled once for all the apps of this process, which each test would else do anew."""

    def __init__(self) -> None:
        self.codes: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self.codes:
            bucket.bytecode_from_string(self.codes[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.codes[bucket.key] = bucket.bytecode_to_string()


COMPILED = Compiled()

write_builder = Rule._compile_builder
BUILDERS: dict[Any, Callable[..., tuple[str, str]]] = {}


def builder_written_once(rule: Rule, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
    """What writes a rule's addresses, the same in every app: compiling it is nine tenths of making one."""
    defaults = tuple(sorted((rule.defaults or {}).items()))
    meant = (rule.rule, tuple(rule._trace), defaults, append_unknown)
    if meant not in BUILDERS:
        BUILDERS[meant] = write_builder(rule, append_unknown)
    return BUILDERS[meant]


STATEMENTS: dict[str, tuple[Dialect, Any]] = {}


def take_over_statements(engine: Engine) -> None:
    """Take what was compiled for an earlier database of this kind: each test would else do it anew.

    A statement is kept for one dialect, so that goes with it; how to connect stays the engine's own.
    """
    if engine.name in STATEMENTS:
        engine.dialect, engine._compiled_cache = STATEMENTS[engine.name]


def hand_on_statements(engine: Engine) -> None:
    """Keep what was compiled for this database, if its dialect has come to know the server."""
    if engine.dialect.server_version_info is not None:
        STATEMENTS.setdefault(engine.name, (engine.dialect, engine._compiled_cache))


@dataclass(frozen=True)
class LiveServer:
    """An office that answers at `url`, in threads of this process."""

    url: str
    app: Flask


def command(*words: str) -> list[str]:
    """What starts a command in a process of its own; `surroundings` say of which office."""
    return [sys.executable, "-m", "oversight.cli", *words]


def surroundings(settings: Settings) -> dict[str, str]:
    """The environment in which a command finds this office."""
    return {
        **os.environ,
        "OVERSIGHT_DATA_DIR": str(settings.data_dir),
        "OVERSIGHT_DATABASE_URL": settings.database_url,
    }


@contextmanager
def office(settings: Settings) -> Iterator[Flask]:
    """The app of these settings; its connections to the database are closed at the end."""
    # Imported here because it takes two seconds, which tests of the rulebook need not spend.
    from oversight.accounts.security import CONFIGURATION
    from oversight.app import create_app

    with (
        patch.dict(CONFIGURATION, {"PASSWORD_HASH_PASSLIB_OPTIONS": CHEAP_HASHES}),
        patch.object(Rule, "_compile_builder", builder_written_once),
    ):
        app = create_app(settings)
    app.testing = True
    app.jinja_env.bytecode_cache = COMPILED
    with app.app_context():
        take_over_statements(db.engine)
    yield app
    with app.app_context():
        hand_on_statements(db.engine)
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
