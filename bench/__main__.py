"""`python -m bench [PART …]`: measure on each database, print the table, keep it as JSON.

Each part is measured in a process of its own, so that its peak of memory is its own too. To add a workload,
see README.md.
"""

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from pickle import loads

from bench.kept import Kept
from bench.line import Line, table
from bench.part import PARTS
from tests.databases import KINDS

OUT = Path(__file__).parent / "out"


def main(wanted: list[str]) -> None:
    """Measure the parts named, or all of them."""
    with Kept.begin() as kept:
        for kind in KINDS:
            for files in kept.sizes:
                kept.make(kind, files)
        lines = kept.making() if not wanted else []
        lines += [
            line for part in wanted or list(PARTS) for kind in KINDS for line in _measured(kept, part, kind)
        ]
    OUT.mkdir(exist_ok=True)
    # Some parts alone leave the whole measurement's file as it is.
    out = OUT / f"{'-'.join(wanted) or 'bench'}.json"
    out.write_text(json.dumps([line.as_json() for line in lines], indent=1) + "\n", encoding="utf-8")
    print(table(lines))
    print(f"Kept in {os.path.relpath(out)}")


def _measured(kept: Kept, part: str, kind: str) -> list[Line]:
    """One part's lines on one database, with the most memory that its process took."""
    print(f"Measuring {part} on {kind}", file=sys.stderr)
    with tempfile.NamedTemporaryFile() as answer:
        command = [sys.executable, "-m", "bench.part", part, kind, str(kept.folder), answer.name]
        process = subprocess.Popen(command)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise SystemExit(f"{part} on {kind} ended with {process.returncode}")
        lines: list[Line] = loads(Path(answer.name).read_bytes())
    return [replace(line, memory=usage.ru_maxrss // 1024) for line in lines]


if __name__ == "__main__":
    main(sys.argv[1:])
