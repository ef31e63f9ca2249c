"""A mapping is checked whole before anything is read: every problem, where it stands, the nearest name."""

from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from oversight.importing.mapping import FromAllegations, Mapping, MappingError, read_mapping

TODAY = date(2026, 11, 21)

HEAD = """
format = 1
source = "riverton"
title = "Riverton, 2010 to 2019"
rulebook = "alberta_2011"
dates = ["%m/%d/%y"]
"""
FILES = """
[files.complaints]
path = "complaints.csv"

[files.allegations]
path = "allegations.csv"
belongs_to = "complaints"
by = { ours = "file", theirs = "id" }
"""
COMPLAINT = """
[complaint]
rows = "complaints"
number = "id"
received_on = "received"
state = { column = "stage", values = { "Closed" = "resolved" }, otherwise = "investigation" }
"""
ALLEGATION = """
[[allegation]]
rows = "allegations"
code = { column = "what", values = { "Force" = "exercise_of_authority" }, otherwise = "" }
"""
WHOLE = HEAD + FILES + COMPLAINT + ALLEGATION


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "exports"
    folder.mkdir()
    (folder / "complaints.csv").write_text("id,received,stage,summary\n1,3/7/19,Closed,x\n")
    (folder / "allegations.csv").write_text("file,what,result,officer,race\n1,Force,Upheld,7,w\n")
    return folder


def read(text: str, folder: Path, place: str = "alberta") -> Mapping:
    path = folder.parent / "mapping.toml"
    path.write_text(text, encoding="utf-8")
    return read_mapping(path, folder, place=place, today=TODAY)


def problems_of(text: str, folder: Path, place: str = "alberta") -> list[str]:
    with pytest.raises(MappingError) as caught:
        read(text, folder, place)
    assert str(caught.value) == "\n".join(caught.value.problems)
    return list(caught.value.problems)


def only_problem_of(text: str, folder: Path) -> str:
    (problem,) = problems_of(text, folder)
    return problem


def test_a_whole_mapping_is_read(folder: Path) -> None:
    mapping = read(WHOLE, folder)
    assert (mapping.source, mapping.title, mapping.rulebook) == (
        "riverton",
        "Riverton, 2010 to 2019",
        "alberta_2011",
    )
    assert [(file.alias, file.belongs_to, file.ours, file.theirs) for file in mapping.files] == [
        ("complaints", "", "", ""),
        ("allegations", "complaints", "file", "id"),
    ]
    assert (mapping.complaint.rows, mapping.complaint.number, mapping.complaint.repeats) == (
        "complaints",
        "id",
        False,
    )
    assert mapping.complaint.fields["received_on"].dates == ("%m/%d/%y",)
    assert mapping.complaint.fields["received_on"].years_until == 2026
    assert mapping.allegations[0].fields["code"].values == {"force": "exercise_of_authority"}


def test_the_digest_is_that_of_the_mappings_bytes(folder: Path) -> None:
    assert read(WHOLE, folder).digest == read(WHOLE, folder).digest
    assert read(WHOLE, folder).digest != read(WHOLE + "\n", folder).digest
    assert len(read(WHOLE, folder).digest) == 64


def test_every_problem_is_told_at_once(folder: Path) -> None:
    text = (
        WHOLE.replace('"received"', '"recieved"')
        .replace('"what"', '"waht"')
        .replace("exercise_of", "exercise_off")
    )
    text = text.replace('"riverton"', '"Riverton!"').replace("complaints.csv", "complaint.csv")
    text = text.replace(
        '[[allegation]]\nrows = "allegations"', '[[allegation]]\nrows = "allegation"\ncolour = "red"'
    )
    problems = problems_of(text, folder)
    assert [problem.split(":")[0] for problem in problems] == [
        "[files.complaints]",
        "source",
        "[complaint] received_on",
        "[[allegation]] rows",
        "[[allegation]] code values",
        "[[allegation]]",
    ]


