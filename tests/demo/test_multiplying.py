"""An office in bulk: its copies are files like any other, and lie years apart as a real office's do."""

from collections import Counter
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select

from oversight.casework.models import Complaint, FileCounter, FileEvent
from oversight.demo import make_demo, multiply
from oversight.kit.clock import local_date
from oversight.kit.db import session
from oversight.ledger import verify
from oversight.ledger.models import Words
from oversight.outbox.models import StoredNotice
from oversight.rules.jurisdictions import rulebook

TOLD, ALL = 24, 400
MARCH_EVERY = 6
GENERATIONS = 8


@pytest.fixture
def demo() -> bool:
    return True


@pytest.mark.one_database
def test_what_is_past_is_spread_over_generations_and_what_is_open_stays(context: Flask) -> None:
    make_demo(complaints=TOLD, seed=7, tell=str, march_every=MARCH_EVERY)
    told = {file.id: file.received_on for file in session().scalars(select(Complaint))}
    lives = {life(file) for file in session().scalars(select(Complaint))}
    multiply(ALL, tell=str, generations=GENERATIONS)
    files = session().scalars(select(Complaint)).all()
    copies = [file for file in files if file.id not in told]
    assert len(files) == ALL
    assert verify(session()).ok
    assert Counter(file.received_on.year for file in files) == last_numbers()
    assert {int(file.number[:4]) == file.received_on.year for file in files} == {True}
    present = [file for file in copies if not file.has_ended or file.incident_id]
    assert present
    assert {file.received_on for file in present} <= {*told.values()}
    past = [file.received_on for file in copies if file not in present]
    assert min(told.values()).year - min(past).year in range(13, 16)
    assert {life(file) for file in files} == lives


def last_numbers() -> Counter[int]:
    return Counter({each.year: each.last for each in session().scalars(select(FileCounter))})


def life(file: Complaint) -> tuple[object, ...]:
    """A file's days since the weekday it was received: its ending, events, clocks, own words and letters."""
    zone = rulebook(file.rulebook).time_zone
    events = session().scalars(select(FileEvent.at).where(FileEvent.complaint_id == file.id)).all()
    said = session().scalars(select(Words.at).where(Words.subject == f"file:{file.id}")).all()
    about = StoredNotice.about == file.subject
    written = session().scalars(select(StoredNotice.created_at).where(about)).all()
    assert said
    answers: dict[str, str] = file.answers or {}
    days = [
        *(file.ended_on, *sorted(local_date(at, zone) for at in (*events, *said, *written))),
        *(day for clock in file.clocks for day in (clock.started_on, clock.due_on, clock.stopped_on)),
        date.fromisoformat(answers["happened_on"]) if answers.get("happened_on") else None,
    ]
    since = (day and (day - file.received_on).days for day in days)
    return (file.received_on.weekday(), *since)
