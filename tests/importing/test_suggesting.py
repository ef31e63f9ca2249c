"""A first mapping, guessed from files nobody described: it can be read, and it says what is a guess."""

import csv
import gzip
import io
import tomllib
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from oversight.importing.inputs import InputError
from oversight.importing.mapping import Mapping, read_mapping
from oversight.importing.suggesting import suggest
from tests.importing.wide import write_wide

NARRATIVE = (
    "He said that two officers came to the door at night and shouted; nobody told him why, she wrote later."
)
NUMBERS = [f"PC-{number:04}" for number in range(60)]
FIRST_DAY = date(2019, 1, 20)


def as_csv(rows: list[list[str]], delimiter: str = ",") -> str:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows(rows)
    return text.getvalue()


def put(
    folder: Path, name: str, rows: list[list[str]], delimiter: str = ",", encoding: str = "utf-8"
) -> None:
    content = as_csv(rows, delimiter).encode(encoding)
    (folder / name).write_bytes(gzip.compress(content) if name.endswith(".gz") else content)


def put_workbook(folder: Path, name: str, sheets: dict[str, list[list[Any]]]) -> None:
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(folder / name)


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """Three files of one office, each written in another way."""
    folder = tmp_path / "Our Office 2019"
    folder.mkdir()
    complaints = [["CaseNumber", "DateReceived", "Date closed", "Status", "Area", "Summary", "Complainant"]]
    allegations = [
        ["allegation_id", "case_no", "officer_id", "Allegation", "Finding", "Discipline", "officer_race"]
    ]
    people: list[list[Any]] = [["CaseNumber", "Race", "Sex", "Age"]]
    for place, number in enumerate(NUMBERS):
        received = FIRST_DAY + timedelta(days=place)
        complaints.append(
            [
                number,
                received.strftime("%m/%d/%Y"),
                (received + timedelta(days=40)).strftime("%m/%d/%Y") if place % 3 else "",
                ("Closed", "Open", "Fermé")[place % 3],
                ("North", "South", "N/A")[place % 3],
                f"{NARRATIVE} {place}",
                f"Person {place % 30}",
            ]
        )
        for count in range(2):
            kind = ("Force", "Discourtesy")[count]
            finding = ("Sustained", "Unfounded")[place % 2]
            allegations.append([f"A{place}-{count}", number, f"{place % 7}", kind, finding, "None", "White"])
        people.append([number, ("Black", "White")[place % 2], "F", 20 + place])
    put(folder, "complaints.csv", complaints, ";", "cp1252")
    put(folder, "allegations.tsv.gz", allegations, "\t")
    put_workbook(folder, "people.xlsx", {"Sheet1": people})
    return folder


def read(folder: Path, text: str) -> Mapping:
    path = folder.parent / "mapping.toml"
    path.write_text(text, encoding="utf-8")
    return read_mapping(path, folder, place="alberta", today=date(2026, 1, 1))


def test_how_each_file_is_written_is_found(office: Path) -> None:
    mapping = read(office, suggest(office))
    complaints, allegations, people = (mapping.file(one) for one in ("complaints", "allegations", "people"))
    assert (complaints.path, complaints.delimiter, complaints.encodings) == (
        "complaints.csv",
        ";",
        ("cp1252",),
    )
    assert (allegations.path, allegations.delimiter) == ("allegations.tsv.gz", "\t")
    assert people.path == "people.xlsx"
    assert complaints.blank == {"", "N/A"}


def test_how_the_files_hang_together_is_found(office: Path) -> None:
    mapping = read(office, suggest(office))
    assert (mapping.complaint.rows, mapping.complaint.number) == ("complaints", "CaseNumber")
    joins = {file.alias: (file.belongs_to, file.ours, file.theirs) for file in mapping.files}
    assert joins == {
        "complaints": ("", "", ""),
        "allegations": ("complaints", "case_no", "CaseNumber"),
        "people": ("complaints", "CaseNumber", "CaseNumber"),
    }


