"""`python -m bench`: invent an office on each database, measure, print the table, keep it as JSON."""

import json
import sys
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path

from flask import Flask

from bench import workloads
from bench.history import Exports
from bench.measure import Ratio, Work, ratio, take_turns
from oversight.cli.opening import prepare_database
from oversight.demo import make_demo
from oversight.keys import make_keys
from oversight.settings import Settings
from tests.databases import KINDS, Run
from tests.offices import office

OUT = Path(__file__).parent / "out" / "bench.json"
COMPLAINTS = 300
ROUNDS = 12
FILINGS_A_ROUND = 4
EXPORTED = 3000
IMPORT_ROUNDS = 6
PASSWORD = "measure-the-office"


@dataclass(frozen=True)
class Line:
    """One line of the table: a workload against its floor."""

    workload: str
    floor: str
    database: str
    files: int
    ratio: Ratio
    target: float

    @property
    def met(self) -> bool:
        """Whether the typical ratio reaches its target."""
        return self.ratio.typical <= self.target


def main() -> None:
    """Measure, print and keep."""
    with Run.begin() as run:
        lines = [line for kind in KINDS for line in _measure(run, kind)]
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text(json.dumps([asdict(line) | {"met": line.met} for line in lines], indent=1) + "\n")
    print(
        f"{'workload':34}{'floor':20}{'database':12}{'files':>6}{'ratio':>8}{'middle half':>16}{'target':>8}"
    )
    for line in lines:
        spread = f"{line.ratio.least:.2f}–{line.ratio.most:.2f}"
        verdict = "met" if line.met else "MISSED"
        print(
            f"{line.workload:34}{line.floor:20}{line.database:12}{line.files:>6}{line.ratio.typical:>8.2f}"
            f"{spread:>16}{line.target:>8.0f}  {verdict}"
        )
    print(f"Kept in {OUT.relative_to(Path.cwd()) if OUT.is_relative_to(Path.cwd()) else OUT}")


def _measure(run: Run, kind: str) -> list[Line]:
    with run.database(kind) as url, tempfile.TemporaryDirectory() as folder:
        make_keys(Path(folder))
        settings = Settings.from_env(
            {
                "OVERSIGHT_DEMO": "1",
                "OVERSIGHT_DATA_DIR": folder,
                "OVERSIGHT_DATABASE_URL": url,
                "OVERSIGHT_DEMO_PASSWORD": PASSWORD,
            }
        )
        with office(settings) as app:
            by_hand = workloads.queue_by_hand(app, url)
            exports = Exports(app, url, Path(folder), EXPORTED)
            read_and_write = _prepared(app, exports)
            with app.app_context():
                prepare_database()
                print(f"Inventing {COMPLAINTS} complaints on {kind}", file=sys.stderr)
                make_demo(complaints=COMPLAINTS, seed=7, tell=str)
            work = {
                "hello": workloads.hello(),
                "queue by hand": by_hand,
                "queue": workloads.queue(app, PASSWORD),
                "filing": workloads.last_submission(app, (ROUNDS + 1) * FILINGS_A_ROUND),
            }
            calls = {"hello": 200, "queue by hand": 5, "queue": 5, "filing": FILINGS_A_ROUND}
            cost = take_turns(work, rounds=ROUNDS, calls=calls)
            history = {"export by hand": read_and_write, "import": exports.bring_in}
            cost |= take_turns(history, rounds=IMPORT_ROUNDS, calls={})
    return [
        Line(
            "W4 the desk's queue, 50 rows",
            "W3 by hand",
            kind,
            COMPLAINTS,
            ratio(cost["queue"], cost["queue by hand"]),
            3,
        ),
        Line(
            "W6 a filing's last submission",
            "W1 hello",
            kind,
            COMPLAINTS,
            ratio(cost["filing"], cost["hello"]),
            150,
        ),
        Line(
            f"W12 import, {exports.rows} rows",
            "csv, executemany",
            kind,
            EXPORTED,
            ratio(cost["import"], cost["export by hand"]),
            6,
        ),
    ]


def _prepared(app: Flask, exports: Exports) -> Work:
    """The import's floor; it needs an office with nothing in it yet."""
    with app.app_context():
        prepare_database()
    return exports.by_hand()


if __name__ == "__main__":
    main()
