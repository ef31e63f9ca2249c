"""One complaint's rows made into one file: what is drawn, merged, flagged, mended and refused."""

import random
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from oversight.casework.past import Flag, PastAllegation, PastDemographics, PastFile, RaceSource
from oversight.importing import building
from oversight.importing.building import Builder
from oversight.importing.dirt import DirtBook, Kind
from oversight.importing.mapping import read_mapping
from oversight.importing.mapping.vocabulary import vocabulary
from oversight.importing.reading import Row

TODAY = date(2026, 11, 21)

COLUMNS = {
    "complaints": ("id", "received", "happened", "ended", "stage", "level", "area", "story", "ground"),
    "people": ("id", "role", "name", "race", "source", "sex", "age"),
    "allegations": ("id", "nr", "officer", "badge", "initials", "race", "what", "result", "step", "until"),
    "findings": ("id", "nr", "result", "action", "on"),
}

HEAD = """
format = 1
source = "riverton"
title = "Riverton"
rulebook = "alberta_2011"
"""
COMPLAINT = """
[complaint]
rows = "complaints"
number = "id"
received_on = { column = "received", dates = ["%Y-%m-%d", "%Y-%m"] }
happened_on = { column = "happened", dates = ["%Y-%m-%d", "%Y-%m"] }
ended_on = { column = "ended", dates = ["%Y-%m-%d", "%Y-%m"] }
narrative = "story"
"""
STAGE = """
state = { column = "stage", values = { Closed = "resolved", Dropped = "dismissed", Open = "investigation" } }
"""
FROM_ALLEGATIONS = """
[complaint.state]
from_allegations = true
open = "investigation"
ended = "resolved"
without = "closed_without_finding"
"""
PERSON = """
[[person]]
rows = "people"
kind = { column = "role", values = { c = "complainant", w = "witness" }, otherwise = "affected_person" }
name = "name"
race = { column = "race", values = { b = "BLACK", w = "WHITE", mixed = "" }, split = "/" }
race_source = { column = "source", values = { told = "self_identified", seen = "perceived" } }
gender = "sex"
age = "age"
"""
OFFICER = """
[[officer]]
rows = "allegations"
key = "officer"
known_by = "badge"
name = "initials"
race = "race"
race_source = "perceived"
"""
ALLEGATION = """
[[allegation]]
rows = "allegations"
key = "nr"
officer = "officer"
code = { column = "what", values = { Force = "exercise_of_authority" }, otherwise = "" }
finding = { column = "result", values = { Upheld = "sustained", "Not upheld" = "not_sustained", None = "" } }
status = { column = "step", values = { open = "open", closed = "closed", dropped = "dismissed" } }
ended_on = "until"
"""
FINDING = """
[[finding]]
rows = "findings"
allegation = "nr"
finding = { column = "result", values = { Upheld = "sustained" }, otherwise = "" }
corrective = { column = "action", values = { Warned = "official_warning" }, otherwise = "" }
ended_on = "on"
"""


class Notes(DirtBook):
    """A list of dirt that can be looked at: kind, file, line, reason, column, value."""

    def __init__(self) -> None:
        super().__init__(None)
        self.all: list[tuple[Kind, str, int, str, str, str]] = []

    def note(self, kind: Kind, file: str, line: int, reason: str, **more: Any) -> None:
        self.all.append((kind, file, line, reason, more.get("column", ""), more.get("value", "")))


