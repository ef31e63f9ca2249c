"""Invented exports of any size, in the shape of docs/examples/philadelphia.toml, with that example's dirt."""

import csv
import random
from collections.abc import Iterator, Sequence
from pathlib import Path

SENTENCES = (
    "The complainant states that an officer stopped the car without giving a reason.",
    "The officer is said to have raised their voice and to have used words that hurt.",
    "Nobody explained what would happen next, and the person waited for two hours.",
    "A neighbour saw the end of it from across the street and has offered to speak.",
    "The complainant asked for a name and a badge number and was given neither.",
)
CLASSES = ("LACK OF SERVICE", " PHYSICAL ABUSE", "VERBAL ABUSE", "DEPARTMENTAL VIOLATIONS")
ALLEGATIONS = ("Lack of Service", "Physical Abuse", "Verbal Abuse", "Departmental Violation")
FINDINGS = (("No Sustained Findings", 8), ("Sustained Finding", 2), ("Not Applicable", 1))
RACES = (("black", 6), ("white", 3), ("latino", 2), ("", 2), ("asian", 1))
DISTRICTS = ("1", "2", "15", "35", "N/A", "#VALUE!", "0.09", "")

COMPLAINTS = (
    "complaint_id",
    "date_received",
    "district_occurrence",
    "general_cap_classification",
    "summary",
    "shortened_summary",
)
PEOPLE = ("complaint_id", "complainant_sex", "complainant_race", "complainant_age")
DISCIPLINES = (
    "complaint_id",
    "officer_initials",
    "po_race",
    "po_sex",
    "allegations_investigated",
    "investigative_findings",
    "disciplinary_findings",
    "po_assigned_unit",
    "po_district_number",
    "officer_id",
    "officer_complaint_id",
    "discipline_id",
)


def write_export(folder: Path, complaints: int, *, seed: int = 7) -> int:
    """Write the three files of an export of so many complaints; return how many rows that makes."""
    chance = random.Random(seed)
    folder.mkdir(parents=True, exist_ok=True)
    numbers = [f"{13 + place % 7}-{place:06}" for place in range(complaints)]
    rows = _write(folder / "ppd_complaints.csv", COMPLAINTS, (_complaint(each, chance) for each in numbers))
    people = (row for each in numbers for row in _people(each, chance))
    rows += _write(folder / "ppd_complainant_demographics.csv", PEOPLE, people)
    disciplines = (row for each in numbers for row in _disciplines(each, chance, complaints))
    return rows + _write(folder / "ppd_complaint_disciplines.csv", DISCIPLINES, disciplines)


def _write(path: Path, header: tuple[str, ...], rows: Iterator[list[str]]) -> int:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        count = 0
        for count, row in enumerate(rows, 1):  # noqa: B007  # how many there were
            writer.writerow(row)
    return count


def _complaint(number: str, chance: random.Random) -> list[str]:
    received = f"{chance.randint(1, 12)}/{chance.randint(1, 28)}/{number[:2]}"
    story = " ".join(chance.choices(SENTENCES, k=chance.randint(0, 15)))
    return [number, received, chance.choice(DISTRICTS), chance.choice(CLASSES), story, story[:80]]


def _people(number: str, chance: random.Random) -> Iterator[list[str]]:
    for _ in range(chance.choices((0, 1, 2), (1, 15, 2))[0]):
        race = _one_of(RACES, chance)
        yield [number, chance.choice(("female", "male", "")), race, chance.choice(("-1", "", "24", "51"))]


def _disciplines(number: str, chance: random.Random, complaints: int) -> Iterator[list[str]]:
    pending = chance.random() < 0.08
    for _ in range(chance.choices((0, 1, 2, 5), (1, 8, 6, 2))[0]):
        # A few officers have many allegations, most have one or two.
        officer = str(10_000_000 + int(complaints * chance.random() ** 3))
        word = "Investigation OnGoing" if pending else chance.choice(ALLEGATIONS)
        finding = "Pending" if pending else _one_of(FINDINGS, chance)
        action = "Training/Counseling" if finding == "Sustained Finding" else "Not Applicable"
        whose = f"{number}-{officer}"
        row = [number, "", "white", "male", word, finding, action, "", "", officer, whose, f"{whose}-{word}"]
        yield row
        if chance.random() < 0.05:
            yield row


def _one_of(weighted: Sequence[tuple[str, int]], chance: random.Random) -> str:
    return chance.choices([word for word, _ in weighted], [often for _, often in weighted])[0]
