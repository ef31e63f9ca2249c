"""Who may open what: every endpoint, as every kind of person there is, held to one table.

An endpoint that is added needs a row here; the failing test prints how each person is answered now, which
becomes the row once somebody has judged that it is right.
"""

from collections.abc import Iterable

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
                                        non rec Ine Iva Iri sea wai uns Pau Bea Dor Lou Ada Max

POST accounts.approve                   in  in  403 403 403 403 403 403 403 to  to  403 403 403
GET  accounts.ask_for_link              200 200 200 200 200 200 200 200 200 200 200 200 200 200
POST accounts.change_own_password       in  in  422 422 422 422 422 422 422 422 422 422 422 422
POST accounts.change_own_profile        in  in  422 422 422 422 422 422 422 422 422 422 422 422
GET  accounts.change_password           in  in  200 200 200 200 200 200 200 200 200 200 200 200
POST accounts.deactivate                in  in  403 403 403 403 403 403 403 403 403 403 403 to
POST accounts.decline                   in  in  403 403 403 403 403 403 403 to  to  403 403 403
POST accounts.grant                     in  in  403 403 403 403 403 403 403 403 403 403 403 422
GET  accounts.home                      in  in  to  to  to  to  to  to  to  to  to  to  to  to
GET  accounts.invite                    in  in  403 403 403 403 403 403 403 403 403 403 403 200
POST accounts.link                      in  in  403 403 403 403 403 403 403 403 403 403 403 to
GET  accounts.new_password              410 410 410 410 410 410 410 410 410 410 410 410 410 410
GET  accounts.people                    in  in  403 403 403 403 403 403 403 403 403 403 403 200
GET  accounts.person                    in  in  403 403 403 403 403 403 403 403 403 403 403 200
GET  accounts.profile                   in  in  200 200 200 200 200 200 200 200 200 200 200 200
POST accounts.reactivate                in  in  403 403 403 403 403 403 403 403 403 403 403 409
POST accounts.remove                    in  in  403 403 403 403 403 403 403 403 403 403 403 to
GET  accounts.requests                  in  in  403 403 403 403 403 403 403 200 200 403 403 200
POST accounts.send_invitation           in  in  403 403 403 403 403 403 403 403 403 403 403 422
POST accounts.send_link                 422 422 422 422 422 422 422 422 422 422 422 422 422 422
POST accounts.set_new_password          410 410 410 410 410 410 410 410 410 410 410 410 410 410

