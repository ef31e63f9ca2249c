"""Runs the invented office through its months: every file's next action in the order of time."""

import heapq
import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from random import Random

from flask import current_app
from sqlalchemy import select

from oversight.accounts.actions import make_person
from oversight.accounts.passwords import hashed
from oversight.casework.actions.deadlines import attend_to_clock
from oversight.casework.actions.editing import add_incident
from oversight.casework.models import Complaint
from oversight.casework.queries.files import clocks_due
from oversight.demo.people import MEMBERS, officers
from oversight.demo.plans import Office, plans
from oversight.demo.stories import Story, tell_story
from oversight.kit.clock import local_date, now
from oversight.kit.db import session, writing
from oversight.rules.jurisdictions import rulebooks_of
from oversight.settings import Settings

MONTHS = 24
DAYS_BACK = 30 * MONTHS
BATCH = 40
"""Actions in one transaction. Few enough to see progress, many enough to be quick."""


class DemoExists(Exception):
    """There are files here already; a demonstration is made in an empty office."""


@dataclass(frozen=True)
class Demo:
    """What was made, and how to enter it."""

    complaints: int
    password: str

    def summary(self) -> str:
        """Say who one can be."""
        addresses = "\n".join(f"  {member.email:32} {member.name}" for member in MEMBERS)
        return (
            f"{self.complaints} invented complaints are in the office.\n"
            f"Be any of these people, with the password {self.password}\n{addresses}"
        )


def make_demo(*, complaints: int, seed: int, tell: Callable[[str], object], march_every: int = 20) -> Demo:
    """Invent an office with that many complaints over 24 months. Raises DemoExists where files are.

    One of every `march_every` complaints is about the same march.
    """
    if session().scalar(select(Complaint.id).limit(1)) is not None:
        raise DemoExists("There are files here already. Begin a demonstration in an empty data folder.")
    settings: Settings = current_app.config["SETTINGS"]
    password = settings.demo_password or secrets.token_urlsafe(12)
    random = Random(seed)
    end = now()
    office = _open_office(random, settings, password, begin=end - timedelta(days=DAYS_BACK + 1))
    planned = plans(random, office, complaints, end, days=DAYS_BACK, march_every=march_every)
    stories = [(plan.at, tell_story(office, plan)) for plan in planned]
    stories.append((end - timedelta(days=DAYS_BACK), _clockwork(office)))
    _run(office, stories, end, tell)
    return Demo(complaints, password)


def _open_office(random: Random, settings: Settings, password: str, *, begin: datetime) -> Office:
    people = {}
    one_hash = hashed(password)
    with writing():
        for member in MEMBERS:
            made = make_person(
                member.email, member.name, (member.role,), None, at=begin, language=member.language
            )
            # One password for all of them, so one hash: each costs what a sign-in does.
            made.password = one_hash
            people[member.address] = made.id
    office = Office(settings.place, rulebooks_of(settings.place)[0], random, officers(random), people)
    with writing():
        march = add_incident("March of the long evening", by=office.acting("caseworker"), at=begin)
        office.incident = march.id
    return office


def _run(
    office: Office, stories: list[tuple[datetime, Story]], end: datetime, tell: Callable[[str], object]
) -> None:
    """Take every story's next action in order of time, until today; what lies beyond has not happened yet."""
    order = count()
    due = [(at, next(order), story) for at, story in stories]
    heapq.heapify(due)
    done = 0
    while due:
        with writing():
            for at, story in _next(due, BATCH):
                office.at = at
                wait = next(story, None)
                done += 1
                if wait is not None and at + wait <= end:
                    heapq.heappush(due, (at + wait, next(order), story))
        if done % 1000 < BATCH:
            tell(f"{done} things have happened")


def _clockwork(office: Office) -> Story:
    """Attend to the clocks once a day, as the office's own rounds do."""
    while True:
        for clock_id in clocks_due(on=local_date(office.at, office.book.time_zone)):
            attend_to_clock(clock_id, at=office.at)
        yield timedelta(days=1)


def _next(due: list[tuple[datetime, int, Story]], most: int) -> Iterator[tuple[datetime, Story]]:
    for _ in range(most):
        if not due:
            return
        at, _, story = heapq.heappop(due)
        yield at, story
