"""A busy office for each test: brought about once a run, since it takes seconds, and copied from then on."""

import fcntl
import pickle
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask

from oversight.keys import make_keys
from oversight.settings import Settings
from tests.busy_office import BusyOffice, open_busy_office
from tests.conftest import RUN
from tests.offices import office


@dataclass
class Busy:
    """The app of a busy office, what there is in it, and where it lies."""

    app: Flask
    settings: Settings
    there: BusyOffice
    pristine: Path

    @contextmanager
    def undone(self) -> Iterator[None]:
        """Put the database back afterwards as it was when the test began, if anything was written to it."""
        live = self.settings.database_url.removeprefix("sqlite:///")
        with closing(sqlite3.connect(live)) as now:
            seen = now.execute("PRAGMA data_version").fetchone()
            yield
            if now.execute("PRAGMA data_version").fetchone() != seen:
                now.execute("PRAGMA synchronous = OFF")
                with closing(sqlite3.connect(self.pristine)) as before:
                    before.backup(now)


@pytest.fixture
def busy_settings(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    """The settings of a busy office of this test's own."""
    folder = shutil.copytree(_template(request), tmp_path / "busy")
    return _settings_in(folder)


@pytest.fixture
def busy(busy_settings: Settings) -> Iterator[Busy]:
    """A busy office of this test's own."""
    folder = busy_settings.data_dir
    with office(busy_settings) as app:
        yield Busy(app, busy_settings, _there(folder), folder / "pristine.sqlite")


def _template(request: pytest.FixtureRequest) -> Path:
    """The folder every test copies, made by whichever process of the run asks first."""
    run = request.config.stash[RUN]
    made = run.folder / "busy"
    with (run.folder / "busy.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            _make(made.with_suffix(".new"), request)
            made.with_suffix(".new").rename(made)
    return made


def _make(folder: Path, request: pytest.FixtureRequest) -> None:
    shutil.rmtree(folder, ignore_errors=True)  # where making it has failed before
    folder.mkdir()
    make_keys(folder)
    with request.config.stash[RUN].database("sqlite") as url:
        shutil.copy(url.removeprefix("sqlite:///"), folder / "oversight.sqlite")
    with office(_settings_in(folder)) as app:
        there = open_busy_office(app)
    (folder / "there.pickle").write_bytes(pickle.dumps(there))
    shutil.copy(folder / "oversight.sqlite", folder / "pristine.sqlite")


def _settings_in(folder: Path) -> Settings:
    return Settings.from_env({"OVERSIGHT_DATA_DIR": str(folder)})


def _there(folder: Path) -> BusyOffice:
    there: BusyOffice = pickle.loads((folder / "there.pickle").read_bytes())
    return there
