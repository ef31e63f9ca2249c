"""Small numbers stay hidden in tables, editions and sets of tables at random, from a reader written apart."""

from collections.abc import Callable

import numpy as np
import pytest

from oversight.figures.disclosure.suppression import protect
from oversight.reports.late_lists import Before, safely_told
from tests.figures.attacker import printed, slack, truth
from tests.figures.test_editions import assert_no_slight_change, random_office
from tests.figures.test_editions import run as published
from tests.figures.test_suppression import FLOOR, THRESHOLD, random_table, small_ones
from tests.figures.tied_tables import SEQUENCES, TURN_OF_THE_YEAR, TURNS, tied_office
from tests.reports.late_office import LAST, RULE, given_away, late_office
from tests.reports.late_sequences import SEQUENCES as LATE_SEQUENCES
from tests.reports.late_sequences import late_year, told
from tests.torture.conftest import Times

Record = Callable[[str, object], None]
SEEDS = range(4)
"""So many tests share each count."""


@pytest.mark.parametrize("seed", SEEDS)
def test_no_hidden_number_can_be_told(seed: int, times: Times, record_property: Record) -> None:
    chance = np.random.default_rng(seed)
    widths: list[int] = []
    unprintable, count = 0, times(20, 250, 2500)
    for table in (random_table(chance) for _ in range(count)):
        shown = protect(table)
        read, numbers = printed(shown), truth(table)
        assert shown.hidden == np.isnan(read).sum()
        if not shown.printable:
            assert shown.hidden == numbers.size
            unprintable += 1
            continue
        assert (read == numbers)[~np.isnan(read)].all()
        assert np.isnan(read[small_ones(numbers)]).all()
        assert (read[numbers == 0] == 0).all()
        told = slack(table, shown, told=True, threshold=THRESHOLD, enough=FLOOR)
        assert not [place for place, width in told.items() if width < FLOOR], table
        untold = slack(table, shown, told=False, threshold=THRESHOLD, enough=THRESHOLD)
        widths += untold.values()
    assert min(widths) >= FLOOR
    assert np.mean(np.array(widths) >= THRESHOLD) > 0.9
    assert unprintable <= 2 + count / 8
    record_property("torture", f"{count} tables, {len(widths)} hidden numbers: 0 recovered.")


@pytest.mark.parametrize("seed", SEEDS)
def test_no_sequence_of_editions_tells_a_small_number(
    seed: int, times: Times, record_property: Record
) -> None:
    """Quarters, half-years and years in any order, some of them corrected."""
    chance = np.random.default_rng(1000 + seed)
    refused = unprintable = editions = 0
    count = times(3, 50, 500)
    for _ in range(count):
        office = random_office(chance)
        no, empty = published(office, chance)
        refused, unprintable, editions = refused + no, unprintable + empty, editions + len(office.printed)
        assert office.exposed(told=True) == {}
        assert_no_slight_change(office)
    assert refused + unprintable <= 3 + editions / 3
    record_property("torture", f"{count} sequences of {editions} editions: 0 recovered.")


@pytest.mark.parametrize("seed", SEEDS)
def test_no_set_of_tied_tables_tells_a_small_number(seed: int, times: Times, record_property: Record) -> None:
    """A dozen tables of the same files in one edition or two."""
    chance = np.random.default_rng(2000 + seed)
    hidden, count = 0, times(3, 50, 500)
    for _ in range(count):
        office = tied_office(chance)
        for period in SEQUENCES[chance.integers(len(SEQUENCES))]:
            office.publish(period)
        assert office.told() == {}
        hidden += len(office.shelf.hidden)
    record_property("torture", f"{count} sets of tied tables, {hidden} hidden numbers: 0 recovered.")


@pytest.mark.parametrize("seed", SEEDS[:2])
def test_no_editions_at_the_turn_of_the_year_tell_a_small_number(
    seed: int, times: Times, record_property: Record
) -> None:
    """What one year ends with is what the next begins with."""
    chance = np.random.default_rng(5000 + seed)
    hidden, count = 0, times(1, 50, 500)
    for _ in range(count):
        office = tied_office(chance, TURN_OF_THE_YEAR)
        for period in TURNS[chance.integers(len(TURNS))]:
            office.publish(period)
        assert office.told() == {}
        hidden += len(office.shelf.hidden)
    record_property("torture", f"{count} turns of the year, {hidden} hidden numbers: 0 recovered.")


@pytest.mark.parametrize("seed", SEEDS)
def test_no_list_of_late_files_tells_a_small_number(seed: int, times: Times, record_property: Record) -> None:
    """Beside what is shown of open files by stage and age, and of deadlines by whether they were kept."""
    chance = np.random.default_rng(3000 + seed)
    listed, count = 0, times(1, 50, 500)
    for _ in range(count):
        office = late_office(chance)
        told = safely_told(office.files, LAST, RULE, office.said, Before({})) or []
        assert given_away(office, told) == {}
        listed += len(told)
    record_property("torture", f"{count} lists of {listed} late files beside two tables: 0 recovered.")


@pytest.mark.parametrize("seed", SEEDS[:2])
def test_no_lists_of_several_editions_tell_a_small_number(
    seed: int, times: Times, record_property: Record
) -> None:
    """Of days near one another, beside the tables of them all."""
    chance = np.random.default_rng(4000 + seed)
    listed, count = 0, times(1, 40, 400)
    for _ in range(count):
        office = late_year(chance)
        for period in LATE_SEQUENCES[chance.integers(len(LATE_SEQUENCES))]:
            office.publish(period)
        assert told(office) == []
        listed += len(office.lists)
    record_property("torture", f"{count} sequences of {listed} lists of late files: 0 recovered.")
