"""Files of the past at the desk: marked in the queue, found by either number, and taken up on their page."""

from datetime import date
from typing import Any

import pytest
from flask import Flask

from oversight.casework import acting
from oversight.casework.actions.panel import shut_out
from oversight.casework.past import Flag, PastAllegation, PastDemographics, PastParty, RaceSource
from oversight.figures.actions import note_internal_reading
from oversight.figures.periods import Period
from oversight.figures.wanted import Wanted
from oversight.kit.db import writing
from oversight.ledger import Actor
from tests.cast import ADA, BEA, INES, IVAN, PAULA, the
from tests.desk.conftest import BrowserOf
from tests.factories import AT, complaint_in, fresh, fresh_in, imported
from tests.pages import hidden_fields, submit

PARTS = ("", "/told", "/allegations", "/people", "/review", "/messages", "/history", "/handling", "/former")
IMPORTED, WAITS = ">Imported</span>", ">Waits to be taken up</span>"


def rows_of(html: str) -> list[str]:
    """The rows of the page's tables."""
    return [row for row in html.split('<tr role="row">') if "/desk/files/" in row]


def test_the_queue_marks_what_was_imported_and_what_waits(app: Flask, browser_of: BrowserOf) -> None:
    with app.app_context():
        waiting, ours = imported().number, complaint_in("assessment").number
        ended = imported("resolved", number="B").number
    (first, second) = rows_of(browser_of(INES).get("/desk").text)
    assert ours in first
    assert IMPORTED not in first
    assert waiting in second
    assert IMPORTED in second
    assert WAITS in second
    (row,) = rows_of(browser_of(INES).get("/desk?ended=y&imported=only").text)
    assert ended in row
    assert IMPORTED in row
    assert WAITS not in row


def test_the_list_is_narrowed_and_keeps_so_from_page_to_page(app: Flask, browser_of: BrowserOf) -> None:
    with app.app_context():
        complaint_in("assessment")
        for number in range(51):
            imported(number=f"N{number}")
    page = browser_of(INES).get("/desk?imported=waiting").text
    assert len(rows_of(page)) == 50
    assert '<option selected value="waiting">To be taken up</option>' in page
    (further,) = [part for part in page.split('"') if part.startswith("/desk?after=")]
    assert "imported=waiting" in further
    assert len(rows_of(browser_of(INES).get(further.replace("&amp;", "&")).text)) == 1


@pytest.mark.one_database
@pytest.mark.parametrize("asked", ["nonsense", "waiting&imported=only", ""])
def test_a_filter_that_nobody_offered_narrows_nothing_and_breaks_nothing(
    app: Flask, browser_of: BrowserOf, asked: str
) -> None:
    with app.app_context():
        imported()
    answer = browser_of(INES).get(f"/desk?imported={asked}")
    assert (answer.status_code, len(rows_of(answer.text))) == (200, 1)


def test_a_former_number_opens_its_file(app: Flask, browser_of: BrowserOf) -> None:
    with app.app_context():
        number = imported(number="PPD 07-1042").number
    for typed in ("PPD 07-1042", "  ppd 07-1042 ", number):
        answer = browser_of(INES).get("/desk/open", query_string={"number": typed})
        assert (answer.status_code, answer.location) == (303, f"/desk/files/{number}")


def test_of_several_files_of_one_number_one_is_chosen(app: Flask, browser_of: BrowserOf) -> None:
    with app.app_context():
        north, south = imported(source="north"), imported("resolved", source="south")
        numbers, hidden = (north.number, south.number), south.id
    page = browser_of(INES).get("/desk/open?number=07-1042")
    assert page.status_code == 200
    assert all(f"/desk/files/{number}" in page.text for number in numbers)
    assert "The office north" in page.text
    with app.app_context():
        ines, bea = the(INES), the(BEA)
        with writing():
            shut_out(fresh_in(hidden), ines.id, "A cousin.", by=acting.person(bea), at=AT)
    assert browser_of(INES).get("/desk/open?number=07-1042").location == f"/desk/files/{numbers[0]}"


@pytest.mark.one_database
def test_a_conflict_hides_every_page_of_it(app: Flask, browser_of: BrowserOf) -> None:
    with app.app_context():
        complaint, ines, bea = imported(), the(INES), the(BEA)
        with writing():
            shut_out(fresh_in(complaint.id), ines.id, "A cousin.", by=acting.person(bea), at=AT)
        number = complaint.number
    browser = browser_of(INES)
    assert {browser.get(f"/desk/files/{number}{part}").status_code for part in PARTS} == {404}
    assert browser.get("/desk/open?number=07-1042").status_code == 404
    for listed in ("/desk", "/desk?imported=waiting", "/desk?imported=only"):
        assert number not in browser.get(listed).text


@pytest.mark.one_database
def test_only_an_imported_file_has_a_former_system(app: Flask, browser_of: BrowserOf) -> None:
    with app.app_context():
        ours, past = complaint_in("assessment").number, imported().number
    ines = browser_of(INES)
    assert ines.get(f"/desk/files/{ours}/former").status_code == 404
    assert "/former" not in ines.get(f"/desk/files/{ours}").text
    assert f"/desk/files/{past}/former" in ines.get(f"/desk/files/{past}").text


