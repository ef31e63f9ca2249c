"""The rows of an export, joined: each complaint comes with its rows; a row that hangs on nothing is told."""

import csv
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from pathlib import Path

import pytest

from oversight.importing.dirt import DirtBook, Kind
from oversight.importing.reading import InputError, InputFile, Row
from oversight.importing.spool import Spool

COMPLAINTS = InputFile("complaints", "complaints.csv")
ALLEGATIONS = InputFile("allegations", "allegations.csv", belongs_to="complaints", ours="number", theirs="id")
FINDINGS = InputFile("findings", "findings.csv", belongs_to="allegations", ours="allegation", theirs="key")
FILES = (FINDINGS, ALLEGATIONS, COMPLAINTS)


def table(folder: Path, name: str, *rows: str) -> None:
    (folder / f"{name}.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    table(tmp_path, "complaints", "id,day", "30,c", "10,a", "20,b")
    table(tmp_path, "allegations", "key,number,what", "x,10,force", "y,30,force", "z,10,words")
    table(tmp_path, "findings", "allegation,finding", "z,no", "y,yes", "x,yes")
    return tmp_path


def joined(
    folder: Path, files: Sequence[InputFile] = FILES, after: int = 0
) -> tuple[dict[str, dict[str, list[tuple[str, ...]]]], DirtBook]:
    dirt = DirtBook(None)
    with closing(Spool(folder, files, "complaints", "id", dirt)) as spool:
        spool.load()
        return {number: plain(rows) for number, rows in spool.complaints(after)}, dirt


def plain(rows: dict[str, list[Row]]) -> dict[str, list[tuple[str, ...]]]:
    return {alias: [tuple(row.cells.values()) for row in some] for alias, some in rows.items()}


def test_each_complaint_comes_with_its_rows_in_the_order_of_its_file(folder: Path) -> None:
    complaints, dirt = joined(folder)
    assert list(complaints) == ["30", "10", "20"]
    assert complaints["10"] == {
        "complaints": [("10", "a")],
        "allegations": [("x", "10", "force"), ("z", "10", "words")],
        "findings": [("z", "no"), ("x", "yes")],
    }
    assert complaints["30"]["findings"] == [("y", "yes")]
    assert complaints["20"] == {"complaints": [("20", "b")], "allegations": [], "findings": []}
    assert not dirt.counts


@pytest.mark.parametrize("after", [0, 1, 2, 3, 4])
def test_it_goes_on_where_it_was_left(folder: Path, after: int) -> None:
    everything, _ = joined(folder)
    rest, _ = joined(folder, after=after)
    assert list(rest.items()) == list(everything.items())[after:]


def test_rows_keep_their_lines(folder: Path) -> None:
    with closing(Spool(folder, FILES, "complaints", "id", DirtBook(None))) as spool:
        spool.load()
        lines = {number: [row.line for row in rows["allegations"]] for number, rows in spool.complaints()}
    assert lines == {"30": [3], "10": [2, 4], "20": []}


def test_a_row_without_a_complaint_is_refused_and_so_is_what_hangs_on_it(folder: Path) -> None:
    table(folder, "allegations", "key,number,what", "x,10,force", "y,99,force", "z,,force")
    complaints, dirt = joined(folder)
    assert [found["findings"] for found in complaints.values()] == [[], [("x", "yes")], []]
    assert dirt.counts == {
        (Kind.REFUSED, "allegations", "no complaint with this “id”"): 1,
        (Kind.REFUSED, "allegations", "no “number”"): 1,
        (Kind.REFUSED, "findings", "no row of allegations with this “key”"): 2,
    }


def test_a_complaint_without_a_number_is_refused_and_one_number_twice_is_handed_over_whole(
    folder: Path,
) -> None:
    table(folder, "complaints", "id,day", "10,a", ",b", "30,c", "10,d")
    complaints, dirt = joined(folder)
    assert list(complaints) == ["10", "30"]
    assert complaints["10"]["complaints"] == [("10", "a"), ("10", "d")]
    assert [word for word in complaints["10"]["allegations"] if word[0] == "x"] == [("x", "10", "force")]
    assert dirt.counts == {(Kind.REFUSED, "complaints", "no “id”"): 1}


def test_rows_that_are_the_same_count_once_and_are_told(folder: Path) -> None:
    table(folder, "allegations", "key,number,what", "x,10,a", "x,10,a", "x,10,b", "x,10, a", "y,30,a")
    with (
        DirtBook(folder / "dirt.csv") as dirt,
        closing(Spool(folder, FILES, "complaints", "id", dirt)) as spool,
    ):
        spool.load()
        complaints = {number: plain(rows) for number, rows in spool.complaints()}
        assert spool.rows_read == {"complaints": 3, "allegations": 5, "findings": 3}
    assert complaints["10"]["allegations"] == [("x", "10", "a"), ("x", "10", "b")]
    assert dirt.counts[Kind.DUPLICATE, "allegations", "the same as another row; counted once"] == 2
    with (folder / "dirt.csv").open(encoding="utf-8-sig", newline="") as stream:
        next(stream)
        repeated = [row for row in csv.DictReader(stream) if row["kind"] == "duplicate"]
    assert [(row["line"], row["value"]) for row in repeated] == [("3", "line 2"), ("5", "line 2")]


def test_rows_that_are_the_same_may_stand_each_for_itself(folder: Path) -> None:
    table(folder, "allegations", "key,number,what", "x,10,a", "x,10,a")
    keeping = InputFile(**{**vars(ALLEGATIONS), "duplicates": "keep"})
    complaints, dirt = joined(folder, (COMPLAINTS, keeping))
    assert complaints["10"]["allegations"] == [("x", "10", "a"), ("x", "10", "a")]
    assert dirt.counts == {(Kind.DUPLICATE, "allegations", "the same as another row; kept"): 1}


def test_the_same_rows_in_two_files_are_not_the_same(folder: Path) -> None:
    table(folder, "allegations", "id,day", "10,a")
    twin = InputFile("allegations", "allegations.csv", belongs_to="complaints", ours="id", theirs="id")
    _, dirt = joined(folder, (COMPLAINTS, twin))
    assert not dirt.counts


def test_a_row_that_several_complaints_share_is_handed_to_each_once(folder: Path) -> None:
    table(folder, "officers", "force,badge", "force,7")
    officers = InputFile("officers", "officers.csv", belongs_to="allegations", ours="force", theirs="what")
    table(folder, "allegations", "key,number,what", "x,10,force", "y,30,force", "z,10,force")
    complaints, _ = joined(folder, (COMPLAINTS, ALLEGATIONS, officers))
    assert [found["officers"] for found in complaints.values()] == [[("force", "7")], [("force", "7")], []]


def test_numbers_join_only_as_they_are_written(folder: Path) -> None:
    table(folder, "allegations", "key,number,what", "x,010,a", "y,10.0,a", "z,10,a")
    complaints, dirt = joined(folder, (COMPLAINTS, ALLEGATIONS))
    assert complaints["10"]["allegations"] == [("z", "10", "a")]
    assert dirt.counts.total() == 2


def test_cells_come_back_as_they_were(folder: Path) -> None:
    told = 'Zoé said: "no", 日本 \x1f \U0001f600 \\n'
    with (folder / "complaints.csv").open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([["id", 'a "b".c'], [told, "line\nline"]])
    table(folder, "allegations", "key,number,what", "x,1,a")
    complaints, _ = joined(folder, (COMPLAINTS,))
    assert complaints == {told: {"complaints": [(told, "line\nline")]}}


def test_it_tells_how_far_it_is(folder: Path) -> None:
    table(folder, "complaints", "id", *map(str, range(2500)))
    heard: list[tuple[str, int]] = []
    with closing(
        Spool(folder, (COMPLAINTS,), "complaints", "id", DirtBook(None), lambda *told: heard.append(told))
    ) as spool:
        spool.load()
    assert heard == [("complaints", 1000), ("complaints", 2000), ("complaints", 2500)]


def test_a_file_that_breaks_off_is_told_before_any_complaint_comes(folder: Path) -> None:
    table(folder, "findings", "allegation,finding", "x,yes", "y," + "x" * 1_000_001)
    with pytest.raises(InputError, match="line 3"):
        joined(folder)


def test_what_lies_on_the_disk_has_no_name_there(folder: Path) -> None:
    table(folder, "complaints", "id,text", *(f"{number},{'x' * 2000}" for number in range(18_000)))
    before = set(open_files())
    with closing(Spool(folder, (COMPLAINTS,), "complaints", "id", DirtBook(None))) as spool:
        spool.load()
        ours = [name for name in open_files() if name not in before]
    assert ours
    assert all(name.endswith("(deleted)") for name in ours)


def open_files() -> Iterator[str]:
    for handle in Path("/proc/self/fd").iterdir():
        with suppress(FileNotFoundError):
            yield str(handle.readlink())
