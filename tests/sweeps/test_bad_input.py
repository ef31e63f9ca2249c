"""What people send by mistake, and others on purpose: always a page that helps, never a fault of ours."""

import uuid
from collections.abc import Mapping
from dataclasses import replace

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from oversight.casework.models import Complaint
from oversight.kit.db import session
from oversight.rules import receipts
from tests.cast import BEA, INES, MAX, PAULA, Person, signed_in
from tests.pages import hidden_fields, submit
from tests.sweeps.conftest import Busy
from tests.sweeps.ledger_cases import CASES, answer_every_question, client_of, seated
from tests.sweeps.test_ledger_failure import filled_in
from tests.webpages import read

pytestmark = pytest.mark.one_database

WORDS = "/complaint/questions/your-words"
WHEN = "/complaint/questions/when"


def begun(client: FlaskClient) -> FlaskClient:
    """Someone who has begun to tell."""
    submit(client, "/complaint/", to="/complaint/start")
    return client


def helps(answer: TestResponse, status: int, *words: str) -> None:
    """A page of ours with that status and these words, that says nothing of how the site is built."""
    assert answer.status_code == status, answer.text
    assert answer.text.count("<h1") == 1
    for each in words:
        assert each in answer.text
    for each in ("Traceback", "Exception", "werkzeug", "csrf", "CSRF"):
        assert each not in answer.text.replace("csrf_token", "")


def test_a_code_nobody_was_given(client: FlaskClient) -> None:
    code = receipts.new_code(b"fifteen letters")
    answer = submit(client, "/status", code=code)
    helps(client.get(answer.location), 404, "We do not know this code")


@pytest.mark.parametrize("code", ["", "7K3QM", "7K3QM-" * 9, "UUUUU-" * 5, "‮7K3QM\0", "é" * 5000])
def test_a_code_that_can_not_be_one(client: FlaskClient, code: str) -> None:
    helps(submit(client, "/status", code=code), 422, "error-summary")


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", "/complaint/send"), ("POST", "/"), ("DELETE", "/outcomes"), ("PUT", "/status")],
)
def test_a_method_that_a_page_does_not_know(busy: Busy, method: str, path: str) -> None:
    busy.app.config["WTF_CSRF_ENABLED"] = False
    answer = busy.app.test_client().open(path, method=method)
    helps(answer, 405)
    assert answer.headers["Allow"]


def test_a_body_that_is_too_large(client: FlaskClient) -> None:
    begun(client)
    helps(submit(client, WORDS, narrative="x" * 3_000_000), 413)


def test_a_form_of_ten_thousand_fields(client: FlaskClient) -> None:
    fields = {f"field-{number}": "x" for number in range(10_000)}
    token = hidden_fields(client.get("/status").text)
    helps(client.post("/status", data={**token, **fields}), 422)
    some = {name: fields[name] for name in list(fields)[:1500]}
    helps(client.post("/status", data={**token, **some}, content_type="multipart/form-data"), 413)


def test_a_form_that_has_expired(client: FlaskClient) -> None:
    helps(client.post(WORDS, data={"narrative": "I wrote this for an hour."}), 400)


def test_a_megabyte_of_narrative(client: FlaskClient) -> None:
    begun(client)
    answer = submit(client, WORDS, narrative="A word. " * 125_000)
    helps(answer, 422, "100,000")
    assert answer.text.count("A word.") > 100_000, "what was written is kept"


def test_a_field_that_is_longer_than_any_name(client: FlaskClient) -> None:
    begun(client)
    answer = submit(
        client, "/complaint/questions/who", officer_status="known_officer", officer_name="x" * 5000
    )
    helps(answer, 422, "200", "x" * 5000)


def test_signs_that_no_page_can_show(client: FlaskClient) -> None:
    begun(client)
    helps(submit(client, WORDS, narrative="He said\0 nothing."), 422, "He said nothing.")


def test_marks_that_turn_the_direction_of_text(client: FlaskClient) -> None:
    begun(client)
    assert submit(client, WORDS, narrative="\u202eHe said nothing.\u2066").status_code == 303
    checked = client.get("/complaint/check").text
    assert "He said nothing." in checked
    assert not {"\u202e", "\u2066"} & set(checked)


