"""An import that is killed, anywhere and more than once, ends as one that was left alone."""

import json
import os
import signal
import subprocess
import time
from pathlib import Path

from flask import Flask
from sqlalchemy import func, select

from bench.exports import write_export
from oversight.casework.models import Allegation, Complaint, FileEvent, ImportBatch, ImportedFile, Party
from oversight.kit.db import session
from oversight.ledger import verify
from oversight.ledger.models import Words
from oversight.settings import Settings
from tests.importing.conftest import PHILADELPHIA
from tests.offices import command, surroundings

FILES = 1500
KILLS = (1, 600)
"""Each run is killed as soon as more files than this are in."""


def files_in() -> int:
    session().rollback()
    return session().scalar(select(func.count()).select_from(Complaint)) or 0


def killed_after(settings: Settings, folder: Path, files: int) -> None:
    words = ("import", str(PHILADELPHIA), str(folder))
    with subprocess.Popen(
        command(*words), env=surroundings(settings), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as running:
        while running.poll() is None and files_in() <= files:
            time.sleep(0.005)
        assert running.poll() is None, "it ended before it could be killed"
        os.kill(running.pid, signal.SIGKILL)


def test_a_killed_import_is_taken_up_again_and_nothing_doubles(
    context: Flask, settings: Settings, tmp_path: Path
) -> None:
    write_export(tmp_path / "exports", FILES)
    for files in KILLS:
        killed_after(settings, tmp_path / "exports", files)
        assert files < files_in() < FILES
    words = ("import", str(PHILADELPHIA), str(tmp_path / "exports"), "--json")
    done = subprocess.run(
        command(*words), env=surroundings(settings), capture_output=True, text=True, check=True
    )
    told = json.loads(done.stdout)
    assert told["files"]["brought_in"] + told["files"]["here_already"] == FILES == files_in()

    per_year: dict[str, list[int]] = {}
    for number in session().scalars(select(Complaint.number)):
        per_year.setdefault(number[:4], []).append(int(number[5:]))
    assert all(sorted(taken) == list(range(1, len(taken) + 1)) for taken in per_year.values())

    assert len(set(session().scalars(select(Complaint.former_number)))) == FILES
    for parts in (ImportedFile, FileEvent):
        assert session().scalar(select(func.count()).select_from(parts)) == FILES
    (batch,) = session().scalars(select(ImportBatch)).all()
    assert batch.finished_at is not None
    assert session().scalar(select(func.count()).select_from(Words)) == 1
    assert not verify(session()).faults

    alone = uninterrupted(settings, tmp_path)
    assert (count(Party), count(Allegation)) == (alone["people"] + alone["officers"], alone["allegations"])


def count(parts: type) -> int:
    return session().scalar(select(func.count()).select_from(parts)) or 0


def uninterrupted(settings: Settings, tmp_path: Path) -> dict[str, int]:
    """What the same export holds, told by a run that writes nothing and knows of no other."""
    mapping = tmp_path / "other.toml"
    text = PHILADELPHIA.read_text(encoding="utf-8")
    mapping.write_text(text.replace('source = "philadelphia"', 'source = "other"'), encoding="utf-8")
    words = ("import", str(mapping), str(tmp_path / "exports"), "--dry-run", "--json")
    done = subprocess.run(
        command(*words), env=surroundings(settings), capture_output=True, text=True, check=True
    )
    told: dict[str, int] = json.loads(done.stdout)
    return told
