"""What belongs to every file that was made: its first lines, and the clocks and notices its table gives."""

import uuid
from collections import Counter, defaultdict
from typing import Any

from sqlalchemy import Select, select

from oversight.casework.models import Clock, Complaint, FileEvent
from oversight.kit.db import session
from oversight.ledger.models import Words
from oversight.outbox.models import StoredNotice
from oversight.rules.jurisdictions import rulebook
from oversight.rules.messages import Audience
from oversight.rules.rulebook import Rulebook

Line = tuple[str, str]
"""Kind and subject of a line of a file's history."""


def files_are_whole() -> None:
    """Every file has its first lines, and all that its lines bring with them: no less and no more.

    Everyone here who complains gives an address and may be written to, and every file that is late is
    carried by one person.
    """
    lines = _by_file(select(FileEvent.complaint_id, FileEvent.kind, FileEvent.what).order_by(FileEvent.id))
    clocks = _by_file(select(Clock.complaint_id, Clock.deadline, Clock.stopped_on.is_not(None)))
    entries = _by_subject(select(Words.subject, Words.kind))
    told = _by_subject(select(StoredNotice.about, StoredNotice.kind))
    for file in session().scalars(select(Complaint)):
        history, book = lines[file.id], rulebook(file.rulebook)
        _begins_whole(file, history, entries[file.subject])
        wanted = clocks_of(book, history)
        assert Counter(clocks[file.id]) == wanted, f"{file.number}: not the clocks that its steps turned"
        notices = notices_of(book, history)
        assert told[file.subject] == notices, f"{file.number}: not the notices of what was done"


def _begins_whole(file: Complaint, history: list[Line], entries: Counter[str]) -> None:
    """That it was filed and acknowledged are its first two lines, told nowhere else, and in the ledger."""
    first = [("filed", file.channel), ("step", "acknowledge")]
    assert history[:2] == first, f"{file.number}: begins with {history[:2]}"
    assert not [line for line in history[2:] if line[0] == "filed" or line == first[1]], file.number
    written = {f"file.{kind}.{what}": entries[f"file.{kind}.{what}"] for kind, what in first}
    assert set(written.values()) == {1}, f"{file.number}: the ledger has {written}"


def clocks_of(book: Rulebook, history: list[Line]) -> Counter[tuple[str, bool]]:
    """How many clocks of which deadline run or have stopped, after those steps of the book's table."""
    running, stopped = set(book.starts_at_filing), Counter[tuple[str, bool]]()
    for step in (book.file.step(what) for kind, what in history if kind == "step"):
        stopped.update((name, True) for name in running & set(step.stops))
        running = (running - set(step.stops)) | set(step.starts)
    return stopped + Counter((name, False) for name in running)


def notices_of(book: Rulebook, history: list[Line]) -> Counter[str]:
    """How many notices of which kind went out with those lines: one to the only one whom each is for."""
    steps = (book.file.step(what) for kind, what in history if kind == "step")
    tells = [name for step in steps for name in step.tells]
    assert {book.messages[name].to for name in tells} <= {Audience.COMPLAINANTS}, "for whom else?"
    return Counter([*tells, *("deadline_passed" for kind, _ in history if kind == "deadline")])


def _by_file(wanted: Select[*tuple[Any, ...]]) -> dict[uuid.UUID, list[Any]]:
    found: dict[uuid.UUID, list[Any]] = defaultdict(list)
    for file, *rest in session().execute(wanted):
        found[file].append(tuple(rest))
    return found


def _by_subject(wanted: Select[*tuple[Any, ...]]) -> dict[str, Counter[str]]:
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for subject, kind in session().execute(wanted):
        found[subject][kind] += 1
    return found