class Office:
    """An office with a mapping: given the rows of a complaint, it builds the file and notes its dirt."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.dirt = Notes()
        self.builder: Builder | None = None

    @property
    def notes(self) -> list[tuple[Kind, str, int, str, str, str]]:
        return self.dirt.all

    def maps(self, *parts: str, place: str = "alberta") -> "Office":
        text = "".join(parts)
        names = [alias for alias in COLUMNS if alias == "complaints" or f'rows = "{alias}"' in text]
        for alias in names:
            joined = '\nbelongs_to = "complaints"\nby = "id"' if alias != "complaints" else ""
            text += f'\n[files.{alias}]\npath = "{alias}.csv"{joined}\n'
            header = ",".join(COLUMNS[alias])
            (self.folder / f"{alias}.csv").write_text(f"{header}\n{',' * header.count(',')}x\n")
        path = self.folder / "mapping.toml"
        path.write_text(text)
        mapping = read_mapping(path, self.folder, place=place, today=TODAY)
        self.builder = Builder(mapping, self.dirt)
        return self

    def builds(self, **rows: Sequence[dict[str, str]]) -> PastFile | None:
        assert self.builder
        self.notes.clear()
        lines = {
            alias: [Row(n, dict.fromkeys(COLUMNS[alias], "") | cells) for n, cells in enumerate(each, 2)]
            for alias, each in rows.items()
        }
        return self.builder.build("17-0042", lines)

    def file(self, complaint: dict[str, str], **rows: Sequence[dict[str, str]]) -> PastFile:
        built = self.builds(complaints=[{"received": "2017-05-04", "stage": "Closed"} | complaint], **rows)
        assert built
        return built

    def reasons(self, kind: Kind) -> list[str]:
        return [note[3] for note in self.notes if note[0] == kind]


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


@pytest.fixture
def plain(office: Office) -> Office:
    return office.maps(HEAD, COMPLAINT, STAGE, PERSON, OFFICER, ALLEGATION)


# ---- the file itself --------------------------------------------------------------------------------


def test_a_file_with_its_days_and_words(plain: Office) -> None:
    file = plain.file({"happened": "2017-04", "ended": "2018-01-02", "story": "What happened"})
    assert (file.number, file.rulebook, file.state, file.has_ended) == (
        "17-0042",
        "alberta_2011",
        "resolved",
        True,
    )
    assert (file.received_on, file.ended_on) == (date(2017, 5, 4), date(2018, 1, 2))
    assert (file.happened_on, file.happened_precision) == (date(2017, 4, 1), "about")
    assert (file.narrative, file.words, file.flags) == ("What happened", {"state": "Closed"}, ())
    assert plain.notes == []


def test_an_area_may_be_the_offices_own(office: Office) -> None:
    area = 'area = { column = "area", values = { nw = "Northwest", "" = "" } }\n'
    office.maps(HEAD, COMPLAINT, area, STAGE)
    assert office.file({"area": "NW"}).area == "Northwest"
    office.maps(HEAD, COMPLAINT, 'area = "area"\n', STAGE)
    assert office.file({"area": "District 9"}).area == "District 9"
    assert office.file({"area": "9" * 61}).area is None
    assert "area: more than 60 signs" in office.reasons(Kind.REPAIRED)


def test_own_words_are_kept_as_they_are(office: Office) -> None:
    keep = 'keep = { district = { column = "area", blank = ["#VALUE!"] } }\n'
    office.maps(HEAD, COMPLAINT, keep, STAGE)
    assert office.file({"area": "NORTH side"}).words == {"district": "NORTH side", "state": "Closed"}
    assert office.file({"area": "#VALUE!"}).words == {"state": "Closed"}
    blank = (Kind.REPAIRED, "complaints", 2, "district: a word that counts as blank", "area", "#VALUE!")
    assert blank in office.notes


@pytest.mark.parametrize(
    ("complaint", "reason"),
    [
        ({"received": ""}, "received_on: blank"),
        ({"received": "in May"}, "received_on: not a date as the mapping has it"),
        ({"received": "2027-01-01"}, "received_on: a day before 1900 or still to come"),
        ({"stage": ""}, "state: blank"),
        ({"stage": "Lost"}, "state: a word that the mapping does not know"),
    ],
)
def test_a_complaint_without_its_day_or_state_is_refused_with_its_rows(
    plain: Office, complaint: dict[str, str], reason: str
) -> None:
    rows = {"people": [{"name": "A"}, {"name": "B"}], "allegations": [{"what": "Force"}]}
    whole = {"received": "2017-05-04", "stage": "Closed"} | complaint
    assert plain.builds(complaints=[whole], **rows) is None
    assert [note[:4] for note in plain.notes] == [
        (Kind.REFUSED, "complaints", 2, reason),
        (Kind.REFUSED, "allegations", 2, "its complaint was refused"),
        (Kind.REFUSED, "people", 2, "its complaint was refused"),
        (Kind.REFUSED, "people", 3, "its complaint was refused"),
    ]


def test_a_number_a_second_time_is_refused_and_the_first_stays(plain: Office) -> None:
    first = {"received": "2017-05-04", "stage": "Closed"}
    file = plain.builds(complaints=[first, {**first, "story": "another"}])
    assert file
    assert file.narrative == ""
    alone = plain.builds(complaints=[first])
    assert alone
    assert file.digest == alone.digest
    plain.builds(complaints=[first, {**first, "story": "another"}])
    assert [note[:4] for note in plain.notes if note[0] == Kind.REFUSED] == [
        (Kind.REFUSED, "complaints", 3, "this number a second time")
    ]


def test_rows_that_repeat_their_complaint_make_one_file(office: Office) -> None:
    office.maps(HEAD, COMPLAINT, "repeats = true\n", STAGE)
    first = {"received": "2017-05-04", "stage": "Closed", "story": "x", "ended": "2017-06-01"}
    file = office.builds(complaints=[first, first, {**first, "story": "y"}])
    assert file
    assert file.narrative == "x"
    assert office.notes == [
        (Kind.REPAIRED, "complaints", 4, "differs from the first row of its complaint", "story", "y")
    ]


def test_a_number_too_long_to_be_kept_is_refused(plain: Office) -> None:
    assert plain.builder
    rows = {"complaints": [Row(2, dict.fromkeys(COLUMNS["complaints"], "") | {"received": "2017-05-04"})]}
    assert plain.builder.build("9" * 61, rows) is None


# ---- days and flags ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("days", "flags"),
    [
        ({"ended": "2017-05-03"}, [Flag.ENDED_BEFORE_RECEIVED]),
        ({"ended": "2017-05-04"}, []),
        ({"ended": "2017-05"}, []),
        ({"ended": "2017-04"}, [Flag.ENDED_BEFORE_RECEIVED]),
        ({"ended": "2017-06-01", "happened": "2017-05-05"}, [Flag.RECEIVED_BEFORE_INCIDENT]),
        ({"ended": "2017-06-01", "happened": "2017-05"}, []),
        ({"ended": "2017-06-01", "happened": "2017-06"}, [Flag.RECEIVED_BEFORE_INCIDENT]),
        ({"ended": ""}, [Flag.NO_END]),
        ({"received": "2017-05", "ended": "2017-06-01", "happened": "2017-05-20"}, [Flag.DAY_UNKNOWN]),
    ],
)
def test_what_is_odd_is_flagged_and_told(plain: Office, days: dict[str, str], flags: list[Flag]) -> None:
    assert list(plain.file(days).flags) == flags
    assert len(plain.reasons(Kind.FLAGGED)) == len(flags)


def test_a_month_of_ending_never_lies_before_the_day_of_receipt(plain: Office) -> None:
    assert plain.file({"ended": "2017-05"}).ended_on == date(2017, 5, 4)
    assert plain.file({"ended": "2017-06"}).ended_on == date(2017, 6, 1)
    assert plain.file({"ended": "2017-04"}).ended_on == date(2017, 4, 1)


def test_an_open_file_has_no_end(plain: Office) -> None:
    file = plain.file({"stage": "Open", "ended": "2017-06-01"})
    assert (file.has_ended, file.ended_on, file.flags) == (False, None, ())
    assert plain.reasons(Kind.REPAIRED) == ["ended_on: left out, since the file is open"]


# ---- rulebooks --------------------------------------------------------------------------------------


def in_force(office: Office) -> Office:
    level = 'level = { column = "level", values = { Conduct = "conduct", "Level 3" = "3" } }\n'
    return office.maps(HEAD.replace("alberta_2011", "in force"), COMPLAINT, level, STAGE)


def test_each_file_follows_the_rules_of_its_day(office: Office) -> None:
    in_force(office)
    assert office.file({"received": "2025-11-30"}).rulebook == "alberta_2011"
    assert office.file({"received": "2025-12-01"}).rulebook == "alberta_2025"


def test_a_code_those_rules_lack_is_left_blank_and_told(office: Office) -> None:
    in_force(office)
    assert office.file({"level": "Conduct"}).level == "conduct"
    file = office.file({"level": "Level 3"})
    assert (file.level, file.words["level"]) == (None, "Level 3")
    assert office.reasons(Kind.REPAIRED) == ["level: not a word of the rules of that day"]


def test_a_state_those_rules_lack_refuses_the_complaint(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_force(office)
    fewer = vocabulary("alberta_2011") | {"state": frozenset({"received"})}
    monkeypatch.setattr(building, "vocabulary", {"alberta_2011": fewer}.get)
    assert office.builds(complaints=[{"received": "2017-05-04", "stage": "Closed"}]) is None
    assert office.reasons(Kind.REFUSED) == ["state: not a word of the rules of that day"]


def test_a_day_without_rules_refuses_the_complaint(office: Office) -> None:
    in_force(office)
    assert office.builds(complaints=[{"received": "2010-12-31", "stage": "Closed"}]) is None
    assert office.reasons(Kind.REFUSED) == ["no rulebook was in force on the day it was received"]


# ---- people -----------------------------------------------------------------------------------------


def test_people_with_what_an_export_says_of_them(plain: Office) -> None:
    people = plain.file(
        {},
        people=[
            {"role": "c", "name": "Ana", "race": "B / mixed", "source": "told", "sex": "f", "age": "41"},
            {"role": "W"},
            {"role": "z", "race": "w", "source": "seen"},
        ],
    ).people
    assert [person.kind for person in people] == ["complainant", "witness", "affected_person"]
    assert people[0].identity == {"name": "Ana"}
    assert people[0].demographics == PastDemographics(
        RaceSource.SELF_IDENTIFIED, ("B", "mixed"), ("BLACK",), "f", 41
    )
    assert not people[1].demographics
    assert people[2].demographics.race_source == RaceSource.PERCEIVED


def test_a_wide_row_makes_only_the_people_it_names(office: Office) -> None:
    office.maps(HEAD, COMPLAINT, STAGE, PERSON, PERSON.replace('"people"', '"people"\nonly_if = "age"', 1))
    assert len(office.file({}, people=[{"name": "A"}, {"name": "B", "age": "30"}]).people) == 3


def test_people_read_the_language_of_their_file_unless_told_otherwise(office: Office) -> None:
    language = 'language = { constant = "fr" }\n'
    office.maps(HEAD, COMPLAINT, language, STAGE, PERSON, PERSON + 'language = { constant = "en" }\n')
    assert [person.language for person in office.file({}, people=[{"name": "A"}]).people] == ["fr", "en"]


# ---- officers ---------------------------------------------------------------------------------------


def test_rows_with_one_key_are_one_officer(plain: Office) -> None:
    rows = [
        {"officer": "1", "badge": "", "initials": "JD", "race": "WHITE"},
        {"officer": "2"},
        {"officer": "1", "badge": "4711", "initials": "JD", "race": "BLACK"},
    ]
    file = plain.file({"ended": "2018-01-01"}, allegations=rows)
    assert [(each.known_by, dict(each.identity), each.subject_kind) for each in file.officers] == [
        ("4711", {"name": "JD"}, "known_officer"),
        ("", {}, "unknown_officer"),
    ]
    assert file.officers[0].demographics.race_codes == ("WHITE",)
    assert [each.officer for each in file.allegations] == [0, 1, 0]
    assert [each.subject_kind for each in file.allegations] == [
        "known_officer",
        "unknown_officer",
        "known_officer",
    ]
    assert plain.notes == [
        (Kind.REPAIRED, "allegations", 4, "the rows of this officer differ", "race", "BLACK")
    ]


def test_without_a_key_each_row_that_tells_of_someone_is_an_officer(office: Office) -> None:
    office.maps(HEAD, COMPLAINT, STAGE, OFFICER.replace('key = "officer"\n', ""))
    rows = [{"badge": "4711"}, {"badge": "4711"}, {"badge": ""}]
    assert len(office.file({}, allegations=rows).officers) == 2


def test_an_allegation_about_an_officer_who_is_not_there(office: Office) -> None:
    officer = OFFICER.replace('rows = "allegations"', 'rows = "allegations"\nonly_if = "badge"')
    office.maps(HEAD, COMPLAINT, STAGE, officer, ALLEGATION)
    file = office.file({"ended": "2018-01-01"}, allegations=[{"officer": "1", "what": "Force"}])
    assert (file.officers, file.allegations[0].officer) == ((), None)
    assert file.allegations[0].subject_kind == "unknown_officer"
    assert office.reasons(Kind.REPAIRED) == ["no officer of this complaint has this key"]


def test_three_officers_in_one_wide_row(office: Office) -> None:
    wide = [
        f'[[officer]]\nrows = "complaints"\nonly_if = "{column}"\nkey = "{column}"\nname = "{column}"\n'
        f'[[allegation]]\nrows = "complaints"\nonly_if = "{column}"\nofficer = "{column}"\n'
        f'code = {{ constant = "deceit" }}\n'
        for column in ("level", "area", "ground")
    ]
    office.maps(HEAD, COMPLAINT, STAGE, *wide)
    file = office.file({"level": "Ames", "ground": "Bell"})
    assert [officer.identity["name"] for officer in file.officers] == ["Ames", "Bell"]
    assert [(each.officer, each.code) for each in file.allegations] == [(0, "deceit"), (1, "deceit")]


# ---- allegations and findings -----------------------------------------------------------------------


def allegations(
    office: Office, complaint: dict[str, str], *rows: dict[str, str]
) -> tuple[PastAllegation, ...]:
    return office.file({"ended": "2018-01-01"} | complaint, allegations=rows).allegations


def test_own_words_stand_beside_ours(plain: Office) -> None:
    known, other = allegations(
        plain, {}, {"what": "FORCE", "result": "upheld"}, {"what": "Rudeness", "result": "None"}
    )
    assert (known.code, known.own_code, known.finding, known.own_finding) == (
        "exercise_of_authority",
        "FORCE",
        "sustained",
        "upheld",
    )
    assert (other.code, other.own_code, other.finding, other.own_finding) == (None, "Rudeness", None, "None")
    assert plain.notes == []


def test_an_own_word_too_long_to_stand_beside_ours_is_cut_and_told(plain: Office) -> None:
    (allegation,) = allegations(plain, {}, {"what": "R" * 201})
    assert allegation.own_code == "R" * 200
    assert plain.reasons(Kind.REPAIRED) == ["code: the own word is longer than 200 letters; cut"]


def test_a_finding_without_a_status_decides(plain: Office) -> None:
    decided, still_open = allegations(
        plain, {"stage": "Open", "ended": ""}, {"result": "Upheld"}, {"what": "Force"}
    )
    assert (decided.status, still_open.status) == ("decided", "open")


def test_no_allegation_stays_open_in_an_ended_file(plain: Office) -> None:
    steps = [{"what": "Force", "step": step} for step in ("", "open", "dropped")]
    silent, told, dropped = allegations(plain, {}, *steps)
    assert (silent.status, told.status, dropped.status) == ("closed", "closed", "dismissed")
    assert [note[2:] for note in plain.notes] == [
        (3, "status: open although the file has ended; taken as closed", "step", "open")
    ]


def test_a_files_ground_is_that_of_what_ended_without_a_finding(office: Office) -> None:
    ground = 'ground = { column = "ground", values = { Silly = "frivolous" } }\n'
    office.maps(HEAD, COMPLAINT, ground, STAGE, OFFICER, ALLEGATION)
    rows = [{"result": "Upheld"}, {"what": "Force", "step": "dropped"}]
    decided, dropped = allegations(office, {"ground": "silly"}, *rows)
    assert (decided.ground, dropped.ground) == (None, "frivolous")


def test_a_ground_without_a_map_is_kept_in_its_own_word_too(office: Office) -> None:
    office.maps(HEAD, COMPLAINT, 'ground = "ground"\n', STAGE)
    assert office.file({"ground": "Vexatious"}).words == {"ground": "Vexatious", "state": "Closed"}


def test_an_allegation_in_its_setting(office: Office) -> None:
    setting = """
