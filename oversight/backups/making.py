"""Making a backup: the database as it stands at one moment, and what else the office keeps in its folder."""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from fnmatch import fnmatch
from importlib.metadata import version
from pathlib import Path

from sqlalchemy import Engine

from oversight.backups.copying import copy_database
from oversight.backups.folder import (
    DATABASE,
    FILES,
    Copied,
    Manifest,
    Tell,
    between,
    copy_file,
    sha256_of,
    write_manifest,
)
from oversight.backups.refusals import CannotBackUp, in_words
from oversight.keys import KEY_FILES, parse_sealing_keys
from oversight.kit import clock, migrations
from oversight.kit.seal import Keyring
from oversight.settings import Settings

LEFT_OUT = (
    *KEY_FILES,
    "*.sqlite*",  # the database has a way of its own
    "*.lock",
    # Rows that an import refused, in clear, kept for some months: a dry run of the import makes them again.
    "imports",
    ".*",
)
"""What lies in an office's data folder and is in no backup."""


@dataclass(frozen=True)
class Made:
    """A backup that was made: what it says of itself, and its size in bytes."""

    manifest: Manifest
    size: int


def make_backup(engine: Engine, settings: Settings, folder: Path, tell: Tell) -> Made:
    """Back the office up, while it works, into a folder that is new or empty. Raises CannotBackUp."""
    with in_words(CannotBackUp, folder):
        _refuse_what_is_no_office(engine, settings)
        _refuse_the_offices_own(folder, settings)
        with _new_folder(folder):
            made = _make(engine, settings, folder, tell)
    tell(100)
    return made


def _make(engine: Engine, settings: Settings, folder: Path, tell: Tell) -> Made:
    taken_at = clock.now().isoformat(timespec="seconds")
    database = folder / DATABASE
    database.touch(mode=0o600)
    copy_database(engine, database, between(tell, 0, 90))
    files = {DATABASE: Copied(database.stat().st_size, sha256_of(database))}
    files |= {name: copy_file(path, folder / name) for name, path in _kept_files(settings)}
    manifest = _manifest(database, settings, taken_at, files)
    write_manifest(folder, manifest, Keyring(parse_sealing_keys(settings.sealing_keys)))
    return Made(manifest, sum(copied.size for copied in files.values()))


def _manifest(database: Path, settings: Settings, taken_at: str, files: dict[str, Copied]) -> Manifest:
    with closing(sqlite3.connect(f"{database.absolute().as_uri()}?mode=ro", uri=True)) as copy:
        number, head = copy.execute("SELECT number, hash FROM ledger_head WHERE id = 1").fetchone()
        (migration,) = copy.execute("SELECT version_num FROM alembic_version").fetchone()
    return Manifest(
        software=version("oversight"),
        migration=migration,
        taken_at=taken_at,
        place=settings.place,
        ledger_number=number,
        ledger_hash=head,
        sealing_keys=list(parse_sealing_keys(settings.sealing_keys)),
        files=files,
    )


def _refuse_what_is_no_office(engine: Engine, settings: Settings) -> None:
    if settings.database_file and not settings.database_file.exists():
        raise CannotBackUp("There is no office here yet: no database. Is OVERSIGHT_DATA_DIR right?")
    migration = migrations.reached(engine)
    if migration is None:
        raise CannotBackUp("There is no office in this database yet: run `oversight init`.")
    if not migrations.knows(migration):
        raise CannotBackUp(
            "The database is newer than this software: back it up with the software it runs on."
        )


def _refuse_the_offices_own(folder: Path, settings: Settings) -> None:
    if folder.resolve().is_relative_to(settings.data_dir.resolve()):
        raise CannotBackUp(f"{folder} is the office's own folder, or in it: what takes one would take both.")
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise CannotBackUp(f"{folder} is there already and not empty: a backup begins in a new folder.")


@contextmanager
def _new_folder(folder: Path) -> Iterator[None]:
    """Make the folder; if what is done in it fails, remove it again."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        yield
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def _kept_files(settings: Settings) -> Iterator[tuple[str, Path]]:
    """The files that go into the backup as they are: their names there, and where they lie."""
    data_dir, database = settings.data_dir, settings.database_file
    left_out = (*LEFT_OUT, f"{database.name}*") if database else LEFT_OUT
    for entry in sorted(data_dir.iterdir()):
        if any(fnmatch(entry.name, pattern) for pattern in left_out):
            continue
        for path in _files_below(entry):
            if path.is_symlink() or not path.is_file():
                raise CannotBackUp(
                    f"{path} is a link or a device: put the file itself there, or move it away."
                )
            yield f"{FILES}/{path.relative_to(data_dir).as_posix()}", path


def _files_below(entry: Path) -> Iterator[Path]:
    if entry.is_symlink() or not entry.is_dir():
        yield entry
        return
    for folder, folders, names in os.walk(entry):
        yield from (Path(folder, name) for name in names)
        yield from (path for name in folders if (path := Path(folder, name)).is_symlink())
