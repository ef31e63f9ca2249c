"""The migrations make just what the models say, in one numbered line, on both databases."""

import re
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, MetaData, NullPool, create_engine, inspect
from sqlalchemy.engine.interfaces import ReflectedColumn
from tools.new_migration import import_every_model

from oversight.kit.db import Base
from oversight.kit.migrations import bring_up_to_date, config, folder, newest, reached


@pytest.fixture
def migrated(database: str) -> Engine:
    return create_engine(database, poolclass=NullPool)


def test_the_migrations_make_what_the_models_say(migrated: Engine) -> None:
    import_every_model()
    with migrated.connect() as connection:
        by_migrations = tables(connection)
        beside = MetaData()
        beside.reflect(connection)
        beside.drop_all(connection)
        Base.metadata.create_all(connection)
        by_models = tables(connection)
        connection.rollback()
    del by_migrations["alembic_version"]
    assert by_migrations == by_models, 'Write a migration: make migration m="what it does"'


def test_a_new_office_is_at_the_newest_migration_and_stays_there(migrated: Engine) -> None:
    assert reached(migrated) == newest()
    bring_up_to_date(migrated)
    assert reached(migrated) == newest()


def test_migrations_are_numbered_in_one_line() -> None:
    names = sorted(path.stem for path in folder().glob("*.py"))
    assert [int(name[:4]) for name in names] == list(range(1, len(names) + 1))
    assert all(re.fullmatch(r"\d{4}_[a-z0-9_]+", name) for name in names)
    assert newest() == names[-1][:4], "Two migrations follow the same one: renumber yours."


def test_the_newest_migration_is_named_in_a_file_over_which_two_branches_collide() -> None:
    named = (folder() / ".current-head").read_text(encoding="utf-8").strip()
    assert (folder() / f"{named}.py").exists()
    assert named[:4] == newest()


def test_migrations_do_not_lean_on_code_that_changes_after_them() -> None:
    for path in folder().glob("*.py"):
        assert "oversight" not in path.read_text(encoding="utf-8"), f"{path.name} needs today's code"


def test_a_folder_with_a_percent_sign_in_its_name_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("oversight.kit.migrations.folder", lambda: folder().with_name("100% new"))
    assert str(config().get_main_option("script_location")).endswith("/100% new/environment")


def tables(connection: Connection) -> dict[str, dict[str, Any]]:
    """Everything the database knows of its tables, in no particular order."""
    seen = inspect(connection)
    return {
        name: {
            "columns": {column["name"]: described(column) for column in seen.get_columns(name)},
            "key": seen.get_pk_constraint(name),
            "foreign keys": by_name(seen.get_foreign_keys(name)),
            "unique": by_name(seen.get_unique_constraints(name)),
            "checks": by_name(seen.get_check_constraints(name)),
            "indexes": by_name(seen.get_indexes(name)),
        }
        for name in seen.get_table_names()
    }


def described(column: ReflectedColumn) -> dict[str, Any]:
    return {**column, "type": repr(column["type"])}


def by_name(constraints: list[Any]) -> dict[str, Any]:
    return {constraint["name"]: {**constraint, **in_words(constraint)} for constraint in constraints}


def in_words(constraint: dict[str, Any]) -> dict[str, Any]:
    """What a dialect adds, a partial index's condition for one, as text that can be compared."""
    options = constraint.get("dialect_options", {})
    return {"dialect_options": {name: str(value) for name, value in options.items()}}
