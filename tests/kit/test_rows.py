"""Rows written many at a time."""

import pytest
from flask import Flask
from sqlalchemy import Table, inspect

from oversight.casework.models import Complaint, FileCounter, Party
from oversight.kit.clock import now
from oversight.kit.db import session, writing
from oversight.kit.rows import insert_new, insert_rows
from oversight.outbox.models import StoredNotice
from tests.intake.test_cost import statements


@pytest.mark.one_database
def test_nothing_is_left_to_a_default_that_only_models_know(context: Flask) -> None:
    table = Party.__table__
    assert isinstance(table, Table)
    with pytest.raises(TypeError, match="anonymous"):
        insert_rows(table, [{"kind": "witness", "ordinal": 1}])


def test_what_is_new_is_the_sessions_from_then_on(context: Flask) -> None:
    notice = StoredNotice(
        kind="word",
        to="a@b.example",
        subject="A",
        body="B",
        language="en",
        about="c",
        key=None,
        created_at=now(),
    )
    with statements(context) as asked, writing():
        insert_new([FileCounter(year=2001, last=1), FileCounter(year=2002, last=5), notice])
        known = {name: getattr(notice, name) for name, _ in inspect(StoredNotice).columns.items()}
        assert session().get(StoredNotice, notice.id) is notice
        assert len([statement for statement in asked if "outbox_notice" in statement]) == 1
        notice.attempts += 1
    session().expire_all()
    assert {**known, "attempts": 1} == {name: getattr(notice, name) for name in known}
    assert (known["attempts"], session().get_one(FileCounter, 2002).last) == (0, 5)


@pytest.mark.one_database
def test_what_only_a_function_makes_is_not_left_out(context: Flask) -> None:
    with pytest.raises(TypeError, match="former_key"):
        insert_new([Complaint(version=1, number="1")])
