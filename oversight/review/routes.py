"""Pages of the review."""

from flask import Blueprint

from oversight.accounts.access import needs
from oversight.rules.roles import Can

blueprint = Blueprint("review", __name__)


@blueprint.get("/review")
@needs(Can.REVIEW)
def queue() -> str:
    return ""
