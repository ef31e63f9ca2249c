"""A request that would succeed for every endpoint that changes something: who sends what."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from flask.testing import FlaskClient

from oversight.accounts.links import one_time_path
from oversight.accounts.models import User
from oversight.casework import acting
from oversight.casework.actions.panel import declare_conflict
from oversight.casework.models import Complaint
from oversight.kit.db import session, writing
from tests import factories as files
from tests.busy_office import AT
from tests.cast import BEA, INES, MAX, PASSWORD, PAULA, REVIEWERS, Person, hire, signed_in, the
from tests.journey import TOLD
from tests.pages import submit
from tests.sweeps.conftest import Busy
from tests.webpages import read

NOT_RECORDED: Mapping[str, str] = {
    "front.switch_language": "a reader's choice, kept in their own browser",
    "intake.start": "a draft is nobody's record until it is sent",
    "intake.answer": "a draft is nobody's record until it is sent",
    "intake.forget": "a draft is nobody's record until it is sent",
    "intake.write_down": "a draft is nobody's record until it is sent",
    "intake.forget_told": "a draft is nobody's record until it is sent",
    "intake.kept_my_code": "takes away what one page still shows; the file stays as it is",
    "intake.code_read_out": "takes away what one page still shows; the file stays as it is",
    "intake.look_up": "opens a file in this browser and changes nothing",
    "intake.leave": "closes a file in this browser and changes nothing",
    "security.verify": "a password typed once more; changes nothing",
}
"""Endpoints that change no file, no person and no release, and why that is so."""


@dataclass(frozen=True)
class Case:
    """One request: the page its form stands on, what to fill in, and which of the page's forms it is.

    Addresses may name `{file}`, `{outcome}` and ids; `file` and `outcome` say which file and outcome.
    """

    who: Person | str
    page: str
    fill: Mapping[str, Any] = field(default_factory=dict)
    to: str = ""
    file: str = "investigation"
    outcome: str = "draft"
    before: Callable[[Busy, FlaskClient], None] | None = None


RECEIPT = "whoever holds the receipt"
NOBODY = "nobody in particular"

FILE = "/desk/files/{file}"
SUMMARY = "/publication/outcomes/{outcome}"
NEW_PASSWORD = {"password": "seven quiet winter boats", "again": "seven quiet winter boats"}
DAY = {"on-day": "2", "on-month": "2", "on-year": "2027", "name_en": "A day", "name_fr": "Un jour"}


def answer_every_question(_busy: Busy, client: FlaskClient) -> None:
    """Fill in the public form, up to its last page."""
    where = submit(client, "/complaint/", to="/complaint/start").location
    while "/questions/" in where:
        form = read(client.get(where).text, where).form_to(where)
        told = {name: TOLD[name] for name in form.names if name in TOLD} | {"narrative": "It was so."}
        where = client.post(
            where, data=form.filled(**{k: v for k, v in told.items() if k in form.names})
        ).location


def write_it_down(_busy: Busy, client: FlaskClient) -> None:
    """Fill in the desk's form, and have it to read back."""
    page = "/desk/assisted-filing"
    form = next(form for form in read(client.get(page).text, page).forms if "narrative" in form.names)
    told = {**TOLD, "narrative": "It was so.", "channel": "phone", "origin": "complaint", "language": "en"}
    told |= {"received_on-day": "2", "received_on-month": "11", "received_on-year": "2026"}
    answer = client.post(page, data=form.filled(**told))
    assert answer.status_code == 303, answer.text


def leave_a_seat_empty(busy: Busy, _client: FlaskClient) -> None:
    """More reviewers step down than there are substitutes; then the office finds another."""
    with busy.app.app_context():
        complaint_id = _file(busy, "civilian_review").id
        for _ in range(2):
            with writing():
                seat = files.active_seats(files.fresh_in(complaint_id))[0]
                declare_conflict(seat, "", by=acting.person(files.reviewer_of(seat)), at=AT)
        hire(Person("Nadia", "reviewer-5", REVIEWERS[0].role))


def close_the_account(busy: Busy, client: FlaskClient) -> None:
    """Close Ivan's account, so that it can be opened again."""
    page = f"/people/{busy.there.ids['person_id']['investigator']}"
    submit(client, page, to=f"{page}/deactivate")


def declare(busy: Busy, _client: FlaskClient) -> None:
    """Everyone on the panel says that they have no conflict."""
    with busy.app.app_context():
        files.declared(_file(busy, "civilian_review"), AT)


def _file(busy: Busy, key: str) -> Complaint:
    return session().query(Complaint).filter_by(number=busy.there.numbers[key]).one()


def client_of(busy: Busy, case: Case) -> FlaskClient:
    """The browser of whoever sends it."""
    if isinstance(case.who, Person):
        return signed_in(busy.app, case.who)
    client = busy.app.test_client()
    if case.who == RECEIPT:
        submit(client, "/status", code=busy.there.receipts[case.file])
    return client


