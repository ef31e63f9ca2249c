"""The pages of reports: what anyone may read of an edition, and how two people propose and issue one."""

import csv
import hashlib
import io
import re
import uuid
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient

from oversight.kit.db import session, writing
from oversight.reports.actions import begin_building, keep_built, note_progress
from oversight.reports.models import Edition
from tests.cast import ADA, BEA, INES, PAULA, signed_in
from tests.desk.test_query_counts import queries
from tests.editions import CHANGES, PDFS, document, edition_in, file_of
from tests.factories import AT
from tests.pages import hidden_fields, submit
from tests.webpages import read

H1 = "2025-H1"
FOUND = "/statistics/2025-H1/found"


@pytest.fixture
def issued(app: Flask) -> uuid.UUID:
    """The first edition of the first half of 2025, issued by Bea as Paula proposed it."""
    with app.app_context():
        file_of(H1)
        return edition_in("issued", H1)


def at_desk(edition_id: uuid.UUID) -> str:
    """Where an edition is made."""
    return f"/editions/{edition_id}"


def state_of(app: Flask, edition_id: uuid.UUID) -> str:
    """Its state in the database."""
    with app.app_context():
        edition = session().get(Edition, edition_id)
        return edition.state if edition else "gone"


# --- for everyone ------------------------------------------------------------------------------------


def test_before_the_first_edition_the_pages_say_so(client: FlaskClient) -> None:
    assert "No report is issued yet" in client.get("/reports").text
    assert "No figures are issued yet" in client.get("/statistics").text
    for path in ("/statistics/found.csv", "/statistics/2025-H1", FOUND, "/reports/2025-H1/1/en.pdf"):
        assert client.get(path).status_code == 404, path


def test_every_public_page_leads_to_figures_and_reports(client: FlaskClient) -> None:
    links = read(client.get("/help").text, "/help").links
    assert {"/statistics", "/reports"} <= set(links)
    assert "See the figures" in client.get("/").text


def test_an_issued_edition_is_listed_with_what_one_needs_to_check_it(
    client: FlaskClient, issued: uuid.UUID
) -> None:
    page = client.get("/reports").text
    for words in ("First half of 2025", "Edition 1, issued on November 2, 2026", "fingerprint"):
        assert words in page
    for body in PDFS.values():
        assert hashlib.sha256(body).hexdigest() in page
    assert at_desk(issued) not in page


