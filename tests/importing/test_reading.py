"""Exports as offices send them: every row is read, or refused or repaired with a word; nothing in silence."""

import gzip
import hashlib
import os
import re
import tracemalloc
from datetime import date, datetime
from pathlib import Path
from random import Random
from time import perf_counter
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import Workbook, load_workbook

from oversight.importing.dirt import DirtBook, Kind
from oversight.importing.reading import InputError, InputFile, Row, columns_of, digest_of, rows_of

A_FILE = InputFile("people", "people.csv")
NOISE = Random(3).randbytes(200_000)


def written(folder: Path, content: bytes | str, name: str = "people.csv") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def read(folder: Path, file: InputFile = A_FILE) -> tuple[list[Row], DirtBook]:
    dirt = DirtBook(None)
    return list(rows_of(folder, file, dirt)), dirt


def cells(folder: Path, file: InputFile = A_FILE) -> list[tuple[str, ...]]:
    return [tuple(row.cells.values()) for row in read(folder, file)[0]]


def workbook(folder: Path, rows: list[list[Any]], sheet: str = "People") -> None:
    book = Workbook()
    book.active.title = sheet  # type: ignore[union-attr]
    for row in rows:
        book[sheet].append(row)
    book.create_sheet("Notes").append(["nothing"])
    book.save(folder / "people.xlsx")


A_WORKBOOK = InputFile("people", "people.xlsx")


# ---- what can be read ------------------------------------------------------------------------------------


WAYS = {
    "plain": (b"id,name\n1,Zo\xc3\xa9\n2,Al", A_FILE),
    "with a mark and CRLF": (b"\xef\xbb\xbfid,name\r\n1,Zo\xc3\xa9\r\n2,Al\r\n", A_FILE),
    "with CR alone": (b"id,name\r1,Zo\xc3\xa9\r2,Al\r", A_FILE),
    "quoted": (b'id,name\n"1","Zo\xc3\xa9"\n"2","Al"\n', A_FILE),
    "cp1252 and semicolons": (
        b"id;name\n1;Zo\xe9\n2;Al\n",
        InputFile("people", "people.csv", ("cp1252",), ";"),
    ),
    "utf-16 and tabs": (
        "id\tname\n1\tZoé\n2\tAl\n".encode("utf-16"),
        InputFile("people", "people.csv", ("utf-16",), "\t"),
    ),
    "utf-16 without a hint": (
        "\ufeffid,name\n1,Zoé\n2,Al".encode("utf-16-be"),
        InputFile("people", "people.csv", ("UTF_16BE",)),
    ),
    "utf-32": ("id,name\r\n1,Zoé\r\n2,Al".encode("utf-32"), InputFile("people", "people.csv", ("utf-32",))),
    "gzip": (gzip.compress(b"id,name\n1,Zo\xc3\xa9\n2,Al\n", mtime=0), A_FILE),
    "without a header": (
        b"1,Zo\xc3\xa9\n2,Al\n",
        InputFile("people", "people.csv", header=False, columns=("id", "name")),
    ),
}


@pytest.mark.parametrize(("content", "file"), WAYS.values(), ids=WAYS)
def test_every_way_of_writing_a_table_gives_the_same_rows(
    tmp_path: Path, content: bytes, file: InputFile
) -> None:
    written(tmp_path, content)
    rows, dirt = read(tmp_path, file)
    assert columns_of(tmp_path, file) == ("id", "name")
    assert [row.cells for row in rows] == [{"id": "1", "name": "Zoé"}, {"id": "2", "name": "Al"}]
    assert [row.line for row in rows] == ([2, 3] if file.header else [1, 2])
    assert not dirt.counts


def test_a_file_packed_with_gzip_is_known_by_its_name_too(tmp_path: Path) -> None:
    written(tmp_path, gzip.compress(b"id\n1\n"), "people.csv.gz")
    assert cells(tmp_path, InputFile("people", "people.csv.gz")) == [("1",)]


def test_a_quoted_cell_may_hold_lines_quotes_and_delimiters(tmp_path: Path) -> None:
    written(tmp_path, 'id,told\n1,"one,\ntwo ""three""\r\n\nfour"\n2,5\'10" tall\n')
    rows, _ = read(tmp_path)
    assert rows == [
        Row(2, {"id": "1", "told": 'one,\ntwo "three"\r\n\nfour'}),
        Row(6, {"id": "2", "told": "5'10\" tall"}),
    ]


