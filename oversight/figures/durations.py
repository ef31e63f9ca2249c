"""How long things took: the middle of many lengths, and the length that most of them stay within."""

from collections.abc import Sequence
from math import ceil
from statistics import median

__all__ = ["median", "nearest_rank"]


def nearest_rank(ordered: Sequence[int], percent: int) -> int:
    """The value that `percent` of an ascending, non-empty list do not exceed, by the nearest-rank method.

    It is the ⌈percent/100 × n⌉th value: always one that occurred, never one between two.
    """
    return ordered[ceil(percent * len(ordered) / 100) - 1]
