"""Dates with parts missing and text with hidden signs: kept as typed, answered in words, never a crash."""

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict
from wtforms import Form
from wtforms.validators import InputRequired

from oversight.kit.fields import DIRECTION_MARKS, LongText, PartsDate, PartsDateField, ShortText

TODAY = date(2026, 11, 21)


class Asked(Form):
    when = PartsDateField(required=True, offers_about=True, offers_unknown=True, not_after=lambda: TODAY)
    review = PartsDateField()
    name = ShortText(most=10)
    needed = LongText(validators=[InputRequired("Write a few words.")])
    story = LongText(most=10)


def sent(field: str = "when", **parts: str) -> PartsDateField:
    """The field after these boxes were sent and checked."""
    form = Asked(MultiDict({f"{field}-{part}": text for part, text in parts.items()}))
    form.validate()
    answer = form[field]
    assert isinstance(answer, PartsDateField)
    return answer


def written(text: str, field: str = "story") -> Any:
    """The text field after this was sent and checked."""
    form = Asked(MultiDict({field: text}))
    form.validate()
    return form[field]


class TestADate:
    @pytest.mark.parametrize(
        ("day", "month", "year"),
        [
            ("27", "3", "2026"),
            (" 27 ", "03", "2026"),
            ("٢٧", "٣", "٢٠٢٦"),
            ("२७", "३", "२०२६"),
            ("２７", "３", "２０２６"),
            ("27", "March", "2026"),
            ("27", "mar.", "2026"),
            ("27", "MARS", "2026"),
            ("\u200f27", "3", "2026\u200e"),
        ],
    )
    def test_is_read_as_people_write_it(self, day: str, month: str, year: str) -> None:
        field = sent(day=day, month=month, year=year)
        assert not field.errors
        assert field.data == PartsDate(2026, 3, 27)

    @pytest.mark.parametrize("month", ["février", "FEVRIER", "févr.", "fevr", "february", "Feb"])
    def test_months_have_names_in_both_languages(self, month: str) -> None:
        assert sent(day="1", month=month, year="2026").data == PartsDate(2026, 2, 1)

    @pytest.mark.parametrize(
        ("parts", "faulty", "words"),
        [
            ({}, "day month year", "Write the date"),
            ({"day": "31", "month": "2", "year": "2026"}, "day", "does not have so many days"),
            ({"day": "29", "month": "2", "year": "2025"}, "day", "does not have so many days"),
            ({"day": "27", "month": "3"}, "year", "needs a year"),
            ({"month": "3", "year": "2026"}, "day", "about right"),
            ({"year": "2026"}, "day month", "about right"),
            ({"day": "27"}, "month year", "a day, a month and a year"),
            ({"day": "0", "month": "3", "year": "2026"}, "day", "1 to 31"),
            ({"day": "32", "month": "3", "year": "2026"}, "day", "1 to 31"),
            ({"day": "2²", "month": "3", "year": "2026"}, "day", "1 to 31"),
            ({"day": "-1", "month": "3", "year": "2026"}, "day", "1 to 31"),
            ({"day": "1", "month": "13", "year": "2026"}, "month", "1 to 12"),
            ({"day": "1", "month": "Brumaire", "year": "2026"}, "month", "1 to 12"),
            ({"day": "1", "month": "3", "year": "26"}, "year", "four digits"),
            ({"day": "1", "month": "3", "year": "9" * 5000}, "year", "four digits"),
            ({"day": "1", "month": "3", "year": "0000"}, "year", "four digits"),
            ({"day": "22", "month": "11", "year": "2026"}, "day month year", "still to come"),
            ({"day": "1", "month": "3", "year": "2026", "unknown": "yes"}, "day month year", "Keep one"),
            ({"day": "1", "year": "2026", "about": "yes"}, "month", "needs a month"),
            ({"day": "1", "month": "3", "about": "yes"}, "year", "needs a year"),
        ],
    )
    def test_is_refused_in_words(self, parts: dict[str, str], faulty: str, words: str) -> None:
        field = sent(**parts)
        assert field.data is None
        assert len(field.errors) == 1
        assert words in str(field.errors[0])
        assert field.faulty == set(faulty.split())
        assert field.first_fault == faulty.split()[0]

    def test_keeps_what_was_typed(self) -> None:
        field = sent(day="the 3rd", month="Marsh", year="26", about="yes")
        assert field.typed == {"day": "the 3rd", "month": "Marsh", "year": "26"}
        assert field.about

    @pytest.mark.parametrize(
        ("parts", "earliest", "latest"),
        [
            ({"month": "2", "year": "2024"}, date(2024, 2, 1), date(2024, 2, 29)),
            ({"year": "2025"}, date(2025, 1, 1), date(2025, 12, 31)),
            ({"day": "3", "month": "4", "year": "2025"}, date(2025, 4, 3), date(2025, 4, 3)),
        ],
    )
    def test_about_right_may_leave_parts_out(
        self, parts: dict[str, str], earliest: date, latest: date
    ) -> None:
        answer = sent(**parts, about="yes").data
        assert answer is not None
        assert answer.about
        assert (answer.earliest, answer.latest) == (earliest, latest)
        assert answer.exact == (earliest if "day" in parts else None)

    def test_today_is_not_to_come_and_neither_is_this_year(self) -> None:
        assert not sent(day="21", month="11", year="2026").errors
        assert not sent(year="2026", about="yes").errors

    def test_may_be_unknown(self) -> None:
        field = sent(unknown="yes")
        assert not field.errors
        assert field.data == PartsDate(unknown=True)
        assert field.data.earliest is None

    def test_may_be_left_out_unless_required(self) -> None:
        field = sent("review")
        assert not field.errors
        assert field.data is None

    def test_takes_no_about_or_unknown_that_was_not_offered(self) -> None:
        assert sent("review", year="2026", about="yes").faulty == {"day", "month"}
        assert sent("review", unknown="yes").data is None

    @pytest.mark.parametrize(
        "known", [PartsDate(2026, 3, 27), PartsDate(2026, about=True), PartsDate(unknown=True)]
    )
    def test_comes_back_from_a_draft(self, known: PartsDate) -> None:
        assert PartsDate.from_json(json.loads(json.dumps(known.as_json()))) == known
        field = Asked(data={"when": known}).when
        assert field.typed["year"] == str(known.year or "")
        assert (field.about, field.unknown) == (known.about, known.unknown)

    def test_takes_a_plain_date_to_begin_with(self) -> None:
        assert Asked(data={"review": TODAY}).review.typed == {"day": "21", "month": "11", "year": "2026"}

    @given(
        parts=st.lists(st.none() | st.text() | st.integers().map(str), min_size=3, max_size=3),
        about=st.booleans(),
    )
    @example(parts=["³", "①", "१९९९"], about=False)
    @example(parts=["\x00", "\ud800", "９９９９"], about=True)
    @example(parts=["29", "2", "1900"], about=False)
    def test_never_crashes_and_never_lets_a_wrong_day_through(
        self, parts: list[str | None], about: bool
    ) -> None:
        given = {
            part: text for part, text in zip(PartsDateField.PARTS, parts, strict=True) if text is not None
        }
        field = sent(**given, **({"about": "yes"} if about else {}))
        assert bool(field.errors) == (field.data is None)
        if field.data:
            assert field.data.earliest is not None
            assert field.data.latest is not None
            assert field.data.earliest <= min(field.data.latest, TODAY)

    @given(st.dates(date(1900, 1, 1), TODAY))
    def test_every_day_there_was_is_taken(self, day: date) -> None:
        field = sent(day=str(day.day), month=str(day.month), year=str(day.year))
        assert field.data is not None
        assert field.data.exact == day


