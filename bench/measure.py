"""Timing: workloads take turns, so that a machine's moods fall on all of them alike."""

import gc
import time
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from statistics import median
from typing import TypeVar

Work = Callable[[], object]
Clock = Callable[[], float]
Name = TypeVar("Name", bound=Hashable)


@dataclass(frozen=True)
class Cost:
    """What one workload cost: CPU seconds for one call, one figure a round."""

    rounds: tuple[float, ...]
    """Of this process."""
    elsewhere: tuple[float, ...]
    """Of the database's own processes."""

    @property
    def typical(self) -> float:
        """The median round."""
        return median(self.rounds)

    @property
    def typical_elsewhere(self) -> float:
        """The median round of the database's own processes."""
        return median(self.elsewhere)

    @property
    def in_all(self) -> list[float]:
        """Both together, round by round."""
        return [here + there for here, there in zip(self.rounds, self.elsewhere, strict=True)]


@dataclass(frozen=True)
class Ratio:
    """One cost in units of another, round by round: the median, and the least and most of the middle half."""

    typical: float
    least: float
    most: float


def figure(*measured: float) -> Ratio:
    """What is no ratio, such as seconds: the median, the least and the most."""
    return Ratio(median(measured), min(measured), max(measured))


def take_turns(
    work: Mapping[Name, Work], *, rounds: int, calls: Mapping[Name, int], elsewhere: Clock = float
) -> dict[Name, Cost]:
    """Call each workload `calls` times a round, in turn, after one round that is not counted.

    `elsewhere` tells how many CPU seconds other processes have spent on our behalf so far.
    """
    here: dict[Name, list[float]] = {name: [] for name in work}
    there: dict[Name, list[float]] = {name: [] for name in work}
    for number in range(rounds + 1):
        for name, call in work.items():
            ours, theirs = _cpu(call, calls.get(name, 1), elsewhere)
            if number:
                here[name].append(ours)
                there[name].append(theirs)
        if not number:
            # As serving does: the collector does not look again and again through what stays for good.
            gc.collect()
            gc.freeze()
    gc.unfreeze()
    return {name: Cost(tuple(here[name]), tuple(there[name])) for name in work}


def ratio(cost: Cost, floor: Cost) -> Ratio:
    """Hold a cost against a floor measured beside it: this process's CPU and the database's together."""
    ratios = sorted(mine / theirs for mine, theirs in zip(cost.in_all, floor.in_all, strict=True))
    quarter = len(ratios) // 4
    return Ratio(median(ratios), ratios[quarter], ratios[-1 - quarter])


def _cpu(call: Work, times: int, elsewhere: Clock) -> tuple[float, float]:
    gc.collect()
    there = elsewhere()
    began = time.process_time()
    for _ in range(times):
        call()
    return (time.process_time() - began) / times, (elsewhere() - there) / times
