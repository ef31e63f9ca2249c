"""What is written about figures: who read them in full, and what they are compared with."""

from collections.abc import Mapping
from datetime import datetime

from oversight import ledger
from oversight.figures.models import Benchmark
from oversight.figures.wanted import Wanted
from oversight.kit.db import session
from oversight.ledger import Actor


def note_internal_reading(table: str, wanted: Wanted, *, by: Actor, at: datetime) -> None:
    """Enter in the ledger that somebody read a table with the small numbers in it."""
    ledger.record(
        "figures.read_internal",
        actor=by,
        subject="figures",
        at=at,
        table=table,
        period=wanted.period.name,
        **wanted.choices,
    )


def load_benchmark(name: str, year: int, figures: Mapping[str, int], *, by: Actor, at: datetime) -> Benchmark:
    """Take a population into use: figures compare with it from now on, and issued editions stay."""
    benchmark = Benchmark(name=name, year=year, figures=dict(figures), loaded_at=at)
    session().add(benchmark)
    ledger.record(
        "figures.benchmark_loaded",
        actor=by,
        subject=f"benchmark:{benchmark.id}",
        at=at,
        year=year,
        figures=dict(figures),
    )
    return benchmark