def test_a_misspelt_column_brings_the_nearest(folder: Path) -> None:
    assert only_problem_of(WHOLE.replace('"received"', '"recieved"'), folder) == (
        "[complaint] received_on: There is no column “recieved” in complaints. Did you mean “received”?"
    )


def test_where_no_column_is_near_all_are_told(folder: Path) -> None:
    assert only_problem_of(WHOLE.replace('"received"', '"zzz"'), folder).endswith(
        "There are “id”, “received”, “stage”, “summary”."
    )


def test_a_missing_file_brings_the_nearest(folder: Path) -> None:
    problem = only_problem_of(WHOLE.replace("allegations.csv", "alegations.csv"), folder)
    assert problem.startswith("[files.allegations]: ")
    assert "allegations.csv" in problem.split("alegations.csv", 1)[1]


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("format = 1", "format = 2", "format: this has to be 1: format = 1"),
        ("format = 1", "", "format: this has to be 1: format = 1"),
        ('source = "riverton"', 'source = "R"', "source: use 2 to 40 small letters, digits, “-” and “_”."),
        ('source = "riverton"', "source = 4", "source: this has to be a word in quotes."),
        ('title = "Riverton, 2010 to 2019"', "", "“title” is missing."),
        (
            "alberta_2011",
            "alberta_211",
            "rulebook: There is no rulebook “alberta_211”. Did you mean “alberta_2011”? There are "
            "“alberta_2011”, from 2011-01-01 to 2025-11-30; “alberta_2025”, from 2025-12-01; "
            "“new_york_ccrb”, from 1993-07-05; and “in force”, for each file that of its day in your place.",
        ),
        ("dates = [", "date = [", "“date” means nothing here. Did you mean “dates”?"),
        ('"%m/%d/%y"', '"%m/%d"', "dates: “%m/%d” has no year, %Y or %y."),
        ('"%m/%d/%y"', '"%Y-%Q"', "dates: “%Y-%Q” is not a date format."),
        (
            '"complaints.csv"',
            '"complaints.csv"\nencoding = "cp1253x"',
            "[files.complaints]: “complaints.csv”: there is no encoding “cp1253x”; most are utf-8 or cp1252.",
        ),
        (
            '"complaints.csv"',
            '"complaints.csv"\ndelimiter = "semicolon"',
            r"[files.complaints] delimiter: this has to be one sign, such as “;” or “\t” for a tab.",
        ),
        (
            '"complaints.csv"',
            '"complaints.csv"\nheader = false',
            "[files.complaints]: a file without a header needs its “columns” named here.",
        ),
        (
            '"complaints.csv"',
            '"complaints.csv"\nheader = true\ncolumns = ["id", "received", "stage", "summary"]',
            "[files.complaints]: “columns” are for a file without a header: say header = false.",
        ),
        (
            '"complaints.csv"',
            '"complaints.csv"\ncolumns = ["id", "received", "stage", "id"]',
            "[files.complaints] columns: two columns have the same name.",
        ),
        (
            '"complaints.csv"',
            '"complaints.csv"\nduplicates = "twice"',
            "[files.complaints] duplicates: “twice” means nothing. There are “keep”, “once”.",
        ),
        (
            'belongs_to = "complaints"',
            'belongs_to = "complaint"',
            "[files.allegations] belongs_to: There is no [files.complaint]. Did you mean “complaints”?",
        ),
        (
            'by = { ours = "file", theirs = "id" }',
            'by = { ours = "flie", theirs = "id" }',
            "[files.allegations] by: There is no column “flie” in allegations. Did you mean “file”?",
        ),
        (
            'by = { ours = "file", theirs = "id" }',
            'by = "file"',
            "[files.allegations] by: There is no column “file” in complaints. "
            "There are “id”, “received”, “stage”, “summary”.",
        ),
        (
            'belongs_to = "complaints"\nby = { ours = "file", theirs = "id" }',
            "",
            "[files.allegations]: say in “belongs_to” and “by” how its rows belong to complaints.",
        ),
        (
            'rows = "complaints"',
            'rows = "complaint"',
            "[complaint] rows: There is no [files.complaint]. Did you mean “complaints”?",
        ),
        (
            'number = "id"',
            'number = "idd"',
            "[complaint] number: There is no column “idd” in complaints. Did you mean “id”?",
        ),
        ('number = "id"', "", "[complaint]: “number” is missing."),
        ('received_on = "received"', "", "[complaint]: “received_on” is missing."),
        (
            'received_on = "received"',
            "received_on = 4",
            "[complaint] received_on: this has to be a column's name in quotes, or a table in { }.",
        ),
        (
            'received_on = "received"',
            'received_on = { column = "received", values = {} }',
            "[complaint] received_on: “values” means nothing here. "
            "There are “blank”, “column”, “columns”, “constant”, “dates”, “join”, “match”.",
        ),
        (
            'received_on = "received"',
            'received_on = { column = "received", constant = "3/7/19" }',
            "[complaint] received_on: give exactly one of “column”, “columns” and “constant”.",
        ),
        (
            'received_on = "received"',
            'received_on = { constant = "yesterday" }',
            "[complaint] received_on constant: “yesterday” can't be used: "
            "received_on: not a date as the mapping has it.",
        ),
        (
            '"Closed" = "resolved"',
            '"Closed" = "resolve"',
            "[complaint] state values: “resolve” is not a word of ours. Did you mean “resolved”?",
        ),
        (
            '"Closed" = "resolved"',
            '"Closed" = "resolved", "closed " = "withdrawn"',
            "[complaint] state values: “closed ” is given two meanings: case makes no difference.",
        ),
        (
            'otherwise = "investigation"',
            'otherwise = "invesigation"',
            "[complaint] state otherwise: “invesigation” is not a word of ours. "
            "Did you mean “investigation”?",
        ),
        (
            'otherwise = "investigation"',
            'otherwise = "reconsideration"',
            "[complaint] state otherwise: “reconsideration” is not a word of ours. There are “assessment”, "
            "“civilian_review”, “closed_without_finding”, “decision”, “dismissed”, “early_resolution”, "
            "“investigation”, “received”, “referred”, “resolved”, “withdrawn”.",
        ),
        (
            'column = "what"',
            'column = "what", match = "("',
            "[[allegation]] code match: this regular expression can't be read: "
            "missing ), unterminated subpattern at position 0.",
        ),
        (
            'rows = "allegations"',
            'rows = "allegations"\nonly_if = "officr"',
            "[[allegation]] only_if: There is no column “officr” in allegations. Did you mean “officer”?",
        ),
        ("[[allegation]]", "[[alegation]]", "“alegation” means nothing here. Did you mean “allegation”?"),
        (
            "[[allegation]]",
            "[allegation]",
            "[allegation]: write it in double brackets, [[allegation]]: it may stand several times.",
        ),
        (
            'rows = "allegations"\ncode',
            'rows = "allegations"\nofficer = "officer"\ncode',
            "[[allegation]] officer: no [[officer]] has a “key” that this could refer to.",
        ),
    ],
)
def test_each_mistake_is_named_where_it_stands(folder: Path, old: str, new: str, problem: str) -> None:
    assert old in WHOLE
    assert only_problem_of(WHOLE.replace(old, new), folder) == problem


