"""A field spec turned into a value: what it makes of clean cells, and of all the others."""

import re
from dataclasses import replace
from datetime import date

import pytest

from oversight.importing.specs import FieldKind, FieldSpec
from oversight.importing.values import Day, Drawn, Several, reader

TEXT = FieldSpec("name", FieldKind.TEXT, columns=("a",))
CODE = FieldSpec("finding", FieldKind.CODE, columns=("a",), keeps_own=True)
CODES = FieldSpec("race", FieldKind.CODES, columns=("a",), keeps_own=True)
NUMBER = FieldSpec("age", FieldKind.NUMBER, columns=("a",))
DATE = FieldSpec("received_on", FieldKind.DATE, columns=("a",), latest=date(2026, 11, 21), years_until=2026)


def drawn(spec: FieldSpec, cell: str) -> Drawn:
    return reader(spec)({"a": cell})


def dated(cell: str, *formats: str, **settings: object) -> Drawn:
    return drawn(replace(DATE, dates=formats, **settings), cell)


def test_plain_text_is_taken_as_it_is() -> None:
    assert drawn(TEXT, "Jean-Luc\nÉmond") == Drawn("Jean-Luc\nÉmond", "Jean-Luc\nÉmond")


def test_a_blank_cell_has_no_value_and_nothing_to_mend() -> None:
    for spec in (TEXT, CODE, CODES, NUMBER, DATE):
        assert drawn(spec, "") == Drawn(None, "", "")


def test_several_columns_become_one_without_those_that_are_blank() -> None:
    spec = replace(TEXT, columns=("first", "middle", "last"), join=" / ")
    assert reader(spec)({"first": "Ana", "middle": "", "last": "Ruiz"}).value == "Ana / Ruiz"


def test_a_constant_needs_no_column() -> None:
    assert reader(replace(TEXT, columns=(), constant="mail"))({}).value == "mail"


# ---- words ------------------------------------------------------------------------------------------


def test_words_are_compared_without_case_and_the_own_word_stays() -> None:
    spec = replace(CODE, values={"sustained finding": "sustained"})
    assert drawn(spec, "SUSTAINED Finding") == Drawn("sustained", "SUSTAINED Finding", "")


def test_a_word_the_mapping_does_not_know_is_left_blank_and_told() -> None:
    found = drawn(replace(CODE, values={"x": "sustained"}), "Closed?")
    assert (found.value, found.own) == (None, "Closed?")
    assert found.repaired == "finding: a word that the mapping does not know"


def test_every_other_word_has_its_own_place_but_blank_is_none() -> None:
    spec = replace(CODE, values={"x": "sustained"}, otherwise="not_sustained")
    assert drawn(spec, "whatever") == Drawn("not_sustained", "whatever", "")
    assert drawn(spec, "").value is None


def test_a_blank_cell_can_have_a_word_of_its_own() -> None:
    assert drawn(replace(CODE, values={"": "not_sustained"}), "").value == "not_sustained"


def test_a_word_for_nothing_is_silent_only_where_it_is_kept_beside() -> None:
    spec = replace(CODE, values={"n/a": ""})
    assert drawn(spec, "N/A") == Drawn(None, "N/A", "")
    assert drawn(replace(spec, keeps_own=False), "N/A").repaired == "finding: a word without an equivalent"


def test_without_a_map_only_our_own_codes_are_taken() -> None:
    spec = replace(CODE, codes=frozenset({"sustained"}))
    assert drawn(spec, "Sustained").value == "sustained"
    assert drawn(spec, "upheld").repaired == "finding: a word that the mapping does not know"


def test_words_that_count_as_blank_leave_no_word_behind_and_are_told() -> None:
    found = drawn(replace(TEXT, blank=frozenset({"#value!"})), "#VALUE!")
    assert (found.value, found.own, found.cell) == (None, "", "#VALUE!")
    assert found.repaired == "name: a word that counts as blank"


def test_one_cell_splits_into_several_words() -> None:
    spec = replace(
        CODES, values={"black": "BLACK", "white": "WHITE", "other": ""}, split="/", blank=frozenset({"?"})
    )
    assert drawn(spec, "Black / other/ ? /WHITE/black").value == Several(
        ("Black", "other", "WHITE", "black"), ("BLACK", "WHITE")
    )


def test_one_unknown_word_among_several_is_told_and_the_others_stay() -> None:
    found = drawn(replace(CODES, values={"black": "BLACK"}, split=";"), "black;purple")
    assert found.value == Several(("black", "purple"), ("BLACK",))
    assert found.repaired == "race: a word that the mapping does not know"
    assert found.shown == "purple, in “black;purple”"


def test_a_word_that_is_known_whole_is_not_split() -> None:
    values = {"black / african": "BLACK", "white": "WHITE", "south asian": "SOUTH_ASIAN"}
    spec = replace(CODES, values=values, split="/", otherwise="")
    assert drawn(spec, "Black / African").value == Several(("Black / African",), ("BLACK",))
    assert drawn(spec, "South Asian / White").value == Several(
        ("South Asian", "White"), ("SOUTH_ASIAN", "WHITE")
    )


