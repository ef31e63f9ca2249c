"""W6: a complaint's last submission, to its receipt."""

from flask import Flask

from bench.growth import Workload, grown
from bench.kept import Kept, Office
from bench.line import Line
from bench.measure import Work
from bench.pages import hello
from tests.intake.visitor import Visitor
from tests.pages import hidden_fields

ROUNDS = 10
A_ROUND = 4
LOOPBACKS = 250
"""Each filing comes from an address of its own, as the public does; one address may not file without end."""


def measure(kept: Kept, kind: str) -> list[Line]:
    """The filing at every size."""
    return grown(kept, kind, WORKLOADS, rounds=ROUNDS)


def last_submission(office: Office) -> Work:
    """A filing's last submission, to its receipt; the questions before it are answered in advance."""
    prepared = [_answered(office.app, number) for number in range((ROUNDS + 1) * A_ROUND)]
    filings = iter(prepared)

    def send() -> None:
        visitor, form = next(filings)
        answer = visitor.client.post("/complaint/send", data=form)
        assert answer.status_code == 303, answer.text

    return send


def _answered(app: Flask, number: int) -> tuple[Visitor, dict[str, str]]:
    visitor = Visitor(app)
    visitor.client.environ_base["REMOTE_ADDR"] = f"127.0.{number // LOOPBACKS}.{number % LOOPBACKS + 1}"
    visitor.answer_all()
    return visitor, hidden_fields(visitor.get("/complaint/check").text)


WORKLOADS = (
    Workload("W1 hello", hello, 200),
    Workload("W6 a filing's last submission", last_submission, A_ROUND, "W1 hello", 150),
)
