"""Ids, instants, and writing without losing anybody's change."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import literal, select, text, update
from sqlalchemy.exc import StatementError

from oversight.kit.db import Stale, UTCDateTime, new_id, session, writing
from oversight.outbox.models import StoredNotice

AT = datetime(2026, 3, 8, 9, 30, 15, 123456, tzinfo=UTC)


def a_notice(**more: object) -> StoredNotice:
    fields = {"kind": "test", "to": "a@example.org", "subject": "S", "body": "B", "language": "en"}
    return StoredNotice(
        **(fields | {"about": "file:1", "created_at": AT, "next_try_at": AT, "attempts": 0} | more)
    )


def test_ids_sort_by_the_moment_they_were_made() -> None:
    made = [new_id() for _ in range(1000)]
    assert len(set(made)) == 1000
    assert {made_id.version for made_id in made} == {7}
    assert [str(made_id)[:17] for made_id in made] == sorted(str(made_id)[:17] for made_id in made)


def test_a_row_has_its_id_before_it_is_saved_and_keeps_one_it_was_given(context: Flask) -> None:
    given = new_id()
    assert a_notice().id is not None
    assert a_notice(id=given).id == given


def test_a_misspelt_column_is_an_error(context: Flask) -> None:
    with pytest.raises(TypeError, match="langage"):
        a_notice(langage="en")


def test_instants_come_back_aware_and_in_utc(context: Flask) -> None:
    in_calgary = AT.astimezone(timezone(timedelta(hours=-7)))
    with writing() as current:
        current.add(row := a_notice(sent_at=in_calgary))
    found = session().scalars(select(StoredNotice).where(StoredNotice.id == row.id)).one()
    assert found.sent_at == AT
    assert found.sent_at.tzinfo is UTC
    assert session().scalar(select(literal(AT, UTCDateTime()))) == AT


def test_an_instant_without_a_zone_is_refused(context: Flask) -> None:
    with pytest.raises(Exception, match="aware"), writing() as current:
        current.add(a_notice(sent_at=AT.replace(tzinfo=None)))


def test_writing_commits_at_the_end(context: Flask) -> None:
    with writing() as current:
        current.add(row := a_notice())
    row_id = row.id
    session().close()
    assert session().get(StoredNotice, row_id) is not None


def test_writing_takes_everything_back_when_anything_fails(context: Flask) -> None:
    def write_and_fail() -> None:
        with writing() as current:
            current.add(a_notice())
            current.flush()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write_and_fail()
    assert session().scalars(select(StoredNotice)).all() == []


def test_one_action_has_one_transaction(context: Flask) -> None:
    with pytest.raises(RuntimeError, match="already open"), writing(), writing():
        pass
    with writing():
        pass


def test_changes_made_before_writing_are_not_quietly_lost(context: Flask) -> None:
    with writing() as current:
        current.add(row := a_notice())
    row.attempts = 5
    with pytest.raises(RuntimeError, match="before"), writing():
        pass


def test_writing_sees_what_others_committed_after_we_read(context: Flask) -> None:
    with writing() as current:
        current.add(row := a_notice())
    row_id = row.id
    assert row.attempts == 0

    def meanwhile() -> None:
        with context.app_context(), writing() as current:
            current.get_one(StoredNotice, row_id).attempts = 7

    with ThreadPoolExecutor(1) as pool:
        pool.submit(meanwhile).result()
    with writing() as current:
        assert current.get_one(StoredNotice, row_id).attempts == 7


def test_no_update_is_lost_among_four_who_read_and_write_at_once(app: Flask) -> None:
    with app.app_context(), writing() as current:
        current.add(row := a_notice())
        row_id = row.id

    def count_up() -> None:
        for _ in range(50):
            with app.app_context(), writing() as current:
                row = current.get_one(StoredNotice, row_id, with_for_update=True)
                row.attempts += 1

    with ThreadPoolExecutor(4) as pool:
        for done in [pool.submit(count_up) for _ in range(4)]:
            done.result()
    with app.app_context():
        assert session().get_one(StoredNotice, row_id).attempts == 200


@pytest.mark.one_database
def test_sqlite_is_set_up_to_keep_what_it_is_given(context: Flask) -> None:
    def setting(name: str) -> object:
        return session().scalar(text(f"PRAGMA {name}"))

    assert setting("journal_mode") == "wal"
    assert setting("foreign_keys") == 1
    assert setting("recursive_triggers") == 1
    assert setting("synchronous") == 2
    assert setting("busy_timeout") == 10_000


def test_an_error_tells_nothing_of_the_values_it_was_about(context: Flask) -> None:
    with pytest.raises(StatementError) as refused:
        session().execute(text("SELECT :name FROM nowhere"), {"name": "Zqcanary"})
    assert "nowhere" in str(refused.value)
    assert "Zqcanary" not in str(refused.value)


def test_of_two_that_wait_for_each_other_one_goes_through_and_the_other_is_stale(app: Flask) -> None:
    with app.app_context(), writing() as current:
        rows = [a_notice(), a_notice()]
        current.add_all(rows)
        ids = [row.id for row in rows]
    both_hold_one = Barrier(2)

    def touch(first: object, second: object) -> str:
        with app.app_context():
            try:
                with writing() as current:
                    current.execute(update(StoredNotice).where(StoredNotice.id == first).values(attempts=1))
                    if current.get_bind().dialect.name == "postgresql":
                        both_hold_one.wait(10)
                    current.execute(update(StoredNotice).where(StoredNotice.id == second).values(attempts=2))
            except Stale:
                return "stale"
            return "done"

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(touch, ids, reversed(ids)))
    on_postgresql = "postgresql" in app.config["SQLALCHEMY_DATABASE_URI"]
    assert sorted(answers) == (["done", "stale"] if on_postgresql else ["done", "done"])
