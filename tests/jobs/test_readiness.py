"""Whether the office is ready for work: a word for each thing that is amiss, and no more."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text, update

from oversight.jobs.models import Rounds
from oversight.jobs.queries import ROUNDS_ARE_LATE_AFTER
from oversight.jobs.rounds import make_round
from oversight.keys import new_sealing_keys, parse_sealing_keys
from oversight.kit.clock import now
from oversight.kit.db import writing
from oversight.kit.seal import Keyring
from oversight.outbox import Notice, enqueue

AFTER_A_WHILE = ROUNDS_ARE_LATE_AFTER + timedelta(minutes=1)


def asked(client: FlaskClient) -> tuple[int, list[str]]:
    answer = client.get("/readyz")
    assert answer.headers["Cache-Control"] == "no-store"
    return answer.status_code, answer.text.split()


@pytest.fixture
def later() -> Iterator[None]:
    """Long after the office awoke."""
    with time_machine.travel(now() + AFTER_A_WHILE, tick=False):
        yield


def test_an_office_that_just_awoke_is_ready(client: FlaskClient) -> None:
    assert asked(client) == (200, ["ok"])


def test_an_office_without_rounds_is_not_ready_for_long(client: FlaskClient, later: None) -> None:
    assert asked(client) == (503, ["rounds"])


def test_a_round_makes_it_ready(app: Flask, client: FlaskClient, later: None) -> None:
    with app.app_context():
        make_round(at=now())
    assert asked(client) == (200, ["ok"])


@pytest.mark.one_database
def test_after_a_night_of_standing_still_a_round_has_its_time(app: Flask, client: FlaskClient) -> None:
    with app.app_context(), writing() as current:
        current.execute(update(Rounds).values(last_ended_at=now() - timedelta(hours=9)))
    assert asked(client) == (200, ["ok"])


def test_another_migration_is_told_before_anything_that_needs_its_tables(
    app: Flask, client: FlaskClient, later: None
) -> None:
    with app.app_context(), writing() as current:
        current.execute(text("DROP TABLE jobs_rounds"))
        current.execute(text("UPDATE alembic_version SET version_num = '0003'"))
    assert asked(client) == (503, ["migrations"])


def test_keys_that_do_not_open_what_was_sealed_are_told(app: Flask, client: FlaskClient) -> None:
    notice = Notice(
        kind="received", to="amara@elsewhere.example", subject="-", body="-", language="en", about="file:1"
    )
    with app.app_context(), writing():
        enqueue(notice, now())
    assert asked(client) == (200, ["ok"])
    app.extensions["oversight.keyring"] = Keyring(parse_sealing_keys(new_sealing_keys()))
    assert asked(client) == (503, ["keys"])


def test_a_database_that_does_not_answer_is_told_in_one_word(app: Flask, client: FlaskClient) -> None:
    with app.app_context(), writing() as current:
        current.execute(text("ALTER TABLE jobs_rounds RENAME TO zqtable"))
    assert asked(client) == (503, ["database"])
