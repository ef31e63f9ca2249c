"""The example for Philadelphia: its figures, held against numbers that were counted without us.

Where the city's own export is at hand it is used, and read where it lies; elsewhere one of the same shape is
invented. Either way the rows are counted here once more, with nothing but the csv module.
"""

import csv
import json
import subprocess
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bench.exports import write_export
from oversight.settings import Settings
from tests.importing.conftest import PHILADELPHIA
from tests.offices import command, surroundings

REAL = Path(__file__).parents[3] / "shared" / "data" / "philadelphia"
BY_RACE = {
    "black": [634, 201, 2223],
    "white": [251, 83, 745],
    "latino": [79, 28, 265],
    "asian": [10, 4, 72],
    "indian": [2, 1, 6],
    "none given": [130, 104, 371],
}
BY_YEAR = {
    "2013": 781,
    "2014": 736,
    "2015": 792,
    "2016": 683,
    "2017": 652,
    "2018": 624,
    "2019": 682,
    "2020": 346,
}


NO_DISTRICT = ("", "N/A", "#VALUE!", "0", "0.09")


@dataclass
class Counted:
    """What the rows say, by hand."""

    by_race: dict[str, list[int]]
    by_year: dict[str, int]
    by_district: dict[str, int]
    all: list[int]


def rows_of(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def counted_by_hand(folder: Path) -> Counted:
    findings, races = defaultdict(set), defaultdict(set)
    for row in rows_of(folder, "ppd_complaint_disciplines.csv"):
        findings[row["complaint_id"]].add(row["investigative_findings"])
    for row in rows_of(folder, "ppd_complainant_demographics.csv"):
        races[row["complaint_id"]] |= {row["complainant_race"]} - {""}
    by_race: dict[str, list[int]] = {}
    by_year: Counter[str] = Counter()
    by_district: Counter[str] = Counter()
    for row in rows_of(folder, "ppd_complaints.csv"):
        number = row["complaint_id"]
        by_year["20" + row["date_received"].rpartition("/")[2]] += 1
        by_district[row["district_occurrence"].strip()] += 1
        found, given = findings[number], races[number]
        if not found:
            continue
        word = next(iter(given)) if len(given) == 1 else "several" if given else "none given"
        column = 0 if "Sustained Finding" in found else 1 if found == {"Pending"} else 2
        by_race.setdefault(word, [0, 0, 0])[column] += 1
    by_district["none given"] = sum(by_district.pop(word, 0) for word in NO_DISTRICT)
    return Counted(
        by_race, dict(by_year), dict(by_district), [sum(each) for each in zip(*by_race.values(), strict=True)]
    )


def said(settings: Settings, *words: str) -> Any:
    done = subprocess.run(
        command(*words, "--json"), env=surroundings(settings), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture
def exports(tmp_path: Path) -> Path:
    if REAL.is_dir():
        return REAL
    write_export(tmp_path / "exports", 900)
    return tmp_path / "exports"


def test_the_figures_are_those_counted_by_hand(settings: Settings, exports: Path) -> None:
    by_hand = counted_by_hand(exports)
    done = said(settings, "import", str(PHILADELPHIA), str(exports))
    assert done["files"]["brought_in"] == sum(by_hand.by_year.values())

    races = said(settings, "figures", "findings-by-race", "--internal")
    assert races["columns"] == ["sustained", "pending", "not sustained"]
    assert dict(zip(races["rows"], races["cells"], strict=True)) == by_hand.by_race
    assert [sum(each) for each in zip(*races["cells"], strict=True)] == by_hand.all
    assert races["source"]["race"] == "not_known"

    years = said(settings, "figures", "received-by-year", "--internal")
    received = dict(zip(years["rows"], (cell for (cell,) in years["cells"]), strict=True))
    assert received == by_hand.by_year

    areas = said(settings, "figures", "intake-by-area", "--internal")
    assert dict(zip(areas["rows"], (cell for (cell,) in areas["cells"]), strict=True)) == by_hand.by_district

    if exports == REAL:
        assert done["rows"] == {"complaints": 5296, "disciplines": 13332, "people": 5660}
        assert by_hand.by_race.items() >= BY_RACE.items()
        assert by_hand.all == [1118, 427, 3724]
        assert by_hand.by_year == BY_YEAR


@pytest.mark.one_database
def test_no_small_number_leaves_without_being_asked_for(settings: Settings, exports: Path) -> None:
    by_hand = counted_by_hand(exports)
    said(settings, "import", str(PHILADELPHIA), str(exports))
    shown = said(settings, "figures", "findings-by-race")
    for word, cells in zip(shown["rows"], shown["cells"], strict=True):
        for cell, true in zip(cells, by_hand.by_race.get(word, (0, 0, 0)), strict=True):
            assert cell is None or (cell == true and not 0 < true < 10)
    rare = {word for word, numbers in by_hand.by_race.items() if sum(numbers) < 10}
    assert not rare & set(shown["rows"]) - {"several", "none given"}