POST desk.add_allegation                in  in  409 409 404 403 403 403 403 409 404 403 403 403
POST desk.add_calendar_day              in  in  403 403 403 403 403 403 403 422 422 403 403 403
POST desk.add_conflict                  in  in  409 403 403 403 403 403 403 409 404 403 403 403
POST desk.add_copy                      in  in  409 409 404 403 403 403 403 409 404 403 403 403
POST desk.add_party                     in  in  409 409 404 403 403 403 403 409 404 403 403 403
GET  desk.allegation                    in  in  200 200 404 403 403 403 403 200 404 403 403 403
GET  desk.allegations                   in  in  200 200 404 403 403 403 403 200 404 403 403 403
GET  desk.approvals                     in  in  200 200 200 403 403 403 403 200 200 403 403 403
POST desk.approve                       in  in  403 404 404 403 403 403 403 409 409 403 403 403
POST desk.assign                        in  in  409 403 403 403 403 403 403 409 404 403 403 403
GET  desk.assignment                    in  in  200 403 403 403 403 403 403 200 404 403 403 403
POST desk.attach_to_incident            in  in  409 409 404 403 403 403 403 409 404 403 403 403
GET  desk.calendar                      in  in  403 403 403 403 403 403 403 200 200 403 403 403
GET  desk.conflict                      in  in  200 403 403 403 403 403 403 200 404 403 403 403
GET  desk.copy                          in  in  200 200 404 403 403 403 403 200 404 403 403 403
POST desk.decline                       in  in  422 404 404 403 403 403 403 422 422 403 403 403
POST desk.edit_allegation               in  in  409 409 404 403 403 403 403 409 404 403 403 403
POST desk.edit_copy                     in  in  409 409 404 403 403 403 403 409 404 403 403 403
POST desk.edit_party                    in  in  409 409 404 403 403 403 403 409 404 403 403 403
GET  desk.file                          in  in  200 200 404 403 403 403 403 200 404 403 403 403
POST desk.fill_panel                    in  in  409 403 403 403 403 403 403 409 409 403 403 403
GET  desk.former                        in  in  200 404 404 403 403 403 403 200 200 403 403 403
GET  desk.handling                      in  in  200 200 404 403 403 403 403 200 404 403 403 403
GET  desk.history                       in  in  200 200 404 403 403 403 403 200 404 403 403 403
GET  desk.imposed                       in  in  200 200 404 403 403 403 403 200 404 403 403 403
GET  desk.incident_of                   in  in  200 200 404 403 403 403 403 200 404 403 403 403
POST desk.issue_receipt                 in  in  422 422 404 403 403 403 403 422 404 403 403 403
GET  desk.ledger                        in  in  403 403 403 403 403 403 403 403 403 403 200 403
GET  desk.liaison                       in  in  403 403 403 403 403 403 403 403 403 200 403 403
GET  desk.liaison_file                  in  in  403 403 403 403 403 403 403 403 403 200 403 403
GET  desk.messages                      in  in  200 200 404 403 403 403 403 200 404 403 403 403
GET  desk.new_allegation                in  in  200 200 404 403 403 403 403 200 404 403 403 403
GET  desk.new_copy                      in  in  200 200 404 403 403 403 403 200 404 403 403 403
GET  desk.new_party                     in  in  200 200 404 403 403 403 403 200 404 403 403 403
POST desk.note_imposed                  in  in  409 409 404 403 403 403 403 409 404 403 403 403
GET  desk.open_by_number                in  in  404 404 404 403 403 403 403 404 404 403 403 403
POST desk.open_party                    in  in  200 200 404 403 403 403 403 200 404 403 403 403
GET  desk.people                        in  in  200 200 404 403 403 403 403 200 404 403 403 403
GET  desk.proposal                      in  in  200 404 404 403 403 403 403 200 200 403 403 403
GET  desk.queue                         in  in  200 200 200 403 403 403 403 200 200 403 403 403
POST desk.read_messages                 in  in  409 409 404 403 403 403 403 409 404 403 403 403
GET  desk.receipt                       in  in  200 200 404 403 403 403 403 200 404 403 403 403
POST desk.recompute                     in  in  403 403 403 403 403 403 403 to  to  403 403 403
POST desk.remove_calendar_day           in  in  403 403 403 403 403 403 403 to  to  403 403 403
POST desk.remove_copy                   in  in  409 409 404 403 403 403 403 409 404 403 403 403
GET  desk.review                        in  in  200 200 404 403 403 403 403 200 404 403 403 403
GET  desk.step                          in  in  200 200 404 403 403 403 403 200 200 200 403 403
POST desk.take                          in  in  409 409 404 403 403 403 403 409 409 409 403 403
GET  desk.told                          in  in  200 200 404 403 403 403 403 200 404 403 403 403
POST desk.uncover                       in  in  200 200 404 403 403 403 403 200 404 403 403 403
POST desk.write_message                 in  in  409 409 404 403 403 403 403 409 404 403 403 403

GET  front.elsewhere                    to  to  to  to  to  to  to  to  to  to  to  to  to  to
GET  front.health                       200 200 200 200 200 200 200 200 200 200 200 200 200 200
GET  front.help                         200 200 200 200 200 200 200 200 200 200 200 200 200 200
GET  front.home                         200 200 200 200 200 200 200 200 200 200 200 200 200 200
GET  front.robots                       200 200 200 200 200 200 200 200 200 200 200 200 200 200
POST front.switch_language              400 400 400 400 400 400 400 400 400 400 400 400 400 400
GET  front.topic                        200 200 200 200 200 200 200 200 200 200 200 200 200 200

