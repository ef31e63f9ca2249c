"""Why an action was not done. Each says, in marked words, what the person can do about it."""

from collections.abc import Mapping

from oversight.kit.db import Stale
from oversight.rules.engine import Refused
from oversight.rules.words import N_

__all__ = ["BadAnswers", "NotAllowed", "OtherSubmission", "Refused", "Stale"]


class NotAllowed(Exception):
    """This step is not theirs to take."""


class OtherSubmission(Exception):
    """The same form key came with different answers."""

    reason = N_("This form was already sent with other answers. Start a new one to send these.")


class BadAnswers(Exception):
    """The answers to a step's form do not fit: field name → marked words."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__(", ".join(problems))
        self.problems = dict(problems)
