"""File numbers and outcome references: read as people type them, and never one from the other."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oversight.rules.numbers import file_number, new_reference, read_file_number, read_reference


@given(st.integers(1000, 9999), st.integers(1, 999_999_999))
def test_a_file_number_is_read_as_it_was_written(year: int, sequence: int) -> None:
    assert read_file_number(file_number(year, sequence)) == file_number(year, sequence)


@pytest.mark.parametrize(
    "typed", ["2026-42", " 2026-00042 ", "2026/42", "2026 42", "2026 – 00042", "２０２６-４２"]
)
def test_a_file_number_is_found_however_it_is_typed(typed: str) -> None:
    assert read_file_number(typed) == "2026-00042"


@pytest.mark.parametrize(
    "typed", ["", "42", "202600042", "2026-", "2026-4b", "Smith", "2026-" + "1" * 10, "²026-1x"]
)
def test_what_is_not_a_file_number_is_not_read(typed: str) -> None:
    assert read_file_number(typed) is None


def test_a_busy_year_grows_wider() -> None:
    assert file_number(2026, 123_456) == "2026-123456"


@given(st.binary(min_size=16, max_size=16))
def test_a_reference_is_read_however_it_is_typed(random: bytes) -> None:
    reference = new_reference(random)
    assert read_reference(reference) == reference
    assert read_reference(f" {reference.lower().replace('-', ' ')} ") == reference


@given(st.binary(min_size=16, max_size=16))
def test_a_reference_has_no_digit_and_no_vowel(random: bytes) -> None:
    first, second = new_reference(random).split("-")
    assert len(first) == len(second) == 4
    assert not set(first + second) & set("0123456789AEIOUL")


def test_each_letter_comes_from_the_bytes() -> None:
    assert len({new_reference(number.to_bytes(16, "big")) for number in range(5000)}) == 5000


@pytest.mark.parametrize("typed", ["", "2026-00042", "BKTQ", "BKTQ-RMWXZ", "BKTA-RMWX"])
def test_what_is_not_a_reference_is_not_read(typed: str) -> None:
    assert read_reference(typed) is None


def test_a_reference_is_made_of_enough_randomness() -> None:
    with pytest.raises(ValueError, match="16 random bytes"):
        new_reference(b"2026")
