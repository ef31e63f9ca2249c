"""An office in the middle of its work, its backup, and new places to restore it in."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, NullPool, create_engine, select

from oversight.backups.making import Made, make_backup
from oversight.backups.restoring import Restored, restore
from oversight.kit.db import Base
from oversight.settings import Settings
from tests.conftest import RUN
from tests.sweeps.conftest import busy_settings

__all__ = ["busy_settings"]

New = Callable[[str], Settings]


@dataclass
class Places:
    """Gives settings of offices that are new: a data folder without keys, a database of a kind."""

    run: Any
    folder: Path
    like: Settings
    open: ExitStack
    made: int = 0

    def __call__(self, kind: str) -> Settings:
        self.made += 1
        data_dir = self.folder / f"new-{self.made}"
        url = f"sqlite:///{data_dir / 'oversight.sqlite'}"
        if kind == "postgresql":
            url = self.open.enter_context(self.run.database("postgresql"))
        return replace(self.like, data_dir=data_dir, database_url=url)


@pytest.fixture
def new(request: pytest.FixtureRequest, busy_settings: Settings, tmp_path: Path) -> Iterator[New]:
    """`new("postgresql")` gives the settings of an office to restore the busy one in."""
    with ExitStack() as stack:
        yield Places(request.config.stash[RUN], tmp_path, busy_settings, stack)


@contextmanager
def engine_of(settings: Settings) -> Iterator[Engine]:
    engine = create_engine(settings.database_url, poolclass=NullPool)
    yield engine
    engine.dispose()


def back_up(settings: Settings, folder: Path) -> Made:
    with engine_of(settings) as engine:
        return make_backup(engine, settings, folder, lambda percent: None)


def bring_back(settings: Settings, folder: Path, keys: dict[str, str] | None = None) -> Restored:
    with engine_of(settings) as engine:
        return restore(engine, settings, folder, keys or {}, lambda percent: None)


def rows_of(settings: Settings) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, as the models read them."""
    with engine_of(settings) as engine, engine.connect() as connection:
        return {
            table.name: sorted((tuple(row) for row in connection.execute(select(table))), key=repr)
            for table in Base.metadata.sorted_tables
        }