GET  intake.about_you                   to  200 to  to  to  to  to  to  to  to  to  to  to  to
POST intake.about_you                   403 to  403 403 403 403 403 403 403 403 403 403 403 403
GET  intake.add                         to  200 to  to  to  to  to  to  to  to  to  to  to  to
POST intake.add                         403 422 403 403 403 403 403 403 403 403 403 403 403 403
GET  intake.another_look                to  to  to  to  to  to  to  to  to  to  to  to  to  to
POST intake.another_look                403 to  403 403 403 403 403 403 403 403 403 403 403 403
POST intake.answer                      422 422 422 422 422 422 422 422 422 422 422 422 422 422
GET  intake.assisted_filing             in  in  200 403 403 403 403 403 403 200 200 403 403 403
GET  intake.before_you_start            200 200 200 200 200 200 200 200 200 200 200 200 200 200
GET  intake.check                       404 404 404 404 404 404 404 404 404 404 404 404 404 404
POST intake.code_read_out               in  in  to  403 403 403 403 403 403 to  to  403 403 403
GET  intake.filed_for_someone           in  in  to  403 403 403 403 403 403 to  to  403 403 403
POST intake.forget                      to  to  to  to  to  to  to  to  to  to  to  to  to  to
POST intake.forget_told                 in  in  to  403 403 403 403 403 403 to  to  403 403 403
GET  intake.go_on                       404 404 404 404 404 404 404 404 404 404 404 404 404 404
POST intake.kept_my_code                to  to  to  to  to  to  to  to  to  to  to  to  to  to
POST intake.leave                       to  to  to  to  to  to  to  to  to  to  to  to  to  to
POST intake.look_up                     422 422 422 422 422 422 422 422 422 422 422 422 422 422
GET  intake.question                    404 404 404 404 404 404 404 404 404 404 404 404 404 404
GET  intake.read_back                   in  in  to  403 403 403 403 403 403 to  to  403 403 403
GET  intake.retaliation                 to  200 to  to  to  to  to  to  to  to  to  to  to  to
POST intake.retaliation                 403 422 403 403 403 403 403 403 403 403 403 403 403 403
POST intake.send                        404 404 404 404 404 404 404 404 404 404 404 404 404 404
POST intake.send_told                   in  in  to  403 403 403 403 403 403 to  to  403 403 403
GET  intake.sent                        to  to  to  to  to  to  to  to  to  to  to  to  to  to
POST intake.start                       to  to  to  to  to  to  to  to  to  to  to  to  to  to
GET  intake.status                      200 to  200 200 200 200 200 200 200 200 200 200 200 200
GET  intake.status_file                 to  200 to  to  to  to  to  to  to  to  to  to  to  to
GET  intake.withdraw                    to  200 to  to  to  to  to  to  to  to  to  to  to  to
POST intake.withdraw                    403 422 403 403 403 403 403 403 403 403 403 403 403 403
POST intake.write_down                  in  in  422 403 403 403 403 403 403 422 422 403 403 403

GET  jobs.readiness                     200 200 200 200 200 200 200 200 200 200 200 200 200 200

POST publication.approve_proposal       in  in  403 403 403 403 403 403 403 409 404 403 403 403
POST publication.begin                  in  in  403 403 403 403 403 403 to  to  404 403 403 403
POST publication.decline_proposal       in  in  403 403 403 403 403 403 409 409 404 403 403 403
GET  publication.desk                   in  in  403 403 403 403 403 403 200 200 200 403 403 403
GET  publication.file                   in  in  403 403 403 403 403 403 200 200 404 403 403 403
GET  publication.outcome                200 200 200 200 200 200 200 200 200 200 200 200 200 200
GET  publication.outcomes               200 200 200 200 200 200 200 200 200 200 200 200 200 200
GET  publication.preview                in  in  403 403 403 403 403 403 200 200 404 403 403 403
GET  publication.step                   in  in  403 403 403 403 403 403 200 200 404 403 403 403
GET  publication.summary                in  in  403 403 403 403 403 403 200 200 404 403 403 403
POST publication.take                   in  in  403 403 403 403 403 403 409 409 404 403 403 403

GET  reports.desk                       in  in  403 403 403 403 403 403 200 200 200 403 200 403
POST reports.discard                    in  in  403 403 403 403 403 403 409 409 409 403 403 403
GET  reports.draft                      in  in  403 403 403 403 403 403 200 200 200 403 403 403
GET  reports.draft_part                 in  in  403 403 403 403 403 403 200 200 200 403 403 403
GET  reports.edition                    in  in  403 403 403 403 403 403 200 200 200 403 200 403
GET  reports.editions                   200 200 200 200 200 200 200 200 200 200 200 200 200 200
POST reports.issue                      in  in  403 403 403 403 403 403 409 409 409 403 403 403
GET  reports.latest_csv                 200 200 200 200 200 200 200 200 200 200 200 200 200 200
GET  reports.new                        in  in  403 403 403 403 403 403 200 200 200 403 403 403
GET  reports.pdf                        200 200 200 200 200 200 200 200 200 200 200 200 200 200
GET  reports.proof                      in  in  403 403 403 403 403 403 200 200 200 403 403 403
POST reports.propose                    in  in  403 403 403 403 403 403 422 422 422 403 403 403
GET  reports.statistics                 200 200 200 200 200 200 200 200 200 200 200 200 200 200
GET  reports.statistics_of              200 200 200 200 200 200 200 200 200 200 200 200 200 200
GET  reports.statistics_part            200 200 200 200 200 200 200 200 200 200 200 200 200 200
GET  reports.table_csv                  200 200 200 200 200 200 200 200 200 200 200 200 200 200

