"""The database itself forbids changing what the ledger holds, whoever asks."""

import sqlite3
from datetime import UTC, datetime

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from oversight.kit.db import db, session, writing
from oversight.ledger import Actor, destroy_words
from oversight.settings import Settings
from tests.ledger.tampering import found

AT = datetime(2026, 3, 8, 9, 30, tzinfo=UTC)
TABLES = ("ledger_entry", "ledger_words", "ledger_destruction", "ledger_head")


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("verb", ["UPDATE", "DELETE", "REPLACE", "TRUNCATE"])
def test_the_database_itself_refuses_to_change_history(ledger: None, table: str, verb: str) -> None:
    if table == "ledger_destruction":
        with writing():
            destroy_words([4], reason="retention", actor=Actor.system(), at=AT)
    sqlite = session().get_bind().dialect.name == "sqlite"
    key = {"ledger_head": "id", "ledger_destruction": "words_number"}.get(table, "number")
    statement = {
        "UPDATE": f"UPDATE {table} SET {key} = {key}",
        "DELETE": f"DELETE FROM {table}",
        "REPLACE": f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}"
        if sqlite
        else f"INSERT INTO {table} SELECT * FROM {table} ON CONFLICT ({key}) DO UPDATE SET {key} = 1",
        "TRUNCATE": f"DELETE FROM {table}" if sqlite else f"TRUNCATE {table} CASCADE",
    }[verb]
    with pytest.raises(DBAPIError, match="append-only"), writing() as current:
        current.execute(text(statement))


GONE = {
    "sqlite": ("DROP TRIGGER {0}_no_update", "DROP TRIGGER {0}_no_delete", "DROP TRIGGER {0}_no_replace"),
    "postgresql": (
        "DROP TRIGGER {0}_no_update ON {0}",
        "ALTER TABLE {0} DISABLE TRIGGER {0}_no_delete",
        "ALTER TABLE {0} ENABLE REPLICA TRIGGER {0}_no_truncate",
    ),
}


@pytest.mark.parametrize("table", TABLES)
def test_a_trigger_that_is_gone_or_switched_off_is_a_fault(ledger: None, table: str) -> None:
    assert found() == ""
    for number, take_away in enumerate(GONE[db.engine.dialect.name], 1):
        with db.engine.begin() as connection:
            connection.exec_driver_sql(take_away.format(table))
        faults = found().splitlines()
        assert len(faults) == number
        assert all(fault.startswith(f"The trigger {table}_no_") and "is gone" in fault for fault in faults)


@pytest.mark.one_database
def test_sqlite_refuses_replacing_even_to_a_client_that_never_asked_for_recursive_triggers(
    ledger: None, settings: Settings
) -> None:
    client = sqlite3.connect(settings.database_url.removeprefix("sqlite:///"))
    for table in TABLES[:2]:
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            client.execute(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table} WHERE number = 4")
    client.close()