def test_words_for_blank_are_blank_after_spaces_are_taken_off(tmp_path: Path) -> None:
    written(tmp_path, "id,name\n1, N/A \n2,\n3,n/a\n")
    file = InputFile("people", "people.csv", blank=frozenset({"", "N/A"}))
    assert cells(tmp_path, file) == [("1", ""), ("2", ""), ("3", "n/a")]


def test_spaces_are_taken_off_and_told_once_a_row(tmp_path: Path) -> None:
    written(tmp_path, "id , name\n1, a \n 2 , b\n3,c d\n")
    rows, dirt = read(tmp_path)
    assert [row.cells for row in rows] == [
        {"id": str(n), "name": w} for n, w in ((1, "a"), (2, "b"), (3, "c d"))
    ]
    assert dirt.counts == {(Kind.REPAIRED, "people", "spaces removed"): 2}


def test_a_column_without_a_name_is_called_by_its_place(tmp_path: Path) -> None:
    written(tmp_path, ",id,\n0,1,x\n")
    assert columns_of(tmp_path, A_FILE) == ("column 1", "id", "column 3")


def test_a_files_digest_is_that_of_its_bytes(tmp_path: Path) -> None:
    written(tmp_path, b"id\n1\n")
    assert digest_of(tmp_path, A_FILE) == hashlib.sha256(b"id\n1\n").hexdigest()


# ---- rows that are refused or repaired -------------------------------------------------------------------


def test_a_line_in_another_encoding_is_read_by_the_next_that_fits(tmp_path: Path) -> None:
    written(tmp_path, b"id,name\n1,Zo\xc3\xa9\n2,Zo\xe9\n3,\x81\xe9\n")
    file = InputFile("people", "people.csv", ("utf-8", "cp1252"))
    rows, dirt = read(tmp_path, file)
    assert [row.cells["name"] for row in rows] == ["Zoé", "Zoé"]
    assert dirt.counts == {
        (Kind.REPAIRED, "people", "read as cp1252"): 1,
        (Kind.REFUSED, "people", "can't be read as utf-8 or cp1252"): 1,
    }


def test_a_bad_byte_inside_a_quoted_cell_refuses_its_row_only(tmp_path: Path) -> None:
    written(tmp_path, b'id,told\n1,"one\n\xff\xe9,\nthree"\n2,fine\n')
    assert cells(tmp_path) == [("2", "fine")]


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        ("9", "1 cells where there are 2 columns"),
        ("9,a,b", "3 cells where there are 2 columns"),
        (" id ,name", "the header again"),
        ('9,"a"b', "its quotation marks don't match"),
        ("9,a\0", "holds characters that are not text"),
    ],
)
def test_a_row_that_can_not_be_trusted_is_refused_with_the_reason(
    tmp_path: Path, bad: str, reason: str
) -> None:
    # What is looked at for a binary file comes first.
    before = "".join(f"{number},x\n" for number in range(20_000))
    written(tmp_path, f"id,name\n{before}{bad}\n3,c\n")
    rows, dirt = read(tmp_path)
    assert len(rows) == 20_001
    assert rows[-1] == Row(20_003, {"id": "3", "name": "c"})
    assert dirt.counts == {(Kind.REFUSED, "people", reason): 1}


@pytest.mark.parametrize("bad", ["+AAA-", "+2AA-"], ids=["NUL", "half a character"])
def test_what_no_database_takes_is_refused_also_where_the_encoding_can_write_it(
    tmp_path: Path, bad: str
) -> None:
    written(tmp_path, f"id,name\n1,a{bad}b\n2,c\n")
    rows, dirt = read(tmp_path, InputFile("people", "people.csv", encodings=("utf-7",)))
    assert [row.cells["id"] for row in rows] == ["2"]
    assert dirt.counts == {(Kind.REFUSED, "people", "holds characters that are not text"): 1}


def test_a_header_of_very_many_columns_is_read_at_once(tmp_path: Path) -> None:
    many = 100_000
    written(tmp_path, f"{','.join(map(str, range(many)))}\n1{',' * (many - 1)}\n")
    begun = perf_counter()
    assert len(columns_of(tmp_path, A_FILE)) == many
    assert perf_counter() - begun < 10


def test_empty_lines_are_left_out_and_counted(tmp_path: Path) -> None:
    written(tmp_path, "\nid,name\n\n1,a\n , \n,\n2,b\n\n")
    rows, dirt = read(tmp_path)
    assert [(row.line, row.cells["id"]) for row in rows] == [(4, "1"), (7, "2")]
    assert dirt.counts.total() == 5