POST review.ask                         in  in  403 403 403 422 404 404 403 403 403 403 403 403
GET  review.conflict                    in  in  403 403 403 200 200 404 403 403 403 403 403 403
POST review.declare                     in  in  403 403 403 422 422 404 403 403 403 403 403 403
GET  review.done                        in  in  403 403 403 200 200 200 403 403 403 403 403 403
GET  review.file                        in  in  403 403 403 200 200 404 403 403 403 403 403 403
POST review.find                        in  in  403 403 403 409 404 404 403 403 403 403 403 403
GET  review.question                    in  in  403 403 403 200 404 404 403 403 403 403 403 403
GET  review.queue                       in  in  403 403 403 200 200 200 403 403 403 403 403 403
POST review.report_conflict             in  in  403 403 403 to  to  404 403 403 403 403 403 403

GET  security.login                     200 200 to  to  to  to  to  to  to  to  to  to  to  to
POST security.login                     200 200 to  to  to  to  to  to  to  to  to  to  to  to
POST security.logout                    to  to  to  to  to  to  to  to  to  to  to  to  to  to
GET  security.verify                    in  in  200 200 200 200 200 200 200 200 200 200 200 200
POST security.verify                    in  in  200 200 200 200 200 200 200 200 200 200 200 200
"""
"""One row for each endpoint: `in` is sent to sign in, `to` is sent elsewhere, the rest is the status."""


def rows() -> dict[str, list[str]]:
    """The table, by endpoint and method."""
    lines = [line.split() for line in TABLE.splitlines()]
    return {f"{line[0]} {line[1]}": line[2:] for line in lines if line and line[0] in ("GET", "POST")}


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
    "desk.former": "imported",
}
# What else stands in an address, where it is the same for every file.
NAMED = {
    "front.topic": {"name": "words"},
    "intake": {"slug": "your-words"},
    "desk.step": {"name": "record_the_officers_response"},
    "desk.take": {"name": "record_the_officers_response"},
    "accounts": {"role": "reviewer", "token": "not-a-token", "person_id": "reviewer-1"},
    "reports": {"edition_id": "ready", "period": "2014-H1", "part": "found", "table": "found", "lang": "en"},
    "reports.pdf": {"edition_number": "1"},
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


@pytest.mark.parametrize(
    "room", ["accounts", "desk", "front", "intake", "publication", "reports", "review", "security"]
)
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
            wrong.append(f"{method:5}{endpoint:35}" + " ".join(f"{answer:3}" for answer in answers))
    assert not wrong, "not as the table says, but:\n" + "\n".join(wrong)


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
    """How someone with these cookies is answered: a status, `in` if sent to sign in, `to` if elsewhere."""
    client = busy.app.test_client()
    for name, value in cookies:
        client.set_cookie(name, value)
    with busy.undone():
        data = {"filled": "in nothing"} if method == "POST" else None
        answer = client.open(address(busy, endpoint), method=method, data=data)
    if not 300 <= answer.status_code < 400:
        return str(answer.status_code)
    return "in" if "/sign-in" in answer.location else "to"


def address(busy: Busy, endpoint: str, file: str = "", **instead: str) -> str:
    """The address of an endpoint, about something that is there: this file, and what is named `instead`."""
    room = endpoint.split(".")[0]
    named = NAMED.get(room, {}) | NAMED.get(endpoint, {})
    file = file or FILE_OF.get(endpoint) or FILE_OF.get(room) or "investigation"
    rule = next(rule for rule in busy.app.url_map.iter_rules() if rule.endpoint == endpoint)
    given = {each: instead.get(each) or _named(busy, file, named, each) for each in rule.arguments}
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
