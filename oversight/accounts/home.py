"""Where a person's day begins: the room they land in after signing in."""

from oversight.accounts.models import User
from oversight.rules.roles import Role

ROOMS: tuple[tuple[Role, str], ...] = (
    (Role.CASEWORKER, "desk.queue"),
    (Role.INVESTIGATOR, "desk.queue"),
    (Role.DIRECTOR, "desk.queue"),
    (Role.REVIEWER, "review.queue"),
    (Role.PUBLISHER, "publication.desk"),
    (Role.LIAISON, "desk.liaison"),
    (Role.AUDITOR, "desk.ledger"),
    (Role.ADMINISTRATOR, "accounts.people"),
)
"""Each role's room, by endpoint; who holds several roles lands in the first."""


def home_for(person: User) -> str:
    """The endpoint of this person's room; without any role, their own page."""
    return next((endpoint for role, endpoint in ROOMS if role in person.role_set), "accounts.profile")
