"""Migrated databases for the tests: each kind is migrated once a run, and every test gets its own copy."""

import errno
import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from subprocess import Popen

import psycopg
from sqlalchemy import NullPool, create_engine

from oversight.kit.migrations import bring_up_to_date
from tests import postgres

KINDS = ("sqlite", "postgresql")
TEMPLATE = "oversight_template"
PREFIX = "oversight-tests-"
PLACES = (Path("/dev/shm"), Path("/tmp"))
"""Short, for the sake of a socket, and open to the user PostgreSQL runs as; memory is ten times as quick."""
ROOM = 2 * 1024**3


class Run:
    """One run of the tests, however many processes it has: a folder they share while the first one lives."""

    guard: Popen[bytes] | None = None

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.copies = count(1)

    @classmethod
    @contextmanager
    def begin(cls) -> Iterator["Run"]:
        """The folder of a new run. Its lifeline has a writer until the run ends, or this process dies."""
        remove_what_killed_runs_left()
        with tempfile.TemporaryDirectory(prefix=PREFIX, dir=roomy(), ignore_cleanup_errors=True) as name:
            folder = Path(name)
            folder.chmod(0o755)
            os.mkfifo(folder / "lifeline")
            line = os.open(folder / "lifeline", os.O_RDWR)
            try:
                yield cls(folder)
            finally:
                os.close(line)

    @contextmanager
    def database(self, kind: str) -> Iterator[str]:
        """The URL of a fresh database of that kind, at the newest migration; gone afterwards."""
        with self.sqlite() if kind == "sqlite" else self.postgresql() as url:
            yield url

    @contextmanager
    def sqlite(self) -> Iterator[str]:
        template = self.folder / "template.sqlite"
        with self._alone():
            if not template.exists():
                migrate(f"sqlite:///{template}.new")
                Path(f"{template}.new").rename(template)
        with tempfile.TemporaryDirectory(dir=self.folder) as folder:
            copy = shutil.copy(template, Path(folder) / "oversight.sqlite")
            yield f"sqlite:///{copy}"

    @contextmanager
    def postgresql(self) -> Iterator[str]:
        name = f"test_{os.getpid()}_{next(self.copies)}"
        with self._alone():
            where = self._server()
        with psycopg.connect(where, autocommit=True) as server:
            with self._alone():
                self._prepare_template(server)
            # Copied as files, since nothing of these needs to survive a crash: half the work.
            server.execute(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE} STRATEGY FILE_COPY")
            yield self._url(name)
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")

    def _server(self) -> str:
        """How to connect to the run's PostgreSQL, started by whichever process asks first."""
        address = self.folder / "postgresql"
        if not address.exists():
            where, self.guard = postgres.start(self.folder, self.folder / "lifeline")
            address.write_text(where)
        return address.read_text()

    def _prepare_template(self, server: psycopg.Connection) -> None:
        done = self.folder / "template.postgresql"
        if not done.exists():
            server.execute(f"DROP DATABASE IF EXISTS {TEMPLATE}")
            server.execute(f"CREATE DATABASE {TEMPLATE}")
            migrate(self._url(TEMPLATE))
            done.touch()

    def _url(self, name: str) -> str:
        return f"postgresql+psycopg://{postgres.OWNER}@/{name}?host={self.folder / 'cluster'}"

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """One process of the run at a time."""
        with (self.folder / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def remove_what_killed_runs_left() -> None:
    """A run that lives reads its own lifeline; one whose lifeline nobody reads is over."""
    for lifeline in (path for place in PLACES for path in place.glob(f"{PREFIX}*/lifeline")):
        try:
            os.close(os.open(lifeline, os.O_WRONLY | os.O_NONBLOCK))
        except OSError as error:
            if error.errno == errno.ENXIO:
                shutil.rmtree(lifeline.parent, ignore_errors=True)


def roomy() -> Path:
    """The first of the places that exists and has room for a cluster and the copies in use."""
    return next(
        (place for place in PLACES if place.is_dir() and shutil.disk_usage(place).free > ROOM), PLACES[-1]
    )


def migrate(url: str) -> None:
    """Bring the database to the newest migration and leave no connection behind."""
    engine = create_engine(url, poolclass=NullPool)
    bring_up_to_date(engine)
