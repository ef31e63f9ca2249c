"""Receipt codes: written, misheard, mistyped, and never guessed."""

import hashlib
import secrets

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from oversight.rules.receipts import ALPHABET, PLACES, BadReceipt, Fault, digest, new_code, normalise

randoms = st.binary(min_size=15, max_size=15)
places = st.integers(0, PLACES - 1)
CODE = new_code(bytes(range(1, 16)))


def fault(text: str) -> Fault:
    with pytest.raises(BadReceipt) as refused:
        normalise(text)
    return refused.value.reason


def test_a_code_is_five_groups_of_five_without_letters_that_are_misheard() -> None:
    assert [len(group) for group in CODE.split("-")] == [5] * 5
    assert len(ALPHABET) == len(set(ALPHABET)) == 32
    assert not set("ILOU") & set(ALPHABET)


def test_this_code_stays_what_it_was_as_receipts_are_on_paper() -> None:
    assert CODE == "04106-1050R-3GG28-A1C60-T3GFZ"
    assert digest(CODE) == hashlib.sha256(CODE.encode()).digest()


@given(randoms)
def test_every_code_is_sound(random: bytes) -> None:
    assert normalise(new_code(random)) == new_code(random)


@given(randoms, randoms)
def test_different_bits_make_different_codes(one: bytes, other: bytes) -> None:
    assert (new_code(one) == new_code(other)) == (one == other)


@given(randoms, places, st.sampled_from(ALPHABET))
def test_any_one_wrong_character_is_noticed(random: bytes, place: int, wrong: str) -> None:
    code = list(new_code(random).replace("-", ""))
    assume(code[place] != wrong)
    code[place] = wrong
    assert fault("".join(code)) is Fault.MISTYPED


@given(randoms, places, places)
def test_any_two_characters_swapped_are_noticed(random: bytes, one: int, other: int) -> None:
    code = list(new_code(random).replace("-", ""))
    assume(code[one] != code[other])
    code[one], code[other] = code[other], code[one]
    assert fault("".join(code)) is Fault.MISTYPED


@given(randoms, places)
def test_a_character_left_out_or_said_twice_is_noticed(random: bytes, place: int) -> None:
    code = new_code(random).replace("-", "")
    assert fault(code[:place] + code[place + 1 :]) is Fault.TOO_SHORT
    assert fault(code[:place] + code[place] + code[place:]) is Fault.TOO_LONG


@pytest.mark.parametrize(
    "typed",
    [
        CODE.lower(),
        CODE.replace("-", ""),
        CODE.replace("-", " – "),
        " ".join(CODE),
        f"\u202a{CODE}\u202c\r\n",
        CODE.replace("0", "O").replace("1", "I"),
        CODE.replace("0", "o").replace("1", "l"),
        "".join(chr(ord(each) + 0xFEE0) for each in CODE),
        CODE.translate({ord("0") + digit: ord("٠") + digit for digit in range(10)}),
        f"“{CODE}.”",
    ],
    ids=[
        "small", "in one", "dashes", "spelled", "copied", "capital O and I", "small o and l", "full-width",
        "Arabic digits", "quoted",
    ],
)  # fmt: skip
def test_a_code_is_read_however_it_was_typed(typed: str) -> None:
    assert normalise(typed) == CODE
    assert digest(typed) == digest(CODE)


@pytest.mark.parametrize(
    "typed, reason",
    [
        ("", Fault.EMPTY),
        (" \n-\u200e", Fault.EMPTY),
        ("2026-00042", Fault.TOO_SHORT),
        (CODE + "0", Fault.TOO_LONG),
        ("0" * 10_000_000, Fault.TOO_LONG),
        ("U" + CODE[1:], Fault.STRANGE),
        ("é" + CODE[1:], Fault.STRANGE),
        ("\ufdfa" * 200, Fault.STRANGE),
    ],
)
def test_what_cannot_be_a_code_is_refused_with_what_to_do(typed: str, reason: Fault) -> None:
    assert fault(typed) is reason


@given(st.text(max_size=300))
def test_any_text_that_is_no_code_is_refused_in_words(text: str) -> None:
    assert fault(text) in Fault


@pytest.mark.parametrize("size", [0, 14, 16])
def test_a_code_needs_exactly_its_120_bits(size: int) -> None:
    with pytest.raises(ValueError, match="15 random bytes"):
        new_code(secrets.token_bytes(size))
