"""The parts of the bench, and `python -m bench.part`, which measures one of them in a process of its own."""

import sys
from collections.abc import Callable, Iterable
from importlib import import_module
from pathlib import Path
from pickle import dumps

from bench.kept import Kept
from bench.line import Line

PARTS = {
    "pages": "bench.pages",
    "filing": "bench.filing",
    "reporting": "bench.reporting",
    "burst": "bench.burst",
    "verifying": "bench.verifying",
    "history": "bench.history",
    "starting": "bench.starting",
}
"""Each module has a function `measure(kept, kind)` that gives the lines of its part on that database."""

WHEN_ASKED = {"keeping": "bench.keeping"}
"""The parts that are measured only where they are named: they take too long."""

Measure = Callable[[Kept, str], Iterable[Line]]


def main(part: str, kind: str, folder: str, answer: str) -> None:
    """Write the lines into the file `answer`; the kept offices' server is running in `folder`."""
    measure: Measure = import_module((PARTS | WHEN_ASKED)[part]).measure
    Path(answer).write_bytes(dumps(list(measure(Kept(Path(folder)), kind))))


if __name__ == "__main__":
    main(*sys.argv[1:])