def seated(busy: Busy, number: int) -> Person:
    """Someone on the panel: 0 has declared, 1 has not."""
    return busy.there.seated["civilian_review"][number]


def addresses(busy: Busy, case: Case) -> dict[str, str]:
    """What stands for the names in a case's addresses."""
    there = busy.there
    of_file = {name: by_key[case.file] for name, by_key in there.ids.items() if case.file in by_key}
    people = {"ivan": there.ids["person_id"]["investigator"], "paula": there.ids["person_id"]["publisher"]}
    with busy.app.app_context():
        ines: User = the(INES)
        link = one_time_path(ines)
    others = {"request_id": there.ids["request_id"]["waiting"], "day_id": there.ids["day_id"]["any"]}
    others["ready"] = there.ids["edition_id"]["ready"]
    outcome = there.references[case.outcome]
    return {"file": there.numbers[case.file], "outcome": outcome, "link": link} | others | people | of_file


CASES: Mapping[str, Case] = {
    # people
    "accounts.approve": Case(BEA, "/people/requests", to="/people/requests/{request_id}/approve"),
    "accounts.decline": Case(BEA, "/people/requests", to="/people/requests/{request_id}/decline"),
    "accounts.change_own_password": Case(INES, "/account/password", {"current": PASSWORD, **NEW_PASSWORD}),
    "accounts.change_own_profile": Case(INES, "/account", {"name": "Inès"}),
    "accounts.grant": Case(MAX, "/people/{ivan}", {"role": "publisher"}, to="/people/{ivan}/roles"),
    "accounts.remove": Case(MAX, "/people/{ivan}", to="/people/{ivan}/roles/investigator/remove"),
    "accounts.link": Case(MAX, "/people/{ivan}", to="/people/{ivan}/link"),
    "accounts.deactivate": Case(MAX, "/people/{ivan}", to="/people/{ivan}/deactivate"),
    "accounts.reactivate": Case(
        MAX, "/people/{ivan}", to="/people/{ivan}/reactivate", before=close_the_account
    ),
    "accounts.send_invitation": Case(
        MAX, "/people/invite", {"name": "Noé", "email": "noe@demo.example", "language": "fr"}
    ),
    "accounts.send_link": Case(NOBODY, "/reset", {"email": INES.email}),
    "accounts.set_new_password": Case(NOBODY, "{link}", NEW_PASSWORD),
    "security.login": Case(NOBODY, "/sign-in", {"email": INES.email, "password": PASSWORD}),
    "security.logout": Case(INES, "/account", to="/sign-out"),
    # the public's pages
    "intake.send": Case(NOBODY, "/complaint/check", to="/complaint/send", before=answer_every_question),
    "intake.about_you": Case(RECEIPT, "/complaint/about-you", {"identity": "DO_NOT_KNOW"}),
    "intake.add": Case(RECEIPT, "/status/file/add", {"body": "I remembered something."}),
    "intake.retaliation": Case(RECEIPT, "/status/file/retaliation", {"body": "He came to my door."}),
    "intake.withdraw": Case(RECEIPT, "/status/file/withdraw", {"pressed": "no", "reason": "I moved."}),
    "intake.another_look": Case(
        RECEIPT,
        "/status/file/another-look",
        {"reason": "You did not ask my sister.", "delay": "I was ill."},
        file="dismissed",
    ),
    "intake.send_told": Case(
        INES, "/desk/assisted-filing/read-back", to="/desk/assisted-filing/send", before=write_it_down
    ),
    # the desk
    "desk.take": Case(INES, f"{FILE}/steps/begin_assessment", file="received"),
    "desk.take, about a deadline": Case(
        INES,
        f"{FILE}/steps/say_why_it_passed",
        {"clock": "assessment", "delay_reason": "workload"},
        file="assessment",
    ),
    "desk.take, proposed": Case(
        INES,
        f"{FILE}/steps/close_without_finding",
        {"closing_ground": "officer_unidentified", "reason": "Nobody.", "to_complainant": "Nobody."},
        file="assessment",
    ),
    "desk.approve": Case(
        BEA,
        f"{FILE}/proposals/{{proposal_id}}",
        to=f"{FILE}/proposals/{{proposal_id}}/approve",
        file="waiting",
    ),
    "desk.decline": Case(
        BEA,
        f"{FILE}/proposals/{{proposal_id}}",
        {"reason": "It is no crime."},
        to=f"{FILE}/proposals/{{proposal_id}}/decline",
        file="waiting",
    ),
    "desk.add_allegation": Case(INES, f"{FILE}/allegations/new", {"subject_kind": "service"}),
    "desk.edit_allegation": Case(INES, f"{FILE}/allegations/{{allegation_id}}", {"code": "deceit"}),
    "desk.note_imposed": Case(
        INES, f"{FILE}/allegations/{{allegation_id}}/imposed", {"imposed": "reprimand"}, file="resolved"
    ),
    "desk.uncover": Case(INES, f"{FILE}/people", to=f"{FILE}/people/uncover"),
    "desk.open_party": Case(INES, f"{FILE}/people", to=f"{FILE}/people/{{party_id}}/open"),
    "desk.add_party": Case(INES, f"{FILE}/people/new", {"kind": "witness", "name": "Somebody"}),
    "desk.edit_party": Case(INES, f"{FILE}/people/{{party_id}}/open", to=f"{FILE}/people/{{party_id}}"),
    "desk.issue_receipt": Case(INES, f"{FILE}/people/{{party_id}}/receipt", {"checked": "y"}),
    "desk.add_copy": Case(INES, f"{FILE}/copies/new", {"text": "Officer A spoke.", "ready": "y"}),
    "desk.edit_copy": Case(INES, f"{FILE}/copies/{{copy_id}}", {"text": "Officer A shouted."}),
    "desk.remove_copy": Case(INES, f"{FILE}/review", to=f"{FILE}/copies/{{copy_id}}/remove"),
    "desk.fill_panel": Case(
        INES, f"{FILE}/review", to=f"{FILE}/panel/fill", file="civilian_review", before=leave_a_seat_empty
    ),
    "desk.write_message": Case(INES, f"{FILE}/messages", {"party": "{party_id}", "body": "Good day."}),
    "desk.read_messages": Case(INES, f"{FILE}/messages", to=f"{FILE}/messages/read"),
    "desk.assign": Case(INES, f"{FILE}/handling/assign", {"investigator": ""}),
    "desk.add_conflict": Case(
        INES, f"{FILE}/handling/conflict", {"person": "{paula}", "reason": "A cousin of the officer."}
    ),
    "desk.attach_to_incident": Case(INES, f"{FILE}/handling/incident", {"title": "A march in May"}),
    "desk.add_calendar_day": Case(BEA, "/desk/calendar", {**DAY, "kind": "office"}),
    "desk.remove_calendar_day": Case(BEA, "/desk/calendar?year=2027", to="/desk/calendar/{day_id}/remove"),
    "desk.recompute": Case(BEA, "/desk/calendar", to="/desk/calendar/recompute"),
    # the reviewers' pages
    "review.declare": Case(
        "seated 1",
        "/review/files/{file}",
        {"declaration": "none"},
        file="civilian_review",
        to="/review/files/{file}/declaration",
    ),
    "review.report_conflict": Case(
        "seated 0", "/review/files/{file}/conflict", {"reason": "I know her."}, file="civilian_review"
    ),
    "review.find": Case(
        "seated 0",
        "/review/files/{file}",
        {"finding:{allegation_id}": "unfounded", "reasons:{allegation_id}": "So it reads.", "keep": "yes"},
        to="/review/files/{file}/findings",
        file="civilian_review",
    ),
    "review.find, submitted": Case(
        "seated 0",
        "/review/files/{file}",
        {"finding:{allegation_id}": "unfounded", "reasons:{allegation_id}": "So it reads."},
        to="/review/files/{file}/findings",
        file="civilian_review",
    ),
    "review.ask": Case(
        "seated 0", "/review/files/{file}/question", {"question": "Was it dark?"}, file="civilian_review"
    ),
    # the publishers' pages
    "publication.begin": Case(PAULA, "/publication/files/{file}", file="resolved"),
    "publication.take": Case(PAULA, SUMMARY, {"title.en": "Another title"}, to=f"{SUMMARY}/steps/draft"),
    "publication.take, approved": Case(BEA, SUMMARY, to=f"{SUMMARY}/steps/approve"),
    "publication.take, published": Case(PAULA, SUMMARY, to=f"{SUMMARY}/steps/publish", outcome="approved"),
    "publication.approve_proposal": Case(
        BEA,
        SUMMARY,
        to=f"{SUMMARY}/proposals/{{proposal_id}}/approve",
        outcome="correcting",
        file="to_correct",
    ),
    "publication.decline_proposal": Case(
        BEA,
        SUMMARY,
        to=f"{SUMMARY}/proposals/{{proposal_id}}/decline",
        outcome="correcting",
        file="to_correct",
    ),
    # reports
    "reports.propose": Case(
        PAULA, "/editions/new", {"period": "2014-H1", "changes_en": "A month.", "changes_fr": "Un mois."}
    ),
    "reports.issue": Case(BEA, "/editions/{ready}", to="/editions/{ready}/issue"),
    "reports.discard": Case(PAULA, "/editions/{ready}", to="/editions/{ready}/discard"),
}
