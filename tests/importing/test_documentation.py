"""What docs/importing.md says is true: its example comes out as told, and no key or word is left untold."""

import re
import tomllib
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from oversight.casework.past import Flag, PastFile
from oversight.importing.building import Builder
from oversight.importing.dirt import DirtBook
from oversight.importing.inputs import InputFile
from oversight.importing.mapping import Mapping, read_mapping
from oversight.importing.mapping import sections as parts
from oversight.importing.mapping.vocabulary import endings, together, vocabulary
from oversight.importing.spool import Spool
from oversight.rules.jurisdictions import all_rulebooks

DOCS = Path(__file__).parents[2] / "docs"
PAGE = (DOCS / "importing.md").read_text(encoding="utf-8")
TODAY = date(2026, 11, 21)
ABOUT_NOBODY = "of these about no officer"

FIELD_KEYS = (
    *("column", "columns", "join", "constant", "blank", "match", "values", "otherwise", "split"),
    *("dates", "whole_number", "born"),
)
PHILADELPHIA = {
    "ppd_complaints.csv": "complaint_id,date_received,district_occurrence,general_cap_classification,summary",
    "ppd_complainant_demographics.csv": "complaint_id,complainant_sex,complainant_race,complainant_age",
    "ppd_complaint_disciplines.csv": "complaint_id,officer_initials,po_race,po_sex,allegations_investigated,"
    "investigative_findings,disciplinary_findings,officer_id,officer_complaint_id",
}


def read(mapping: Path, folder: Path) -> Mapping:
    return read_mapping(mapping, folder, place="alberta", today=TODAY)


def built(mapping: Mapping, folder: Path, dirt: DirtBook) -> tuple[dict[str, int], list[PastFile | None]]:
    spool = Spool(folder, mapping.files, mapping.complaint.rows, mapping.complaint.number, dirt)
    spool.load()
    builder = Builder(mapping, dirt)
    return spool.rows_read, [builder.build(number, rows) for number, rows in spool.complaints()]


@pytest.fixture
def example(tmp_path: Path) -> tuple[Mapping, Path]:
    """The example of the page, as files."""
    for name, content in re.findall(r"^`(\w+\.csv)` has .*?```text\n(.*?)```", PAGE, re.M | re.S):
        (tmp_path / name).write_text(content, encoding="utf-8")
    (toml,) = [block for block in re.findall(r"```toml\n(.*?)```", PAGE, re.S) if "format = 1" in block]
    (tmp_path / "riverton.toml").write_text(toml, encoding="utf-8")
    return read(tmp_path / "riverton.toml", tmp_path), tmp_path


def test_the_example_comes_out_as_the_page_says(example: tuple[Mapping, Path]) -> None:
    dirt = DirtBook(None)
    rows, results = built(*example, dirt)
    files = [file for file in results if file]
    lines = [(count, f"rows of {alias}") for alias, count in rows.items()]
    lines += [
        (len(files), "files would be brought in"),
        (results.count(None), "files refused"),
        (sum(len(file.people) for file in files), "people with them"),
        (sum(len(file.officers) for file in files), "officers, counted in each file"),
        (sum(len(file.allegations) for file in files), "allegations"),
        (sum(each.is_about_no_known_officer for file in files for each in file.allegations), ABOUT_NOBODY),
        *((count, state) for state, count in Counter(file.state for file in files).items()),
        *(
            (count, str(flag).replace("_", " "))
            for flag, count in Counter(flag for file in files for flag in file.flags).items()
        ),
        *((count, f"{alias}: {reason}") for (_, alias, reason), count in dirt.counts.items()),
    ]
    (answer,) = re.findall(r"--dry-run` answers:\n\n```text\n(.*?)```", PAGE, re.S)
    told = re.findall(r"^ +(\d+)  (.+)$", answer, re.M)
    assert sorted(told) == sorted((str(count), words) for count, words in lines)


def test_what_the_page_tells_of_the_examples_odd_rows(example: tuple[Mapping, Path]) -> None:
    _, results = built(*example, DirtBook(None))
    files = {file.number: file for file in results if file}
    assert "2014-004" not in files
    assert files["2014-003"].flags == (Flag.ENDED_BEFORE_RECEIVED,)
    (upheld,) = files["2014-003"].allegations
    assert (upheld.finding, upheld.own_finding) == (None, "Upheld in principle")
    (slow,) = files["2014-002"].allegations
    assert (slow.code, slow.own_code, slow.officer) == (None, "Slow to come", None)
    assert files["2014-002"].people[0].demographics.age is None
    assert len(files["2014-001"].allegations) == 2
    assert len(files["2014-001"].officers) == 1


def test_no_field_is_left_untold() -> None:
    for kinds in (
        parts.COMPLAINT_FIELDS,
        parts.PERSON_FIELDS,
        parts.OFFICER_FIELDS,
        parts.ALLEGATION_FIELDS,
        parts.FINDING_FIELDS,
    ):
        assert [name for name in kinds if f"`{name}`" not in PAGE] == []


def test_no_key_of_a_file_is_left_untold() -> None:
    told = {"encodings": "encoding", "alias": "path", "ours": "by", "theirs": "by"}
    names = [told.get(name, name) for name in InputFile.__dataclass_fields__]
    assert [name for name in names if f"| `{name}` |" not in PAGE] == []


def test_every_key_of_a_field_or_section_is_told() -> None:
    assert [name for name in (*FIELD_KEYS, "only_if", "only_if_blank") if f"| `{name}` |" not in PAGE] == []


def test_the_rulebooks_and_their_days_are_those_there_are() -> None:
    told = re.findall(r"^\| `\"(\w+)\"` \| .* \| (?:from )?([-0-9]+)(?: to ([-0-9]+))? \|$", PAGE, re.M)
    there = [
        (book.slug, str(book.in_force_from), str(book.in_force_until or ""))
        for book in all_rulebooks().values()
    ]
    assert sorted(told) == sorted(there)


def test_every_state_is_explained_and_told_open_or_ended() -> None:
    (table,) = re.findall(r"\| state \| when \|\n(.*?)\n\n", PAGE, re.S)
    told = dict(re.findall(r"^\| `(\w+)` \| (.*) \|$", table, re.M))
    assert told.keys() == vocabulary("alberta_2011")["state"]
    ended = {state for state, words in told.items() if words.startswith("ended")}
    assert ended == endings("alberta_2011")


def test_every_piece_of_a_mapping_can_be_read() -> None:
    for block in re.findall(r"```toml\n(.*?)```", PAGE, re.S):
        assert tomllib.loads(block)


def test_no_word_of_ours_is_left_untold() -> None:
    words = together(("alberta_2011", "alberta_2025"))
    missing = {
        f"{field}: {word}" for field, each in words.items() for word in each if f"`{word}`" not in PAGE
    }
    assert missing == set()


def test_the_mapping_of_philadelphia_fits_its_files(tmp_path: Path) -> None:
    for name, header in PHILADELPHIA.items():
        (tmp_path / name).write_text(f"{header}\n{',' * header.count(',')}x\n")
    mapping = read(DOCS / "examples" / "philadelphia.toml", tmp_path)
    assert [file.path for file in mapping.files if file.belongs_to] == list(PHILADELPHIA)[:0:-1]
