"""An office's database as it was at some moment, put back as often as wanted, under a live server."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import psycopg
from sqlalchemy import make_url

from oversight.kit.db import Base

PutBack = Callable[[], None]


def kept(database_url: str, folder: Path) -> PutBack:
    """Keep all rows as they are now; what is returned puts them back. Nobody may be writing meanwhile."""
    if database_url.startswith("sqlite"):
        return _kept_file(database_url.removeprefix("sqlite:///"), folder / "kept.sqlite")
    return _kept_tables(make_url(database_url).set(drivername="postgresql").render_as_string(False))


def _kept_file(live: str, copy: Path) -> PutBack:
    with closing(sqlite3.connect(live)) as now, closing(sqlite3.connect(copy)) as then:
        now.backup(then)

    def put_back() -> None:
        with closing(sqlite3.connect(copy)) as then, closing(sqlite3.connect(live)) as now:
            then.backup(now)

    return put_back


def _kept_tables(url: str) -> PutBack:
    """The rows of every table lie in a schema beside, where no key or trigger looks at them."""
    tables = [f'"{table.name}"' for table in Base.metadata.sorted_tables]
    with psycopg.connect(url) as connection:
        connection.execute("DROP SCHEMA IF EXISTS kept CASCADE")
        connection.execute("CREATE SCHEMA kept")
        for table in tables:
            connection.execute(f"CREATE TABLE kept.{table} AS TABLE public.{table}")

    def put_back() -> None:
        with psycopg.connect(url) as connection:
            connection.execute("SET LOCAL session_replication_role = replica")
            connection.execute(f"TRUNCATE {', '.join(tables)}")
            for table in tables:
                connection.execute(f"INSERT INTO public.{table} SELECT * FROM kept.{table}")

    return put_back
