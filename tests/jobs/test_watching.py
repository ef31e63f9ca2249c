"""What can be measured of the office: true numbers, from few rows, about nobody."""

from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from prometheus_client import REGISTRY, CollectorRegistry, generate_latest
from sqlalchemy import event, text, update

from oversight.casework.models import Clock
from oversight.casework.queries import files
from oversight.casework.queries.clocks import WINDOW
from oversight.jobs.actions import note_round
from oversight.jobs.rounds import make_round
from oversight.jobs.watching import OfficeCollector
from oversight.kit import clock
from oversight.kit.db import db, session, writing
from oversight.ledger.models import Entry
from oversight.outbox import Notice, enqueue
from oversight.outbox.models import StoredNotice
from tests.cast import INES, the
from tests.factories import AT, filed, take

LATER = AT + timedelta(days=120)


def measured(app: Flask) -> dict[str, float]:
    """Every measure of the office, by its name."""
    registry = CollectorRegistry()
    registry.register(OfficeCollector(app))
    return {
        sample.name.removeprefix("oversight_"): sample.value
        for family in registry.collect()
        for sample in family.samples
    }


def a_notice(key: str) -> Notice:
    return Notice(
        kind="received",
        to="amara@elsewhere.example",
        subject="-",
        body="-",
        language="en",
        about="-",
        key=key,
    )


def test_a_quiet_office_measures_nothing(app: Flask) -> None:
    assert measured(app) == {
        "database_answers": 1,
        "oldest_unsent_notice_seconds": 0,
        "overdue_clocks": 0,
        "last_round_timestamp_seconds": 0,
        "ledger_entries": 0,
        "rounds_total": 0,
        "notices_given_up_total": 0,
    }


def test_the_oldest_notice_that_waits_is_timed_and_no_other(context: Flask) -> None:
    with writing() as current:
        for key, minutes in (("sent", 30), ("oldest", 20), ("younger", 10)):
            enqueue(a_notice(key), clock.now() - timedelta(minutes=minutes))
        current.flush()
        sent = update(StoredNotice).where(StoredNotice.key == "sent")
        current.execute(sent.values(next_try_at=None, sent_at=clock.now()))
        # It was tried and waits for its next try: it waits all the same.
        tried = update(StoredNotice).where(StoredNotice.key == "oldest")
        current.execute(tried.values(next_try_at=clock.now() + timedelta(hours=1)))
    assert 20 * 60 <= measured(context)["oldest_unsent_notice_seconds"] < 21 * 60


def test_the_oldest_is_found_without_reading_those_that_were_sent(context: Flask) -> None:
    if db.engine.dialect.name != "sqlite":
        session().execute(text("SET enable_seqscan = off"))
    heard: list[str] = []
    event.listen(db.engine, "before_cursor_execute", lambda *said: heard.append(said[2]))
    measured(context)
    (oldest,) = [each for each in heard if "created_at" in each]
    explain = "EXPLAIN QUERY PLAN " if db.engine.dialect.name == "sqlite" else "EXPLAIN "
    said = (
        session().connection().exec_driver_sql(explain + oldest, (1, 0) if "?" in oldest else {"param_1": 1})
    )
    assert "ix_outbox_notice_waiting" in str(said.all())


def test_overdue_clocks_are_counted_up_to_a_bound(context: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    the(INES)
    for _ in range(3):
        take(filed(), "begin_assessment", by=INES)
    with time_machine.travel(LATER):
        # While no round is made, notices of progress are late too.
        assert measured(context)["overdue_clocks"] == 6
        make_round(at=LATER)
        assert measured(context)["overdue_clocks"] == 3
        monkeypatch.setattr(files, "MOST_OVERDUE", 2)
        assert measured(context)["overdue_clocks"] == 2
        with writing() as current:
            current.execute(update(Clock).values(stopped_on=LATER.date()))
        assert measured(context)["overdue_clocks"] == 0


def test_a_window_that_has_closed_is_nobodys_deadline(context: Flask) -> None:
    filed()
    with writing() as current:
        current.execute(update(Clock).values(deadline=WINDOW))
    with time_machine.travel(LATER):
        assert measured(context)["overdue_clocks"] == 0


def test_rounds_and_what_they_gave_up_add_up(context: Flask) -> None:
    before = clock.now().timestamp()
    make_round(at=clock.now())
    for given_up in (2, 3):
        note_round(given_up=given_up, at=clock.now())
    now_measured = measured(context)
    assert (now_measured["rounds_total"], now_measured["notices_given_up_total"]) == (3, 5)
    assert before <= now_measured["last_round_timestamp_seconds"] <= clock.now().timestamp()


def test_the_ledgers_last_number_is_told(context: Flask) -> None:
    the(INES)
    filed()
    assert measured(context)["ledger_entries"] == session().query(Entry).count() > 0


def test_a_database_that_does_not_answer_is_a_measure_too(app: Flask) -> None:
    with app.app_context(), writing() as current:
        current.execute(text("ALTER TABLE jobs_rounds RENAME TO elsewhere"))
    assert measured(app) == {"database_answers": 0}


def test_measures_name_nobody(context: Flask) -> None:
    the(INES)
    complaint = filed()
    registry = CollectorRegistry()
    registry.register(OfficeCollector(context))
    said = generate_latest(registry).decode()
    assert complaint.number not in said
    assert "@" not in said


@pytest.mark.one_database
def test_steps_are_timed_by_their_names(context: Flask) -> None:
    def timed(step: str) -> float:
        return REGISTRY.get_sample_value("oversight_step_seconds_count", {"step": step}) or 0

    the(INES)
    before = timed("acknowledge"), timed("begin_assessment")
    take(filed(), "begin_assessment", by=INES)
    assert (timed("acknowledge"), timed("begin_assessment")) == (before[0] + 1, before[1] + 1)
