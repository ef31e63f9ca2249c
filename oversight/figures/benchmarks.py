"""Populations to compare with: read from a table of groups, and found again."""

import csv
from collections.abc import Collection
from io import StringIO

from sqlalchemy import select

from oversight.figures.models import Benchmark
from oversight.figures.refusals import CannotCount
from oversight.kit.db import session

COLUMNS = ["group", "population"]


def benchmark_in_use() -> Benchmark | None:
    """The one that was loaded last, if any was."""
    newest = select(Benchmark).order_by(Benchmark.loaded_at.desc(), Benchmark.id.desc())
    return session().scalars(newest.limit(1)).first()


def read_benchmark(text: str, groups: Collection[str]) -> dict[str, int]:
    """Group → population, from CSV with the columns `group` and `population`, a row for each of `groups`.

    Raises CannotCount, naming the line, for a group or number that is missing, unknown or twice there.
    """
    lines = csv.DictReader(StringIO(text.removeprefix("\ufeff")))
    if [(name or "").strip().lower() for name in lines.fieldnames or ()] != COLUMNS:
        raise CannotCount("The first line of a benchmark names its two columns: group,population.")
    lines.fieldnames = COLUMNS
    found: dict[str, int] = {}
    for line in lines:
        group, where = (line["group"] or "").strip(), f"Line {lines.line_num}"
        if group not in groups:
            raise CannotCount(f"{where}: “{group}” is no group; there are {', '.join(groups)}.")
        if group in found:
            raise CannotCount(f"{where}: {group} is there twice.")
        found[group] = _population(line, where)
    if missing := [group for group in groups if group not in found]:
        raise CannotCount(f"The benchmark has no line for {', '.join(missing)}.")
    if not any(found.values()):
        raise CannotCount("Nobody lives there: every population is 0.")
    return found


def _population(line: dict[str, str], where: str) -> int:
    written = (line["population"] or "").strip()
    if not (written.isascii() and written.isdigit()) or None in line:
        raise CannotCount(f"{where}: “{written}” is no number of people. Write it in digits alone.")
    return int(written)