class TestText:
    def test_ends_lines_one_way_and_counts_characters(self) -> None:
        assert written("a\r\nb\rc\n").data == "a\nb\nc"
        assert not written("é" * 10).errors
        assert not written("e\u0301" * 10).errors
        assert not written("🌲" * 10).errors
        assert not written("12345\r\n1234").errors

    def test_that_is_too_long_is_kept_and_said(self) -> None:
        field = written("x" * 1011)
        assert field.data == "x" * 1011
        assert "10 characters" in str(field.errors[0])
        assert "1011" in str(field.errors[0]).replace(",", "")

    @pytest.mark.parametrize("mark", sorted(DIRECTION_MARKS))
    def test_loses_direction_marks_quietly(self, mark: str) -> None:
        field = written(f"a{mark}b")
        assert field.data == "ab"
        assert not field.errors

    @pytest.mark.parametrize("sign", ["\x00", "\x08", "\x1b", "\x7f", "\x9f", "\ud800"])
    def test_with_signs_nobody_can_see_is_cleaned_and_said(self, sign: str) -> None:
        field = written(f"a{sign}b")
        assert field.data == "ab"
        assert "hidden characters" in str(field.errors[0])

    def test_of_one_line_has_no_line_breaks(self) -> None:
        assert written("a\r\nb", "name").data == "a b"
        assert written("a\tb", "story").data == "a\tb"

    def test_keeps_the_joiners_that_scripts_need(self) -> None:
        assert written("می\u200cخواهم").data == "می\u200cخواهم"

    @pytest.mark.parametrize("blank", ["", "  \r\n ", "\u200e", " \ufeff "])
    def test_of_blanks_is_no_answer(self, blank: str) -> None:
        assert written(blank, "needed").errors == ["Write a few words."]

    def test_not_sent_is_not_written(self) -> None:
        form = Asked(MultiDict({"story": ""}))
        form.validate()
        assert form.story.data == ""
        assert not form.story.errors

    @given(st.text(alphabet=st.characters()))
    def test_can_always_be_stored(self, text: str) -> None:
        field = written(text)
        assert "\x00" not in field.data
        field.data.encode("utf-8")
