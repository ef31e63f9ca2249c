"""What an administrator might do to the ledger by SQL, and what verification makes of it."""

import sqlite3
from contextlib import closing

from oversight.kit.db import db, session
from oversight.ledger import Checkpoint, verify


def tamper(*statements: str) -> None:
    """What someone does who owns the database: no trigger holds them, and all stand again afterwards."""
    session().rollback()
    if db.engine.dialect.name == "sqlite":
        _tamper_with_file(str(db.engine.url.database), statements)
        return
    with db.engine.begin() as connection:
        for statement in ("SET LOCAL session_replication_role = replica", *statements):
            connection.exec_driver_sql(statement)


def _tamper_with_file(path: str, statements: tuple[str, ...]) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as client:
        triggers = client.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in triggers:
            client.execute(f'DROP TRIGGER "{name}"')
        for statement in statements:
            client.execute(statement)
        for _, made_by in triggers:
            client.execute(made_by)


def found(checkpoint: Checkpoint | None = None) -> str:
    outcome = verify(session(), checkpoint)
    session().rollback()
    assert outcome.ok == (not outcome.faults)
    return "\n".join(outcome.faults)
