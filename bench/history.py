"""Bringing in an export, and its floor: reading it with the csv module, and the same rows by executemany."""

import csv
import sqlite3
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import psycopg
from flask import Flask
from psycopg.types.json import Json
from sqlalchemy import delete, select

from bench.exports import write_export
from bench.kept import Kept
from bench.line import Line
from bench.measure import Work, ratio, take_turns
from oversight.casework.models import (
    Allegation,
    Complaint,
    FileEvent,
    ImportBatch,
    ImportedFile,
    Party,
    PartyIdentity,
    RecordedDemographics,
)
from oversight.importing.command import import_export
from oversight.kit.db import db

MAPPING = Path(__file__).parents[1] / "docs" / "examples" / "philadelphia.toml"
WRITTEN = (
    *(Complaint, ImportBatch, ImportedFile, Party, PartyIdentity, RecordedDemographics),
    *(Allegation, FileEvent),
)
"""Every table that an import fills, each after those its rows refer to."""


Tables = list[tuple[str, list[Any]]]
"""The statement that fills each table, and its rows."""
EXPORTED = 3000
ROUNDS = 4


def measure(kept: Kept, kind: str) -> list[Line]:
    """The import into an office that has nothing in it yet."""
    with kept.office(kind, 0) as office, TemporaryDirectory() as folder:
        exports = Exports(office.app, office.url, Path(folder), EXPORTED)
        work = {"by hand": exports.by_hand(), "import": exports.bring_in}
        cost = take_turns(work, rounds=ROUNDS, calls={}, elsewhere=kept.stores[kind].cpu_seconds)
    return [
        Line(
            workload=f"W12 import, {exports.rows} rows",
            floor="csv, executemany",
            database=kind,
            files=EXPORTED,
            ratio=ratio(cost["import"], cost["by hand"]),
            target=6,
            milliseconds=cost["import"].typical * 1000,
            elsewhere=cost["import"].typical_elsewhere * 1000,
        )
    ]


class Exports:
    """One invented export, brought in over and over, each time as another history."""

    def __init__(self, app: Flask, url: str, folder: Path, complaints: int) -> None:
        self.app, self.url, self.folder = app, url, folder / "exports"
        self.rows = write_export(self.folder, complaints)
        self.times = count(1)
        self.mapping = folder / "mapping.toml"

    def bring_in(self) -> None:
        """What the command does, less the starting of Python."""
        text = MAPPING.read_text(encoding="utf-8")
        own = text.replace('source = "philadelphia"', f'source = "history-{next(self.times)}"')
        self.mapping.write_text(own, encoding="utf-8")
        with self.app.app_context():
            settings = self.app.config["SETTINGS"]
            import_export(
                self.mapping, self.folder, settings, None, lambda *_: None, dry_run=False, update=False
            )

    def by_hand(self) -> Work:
        """The floor. Its rows are those of a first import, taken away again to make room for them."""
        self.bring_in()
        tables = list(self._take_away())
        write = _by_sqlite(self.url) if self.url.startswith("sqlite") else _by_psycopg(self.url)

        def read_and_write() -> None:
            for file in self.folder.iterdir():
                with file.open(encoding="utf-8", newline="") as lines:
                    list(csv.reader(lines))
            write(tables)

        return read_and_write

    def _take_away(self) -> Iterator[tuple[str, list[Any]]]:
        with self.app.app_context(), db.engine.begin() as connection:
            for model in WRITTEN:
                rows = connection.exec_driver_sql(f"SELECT * FROM {model.__tablename__}").all()
                places = ", ".join("?" if self.url.startswith("sqlite") else "%s" for _ in rows[0])
                yield (
                    f"INSERT INTO {model.__tablename__} VALUES ({places})",
                    [tuple(map(_plain, row)) for row in rows],
                )
            for model in reversed(WRITTEN):
                connection.execute(delete(model))
            assert connection.scalar(select(Complaint.id).limit(1)) is None


def _plain(value: Any) -> Any:
    return Json(value) if isinstance(value, dict | list) else value


def _by_sqlite(url: str) -> Callable[[Tables], None]:
    connection = sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)

    def write(tables: Tables) -> None:
        connection.execute("BEGIN IMMEDIATE")
        for statement, rows in tables:
            connection.executemany(statement, rows)
        # The next round writes the same rows again.
        connection.execute("ROLLBACK")

    return write


def _by_psycopg(url: str) -> Callable[[Tables], None]:
    # One connection for all rounds: nobody can count any more what the server spent on one that is closed.
    connection = psycopg.connect(url.replace("+psycopg", ""))

    def write(tables: Tables) -> None:
        with connection.cursor() as cursor:
            for statement, rows in tables:
                cursor.executemany(statement, rows)
        connection.rollback()

    return write
