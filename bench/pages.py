"""W1 to W5, W7 and W8: the pages that people open most, at every size of office."""

from collections.abc import Iterator
from itertools import cycle

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from bench import by_hand
from bench.growth import Workload, grown
from bench.kept import PASSWORD, Kept, Office
from bench.line import Line
from bench.measure import Work
from oversight.casework.models import Complaint, Outcome
from oversight.casework.queries.outcomes import PUBLIC
from oversight.kit.db import session
from oversight.kit.paging import keyset_page
from tests.pages import hidden_fields, submit

ROUNDS = 9


def measure(kept: Kept, kind: str) -> list[Line]:
    """Every page at every size."""
    return grown(kept, kind, WORKLOADS, rounds=ROUNDS)


def hello(_: Office) -> Work:
    """The floor of everything: a Flask page that says one word."""
    app = Flask("hello")
    app.add_url_rule("/", view_func=lambda: "hello")
    client = app.test_client()
    return lambda: client.get("/")


def queue(office: Office) -> Work:
    """The desk's queue as a caseworker opens it."""
    return _opened(_caseworker(office), "/desk")


def middle_of_the_queue(office: Office) -> Work:
    """The page of the queue with as many files before it as after it."""
    with office.app.app_context():
        waiting = select(Complaint.id).where(~Complaint.has_ended)
        half = (session().scalar(select(func.count()).select_from(waiting.subquery())) or 0) // 2
        after = keyset_page(waiting, (Complaint.next_due_on, Complaint.id), size=half).after
    return _opened(_caseworker(office), f"/desk?after={after}")


def history(office: Office) -> Work:
    """The history of a file on which 200 things were done, as a caseworker opens it."""
    return _opened(_caseworker(office), f"/desk/files/{office.particulars['busy']}/history")


def receipt(office: Office) -> Work:
    """A receipt code typed in, and the page of the file that it opens, for one person after another."""
    visits = cycle(list(_visits(office)))

    def look_up() -> None:
        client, form = next(visits)
        assert client.post("/status", data=form).status_code == 303
        assert client.get("/status/file").status_code == 200

    return look_up


def outcomes(office: Office) -> Work:
    """The public's list of outcomes."""
    return _opened(office.app.test_client(), "/outcomes")


def middle_of_the_outcomes(office: Office) -> Work:
    """The page of the list with as many outcomes before it as after it."""
    with office.app.app_context():
        public = select(Outcome.id).where(Outcome.state.in_(PUBLIC))
        half = (session().scalar(select(func.count()).select_from(public.subquery())) or 0) // 2
        order = (Outcome.published_at.desc(), Outcome.reference.desc())
        after = keyset_page(public, order, size=half).after
    return _opened(office.app.test_client(), f"/outcomes?after={after}")


def outcome(office: Office) -> Work:
    """One outcome as the public reads it."""
    with office.app.app_context():
        newest = select(Outcome.reference).where(Outcome.state.in_(PUBLIC))
        reference = session().scalar(newest.order_by(Outcome.published_at.desc()).limit(1))
    return _opened(office.app.test_client(), f"/outcomes/{reference}")


def _caseworker(office: Office) -> FlaskClient:
    client = office.app.test_client()
    answer = submit(client, "/sign-in", email="caseworker@demo.example", password=PASSWORD)
    assert answer.status_code == 302, f"sign-in answered {answer.status_code}"
    return client


def _opened(client: FlaskClient, address: str) -> Work:
    def open_page() -> None:
        assert client.get(address).status_code == 200

    return open_page


def _visits(office: Office) -> Iterator[tuple[FlaskClient, dict[str, str]]]:
    """People with their receipts, each from an address of their own: one may not try without end."""
    for number, code in enumerate(office.particulars["receipts"], start=1):
        client = office.app.test_client()
        client.environ_base["REMOTE_ADDR"] = f"127.1.0.{number}"
        yield client, {**hidden_fields(client.get("/status").text), "code": code}


WORKLOADS = (
    # Pages by hand come before the first request of their app, which takes no more pages later.
    Workload("W1 hello", hello, 200),
    Workload("W2 the queue's template", by_hand.queue_of_prepared_rows, 3, "W1 hello", steepest=None),
    Workload("W3 the queue by hand", by_hand.queue, 5, "W2 the queue's template", steepest=None),
    Workload("the history by hand", by_hand.history, 4),
    Workload("the outcomes by hand", by_hand.outcomes, 8),
    Workload("an outcome by hand", by_hand.outcome, 10),
    Workload("W4 the desk's queue", queue, 5, "W3 the queue by hand", 3),
    Workload("W4 its middle page", middle_of_the_queue, 3, "W3 the queue by hand", 3),
    Workload("W5 a file with 200 events", history, 4, "the history by hand", 3),
    Workload("W7 a receipt looked up", receipt, 4, "W1 hello", 150),
    Workload("W8 the outcomes", outcomes, 8, "W3 the queue by hand", 2, beside="the outcomes by hand"),
    Workload(
        "W8 their middle page",
        middle_of_the_outcomes,
        5,
        "W3 the queue by hand",
        2,
        beside="the outcomes by hand",
    ),
    Workload("W8 an outcome", outcome, 10, "W3 the queue by hand", 2, beside="an outcome by hand"),
)
