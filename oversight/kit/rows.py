"""Rows that are written many at a time, as plain values: past what SQLAlchemy does anew for each of them."""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Dialect, Table, insert

from oversight.kit.db import session

Values = Mapping[str, Any]


def insert_rows(table: Table, rows: Sequence[Values]) -> None:
    """Insert rows that all have the same columns; TypeError where one is left to a default in Python."""
    if rows:
        connection = session().connection()
        statement, as_taken = _insertion(table, tuple(rows[0]), connection.dialect)
        connection.exec_driver_sql(statement, [as_taken(row) for row in rows])


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