def test_what_the_columns_mean_is_found(office: Path) -> None:
    suggested = tomllib.loads(suggest(office))
    complaint = suggested["complaint"]
    assert complaint["received_on"] == {"column": "DateReceived", "dates": ["%m/%d/%Y"]}
    assert complaint["ended_on"]["column"] == "Date closed"
    assert complaint["narrative"] == "Summary"
    assert complaint["state"] == {"column": "Status", "values": {"Closed": "", "Open": "", "Fermé": ""}}
    (person,), (officer,), (allegation,) = (suggested[name] for name in ("person", "officer", "allegation"))
    assert person["race"] == {"column": "Race", "values": {"Black": "", "White": ""}}
    assert (person["gender"], person["age"]["column"], person["race_source"]) == ("Sex", "Age", "not_known")
    assert officer["known_by"] == officer["key"] == allegation["officer"] == "officer_id"
    assert officer["race"]["column"] == "officer_race"
    assert {name: allegation[name]["column"] for name in ("code", "finding", "corrective")} == {
        "code": "Allegation",
        "finding": "Finding",
        "corrective": "Discipline",
    }


def test_what_it_can_not_know_is_left_to_a_person(office: Path) -> None:
    text = suggest(office)
    assert "is a guess until a person has read it" in text
    assert 'rulebook = "in force"  # DECIDE' in text
    assert text.count("race_source") == text.count('"not_known"  # DECIDE') == 2


def test_words_are_kept_beside_a_file_only_where_they_name_nobody(office: Path) -> None:
    suggested = tomllib.loads(suggest(office))
    assert list(suggested["complaint"]["keep"].values()) == ["Area"]
    assert "Person 1" not in suggest(office)


def test_a_wide_file_gets_a_section_for_each_officer_of_a_row(tmp_path: Path) -> None:
    folder = write_wide(tmp_path / "bureau")
    suggested = tomllib.loads(text := suggest(folder))
    assert [one["known_by"] for one in suggested["officer"]] == ["agent1", "agent2", "agent3"]
    assert [one["only_if"] for one in suggested["allegation"]] == ["motif1", "motif2", "motif3"]
    assert read(folder, text).complaint.number == "no_dossier"


def test_rows_that_repeat_their_complaint(tmp_path: Path) -> None:
    folder = tmp_path / "one"
    folder.mkdir()
    rows = [[number, "2019-03-07", kind] for number in NUMBERS for kind in ("Force", "Words")]
    put(folder, "all.csv", [["complaint_no", "received", "allegation"], *rows])
    mapping = read(folder, suggest(folder))
    assert mapping.complaint.number == "complaint_no"
    assert mapping.complaint.repeats


def test_a_list_of_officers_hangs_on_the_rows_that_name_them(office: Path) -> None:
    put(office, "officers.csv", [["officer_id", "rank"], *([str(number), "PC"] for number in range(7))])
    officers = read(office, suggest(office)).file("officers")
    assert (officers.belongs_to, officers.ours) == ("allegations", "officer_id")


def test_files_that_join_nothing_or_can_not_be_read_are_named_and_left_out(office: Path) -> None:
    put(office, "weather.csv", [["town", "rain"], *([f"town {number}", str(number)] for number in range(50))])
    (office / "photo.csv").write_bytes(b"\x89PNG\0\0\0")
    (office / "broken.xlsx").write_bytes(b"PK\x03\x04nothing")
    (office / "notes.pdf").write_bytes(b"%PDF")
    text = suggest(office)
    assert "# [files.weather]" in text
    assert "# Left out: “photo.csv” is not a text table" in text
    assert "# Left out: “broken.xlsx” is not a whole xlsx workbook" in text
    assert "notes.pdf" not in text
    assert {file.alias for file in read(office, text).files} == {"complaints", "allegations", "people"}


def test_a_codes_few_numbers_are_not_taken_for_those_of_complaints(tmp_path: Path) -> None:
    folder = tmp_path / "numbers"
    folder.mkdir()
    put(folder, "complaints.csv", [["id", "received"], *([str(n), "2019-03-07"] for n in range(1, 61))])
    put(folder, "zones.csv", [["zone code", "zone"], *([str(n), f"zone {n}"] for n in range(1, 6))])
    text = suggest(folder)
    assert "# [files.zones]" in text
    assert [file.alias for file in read(folder, text).files] == ["complaints"]