def test_only_what_was_issued_is_public(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        file_of(H1)
        edition_in("ready", H1)
    assert "First half of 2025" not in client.get("/reports").text
    for path in ("/statistics/2025-H1", FOUND, f"{FOUND}.csv", "/reports/2025-H1/1/en.pdf"):
        assert client.get(path).status_code == 404, path


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_the_pdf_is_the_frozen_bytes_and_need_not_be_asked_for_twice(
    client: FlaskClient, issued: uuid.UUID, lang: str
) -> None:
    path = f"/reports/2025-H1/1/{lang}.pdf"
    answer = client.get(path)
    assert (answer.data, answer.mimetype) == (PDFS[lang], "application/pdf")
    assert f'filename="transparency-report-2025-H1-1-{lang}.pdf"' in answer.headers["Content-Disposition"]
    assert "max-age=31536000" in answer.headers["Cache-Control"]
    assert "Set-Cookie" not in answer.headers
    again = client.get(path, headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    for wrong in ("/reports/2025-H1/2/en.pdf", "/reports/2025-H2/1/en.pdf", "/reports/2025-H1/1/de.pdf"):
        assert client.get(wrong).status_code == 404


def test_a_correction_says_what_changed_and_takes_the_place_of_the_first(
    app: Flask, client: FlaskClient, issued: uuid.UUID
) -> None:
    with app.app_context():
        corrected = document(H1, 2, CHANGES)
        corrected["chapters"][1]["tables"][0]["cells"][0][1] = 4321
        edition_in("issued", H1, content=corrected, changes=CHANGES)
    listed = client.get("/reports").text
    assert listed.index("Edition 2") < listed.index("Edition 1")
    assert "The year was wrong." in listed
    figures = client.get(FOUND).text
    assert "4,321" in figures
    assert "The year was wrong." in figures
    assert client.get("/reports/2025-H1/1/en.pdf").status_code == 200, "the first stays to be read"


def test_the_figures_are_those_of_the_latest_period_and_lead_to_the_others(
    app: Flask, client: FlaskClient, issued: uuid.UUID
) -> None:
    with app.app_context():
        file_of("2025-Q4")
        edition_in("issued", "2025-Q4")
        edition_in("issued", H1, changes=CHANGES)
    page = client.get("/statistics").text
    assert "The time 2025-Q4" in page
    assert "/statistics/2025-H1" in read(page, "/statistics").links
    assert "The time 2025-H1" in client.get("/statistics/2025-H1").text
    assert "found-2025-Q4-1-en.csv" in client.get("/statistics/found.csv").headers["Content-Disposition"]


def test_the_first_page_has_six_figures_and_every_table_by_name(
    client: FlaskClient, issued: uuid.UUID
) -> None:
    page = client.get("/statistics").text
    for number in ("101", "102", "103", "104", "105", "106"):
        assert number in page
    for title in ("The docket by month", "Findings", "Too few", "Days to close", "Findings by race"):
        assert title in page
    for path in read(page, "/statistics").links:
        if path.startswith("/statistics/"):
            assert client.get(path).status_code == 200, path


def test_a_table_has_all_that_explains_it(client: FlaskClient, issued: uuid.UUID) -> None:
    page = client.get(FOUND).text
    for words in (
        "What is counted of Findings.",
        "What stands out of Findings.",
        "No finding: 14 (11.0%)",
        "Source: this office’s own files.",
        "may a hidden number also be none",
        "<title>Findings. What stands out of Findings.</title>",
    ):
        assert words in page
    assert " style=" not in page
    assert cells_of(page, "found") == [
        ["=Neglect", "hidden", "18", "30", "hidden"],
        ["Deceit", "hidden", "22", "25", "hidden"],
        ["Other", "0", "10", "10", "20"],
        ["Total", "12", "50", "65", "127"],
    ]


def test_measures_are_written_as_people_write_them(client: FlaskClient, issued: uuid.UUID) -> None:
    path = "/statistics/2025-H1/time"
    assert cells_of(client.get(path).text, "lengths")[0] == ["The first", "1,150", "181.5", "21.4%"]
    assert cells_of(client.get(path).text, "lengths")[1] == ["The second", "0", "–", "–"]
    french = client.get(path, headers={"Accept-Language": "fr"}).text
    assert cells_of(french, "lengths")[0] == [
        "⟦The first⟧",
        "1\u202f150".replace("\u202f", "\xa0"),
        "181,5",
        "21,4\xa0%",
    ]


def test_a_table_that_can_not_be_shown_says_so_and_has_no_csv(client: FlaskClient, issued: uuid.UUID) -> None:
    assert "None of it can be shown." in client.get(FOUND).text
    assert client.get("/statistics/2025-H1/unprintable.csv").status_code == 404


def test_race_is_shown_beside_what_it_can_not_say(client: FlaskClient, issued: uuid.UUID) -> None:
    page = client.get("/statistics/2025-H1/race").text
    assert "A complaint is not proof that anyone did wrong." in page
    assert "First Nations, Inuit and Métis" in page
    assert "A complaint is not proof" not in client.get(FOUND).text


def test_a_csv_is_safe_and_has_the_numbers_of_the_page(client: FlaskClient, issued: uuid.UUID) -> None:
    answer = client.get("/statistics/2025-H1/found.csv")
    assert answer.mimetype == "text/csv"
    assert answer.data.startswith(b"\xef\xbb\xbf")
    assert list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig")))) == [
        ["Kind", "Sustained", "Not sustained", "Pending", "Total"],
        ["'=Neglect", "hidden", "18", "30", "hidden"],
        ["Deceit", "hidden", "22", "25", "hidden"],
        ["Other", "0", "10", "10", "20"],
        ["Total", "12", "50", "65", "127"],
    ]
    lengths = client.get("/statistics/lengths.csv").data.decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(lengths)))[1:] == [
        ["The first", "1150", "181.5", "0.2137"],
        ["The second", "0", "", ""],
    ]


