"""What the invented office begins with: its people and the time of day, and every complaint before it is told."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random

from oversight.accounts.models import User
from oversight.casework import acting
from oversight.casework.acting import Acting
from oversight.demo.people import Officer, officer
from oversight.demo.tales import TALES, Tale
from oversight.kit.db import session
from oversight.rules.rulebook import Rulebook

FATES = {
    "decided": 46,
    "dismissed": 13,
    "referred": 11,
    "settled": 12,
    "closed": 8,
    "withdrawn": 6,
    "waiting": 4,
}
"""Roughly how many of a hundred complaints go which way."""

BEFORE_EVERYTHING = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass
class Office:
    """The invented office at one moment: who works there, who is complained about, and what time it is."""

    place: str
    book: Rulebook
    random: Random
    officers: list[Officer]
    people: dict[str, uuid.UUID]
    at: datetime = BEFORE_EVERYTHING
    incident: uuid.UUID | None = None

    def acting(self, address: str) -> Acting:
        """One of the office's people, by the first part of their address."""
        user = session().get(User, self.people[address])
        assert user is not None
        return acting.person(user)

    def days(self, least: int, most: int) -> timedelta:
        """A wait of some days, ending at another time of day."""
        return timedelta(days=self.random.randint(least, most), minutes=self.random.randint(-180, 180))


@dataclass(frozen=True)
class Plan:
    """One complaint before it is told: when it is filed, what it is about, and where it will go."""

    number: int
    at: datetime
    fate: str
    tale: Tale
    officer: Officer
    anonymous: bool
    at_the_march: bool
    stops_at: str = ""
    """Where this one waits today, so that every state and a hold and a second person can be seen."""


WAITING = {
    "assessment": ("decided", 28),
    "early_resolution": ("settled", 60),
    "investigation": ("decided", 90),
    "held": ("decided", 90),
    "second_person": ("decided", 60),
    "civilian_review": ("decided", 170),
    "decision": ("decided", 250),
    "reconsideration": ("dismissed", 120),
}
"""Where some files wait today, the fate they are on the way to, and how many days ago they came in."""


def plans(
    random: Random, office: Office, complaints: int, end: datetime, *, days: int, march_every: int
) -> Iterator[Plan]:
    """Spread complaints over the months, with a burst about one march, and every recent state present."""
    march = next(tale for tale in TALES if tale.context == "protest")
    burst = end - timedelta(days=days // 3)
    for number in range(complaints):
        at_the_march = number % march_every == 0
        ago = timedelta(minutes=random.randint(60, days * 24 * 60))
        yield Plan(
            number=number,
            at=burst + timedelta(minutes=random.randint(0, 4_000)) if at_the_march else end - ago,
            fate=_fate(random, ago),
            tale=march if at_the_march else random.choice(TALES),
            officer=officer(random, office.officers),
            anonymous=random.random() < 0.18,
            at_the_march=at_the_march,
        )
    yield from _waiting(random, office, complaints, end)


def _fate(random: Random, ago: timedelta) -> str:
    """Where a complaint goes; only one that came in lately may still be waiting for someone to begin."""
    fate = random.choices(list(FATES), list(FATES.values()))[0]
    return "decided" if fate == "waiting" and ago > timedelta(days=15) else fate


def _waiting(random: Random, office: Office, number: int, end: datetime) -> Iterator[Plan]:
    """A few more, each of which waits at one point of the way."""
    for place, (fate, days) in WAITING.items():
        for _ in range(2):
            number += 1
            yield Plan(
                number=number,
                at=end - timedelta(days=days, minutes=random.randint(0, 3_000)),
                fate=fate,
                tale=random.choice(TALES),
                officer=officer(random, office.officers),
                anonymous=False,
                at_the_march=False,
                stops_at=place,
            )