@pytest.mark.parametrize("after", ["", '5,"e"\n', '5,"e\ne"\n'])
def test_a_quotation_mark_that_is_not_closed_swallows_no_other_row(tmp_path: Path, after: str) -> None:
    written(tmp_path, f'id,name\n1,a\n2,"b\n3,c\n4,d\n{after}')
    rows, dirt = read(tmp_path)
    assert [row.cells["id"] for row in rows] == ["1", "3", "4", *(["5"] if after else [])]
    assert dirt.counts == {(Kind.REFUSED, "people", "its quotation marks don't match"): 1}


def test_many_unclosed_quotation_marks_take_no_longer_than_they_must(tmp_path: Path) -> None:
    written(tmp_path, "id,name\n" + '1,"a\n' * 20_000)
    rows, dirt = read(tmp_path)
    assert not rows
    assert dirt.counts == {(Kind.REFUSED, "people", "its quotation marks don't match"): 20_000}


def test_a_record_past_the_limit_is_refused_and_the_lines_after_it_are_read(tmp_path: Path) -> None:
    filler = "".join(f"{number},{'x' * 100}\n" for number in range(3, 12_000))
    written(tmp_path, f'id,name\n2,"never closed\n{filler}')
    rows, dirt = read(tmp_path)
    assert len(rows) == 12_000 - 3
    assert dirt.counts.total() == 1


def test_a_record_of_ever_more_cells_ends_at_the_limit(tmp_path: Path) -> None:
    written(tmp_path, 'id,name\n1,"\n' + f'","{"x" * 5000}\n' * 250 + '"\n')
    rows, dirt = read(tmp_path)
    assert not rows
    assert dirt.counts[Kind.REFUSED, "people", "its quotation marks don't match"] > 0


def test_a_file_whose_every_line_opens_an_endless_record_is_given_up_soon(tmp_path: Path) -> None:
    written(tmp_path, "id,name\n" + 'x","\n' * 20_000)
    with pytest.raises(InputError, match="line 22: a quotation mark opens that is not closed"):
        read(tmp_path)


def test_the_row_stands_in_the_list_as_it_was(tmp_path: Path) -> None:
    written(tmp_path, "id,name\n1,a,b\n")
    with DirtBook(tmp_path / "dirt.csv") as dirt:
        list(rows_of(tmp_path, A_FILE, dirt))
    assert '""cell 3"": ""b""' in (tmp_path / "dirt.csv").read_text(encoding="utf-8-sig")


# ---- files that can't be read ----------------------------------------------------------------------------


UNREADABLE = {
    "empty": (b"", "is empty"),
    "empty lines": (b"\n\n", "nothing but empty lines"),
    "header only": (b"id,name\n", "no rows below its header"),
    "header and empty lines": (b"id,name\n\n,\n", "no rows below its header"),
    "a column twice": (b"id,name,id\n1,a,2\n", "names the column “id” twice"),
    "a column twice but for spaces": (b"id,name, id\n1,a,2\n", "names the column “id” twice"),
    "wrong delimiter": (b"id;name\n1;a\n", "its delimiter looks like ';'"),
    "header not closed": (b'"id,name\n1,a\n', "line 1: the header can't be read"),
    "header in another encoding": (b"id,nam\xe9\n1,a\n", "line 1: the header can't be read"),
    "noise": (NOISE + b"\0", "is not a text table"),
    "pdf": (b"%PDF\x01\x02\x03\x04" * 50, "is not a text table"),
    "NUL": (b"id,name\n1,a\0\n", "is not a text table"),
    "utf-16 unsaid": ("id,name\n1,a\n".encode("utf-16"), 'encoding = "utf-16"'),
    "long line": (b"id,name\n1," + b"x" * 1_000_001 + b"\n", "line 2: is longer than 1,000,000 characters"),
    "half a gzip": (gzip.compress(NOISE.hex().encode(), mtime=0)[:-90_000], "not a whole gzip file"),
    "old workbook": (b"\xd0\xcf\x11\xe0" + b"x" * 100, "old Excel file"),
    "no workbook": (b"PK\x03\x04" + b"x" * 100, "not a whole xlsx workbook"),
}


