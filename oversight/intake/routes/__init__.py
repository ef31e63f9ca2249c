"""The room's pages: the questions, sending, following a complaint, about oneself, and filing for someone."""

from oversight.intake.routes import about_you, assisted, expired, following, questions, sending, writing_back
from oversight.intake.routes.blueprint import blueprint

__all__ = [
    "about_you",
    "assisted",
    "blueprint",
    "expired",
    "following",
    "questions",
    "sending",
    "writing_back",
]
