"""What is said to keep two steps apart does so: its guards are contrary, its steps are the table's."""

from collections.abc import Iterator
from itertools import product

import pytest

from oversight.rules.facts import Facts, Window
from oversight.rules.guards import Guard
from tests.torture.pairs import CONTRARY, NEVER, NEVER_BOTH, pairs_in
from tests.torture.situations import table


def every_file() -> Iterator[Facts]:
    """Every picture of a file that these guards can tell apart."""
    no_or_yes = (False, True)
    for holds, window in product((0, 1, 2), Window):
        for held, withdrawal, waits in product(no_or_yes, no_or_yes, no_or_yes):
            yield Facts(
                "assessment",
                open_holds=holds,
                window=window,
                file_held=held,
                withdrawal_undecided=withdrawal,
                waits_for_adoption=waits,
            )


@pytest.mark.parametrize(("one", "other"), CONTRARY, ids=[one.name for one, _ in CONTRARY])
def test_contrary_guards_never_both_hold_though_each_may(one: Guard, other: Guard) -> None:
    held = {(one(facts), other(facts)) for facts in every_file()}
    assert held == {(True, False), (False, True)}


def test_what_is_never_done_stands_in_the_table() -> None:
    pairs = {(state.slug, *pair) for state in table().states for pair in pairs_in(table(), state.slug)}
    assert pairs >= NEVER_BOTH.keys()
    assert {(state, one) for state, one, other in pairs if one == other} >= NEVER.keys()