@pytest.mark.parametrize(("content", "word"), UNREADABLE.values(), ids=UNREADABLE)
def test_a_file_that_can_not_be_read_says_why(tmp_path: Path, content: bytes, word: str) -> None:
    written(tmp_path, content)
    with pytest.raises(InputError) as refused:
        read(tmp_path)
    assert word in str(refused.value)
    assert "people.csv" in str(refused.value)
    if "longer" not in word:
        with pytest.raises(InputError):
            columns_of(tmp_path, A_FILE)


@pytest.mark.parametrize(
    ("file", "word"),
    [
        (InputFile("people", "poeple.csv"), "no file “poeple.csv” in"),
        (InputFile("people", "poeple.csv"), "Did you mean “people.csv”?"),
        (InputFile("people", "PEOPLE.CSV"), "Did you mean “people.csv”?"),
        (InputFile("people", "sub"), "is a folder"),
        (InputFile("people", "pipe"), "neither a file nor a folder"),
        (InputFile("people", "../people.csv"), "must be a file in the folder"),
        (InputFile("people", "/etc/hostname"), "must be a file in the folder"),
        (InputFile("people", "x" * 300), "can't be read"),
        (InputFile("people", "people.csv", ("utf-9",)), "there is no encoding “utf-9”"),
        (InputFile("people", "people.csv", ("utf-16",)), "is not utf-16"),
        (InputFile("people", "plain.gz"), "not a whole gzip file"),
    ],
)
def test_a_file_that_is_not_there_or_not_what_the_mapping_says(
    tmp_path: Path, file: InputFile, word: str
) -> None:
    written(tmp_path, "id,name\n1,abc\n")
    written(tmp_path, "id,name\n1,a\n", "plain.gz")
    (tmp_path / "sub").mkdir()
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(InputError) as refused:
        columns_of(tmp_path, file)
    assert word in str(refused.value)


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    (tmp_path / "exports").mkdir()
    with pytest.raises(InputError, match="Did you mean “exports”"):
        columns_of(tmp_path / "export", A_FILE)
    with pytest.raises(InputError, match="is not a folder"):
        columns_of(written(tmp_path, "id\n1\n"), A_FILE)


