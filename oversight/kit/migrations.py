"""The numbered migrations: where they lie, how far a database has come, and bringing it to the newest."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

from oversight.kit.db import Base

ONE_AT_A_TIME = 7_062_145
"""The number of PostgreSQL's advisory lock that keeps two processes from migrating at once."""


def folder() -> Path:
    """Inside the package if it was installed from a wheel, beside it in a checkout."""
    package = Path(__file__).parents[1]
    carried = package / "_migrations"
    return carried if carried.is_dir() else package.parent / "migrations"


def newest() -> str | None:
    """The number of the last migration there is."""
    return ScriptDirectory.from_config(config()).get_current_head()


def knows(number: str) -> bool:
    """Whether this software has a migration of that number: a database that had another is newer than it."""
    return any(script.revision == number for script in ScriptDirectory.from_config(config()).walk_revisions())


def reached(engine: Engine) -> str | None:
    """The number of the last migration this database has had; None before the first."""
    with engine.connect() as connection:
        return reached_on(connection)


def reached_on(connection: Connection) -> str | None:
    """The same, within a transaction that is open already."""
    return MigrationContext.configure(connection).get_current_revision()


def bring_up_to_date(engine: Engine, to: str = "head") -> None:
    """Run the migrations this database has not had, all in one transaction: they all hold, or none."""
    with engine.connect().execution_options(begin="IMMEDIATE") as connection:
        _keep_foreign_keys(connection, enforced=False)
        try:
            with connection.begin():
                upgrade(connection, to)
        finally:
            _keep_foreign_keys(connection, enforced=True)


def upgrade(connection: Connection, to: str = "head") -> None:
    """The same, within a transaction that is open already. On SQLite it must not enforce foreign keys."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({ONE_AT_A_TIME})")
    command.upgrade(config(connection), to)
    _refuse_broken_references(connection)


def config(connection: Connection | None = None) -> Config:
    """Alembic's configuration, whole and in memory: no file has to be found."""
    options = Config()
    # A percent sign would be read as the start of a variable.
    place = str(folder()).replace("%", "%%")
    options.set_main_option("script_location", f"{place}/environment")
    options.set_main_option("version_locations", place)
    options.set_main_option("path_separator", "newline")
    options.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    options.attributes["connection"] = connection
    options.attributes["metadata"] = Base.metadata
    return options


def _keep_foreign_keys(connection: Connection, *, enforced: bool) -> None:
    """On SQLite a batch replaces a table by dropping it, which must not cascade into its children.

    The setting only takes outside a transaction, so it goes past SQLAlchemy, which would begin one.
    """
    if connection.dialect.name == "sqlite":
        cursor = connection.connection.cursor()
        cursor.execute(f"PRAGMA foreign_keys={'ON' if enforced else 'OFF'}")
        cursor.close()


def _refuse_broken_references(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
        if broken is not None:
            raise RuntimeError(f"A migration left rows of {broken[0]} that refer to nothing in {broken[2]}.")
