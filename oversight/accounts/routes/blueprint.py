"""The blueprint that the pages of this room hang on, and how a page does what was asked of it."""

from collections.abc import Callable

from flask import Blueprint

from oversight.accounts.refusals import NotAllowed
from oversight.kit.db import writing

blueprint = Blueprint("accounts", __name__)


def done(action: Callable[[], object]) -> NotAllowed | None:
    """Do it in one transaction; None when it stands, or why it doesn't."""
    try:
        with writing():
            action()
    except NotAllowed as refusal:
        return refusal
    return None
