"""What half-years of a real history print, held against the rows counted once more by the csv module alone.

Where the city's own export is at hand, four of its half-years are used; elsewhere, as in the tests of
imports, an export of the same shape is invented.
"""

import csv
import io
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from pypdf import PdfReader

from bench.exports import write_export
from oversight.figures.periods import Period
from oversight.importing.command import import_export
from oversight.reports.building import draft
from oversight.reports.printing import pdf_of
from oversight.rules.jurisdictions import rulebooks_of
from tests.importing.conftest import PHILADELPHIA

REAL = Path(__file__).parents[3] / "shared" / "data" / "philadelphia"
HALF_YEARS = ("2015-H1", "2016-H2", "2017-H2", "2019-H2")
RECEIVED = {"2015-H1": 345, "2016-H2": 373, "2017-H2": 312, "2019-H2": 372}
THRESHOLD = rulebooks_of("alberta")[0].small_numbers.threshold

Row = dict[str, str]
pytestmark = pytest.mark.one_database


@dataclass
class Counted:
    """What the rows of one half-year say, by hand."""

    complaints: set[str] = field(default_factory=set)
    allegations: Counter[tuple[str, str]] = field(default_factory=Counter)
    by_race: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))


def rows_of(folder: Path, name: str) -> list[Row]:
    with (folder / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def half_year_of(day: str) -> str:
    """“2015-H1” for 3/7/15."""
    month, _, year = day.split("/")
    return f"20{year}-H{1 if int(month) <= 6 else 2}"


def part_of_the_export(source: Path, target: Path) -> dict[str, Counted]:
    """Copy what belongs to the half-years, which is quicker to bring in than all of it, and count it."""
    target.mkdir()
    received = {
        row["complaint_id"]: half_year_of(row["date_received"])
        for row in rows_of(source, "ppd_complaints.csv")
        if half_year_of(row["date_received"]) in HALF_YEARS
    }
    kept = {}
    for path in sorted(source.glob("ppd_*.csv")):
        kept[path.name] = [row for row in rows_of(source, path.name) if row["complaint_id"] in received]
        with (target / path.name).open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, rows_of(source, path.name)[0].keys())
            writer.writeheader()
            writer.writerows(kept[path.name])
    disciplines = kept["ppd_complaint_disciplines.csv"]
    return counted_by_hand(received, disciplines, kept["ppd_complainant_demographics.csv"])


def counted_by_hand(
    received: Mapping[str, str], disciplines: Iterable[Row], people: Iterable[Row]
) -> dict[str, Counted]:
    counted: dict[str, Counted] = defaultdict(Counted)
    findings: defaultdict[str, set[str]] = defaultdict(set)
    races: defaultdict[str, set[str]] = defaultdict(set)
    for number, half_year in received.items():
        counted[half_year].complaints.add(number)
    for row in {tuple(cell.strip() for cell in row.values()): row for row in disciplines}.values():
        number, found = row["complaint_id"], row["investigative_findings"]
        counted[received[number]].allegations[row["allegations_investigated"], found] += 1
        findings[number].add(found)
    for row in people:
        races[row["complaint_id"]] |= {row["complainant_race"].strip()} - {""}
    for number, results in findings.items():
        given = races[number]
        word = next(iter(given)) if len(given) == 1 else "several" if given else "none given"
        counted[received[number]].by_race[word][what_came(results)] += 1
    return counted


def what_came(results: set[str]) -> str:
    if "Sustained Finding" in results:
        return "sustained"
    return "pending" if results == {"Pending"} else "not sustained"


@pytest.fixture
def by_hand(context: Flask, tmp_path: Path) -> dict[str, Counted]:
    """The history in the office, and what it holds."""
    source = REAL
    if not REAL.is_dir():
        source = tmp_path / "invented"
        write_export(source, 900)
    counted = part_of_the_export(source, tmp_path / "exports")
    import_export(
        PHILADELPHIA,
        tmp_path / "exports",
        context.config["SETTINGS"],
        None,
        lambda *_: None,
        dry_run=False,
        update=False,
    )
    return {name: counted[name] for name in HALF_YEARS if counted[name].complaints}


def document(period: str) -> dict[str, Any]:
    return draft(Period.parse(period), "alberta", demo=True, tell=lambda percent: None)


def table(content: dict[str, Any], name: str) -> dict[str, Any]:
    return next(t for chapter in content["chapters"] for t in chapter["tables"] if t["id"] == name)


def numbers(table: dict[str, Any]) -> dict[tuple[str, str], int | None]:
    """Each cell by the words of its row and column; where the columns stand as rows, the other way round."""
    rows, columns = ([each["en"].casefold() for each in table[part]] for part in ("rows", "columns"))
    return {
        (row, column): table["cells"][i][j]
        for i, row in enumerate(rows)
        for j, column in enumerate(columns)
        if "words used rarely" not in (row, column)
    }


def test_what_half_years_print_is_what_the_rows_say(by_hand: dict[str, Counted]) -> None:
    documents = {period: document(period) for period in by_hand}
    compared = sum(compare_document(documents[period], counted) for period, counted in by_hand.items())
    first, counted = next(iter(by_hand.items()))
    assert_at_a_glance_on_paper(documents[first], counted)
    if REAL.is_dir():
        assert {period: len(counted.complaints) for period, counted in by_hand.items()} == RECEIVED
        assert compared > 35, "too little was shown to prove anything"


def compare_document(content: dict[str, Any], counted: Counted) -> int:
    """How many numbers above zero of the half-year were compared."""
    glance = {fact["code"]: fact["number"]["en"] for fact in content["glance"]}
    assert glance["received"] == f"{len(counted.complaints):,}"
    assert glance["alleged"] == f"{counted.allegations.total():,}"
    # Nobody wrote down on which days these files were closed, so no table counts endings by a day.
    assert "endings" not in {each["id"] for chapter in content["chapters"] for each in chapter["tables"]}
    found = {
        (code.casefold(), finding.casefold()): number
        for (code, finding), number in counted.allegations.items()
    }
    races = {
        (race.casefold(), came): number
        for race, came_of in counted.by_race.items()
        for came, number in came_of.items()
    }
    shown = compare(table(content, "findings-by-allegation-allegation"), found)
    return shown + compare(table(content, "findings-by-race-not-known"), races)


def compare(table: dict[str, Any], counted: Mapping[tuple[str, str], int]) -> int:
    """How many numbers above zero are shown; each is the one that was counted, and none is small."""
    if not table["printable"]:
        return 0
    if table["columns"][0]["en"] == "Number":
        counted = sums_of_rows(counted)
    shown = {place: number for place, number in numbers(table).items() if number is not None}
    assert shown == {place: counted.get(place, 0) for place in shown}
    assert not [number for number in shown.values() if 0 < number < THRESHOLD]
    if table["total"] is not None:
        assert table["total"] == sum(counted.values())
    return sum(number > 0 for number in shown.values())


def sums_of_rows(counted: Mapping[tuple[str, str], int]) -> Counter[tuple[str, str]]:
    sums: Counter[tuple[str, str]] = Counter()
    for (row, _), number in counted.items():
        sums[row, "number"] += number
    return sums


def assert_at_a_glance_on_paper(content: dict[str, Any], counted: Counted) -> None:
    pages = PdfReader(io.BytesIO(pdf_of(content, "en", issued=True))).pages
    texts = (each.extract_text().replace("\n", "") for each in pages)
    page = next(text for text in texts if "complaints received" in text)
    assert f"{len(counted.complaints):,}complaints received" in page
    assert f"{counted.allegations.total():,}allegations made" in page
