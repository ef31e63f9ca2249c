"""The rows of a backup's SQLite file into PostgreSQL, within the one transaction that makes them true."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql
from sqlalchemy import Connection

from oversight.backups.folder import Tell
from oversight.backups.refusals import CannotRestore

TABLES = """
    SELECT table_name, array_agg(column_name::text ORDER BY ordinal_position) FROM information_schema.columns
    JOIN information_schema.tables USING (table_schema, table_name)
    WHERE table_schema = current_schema() AND table_type = 'BASE TABLE' AND table_name <> 'alembic_version'
    GROUP BY table_name ORDER BY table_name
"""
REFERENCES = """
    SELECT conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid) FROM pg_constraint
    WHERE contype = 'f' AND connamespace = current_schema()::regnamespace
"""
INDEXES = """
    SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index
    JOIN pg_class ON pg_class.oid = indexrelid
    WHERE relnamespace = current_schema()::regnamespace AND indpred IS NULL AND indexprs IS NULL
    AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid AND contype <> 'f')
"""
"""Those of a condition or an expression stay: PostgreSQL would write its words a little differently."""


def load(connection: Connection, file: Path, tell: Tell) -> None:
    """Fill the tables, at the newest migration, with the rows of a file that is at the same one.

    References and indexes are taken away and made again of rows that are there, which checks each
    reference as well and is many times as quick. The ledger's triggers sleep meanwhile. All of it is in the
    caller's transaction: nobody ever sees the tables without them. Raises CannotRestore.
    """
    driver: Any = connection.connection.driver_connection
    tables: dict[str, list[str]] = dict(driver.execute(TABLES).fetchall())
    references, indexes = (driver.execute(query).fetchall() for query in (REFERENCES, INDEXES))
    for table, name, _ in references:
        driver.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
    for name, _ in indexes:
        driver.execute(f"DROP INDEX {name}")
    with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as rows:
        # The file writes instants without a zone, in UTC.
        driver.execute("SET LOCAL TIME ZONE 'UTC'")
        for place, (table, columns) in enumerate(tables.items()):
            _fill(driver, rows, table, columns)
            tell(80 * (place + 1) // len(tables))
    for _, definition in indexes:
        driver.execute(definition)
    for table, name, definition in references:
        driver.execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}")
    driver.execute("ANALYZE")
    tell(100)


def _fill(driver: Any, rows: sqlite3.Connection, table: str, columns: list[str]) -> None:
    names = ", ".join(f'"{column}"' for column in columns)
    read = f'SELECT {names} FROM "{table}"'  # noqa: S608 - names from the database's own catalogue
    target = sql.Identifier(table)
    driver.execute(sql.SQL("ALTER TABLE {} DISABLE TRIGGER USER").format(target))
    driver.execute(sql.SQL("DELETE FROM {}").format(target))
    try:
        with driver.cursor().copy(f'COPY "{table}" ({names}) FROM STDIN') as copy:
            for row in rows.execute(read):
                copy.write_row(row)
    except psycopg.DataError as error:
        # Its own words would quote the value.
        why = type(error).__name__
        raise CannotRestore(f"PostgreSQL does not take a row of {table}: {why}.") from None
    driver.execute(sql.SQL("ALTER TABLE {} ENABLE TRIGGER USER").format(target))
