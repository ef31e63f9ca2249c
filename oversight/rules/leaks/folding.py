"""Text without case, accents and invisible signs, in which every character still knows where it came from."""

import re
import unicodedata
from functools import cached_property, lru_cache
from typing import NamedTuple

# Letters that Unicode does not take apart into a plain letter and a mark.
PLAIN = str.maketrans(
    {"æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ħ": "h", "ı": "i", "ŋ": "n"}
)
APOSTROPHES = frozenset("'’‘ʼʻ`´′＇")
WORD = re.compile(r"[^\W\d_]+|\d+")

FARTHEST = 3
"""How many signs may stand between two words of one name ("Cruz, Rosa", "**Rosa** Cruz"), spaces apart."""


class Span(NamedTuple):
    """Where something stands in the text as it was written: from `start` to before `end`, in characters."""

    start: int
    end: int


class Word(NamedTuple):
    """A run of letters or of digits, folded. `start` and `end` are its place in the folded text."""

    text: str
    start: int
    end: int
    capital: bool
    """Not written with a small first letter; true for scripts that have none."""
    dotted: bool
    near: bool
    """Close enough to the word before to be one name with it."""


class Folded:
    """A text made comparable: small letters without accents, one kind of dash, apostrophe and digit."""

    def __init__(self, written: str) -> None:
        self.written = written
        pieces = [(_plain(character), place) for place, character in enumerate(written)]
        self.text = "".join(piece for piece, _ in pieces)
        self._places = [place for piece, place in pieces for _ in piece]

    def span(self, start: int, end: int) -> Span:
        """Return where a stretch of the folded text stands in the written one."""
        return Span(self._places[start], self._places[end - 1] + 1)

    @cached_property
    def words(self) -> list[Word]:
        """The words in order. An apostrophe or a dash parts two words, so Smith's is "smith", "s"."""
        found: list[Word] = []
        for match in WORD.finditer(self.text):
            start, end = match.span()
            gap = self.text[found[-1].end : start] if found else ""
            found.append(
                Word(
                    text=match.group(),
                    start=start,
                    end=end,
                    capital=not self.written[self._places[start]].islower(),
                    dotted=self.text.startswith(".", end),
                    near=bool(found) and len(gap.strip()) <= FARTHEST,
                )
            )
        return found


@lru_cache(maxsize=4096)
def _plain(character: str) -> str:
    if character.isdecimal():
        return str(unicodedata.decimal(character))
    if character in APOSTROPHES:
        return "'"
    taken_apart = unicodedata.normalize("NFKD", character).casefold().translate(PLAIN)
    return "".join(_sign(part) for part in taken_apart)


def _sign(part: str) -> str:
    """Drop marks and invisible signs (soft hyphens, direction marks); make every dash the same."""
    category = unicodedata.category(part)
    if category in ("Mn", "Me", "Cf"):
        return ""
    return "-" if category == "Pd" or part == "−" else part
