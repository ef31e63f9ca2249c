"""Backups taken while the office works, and cut short; restores cut short: nothing half ever serves."""

import random
import shutil
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from oversight.backups.folder import DATABASE, MANIFEST, read_manifest
from oversight.backups.refusals import CannotRestore
from oversight.casework.models import Complaint
from oversight.keys import read_keys, write_keys
from oversight.kit.db import db, session
from oversight.ledger.models import Entry
from oversight.settings import Settings
from tests.backups.conftest import New, back_up, bring_back, busy_settings, new, rows_of
from tests.factories import filed
from tests.offices import command, surroundings
from tests.torture.conftest import Times

__all__ = ["busy_settings", "new"]

PEOPLE = 3
KINDS = ("sqlite", "postgresql")


@contextmanager
def people_filing(app: Flask) -> Iterator[None]:
    """Several people who file one complaint after another until the block ends."""
    stop = Event()

    def keep_filing() -> None:
        with app.app_context():
            while not stop.is_set():
                filed()
                db.session.remove()
                stop.wait(0.02)

    people = [Thread(target=keep_filing) for _ in range(PEOPLE)]
    for person in people:
        person.start()
    try:
        yield
    finally:
        stop.set()
        for person in people:
            person.join()


def run(settings: Settings, *words: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(*map(str, words)), env=surroundings(settings), capture_output=True, text=True, check=False
    )


def killed(settings: Settings, sign: Path, after: float, *words: object) -> None:
    """Begin a command and kill it so many seconds after the sign of its work is there."""
    with subprocess.Popen(
        command(*map(str, words)), env=surroundings(settings), stdout=subprocess.DEVNULL
    ) as running:
        while running.poll() is None and not sign.exists():
            time.sleep(0.001)
        time.sleep(after)
        running.kill()


def test_what_is_backed_up_while_people_file_is_the_office_at_one_moment(
    app: Flask, settings: Settings, new: New, tmp_path: Path, times: Times, record_property: Any
) -> None:
    rounds = times(1, 5, 50)
    with people_filing(app):
        for number in range(rounds):
            done = run(settings, "backup", folder := tmp_path.with_name(f"{tmp_path.name}-{number}"))
            assert done.returncode == 0, done.stderr
            assert_it_is_of_one_moment(folder, app)
            there = replace(new(KINDS[number % 2]), sealing_keys=settings.sealing_keys)
            assert bring_back(there, folder).entries == read_manifest(folder)[0].ledger_number
            shutil.rmtree(folder)
    with app.app_context():
        in_all = session().scalar(select(func.count()).select_from(Complaint)) or 0
    record_property(
        "torture", f"Backups while {in_all} complaints were filed: {rounds}, each whole, each restored"
    )


def assert_it_is_of_one_moment(folder: Path, app: Flask) -> None:
    """Every file in it has its entry, every entry its file, and its ledger is how the living one began."""
    with closing(sqlite3.connect(folder / DATABASE)) as copy:
        (files,) = copy.execute("SELECT count(*) FROM complaint").fetchone()
        (entries,) = copy.execute(
            "SELECT count(*) FROM ledger_words WHERE kind LIKE 'file.filed.%'"
        ).fetchone()
    assert files == entries
    manifest, _ = read_manifest(folder)
    with app.app_context():
        live = select(Entry.hash).where(Entry.number == manifest.ledger_number)
        assert session().scalar(live) == manifest.ledger_hash


@pytest.mark.parametrize("kind", KINDS)
def test_a_backup_that_was_cut_short_is_refused(
    busy_settings: Settings, new: New, tmp_path: Path, times: Times, kind: str, record_property: Any
) -> None:
    source = busy_settings
    if kind == "postgresql":
        back_up(busy_settings, tmp_path / "to-grow")
        bring_back(source := new(kind), tmp_path / "to-grow", read_keys(busy_settings.data_dir))
    cut, whole, chance = 0, 0, random.Random(kind)
    for number in range(times(1, 10, 100)):
        folder = tmp_path / f"cut-{number}"
        killed(source, folder, chance.uniform(0, 0.4), "backup", folder)
        if (folder / MANIFEST).exists():
            whole += 1
            bring_back(new("sqlite"), folder)
        else:
            cut += 1
            with pytest.raises(CannotRestore, match="cut short"):
                bring_back(new("sqlite"), folder)
    record_property(
        "torture",
        f"Backups cut short on {kind}: {cut}, all refused; done before the kill: {whole}, all whole",
    )


@pytest.mark.parametrize("kind", KINDS)
def test_a_restore_that_was_cut_short_serves_nobody_until_it_is_done_again(
    busy_settings: Settings, new: New, tmp_path: Path, times: Times, kind: str, record_property: Any
) -> None:
    back_up(busy_settings, tmp_path / "backup")
    write_keys(tmp_path / "keys", read_keys(busy_settings.data_dir))
    words = ("restore", tmp_path / "backup", "--keys", tmp_path / "keys")
    before, chance, refused, whole = rows_of(busy_settings), random.Random(kind), 0, 0
    for _ in range(times(1, 10, 100)):
        there = new(kind)
        killed(there, there.restoring_file, chance.uniform(0, 0.8), *words)
        if there.restoring_file.exists():
            refused += 1
            served = run(there, "tick")
            assert (served.returncode, "is not finished" in served.stderr) == (1, True)
            again = run(there, *words)
            assert again.returncode == 0, again.stderr
        else:
            whole += 1
        assert rows_of(there) == before
    record_property(
        "torture",
        f"Restores cut short on {kind}: {refused}, refused until done again; done before the kill: {whole}",
    )
