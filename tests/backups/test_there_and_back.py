"""What was backed up comes back whole: every row, every rule of the database, on either kind."""

import sqlite3
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import NullPool, create_engine, text
from sqlalchemy.exc import DBAPIError

from oversight.backups.refusals import CannotRestore
from oversight.kit.db import db, session
from oversight.kit.migrations import bring_up_to_date
from oversight.kit.reseal import sealed_columns
from oversight.ledger import verify
from oversight.settings import Settings
from tests.architecture.test_migrations import tables
from tests.backups.conftest import New, back_up, bring_back, engine_of, rows_of
from tests.offices import office


def test_every_row_comes_back_on_either_kind_of_database(
    busy_settings: Settings, new: New, tmp_path: Path
) -> None:
    before = rows_of(busy_settings)
    assert sum(map(len, before.values())) > 1000
    back_up(busy_settings, tmp_path / "first")
    grown = new("postgresql")
    with engine_of(grown) as engine, engine.begin() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
        # A server tells instants as its place does, unless it is asked otherwise.
        connection.execute(text(f"ALTER DATABASE {engine.url.database} SET timezone = 'America/Edmonton'"))
    bring_back(grown, tmp_path / "first")
    assert rows_of(grown) == before
    back_up(grown, tmp_path / "second")
    for kind in ("sqlite", "postgresql"):
        there = new(kind)
        bring_back(there, tmp_path / "second")
        assert rows_of(there) == before
        assert list(there.data_dir.glob("*restoring*")) == []
        assert_it_is_as_migrations_make_it(there, new(kind))


def assert_it_is_as_migrations_make_it(restored: Settings, fresh: Settings) -> None:
    if fresh.database_file:
        fresh.data_dir.mkdir()
        bring_up_to_date(create_engine(fresh.database_url, poolclass=NullPool))
    made = []
    for settings in (restored, fresh):
        with create_engine(settings.database_url, poolclass=NullPool).connect() as connection:
            made.append(tables(connection))
    assert made[0] == made[1]
    with office(restored) as app, app.app_context():
        assert verify(session()).ok
        session().rollback()
        for table in ("ledger_entry", "ledger_words", "ledger_head"):
            with pytest.raises(DBAPIError, match="append-only"), db.engine.begin() as connection:
                connection.execute(text(f"DELETE FROM {table}"))


def test_what_was_cut_short_after_its_commit_is_only_finished(
    busy_settings: Settings, new: New, tmp_path: Path
) -> None:
    back_up(busy_settings, tmp_path / "backup")
    there = new("postgresql")
    done = bring_back(there, tmp_path / "backup")
    for ending in ("", "-wal"):
        Path(f"{there.restoring_file}{ending}").write_bytes(b"what was to be removed next")
    assert bring_back(there, tmp_path / "backup") == done
    assert list(there.data_dir.glob("*restoring*")) == []


def test_an_office_in_which_nothing_was_done_comes_back_after_a_restore_that_was_cut_short(
    new: New, tmp_path: Path
) -> None:
    empty, there = new("sqlite"), new("postgresql")
    empty.data_dir.mkdir()
    bring_up_to_date(create_engine(empty.database_url, poolclass=NullPool))
    file = sqlite3.connect(str(empty.database_file))
    tried = "x'6b', 1, 0, '2026-01-05 16:00:00.000000'"
    with file:
        columns = "id, address_index, attempts, lockouts, last_attempt_at"
        file.execute(f"INSERT INTO sign_in_lock ({columns}) VALUES ('{uuid4().hex}', {tried})")
    file.close()
    back_up(empty, tmp_path / "backup")
    there.data_dir.mkdir()
    for _ in ("before its commit", "after it"):
        there.restoring_file.write_bytes(b"what an earlier attempt left")
        assert bring_back(there, tmp_path / "backup").entries == 0
        assert not there.restoring_file.exists()
        assert rows_of(there) == rows_of(empty)


def test_what_postgresql_does_not_take_leaves_it_as_it_was(
    busy_settings: Settings, new: New, tmp_path: Path
) -> None:
    """SQLite lets a text be longer than its column says."""
    with sqlite3.connect(str(busy_settings.database_file)) as file:
        file.execute("UPDATE complaint SET place = 'somewhere' || hex(zeroblob(500))")
    file.close()
    back_up(busy_settings, tmp_path / "backup")
    there = new("postgresql")
    before = rows_of(there)
    with pytest.raises(CannotRestore, match="row of complaint: StringDataRightTruncation") as refused:
        bring_back(there, tmp_path / "backup")
    assert "somewhere" not in str(refused.value)
    assert rows_of(there) == before
    assert not there.restoring_file.exists()


def test_there_is_something_in_every_sealed_column(busy_settings: Settings) -> None:
    """Else the test above would have tried less than it says."""
    with office(busy_settings) as app, app.app_context(), db.engine.connect() as connection:
        empty = [
            f"{table.name}.{column}"
            for table, column in sealed_columns()
            if not connection.execute(text(f"SELECT 1 FROM {table.name} WHERE {column} IS NOT NULL")).first()
        ]
    assert len(empty) <= 8, empty
