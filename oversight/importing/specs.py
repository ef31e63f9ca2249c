"""A field spec of a mapping, checked: where a value comes from, and how its cell is read."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class FieldKind(StrEnum):
    """What a field holds: free text, a short word, one of our codes, several of them, a day, a number."""

    TEXT = "text"
    WORD = "word"
    CODE = "code"
    CODES = "codes"
    DATE = "date"
    NUMBER = "number"


Meant = str | tuple[str, ...]
"""What an own word means: one of our words, "" for none, or several."""


@dataclass(frozen=True)
class FieldSpec:
    """Where one field's value comes from, and how a cell is read.

    `values` and `blank` have their words as `folded` leaves them. `keeps_own` tells that the office's own
    word stays beside the value, so that a word without an equivalent is not lost. `born` tells that the cell
    has a year or day of birth, from which an age is reckoned.
    """

    name: str
    kind: FieldKind
    columns: tuple[str, ...] = ()
    join: str = " "
    constant: str | None = None
    match: re.Pattern[str] | None = None
    dates: tuple[str, ...] = ("%Y-%m-%d",)
    years_until: int = date.max.year
    latest: date = date.max
    values: Mapping[str, Meant] | None = None
    otherwise: str | None = None
    codes: frozenset[str] = frozenset()
    blank: frozenset[str] = frozenset()
    whole_number: tuple[int, int] = (0, 120)
    split: str = ""
    born: bool = False
    keeps_own: bool = False


def folded(word: str) -> str:
    """A word as it is compared: without regard to case and outer spaces."""
    return word.strip().casefold()