def test_the_frozen_words_are_said_in_the_language_of_the_page(
    client: FlaskClient, issued: uuid.UUID
) -> None:
    page = client.get(FOUND, headers={"Accept-Language": "fr"}).text
    assert "⟦What is counted of Findings.⟧" in page
    assert not [words for words in ("Download", "hidden<", "What is not known") if words in page]


@pytest.mark.parametrize(
    "path",
    [
        "/statistics/nonsense",
        "/statistics/2025-H1/nonsense",
        "/statistics/2025-H1/nonsense.csv",
        "/statistics/all",
        "/reports/2025-H1/99999999999/en.pdf",
    ],
)
def test_what_is_not_there_is_no_page(client: FlaskClient, issued: uuid.UUID, path: str) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.one_database
def test_pages_cost_the_same_for_many_editions_as_for_few(app: Flask, issued: uuid.UUID) -> None:
    bea = signed_in(app, BEA)
    paths = ("/reports", "/statistics", FOUND, "/editions", at_desk(issued))
    before = {path: queries(lambda path=path: bea.get(path)) for path in paths}  # type: ignore[misc]
    with app.app_context():
        for period in ("2024", "2024-H1", "2024-Q3", "2023"):
            file_of(period)
            edition_in("issued", period, by=BEA, second=PAULA)
        for period in ("2024-H2", "2024-Q4"):
            file_of(period)
            edition_in("ready", period)
    assert {path: queries(lambda path=path: bea.get(path)) for path in paths} == before  # type: ignore[misc]


# --- for those who make them -------------------------------------------------------------------------


def test_who_may_enter_the_desk(app: Flask, issued: uuid.UUID) -> None:
    for person, status in ((PAULA, 200), (BEA, 200), (ADA, 200), (INES, 403)):
        client = signed_in(app, person)
        assert client.get("/editions").status_code == status
        assert client.get(at_desk(issued)).status_code == status
    ada = signed_in(app, ADA)
    assert "/editions" in read(ada.get("/account").text, "/account").links
    assert "Propose an edition" not in ada.get("/editions").text
    assert ada.get("/editions/new").status_code == 403


