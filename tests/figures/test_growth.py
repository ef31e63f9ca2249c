"""What is asked for each file is read along an index: to look through a table for each would take days."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Connection, text

from oversight.demo import make_demo
from oversight.figures.periods import Period
from oversight.kit.db import db
from oversight.reports.counting import counted_tables
from tests.desk.test_query_counts import heard
from tests.figures.history import AT

FILES = 12
LARGE = (
    # What was brought in, and when it was open, is asked of each file too.
    "UPDATE complaint SET source = 'another office'",
    "ANALYZE",
    # As if each table were a million times as long, and a query had as little memory as can be set;
    # and those that are tiny here are not read as a whole for that.
    "UPDATE pg_class SET reltuples = reltuples * 1000000 WHERE relkind = 'r' AND reltuples > 0",
    "SET LOCAL enable_seqscan = off",
    "SET LOCAL work_mem = '64kB'",
    "SET LOCAL hash_mem_multiplier = 1",
)
WHOLE = ("Seq Scan", "Materialize")
"""What PostgreSQL calls reading a table, and reading a list, from end to end."""


@pytest.fixture
def demo() -> bool:
    return True


def test_nothing_is_looked_through_for_each_file(context: Flask) -> None:
    make_demo(complaints=FILES, seed=7, tell=str)
    asked: list[tuple[str, Any]] = []
    with heard("before_cursor_execute", lambda *told: asked.append((told[2], told[3]))):
        counted_tables(Period.parse("2026-H1"), on=AT.date(), zone="America/Edmonton", tell=lambda *_: None)
    assert len(asked) > 20
    looked_through = in_sqlite if db.engine.dialect.name == "sqlite" else in_postgresql
    with db.engine.connect() as connection:
        found = [what for query in asked for what in looked_through(connection, *query)]
    assert not found, "\n".join(found)


def in_sqlite(connection: Connection, query: str, values: Any) -> Iterator[str]:
    """Each scan under a subquery that is asked anew for each row."""
    steps = {0: ""}
    for step, above, _, said in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {query}", values):
        steps[step] = f"{steps[above]} / {said}"
        if "CORRELATED" in steps[above] and said.startswith("SCAN"):
            yield f"{steps[step]}: {query}"


def in_postgresql(connection: Connection, query: str, values: Any) -> Iterator[str]:
    """Each scan under a subplan that is run anew for each row, in an office of millions."""
    if not connection.in_transaction():
        for statement in LARGE:
            connection.execute(text(statement))
    plan = connection.exec_driver_sql(f"EXPLAIN (FORMAT JSON) {query}", values).scalar_one()
    said = json.dumps(plan)
    for name, node in nodes(plan[0]["Plan"]):
        if node["Node Type"] in WHOLE and name and not re.search(rf"hashed {name}\b", said):
            yield f"{name}, {node['Node Type']} of {node.get('Relation Name')}: {query}"


def nodes(node: dict[str, Any], name: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Each node of a plan, with the subplan that it belongs to, if any."""
    name = node.get("Subplan Name", name)
    yield name, node
    for below in node.get("Plans", ()):
        yield from nodes(below, name)
