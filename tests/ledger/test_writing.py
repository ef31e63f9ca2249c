"""Entries are numbered without gaps, chained, and stand or fall with what they record."""

import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from oversight.kit.db import session, writing
from oversight.ledger import Actor, hook, record, verify
from oversight.ledger.models import Entry, Words
from oversight.outbox.models import StoredNotice
from tests.kit.test_db import a_notice

AT = datetime(2026, 3, 8, 9, 30, tzinfo=UTC)
PERSON = Actor.person(uuid.UUID(int=1))


def note(kind: str = "file.opened", **details: Any) -> None:
    record(kind, actor=PERSON, subject="file:1", at=AT, **details)


def kinds() -> list[str]:
    return list(session().scalars(select(Words.kind).order_by(Words.number)))


def test_what_is_recorded_can_be_read_when_it_is_committed(context: Flask) -> None:
    with writing():
        note(step="refer", allegations=[uuid.UUID(int=2), uuid.UUID(int=3)], on=date(2026, 3, 8), count=2)
    words = session().scalars(select(Words)).one()
    assert (words.number, words.at, words.kind) == (1, AT, "file.opened")
    assert (words.actor, words.subject) == (f"person:{uuid.UUID(int=1)}", "file:1")
    assert words.facts == {
        "step": "refer",
        "allegations": [str(uuid.UUID(int=2)), str(uuid.UUID(int=3))],
        "on": "2026-03-08",
        "count": 2,
    }
    assert verify(session()).ok


def test_entries_of_one_action_follow_each_other_in_the_order_they_were_recorded(context: Flask) -> None:
    with writing():
        note("a")
        note("b")
    with writing():
        note("c")
    assert kinds() == ["a", "b", "c"]
    entries = session().scalars(select(Entry).order_by(Entry.number)).all()
    assert [entry.number for entry in entries] == [1, 2, 3]
    assert [entry.previous_hash for entry in entries][1:] == [entry.hash for entry in entries][:-1]


def test_nothing_is_recorded_of_what_was_rolled_back(context: Flask) -> None:
    def fail() -> None:
        with writing():
            note("lost")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    with writing():
        note("kept")
    assert kinds() == ["kept"]


def test_savepoints_are_ignored_until_the_real_commit(context: Flask) -> None:
    with writing() as current:
        note("before")
        with current.begin_nested():
            note("inside")
            with current.begin_nested():
                note("deeper")
        assert current.scalar(select(func.count()).select_from(Entry)) == 0
        note("after")
    assert kinds() == ["before", "inside", "deeper", "after"]


def test_a_savepoint_takes_back_what_was_recorded_in_it(context: Flask) -> None:
    with writing() as current:
        note("before")
        outer = current.begin_nested()
        note("lost")
        with current.begin_nested():
            note("lost.too")
        outer.rollback()
        note("after")
    assert kinds() == ["before", "after"]


def test_a_failed_insert_in_a_savepoint_leaves_the_rest(context: Flask) -> None:
    with writing() as current:
        current.add(a_notice(key="same"))
        current.flush()
        note("before")
        nested = current.begin_nested()
        current.add(a_notice(key="same"))
        note("lost")
        with pytest.raises(Exception, match=r"(?i)unique"):
            current.flush()
        nested.rollback()
    assert kinds() == ["before"]


@pytest.mark.parametrize("part", ["write_entries", "linked", "_move_head"])
def test_if_the_ledger_cannot_be_written_nothing_is(
    context: Flask, monkeypatch: pytest.MonkeyPatch, part: str
) -> None:
    def broken(*_: Any, **__: Any) -> None:
        raise OSError("disk full")

    def act() -> None:
        with writing() as current:
            current.add(a_notice())
            note()

    monkeypatch.setattr(hook, part, broken)
    with pytest.raises(OSError, match="disk full"):
        act()
    monkeypatch.undo()
    assert session().scalars(select(StoredNotice)).all() == []
    with writing():
        note("next")
    assert kinds() == ["next"]
    assert verify(session()).ok


def test_four_writers_at_once_leave_no_gap(app: Flask) -> None:
    def write() -> None:
        for number in range(50):
            with app.app_context(), writing():
                note("counted", number=number)
                if number % 5 == 0:
                    note("twice")

    with ThreadPoolExecutor(4) as pool:
        for done in [pool.submit(write) for _ in range(4)]:
            done.result()
    with app.app_context():
        numbers = session().scalars(select(Entry.number).order_by(Entry.number)).all()
        assert numbers == list(range(1, 241))
        assert verify(session()).faults == []


@pytest.mark.parametrize(
    "unfit",
    [
        lambda: note(reason="he shouted at her"),
        lambda: note(email="ada@example.org"),
        lambda: note(name="Zoë"),
        lambda: note(weight=1.5),
        lambda: note(blob=b"x"),
        lambda: note(parts=["fine", "not so fine"]),
        lambda: note(parts={"not fine": 1}),
        lambda: note("Kind With Spaces"),
        lambda: record("kind", actor=PERSON, subject="Ada Lovelace", at=AT),
        lambda: record("kind", actor=PERSON, subject="file:1", at=AT.replace(tzinfo=None)),
        lambda: Actor("person"),
        lambda: Actor("system", uuid.UUID(int=1)),
    ],
)
def test_words_about_people_are_refused(context: Flask, unfit: Callable[[], object]) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        unfit()


def test_actors_are_named_by_kind_and_id() -> None:
    assert str(Actor.system()) == "system"
    assert str(Actor.party(uuid.UUID(int=7))) == f"party:{uuid.UUID(int=7)}"
