"""Keyset pages visit every row once, in order, and shrug at a broken cursor."""

import base64
import json
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from oversight.kit.db import writing
from oversight.kit.paging import SortKey, keyset_page
from oversight.outbox.models import StoredNotice
from tests.kit.test_db import AT, a_notice

LAST = datetime(9999, 1, 1, tzinfo=UTC)
ORDERS: dict[str, tuple[SortKey, ...]] = {
    "oldest first": (StoredNotice.created_at, StoredNotice.id),
    "newest first": (StoredNotice.created_at.desc(), StoredNotice.id.desc()),
    "mixed": (StoredNotice.attempts.desc(), StoredNotice.created_at, StoredNotice.id.desc()),
    "an expression": (func.coalesce(StoredNotice.sent_at, LAST), StoredNotice.id),
    "a text": (StoredNotice.kind, StoredNotice.id),
}
IN_ORDERS = pytest.mark.parametrize("order", ORDERS.values(), ids=ORDERS)


@pytest.fixture
def filled(context: Flask) -> None:
    with writing() as current:
        for number in range(23):
            row = a_notice(sent_at=AT if number % 3 else None)
            row.attempts, row.kind = number % 4, f"é{number % 5}"
            row.created_at = AT + timedelta(seconds=number % 7)
            current.add(row)


@IN_ORDERS
@pytest.mark.parametrize("size", [1, 5, 23])
def test_the_pages_together_are_the_whole(filled: None, order: tuple[SortKey, ...], size: int) -> None:
    whole = keyset_page(select(StoredNotice), order, size=1000)
    seen, after = [], None
    for _ in range(30):
        page = keyset_page(select(StoredNotice), order, after, size)
        assert len(page.rows) <= size
        seen += page.rows
        if (after := page.after) is None:
            break
    assert [row.id for row in seen] == [row.id for row in whole.rows]
    assert len({row.id for row in seen}) == 23


def test_a_query_for_several_things_gives_tuples_of_them(filled: None) -> None:
    page = keyset_page(select(StoredNotice.kind, StoredNotice.attempts), (StoredNotice.id,), size=2)
    assert page.rows[0] == ("é0", 0)


TEXTS = ["[]", "{}", "null", '["x"]', '["x","y"]', "[1,2]", "[" * 700, '["2026-01-01","x"]', '["\\u0000",1]']
BROKEN = ["", "x", "é", "=", "%%%", "a" * 5000, *(base64.b64encode(text.encode()).decode() for text in TEXTS)]


@IN_ORDERS
def test_a_broken_cursor_gives_the_first_page(filled: None, order: tuple[SortKey, ...]) -> None:
    first = keyset_page(select(StoredNotice), order, size=3)
    for cursor in BROKEN:
        page = keyset_page(select(StoredNotice), order, cursor, 3)
        assert [row.id for row in page.rows] == [row.id for row in first.rows], cursor


HOSTILE = ["9" * 30, "-" + "9" * 30, "\0", "\ud800", "9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00+14:00"]


@pytest.mark.parametrize("column", ["attempts", "kind", "created_at"])
def test_no_value_in_a_cursor_upsets_the_database(filled: None, column: str) -> None:
    for value in HOSTILE:
        cursor = base64.urlsafe_b64encode(json.dumps([value]).encode()).decode()
        keyset_page(select(StoredNotice), (getattr(StoredNotice, column),), cursor, 3)
