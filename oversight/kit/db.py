"""The database: the base of every model, ids, instants, and the one way to write."""

import os
import sqlite3
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any, ClassVar

from flask import Flask
from flask_babel import lazy_gettext as _l
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Connection, DateTime, Dialect, Engine, MetaData, TypeDecorator, Uuid, event
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import DeclarativeBase, Session
from sqlalchemy.orm.exc import StaleDataError
from sqlalchemy.pool import ConnectionPoolEntry

from oversight.kit.clock import now

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
"""Every constraint has a name that a migration can use on both databases."""


class UTCDateTime(TypeDecorator[datetime]):
    """An instant: aware going in, aware and in UTC coming out, on SQLite too."""

    impl = DateTime(timezone=True)
    cache_ok = True

    @property
    def python_type(self) -> type[datetime]:
        return datetime

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("An instant must be aware of its time zone.")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def new_id() -> uuid.UUID:
    """A random id that sorts by the moment it was made (the layout of UUID version 7).

    It tells when the row was made: an id is for people who signed in, never for a public page.
    """
    microseconds = int(now().timestamp() * 1_000_000)
    milliseconds, rest = divmod(microseconds, 1000)
    fraction = rest * 4096 // 1000
    chance = int.from_bytes(os.urandom(8)) >> 2
    bits = (milliseconds & (2**48 - 1)) << 80 | 7 << 76 | fraction << 64 | 0b10 << 62 | chance
    return uuid.UUID(int=bits)


class Base(DeclarativeBase):
    """What every model is. A row has its id from the start, since sealed columns are bound to it."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map: ClassVar[dict[Any, Any]] = {datetime: UTCDateTime, uuid.UUID: Uuid()}

    def __init__(self, **values: Any) -> None:
        id_column = self.__mapper__.columns.get("id")
        if id_column is not None and isinstance(id_column.type, Uuid):
            values = {"id": values.pop("id", None) or new_id(), **values}
        for name, value in values.items():
            if not hasattr(type(self), name):
                raise TypeError(f"{type(self).__name__} has no attribute {name!r}.")
            setattr(self, name, value)


DEADLOCK = "40P01"
"""PostgreSQL's code: two transactions waited for each other, and this is the one it ended."""


class Stale(Exception):
    """What was to be changed has changed since it was read, or since the page that asks for it was made."""

    reason = _l("Someone has changed this since you opened it. Here is how it stands now.")


db = SQLAlchemy(metadata=Base.metadata)


def init_app(app: Flask, database_url: str) -> None:
    """Join the app to its database."""
    app.config["SQLALCHEMY_DATABASE_URI"] = database_url
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = {
        # An error says which statement failed, and never with whose values: it goes to the log.
        "hide_parameters": True,
        # A connection that waits in the pool may have lost its server: who comes next does not pay for it.
        "pool_pre_ping": True,
    }
    db.init_app(app)


def session() -> Session:
    """The session of this request, or of the app context around it."""
    return db.session()


@contextmanager
def writing() -> Iterator[Session]:
    """One transaction that writes: begun here, committed at the end, rolled back whole on any exception.

    SQLite lets one writer in at a time: the lock is taken at the start (BEGIN IMMEDIATE), since a
    transaction that read first and writes later would lose to another's write. Enter it late, after the
    form is valid, and load again inside it what the change depends on. Raises Stale where another
    transaction changed a row of a version first, or where PostgreSQL let it go first of two that met.
    """
    current = session()
    if current.info.get("writing"):
        raise RuntimeError("A transaction that writes is already open here; one action, one transaction.")
    if current.new or current.dirty or current.deleted:
        raise RuntimeError("Rows were changed before writing() began; change them inside it.")
    current.rollback()
    current.info["writing"] = True
    try:
        current.connection(execution_options={"begin": "IMMEDIATE"})
        yield current
        current.commit()
    except StaleDataError as changed:
        current.rollback()
        raise Stale from changed
    except OperationalError as error:
        current.rollback()
        if getattr(error.orig, "sqlstate", None) == DEADLOCK:
            raise Stale from error
        raise
    except BaseException:
        current.rollback()
        raise
    finally:
        del current.info["writing"]


@contextmanager
def one_moment() -> Iterator[Session]:
    """One transaction that only reads, and in which every query sees the database as the first one did."""
    current = session()
    current.rollback()
    if db.engine.dialect.name == "postgresql":
        connection = current.connection(execution_options={"isolation_level": "REPEATABLE READ"})
        # What reads whole tables seems worth compiling to it, and then takes longer to compile than to read.
        connection.exec_driver_sql("SET LOCAL jit = off")
    try:
        yield current
    finally:
        current.rollback()


@event.listens_for(Engine, "connect")
def _prepare_sqlite(connection: Any, _: ConnectionPoolEntry) -> None:
    if not isinstance(connection, sqlite3.Connection):
        return
    # Python's driver would begin transactions by itself, and too late; _begin_sqlite does it.
    connection.isolation_level = None
    for setting in (
        "busy_timeout=10000",
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        # Without it INSERT OR REPLACE deletes rows past the ledger's triggers.
        "recursive_triggers=ON",
    ):
        connection.execute(f"PRAGMA {setting}")


@event.listens_for(Engine, "begin")
def _begin_sqlite(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        mode = connection.get_execution_options().get("begin", "DEFERRED")
        connection.exec_driver_sql(f"BEGIN {mode}")
