"""Of two people who press at once, exactly one gets it done; the other sees the file as it now stands."""

import random
import uuid
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import combinations_with_replacement

import pytest
from flask import Flask
from sqlalchemy import select

from oversight.casework.models import Complaint, FileEvent, Outcome
from oversight.jobs.rounds import make_round
from oversight.kit.db import session
from oversight.ledger.models import Words
from oversight.settings import Settings
from tests.cast import Person, the
from tests.factories import fresh
from tests.torture.conftest import Times, times_of
from tests.torture.doings import Doing, doings_on, doings_on_outcome, edit_of
from tests.torture.keeping import PutBack, kept
from tests.torture.pairs import Apart, Pair
from tests.torture.racing import Answer, Browser, Send, at_once, served, signed_in
from tests.torture.situations import (
    AT_WORK,
    OUTCOMES,
    Situation,
    outcome_table,
    outcomes,
    situations,
    table,
)
from tests.webpages import Form, read

SEE_OTHER, CONFLICT = 303, 409
OUTCOME = "outcome"
TODAY = datetime.now(UTC).date().isoformat()
"""Another few of the races each day; a failure is run again by setting the clock to its day."""
FILES = 3
"""How many files stand in each situation; for more races than that they are put back."""


DoingsOn = Callable[[Complaint], list[Doing]]
Files = dict[str, list["File"]]
Race = tuple[str, str, str]
"""A situation, and two things that can be done there."""


@dataclass(frozen=True)
class Course:
    """What a file, or its outcome, has been through: its version, its history, its entries in the ledger."""

    version: int
    history: list[tuple[str, str]]
    ledger: list[str]


@dataclass(frozen=True)
class File:
    """A file at the start, where each race on it begins, and what may be done to it there."""

    complaint_id: uuid.UUID
    course: Course
    doings: dict[str, Doing]


@dataclass
class Tally:
    """How the races went."""

    races: int = 0
    won: int = 0
    statuses: Counter[int] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def said(self, what: str) -> str:
        """The figures in a sentence."""
        answers = ", ".join(f"{count} times {status}" for status, count in sorted(self.statuses.items()))
        return f"{what}: {self.races} races, {self.won} with one winner and one line of history; {answers}."


@dataclass
class Office:
    """An office served to two sides, each with browsers of its own."""

    app: Flask
    port: int
    pool: ThreadPoolExecutor
    put_back: PutBack
    browsers: dict[tuple[int, str], Browser] = field(default_factory=dict)
    forms: dict[tuple[int, str, str], Form] = field(default_factory=dict)

    def send(self, side: int, person: Person, doing: Doing) -> Send:
        """The form of one side, its page opened before. A page of the same version is opened once."""
        browser = self.browsers.get((side, person.name))
        if browser is None:
            browser = self.browsers[side, person.name] = signed_in(self.port, person)
        known = (side, person.name, doing.to)
        if known not in self.forms:
            self.forms[known] = read(browser.get(doing.page), doing.page).form_to(doing.to)
        return browser.ready(doing.to, self.forms[known].filled(**doing.fields).to_dict(flat=False))

    def answers(self, file: File, one: str, other: str) -> list[Answer]:
        """What two people are told who do these two things to a file at once: others, where there are any."""
        doings = file.doings[one], file.doings[other]
        people = doings[0].people[0], doings[1].people[-1]
        return at_once(self.pool, *(self.send(side, people[side], doings[side]) for side in (0, 1)))

    def race(self, file: File, one: str, other: str, tally: Tally) -> None:
        """Let two things be done to a file at once, and hold what came of it against what may."""
        answers = self.answers(file, one, other)
        tally.races += 1
        tally.statuses.update(answer.status for answer in answers)
        with self.app.app_context():
            problem = self.problem(file, (file.doings[one], file.doings[other]), answers)
        if problem:
            tally.wrong.append(f"{one} against {other}: {problem}")
        else:
            tally.won += 1

    def problem(self, file: File, doings: tuple[Doing, Doing], answers: list[Answer]) -> str:
        """What is not as it has to be after a race; nothing, it is hoped."""
        statuses = [answer.status for answer in answers]
        if sorted(statuses) != [SEE_OTHER, CONFLICT]:
            return f"{statuses} {[each.words for each in answers if each.status not in (303, 409)]}"
        trace = doings[statuses.index(SEE_OTHER)].trace
        before, after = file.course, course_of(file.complaint_id)
        lines = after.history[len(before.history) :]
        # A step may bring edits with it, such as the draw of a panel.
        if [line for line in lines if line[0] != "edit" or line == trace] != [trace]:
            return f"the history got {lines}, not {trace}"
        if after.ledger[len(before.ledger) :] != [entry_of(line) for line in lines]:
            return f"the history got {lines}, the ledger {after.ledger[len(before.ledger) :]}"
        return "" if after.version > before.version else "the version did not rise"


