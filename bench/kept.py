"""The offices that the bench measures: made in bulk once for each size, kept, and lent to the workloads.

They lie under bench/data, named for the schema and the generator that made them, so that no stale one is
measured. PostgreSQL runs as a user of its own, who has to be let through to the folder: where that user is
not, they lie in /var/tmp. OVERSIGHT_BENCH_DATA names another place.
"""

import hashlib
import json
import os
import shutil
import stat
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Flask

from bench import particulars, stores
from bench.line import Line
from bench.measure import figure
from oversight import demo
from oversight.cli.opening import prepare_database
from oversight.kit import migrations
from oversight.settings import Settings
from tests import offices, postgres

SIZES = "10000,100000"
FULL = f"{SIZES},1000000"
PASSWORD = "measure-the-office"
SEED = 7
MADE_IN = {100_000: 240}
"""The most seconds that making an office of that size may take."""
TOLD = 200
"""Complaints that go their way through the office's own actions; the others are their copies."""
TENTH = 10
"""One complaint of so many is about the same evening."""
GENERATIONS = 1 if os.environ.get("DENSE") == "1" else 8
"""What was told in two years is copied over sixteen; or, dense, as if all had come in the same two."""


@dataclass(frozen=True)
class Office:
    """One office, open."""

    app: Flask
    url: str
    kind: str
    files: int
    settings: Settings
    particulars: dict[str, Any]
    """What bench.particulars wrote down when it was made; nothing of an empty office."""


class Kept:
    """All kept offices; a workload asks for the one it needs."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.sizes = _sizes(os.environ)
        self.stores: dict[str, stores.Store] = {
            "sqlite": stores.Sqlite(folder),
            "postgresql": stores.Postgresql(folder),
        }

    @classmethod
    @contextmanager
    def begin(cls) -> Iterator["Kept"]:
        """Open the folder and start its server, which ends when this process does, however it ends."""
        folder = place() / (_made_by() + ("-dense" if GENERATIONS == 1 else ""))
        folder.mkdir(parents=True, exist_ok=True)
        for stale in set(folder.parent.glob("made-*")) - set(folder.parent.glob(f"{_made_by()}*")):
            shutil.rmtree(stale)
        lifeline = folder / "lifeline"
        if not lifeline.exists():
            os.mkfifo(lifeline)
        line = os.open(lifeline, os.O_RDWR)
        _, guard = postgres.start(folder, lifeline, settings=stores.SETTINGS, keep=True)
        try:
            yield cls(folder)
        finally:
            os.close(line)
            guard.wait()

    @contextmanager
    def office(self, kind: str, files: int, *, copied: bool = False) -> Iterator[Office]:
        """An office of that many files; a workload that writes much asks for it `copied`.

        An office of no files is empty and always new.
        """
        if files:
            self.make(kind, files)
        store = self.stores[kind]
        with store.copy(files) if copied or not files else nullcontext(store.url(files)) as url:
            settings = self._settings(files, url)
            with offices.office(settings) as app:
                if not files:
                    with app.app_context():
                        prepare_database()
                yield Office(app, url, kind, files, settings, self._particulars(kind, files))

    def make(self, kind: str, files: int) -> None:
        """Make the office of that size, unless it is kept already."""
        if self._record(kind, files).exists():
            return
        print(f"Making an office of {files:,} files on {kind}, to be kept in {self.folder}", file=sys.stderr)
        began, store = time.monotonic(), self.stores[kind]
        store.make_room(files)
        with offices.office(self._settings(files, store.url(files))) as app, app.app_context():
            prepare_database()
            demo.make_demo(complaints=min(files, TOLD), seed=SEED, tell=lambda _: None, march_every=TENTH)
            demo.multiply(files, tell=lambda _: None, generations=GENERATIONS)
            noted = particulars.noted()
        store.finish(files)
        seconds = time.monotonic() - began
        self._record(kind, files).write_text(json.dumps(noted | {"seconds": seconds}), encoding="utf-8")
        print(f"Made in {seconds:.0f} s", file=sys.stderr)

    def making(self) -> list[Line]:
        """How long it took to make each office, whenever that was."""
        made = [(kind, files, self._particulars(kind, files)) for kind in self.stores for files in self.sizes]
        return [
            Line(
                "making an office",
                "seconds elapsed",
                kind,
                files,
                figure(noted["seconds"]),
                MADE_IN.get(files),
            )
            for kind, files, noted in made
        ]

    def _particulars(self, kind: str, files: int) -> dict[str, Any]:
        if not files:
            return {}
        found: dict[str, Any] = json.loads(self._record(kind, files).read_text(encoding="utf-8"))
        return found

    def _record(self, kind: str, files: int) -> Path:
        """What is written when an office is whole, so that one cut short is made again."""
        return self.folder / f"{files}.{kind}.json"

    def _settings(self, files: int, url: str) -> Settings:
        return Settings.from_env(
            {
                "OVERSIGHT_DEMO": "1",
                "OVERSIGHT_DATA_DIR": str(self.folder / "keys"),
                "OVERSIGHT_DATABASE_URL": url,
                "OVERSIGHT_DEMO_PASSWORD": PASSWORD,
            }
        )


def _sizes(environ: Mapping[str, str]) -> tuple[int, ...]:
    """How many files the offices have, in rising order: SIZES of the environment, or FULL=1, or as usual."""
    given = environ.get("SIZES") or (FULL if environ.get("FULL") == "1" else SIZES)
    return tuple(sorted(int(size) for size in given.split(",")))


def place() -> Path:
    """The folder under which offices are kept."""
    if "OVERSIGHT_BENCH_DATA" in os.environ:
        return Path(os.environ["OVERSIGHT_BENCH_DATA"]).absolute()
    ours = Path(__file__).parent.absolute() / "data"
    open_to_all = all(folder.stat().st_mode & stat.S_IXOTH for folder in ours.parents)
    return ours if open_to_all or os.geteuid() else Path("/var/tmp/oversight-bench")


def _made_by() -> str:
    """A name for the schema and the generator of today."""
    sources = sorted(Path(demo.__file__).parent.glob("*.py"))
    digest = hashlib.sha256(b"".join(source.read_bytes() for source in sources)).hexdigest()
    return f"made-{migrations.newest()}-{digest[:8]}"