SEALED = PastDemographics(RaceSource.PERCEIVED, ("Zqraceword",), ("BLACK",), "Zqgender", 73)
TOLD: dict[str, Any] = {
    "words": {"district": "22nd", "state": "Closed, IAD", "level": "Tier II"},
    "flags": (Flag.ENDED_BEFORE_RECEIVED, Flag.NO_END),
    "people": (PastParty("complainant", identity={"name": "Zqname Marchetti"}, demographics=SEALED),),
    "allegations": (
        PastAllegation(
            "known_officer",
            officer=0,
            code="exercise_of_authority",
            own_code="Physical abuse",
            status="decided",
            finding="sustained",
            own_finding="Sustained Finding",
            own_corrective="Guilty Finding",
        ),
    ),
}


def test_the_former_offices_words_stand_beside_ours(app: Flask, browser_of: BrowserOf) -> None:
    with app.app_context():
        number = imported("resolved", **TOLD).number
    page = browser_of(INES).get(f"/desk/files/{number}/former").text
    for words in ("The office elsewhere", "07-1042", "“22nd”", "“Closed, IAD”", "Resolved", "“Tier II”"):
        assert words in page
    for words in ("“Physical abuse”", "“Sustained Finding”", "Here now: Sustained", "“Guilty Finding”"):
        assert words in page
    assert "No equivalent of ours" in page
    assert "It is recorded as ended before it was received. Nobody has changed this." in page
    assert "A day nobody wrote down" in page
    allegations = browser_of(INES).get(f"/desk/files/{number}/allegations").text
    assert "Physical abuse; Sustained Finding; Guilty Finding" in allegations


@pytest.mark.one_database
@pytest.mark.parametrize("state", ["investigation", "resolved"])
def test_race_gender_and_age_stand_nowhere_and_names_are_covered(
    app: Flask, browser_of: BrowserOf, state: str
) -> None:
    with app.app_context():
        number = imported(state, **TOLD).number
    ines = browser_of(INES)
    pages = [ines.get(f"/desk/files/{number}{part}") for part in PARTS]
    uncovered = submit(ines, f"/desk/files/{number}/people", to=f"/desk/files/{number}/people/uncover")
    assert {page.status_code for page in (*pages, uncovered)} == {200}
    assert not any("Zqname" in page.text for page in pages)
    assert "Zqname Marchetti" in uncovered.text
    for sealed in ("Zqraceword", "Zqgender", ">73<", "perceived"):
        assert not any(sealed in page.text for page in (*pages, uncovered))


def test_it_is_taken_up_on_its_page(app: Flask, browser_of: BrowserOf) -> None:
    with app.app_context():
        complaint = imported("investigation", received_on=date(2015, 5, 4))
        page = f"/desk/files/{complaint.number}"
    ines = browser_of(INES)
    shown = ines.get(page).text
    assert "This file waits to be taken up" in shown
    assert shown.count("/steps/") == 1
    assert f"{page}/steps/adopt" in ines.get(f"{page}/former").text
    refused = ines.get(f"{page}/steps/hold")
    assert refused.status_code == 409
    assert "Take up this file first" in refused.text
    form = ines.get(f"{page}/steps/adopt").text
    assert "Finish the investigation" in form
    assert ines.post(f"{page}/steps/adopt", data=hidden_fields(form)).status_code == 303
    shown = ines.get(page).text
    assert "waits to be taken up" not in shown
    assert "May 4, 2015" in shown
    assert "Taken up here on" in ines.get(f"{page}/former").text
    assert "Take up this file" in ines.get(f"{page}/history").text
    assert ines.post(f"{page}/steps/adopt", data=hidden_fields(form)).status_code == 409
    with app.app_context():
        assert fresh(complaint.id).adopted_at is not None


@pytest.mark.one_database
def test_an_investigator_is_not_offered_to_take_it_up(app: Flask, browser_of: BrowserOf) -> None:
    with app.app_context():
        complaint, ivan = imported(), the(IVAN)
        with writing():
            fresh_in(complaint.id).investigator_id = ivan.id
        page = f"/desk/files/{complaint.number}"
    assert "steps/adopt" not in browser_of(IVAN).get(f"{page}/former").text
    assert browser_of(IVAN).get(f"{page}/steps/adopt").status_code == 403


@pytest.mark.one_database
def test_its_history_begins_with_where_it_came_from(app: Flask, browser_of: BrowserOf) -> None:
    with app.app_context():
        number = imported("resolved").number
    assert "Brought in from another system" in browser_of(INES).get(f"/desk/files/{number}/history").text


@pytest.mark.one_database
def test_its_outcome_is_nobodys_to_publish(app: Flask, browser_of: BrowserOf) -> None:
    with app.app_context():
        number = imported("resolved").number
    assert number not in browser_of(PAULA).get("/publication").text
    assert browser_of(PAULA).get(f"/publication/files/{number}").status_code == 404


@pytest.mark.one_database
def test_the_ledger_says_in_words_what_was_brought_in_taken_up_and_read(
    app: Flask, browser_of: BrowserOf
) -> None:
    with app.app_context():
        number = imported().number
        with writing():
            wanted = Wanted(Period.parse("2015"))
            note_internal_reading("findings-by-race", wanted, by=Actor.system(), at=AT)
    ines = browser_of(INES)
    submit(ines, f"/desk/files/{number}/steps/adopt")
    page = browser_of(ADA).get("/desk/ledger").text
    for words in (
        "Files of the past: Export brought in",
        "Complaint file: Take up this file",
        "Figures: Read with their small numbers",
        "inputs complaints",
    ):
        assert words in page
