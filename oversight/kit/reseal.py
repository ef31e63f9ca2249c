"""The second half of a rotation: whatever an older key sealed is sealed anew with today's."""

from typing import Any, cast

from sqlalchemy import CursorResult, Table, select, update
from sqlalchemy.orm import Mapper

from oversight.kit.db import Base, writing
from oversight.kit.seal import Keyring, Sealed, keyring, place_of


def reseal_everything(batch: int = 200) -> dict[str, int]:
    """Seal every older value with today's key; how many were, by `table.column`.

    The office may go on working: each batch is a short transaction of its own, and a value that someone
    changed meanwhile is left as they wrote it. Run again, it finishes what an interruption left.
    """
    return {
        f"{table.name}.{column}": _reseal_column(table, column, batch)
        for table, column in sorted(sealed_columns(), key=lambda pair: (pair[0].name, pair[1]))
    }


def sealed_columns() -> set[tuple[Table, str]]:
    """Every sealed column of the models that were imported, as its table and its name."""
    return {pair for mapper in Base.registry.mappers for pair in _sealed_columns_of(mapper)}


def _sealed_columns_of(mapper: Mapper[Any]) -> set[tuple[Table, str]]:
    table = cast(Table, mapper.local_table)
    attributes = [value for model in mapper.class_.__mro__ for value in vars(model).values()]
    return {(table, attribute.column) for attribute in attributes if isinstance(attribute, Sealed)}


def _reseal_column(table: Table, name: str, batch: int) -> int:
    ids, column = table.c.id, table.c[name]
    keys = keyring()
    page = select(ids, column).where(column.is_not(None)).order_by(ids).limit(batch)
    count, rows = 0, [(None, b"")]
    while rows:
        after = rows[-1][0]
        with writing() as session:
            rows = [(row[0], row[1]) for row in session.execute(page.where(ids > after) if after else page)]
            for row_id, sealed in rows:
                fresh = _fresh(keys, sealed, place_of(table.name, name, row_id))
                if fresh is not None:
                    change = update(table).where(ids == row_id, column == sealed).values({name: fresh})
                    count += cast(CursorResult[Any], session.execute(change)).rowcount
    return count


def _fresh(keys: Keyring, sealed: bytes, place: str) -> bytes | None:
    """The value under today's key, or None where it is already."""
    return None if keys.is_current(sealed) else keys.seal(keys.open(sealed, place), place)
