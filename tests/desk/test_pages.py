"""Every page of the desk opens for those it is for, whatever state the file is in."""

import pytest
from flask import Flask

from oversight.rules.workflow import FILE_STATES
from tests.cast import ADA, BEA, INES, IVAN, LOU, signed_in
from tests.factories import complaint_in

PARTS = ("", "/told", "/allegations", "/people", "/review", "/messages", "/history", "/handling")
FORMS = (
    "/allegations/new",
    "/people/new",
    "/copies/new",
    "/handling/assign",
    "/handling/conflict",
    "/handling/incident",
)


@pytest.mark.one_database
@pytest.mark.parametrize("state", [state.slug for state in FILE_STATES])
def test_every_part_of_a_file_opens_in_every_state(app: Flask, state: str) -> None:
    with app.app_context():
        number = complaint_in(state).number
    ines = signed_in(app, INES)
    answers = {part: ines.get(f"/desk/files/{number}{part}").status_code for part in PARTS + FORMS}
    assert set(answers.values()) == {200}, answers


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("person", "page"),
    [
        (INES, "/desk"),
        (INES, "/desk?state=assessment&level=2&due=week&mine=y&news=y"),
        (INES, "/desk?ended=y"),
        (INES, "/desk?incident=nonsense&after=nonsense"),
        (IVAN, "/desk"),
        (BEA, "/desk"),
        (BEA, "/desk/approvals"),
        (BEA, "/desk/calendar"),
        (LOU, "/desk/liaison"),
        (ADA, "/desk/ledger"),
        (ADA, "/desk/ledger?kind=file.filed.web"),
    ],
)
def test_the_desks_own_pages_open(app: Flask, person: object, page: str) -> None:
    with app.app_context():
        complaint_in("decision")
    assert signed_in(app, person).get(page).status_code == 200  # type: ignore[arg-type]
