"""The words at the rows and columns of a table, and the order in which they stand."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from oversight.figures.coding import NO_CODE, Came, Coded
from oversight.kit.i18n import t
from oversight.rules.words import N_


@dataclass(frozen=True)
class Word:
    """A word of a row or a column: marked for translation, or left as it is.

    Another office's `is_own`: an export may hold any text, so one that few files use is not for everyone.
    """

    text: str
    is_marked: bool = True
    is_own: bool = False

    def said(self) -> str:
        """The word in the language spoken now."""
        return t(self.text) if self.is_marked else self.text


@lru_cache(maxsize=1024)
def as_it_is(text: object) -> Word:
    """A word that no language changes: a year, a number."""
    return Word(str(text), is_marked=False)


@lru_cache(maxsize=1024)
def own_word(text: str) -> Word:
    """A word of another office, as it stands in its export."""
    return Word(text, is_marked=False, is_own=True)


SEVERAL = Word(N_("several"))
NONE_GIVEN = Word(N_("none given"))
ON_HOLD = Word(N_("On hold"))
NONE_ALLEGED = Word(N_("none alleged"))
NOT_KNOWN = Word(N_("not known"))
NOT_MAPPED = Word(N_("not mapped"))
NOT_CODED = Word(N_("not coded yet"))
OTHER_WORDS = Word(N_("words used rarely"))
LAST = (NOT_MAPPED, SEVERAL, NOT_CODED, NOT_KNOWN, NONE_ALLEGED, NONE_GIVEN)
"""What always stands after every other word, in this order."""

CAME: Mapping[Came, Word] = {
    Came.SUSTAINED: Word(N_("sustained")),
    Came.PENDING: Word(N_("pending")),
    Came.NOT_SUSTAINED: Word(N_("not sustained")),
}


def word_of(coded: Coded, labels: Mapping[str, str], *, nothing: Word) -> Word:
    """The word of something coded; `nothing` where there is neither another office's word nor our code."""
    if coded.own is not None:
        return NOT_MAPPED if coded.own == NO_CODE else own_word(coded.own)
    return nothing if coded.code is None else Word(labels.get(coded.code, coded.code))


def race_of(given: Collection[Word]) -> Word:
    """Where a complaint stands, by the distinct races given among those who complained."""
    return SEVERAL if len(given) > 1 else next(iter(given), NONE_GIVEN)


def ordered(words: Iterable[Word], ours: Iterable[str]) -> tuple[Word, ...]:
    """Words in the order of a table: another office's by the alphabet, ours as the rulebook has them.

    Never by their counts, for that would tell which of two hidden numbers is the greater. LAST comes last.
    """
    places = {label: place for place, label in enumerate(ours)}

    def place(word: Word) -> tuple[int, int, list[tuple[int, str]]]:
        if word in LAST:
            return 2, LAST.index(word), []
        return int(word.is_marked), places.get(word.text, len(places)), _alphabetic(word.text)

    return tuple(sorted(words, key=place))


def _alphabetic(text: str) -> list[tuple[int, str]]:
    """What sorts a text by letters, and the numbers in it by their size."""
    parts = re.split(r"(\d+)", text.casefold())
    return [(int(part), "") if part.isdecimal() and part.isascii() else (-1, part) for part in parts]
