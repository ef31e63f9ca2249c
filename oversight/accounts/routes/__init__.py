"""The pages of the people who sign in: their own page, their passwords, and who may do what."""

from oversight.accounts.routes import own, passwords, people, requests
from oversight.accounts.routes.blueprint import blueprint

__all__ = ["blueprint", "own", "passwords", "people", "requests"]