def test_files_in_a_circle(folder: Path) -> None:
    text = WHOLE.replace('"complaints.csv"', '"complaints.csv"\nbelongs_to = "allegations"\nby = "id"')
    problems = problems_of(text.replace('by = "id"', 'by = { ours = "id", theirs = "file" }'), folder)
    assert problems[0] == "[files.complaints] belongs_to: these files belong to each other in a circle."


def test_what_makes_the_files_hangs_on_nothing(folder: Path) -> None:
    text = WHOLE.replace('rows = "complaints"\nnumber = "id"', 'rows = "allegations"\nnumber = "file"')
    problems = problems_of(text, folder)
    assert (
        "[files.allegations] belongs_to: the rows that make the files can't belong to other rows." in problems
    )
    assert "[files.complaints]: say in “belongs_to” and “by” how its rows belong to allegations." in problems


def test_race_needs_its_source(folder: Path) -> None:
    officer = '[[officer]]\nrows = "allegations"\nrace = "race"\n'
    assert "race_source” is missing" in only_problem_of(WHOLE + officer, folder)
    wrong = problems_of(WHOLE + officer + 'race_source = "percieved"\n', folder)
    assert wrong[0].endswith("Did you mean “perceived”?")
    assert (
        read(WHOLE + officer + 'race_source = "perceived"\n', folder)
        .officers[0]
        .fields["race_source"]
        .constant
    )