def test_from_a_proposal_to_the_public_page(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        file_of(H1)
    paula, bea = signed_in(app, PAULA), signed_in(app, BEA)
    told = {"message_en": "We were late.", "message_fr": "Nous étions en retard.", "signed_by": "Bea"}
    answer = submit(paula, "/editions/new", period=H1, **told)
    assert answer.status_code == 303
    with app.app_context():
        edition = session().query(Edition).one()
        assert edition.message == {"en": "We were late.", "fr": "Nous étions en retard.", "by": "Bea"}
        edition_id = edition.id
    page = paula.get(answer.location)
    assert "It waits to be taken in hand." in page.text
    assert page.headers["Refresh"] == "5"
    assert "Refresh" not in paula.get(f"{answer.location}?still=1").headers
    built(app, edition_id)
    ready = bea.get(answer.location)
    assert "Refresh" not in ready.headers
    assert "The sums of all 5 tables add up" in ready.text
    assert "Printed without its numbers: Too few" in ready.text
    assert bea.get(f"{answer.location}/fr.pdf").data == PDFS["fr"]
    assert "Issue it to the public" not in paula.get(answer.location).text
    assert submit(bea, answer.location, to=f"{answer.location}/issue").status_code == 303
    assert "First half of 2025" in client.get("/reports").text


@pytest.mark.parametrize("language", ["en", "fr"])
def test_who_decides_reads_all_of_the_draft_as_it_will_stand(app: Flask, language: str) -> None:
    with app.app_context():
        file_of(H1)
        draft = at_desk(edition_in("ready", H1))
    bea, speaking = signed_in(app, BEA), {"Accept-Language": language}
    page = bea.get(draft, headers=speaking).text
    files = [f"{draft}/{lang}.pdf" for lang in PDFS]
    assert {*files, f"{draft}/figures"} <= set(read(page, draft).links)
    for path, body in zip(files, PDFS.values(), strict=True):
        answer = bea.get(path)
        assert (answer.data, answer.headers["Cache-Control"]) == (body, "no-store")
        assert 'filename="draft-2025-H1-1-' in answer.headers["Content-Disposition"]
        assert hashlib.sha256(body).hexdigest() in page
    pages = {f"{draft}/figures"}
    for path in list(pages):
        answer = bea.get(path, headers=speaking)
        pages |= {link.split("#")[0] for link in read(answer.text, path).links if link.startswith(path)}
    assert len(pages) == len(document(H1)["chapters"]) + 4
    for path in pages:
        answer = bea.get(path, headers=speaking)
        assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store"), path
        assert {"en": "This is a draft", "fr": "Ceci est un brouillon"}[language] in answer.text
        assert draft in read(answer.text, path).links
        assert "/statistics/2025-H1" not in answer.text
    shown = bea.get(f"{draft}/figures/found", headers=speaking).text
    assert submit(bea, draft, to=f"{draft}/issue").status_code == 303
    issued = app.test_client().get(FOUND, headers=speaking).text
    assert cells_of(shown, "found") == cells_of(issued, "found")


def test_a_draft_is_for_those_alone_who_decide_and_until_they_have(app: Flask, issued: uuid.UUID) -> None:
    with app.app_context():
        file_of("2025-H2")
        draft = at_desk(edition_in("ready", "2025-H2"))
    ada, bea = signed_in(app, ADA), signed_in(app, BEA)
    assert f"{draft}/figures" not in ada.get(draft).text
    for path in ("en.pdf", "figures", "figures/found"):
        assert ada.get(f"{draft}/{path}").status_code == 403
        assert bea.get(f"{draft}/{path}").status_code == 200
        assert bea.get(f"{at_desk(issued)}/{path}").status_code == 404
    assert "/reports/2025-H1/1/en.pdf" in read(ada.get(at_desk(issued)).text, "/").links


def built(app: Flask, edition_id: uuid.UUID) -> None:
    """Have it built, with what the tests made up."""

    with app.app_context():
        with writing():
            begin_building(edition_id, at=AT)
        with writing():
            keep_built(edition_id, document(H1), {}, [], PDFS, at=AT)


def test_who_proposed_it_does_not_issue_it(app: Flask) -> None:
    with app.app_context():
        file_of(H1)
        edition_id = edition_in("ready", H1)
    paula = signed_in(app, PAULA)
    answer = submit(paula, at_desk(edition_id), to=f"{at_desk(edition_id)}/issue")
    assert answer.status_code == 409
    assert "someone else must decide" in answer.text
    assert state_of(app, edition_id) == "ready"


def test_a_page_that_is_out_of_date_decides_nothing(app: Flask) -> None:
    with app.app_context():
        file_of(H1)
        edition_id = edition_in("ready", H1)
    bea, paula = signed_in(app, BEA), signed_in(app, PAULA)
    old = hidden_fields(paula.get(at_desk(edition_id)).text)
    assert submit(bea, at_desk(edition_id), to=f"{at_desk(edition_id)}/issue").status_code == 303
    answer = paula.post(f"{at_desk(edition_id)}/discard", data=old)
    assert answer.status_code == 409
    assert "Someone has changed this since you opened it." in answer.text
    assert state_of(app, edition_id) == "issued"


def test_what_was_discarded_is_gone(app: Flask) -> None:
    with app.app_context():
        file_of(H1)
        edition_id = edition_in("ready", H1)
    bea = signed_in(app, BEA)
    answer = submit(bea, at_desk(edition_id), to=f"{at_desk(edition_id)}/discard")
    assert (answer.status_code, answer.location) == (303, "/editions")
    assert bea.get(at_desk(edition_id)).status_code == 404
    assert state_of(app, edition_id) == "gone"


def test_what_is_being_done_is_said_while_it_is_built(app: Flask) -> None:
    with app.app_context():
        file_of(H1)
        edition_id = edition_in("building", H1)
    paula = signed_in(app, PAULA)
    assert "Counting, hiding small numbers" in paula.get(at_desk(edition_id)).text
    with app.app_context(), writing():
        note_progress(edition_id, 65, at=AT)
    page = paula.get(at_desk(edition_id)).text
    assert "Setting the pages" in page
    assert "65 of 100" in page
    assert "Discard it" not in page


def test_a_refusal_names_the_table_and_the_cell(app: Flask) -> None:
    with app.app_context():
        file_of(H1)
        edition_id = edition_in("refused", H1)
    page = signed_in(app, BEA).get(at_desk(edition_id)).text
    assert "Row 2 of docket." in page
    assert "Issue it to the public" not in page
    assert "Discard it" in page


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"period": ""}, "Choose one from the list."),
        ({"message_en": "We were late."}, "Write the message in both languages"),
        ({"message_en": "Late.", "message_fr": "En retard."}, "Say who signs the message."),
        ({"changes_fr": "L’année."}, "Say what changed in both languages"),
        ({"message_en": "x" * 6001, "message_fr": "y", "signed_by": "Bea"}, "6,000"),
    ],
)
def test_a_proposal_that_is_not_whole_keeps_every_answer(
    app: Flask, given: dict[str, str], said: str
) -> None:
    with app.app_context():
        file_of(H1)
    answer = submit(signed_in(app, PAULA), "/editions/new", **{"period": H1, **given})
    assert answer.status_code == 422
    assert said in answer.text
    assert "<title>Error: " in answer.text
    for words in filter(None, given.values()):
        assert words in answer.text
    with app.app_context():
        assert session().query(Edition).count() == 0


