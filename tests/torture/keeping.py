"""An office's database as it was at some moment, put back as often as wanted, under a live server."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg
from sqlalchemy import Table, make_url

from oversight.kit.db import Base

PutBack = Callable[[], None]
NOW = "pg_current_xact_id()::text::bigint"


@contextmanager
def kept(database_url: str, folder: Path) -> Iterator[PutBack]:
    """Keep all rows as they are now; what is given puts them back. Nobody may be writing meanwhile."""
    if database_url.startswith("sqlite"):
        yield _kept_file(database_url.removeprefix("sqlite:///"), folder / "kept.sqlite")
        return
    url = make_url(database_url).set(drivername="postgresql").render_as_string(False)
    # A replica checks no keys and fires no triggers, so that the ledger too can be put back.
    replica = "-c session_replication_role=replica"
    with psycopg.connect(url, autocommit=True, options=replica) as connection:
        yield _kept_tables(connection)


def _kept_file(live: str, copy: Path) -> PutBack:
    with closing(sqlite3.connect(live)) as now, closing(sqlite3.connect(copy)) as then:
        now.backup(then)

    def put_back() -> None:
        with closing(sqlite3.connect(copy)) as then, closing(sqlite3.connect(live)) as now:
            then.backup(now)

    return put_back


def _kept_tables(connection: psycopg.Connection) -> PutBack:
    """The rows of every table lie in a schema beside; only what was changed since is put back from there.

    A changed row is told by its transaction, which came after the mark. To empty the tables and fill them
    again would have each of the office's connections plan all its statements anew.
    """
    tables = Base.metadata.sorted_tables
    connection.execute("CREATE SCHEMA kept")
    for table in tables:
        connection.execute(f'CREATE TABLE kept."{table.name}" AS TABLE public."{table.name}"')
    connection.execute(
        f"""
        CREATE TABLE kept.mark AS SELECT {NOW} AS number;
        CREATE FUNCTION kept.put_back() RETURNS void LANGUAGE plpgsql AS $$
        DECLARE mark bigint := (SELECT number FROM kept.mark);
        BEGIN
            {" ".join(_without_what_changed(table) for table in tables)}
            {" ".join(_with_what_is_missing(table) for table in tables)}
            UPDATE kept.mark SET number = {NOW};
        END $$
        """
    )

    def put_back() -> None:
        connection.execute("SELECT kept.put_back()")

    return put_back


def _without_what_changed(table: Table) -> str:
    return f'DELETE FROM public."{table.name}" WHERE xmin::text::bigint > mark;'


def _with_what_is_missing(table: Table) -> str:
    live, copy = f'public."{table.name}"', f'kept."{table.name}"'
    same = " AND ".join(f'live."{column.name}" = copy."{column.name}"' for column in table.primary_key)
    missing = f"NOT EXISTS (SELECT FROM {live} AS live WHERE {same})"
    return f"INSERT INTO {live} SELECT * FROM {copy} AS copy WHERE {missing};"