def test_a_plain_kind_is_the_word_itself_and_a_table_may_name_a_column(folder: Path) -> None:
    person = '[[person]]\nrows = "allegations"\nkind = '
    assert read(f'{WHOLE}{person}"witness"\n', folder).people[0].fields["kind"].constant == "witness"
    spec = read(f'{WHOLE}{person}{{ column = "what" }}\n', folder).people[0].fields["kind"]
    assert (spec.constant, spec.columns) == (None, ("what",))
    assert "“witnes” is neither a word of ours nor a column" in only_problem_of(
        f'{WHOLE}{person}"witnes"\n', folder
    )


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("complaints.csv", "complaint.csv"),
        ('"complaints.csv"', '"complaints.csv"\ndelimiter = "comma"'),
        ('"complaints.csv"', '"complaints.csv"\nencoding = "utf-88"'),
    ],
)
def test_a_file_that_can_not_be_read_hides_no_other_mistake(folder: Path, old: str, new: str) -> None:
    text = WHOLE.replace(old, new).replace('"received"', '"recieved"').replace('"resolved"', '"resolvd"')
    assert [problem.split(":")[0] for problem in problems_of(text, folder)][1:] == [
        "[complaint] received_on",
        "[complaint] state values",
    ]


def test_a_missing_sheet_hides_no_other_mistake(folder: Path) -> None:
    book = Workbook()
    book.create_sheet("Register").append(["id", "received", "stage"])
    book["Register"].append(["1", "3/7/19", "Closed"])
    book.save(folder / "complaints.xlsx")
    text = WHOLE.replace('"complaints.csv"', '"complaints.xlsx"\nsheet = "Registr"')
    assert problems_of(text.replace('"received"', '"recieved"'), folder) == [
        "[files.complaints]: There is no sheet “Registr” in “complaints.xlsx”. It has “Sheet”, “Register”.",
        "[complaint] received_on: There is no column “recieved” in complaints. Did you mean “received”?",
    ]


def test_a_word_may_mean_several_races_but_only_one_finding(folder: Path) -> None:
    race = '[[person]]\nrows = "allegations"\nrace_source = "perceived"\nrace = { column = "race", values = '
    mapping = read(f'{WHOLE}{race}{{ w = ["WHITE", "BLACK"] }} }}\n', folder)
    assert mapping.people[0].fields["race"].values == {"w": ("WHITE", "BLACK")}
    assert "“WITE” is not a word of ours" in only_problem_of(f'{WHOLE}{race}{{ w = ["WITE"] }} }}\n', folder)
    finding = 'finding = { column = "result", values = { Upheld = ["sustained", "unfounded"] } }\n'
    assert "has to be a word in quotes" in only_problem_of(WHOLE + finding, folder)


def test_an_age_may_be_reckoned_from_a_year_of_birth(folder: Path) -> None:
    person = '[[person]]\nrows = "allegations"\nage = { column = "officer", born = true }\n'
    age = read(WHOLE + person, folder).people[0].fields["age"]
    assert (age.born, age.dates) == (True, ("%m/%d/%y", "%Y"))


def test_several_sections_are_numbered(folder: Path) -> None:
    person = '[[person]]\nrows = "allegations"\nname = "nam"\n'
    assert [problem.split(":")[0] for problem in problems_of(WHOLE + person + person, folder)] == [
        "[[person]] no. 1 name",
        "[[person]] no. 2 name",
    ]


