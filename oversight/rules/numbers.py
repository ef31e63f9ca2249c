"""What files and outcomes are called: two kinds of name, neither of which betrays the other."""

import re
import unicodedata

# No vowels, so that no reference is a word, nor L, which is read as 1.
REFERENCE_LETTERS = "BCDFGHJKMNPQRSTVWXZ"
REFERENCE_LENGTH = 8
REFERENCE_BYTES = 16

FILE_NUMBER = re.compile(r"(\d{4})\s*[-–—/\s]\s*(\d{1,9})", re.ASCII)
REFERENCE = re.compile(f"[{REFERENCE_LETTERS}]{{{REFERENCE_LENGTH}}}")


def file_number(year: int, sequence: int) -> str:
    """Return a file's number, "2026-00042"; past 99,999 in a year it grows wider."""
    return f"{year:04}-{sequence:05}"


def read_file_number(text: str) -> str | None:
    """Return the number someone typed ("2026-42", "2026/00042") as files carry it; None if it is not one."""
    found = FILE_NUMBER.fullmatch(unicodedata.normalize("NFKC", text[:100]).strip())
    return file_number(int(found[1]), int(found[2])) if found else None


def new_reference(random_bytes: bytes) -> str:
    """Name an outcome "BKTQ-RMWX": eight letters from 16 random bytes, made from nothing on the file.

    There are 17 thousand million, so two are the same once in many years of an office's outcomes; the
    table's unique index notices, and another is drawn.
    """
    if len(random_bytes) != REFERENCE_BYTES:
        raise ValueError(f"A reference is made of {REFERENCE_BYTES} random bytes.")
    number = int.from_bytes(random_bytes, "big")
    letters = []
    for _ in range(REFERENCE_LENGTH):
        # 2¹²⁸ is so much more than 19⁸ that the remainders favour no letter anyone could measure.
        number, place = divmod(number, len(REFERENCE_LETTERS))
        letters.append(REFERENCE_LETTERS[place])
    return _halved("".join(letters))


def read_reference(text: str) -> str | None:
    """Return the reference someone typed ("bktq rmwx") as outcomes carry it; None if it is not one."""
    letters = "".join(each for each in text[:100].upper() if each.isalnum())
    return _halved(letters) if REFERENCE.fullmatch(letters) else None


def _halved(letters: str) -> str:
    return f"{letters[:4]}-{letters[4:]}"
