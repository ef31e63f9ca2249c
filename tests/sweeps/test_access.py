"""Who may open what: every endpoint, as every kind of person there is, held to one table.

An endpoint that is added needs a row here; the failing test prints how each person is answered now, which
becomes the row once somebody has judged that it is right.
"""

from collections.abc import Iterable
from functools import partial

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.busy_office import IRIS
from tests.cast import ADA, BEA, DORA, INES, IVAN, LOU, MAX, PAULA, REVIEWERS, Person, signed_in
from tests.pages import submit
from tests.sweeps.conftest import Busy

COLUMNS = (
    *("nobody", "party", "Ines", "Ivan", "Iris", "seated", "waiting", "unseated"),
    *("Paula", "Bea", "Dora", "Lou", "Ada", "Max"),
)
"""Whom a row is about, in order. Of the file in the address: `party` shows its receipt, Ines carries it as
caseworker, Ivan as investigator, Iris does not; `seated` sits on its panel, `waiting` too but has not yet
declared, `unseated` does not; Dora is shut out of the files that are investigated, resolved or corrected."""

TABLE = """
"""


def rows() -> dict[str, list[str]]:
    """The table, by endpoint and method."""
    lines = [line.split() for line in TABLE.strip().splitlines()]
    return {f"{line[0]} {line[1]}": line[2:] for line in lines}


# The file whose page is asked for, where another than the one under investigation says more.
FILE_OF = {
    "review": "civilian_review",
    "publication": "to_correct",
    "publication.file": "resolved",
    "publication.begin": "resolved",
    "desk.step": "officer_told",
    "desk.take": "officer_told",
    "desk.proposal": "waiting",
    "desk.approve": "waiting",
    "desk.decline": "waiting",
    "desk.imposed": "resolved",
    "desk.note_imposed": "resolved",
    "desk.fill_panel": "civilian_review",
}
# What else stands in an address, where it is the same for every file.
NAMED = {
    "front.topic": {"name": "words"},
    "intake": {"slug": "your-words"},
    "desk.step": {"name": "record_the_officers_response"},
    "desk.take": {"name": "record_the_officers_response"},
    "accounts": {"role": "reviewer", "token": "not-a-token", "person_id": "reviewer-1"},
    "publication.step": {"name": "correct"},
    "publication.take": {"name": "correct"},
    "static": {"filename": "oversight.css"},
}


def test_every_endpoint_has_a_row(busy: Busy) -> None:
    found = {f"{method} {endpoint}" for method, endpoint in endpoints(busy.app)}
    missing, stale = sorted(found - rows().keys()), sorted(rows().keys() - found)
    assert not missing, "Write a row of TABLE for each of these; with an empty row " + (
        "the next test prints how everyone is answered now: " + ", ".join(missing)
    )
    assert not stale, f"These rows are about nothing any more: {', '.join(stale)}"


@pytest.mark.parametrize("room", ["accounts", "desk", "front", "intake", "publication", "review", "security"])
def test_everyone_is_answered_as_the_table_says(busy: Busy, room: str) -> None:
    busy.app.config["WTF_CSRF_ENABLED"] = False  # so that it is the person who is refused, not the form
    busy.app.testing = False
    everyone = visitors(busy)
    wrong = []
    for method, endpoint in endpoints(busy.app):
        if endpoint.split(".")[0] != room:
            continue
        expected = rows().get(f"{method} {endpoint}", [])
        answers = [answered(busy, method, endpoint, cookies) for cookies in everyone.values()]
        if answers != expected:
            wrong.append(f"{method:5}{endpoint:30}" + "".join(f"{answer:>9}" for answer in answers))
    assert not wrong, (
        "not as the table says:\n"
        + " " * 35
        + "".join(f"{name:>9}" for name in COLUMNS)
        + ("\n" + "\n".join(wrong))
    )


def endpoints(app: Flask) -> list[tuple[str, str]]:
    """Each method and endpoint of the office."""
    found = {
        (method, rule.endpoint)
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if rule.endpoint != "static"
    }
    return sorted(found, key=lambda each: (each[1], each[0]))


def visitors(busy: Busy) -> dict[str, list[tuple[str, str]]]:
    """Everyone's cookies, as they are once the person has come in."""
    number = "civilian_review"
    seated = busy.there.seated[number]
    unseated = next(person for person in REVIEWERS if person not in seated)
    people: list[Person] = [INES, IVAN, IRIS, seated[0], seated[1], unseated, PAULA, BEA, DORA, LOU, ADA, MAX]
    nobody, party = busy.app.test_client(), busy.app.test_client()
    submit(party, "/status", code=busy.there.receipts["investigation"])
    clients = [nobody, party, *(signed_in(busy.app, person) for person in people)]
    return {name: cookies_of(client) for name, client in zip(COLUMNS, clients, strict=True)}


def cookies_of(client: FlaskClient) -> list[tuple[str, str]]:
    """A client's cookies."""
    return [(cookie.key, cookie.value) for cookie in client._cookies.values()]


def answered(busy: Busy, method: str, endpoint: str, cookies: Iterable[tuple[str, str]]) -> str:
    """How someone with these cookies is answered: a status, `in` if sent to sign in, `away` elsewhere."""
    client = busy.app.test_client()
    for name, value in cookies:
        client.set_cookie(name, value)
    with busy.undone():
        data = {"filled": "in nothing"} if method == "POST" else None
        answer = client.open(address(busy, endpoint), method=method, data=data)
    if not 300 <= answer.status_code < 400:
        return str(answer.status_code)
    return "in" if "/sign-in" in answer.location else "away"


def address(busy: Busy, endpoint: str) -> str:
    """The address of an endpoint, about something that is there."""
    room = endpoint.split(".")[0]
    named = NAMED.get(room, {}) | NAMED.get(endpoint, {})
    file = FILE_OF.get(endpoint) or FILE_OF.get(room) or "investigation"
    rule = next(rule for rule in busy.app.url_map.iter_rules() if rule.endpoint == endpoint)
    given = {argument: partial(_named, busy, file, named)(argument) for argument in rule.arguments}
    with busy.app.test_request_context():
        return busy.app.url_for(endpoint, **given)


def _named(busy: Busy, file: str, named: dict[str, str], argument: str) -> str:
    there = busy.there
    if argument == "number":
        return there.numbers[file]
    if argument == "reference":
        return there.references["correcting"]
    if argument in there.ids:
        return there.ids[argument].get(named.get(argument, file)) or next(iter(there.ids[argument].values()))
    assert argument in named, f"say in NAMED what stands for <{argument}>"
    return named[argument]