@pytest.mark.parametrize(
    ("day", "month", "year", "status"),
    [
        ("", "", "", 303),
        ("14", "3", "2026", 303),
        ("14", "mars", "2026", 303),
        ("١٤", "٣", "٢٠٢٦", 303),
        ("", "3", "2026", 422),
        ("14", "3", "", 422),
        ("31", "2", "2026", 422),
        ("29", "2", "2025", 422),
        ("0", "0", "0", 422),
        ("-1", "3", "2026", 422),
        ("½", "3", "2026", 422),
        ("14", "3", "99999999999999999999", 422),
        ("14", "3", "2999", 422),
        ("fourteen", "3\0", "\u202e2026", 422),
        ("1e1", "0x3", "2_026", 422),
    ],
)
def test_dates_as_people_write_them(
    client: FlaskClient, day: str, month: str, year: str, status: int
) -> None:
    begun(client)
    parts = {"happened_on-day": day, "happened_on-month": month, "happened_on-year": year}
    answer = submit(client, WHEN, **parts)
    assert answer.status_code == status
    if status == 422:
        helps(answer, 422, "error-summary")
    elif day:
        assert "14" in client.get("/complaint/check").text


CURSORS = ("x", "%00", "../../etc/passwd", "A" * 5000, "%F0%28%8C%28", "eyJhIjoxfQ==", "0", "null", "[]")
LISTS: Mapping[str, Person | None] = {
    "/outcomes?": None,
    "/desk?": INES,
    "/desk/approvals?": BEA,
    "/publication?part=in-work&": PAULA,
    "/publication?part=%00&": PAULA,
    "/people?": MAX,
    "/people/requests?": BEA,
}


def test_cursors_that_nobody_was_given(busy: Busy) -> None:
    for path, person in LISTS.items():
        client = signed_in(busy.app, person) if person else busy.app.test_client()
        for cursor in CURSORS:
            answer = client.get(f"{path}after={cursor}")
            helps(answer, 400 if "%00" in f"{path}{cursor}" else 200)


@pytest.mark.parametrize(
    "path",
    [
        "/desk?state=nowhere&level=%00&due=never&incident=none&mine=x&news=%F0%28",
        "/desk/open?number=%00",
        "/desk/files/2026-99999",
        "/desk/files/%00",
        "/desk/files/..%2f..%2fetc",
        "/desk/calendar?year=99999999999999999999",
        "/desk/approvals?after=%F0%28",
        "/outcomes/%F0%28%8C%28",
        "/help/%2e%2e%2fbase",
        "/complaint/questions/nothing",
        "/reset/not-a-token",
        "/elsewhere?x=%00",
    ],
)
def test_addresses_that_were_made_up(busy: Busy, path: str) -> None:
    answer = signed_in(busy.app, INES).get(path)
    assert answer.status_code < 500, answer.text


def test_a_step_taken_on_a_page_that_is_out_of_date(busy: Busy) -> None:
    file = f"/desk/files/{busy.there.numbers['assessment']}"
    client, step = signed_in(busy.app, INES), f"{file}/steps/close_without_finding"
    form = read(client.get(step).text, step).form_to(step)
    submit(client, f"{file}/handling/incident", title="Something that changes the file")
    typed = {
        "reason": "I typed this for long.",
        "to_complainant": "And this.",
        "closing_ground": "officer_left",
    }
    answer = client.post(step, data=form.filled(**typed))
    helps(answer, 409, "I typed this for long.", "And this.", "Someone has changed this")
    again = read(answer.text, step).form_to(step)
    assert client.post(step, data=again.given).status_code == 303, "and sending it again is enough"


def test_the_same_complaint_sent_twice(busy: Busy) -> None:
    client = busy.app.test_client()
    answer_every_question(busy, client)
    form = read(client.get("/complaint/check").text, "/complaint/check").form_to("/complaint/send")
    before = files_in(busy)
    first, second = (client.post("/complaint/send", data=form.given) for _ in range(2))
    assert (first.status_code, first.location) == (second.status_code, second.location)
    assert files_in(busy) == before + 1


def files_in(busy: Busy) -> int:
    """How many files there are."""
    with busy.app.app_context():
        return session().scalar(select(func.count()).select_from(Complaint)) or 0


NASTY = {
    "nothing": None,
    "hidden signs": "\0\u202e\ud7ff\x1b",
    "another's id": str(uuid.UUID(int=7)),
    "a long text": "x" * 30_000,
    "a sum": "-99999999999999999999999",
}


@pytest.mark.parametrize("name", CASES)
def test_forms_filled_in_by_someone_who_means_harm(busy: Busy, name: str) -> None:
    case = CASES[name]
    if str(case.who).startswith("seated"):
        case = replace(case, who=seated(busy, int(str(case.who)[-1])))
    client = client_of(busy, case)
    if case.before:
        case.before(busy, client)
    path, data = filled_in(busy, case, client)
    kept = {"csrf_token", "form_key", "checked"}
    for what, value in NASTY.items():
        for spoiled in [{name} for name in data if name not in kept] + [set(data) - kept]:
            sent = data.copy()
            for field in spoiled:
                sent.setlist(field, [] if value is None else [value])
            with busy.undone():
                answer = client.post(path, data=sent)
            assert answer.status_code < 500, f"{what} in {sorted(spoiled)}: {answer.status_code}"