def test_each_sheet_of_a_workbook_is_a_table(tmp_path: Path) -> None:
    folder = tmp_path / "book"
    folder.mkdir()
    complaints: list[list[Any]] = [["id", "received"], *([number, date(2019, 3, 7)] for number in NUMBERS)]
    allegations: list[list[Any]] = [["id", "finding"], *([number, "Sustained"] for number in NUMBERS)]
    put_workbook(folder, "all.xlsx", {"Complaints": complaints, "Allegations": allegations})
    mapping = read(folder, suggest(folder))
    assert {file.sheet for file in mapping.files} == {"Complaints", "Allegations"}
    assert mapping.complaint.rows == "all_complaints"


@pytest.mark.parametrize(
    ("days", "formats", "unsure"),
    [
        (["2019-03-07", "2019-12-31"], ["%Y-%m-%d"], False),
        (["20190307", "20191231"], ["%Y%m%d"], False),
        (["3/7/19", "12/31/19"], ["%m/%d/%y"], False),
        (["7/3/2019", "31/12/2019"], ["%d/%m/%Y"], False),
        (["3/7/2019", "12/11/2019"], ["%m/%d/%Y"], True),
        (["2019-03-07", "12/31/2019", "2019-03-08"], ["%Y-%m-%d", "%m/%d/%Y"], False),
        (["7 Mar 2019", "31 Dec 2019"], ["%d %b %Y"], False),
    ],
)
def test_dates_are_told_by_what_reads_them_all(
    tmp_path: Path, days: list[str], formats: list[str], unsure: bool
) -> None:
    folder = tmp_path / "days"
    folder.mkdir()
    put(folder, "c.csv", [["id", "received"], *([f"C{n}", day] for n, day in enumerate(days * 20))])
    text = suggest(folder)
    assert tomllib.loads(text)["complaint"]["received_on"]["dates"] == formats
    assert ("could as well change places" in text) is unsure


def test_a_file_without_a_header_is_said_to_have_none(tmp_path: Path) -> None:
    folder = tmp_path / "bare"
    folder.mkdir()
    put(folder, "c.csv", [[number, "2019-03-07", "x"] for number in NUMBERS])
    mapping = read(folder, suggest(folder))
    assert mapping.files[0].columns == ("column 1", "column 2", "column 3")
    assert not mapping.files[0].header


def test_no_day_of_receipt_is_made_up(tmp_path: Path) -> None:
    folder = tmp_path / "dayless"
    folder.mkdir()
    put(folder, "c.csv", [["id", "status"], *([number, "Open"] for number in NUMBERS)])
    text = suggest(folder)
    assert "received_on" not in tomllib.loads(text)["complaint"]
    assert "# DECIDE: no column looks like the day of receipt." in text


@pytest.mark.parametrize(
    "odd", ['a "b" \\c', "new\nline [x] = 1", "a\x7fb", "# x", "été ‘“”’", "a]\r\nb = 2"]
)
def test_names_and_words_of_any_kind_are_written_so_that_they_are_read_back(tmp_path: Path, odd: str) -> None:
    folder = tmp_path / "odd"
    folder.mkdir()
    rows = [[number, "3/7/2019", odd, odd] for number in NUMBERS]
    put(folder, "c.csv", [["id", f"received {odd}", f"status {odd}", f"kind {odd}"], *rows])
    text = suggest(folder)
    suggested = tomllib.loads(text)
    assert suggested["complaint"]["received_on"]["column"] == f"received {odd}"
    assert suggested["complaint"]["state"]["values"] == {odd: ""}
    assert read(folder, text).complaint.number == "id"


def test_a_folder_without_tables(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no table in"):
        suggest(tmp_path)
    with pytest.raises(InputError, match="no folder"):
        suggest(tmp_path / "nowhere")
    (tmp_path / "empty.csv").touch()
    with pytest.raises(InputError, match=r"“empty\.csv” is empty"):
        suggest(tmp_path)
