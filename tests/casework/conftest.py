"""Looking at what an action left behind: history, ledger and outbox."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from oversight.casework.models import Clock, Complaint, FileEvent
from oversight.kit.db import session
from oversight.ledger.models import Words
from oversight.outbox.models import StoredNotice

Look = Callable[[Complaint], list[str]]


@pytest.fixture
def history() -> Look:
    """What a file's history says was done, in order."""

    def look(complaint: Complaint) -> list[str]:
        wanted = select(FileEvent).where(FileEvent.complaint_id == complaint.id).order_by(FileEvent.id)
        return [f"{event.kind} {event.what}" for event in session().scalars(wanted)]

    return look


@pytest.fixture
def ledger() -> Look:
    """The kinds of the ledger's entries about a file, in order."""

    def look(complaint: Complaint) -> list[str]:
        wanted = select(Words).where(Words.subject == complaint.subject).order_by(Words.number)
        return [words.kind for words in session().scalars(wanted)]

    return look


@pytest.fixture
def letters() -> Look:
    """The kinds of notices about a file, in order."""

    def look(complaint: Complaint) -> list[str]:
        wanted = select(StoredNotice).where(StoredNotice.about == complaint.subject).order_by(StoredNotice.id)
        return [notice.kind for notice in session().scalars(wanted)]

    return look


@pytest.fixture
def clock() -> Callable[[Complaint, str], Clock]:
    """The newest clock of that name on a file."""
    return lambda complaint, name: [each for each in complaint.clocks if each.deadline == name][-1]
