"""Rows that are written as plain values: past what SQLAlchemy does anew for each of them."""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from itertools import groupby
from typing import Any, cast

from sqlalchemy import Dialect, Table, insert, inspect
from sqlalchemy.orm import make_transient_to_detached

from oversight.kit.db import Base, session

Values = Mapping[str, Any]


def insert_rows(table: Table, rows: Sequence[Values]) -> None:
    """Insert rows that all have the same columns; TypeError where one is left to a default in Python."""
    if rows:
        connection = session().connection()
        statement, as_taken = _insertion(table, tuple(rows[0]), connection.dialect)
        connection.exec_driver_sql(statement, [as_taken(row) for row in rows])


def insert_new(objects: Sequence[Base]) -> None:
    """Insert objects that no session knows yet; from here on they are the session's.

    A flush would ask of each what it refers to, and sort them by that. These come in an order in which rows
    may refer to one another, each with its foreign keys; what else they refer to has been flushed. TypeError
    as for `insert_rows`.
    """
    for model, alike in groupby(objects, type):
        insert_rows(cast(Table, inspect(model).local_table), [_row(each) for each in alike])
    for each in objects:
        make_transient_to_detached(each)
    for each in objects:
        # One that others hang on brings them along; adding these too would walk through all of them again.
        if each not in session():
            session().add(each)


def _row(new: Base) -> Values:
    """An object's row. What it was not given, it has from here on, so that nobody needs to ask for it."""
    for name, value in _constants(type(new)).items():
        new.__dict__.setdefault(name, value)
    columns = inspect(type(new)).columns.items()
    return {column.name: new.__dict__[name] for name, column in columns if name in new.__dict__}


@cache
def _constants(model: type[Base]) -> Values:
    """What stands in a model's columns where nothing is given, and no function of Python makes it."""
    columns = inspect(model).columns.items()
    defaults = {name: getattr(column.default, "arg", None) for name, column in columns}
    return {name: value for name, value in defaults.items() if not callable(value)}


@cache
def _insertion(
    table: Table, columns: tuple[str, ...], dialect: Dialect
) -> tuple[str, Callable[[Values], Any]]:
    """The statement for these columns, and what makes of a row the parameters that the driver takes."""
    compiled = insert(table).compile(dialect=dialect, column_keys=list(columns))
    if missing := set(compiled.binds) - set(columns):
        raise TypeError(f"Rows of {table.name} are written without their {', '.join(sorted(missing))}.")
    types = {name: table.c[name].type.dialect_impl(dialect) for name in columns}
    takes = [(name, types[name].bind_processor(dialect)) for name in compiled.positiontup or columns]
    if compiled.positiontup is None:
        return str(compiled), lambda row: {n: take(row[n]) if take else row[n] for n, take in takes}
    return str(compiled), lambda row: tuple([take(row[n]) if take else row[n] for n, take in takes])
