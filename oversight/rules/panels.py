"""Panels of civilians: who is drawn, and what they found together."""

import hashlib
import hmac
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

SHORTEST_SEED = 16


class TooFewReviewers(ValueError):
    """There are fewer candidates than seats."""


@dataclass(frozen=True)
class Draw:
    """The people drawn: those seated, and the substitutes in the order in which they are called."""

    seated: tuple[UUID, ...]
    substitutes: tuple[UUID, ...]


def draw(candidates: Sequence[UUID], seats: int, substitutes: int, seed: bytes) -> Draw:
    """Draw a panel by lot, so that anyone with the seed and the candidates can draw it again.

    Each candidate's lot is HMAC-SHA256 with the seed as its key and the 16 bytes of the person's id as its
    message; the smallest lots are seated, the next are substitutes. The order of `candidates` does not
    matter, and no candidate's place depends on who else is on the list: a person shut out later leaves the
    others' order as it was. The seed is at least 16 random bytes, taken after the list is settled and
    recorded with it. Whoever may not sit has been left out by the caller. Substitutes may be fewer than
    asked for; TooFewReviewers if even the seats can't be filled.
    """
    if len(seed) < SHORTEST_SEED:
        raise ValueError(f"A panel is drawn with at least {SHORTEST_SEED} random bytes.")
    people = set(candidates)
    if len(people) < seats:
        raise TooFewReviewers(f"{seats} seats and {len(people)} candidates")
    lots = sorted(people, key=lambda person: hmac.digest(seed, person.bytes, hashlib.sha256))
    return Draw(tuple(lots[:seats]), tuple(lots[seats : seats + substitutes]))


def majority(findings_by_seat: Mapping[UUID, Mapping[UUID, str]]) -> dict[UUID, str | None]:
    """Return, for each allegation that any seat spoke to, what more than half of all seats found, or None.

    `findings_by_seat` gives each seat's findings by allegation. A seat that is silent on an allegation
    still counts among those a majority is of.
    """
    found: dict[UUID, Counter[str]] = {}
    for findings in findings_by_seat.values():
        for allegation, finding in findings.items():
            found.setdefault(allegation, Counter())[finding] += 1
    seats = len(findings_by_seat)
    return {allegation: _more_than_half(counted, seats) for allegation, counted in found.items()}


def _more_than_half(counted: Counter[str], seats: int) -> str | None:
    finding, votes = counted.most_common(1)[0]
    return finding if 2 * votes > seats else None
