"""Panels: drawn by a lot that can be drawn again, deciding by more than half."""

import hashlib
import hmac
from collections import Counter
from random import Random
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oversight.rules.panels import TooFewReviewers, draw, majority

PEOPLE = [UUID(int=number) for number in range(1, 11)]
SEED = bytes(range(32))
people = st.lists(st.uuids(), min_size=4, max_size=20, unique=True)
seeds = st.binary(min_size=16, max_size=32)


@given(people, seeds, st.randoms(use_true_random=False))
def test_the_same_seed_draws_the_same_panel_from_the_same_people_in_any_order(
    candidates: list[UUID], seed: bytes, shuffler: Random
) -> None:
    shuffled = shuffler.sample(candidates, len(candidates))
    assert draw(candidates, 3, 1, seed) == draw(shuffled, 3, 1, seed)


@given(people, seeds)
def test_nobody_sits_twice_and_nobody_comes_from_outside(candidates: list[UUID], seed: bytes) -> None:
    drawn = draw([*candidates, candidates[0]], 3, 2, seed)
    everyone = drawn.seated + drawn.substitutes
    assert len(drawn.seated) == 3
    assert len(everyone) == len(set(everyone)) == min(5, len(candidates))
    assert set(everyone) <= set(candidates)


@given(people, seeds)
def test_when_someone_is_shut_out_the_others_move_up_in_order(candidates: list[UUID], seed: bytes) -> None:
    first = draw(candidates, 2, 2, seed)
    gone = first.seated[0]
    again = draw([person for person in candidates if person != gone], 2, 1, seed)
    assert again.seated + again.substitutes == (first.seated + first.substitutes)[1:]


def test_the_lot_is_as_documented_so_that_others_can_check_it() -> None:
    lots = sorted(PEOPLE, key=lambda person: hmac.new(SEED, person.bytes, hashlib.sha256).hexdigest())
    drawn = draw(PEOPLE, 3, 2, SEED)
    assert list(drawn.seated) == lots[:3]
    assert list(drawn.substitutes) == lots[3:5]


def test_everyone_is_drawn_about_as_often() -> None:
    seated = Counter(
        person for number in range(3000) for person in draw(PEOPLE, 3, 0, number.to_bytes(16, "big")).seated
    )
    # 900 expected for each of the ten; the bounds are five standard deviations wide.
    assert all(775 < seated[person] < 1025 for person in PEOPLE)


def test_too_few_for_the_seats_is_an_error_and_too_few_substitutes_are_not() -> None:
    assert draw(PEOPLE[:3], 3, 2, SEED).substitutes == ()
    with pytest.raises(TooFewReviewers):
        draw(PEOPLE[:2], 3, 0, SEED)
    with pytest.raises(TooFewReviewers):
        draw([PEOPLE[0]] * 3, 3, 0, SEED)


def test_a_seed_that_could_be_guessed_is_refused() -> None:
    with pytest.raises(ValueError, match="random bytes"):
        draw(PEOPLE, 3, 1, b"short")


FORCE, DUTY = UUID(int=101), UUID(int=102)


def found(*seats: dict[UUID, str]) -> dict[UUID, str | None]:
    return majority(dict(zip(PEOPLE, seats, strict=False)))


def test_more_than_half_decide_each_allegation_on_its_own() -> None:
    assert found(
        {FORCE: "sustained", DUTY: "unfounded"},
        {FORCE: "sustained", DUTY: "sustained"},
        {FORCE: "unfounded", DUTY: "not_sustained"},
    ) == {FORCE: "sustained", DUTY: None}


def test_half_is_not_a_majority() -> None:
    assert found({FORCE: "sustained"}, {FORCE: "unfounded"}) == {FORCE: None}
    assert found({FORCE: "a"}, {FORCE: "a"}, {FORCE: "b"}, {FORCE: "b"}) == {FORCE: None}


def test_a_silent_seat_still_counts() -> None:
    assert found({FORCE: "sustained"}, {}) == {FORCE: None}
    assert found({FORCE: "sustained"}, {FORCE: "sustained"}, {}) == {FORCE: "sustained"}


def test_one_seat_alone_is_a_majority_and_no_seat_finds_nothing() -> None:
    assert found({FORCE: "sustained"}) == {FORCE: "sustained"}
    assert found() == {}
