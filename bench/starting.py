"""How long an administrator waits for a command's help, and the public for an office that has just begun."""

import subprocess
import time

from bench.kept import Kept, Office
from bench.line import Line
from bench.measure import figure
from bench.serving import served
from tests.offices import command
from tests.torture.people import Browser
from tests.torture.running import answered

TIMES = 5
PATIENCE = 60


def measure(kept: Kept, kind: str) -> list[Line]:
    """Seconds elapsed: the help, which knows no database, and serving from the start to the first page."""
    with kept.office(kind, kept.sizes[0], copied=True) as office:
        begun = [_to_its_first_page(office) for _ in range(TIMES)]
    serving = _line("serving, to its first page", kind, office.files, begun, 3)
    if kind != "sqlite":
        return [serving]
    return [_line("oversight --help", "none", 0, [_help() for _ in range(TIMES)], 0.5), serving]


def _line(what: str, database: str, files: int, seconds: list[float], target: float) -> Line:
    return Line(what, "seconds elapsed", database, files, figure(*seconds), target)


def _help() -> float:
    began = time.monotonic()
    subprocess.run(command("--help"), check=True, stdout=subprocess.DEVNULL)
    return time.monotonic() - began


def _to_its_first_page(office: Office) -> float:
    began = time.monotonic()
    with served(office) as server:
        visitor = Browser(server.port)
        while not answered(visitor, "/outcomes"):  # a page that asks the database
            assert time.monotonic() - began < PATIENCE, "the office does not serve"
            time.sleep(0.01)
        return time.monotonic() - began
