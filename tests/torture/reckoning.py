"""What must be true of an office, whatever happened to it: nothing lost, doubled or forgotten."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from flask import Flask, current_app
from sqlalchemy import func, select

from oversight.casework.models import Clock, Complaint, FileEvent, Party, Submission
from oversight.casework.queries.files import clocks_due
from oversight.jobs.rounds import make_round
from oversight.kit.clock import local_date
from oversight.kit.db import session
from oversight.ledger import verify
from oversight.ledger.models import Words
from oversight.outbox.models import StoredNotice
from oversight.outbox.sending import LEASE
from oversight.rules import receipts
from tests.outbox.conftest import Sink
from tests.torture.people import Crowd
from tests.torture.whole_files import files_are_whole


class Reckoning(NamedTuple):
    """What was counted once everything held."""

    files: int
    letters: int
    doubled_letters: int


@dataclass
class Office:
    """An office at rest. Its app and its way out for mail are the test's own."""

    app: Flask
    sink: Sink

    def finish(self, at: datetime) -> None:
        """Make rounds until nothing is due, at a time when no dead sender's claim stands any more."""
        with self.app.app_context():
            while make_round(at=at + LEASE).mail.sent or _notices_that_wait():
                pass

    def reckon(self, crowd: Crowd, at: datetime) -> Reckoning:
        """Fail unless all that was acknowledged is there once, with all that belongs to it."""
        with self.app.app_context():
            numbers_have_no_gaps()
            receipts_are_there_once(crowd)
            steps_were_taken_once(crowd)
            history_is_in_the_ledger()
            files_are_whole()
            deadlines_were_noticed_once(at + LEASE)
            letters_arrived(self.sink)
            assert not verify(session()).faults
            files = session().scalar(select(func.count()).select_from(Complaint)) or 0
        letters = len({letter["Message-ID"] for letter in self.sink.letters})
        return Reckoning(files, letters, len(self.sink.letters) - letters)


def _notices_that_wait() -> bool:
    session().rollback()
    waits = select(StoredNotice.id).where(StoredNotice.next_try_at.is_not(None)).limit(1)
    return session().scalar(waits) is not None


def numbers_have_no_gaps() -> None:
    """Every year's numbers are 1, 2, 3 and so on, each once."""
    per_year: dict[str, list[int]] = {}
    for number in session().scalars(select(Complaint.number)):
        per_year.setdefault(number[:4], []).append(int(number[5:]))
    for taken in per_year.values():
        assert sorted(taken) == list(range(1, len(taken) + 1))


def receipts_are_there_once(crowd: Crowd) -> None:
    """Every complaint that was sent is one file, and the code that was shown opens it."""
    wanted = select(Complaint, Party).join(Party).where(Party.kind == "complainant")
    filed = [
        (complaint.narrative or "", party.receipt_hash) for complaint, party in session().execute(wanted)
    ]
    times = Counter(words for words, _ in filed)
    assert not [words for words, how_often in times.items() if how_often > 1], "a complaint was filed twice"
    there = dict(filed)
    for words, code in crowd.receipts.items():
        assert there.get(words) == receipts.digest(code), "what a receipt was shown for is lost"
    submissions = session().scalars(select(Submission.complaint_id)).all()
    assert len(set(submissions)) == len(submissions) >= len(crowd.receipts)


def steps_were_taken_once(crowd: Crowd) -> None:
    """What someone was told is done, is done; and no step that people took is there twice."""
    wanted = (
        select(Complaint.number, FileEvent.what)
        .join(FileEvent, FileEvent.complaint_id == Complaint.id)
        .where(FileEvent.kind == "step", FileEvent.actor_kind == "person")
    )
    taken = Counter((number, what) for number, what in session().execute(wanted))
    assert max(taken.values(), default=1) == 1
    assert set(crowd.steps) <= taken.keys()


def history_is_in_the_ledger() -> None:
    """Every line of every file's history is an entry of the ledger, and the other way round."""
    lines = select(FileEvent.complaint_id, FileEvent.kind, FileEvent.what)
    history = Counter(
        (f"file:{file}", f"file.{kind}.{what}") for file, kind, what in session().execute(lines)
    )
    entries = select(Words.subject, Words.kind).where(Words.subject.like("file:%"))
    assert history == Counter((subject, kind) for subject, kind in session().execute(entries))


def deadlines_were_noticed_once(at: datetime) -> None:
    """No clock is due any more; each that passed was noticed once, and told of once."""
    assert not clocks_due(on=local_date(at, current_app.config["ZONE"]))
    noticed = select(FileEvent.complaint_id, FileEvent.what).where(FileEvent.kind == "deadline")
    passed = select(Clock.complaint_id, Clock.deadline).where(Clock.passed_at.is_not(None))
    assert Counter(map(tuple, session().execute(noticed))) == Counter(map(tuple, session().execute(passed)))
    told = select(FileEvent.complaint_id).where(
        FileEvent.what == "send_a_progress_notice", FileEvent.actor_kind == "system"
    )
    assert max(Counter(session().scalars(told)).values(), default=1) == 1


def letters_arrived(sink: Sink) -> None:
    """Every notice there is arrived, and duplicates are the same letter."""
    notices = {notice.id.hex: notice for notice in session().scalars(select(StoredNotice))}
    assert all(notice.sent_at for notice in notices.values())
    arrived: dict[str, set[bytes]] = {}
    for letter in sink.letters:
        arrived.setdefault(letter["Message-ID"][1:33], set()).add(letter.as_bytes())
    assert arrived.keys() == notices.keys(), "a letter is missing, or nobody knows where it came from"
    assert all(len(copies) == 1 for copies in arrived.values()), "two letters under one Message-ID"