camera = { column = "initials", values = { none = "missing" } }
level = { constant = "conduct" }
bias_kinds = { column = "race", values = { Colour = "race", Poor = "poverty" }, split = ";" }
"""
    office.maps(HEAD, COMPLAINT, STAGE, OFFICER, ALLEGATION, setting)
    rows = [{"initials": "None", "race": "poor; colour", "what": "Force"}, {"what": "Force"}]
    told, silent = allegations(office, {}, *rows)
    assert (told.camera, told.level, told.bias_kinds) == ("missing", "conduct", ("poverty", "race"))
    assert (silent.camera, silent.duty, silent.context, silent.bias_kinds) == ("unknown", "unknown", None, ())


@pytest.mark.parametrize(
    ("rows", "state"),
    [
        ([], "closed_without_finding"),
        ([{"result": "Upheld"}, {"step": "closed"}], "resolved"),
        ([{"result": "Upheld"}, {"what": "Force"}], "investigation"),
        ([{"result": "Upheld"}, {}], "resolved"),
    ],
)
def test_a_state_that_follows_from_the_allegations(
    office: Office, rows: list[dict[str, str]], state: str
) -> None:
    office.maps(HEAD, COMPLAINT, OFFICER, ALLEGATION, FROM_ALLEGATIONS)
    file = office.file({}, allegations=rows)
    assert (file.state, file.has_ended) == (state, state != "investigation")


def found(office: Office, *findings: dict[str, str]) -> tuple[PastAllegation, ...]:
    office.maps(HEAD, COMPLAINT, STAGE, OFFICER, ALLEGATION, FINDING)
    rows = [{"nr": "a", "what": "Force"}, {"nr": "b"}]
    return office.file({"ended": "2018-01-01"}, allegations=rows, findings=findings).allegations


def test_findings_in_rows_of_their_own(office: Office) -> None:
    first, second = found(office, {"nr": "a", "result": "Upheld", "action": "Warned", "on": "2017-12-24"})
    assert (first.finding, first.own_finding, first.status) == ("sustained", "Upheld", "decided")
    assert (first.corrective, first.own_corrective) == ("official_warning", "Warned")
    assert first.ended_on == date(2017, 12, 24)
    assert (second.finding, second.status) == (None, "closed")
    assert office.notes == []


def test_a_second_finding_fills_what_is_blank_and_tells_what_differs(office: Office) -> None:
    first, _ = found(
        office, {"nr": "a", "result": "Upheld"}, {"nr": "a", "result": "Dropped", "action": "Warned"}
    )
    assert (first.finding, first.corrective) == ("sustained", "official_warning")
    assert office.notes == [
        (Kind.REPAIRED, "findings", 3, "the findings of this allegation differ", "result", "Dropped")
    ]


def test_a_finding_takes_the_place_of_a_word_without_an_equivalent(office: Office) -> None:
    office.maps(HEAD, COMPLAINT, STAGE, OFFICER, ALLEGATION, FINDING)
    rows = [{"nr": "a", "result": "None"}]
    file = office.file({}, allegations=rows, findings=[{"nr": "a", "result": "Upheld"}])
    assert (file.allegations[0].finding, file.allegations[0].own_finding) == ("sustained", "Upheld")
    assert [note[3:] for note in office.notes if note[0] == Kind.REPAIRED] == [
        ("the findings of this allegation differ", "result", "None")
    ]


def test_two_words_without_an_equivalent_leave_the_first(office: Office) -> None:
    first, _ = found(office, {"nr": "a", "result": "Moot"}, {"nr": "a", "result": "Dropped"})
    assert (first.finding, first.own_finding) == (None, "Moot")
    assert [note[4:] for note in office.notes] == [("result", "Dropped")]


@pytest.mark.parametrize("key", ["z", ""])
def test_a_finding_of_no_allegation_is_refused(office: Office, key: str) -> None:
    found(office, {"nr": key, "result": "Upheld"})
    assert office.reasons(Kind.REFUSED) == ["no allegation of this complaint has this key"]


# ---- officers and their rows ------------------------------------------------------------------------


def test_a_blank_key_is_the_officer_of_its_own_row(plain: Office) -> None:
    rows = [
        {"officer": "7", "initials": "A", "what": "Force"},
        {"initials": "B", "what": "Force"},
        {"initials": "C", "what": "Force"},
        {"officer": "7", "what": "Rudeness"},
        {"what": "Rudeness"},
    ]
    file = plain.file({}, allegations=rows)
    assert [officer.identity for officer in file.officers] == [{"name": "A"}, {"name": "B"}, {"name": "C"}]
    assert [allegation.officer for allegation in file.allegations] == [0, 1, 2, 0, None]
    assert [allegation.subject_kind for allegation in file.allegations][-2:] == [
        "known_officer",
        "unknown_officer",
    ]
    assert [each.is_about_no_known_officer for each in file.allegations] == [False] * 4 + [True]


def test_without_keys_too_an_allegation_is_about_the_officer_of_its_row(office: Office) -> None:
    officer = '[[officer]]\nrows = "allegations"\nname = "initials"\n'
    office.maps(HEAD, COMPLAINT, STAGE, officer, ALLEGATION.replace('officer = "officer"\n', ""))
    known, nobody = allegations(office, {}, {"initials": "A", "what": "Force"}, {"what": "Force"})
    assert (known.officer, nobody.officer) == (0, None)


def test_an_allegation_about_the_service_is_about_no_officer_of_its_row(office: Office) -> None:
    service = ALLEGATION + 'subject_kind = { column = "race", values = { s = "service" } }\n'
    office.maps(HEAD, COMPLAINT, STAGE, OFFICER.split("race =")[0], service)
    (about,) = allegations(office, {}, {"initials": "A", "what": "Force", "race": "s"})
    assert (about.officer, about.subject_kind) == (None, "service")


def test_of_several_officers_of_a_row_each_allegation_finds_its_own(office: Office) -> None:
    sections = "".join(
        f'[[officer]]\nrows = "allegations"\nonly_if = "{column}"\nname = "{column}"\n'
        f'[[allegation]]\nrows = "allegations"\nonly_if = "{column}"\ncode = {{ constant = "deceit" }}\n'
        for column in ("officer", "initials")
    )
    office.maps(HEAD, COMPLAINT, STAGE, sections)
    file = office.file({}, allegations=[{"officer": "Ann", "initials": "Bo"}])
    about = [
        file.officers[each.officer].identity["name"] for each in file.allegations if each.officer is not None
    ]
    assert about == ["Ann", "Bo"]


def test_the_cells_of_a_key_do_not_count_as_a_difference(office: Office) -> None:
    key = OFFICER.replace('key = "officer"', 'key = { columns = ["officer", "nr"], match = "^P[0-9]+" }')
    office.maps(HEAD, COMPLAINT, STAGE, key)
    rows = [{"officer": "P1", "nr": "1", "initials": "A"}, {"officer": "P1", "nr": "2", "initials": "A"}]
    assert len(office.file({"ended": "2018-01-01"}, allegations=rows).officers) == 1
    assert office.notes == []
    rows[1]["initials"] = "B"
    office.file({"ended": "2018-01-01"}, allegations=rows)
    assert [note[3:] for note in office.notes] == [("the rows of this officer differ", "initials", "B")]


def test_a_row_may_count_only_where_a_column_is_blank(office: Office) -> None:
    office.maps(HEAD, COMPLAINT, STAGE, ALLEGATION.replace("officer =", "only_if_blank = ") + OFFICER)
    (only,) = allegations(office, {}, {"officer": "7", "what": "Force"}, {"what": "Rudeness"})
    assert only.own_code == "Rudeness"


# ---- rows with nothing in them ----------------------------------------------------------------------


def test_of_nothing_nothing_is_made_and_it_is_listed(plain: Office) -> None:
    file = plain.file(
        {"ended": "2018-01-01"},
        people=[{"source": "told"}, {"role": "c"}],
        allegations=[{"until": "2017-12-01", "step": "closed"}, {"what": "Rudeness"}],
    )
    assert (len(file.people), len(file.officers), len(file.allegations)) == (1, 0, 1)
    nothing = "nothing in it: nobody and nothing was made of it"
    assert [note[1:4] for note in plain.notes] == [("allegations", 2, nothing), ("people", 2, nothing)]


def test_a_person_of_whom_a_constant_alone_is_said_is_nobody(office: Office) -> None:
    office.maps(HEAD, COMPLAINT, STAGE, '[[person]]\nrows = "people"\nkind = "witness"\nname = "name"\n')
    assert [person.identity for person in office.file({}, people=[{}, {"name": "A"}]).people] == [
        {"name": "A"}
    ]


# ---- ages -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("born", "age"),
    [("1957", 60), ("1957-05-04", 60), ("1957-05-05", 59), ("2017", 0), ("2018", None), ("soon", None)],
)
def test_an_age_is_reckoned_for_the_day_of_receipt(office: Office, born: str, age: int | None) -> None:
    person = '[[person]]\nrows = "people"\nname = "name"\nage = { column = "age", born = true }\n'
    office.maps(HEAD, COMPLAINT, STAGE, person)
    (known,) = office.file({}, people=[{"name": "A", "age": born}]).people
    assert known.demographics.age == age
    assert len(office.reasons(Kind.REPAIRED)) == (age is None)


# ---- the digest -------------------------------------------------------------------------------------


ROWS: dict[str, list[dict[str, str]]] = {
    "people": [{"name": "A"}, {"name": "B"}],
    "allegations": [{"what": "Force", "officer": str(n)} for n in range(5)],
}


def test_the_order_of_rows_and_their_lines_change_nothing(plain: Office) -> None:
    before = plain.file({}, **ROWS).digest
    mixed = {alias: random.Random(7).sample(rows, len(rows)) for alias, rows in ROWS.items()}
    assert mixed != ROWS
    assert plain.file({}, **mixed).digest == before
    assert len(before) == 32


def test_any_cell_that_changes_is_noticed(plain: Office) -> None:
    digests = {
        plain.file({}, **ROWS).digest,
        plain.file({"area": "unmapped"}, **ROWS).digest,
        plain.file({}, people=[*ROWS["people"], {"name": "B"}], allegations=ROWS["allegations"]).digest,
        plain.file({}, people=[{"name": "A"}, {"role": "B"}], allegations=ROWS["allegations"]).digest,
        plain.file({}, people=ROWS["people"], allegations=ROWS["allegations"][1:]).digest,
    }
    assert len(digests) == 5
