"""W10: the worst night. Thousands send at once what they have written, while staff go on with their work."""

import json
import os
import resource
import subprocess
import sys
import time
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import func, select

from bench.drafts import held_drafts
from bench.kept import PASSWORD, Kept, Office
from bench.line import Line
from bench.measure import Clock, figure
from bench.serving import served
from bench.staff import Staff
from oversight.casework.models import Complaint, FileCounter, Submission
from oversight.casework.queries.parties import party_with_receipt
from oversight.kit.db import session
from oversight.ledger import verify
from oversight.rules.receipts import digest

SENT = int(os.environ.get("BURST") or 12_000)
A_SECOND = 100
"""12,000 in two minutes."""
WORKERS = 2
CROWDS, PEOPLE = 2, 8
IDLE_SECONDS = 15
TICKS = os.sysconf("SC_CLK_TCK")


def measure(kept: Kept, kind: str) -> list[Line]:
    """The burst, on PostgreSQL, which alone lets several processes serve."""
    if kind != "postgresql":
        return []
    with kept.office(kind, kept.sizes[0], copied=True) as office, TemporaryDirectory() as folder:
        before = _filed(office)
        held = held_drafts(office, SENT)
        with served(office, workers=WORKERS) as server:
            staff = Staff(server.port, "caseworker@demo.example", PASSWORD)
            staff.work_for(IDLE_SECONDS)
            idle, staff.waited = staff.waited, []
            clocks: dict[str, Clock] = {
                "the server": lambda: _spent(server.process),
                "the database": kept.stores[kind].cpu_seconds,
                "those who send, and staff": _spent_here,
            }
            began = {who: spent() for who, spent in clocks.items()}
            with staff.at_work():
                found, seconds = _burst(server.port, held, Path(folder))
            each = {who: (spent() - began[who]) / SENT * 1000 for who, spent in clocks.items()}
        wrong = _wrong(office, found, before)
    return _lines(office, seconds, each, _95th(staff.waited) / _95th(idle), wrong)


def _lines(
    office: Office, seconds: float, each: dict[str, float], queue: float, wrong: list[str]
) -> list[Line]:
    for fault in wrong:
        print(f"W10: {fault}", file=sys.stderr)
    name = f"W10 burst of {SENT:,}"

    def line(what: str, unit: str, found: float, target: float | None = None) -> Line:
        return Line(f"{name}: {what}", unit, office.kind, office.files, figure(found), target)

    return [
        line("all sent", "seconds elapsed", seconds, SENT / A_SECOND),
        line("filed", "a second", SENT / seconds),
        *(line(f"{who}, for each", "CPU, ms", spent) for who, spent in each.items()),
        line("the queue's 95th percentile", "when idle", queue, 3),
        line("lost, doubled or out of order", "faults", len(wrong), 0),
    ]


def _burst(port: int, held: list[dict[str, str]], folder: Path) -> tuple[list[dict[str, Any]], float]:
    """Let every form be sent; what came of each, and how many seconds it took."""
    crowds = []
    for number in range(CROWDS):
        share = folder / f"{number}.json"
        share.write_text(json.dumps(held[number::CROWDS]), encoding="utf-8")
        words = [sys.executable, "-m", "bench.crowd", str(port), str(share), str(PEOPLE)]
        crowds.append(subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True))
    began = time.monotonic()
    for crowd in crowds:
        assert crowd.stdin is not None
        crowd.stdin.write("go\n")
        crowd.stdin.flush()
    found = [each for crowd in crowds for each in json.loads(crowd.communicate()[0])]
    return found, time.monotonic() - began


def _spent(process: int) -> float:
    """CPU seconds of a process and of those it began."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    begun = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii").split()
    return (int(fields[11]) + int(fields[12])) / TICKS + sum(_spent(int(each)) for each in begun)


def _spent_here() -> float:
    """CPU seconds of this process and of those begun here that have ended: the crowds."""
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    return ended.ru_utime + ended.ru_stime + time.process_time()


def _filed(office: Office) -> int:
    with office.app.app_context():
        return session().scalar(select(func.count()).select_from(Complaint)) or 0


def _wrong(office: Office, found: list[dict[str, Any]], before: int) -> list[str]:
    """What is not as it should be after everyone has been told that their complaint is here."""
    answers = {each[which] for each in found for which in ("status", "again") if which in each}
    codes = [each["code"] for each in found if each.get("code")]
    with office.app.app_context():
        forms = session().scalars(select(func.count(Submission.form_key.distinct()))).one()
        files = session().scalars(select(func.count(Submission.complaint_id.distinct()))).one()
        unresolved = [code for code in codes if party_with_receipt(digest(code)) is None]
        checks = {
            f"not all were told that it is here: {sorted(answers)}": answers == {303},
            f"{len(found)} were sent, {_filed(office) - before} were filed": _filed(office) - before == SENT,
            f"{forms} forms made {files} files": forms == files,
            f"{len(unresolved)} of {len(codes)} receipts don't resolve": codes and not unresolved,
            "the numbers have gaps": _numbers_are_whole(),
            "the ledger is not whole": verify(session()).ok,
        }
    return [fault for fault, holds in checks.items() if not holds]


def _numbers_are_whole() -> bool:
    """Whether each year has as many files as numbers were given."""
    given = {each.year: each.last for each in session().scalars(select(FileCounter))}
    year = func.extract("year", Complaint.received_on)
    there = session().execute(select(year, func.count()).group_by(year))
    return given == {int(each): count for each, count in there}


def _95th(seconds: list[float]) -> float:
    return quantiles(seconds, n=20)[-1]
