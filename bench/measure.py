"""Timing: workloads take turns, so that a machine's moods fall on all of them alike."""

import gc
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from statistics import median

Work = Callable[[], object]


@dataclass(frozen=True)
class Cost:
    """What one workload cost: CPU seconds of this process for one call, one figure a round."""

    rounds: tuple[float, ...]

    @property
    def typical(self) -> float:
        """The median round."""
        return median(self.rounds)


@dataclass(frozen=True)
class Ratio:
    """One cost in units of another, round by round: the median, and the least and most of the middle half."""

    typical: float
    least: float
    most: float


def take_turns(work: Mapping[str, Work], *, rounds: int, calls: Mapping[str, int]) -> dict[str, Cost]:
    """Call each workload `calls` times a round, in turn, after one round that is not counted."""
    spent: dict[str, list[float]] = {name: [] for name in work}
    for number in range(rounds + 1):
        for name, call in work.items():
            each = _cpu(call, calls.get(name, 1))
            if number:
                spent[name].append(each)
    return {name: Cost(tuple(figures)) for name, figures in spent.items()}


def ratio(cost: Cost, floor: Cost) -> Ratio:
    """Hold a cost against a floor measured beside it."""
    ratios = sorted(mine / theirs for mine, theirs in zip(cost.rounds, floor.rounds, strict=True))
    quarter = len(ratios) // 4
    return Ratio(median(ratios), ratios[quarter], ratios[-1 - quarter])


def _cpu(call: Work, times: int) -> float:
    gc.collect()
    began = time.process_time()
    for _ in range(times):
        call()
    return (time.process_time() - began) / times
