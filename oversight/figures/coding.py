"""What counting gives back: what came of a complaint, and words that are our codes or another office's."""

from enum import IntEnum
from typing import NamedTuple


class Came(IntEnum):
    """What came of a complaint. Of its allegations' values, the greatest is the complaint's."""

    PENDING = 0
    NOT_SUSTAINED = 1
    SUSTAINED = 2


class Coded(NamedTuple):
    """A word about an allegation: another office's own, else our code, else none."""

    own: str | None
    code: str | None


NO_CODE = ""
"""Stands where ours was wanted, and none of our codes was chosen for the other office's word."""
