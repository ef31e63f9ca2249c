"""The list of what was wrong: counted, private until it is whole, and harmless in a spreadsheet."""

import csv
import json
from datetime import date
from pathlib import Path

import pytest

from oversight.importing.dirt import DirtBook, Kind


def listed(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        next(stream)
        return list(csv.DictReader(stream))


def test_a_note_is_counted_and_listed(tmp_path: Path) -> None:
    with DirtBook(tmp_path / "dirt.csv", date(2027, 2, 19)) as dirt:
        dirt.note(
            Kind.REFUSED, "people", 7, "no number", column="id", value="", row={"id": "", "name": "Zoé"}
        )
        dirt.note(Kind.REFUSED, "people", 9, "no number")
    assert dirt.counts == {(Kind.REFUSED, "people", "no number"): 2}
    first, second = listed(tmp_path / "dirt.csv")
    assert (first["kind"], first["file"], first["line"], first["reason"]) == (
        "refused",
        "people",
        "7",
        "no number",
    )
    assert json.loads(first["row"]) == {"id": "", "name": "Zoé"}
    assert second["row"] == ""


def test_its_first_line_says_that_it_holds_personal_data_and_until_when(tmp_path: Path) -> None:
    DirtBook(tmp_path / "dirt.csv", date(2027, 2, 19)).close()
    first = (tmp_path / "dirt.csv").read_text(encoding="utf-8-sig").splitlines()[0]
    assert "personal data" in first
    assert "2027-02-19" in first


def test_nothing_stands_under_its_name_before_it_is_whole_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    path = tmp_path / "dirt.csv"
    dirt = DirtBook(path)
    dirt.note(Kind.REPAIRED, "people", 1, "spaces removed")
    assert not path.exists()
    assert [one.stat().st_mode & 0o777 for one in tmp_path.iterdir()] == [0o600]
    dirt.close()
    dirt.close()
    assert [one.name for one in tmp_path.iterdir()] == ["dirt.csv"]
    assert path.stat().st_mode & 0o777 == 0o600


def test_what_a_killed_run_left_is_begun_anew_and_a_link_is_not_written_through(tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.write_text("untouched")
    (tmp_path / "dirt.csv.part").symlink_to(other)
    DirtBook(tmp_path / "dirt.csv").close()
    assert other.read_text() == "untouched"
    assert not (tmp_path / "dirt.csv").is_symlink()


def test_an_import_that_fails_leaves_the_list_of_what_was_found(tmp_path: Path) -> None:
    def fails() -> None:
        with DirtBook(tmp_path / "dirt.csv") as dirt:
            dirt.note(Kind.REFUSED, "people", 1, "no number")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fails()
    assert len(listed(tmp_path / "dirt.csv")) == 1


def test_no_cell_is_a_formula(tmp_path: Path) -> None:
    with DirtBook(tmp_path / "dirt.csv") as dirt:
        dirt.note(Kind.REPAIRED, "=file", 1, "@reason", column="+column", value="=HYPERLINK(1)")
    (row,) = listed(tmp_path / "dirt.csv")
    assert row["value"] == "'=HYPERLINK(1)"
    assert all(row[column][0] == "'" for column in ("file", "column", "value", "reason"))


def test_without_a_path_it_only_counts() -> None:
    with DirtBook(None) as dirt:
        dirt.note(Kind.FLAGGED, "people", 1, "ended before it was received")
    assert dirt.counts.total() == 1
