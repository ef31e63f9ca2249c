"""Where the kept offices' databases lie: in files of SQLite, or on a PostgreSQL server that is kept as well.

Both kinds say the same: `url` where the office of a size is kept, `make_room` to begin it anew, `copy` to
have one that may be written to and is gone afterwards (no files: an empty one), `finish` when it is made.
"""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg

from tests.postgres import OWNER

SETTINGS = {
    "listen_addresses": "",
    "max_connections": "200",
    "max_parallel_workers_per_gather": "0",
    "max_wal_size": "4GB",
    "shared_buffers": "1GB",
    "timezone": "UTC",
}
"""The server's: as it comes, and as safe, but for the memory of an office of 100,000 files, for the
writing of so much at once, and without helpers to a query, whose CPU nobody can count once they are gone."""


class Sqlite:
    """A file for each office."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def url(self, files: int) -> str:
        return f"sqlite:///{self._file(files)}"

    def make_room(self, files: int) -> None:
        for left in self.folder.glob(f"{files}.sqlite*"):
            left.unlink()

    def finish(self, files: int) -> None:
        """Leave one file, which can be copied as it is, and what the planner wants to know of it."""
        with closing(sqlite3.connect(self._file(files))) as connection:
            connection.execute("ANALYZE")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    @contextmanager
    def copy(self, files: int) -> Iterator[str]:
        with TemporaryDirectory(dir=self.folder) as folder:
            copy = Path(folder) / "oversight.sqlite"
            if files:
                shutil.copy(self._file(files), copy)
            yield f"sqlite:///{copy}"

    def cpu_seconds(self) -> float:
        """Of processes of its own: it has none."""
        return 0.0

    def _file(self, files: int) -> Path:
        return self.folder / f"{files}.sqlite"


class Postgresql:
    """A database for each office, on the server that runs in the folder `cluster`."""

    def __init__(self, folder: Path) -> None:
        self.cluster = folder / "cluster"
        self.copies = count(1)

    def url(self, files: int) -> str:
        return self._url(f"office_{files}")

    def make_room(self, files: int) -> None:
        self._tell(
            f"DROP DATABASE IF EXISTS office_{files} WITH (FORCE)",
            f"CREATE DATABASE office_{files}",
        )

    def finish(self, files: int) -> None:
        """Tell the planner what there is, as the server would by itself a little later."""
        self._tell("VACUUM ANALYZE", database=f"office_{files}")

    @contextmanager
    def copy(self, files: int) -> Iterator[str]:
        name = f"copy_{os.getpid()}_{next(self.copies)}"
        like = f" TEMPLATE office_{files} STRATEGY file_copy" if files else ""
        self._tell(f"CREATE DATABASE {name}{like}")
        yield self._url(name)
        self._tell(f"DROP DATABASE {name} WITH (FORCE)")

    def cpu_seconds(self) -> float:
        """What the server's processes for connections of now have spent so far."""
        server = (self.cluster / "postmaster.pid").read_text(encoding="utf-8").split()[0]
        children = Path(f"/proc/{server}/task/{server}/children").read_text(encoding="ascii").split()
        return sum(_seconds(Path("/proc") / child) for child in children)

    def _tell(self, *commands: str, database: str = "postgres") -> None:
        where = f"host={self.cluster} user={OWNER} dbname={database}"
        with closing(psycopg.connect(where, autocommit=True)) as server:
            for command in commands:
                server.execute(command.encode())

    def _url(self, name: str) -> str:
        return f"postgresql+psycopg://{OWNER}@/{name}?host={self.cluster}"


def _seconds(process: Path) -> float:
    """The CPU of one of the server's processes, if it serves a connection, and still does."""
    try:
        if b"[local]" not in (process / "cmdline").read_bytes():
            return 0.0
        return int((process / "schedstat").read_text(encoding="ascii").split()[0]) / 1e9
    except FileNotFoundError:
        return 0.0


Store = Sqlite | Postgresql
