"""Receipt codes: what lets someone follow a complaint without an account, even by telephone.

A code is 24 characters of 5 random bits and one that checks them, written in five groups of five:
7K3QM-0ZT9C-…. The 32 characters are the digits and the letters without I, L, O and U, so that none is
heard or read as another. The check character lies in the same alphabet, so nobody has to say a "$".

The check. Take the characters as elements of the field GF(32), in which adding is XOR and doubling is a
shift, reduced by x⁵ + x² + 1. Each of the 25 places has its own power of 2 as its weight, from 2²⁴ down to
1 for the check, and a sound code sums to zero. Weights are never zero, so one wrong character changes the
sum; powers of 2 differ for 31 places, so swapping any two different characters, near or far, changes it too.
"""

import hashlib
import unicodedata
from enum import StrEnum

from oversight.rules.words import N_

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
RANDOM_BYTES = 15
PLACES = 25
GROUP = 5
FIELD = 0b100101
"""The polynomial x⁵ + x² + 1, whose root 2 has 31 different powers."""

MEANT = str.maketrans({"O": "0", "I": "1", "L": "1"})
LONGEST_TYPED = 200
"""Long enough for any way of spacing a code out; anything longer is not read at all."""


class Fault(StrEnum):
    """What is wrong with a code, in words that help to put it right."""

    EMPTY = N_("Enter your receipt code.")
    TOO_SHORT = N_("A receipt code has 25 letters and digits. Some are missing.")
    TOO_LONG = N_("A receipt code has 25 letters and digits. There are too many here.")
    STRANGE = N_("A receipt code has only digits and letters, and never the letter U. Please check each one.")
    MISTYPED = N_("Something in this code is mistyped. Please compare it with your receipt, group by group.")


class BadReceipt(ValueError):
    """The text cannot be a receipt code. Whether a sound code exists is never said here."""

    def __init__(self, reason: Fault) -> None:
        super().__init__(str(reason))
        self.reason = reason


def new_code(random_bytes: bytes) -> str:
    """Write 15 random bytes as a receipt code: "7K3QM-0ZT9C-…", 25 characters in groups of five."""
    if len(random_bytes) != RANDOM_BYTES:
        raise ValueError(f"A receipt code is made of {RANDOM_BYTES} random bytes.")
    bits = int.from_bytes(random_bytes, "big")
    values = [bits >> shift & 31 for shift in range(5 * (PLACES - 2), -1, -5)]
    # The sum so far, moved one place on, is what the check has to cancel; adding twice is zero.
    values.append(_doubled(_sum(values)))
    return _grouped("".join(ALPHABET[value] for value in values))


def normalise(text: str) -> str:
    """Return the code as `new_code` wrote it, from however it was typed; BadReceipt if it can't be one.

    Small letters, spaces, dashes and dots are all the same; O is read as 0, I and L as 1; digits may be
    full-width or another script's.
    """
    if len(text) > LONGEST_TYPED:
        raise BadReceipt(Fault.TOO_LONG)
    code = "".join(_character(typed) for typed in unicodedata.normalize("NFKC", text)).translate(MEANT)
    if not code:
        raise BadReceipt(Fault.EMPTY)
    if not set(code) <= set(ALPHABET):
        raise BadReceipt(Fault.STRANGE)
    if len(code) != PLACES:
        raise BadReceipt(Fault.TOO_SHORT if len(code) < PLACES else Fault.TOO_LONG)
    if _sum([ALPHABET.index(character) for character in code]):
        raise BadReceipt(Fault.MISTYPED)
    return _grouped(code)


def digest(code: str) -> bytes:
    """Return what is stored in place of a code: its SHA-256, however it was typed.

    Slow, salted hashing protects secrets that people choose. Nobody can try 2¹²⁰ codes, whatever one try
    costs, and a plain digest is found with one indexed look-up.
    """
    return hashlib.sha256(normalise(code).encode("ascii")).digest()


def _character(typed: str) -> str:
    """Return one typed character in our alphabet; nothing for spacing, and a strange one as it is."""
    if typed.isdecimal():
        return str(unicodedata.decimal(typed))
    # Z: spaces; P: dashes and dots; C: line ends, and the direction marks that come along with a copied code.
    return "" if unicodedata.category(typed)[0] in "ZPC" else typed.upper()


def _grouped(code: str) -> str:
    return "-".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))


def _doubled(element: int) -> int:
    element <<= 1
    return element ^ FIELD if element & 32 else element


def _sum(values: list[int]) -> int:
    """Weigh and add up: the last place counts once, the one before it twice, and so on in powers of 2."""
    total = 0
    for value in values:
        total = _doubled(total) ^ value
    return total
