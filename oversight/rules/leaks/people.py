"""The ways in which a person's name can stand in a text, as patterns of words."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import permutations
from typing import NamedTuple

from oversight.rules.leaks.folding import Folded, Word
from oversight.rules.leaks.ordinary_words import (
    DATE_WORDS,
    GRAMMAR,
    MONTHS,
    ORDINARY,
    PARTICLES,
    RANKS,
    SUFFIXES,
    TITLES,
)

# Written apart or together: McDonald, Mc Donald; O'Brien, OBrien; LaPorte, La Porte.
PREFIXES = PARTICLES | {"d", "fitz", "l", "mac", "mc", "o", "saint"}

# In small letters beside another word these make a sentence: "the mark may", "hope will".
MODALS = frozenset({"may", "will"})

# A capital beside a capital is an initial, except where it begins a sentence: "A Chief …", "I Will …".
WORDS_OF_ONE_LETTER = frozenset("aioy")

UMLAUTS = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"}
)


class Wanted(NamedTuple):
    """One word of a pattern: what it is, and whether it must be written like a name or an initial."""

    text: str
    capital: bool = False
    dotted: bool = False

    def fits(self, word: Word) -> bool:
        """Whether a word of the text is this one."""
        return (
            word.text == self.text and (word.capital or not self.capital) and (word.dotted or not self.dotted)
        )


Pattern = tuple[Wanted, ...]
"""Words that stand side by side."""


def patterns_of(name: str) -> set[Pattern]:
    """Return every pattern that gives this person away."""
    found: set[Pattern] = set()
    composed = unicodedata.normalize("NFC", name)
    for spelling in {composed, composed.translate(UMLAUTS)}:
        pieces = _pieces(spelling)
        parts = [part for piece in pieces for part in piece]
        found.update(_led(pieces), _side_by_side(parts))
        for piece in pieces:
            found.update(_together(piece))
        for place, part in enumerate(parts):
            found.update(_alone(part))
            if _is_weak(part):
                found.update(_addressed(part))
                found.update(_with_initials(part, parts[:place] + parts[place + 1 :]))
    return found


def matches(words: Sequence[Word], patterns: Iterable[Pattern]) -> Iterator[tuple[int, int]]:
    """Find the patterns among the words: from which word to before which, neighbours as one."""
    starting: dict[str, list[Pattern]] = {}
    for pattern in patterns:
        starting.setdefault(pattern[0].text, []).append(pattern)
    begun: tuple[int, int] | None = None
    for place, word in enumerate(words):
        fitting = [pattern for pattern in starting.get(word.text, ()) if _fits(pattern, words, place)]
        if not fitting:
            continue
        end = place + max(len(pattern) for pattern in fitting)
        if begun and (place < begun[1] or (place == begun[1] and word.near)):
            begun = (begun[0], max(begun[1], end))
            continue
        if begun:
            yield begun
        begun = (place, end)
    if begun:
        yield begun


def is_written_without_spaces(name: str) -> bool:
    """Whether a name is in a script such as Chinese, in which no space tells where a word ends."""
    return any(unicodedata.east_asian_width(character) == "W" for character in name)


def _fits(pattern: Pattern, words: Sequence[Word], place: int) -> bool:
    stretch = words[place : place + len(pattern)]
    if len(stretch) < len(pattern) or not all(word.near for word in stretch[1:]):
        return False
    if not all(wanted.fits(word) for wanted, word in zip(pattern, stretch, strict=True)):
        return False
    return len(pattern) > 1 or pattern[0].text not in MONTHS or not _is_month(words, place)


def _is_month(words: Sequence[Word], place: int) -> bool:
    before = words[place - 1].text if place else ""
    after = words[place + 1].text if place + 1 < len(words) else ""
    return before in DATE_WORDS or before.isdecimal() or after.isdecimal()


def _pieces(name: str) -> list[tuple[str, ...]]:
    """Split a name at its spaces, and each piece at its hyphens; drop what is no name: Dr, Constable, Jr."""
    split = [tuple(re.findall(r"[^\W\d_]+", piece)) for piece in re.split(r"[\s,;()\"]+", Folded(name).text)]
    pieces = [piece for piece in split if piece]
    while len(pieces) > 1 and pieces[0][0] in TITLES | RANKS:
        del pieces[0]
    return [piece for piece in pieces if piece[0] not in SUFFIXES] or pieces


def _is_weak(part: str) -> bool:
    """Whether a part says nothing by itself, not even with a capital: Black, Chief, Do."""
    return part in GRAMMAR | PARTICLES | RANKS


def _is_telling(part: str) -> bool:
    """Whether a part gives the person away however it is written."""
    return len(part) >= 3 and not _is_weak(part) and part not in ORDINARY


def _alone(part: str) -> Iterator[Pattern]:
    if len(part) < 2 or _is_weak(part):
        return
    if not _is_telling(part):
        yield (Wanted(part, capital=True),)
        return
    yield (Wanted(part),)
    yield (Wanted(part + "s", capital=True),)
    for prefix in PREFIXES:
        rest = part.removeprefix(prefix)
        if rest != part and len(rest) >= 4:
            yield (Wanted(prefix), Wanted(rest, capital=True))


def _together(piece: tuple[str, ...]) -> Iterator[Pattern]:
    """A piece with a hyphen or an apostrophe: its words side by side, or run together."""
    if len(piece) > 1:
        plainly = any(_is_telling(part) for part in piece)
        yield tuple(Wanted(part, capital=not plainly) for part in piece)
        yield from _alone("".join(piece))


def _led(pieces: list[tuple[str, ...]]) -> Iterator[Pattern]:
    """Small words with the surname they lead, apart or run together: de la Cruz, Delacruz."""
    for place, piece in enumerate(pieces):
        led = list(piece)
        for leader in reversed(pieces[:place]):
            if leader[0] not in PREFIXES or len(leader) > 1:
                break
            led = [leader[0], *led]
            yield (*(Wanted(word) for word in led[:-1]), Wanted(led[-1], capital=not _is_telling(led[-1])))
            if len("".join(led)) >= 5:
                yield (Wanted("".join(led)),)


def _side_by_side(parts: list[str]) -> Iterator[Pattern]:
    """Parts that are not telling alone: any two with capitals, in either order; the whole name without."""
    doubtful = [part for part in parts if len(part) > 1 and not _is_telling(part)]
    for one, other in permutations(doubtful, 2):
        if one not in PARTICLES or other not in PARTICLES:
            yield (Wanted(one, capital=True), Wanted(other, capital=True))
    if len(parts) > 1 and set(parts) <= ORDINARY - MODALS:
        yield tuple(Wanted(part) for part in parts)


def _addressed(part: str) -> Iterator[Pattern]:
    """Mr Black, Officer Do; but a rank after a rank is only a longer rank."""
    if len(part) > 1:
        for form in TITLES if part in RANKS else TITLES | RANKS:
            yield (Wanted(form), Wanted(part, capital=True))


def _with_initials(part: str, others: list[str]) -> Iterator[Pattern]:
    if len(part) < 2 or part in PARTICLES:
        return
    for initial in {other[0] for other in others}:
        dotted = initial in WORDS_OF_ONE_LETTER
        yield (Wanted(initial, capital=True, dotted=dotted), Wanted(part, capital=True))
        yield (Wanted(part, capital=True), Wanted(initial, capital=True, dotted=True))
