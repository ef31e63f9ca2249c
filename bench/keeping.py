"""Backing a large office up and bringing it back elsewhere, by the commands themselves.

It takes minutes, so `make torture` asks for it, and `make bench` doesn't.
"""

import subprocess
import time
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.by_hand import reader
from bench.kept import Kept, Office
from bench.line import Line
from bench.measure import figure
from oversight.settings import Settings
from tests.offices import command, surroundings

FILES = 100_000
SECONDS = 300
"""The most that each of the two may take."""


def measure(kept: Kept, kind: str) -> list[Line]:
    """The seconds of a backup, and of restoring it into an office that has nothing yet."""
    with (
        kept.office(kind, min(FILES, kept.sizes[-1])) as office,
        kept.stores[kind].copy(0) as url,
        TemporaryDirectory(dir=kept.folder) as folder,
    ):
        new = replace(office.settings, database_url=url, data_dir=Path(folder, "new"))
        backup = Path(folder, "backup")
        backed_up = _seconds(office.settings, "backup", backup)
        restored = _seconds(new, "restore", backup, "--keys", office.settings.data_dir)
        assert _head(url) == _head(office.url), "The ledger ends elsewhere than the one it was copied from."
        return [_line("a backup", office, backed_up), _line("the backup restored", office, restored)]


def _line(what: str, office: Office, seconds: float) -> Line:
    return Line(what, "seconds elapsed", office.kind, office.files, figure(seconds), SECONDS)


def _seconds(settings: Settings, *words: object) -> float:
    """How long a command takes, from its start to its end."""
    began = time.monotonic()
    subprocess.run(command(*map(str, words)), env=surroundings(settings), check=True)
    return time.monotonic() - began


def _head(url: str) -> tuple[object, ...]:
    return reader(url)("SELECT number, hash FROM ledger_head")[0]
