"""How often each thing is tried: a few times with all the tests, as often as it takes in `make torture`.

A test says at its end what it counted, by `record_property("torture", "a sentence with figures")`.
"""

import os
from dataclasses import dataclass

import pytest


@dataclass(frozen=True)
class Times:
    """How long this run may take: `torture` is `make torture`, `full` the same with FULL=1."""

    torture: bool
    full: bool

    def __call__(self, few: int, many: int, most: int | None = None) -> int:
        """How often: `few` with all the tests, `many` in `make torture`, `most` with FULL=1."""
        if not self.torture:
            return few
        return most if self.full and most is not None else many


def times_of(config: pytest.Config) -> Times:
    """The counts of this run, for tests that are made from them."""
    return Times(config.getoption("torture"), os.environ.get("FULL") == "1")


@pytest.fixture
def times(request: pytest.FixtureRequest) -> Times:
    """How often this run tries things: `times(4, 50, 1000)`."""
    return times_of(request.config)
