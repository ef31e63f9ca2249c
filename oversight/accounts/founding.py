"""How an office gets its first administrator, before there is anyone to invite them."""

from oversight.accounts.actions import first_administrator
from oversight.accounts.links import one_time_path
from oversight.kit.clock import now
from oversight.kit.db import writing


def first_administrator_link(email: str, name: str) -> str:
    """Make the first administrator if there is none, and return the path of their one-time link.

    NotAllowed if the office already has an administrator who has chosen a password.
    """
    with writing():
        return one_time_path(first_administrator(email, name, at=now()))
