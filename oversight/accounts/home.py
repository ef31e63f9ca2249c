"""Where a person's day begins, and the rooms they may enter."""

from oversight.accounts.models import User
from oversight.rules.roles import Can
from oversight.rules.words import N_

ROOMS: tuple[tuple[Can, str, str], ...] = (
    (Can.SEE_QUEUE, "desk.queue", N_("Files")),
    (Can.REVIEW, "review.queue", N_("My reviews")),
    (Can.WRITE_OUTCOMES, "publication.desk", N_("Outcomes")),
    (Can.ISSUE_REPORTS, "reports.desk", N_("Reports")),
    (Can.ANSWER_FOR_THE_SERVICE, "desk.liaison", N_("Files told to the service")),
    (Can.READ_LEDGER, "desk.ledger", N_("Ledger")),
    (Can.READ_LEDGER, "reports.desk", N_("Reports")),
    (Can.MANAGE_PEOPLE, "accounts.people", N_("People")),
    (Can.APPROVE_GRANTS, "accounts.requests", N_("Roles to approve")),
    (Can.KEEP_CALENDAR, "desk.calendar", N_("Calendar")),
)
"""Each room: the power that opens it, its endpoint, and what the way to it is called."""


def rooms_of(person: User | None) -> list[tuple[str, str]]:
    """The rooms this person may enter, as (marked words, endpoint); the first is where they land."""
    if person is None:
        return []
    # One room may open to several powers, and is still one room.
    return list(dict.fromkeys((words, endpoint) for power, endpoint, words in ROOMS if person.can(power)))


def home_for(person: User) -> str:
    """The endpoint of this person's first room; without any role, their own page."""
    return next((endpoint for _, endpoint in rooms_of(person)), "accounts.profile")
