"""What is asked by whoever watches the office, or brings up a new version: is this process ready for work?"""

from datetime import datetime
from http import HTTPStatus

from flask import Blueprint, Response, current_app
from flask.blueprints import BlueprintSetupState

from oversight.accounts.access import open_to_everyone
from oversight.jobs.queries import what_is_amiss
from oversight.kit import clock

blueprint = Blueprint("jobs", __name__)
AWAKE_SINCE = "oversight.awake_since"


@blueprint.record_once
def _note_the_start(state: BlueprintSetupState) -> None:
    state.app.extensions[AWAKE_SINCE] = clock.now()


@blueprint.get("/readyz")
@open_to_everyone
def readiness() -> Response:
    """`ok`, or a word a line for what is amiss: database, migrations, keys, rounds.

    It is for whoever watches. What spreads visitors over processes asks /healthz: where the rounds stand
    still, notices wait, but a complaint can still be filed.
    """
    awake_since: datetime = current_app.extensions[AWAKE_SINCE]
    amiss = what_is_amiss(at=clock.now(), awake_since=awake_since)
    status = HTTPStatus.SERVICE_UNAVAILABLE if amiss else HTTPStatus.OK
    words = "".join(f"{word}\n" for word in amiss or ["ok"])
    return Response(words, status, mimetype="text/plain", headers={"Cache-Control": "no-store"})
