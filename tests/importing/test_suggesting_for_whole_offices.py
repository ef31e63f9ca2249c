"""A first mapping for three offices, each of another shape: hardly anything is left to be put right."""

import csv
import re
import tomllib
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from bench.exports import write_export
from oversight.importing.mapping import Mapping, read_mapping
from oversight.importing.suggesting import suggest

PAGE = (Path(__file__).parents[2] / "docs" / "importing.md").read_text(encoding="utf-8")
SERIALS_BEGIN = date(1899, 12, 30)
CASES = 120


def put(path: Path, rows: list[list[Any]], delimiter: str, encoding: str) -> None:
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows(rows)


def register(path: Path) -> None:
    """A workbook whose first sheet has words only, with days as dates and as a spreadsheet's numbers."""
    book = Workbook()
    book.worksheets[0].title = "Notes"
    book.worksheets[0].append(["This register was kept until 2014."])
    sheet = book.create_sheet("Register")
    sheet.append(["File No", "Opened", "Month of event", "Closed", "Disposition code", "Ward", "Gist"])
    for place in range(CASES):
        on = date(2008, 1, 1) + timedelta(days=5 * place)
        sheet.append(
            [
                f"HC/{place:04}",
                on if place % 3 else (on - SERIALS_BEGIN).days,
                f"{on:%m/%Y}",
                on + timedelta(days=90) if place % 4 else None,
                (10, 20, 30, 99)[place % 4],
                ("North", "South", "-")[place % 3],
                f"The caller says that no. {place} was rude.",
            ]
        )
    book.save(path)


@pytest.fixture
def board(tmp_path: Path) -> Path:
    """A register, who complained, what was alleged, and what was found of each allegation."""
    folder = tmp_path / "board"
    folder.mkdir()
    register(folder / "register.xlsx")
    people = [["FILE", "ROLE", "SURNAME, GIVEN", "TEL", "BORN", "ETHNICITY", "SEX"]]
    allegations = [["alleg_id", "file", "pin", "rank", "officer", "type"]]
    results = [["alleg_id", "result", "result_date", "penalty"]]
    for place in range(CASES):
        file = f"HC/{place:04}"
        born, stated = str(1930 + place % 60), ("White", "South Asian / White")[place % 2]
        people.append([file, "CCW"[place % 3], f"Roy, {place}", f"555-01{place % 90:02}", born, stated, "F"])
        for count in range(1 + place % 2):
            number, pin = str(len(allegations)), "" if place % 2 else f"P{place % 40:03}"
            allegations.append([number, file, pin, "Cst", "Côté", ("FORCE", "RUDE", "DUTY")[place % 3]])
            if (place + count) % 5:
                results.append([number, ("S", "NS")[count], f"{1 + place % 28:02}.03.09", "WARN"])
    put(folder / "people.txt", people, "\t", "utf-16")
    put(folder / "allegations.csv", allegations, "|", "cp1252")
    put(folder / "results.csv", results, "|", "utf-8")
    return folder


def joins(folder: Path, text: str) -> dict[str, tuple[str, str, str]]:
    path = folder.parent / "mapping.toml"
    path.write_text(text, encoding="utf-8")
    mapping: Mapping = read_mapping(path, folder, place="alberta", today=date(2026, 1, 1))
    return {file.alias: (file.belongs_to, file.ours, file.theirs) for file in mapping.files}


def test_a_register_its_people_allegations_and_results(board: Path) -> None:
    text = suggest(board)
    assert joins(board, text) == {
        "register_register": ("", "", ""),
        "people": ("register_register", "FILE", "File No"),
        "allegations": ("register_register", "file", "File No"),
        "results": ("allegations", "alleg_id", "alleg_id"),
    }
    assert "has no rows below its header. That is its sheet “Notes”." in text
    suggested = tomllib.loads(text)
    complaint = suggested["complaint"]
    assert complaint["received_on"] == {"column": "Opened", "dates": ["%Y-%m-%d", "serial"]}
    assert complaint["happened_on"] == {"column": "Month of event", "dates": ["%m/%Y"]}
    assert complaint["ended_on"]["column"] == "Closed"
    assert complaint["narrative"] == "Gist"
    assert complaint["state"]["column"] == "Disposition code"


def test_who_and_what_the_rows_of_a_chain_are(board: Path) -> None:
    suggested = tomllib.loads(suggest(board))
    (person,), (officer,) = suggested["person"], suggested["officer"]
    assert (person["name"], person["phone"], person["gender"]) == ("SURNAME, GIVEN", "TEL", "SEX")
    assert person["age"] == {"column": "BORN", "born": True}
    assert person["kind"] == {"column": "ROLE", "values": {"C": "", "W": ""}}
    assert (officer["key"], officer["known_by"]) == ("pin", "pin")
    assert officer["name"] == {"columns": ["rank", "officer"]}
    (allegation,), (finding,) = suggested["allegation"], suggested["finding"]
    assert (allegation["key"], allegation["officer"]) == ("alleg_id", "pin")
    assert allegation["code"]["column"] == "type"
    assert (finding["rows"], finding["allegation"]) == ("results", "alleg_id")
    assert (finding["finding"]["column"], finding["corrective"]["column"]) == ("result", "penalty")
    assert finding["ended_on"] == {"column": "result_date", "dates": ["%d.%m.%y"]}


def test_the_example_of_the_page(tmp_path: Path) -> None:
    folder = tmp_path / "riverton"
    folder.mkdir()
    for name, content in re.findall(r"^`(\w+\.csv)` has .*?```text\n(.*?)```", PAGE, re.M | re.S):
        (folder / name).write_text(content, encoding="utf-8")
    text = suggest(folder)
    assert joins(folder, text) == {
        "cases": ("", "", ""),
        "allegations": ("cases", "CaseNo", "CaseNo"),
        "people": ("cases", "CaseNo", "CaseNo"),
    }
    suggested = tomllib.loads(text)
    complaint, (officer,), (allegation,) = (
        suggested[name] for name in ("complaint", "officer", "allegation")
    )
    assert complaint["received_on"] == {"column": "Received", "dates": ["%d/%m/%Y"]}
    assert (complaint["ended_on"]["column"], complaint["state"]["column"]) == ("Closed", "Stage")
    assert complaint["narrative"] == "Account"
    assert (officer["known_by"], officer["name"], allegation["officer"]) == ("Badge", "Officer", "Badge")
    assert (allegation["code"]["column"], allegation["finding"]["column"]) == ("Allegation", "Finding")


def test_the_export_of_a_large_department(tmp_path: Path) -> None:
    folder = tmp_path / "city"
    folder.mkdir()
    write_export(folder, 500)
    text = suggest(folder)
    assert {alias: join[:2] for alias, join in joins(folder, text).items()} == {
        "ppd_complaints": ("", ""),
        "ppd_complaint_disciplines": ("ppd_complaints", "complaint_id"),
        "ppd_complainant_demographics": ("ppd_complaints", "complaint_id"),
    }
    suggested = tomllib.loads(text)
    (officer,), (allegation,) = suggested["officer"], suggested["allegation"]
    assert suggested["complaint"]["received_on"] == {"column": "date_received", "dates": ["%m/%d/%y"]}
    assert (officer["known_by"], officer["race"]["column"]) == ("officer_id", "po_race")
    assert {name: allegation[name]["column"] for name in ("code", "finding", "corrective")} == {
        "code": "allegations_investigated",
        "finding": "investigative_findings",
        "corrective": "disciplinary_findings",
    }
