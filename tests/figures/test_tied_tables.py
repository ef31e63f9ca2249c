"""Tables of the same files side by side, read by somebody who puts them together."""

import numpy as np

from tests.figures.tied_tables import tied_office


def test_tables_that_are_protected_one_by_one_are_found_out() -> None:
    """The reader of these tests finds what is there to be found."""
    chance = np.random.default_rng(12)
    found = 0
    for _ in range(6):
        office = tied_office(chance)
        office.publish("2015-H1", together=False)
        found += bool(office.told())
    assert found >= 2
