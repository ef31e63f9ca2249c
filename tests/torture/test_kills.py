"""Whatever is killed, whenever: nothing acknowledged is lost or doubled, and the office serves again."""

import random
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from flask import Flask

from oversight.kit.clock import now
from tests.databases import migrate, roomy
from tests.outbox.conftest import Sink, sink
from tests.torture.conftest import Times
from tests.torture.durable_postgres import DurablePostgres
from tests.torture.people import Crowd
from tests.torture.processes import lives, waited_for_a_processor
from tests.torture.reckoning import Office
from tests.torture.running import PATIENCE, RunningOffice
from tests.torture.settled import come_due, settled

__all__ = ["sink"]

WORKS_AGAIN_WITHIN = 5
"""Seconds from a death until what died does its work again, see `Ordeal.works_again`.

They are the clock's, less what one process of the office waited meanwhile for a processor that others had:
the one that waited longest, and before it, where some had to end first, the one of those that did. Where
several waited at once, that is taken off once; where they waited one after another, too little is. So an
office that is alone on its machine is no slower than this says.
"""
POINTS = (
    "send-after-commit",
    "round-after-delivering",
    "send-before-commit",
    "round-before-commit",
    "round-before-delivering",
    "take-after-commit",
    "take-before-commit",
    "round-after-commit",
)
"""Where a process kills itself, or the database, see office_that_dies."""
DATABASE_AT = "database at "
BLOWS = {
    "sqlite": ("web", POINTS[0], POINTS[1], "one that serves", "master", *POINTS[2:]),
    "postgresql": (
        "database",
        DATABASE_AT + POINTS[0],
        "one that serves",
        POINTS[1],
        "worker",
        "web",
        "master",
        POINTS[0],
        *POINTS[2:],
        *(DATABASE_AT + point for point in POINTS[1:]),
    ),
}
"""What is killed from outside, and where from inside, by the kind of database."""
Moment = tuple[float, dict[int, float]]
"""What the clock says, and for how long each process has waited for a processor."""


@dataclass
class Ordeal:
    """An office under load, struck again and again."""

    place: RunningOffice
    server: DurablePostgres | None
    crowd: Crowd
    sink: Sink
    worked_again_after: list[tuple[float, float, str]] = field(default_factory=list)
    """Seconds, what the clock said, and after what."""
    quiet_since: float = 0.0
    logged: int = 0
    arrived: int = 0
    """How long the office's log was when it was last struck, and how many letters had arrived."""
    ended_late: float = 0.0
    """For how long one of those that had to end, before others could begin, waited for a processor."""
    errors: list[tuple[str, int]] = field(default_factory=list)
    """Pages that answered with an error of ours while nothing was amiss."""

    def strike(self, blow: str) -> None:
        """Kill what the blow is called after, and wait until it works again."""
        self.place.begin_again_what_died()
        time.sleep(random.uniform(0.1, 1.2))
        self.note_errors(until=time.monotonic())
        point, self.ended_late = blow.removeprefix(DATABASE_AT), 0.0
        struck, waited = self._wish(point, of_database=point != blow) if point in POINTS else self._kill(blow)
        self.place.wait_until(lambda: self.works_again(blow))
        self.quiet_since, waits = self._moment()
        clock = self.quiet_since - struck
        longest = max(seconds - waited.get(process, 0) for process, seconds in waits.items())
        self.worked_again_after.append((clock - self.ended_late - longest, clock, blow))

    def works_again(self, blow: str) -> bool:
        """Whether what was struck does its work: who serves is whole again and answers; and after the death
        of the database something was written, after that of who makes rounds a letter went out or, if there
        was none to send, a round was made.
        """
        if not self.place.serves():
            return False
        if blow.startswith("database"):
            return self.place.writes()
        if blow == "worker" or blow.startswith("round"):
            return len(self.sink.letters) > self.arrived or bool(self.place.rounds(since=self.logged))
        return True

    def _moment(self) -> Moment:
        self.logged, self.arrived = self.place.log.stat().st_size, len(self.sink.letters)
        return time.monotonic(), self.place.waits_for_a_processor()

    def note_errors(self, until: float) -> None:
        """Keep the errors of a time in which nothing was amiss, which ends at that moment."""
        self.errors += [
            (path, status)
            for begun, answered, path, status in self.crowd.errors
            if self.quiet_since < begun and answered < until
        ]

    def _wish(self, point: str, *, of_database: bool) -> Moment:
        wish, wished = self.place.folder / point, time.monotonic()
        taken = wish.with_suffix(".taken")
        wish.with_suffix(".new").write_text(
            str(self.server.server.pid) if of_database and self.server else ""
        )
        wish.with_suffix(".new").rename(wish)
        while wish.exists() or (taken.exists() and (of_database or not has_died(taken))):
            assert time.monotonic() - wished < PATIENCE, f"nobody came to {point}"
            time.sleep(0.005)
        taken.unlink(missing_ok=True)
        moment = self._moment()
        if of_database and self.server:
            self.server.server.wait()
            self.server.start()
        return moment

    def _kill(self, blow: str) -> Moment:
        moment = self._moment()
        if blow == "database" and self.server:
            self.server.kill()
            self.server.start()
        elif blow == "one that serves":
            self.place.kill_one_that_serves()
        elif blow == "worker":
            self.place.kill("worker")
            self.place.begin("worker")
        else:
            orphans = self.place.kill_web(whole=blow == "web")
            # They may go on serving until their round ends: that is not yet serving again.
            while any(map(lives, orphans)):
                waits = (waited_for_a_processor(each) - moment[1].get(each, 0) for each in orphans)
                self.ended_late = max(self.ended_late, *waits)
                time.sleep(0.01)
            self.place.begin("web")
        return moment

    def longest(self) -> str:
        """The longest that something did not work, and what."""
        seconds, _, blow = max(self.worked_again_after)
        slowest = max(clock for _, clock, _ in self.worked_again_after)
        return f"{seconds:.1f} s ({blow}), on the clock of this busy machine {slowest:.1f} s"