def entry_of(line: tuple[str, str]) -> str:
    """What the ledger calls a line of a file's history."""
    kind, what = line
    return f"outcome.{what}" if kind == "outcome" else f"file.{kind}.{what}"


def course_of(complaint_id: uuid.UUID) -> Course:
    """How a file stands now, with no more read of it than is compared after every race."""
    versions = select(Complaint.version, Outcome.version, Outcome.id).outerjoin(Outcome)
    version, of_outcome, outcome = session().execute(versions.where(Complaint.id == complaint_id)).one()
    events = select(FileEvent.kind, FileEvent.what).where(FileEvent.complaint_id == complaint_id)
    subjects = f"file:{complaint_id}", f"outcome:{outcome}"
    words = select(Words.kind).where(Words.subject.in_(subjects)).order_by(Words.number)
    return Course(
        version + (of_outcome or 0),
        [(row.kind, row.what) for row in session().execute(events.order_by(FileEvent.id))],
        list(session().scalars(words)),
    )


@contextmanager
def racing(
    app: Flask, settings: Settings, wanted: Iterable[Situation], files: int, doings: DoingsOn
) -> Iterator[tuple[Office, Files]]:
    """An office with that many files in each situation, served."""
    now = datetime.now(UTC)
    with app.app_context():
        for person in AT_WORK:
            the(person)
        brought = {each.name: [each.file(now).id for _ in range(files)] for each in wanted}
        make_round(at=now)  # so that the served office's own clockwork finds nothing to do
        found = {name: [file_at_the_start(each, doings) for each in ids] for name, ids in brought.items()}
        session().close()
    with (
        kept(settings.database_url, settings.data_dir) as put_back,
        served(settings) as port,
        ThreadPoolExecutor(2) as pool,
    ):
        yield Office(app, port, pool, put_back), found


def file_at_the_start(complaint_id: uuid.UUID, doings: DoingsOn) -> File:
    """A file that has been brought to where the races begin."""
    possible = {doing.name: doing for doing in doings(fresh(complaint_id))}
    return File(complaint_id, course_of(complaint_id), possible)


def races_of(files: Files) -> dict[Pair, str]:
    """Every two things that can be done to a file, and in which situation both can first be done."""
    found: dict[Pair, str] = {}
    for name, (first, *_) in files.items():
        for two in combinations_with_replacement(sorted(first.doings), 2):
            found.setdefault(two, name)
    return found


def race_all(office: Office, files: Files, pairs: list[Race], times: int) -> Tally:
    """Race each two so often, on file after file, all put back when each was raced on."""
    tally = Tally()
    for name, one, other in pairs:
        for begun in range(0, times, len(files[name])):
            for file in files[name][: times - begun]:
                office.race(file, one, other, tally)
            office.put_back()
    return tally


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """All states in `make torture`, one with all the tests."""
    if "state" in metafunc.fixturenames:
        every = [*(each.slug for each in table().states), *(f"{OUTCOME} {state}" for state in OUTCOMES)]
        torture = times_of(metafunc.config).torture
        metafunc.parametrize("state", every if torture else random.Random(TODAY).sample(every, 1))


