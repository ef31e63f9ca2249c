"""Everyone who may come to a busy office's pages, by name."""

from flask.testing import FlaskClient

from tests.busy_office import IRIS
from tests.cast import ADA, BEA, INES, IVAN, LOU, MAX, PAULA, signed_in
from tests.pages import submit
from tests.sweeps.conftest import Busy

PEOPLE = {person.name: person for person in (INES, IVAN, IRIS, PAULA, BEA, LOU, ADA, MAX)}
VISITORS = ("nobody", "party", "joined", "seated", *PEOPLE)
"""Besides the staff: nobody in particular, who filed, who joined the complaint, a reviewer on its panel."""


def visitor(busy: Busy, who: str) -> FlaskClient:
    """A browser in which that person has come in."""
    if who in PEOPLE:
        return signed_in(busy.app, PEOPLE[who])
    if who == "seated":
        return signed_in(busy.app, busy.there.seated["civilian_review"][0])
    client = busy.app.test_client()
    codes = {"party": busy.there.receipts, "joined": busy.there.joined}
    if who in codes:
        submit(client, "/status", code=codes[who]["resolved"])
    return client
