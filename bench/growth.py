"""Workloads at every size against their floors at the same size, and how they grow from one to the next."""

import math
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import pairwise

from bench.kept import Kept, Office
from bench.line import PAGE, Line
from bench.measure import Cost, Work, ratio, take_turns

Turn = tuple[str, int]
"""A workload's name, and how many files its office has."""


@dataclass(frozen=True)
class Workload:
    """What is measured at every size; without a floor it is one itself, and gets no line of its own."""

    name: str
    prepare: Callable[[Office], Work]
    calls: int
    """In one round."""
    floor: str = ""
    """The name of another workload, which stands before it in the list."""
    target: float | None = None
    steepest: float | None = PAGE
    """The most that the exponent of its growth may be; None where its growth is not told."""
    beside: str = ""
    """Another floor, in which it is only told."""


def grown(kept: Kept, kind: str, workloads: Sequence[Workload], *, rounds: int) -> list[Line]:
    """A line for each workload and size. All sizes take turns in one run."""
    with ExitStack() as stack:
        offices = [stack.enter_context(kept.office(kind, files)) for files in kept.sizes]
        work = {(each.name, at.files): each.prepare(at) for each in workloads for at in offices}
        calls = {(each.name, at.files): each.calls for each in workloads for at in offices}
        cost = take_turns(work, rounds=rounds, calls=calls, elsewhere=kept.stores[kind].cpu_seconds)
    growth = _growth(cost, kept.sizes)
    return [
        Line(
            workload=each.name,
            floor=floor,
            database=kind,
            files=files,
            ratio=ratio(cost[each.name, files], cost[floor, files]),
            target=target,
            exponent=growth.get((each.name, files)) if each.steepest and floor == each.floor else None,
            steepest=each.steepest or PAGE,
            milliseconds=cost[each.name, files].typical * 1000,
            elsewhere=cost[each.name, files].typical_elsewhere * 1000,
        )
        for each in workloads
        for floor, target in ((each.floor, each.target), (each.beside, None))
        if floor
        for files in kept.sizes
    ]


def _growth(cost: dict[Turn, Cost], sizes: Sequence[int]) -> dict[Turn, float]:
    """By what power of the number of files each has grown since the size before."""
    names = {name for name, _ in cost}
    return {
        (name, large): math.log(ratio(cost[name, large], cost[name, small]).typical) / math.log(large / small)
        for name in names
        for small, large in pairwise(sizes)
    }
