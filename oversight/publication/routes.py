"""Pages of the publication."""

from flask import Blueprint

from oversight.accounts.access import needs, open_to_everyone
from oversight.rules.roles import Can

blueprint = Blueprint("publication", __name__)


@blueprint.get("/outcomes")
@open_to_everyone
def outcomes() -> str:
    return ""


@blueprint.get("/publication")
@needs(Can.WRITE_OUTCOMES)
def desk() -> str:
    return ""