def test_findings_need_an_allegation_to_refer_to(folder: Path) -> None:
    finding = '[[finding]]\nrows = "allegations"\nfinding = "result"\n'
    assert problems_of(WHOLE + finding, folder) == [
        "[[finding]]: “allegation” is missing.",
        "[[finding]]: no [[allegation]] has a “key” that its rows could refer to.",
    ]


def test_a_state_drawn_from_the_allegations(folder: Path) -> None:
    states = '{ from_allegations = true, open = "investigation", ended = "resolved", without = "dismissed" }'
    line = next(line for line in COMPLAINT.splitlines() if line.startswith("state"))
    mapping = read(WHOLE.replace(line, f"state = {states}"), folder)
    assert mapping.complaint.state == FromAllegations("investigation", "resolved", "dismissed")
    wrong = states.replace('"resolved"', '"decision"').replace('"investigation"', '"withdrawn"')
    assert problems_of(WHOLE.replace(line, f"state = {wrong}"), folder) == [
        "[complaint] state open: “withdrawn” is an ending: nobody works on such a file.",
        "[complaint] state ended: “decision” is not an ending.",
    ]


def test_rules_in_force_know_every_word_of_the_places_rulebooks(folder: Path) -> None:
    levels = 'level = { column = "summary", values = { "a" = "conduct", "b" = "3", "c" = "13" } }\nnumber'
    text = WHOLE.replace("alberta_2011", "in force").replace("number", levels)
    (problem,) = problems_of(text, folder)
    assert problem.startswith("[complaint] level values: “13” is not a word of ours.")
    assert problems_of(WHOLE.replace("alberta_2011", "in force"), folder, "atlantis")[0].startswith(
        "rulebook: "
    )


def test_an_own_word_may_not_be_kept_under_a_fields_name(folder: Path) -> None:
    text = WHOLE.replace("number =", 'keep = { state = "stage" }\nnumber =')
    assert only_problem_of(text, folder) == (
        "[complaint] keep: “state” is a field of its own: keep this word under another name."
    )


def test_a_folder_that_is_not_there_is_told_once(folder: Path) -> None:
    problem = only_problem_of(WHOLE, folder.with_name("export"))
    assert problem.endswith("Did you mean “exports”?")


# ---- files that are no mapping ----------------------------------------------------------------------


def test_a_slip_of_the_pen_is_told_with_its_line(folder: Path) -> None:
    problem = only_problem_of("format = 1\nsource = riverton\n", folder)
    assert problem.startswith("Line 2 of the mapping, “source = riverton”: ")


def test_an_unfinished_file_is_told_with_its_last_line(folder: Path) -> None:
    assert only_problem_of('format = 1\ntitle = "x', folder).startswith(
        'Line 2 of the mapping, “title = "x”: '
    )


def test_an_empty_mapping_says_all_that_is_missing(folder: Path) -> None:
    problems = problems_of("", folder)
    assert "“source” is missing." in problems
    assert "[complaint]: “received_on” is missing." in problems


def test_brackets_without_end(folder: Path) -> None:
    assert only_problem_of("a = " + "[" * 5000, folder).startswith("The mapping has too many brackets")


def test_a_mapping_has_to_be_utf8(folder: Path) -> None:
    path = folder.parent / "mapping.toml"
    path.write_bytes(b"format = 1\ntitle = 'Qu\xe9bec'\n")
    with pytest.raises(MappingError, match="Line 2 of the mapping: save the file as UTF-8"):
        read_mapping(path, folder, place="alberta", today=TODAY)


def test_a_mapping_that_is_not_there_brings_the_nearest(folder: Path) -> None:
    (folder.parent / "riverton.toml").write_text(WHOLE)
    with pytest.raises(MappingError, match=r"There is no mapping .* Did you mean “riverton\.toml”"):
        read_mapping(folder.parent / "rivertown.toml", folder, place="alberta", today=TODAY)


def test_a_folder_is_no_mapping(folder: Path) -> None:
    with pytest.raises(MappingError, match="can't be read"):
        read_mapping(folder, folder, place="alberta", today=TODAY)