def test_of_every_two_steps_from_one_state_one_is_taken(
    state: str, app: Flask, settings: Settings, times: Times, record_property: Callable[[str, object], None]
) -> None:
    how_often, now = times(1, 20), datetime.now(UTC)
    of_outcome, slug = state.startswith(OUTCOME), state.removeprefix(OUTCOME).strip()
    doings = doings_on_outcome if of_outcome else doings_on
    wanted = list(outcomes(slug) if of_outcome else situations(slug))
    if not times.torture:
        wanted = random.Random(TODAY).sample(wanted, min(len(wanted), 6))
    number = min(how_often, FILES)
    with racing(app, settings, wanted, number, lambda each: doings(each, now)) as (office, files):
        found = races_of(files)
        left_out = Apart.of(outcome_table() if of_outcome else table(), slug, found.keys())
        assert not left_out.raced_all_the_same
        races = [(name, *two) for two, name in found.items()]
        if times.torture:
            assert not left_out.for_no_reason
            record_property("torture", f"{state}, never raced: {left_out}.")
        else:
            races = random.Random(TODAY).sample(races, min(len(races), 12))
        tally = race_all(office, files, races, how_often)
    record_property("torture", tally.said(f"{len(races)} pairs in {state}, {kind_of(settings)}"))
    assert not tally.wrong, "\n".join(tally.wrong)


TELLING = {
    "assessment": [("open_investigation", "dismiss"), ("edit", "open_investigation")],
    "decision": [("record_the_decision", "return_to_the_panel")],
    "assessment, refer proposed": [("approve refer", "decline refer")],
}
"""What must never both be done: to look into it and to dismiss it, to decide and to ask the panel again, to
agree and not to agree; and to take a step on a file that somebody changes."""


def test_of_what_must_never_both_be_done_one_is(
    app: Flask, settings: Settings, times: Times, record_property: Callable[[str, object], None]
) -> None:
    how_often, now = times(2, 1000), datetime.now(UTC)
    every = [each for state in ("assessment", "decision") for each in situations(state)]
    approved = next(outcomes("approved"))

    def doings(complaint: Complaint) -> list[Doing]:
        of_outcome = doings_on_outcome(complaint, now) if complaint.outcome else []
        return [*doings_on(complaint, now), edit_of(complaint), *of_outcome]

    wanted = [approved, *(each for each in every if each.name in TELLING)]
    with racing(app, settings, wanted, min(how_often, 20), doings) as (office, files):
        for name, pairs in TELLING.items():
            for one, other in pairs:
                tally = race_all(office, files, [(name, one, other)], how_often)
                record_property("torture", tally.said(f"{one} against {other}, {kind_of(settings)}"))
                assert not tally.wrong, "\n".join(tally.wrong)
        done = published_against_taken_up_again(office, files[approved.name], max(how_often // 5, 2))
    said = ", ".join(f"{count} times {what}" for what, count in sorted(done.items()))
    record_property("torture", f"A file taken up again while it is published, {kind_of(settings)}: {said}.")
    assert not set(done) & {"nothing", " then ".join(reversed(PUBLISHED_FIRST))}


PUBLISHED_FIRST = "outcome.publish", "file.step.ask_late_for_reconsideration"
"""These are about two things, an outcome and its file, so both may be done: in this order and no other."""


def published_against_taken_up_again(office: Office, files: list[File], times: int) -> Counter[str]:
    """Publish a summary while somebody asks for another look at its file: what was done, in its order."""
    done: Counter[str] = Counter()
    for begun in range(0, times, len(files)):
        for file in files[: times - begun]:
            answers = office.answers(file, "ask_late_for_reconsideration", "publish")
            assert {answer.status for answer in answers} <= {SEE_OTHER, CONFLICT}, answers
            with office.app.app_context():
                entries = course_of(file.complaint_id).ledger[len(file.course.ledger) :]
            done[" then ".join(each for each in entries if each in PUBLISHED_FIRST) or "nothing"] += 1
        office.put_back()
    return done


def kind_of(settings: Settings) -> str:
    """Which database the office is on."""
    return "SQLite" if settings.database_url.startswith("sqlite") else "PostgreSQL"