def has_died(taken: Path) -> bool:
    """Whether whoever took a wish has fulfilled it."""
    who = taken.read_text()
    return bool(who) and not lives(int(who))


@contextmanager
def a_server(kind: str, folder: Path) -> Iterator[tuple[str, DurablePostgres | None]]:
    """The address of a new database of that kind, and its server if it has one."""
    if kind == "sqlite":
        migrate(url := f"sqlite:///{folder / 'oversight.sqlite'}")
        yield url, None
        return
    (folder / "server").mkdir()
    server = DurablePostgres(folder / "server")
    try:
        yield server.url, server
    finally:
        server.end()


@contextmanager
def an_ordeal(kind: str, sink: Sink, *, disk: Path, filers: int) -> Iterator[tuple[Ordeal, Flask]]:
    """An office that is open, people who file and work there, and the test's own app beside it."""
    with ExitStack() as ending:
        folder = Path(ending.enter_context(tempfile.TemporaryDirectory(prefix="oversight-kills-", dir=disk)))
        folder.chmod(0o755)
        url, server = ending.enter_context(a_server(kind, folder))
        app, settings = ending.enter_context(settled(url, folder, sink))
        place = RunningOffice(settings, folder, workers=2 if server else 1)
        place.begin("web")
        if server:
            place.begin("worker")
        ending.callback(place.end)
        place.wait_until_it_serves()
        ordeal = Ordeal(place, server, Crowd((place.port,)), sink)
        ordeal.crowd.gather(filers)
        ending.callback(ordeal.crowd.going_home.set)
        yield ordeal, app


def blows_of(kind: str, how_many: int) -> list[str]:
    """The first few, always; when there are more, every kind in turn, in an order by chance."""
    blows = list(BLOWS[kind])
    while len(blows) < how_many:
        blows += random.sample(BLOWS[kind], len(BLOWS[kind]))
    return blows[:how_many]


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_nothing_acknowledged_is_lost_or_doubled_whatever_is_killed(
    kind: str, sink: Sink, times: Times, record_property: Callable[[str, object], None]
) -> None:
    blows = blows_of(kind, times(4, 50, 1000))
    disk = Path(tempfile.gettempdir()) if times.torture else roomy()
    with an_ordeal(kind, sink, disk=disk, filers=times(2, 4)) as (ordeal, app):
        for blow in blows:
            with app.app_context():
                come_due(how_many=2)
            ordeal.strike(blow)
        ordeal.crowd.go_home()
        ordeal.note_errors(until=time.monotonic())
        ordeal.place.end()
        rest = Office(app, sink)
        rest.finish(at=now())
        found = rest.reckon(ordeal.crowd, at=now())
    crowd = ordeal.crowd
    record_property(
        "torture",
        f"kills, {kind}: {len(blows)} ({counted(blows)}); "
        f"0 lost and 0 doubled of {len(crowd.receipts)} receipts, {len(crowd.steps)} steps and {found.files} "
        f"files; {found.letters} letters, {found.doubled_letters} of them twice; {crowd.unanswered} requests "
        f"without an answer, {len(crowd.errors)} answered with an error; what was killed works again after "
        f"at most {ordeal.longest()}",
    )
    assert not ordeal.errors, "visitors met an error though everything was up again"
    assert not times.torture or max(ordeal.worked_again_after)[0] < WORKS_AGAIN_WITHIN


def counted(blows: list[str]) -> str:
    """How often each thing was killed."""
    return ", ".join(f"{times} {blow}" for blow, times in sorted(Counter(blows).items()))
