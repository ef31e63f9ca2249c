"""An office that is set up for processes and for the test beside them, and work that comes due in it."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

from flask import Flask

from oversight.casework import acting
from oversight.casework.actions.filing import Filing, file_complaint
from oversight.casework.actions.steps import take_step
from oversight.casework.models import Complaint
from oversight.keys import make_keys
from oversight.kit.clock import local_date, now
from oversight.kit.db import session, writing
from oversight.settings import Settings
from tests.cast import BEA, INES, the
from tests.factories import ANSWERS
from tests.offices import office
from tests.outbox.conftest import Sink

LATE = timedelta(days=120)
"""After so long, a file that nobody worked on owes its person a word, and its assessment is late."""


@contextmanager
def settled(url: str, folder: Path, sink: Sink) -> Iterator[tuple[Flask, Settings]]:
    """The office's app, its people hired and its mail going to the sink, and its settings for others."""
    make_keys(folder)
    given = {"OVERSIGHT_DATA_DIR": str(folder), "OVERSIGHT_DATABASE_URL": url}
    settings = replace(Settings.from_env(given), smtp_url=sink.url, mail_from="office@oversight.example")
    with office(settings) as app:
        with app.app_context():
            the(INES)
            the(BEA)
        yield app, settings


def come_due(how_many: int) -> None:
    """Let files be there that came long ago: of each, a word and an assessment are due now."""
    at = now() - LATE
    for _ in range(how_many):
        words = f"They stopped me at the bridge. {random.getrandbits(64):x}"
        filing = Filing(
            {**ANSWERS, "narrative": words}, uuid4().hex, local_date(at, "America/Edmonton"), "alberta"
        )
        ines = acting.person(the(INES))
        # In one transaction: a round that is made meanwhile would find the file late as soon as it is there.
        with writing():
            made = file_complaint(filing, by=None, at=at)
            file = session().get_one(Complaint, made.complaint_id)
            take_step(file, "begin_assessment", {}, by=ines, at=at, seen_version=None)
