"""The reckoning itself: it does not say that all is well where something is missing from a file."""

from collections.abc import Iterator
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import Delete, Update, delete, update

from oversight.casework.actions import clocks, filing, history, steps
from oversight.casework.models import Clock, FileEvent
from oversight.kit.clock import now
from oversight.kit.db import session, writing
from oversight.outbox.models import StoredNotice
from tests.outbox.conftest import Sink, sink
from tests.torture.people import Crowd
from tests.torture.reckoning import Office
from tests.torture.settled import come_due, settled

__all__ = ["sink"]
pytestmark = pytest.mark.one_database

NOBODY = Crowd(())


@pytest.fixture
def rest(database: str, tmp_path: Path, sink: Sink) -> Iterator[Office]:
    """An office at rest in which no file is yet."""
    with settled(database, tmp_path, sink) as (app, _), app.app_context():
        yield Office(app, sink)


def test_an_office_with_all_it_must_have_is_reckoned(rest: Office) -> None:
    come_due(2)
    rest.finish(at=now())
    assert rest.reckon(NOBODY, at=now()) == (2, 8, 0)


def forgets(*_: Any, **__: Any) -> None:
    """What software does that forgets what it is to do."""


FORGOTTEN: dict[str, tuple[ModuleType, str, Any]] = {
    "that it was filed": (filing, "write_history", forgets),
    "its steps": (steps, "write_history", forgets),
    "what the clockwork noticed": (clocks, "write_history", forgets),
    "the ledger": (history, "ledger", SimpleNamespace(record=forgets)),
    "the clocks of a new file": (filing, "start_clocks", forgets),
    "the clocks of a step": (steps, "start_clocks", forgets),
    "to tell of a step": (steps, "tell", forgets),
    "to tell of a deadline": (clocks, "tell", forgets),
}


@pytest.mark.parametrize(("where", "name", "instead"), FORGOTTEN.values(), ids=FORGOTTEN)
def test_what_the_software_forgot_is_missed(
    where: ModuleType, name: str, instead: Any, rest: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    come_due(1)
    monkeypatch.setattr(where, name, instead)
    come_due(1)
    rest.finish(at=now())
    with pytest.raises(AssertionError):
        rest.reckon(NOBODY, at=now())


LOST: dict[str, Delete | Update] = {
    "the line that it was filed": delete(FileEvent).where(FileEvent.kind == "filed"),
    "the line of a step": delete(FileEvent).where(FileEvent.what == "begin_assessment"),
    "a clock that stopped": delete(Clock).where(Clock.deadline == "acknowledgement"),
    "a clock that runs": delete(Clock).where(Clock.deadline == "assessment"),
    "that a clock stopped": update(Clock).where(Clock.deadline == "acknowledgement").values(stopped_on=None),
    "that a clock runs": update(Clock).where(Clock.deadline == "assessment").values(stopped_on=now().date()),
    "the notice of a filing": delete(StoredNotice).where(StoredNotice.kind == "received"),
    "the notice of a step": delete(StoredNotice).where(StoredNotice.kind == "assessment_begun"),
}


@pytest.mark.parametrize("loss", LOST.values(), ids=LOST)
def test_what_was_lost_is_missed(loss: Delete | Update, rest: Office) -> None:
    come_due(1)
    with writing():
        session().execute(loss)
    rest.finish(at=now())
    with pytest.raises(AssertionError):
        rest.reckon(NOBODY, at=now())
