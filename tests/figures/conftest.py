"""What is tried at random here is tried as often as in `tests/torture`."""

from tests.torture.conftest import times

__all__ = ["times"]
