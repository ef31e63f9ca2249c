"""The people of the tests, by name, so that a test reads as a sentence. Each is hired when first needed."""

from dataclasses import dataclass
from datetime import UTC, datetime

from flask import Flask
from flask.testing import FlaskClient

from oversight.accounts.actions import make_person
from oversight.accounts.models import User
from oversight.accounts.queries import person_with_email
from oversight.kit.db import writing
from oversight.rules.roles import Role
from tests.pages import submit

HIRED_AT = datetime(2026, 1, 5, 16, 0, tzinfo=UTC)
PASSWORD = "four plain garden chairs"


@dataclass(frozen=True)
class Person:
    """Someone who may work here; Olu has no role, and so no account."""

    name: str
    post: str
    role: Role | None

    @property
    def email(self) -> str:
        return f"{self.post}@demo.example"


INES = Person("Ines", "caseworker", Role.CASEWORKER)
IVAN = Person("Ivan", "investigator", Role.INVESTIGATOR)
RITA = Person("Rita", "reviewer-1", Role.REVIEWER)
OMAR = Person("Omar", "reviewer-2", Role.REVIEWER)
NOOR = Person("Noor", "reviewer-3", Role.REVIEWER)
THEO = Person("Theo", "reviewer-4", Role.REVIEWER)
PAULA = Person("Paula", "publisher", Role.PUBLISHER)
BEA = Person("Bea", "director", Role.DIRECTOR)
DORA = Person("Dora", "director-2", Role.DIRECTOR)
LOU = Person("Lou", "liaison", Role.LIAISON)
ADA = Person("Ada", "auditor", Role.AUDITOR)
MAX = Person("Max", "administrator", Role.ADMINISTRATOR)
OLU = Person("Olu", "outsider", None)

REVIEWERS = (RITA, OMAR, NOOR, THEO)
STAFF = (INES, IVAN, *REVIEWERS, PAULA, BEA, DORA, LOU, ADA, MAX)


def the(person: Person) -> User:
    """The person's account, in the session of the app context around; made if this is the first one hears."""
    return person_with_email(person.email) or hire(person)


def hire(person: Person) -> User:
    """Make the person's account. Call it before `writing()`: it is a transaction of its own."""
    assert person.role is not None, f"{person.name} does not work here"
    with writing():
        return make_person(person.email, person.name, (person.role,), PASSWORD, at=HIRED_AT)


def signed_in(app: Flask, person: Person) -> FlaskClient:
    """A client in which this person has signed in. Call it outside of any app context, as browsers are."""
    with app.app_context():
        the(person)
    client = app.test_client()
    answer = submit(client, "/sign-in", email=person.email, password=PASSWORD)
    assert answer.status_code == 302, f"{person.name} could not sign in: {answer.status_code}"
    return client