def test_one_word_may_mean_several_of_ours() -> None:
    spec = replace(CODES, values={"mixed": ("BLACK", "WHITE"), "": "WHITE"})
    assert drawn(spec, "Mixed").value == Several(("Mixed",), ("BLACK", "WHITE"))
    assert drawn(spec, "").value == Several((), ("WHITE",))


# ---- matches ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pattern", "cell", "value"),
    [
        (r"#(\d+)", "Badge #4711, north", "4711"),
        (r"\d+", "Badge 4711", "4711"),
        (r"#(\d+)?", "Badge #", None),
    ],
)
def test_a_match_takes_its_first_group_or_all_of_it(pattern: str, cell: str, value: str | None) -> None:
    found = drawn(replace(TEXT, match=re.compile(pattern)), cell)
    assert (found.value, found.own) == (value, cell)


def test_no_match_is_told_unless_the_cell_is_blank() -> None:
    spec = replace(TEXT, match=re.compile(r"\d+"))
    assert drawn(spec, "none").repaired == "name: nothing in it matches"
    assert drawn(spec, "").repaired == ""


# ---- numbers ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("cell", "value"), [("0", 0), ("41", 41), ("41.0", 41), ("120", 120)])
def test_whole_numbers(cell: str, value: int) -> None:
    assert drawn(NUMBER, cell) == Drawn(value, cell, "")


@pytest.mark.parametrize("cell", ["-1", "121", "4_1", "41.5", "forty", "1e2", "٤١", "9" * 400])
def test_numbers_that_are_none_or_out_of_range_are_blank_and_told(cell: str) -> None:
    found = drawn(NUMBER, cell)
    assert found.value is None
    assert found.repaired.startswith("age: not ")


def test_a_year_where_an_age_should_be_is_told_apart() -> None:
    assert drawn(NUMBER, "1957").repaired == "age: not from 0 to 120; for a year of birth say born = true"
    assert drawn(NUMBER, "999").repaired == "age: not from 0 to 120"


# ---- days -------------------------------------------------------------------------------------------


def exactly(year: int, month: int, day: int) -> Day:
    return Day(date(year, month, day), date(year, month, day))


def test_formats_are_tried_in_order() -> None:
    formats = ("%d.%m.%Y", "%Y%m%d", "serial")
    assert dated("07.03.2019", *formats).value == exactly(2019, 3, 7)
    assert dated("20190307", *formats).value == exactly(2019, 3, 7)
    assert dated("43531", *formats).value == exactly(2019, 3, 7)


def test_the_first_format_that_fits_wins() -> None:
    assert dated("03/07/2019", "%d/%m/%Y", "%m/%d/%Y").value == exactly(2019, 7, 3)
    assert dated("03/27/2019", "%d/%m/%Y", "%m/%d/%Y").value == exactly(2019, 3, 27)


def test_a_spreadsheets_day_may_carry_an_hour() -> None:
    assert dated("43531.75", "serial").value == exactly(2019, 3, 7)


@pytest.mark.parametrize(
    ("cell", "until", "year"),
    [
        ("3/7/19", 2026, 2019),
        ("3/7/27", 2026, 1927),
        ("3/7/26", 2026, 2026),
        ("3/7/68", 2029, 1968),
        ("3/7/70", 2029, 1970),
    ],
)
def test_years_of_two_digits_never_lie_later_than_told(cell: str, until: int, year: int) -> None:
    assert dated(cell, "%m/%d/%y", years_until=until, latest=date(2029, 12, 31)).value == exactly(year, 3, 7)


def test_a_month_or_a_year_alone_stands_for_its_first_day() -> None:
    assert dated("2019-02", "%Y-%m").value == Day(date(2019, 2, 1), date(2019, 2, 28))
    assert dated("2019", "%Y").value == Day(date(2019, 1, 1), date(2019, 12, 31))


@pytest.mark.parametrize("cell", ["2019-02-30", "soon", "0000-00-00"])
def test_what_is_no_date_is_blank_and_told(cell: str) -> None:
    found = dated(cell, "%Y-%m-%d")
    assert (found.value, found.repaired) == (None, "received_on: not a date as the mapping has it")


@pytest.mark.parametrize("cell", ["nan", "inf", "1e300", "-1e12"])
def test_a_serial_number_past_all_calendars_is_no_date(cell: str) -> None:
    assert dated(cell, "serial").value is None


@pytest.mark.parametrize("cell", ["2026-11-22", "1899-12-31", "0019-03-07", "9999-12-31"])
def test_days_to_come_or_before_anyone_wrote_them_down_are_blank_and_told(cell: str) -> None:
    found = dated(cell, "%Y-%m-%d")
    assert (found.value, found.repaired) == (None, "received_on: a day before 1900 or still to come")


def test_today_is_a_day() -> None:
    assert dated("2026-11-21", "%Y-%m-%d").value == exactly(2026, 11, 21)