def test_a_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written(tmp_path, "id\n1\n")

    def forbidden(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", forbidden)
    with pytest.raises(InputError, match=r"“people\.csv” can't be read: Permission denied"):
        columns_of(tmp_path, A_FILE)


def test_memory_stays_flat_before_a_line_without_end_and_over_many_rows(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    with path.open("wb") as stream:
        stream.write(b"id,name\n")
        stream.writelines(b"%d,%s\n" % (number, b"x" * 90) for number in range(30_000))
        # Sparse: a line of 2 GB that takes no room on the disk. It is past what is looked at for NULs.
        stream.seek(2_000_000_000)
        stream.write(b"x\n")
    tracemalloc.start()
    with pytest.raises(InputError, match="line 30002: is longer"):
        for _ in rows_of(tmp_path, A_FILE, DirtBook(None)):
            pass
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 20_000_000


# ---- workbooks -------------------------------------------------------------------------------------------


def test_a_workbooks_cells_are_text_as_they_are_shown(tmp_path: Path) -> None:
    workbook(
        tmp_path,
        [
            ["id", "day", "at", "n", "share", "yes", "words"],
            [1, date(2019, 3, 7), datetime.fromisoformat("2019-03-07 14:30"), 35.0, 0.09, True, " a "],
            ["2", None, None, None, None, None, "b"],
        ],
    )
    rows, dirt = read(tmp_path, A_WORKBOOK)
    assert [tuple(row.cells.values()) for row in rows] == [
        ("1", "2019-03-07", "2019-03-07 14:30:00", "35", "0.09", "TRUE", "a"),
        ("2", "", "", "", "", "", "b"),
    ]
    assert [row.line for row in rows] == [2, 3]
    assert dirt.counts == {(Kind.REPAIRED, "people", "spaces removed"): 1}


def test_a_workbooks_empty_rows_count_between_others_and_not_at_its_end(tmp_path: Path) -> None:
    workbook(tmp_path, [["id", "name"], [], [1, "a"], [2], [3, "c", None, None], [4, "d", "e"], [None], [""]])
    rows, dirt = read(tmp_path, A_WORKBOOK)
    assert [tuple(row.cells.values()) for row in rows] == [("1", "a"), ("2", ""), ("3", "c")]
    assert dirt.counts == {
        (Kind.REPAIRED, "people", "an empty line, left out"): 1,
        (Kind.REFUSED, "people", "3 cells where there are 2 columns"): 1,
    }


def test_a_sheet_is_chosen_by_name(tmp_path: Path) -> None:
    workbook(tmp_path, [["id"], [1]])
    by_name = InputFile("people", "people.xlsx", sheet="People")
    assert cells(tmp_path, by_name) == [("1",)]
    with pytest.raises(InputError, match=r"no sheet “Peple” in “people\.xlsx”\. It has “People”, “Notes”"):
        columns_of(tmp_path, InputFile("people", "people.xlsx", sheet="Peple"))


def test_an_empty_first_sheet_brings_the_names_of_the_others(tmp_path: Path) -> None:
    workbook(tmp_path, [["Kept until 2014."]], sheet="About")
    book = load_workbook(tmp_path / "people.xlsx")
    book.create_sheet("Register")
    book.save(tmp_path / "people.xlsx")
    with pytest.raises(
        InputError, match="sheet “About” was read; it also has “Notes”, “Register”: say which in “sheet”"
    ):
        read(tmp_path, A_WORKBOOK)
    with pytest.raises(InputError, match=r"no rows below its header\. That is its sheet “About”"):
        read(tmp_path, InputFile("people", "people.xlsx", sheet="About"))


def test_a_sheet_without_a_header(tmp_path: Path) -> None:
    workbook(tmp_path, [[1, None], [2, "b"]])
    file = InputFile("people", "people.xlsx", header=False, columns=("id", "name"))
    assert cells(tmp_path, file) == [("1", ""), ("2", "b")]


def test_what_another_program_wrote_wrongly_or_knows_better_is_read_all_the_same(tmp_path: Path) -> None:
    """A dimension too small, a formula with the value it had, a date past the calendar."""
    workbook(tmp_path, [["id", "sum", "day"], [1, "=1+1", 99_999_999]])
    old = tmp_path / "old.xlsx"
    (tmp_path / "people.xlsx").rename(old)
    with ZipFile(old) as before, ZipFile(tmp_path / "people.xlsx", "w") as after:
        for part in before.namelist():
            content = before.read(part).decode()
            content = re.sub(r'<dimension ref="[^"]+"', '<dimension ref="A1"', content)
            content = content.replace("<f>1+1</f><v></v>", "<f>1+1</f><v>2</v>")
            content = content.replace("<f>1+1</f><v/>", "<f>1+1</f><v>2</v>").replace(
                'r="C2"', 'r="C2" s="1"'
            )
            content = re.sub(
                r"(<cellXfs[^>]*>.*?)(</cellXfs>)", r'\1<xf numFmtId="14"/>\2', content, flags=re.DOTALL
            )
            after.writestr(part, content)
    assert cells(tmp_path, A_WORKBOOK) == [("1", "2", "#VALUE!")]


def test_a_workbook_that_memory_can_not_hold_is_not_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workbook(tmp_path, [["id"], [1]])
    with ZipFile(tmp_path / "people.xlsx", "a") as parts:
        parts.writestr("xl/sharedStrings.xml", "x" * 100_000)
    monkeypatch.setattr("oversight.importing.workbooks.LARGEST_BESIDE", 100_000)
    with pytest.raises(InputError, match="too large to be read as a workbook: save its sheet as CSV"):
        columns_of(tmp_path, A_WORKBOOK)


def test_a_workbook_that_claims_a_row_past_the_last_is_not_read_to_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workbook(tmp_path, [["id"], [1]])
    old = tmp_path / "old.xlsx"
    (tmp_path / "people.xlsx").rename(old)
    with ZipFile(old) as before, ZipFile(tmp_path / "people.xlsx", "w") as after:
        for part in before.namelist():
            after.writestr(
                part, before.read(part).replace(b'r="2"', b'r="900000000"').replace(b"A2", b"A900000000")
            )
    monkeypatch.setattr("oversight.importing.workbooks.MOST_ROWS", 1_000)
    with pytest.raises(InputError, match="has a row past the 1,000 that a sheet may have: save it as CSV"):
        read(tmp_path, A_WORKBOOK)


def test_a_workbook_cut_short(tmp_path: Path) -> None:
    workbook(tmp_path, [["id"], *([number] for number in range(3000))])
    whole = (tmp_path / "people.xlsx").read_bytes()
    (tmp_path / "people.xlsx").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(InputError, match="not a whole xlsx workbook"):
        columns_of(tmp_path, A_WORKBOOK)
