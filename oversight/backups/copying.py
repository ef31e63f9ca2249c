"""The database of a running office as one SQLite file, whichever kind of database it is."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, NullPool, create_engine

from oversight.backups.folder import Tell
from oversight.kit.migrations import bring_up_to_date, reached_on

AS_SQLITE = {
    "uuid": "replace({}::text, '-', '')",
    "timestamp with time zone": "to_char({} AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US')",
    "date": "to_char({}, 'YYYY-MM-DD')",
    "boolean": "{}::integer",
    "json": "{}::text",
    "bytea": "{}",
    "character varying": "{}",
    "integer": "{}",
    "text": "{}",
}
"""How PostgreSQL writes a value of each of its types as SQLAlchemy keeps it in SQLite."""

COLUMNS = """
    SELECT table_name, column_name, data_type FROM information_schema.columns
    JOIN information_schema.tables USING (table_schema, table_name)
    WHERE table_schema = current_schema() AND table_type = 'BASE TABLE' AND table_name <> 'alembic_version'
    ORDER BY table_name, ordinal_position
"""
SET_ASIDE = "SELECT type, name, sql FROM sqlite_master WHERE type IN ('trigger', 'index') AND sql IS NOT NULL"
PIECE = 5000
TICKS = 1_000_000
"""Steps of SQLite's machine between two looks at how far it is: a fraction of a second."""


def copy_database(engine: Engine, target: Path, tell: Tell) -> None:
    """Write the database, as it stands at one moment, to a new SQLite file. The office goes on working."""
    if engine.dialect.name == "sqlite":
        _copy_sqlite(engine, target, tell)
    else:
        _copy_postgresql(engine, target, tell)


def _copy_sqlite(engine: Engine, target: Path, tell: Tell) -> None:
    """VACUUM INTO reads in one transaction, and leaves behind what was deleted and lingers in the file."""
    pooled = engine.raw_connection()
    try:
        source: Any = pooled.driver_connection
        (size,) = source.execute(
            "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size"
        ).fetchone()

        def look() -> None:
            tell(min(100 * target.stat().st_size // size, 100) if target.exists() else 0)

        source.set_progress_handler(look, TICKS)
        try:
            source.execute("VACUUM INTO ?", [str(target)])
        finally:
            source.set_progress_handler(None, 0)
    finally:
        pooled.close()


def _copy_postgresql(engine: Engine, target: Path, tell: Tell) -> None:
    with engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection:
        columns = _columns(connection)
        with _made_by_migrations(target, reached_on(connection) or "base") as file:
            for place, (table, expressions) in enumerate(columns.items()):
                _copy_table(connection, file, table, expressions)
                tell(100 * (place + 1) // len(columns))


def _columns(connection: Connection) -> dict[str, dict[str, str]]:
    """Each table's columns, with the expression that writes them for SQLite."""
    tables: dict[str, dict[str, str]] = {}
    for table, column, kind in connection.exec_driver_sql(COLUMNS):
        tables.setdefault(table, {})[column] = AS_SQLITE[kind].format(f'"{column}"')
    return tables


@contextmanager
def _made_by_migrations(target: Path, migration: str) -> Iterator[sqlite3.Connection]:
    """A new SQLite database at that migration, open to be filled quickly and whole again afterwards."""
    engine = create_engine(f"sqlite:///{target}", poolclass=NullPool)
    bring_up_to_date(engine, to=migration)
    with closing(sqlite3.connect(target, isolation_level=None)) as file:
        file.execute("PRAGMA journal_mode=OFF")
        file.execute("PRAGMA synchronous=OFF")
        # Indexes are quicker to make of rows that are there; the ledger's triggers refuse even this.
        aside = file.execute(SET_ASIDE).fetchall()
        for kind, name, _ in aside:
            file.execute(f'DROP {kind} "{name}"')
        file.execute("BEGIN")
        yield file
        for _, _, definition in aside:
            file.execute(definition)
        file.execute("COMMIT")


def _copy_table(
    connection: Connection, file: sqlite3.Connection, table: str, expressions: dict[str, str]
) -> None:
    names, marks = ", ".join(f'"{column}"' for column in expressions), ", ".join("?" * len(expressions))
    # Names come from the database's own catalogue, after migrations that are ours.
    empty = f'DELETE FROM "{table}"'  # noqa: S608
    read = f'SELECT {", ".join(expressions.values())} FROM "{table}"'  # noqa: S608
    write = f'INSERT INTO "{table}" ({names}) VALUES ({marks})'  # noqa: S608
    # What migrations put there by themselves, the ledger's head for one, is among the rows that come.
    file.execute(empty)
    driver: Any = connection.connection.driver_connection
    with driver.cursor("backup", binary=True) as rows:
        rows.itersize = PIECE
        rows.execute(read)
        file.executemany(write, rows)