def test_the_same_period_again_is_a_correction_and_says_what_changed(app: Flask, issued: uuid.UUID) -> None:
    paula = signed_in(app, PAULA)
    message = {"message_en": "Dear all.", "message_fr": "Chers tous.", "signed_by": "Bea"}
    refused = submit(paula, "/editions/new", period=H1, **message)
    assert refused.status_code == 409
    assert "a correction says what changed" in refused.text
    assert "Chers tous." in refused.text
    changes = {"changes_en": "The year.", "changes_fr": "L’année."}
    assert submit(paula, "/editions/new", period=H1, **changes).status_code == 303


def test_only_periods_that_are_over_and_have_files_are_offered(app: Flask) -> None:
    with app.app_context():
        file_of(H1)
    page = signed_in(app, PAULA).get("/editions/new").text
    assert re.findall(r'<option value="(\S+)">', page) == ["2025", "2025-H1", "2025-Q1"]


def test_without_a_finished_period_nothing_can_be_proposed(app: Flask) -> None:
    page = signed_in(app, PAULA).get("/editions/new").text
    assert "No period can be reported yet" in page
    assert "Propose it and have it built" not in page


def cells_of(page: str, table_id: str) -> list[list[str]]:
    """The texts of a table's cells, row by row, as they stand on the page."""
    section = page[page.index(f'<section class="figure" id="{table_id}"') :]
    body = section[section.index("<tbody") : section.index("</tbody>")]
    rows = re.findall(r"<tr.*?</tr>", body, re.DOTALL)
    cells = [re.findall(r"<(?:th|td)[^>]*>(.*?)</(?:th|td)>", row, re.DOTALL) for row in rows]
    return [[unescape(re.sub(r"<[^>]*>", "", cell)).strip() for cell in row] for row in cells]
