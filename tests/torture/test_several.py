"""Several processes are one office: each thing is done once, whoever does it."""

import asyncio
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session
from sqlalchemy import select

from oversight.figures.periods import Period
from oversight.kit.clock import now
from oversight.kit.db import session, writing
from oversight.ledger.models import Words
from oversight.reports.actions import propose_edition
from tests.cast import BEA, the
from tests.databases import migrate, roomy
from tests.factories import filed
from tests.outbox.conftest import Sink, sink
from tests.torture.conftest import Times
from tests.torture.durable_postgres import DurablePostgres
from tests.torture.people import Crowd
from tests.torture.reckoning import Office
from tests.torture.running import PATIENCE, RunningOffice
from tests.torture.settled import come_due, settled

__all__ = ["sink"]

LAST_YEAR = Period.parse(f"{now().year - 1}")


def propose_last_year() -> None:
    """Let there be an edition to build."""
    filed(received_on=date(LAST_YEAR.first.year, 12, 3), narrative="They searched my car.")
    director = the(BEA)
    with writing():
        propose_edition(LAST_YEAR, by=director, at=now(), place="alberta", demo=False)


def test_two_machines_on_one_database_are_one_office(
    sink: Sink, times: Times, record_property: Callable[[str, object], None]
) -> None:
    with tempfile.TemporaryDirectory(prefix="oversight-several-", dir=roomy()) as name:
        one, other = Path(name, "one"), Path(name, "other")
        Path(name).chmod(0o755)
        one.mkdir()
        server = DurablePostgres(one)
        with settled(server.url, one, sink) as (app, settings):
            with app.app_context():
                come_due(how_many=times(8, 100))
            shutil.copytree(one, other, ignore=shutil.ignore_patterns("cluster", "*.log"))
            machines = [
                RunningOffice(settings, one),
                # The second one's worker is no test's: it makes a round at once, then one a minute.
                RunningOffice(replace(settings, data_dir=other), other, plain=("worker",)),
            ]
            crowd = busy(machines, seconds=times(3, 70, 300), ticks=times(0, 4))
            with app.app_context():
                has_an_edition_built(machines, times(0, 1))
            for machine in machines:
                machine.end()
            at_rest = Office(app, sink)
            at_rest.finish(at=now())
            found = at_rest.reckon(crowd, at=now())
            rounds = [machine.rounds() for machine in machines]
        server.end()
    assert found.doubled_letters == 0
    assert not crowd.errors
    by_each = [sum(each["mail"]["sent"] for each in of_one) for of_one in rounds]
    record_property(
        "torture",
        f"several: two web and two job processes, {len(rounds[0])} and {len(rounds[1])} rounds; "
        f"{found.files} files numbered without a gap, {len(crowd.receipts)} through both web processes, "
        f"{len(crowd.steps)} steps; {found.letters} letters, each once ({by_each[0]} from one machine, "
        f"{by_each[1]} from the other); {times(0, 1)} edition built, once",
    )


def busy(machines: list[RunningOffice], *, seconds: int, ticks: int) -> Crowd:
    """Let the machines work for so long, and each make a round, with people at all their pages."""
    for machine in machines:
        machine.begin("web")
        machine.begin("worker")
    for machine in machines:
        machine.wait_until_it_serves()
    crowd = Crowd(tuple(machine.port for machine in machines))
    crowd.gather(filers=4)
    until = time.monotonic() + seconds
    beside = [machine.beside("tick") for machine in machines for _ in range(ticks // len(machines))]
    for tick in beside:
        assert ended(tick)[0] == 0
    time.sleep(max(0, until - time.monotonic()))
    crowd.go_home()
    while not all(machine.rounds() for machine in machines):
        time.sleep(0.1)
    return crowd


def has_an_edition_built(machines: list[RunningOffice], editions: int) -> None:
    """Propose an edition, if there is to be one, and see that one round of all that are made builds it."""
    if editions:
        propose_last_year()
        while not built_by(machines):
            time.sleep(0.5)
        time.sleep(5)  # in which another round could have built it too
    built = select(Words.number).where(Words.kind == "edition.built")
    assert built_by(machines) == len(session().scalars(built).all()) == editions


def built_by(machines: list[RunningOffice]) -> int:
    """How many editions their rounds have built."""
    return sum(each["editions_built"] for machine in machines for each in machine.rounds())


def ended(begun: subprocess.Popen[str]) -> tuple[int, str]:
    """How a command ended, and what it said."""
    said, _ = begun.communicate(timeout=PATIENCE)
    return begun.returncode, said


def test_an_embedded_office_has_one_web_process_and_commands_run_beside_it(
    sink: Sink, tmp_path: Path
) -> None:
    (folder := tmp_path / "office").mkdir()
    migrate(url := f"sqlite:///{folder / 'oversight.sqlite'}")
    with settled(url, folder, sink) as (app, settings):
        with app.app_context():
            come_due(how_many=3)
        place = RunningOffice(settings, folder)
        place.begin("web")
        place.wait_until_it_serves()
        crowd = Crowd((place.port,))
        crowd.gather(filers=1)
        code, said = ended(place.beside("serve", "--port", "0"))
        assert code == 1
        assert "already serves this office" in said
        assert "has one web process" in ended(place.beside("serve", "--workers", "2"))[1]
        commands = [("tick",), ("ledger", "verify"), ("backup", str(tmp_path / "kept"))]
        for code, said in [ended(begun) for begun in [place.beside(*words) for words in commands]]:
            assert code == 0, said
        crowd.go_home()
        assert not crowd.errors
        place.end()
        at_rest = Office(app, sink)
        at_rest.finish(at=now())
        assert at_rest.reckon(crowd, at=now()).doubled_letters == 0


@pytest.mark.parametrize("name", ["web", "worker"])
def test_an_office_that_is_stopped_notes_the_letter_that_is_just_going_out(
    name: str, sink: Sink, tmp_path: Path
) -> None:
    (folder := tmp_path / "office").mkdir()
    migrate(url := f"sqlite:///{folder / 'oversight.sqlite'}")
    with settled(url, folder, sink) as (app, settings):
        with app.app_context():
            come_due(how_many=1)
        place = RunningOffice(settings, folder, plain=(name,))
        stopped = stopped_by_the_first_letter(sink, place, name)
        place.begin(name)
        place.running[name].wait(PATIENCE)
        Office(app, sink).finish(at=now())
    letters = [letter["Message-ID"] for letter in sink.letters]
    assert stopped
    assert len(letters) == len(set(letters))


def stopped_by_the_first_letter(sink: Sink, place: RunningOffice, name: str) -> list[str]:
    """Ask the office to end when the first letter has come, and say only a while later that it has."""
    stopped: list[str] = []
    take = sink.handle_DATA

    async def handle(server: SMTP, session: Session, envelope: Envelope) -> str:
        answer = await take(server, session, envelope)
        if not stopped:
            stopped.append(name)
            place.running[name].terminate()
            await asyncio.sleep(3)
        return answer

    sink.handle_DATA = handle  # type: ignore[method-assign]
    return stopped
