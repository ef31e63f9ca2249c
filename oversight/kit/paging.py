"""Keyset pages: each begins where the last one ended, so that page 1,000 costs what page 1 does."""

import base64
import json
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Generic, TypeVar, overload

from sqlalchemy import ColumnElement, Select, UnaryExpression, and_, false, literal, or_, tuple_
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.sql.operators import desc_op

from oversight.kit.db import session

R = TypeVar("R")
SortKey = ColumnElement[Any] | InstrumentedAttribute[Any]


@dataclass(frozen=True)
class Page(Generic[R]):
    """The rows of one page, and the cursor of the next, None on the last."""

    rows: Sequence[R]
    after: str | None


@overload
def keyset_page(
    statement: Select[R], order_by: Sequence[SortKey], after: str | None = None, size: int = 50
) -> Page[R]: ...
@overload
def keyset_page(
    statement: Select[*tuple[Any, ...]], order_by: Sequence[SortKey], after: str | None = None, size: int = 50
) -> Page[Any]: ...
def keyset_page(
    statement: Select[*tuple[Any, ...]], order_by: Sequence[SortKey], after: str | None = None, size: int = 50
) -> Page[Any]:
    """The page of a query that follows the cursor `after`; a malformed cursor gives the first page.

    `order_by` are expressions, or `.desc()` of them, that are never NULL and together tell any two rows
    apart; whatever order the query had is replaced. A query for one thing gives things, one for several
    gives tuples.
    """
    keys = [_plain(key) for key in order_by]
    paged = statement.add_columns(*keys).order_by(None).order_by(*order_by).limit(size + 1)
    values = _decoded(after, keys)
    if values is not None:
        paged = paged.where(_beyond(keys, [_falls(key) for key in order_by], values))
    found = session().execute(paged).all()
    rows = [row[0] if len(row) == len(keys) + 1 else tuple(row[: -len(keys)]) for row in found[:size]]
    return Page(rows, _encoded(found[size - 1][-len(keys) :]) if len(found) > size else None)


def _falls(key: SortKey) -> bool:
    return isinstance(key, UnaryExpression) and key.modifier is desc_op


def _plain(key: SortKey) -> ColumnElement[Any]:
    if isinstance(key, UnaryExpression) and key.modifier is not None:
        return key.element
    return key.expression if isinstance(key, InstrumentedAttribute) else key


def _beyond(
    keys: Sequence[ColumnElement[Any]], falling: Sequence[bool], values: Sequence[Any]
) -> ColumnElement[bool]:
    """What lies after those values; in one comparison of tuples where an index can follow it."""
    limits = [literal(value, key.type) for key, value in zip(keys, values, strict=True)]
    if len(set(falling)) == 1:
        ours, theirs = tuple_(*keys), tuple_(*limits)
        return ours < theirs if falling[0] else ours > theirs
    steps = list(zip(keys, limits, falling, strict=True))
    beyond: ColumnElement[bool] = false()
    for key, limit, falls in reversed(steps):
        beyond = or_(key < limit if falls else key > limit, and_(key == limit, beyond))
    first, limit, falls = steps[0]
    return and_(first <= limit if falls else first >= limit, beyond)


def _encoded(values: Sequence[Any]) -> str:
    texts = [value.isoformat() if isinstance(value, date) else str(value) for value in values]
    return base64.urlsafe_b64encode(json.dumps(texts, separators=(",", ":")).encode()).decode().rstrip("=")


def _decoded(cursor: str | None, keys: Sequence[ColumnElement[Any]]) -> list[Any] | None:
    """The values in a cursor, each of its column's type, or None if anything about it is wrong."""
    readers = [READERS[key.type.python_type] for key in keys]
    if not cursor or len(cursor) > 1000:
        return None
    try:
        texts = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        return [read(text) for read, text in zip(readers, texts, strict=True)]
    except (ValueError, TypeError, LookupError, AttributeError, OverflowError, RecursionError):
        return None


def _text(value: str) -> str:
    value.encode()
    if "\0" in value:
        raise ValueError("PostgreSQL has no NUL in text.")
    return value


def _number(value: str) -> int:
    number = int(value)
    if abs(number) >= 2**31:
        raise ValueError("No column holds such a number.")
    return number


def _instant(value: str) -> datetime:
    at = datetime.fromisoformat(value)
    if at.tzinfo is None:
        raise ValueError("An instant must be aware of its time zone.")
    return at.astimezone(UTC)


READERS: dict[type, Callable[[str], Any]] = {
    str: _text,
    int: _number,
    uuid.UUID: uuid.UUID,
    date: date.fromisoformat,
    datetime: _instant,
}
