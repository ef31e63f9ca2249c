"""Reasons have words for every kind, in any language, however long ago they were stored."""

import re
from datetime import date

import pytest

from oversight.rules.calendars import DayName
from oversight.rules.reasons import (
    LENGTHS,
    SENTENCES,
    WAYS_OF_COUNTING,
    Because,
    Counting,
    Reason,
    Sentence,
    explain,
    length,
    speak,
)


def shouted(msgid: str) -> str:
    """Stand in for a translation: shout the words, and leave the places to fill."""
    return "".join(
        part if part.startswith("%(") else part.upper() for part in re.split(r"(%\(\w+\)s)", msgid)
    )


def test_every_kind_of_reason_has_its_sentence() -> None:
    assert set(SENTENCES) | {Because.COUNTED} == set(Because)
    assert set(WAYS_OF_COUNTING) == set(LENGTHS) == set(Counting)


def test_the_words_of_a_reason_are_translated() -> None:
    rule = Reason(
        Because.RULE,
        {"label": "Notice", "amount": 45, "counting": "exclude_first", "basis": "s. 44", "verified": True},
    )
    assert speak(explain(rule), shouted, str, "fr") == "NOTICE: 45 DAYS (S. 44)."
    more = {"amount": 1, "counting": "business_days", "granted_on": "2026-06-02", "to": "2026-07-01"}
    added = Reason(Because.EXTENDED, {"by": "Director", "because": "Illness", **more})
    assert speak(explain(added), shouted, lambda day: f"{day:%d/%m}", "fr") == (
        "ON 02/06 IT WAS GIVEN 1 BUSINESS DAY MORE (ILLNESS; APPROVED BY: DIRECTOR). THAT MAKES IT 01/07."
    )


def test_a_sentence_carries_dates_as_dates_and_days_with_both_names() -> None:
    said = explain(
        Reason(Because.HOLIDAY, {"on": "2026-12-25", "name": {"en": "Christmas Day", "fr": "Noël"}})
    )
    assert said.params == {"on": date(2026, 12, 25), "name": DayName("Christmas Day", "Noël")}
    assert "(Noël)" in speak(said, str, str, "fr")


def test_one_is_not_many() -> None:
    assert length(1, Counting.MONTHS) == Sentence("1 month", {})
    assert length(2, Counting.MONTHS) == Sentence("%(count)s months", {"count": 2})


def test_a_sign_for_per_cent_in_someones_words_is_left_alone() -> None:
    pause = Reason(Because.ADDED_NOTHING, {"start": "2026-06-01", "why": "50% of %(staff)s ill"})
    assert "50% of %(staff)s ill" in speak(explain(pause), str, str, "en")


def test_an_empty_reason_is_not_looked_up_as_gettext_answers_that_with_its_own_header() -> None:
    pause = Reason(Because.ADDED_NOTHING, {"start": "2026-06-01", "why": ""})
    assert "()" in speak(explain(pause), lambda msgid: msgid or "Project-Id-Version", str, "en")


def test_a_kind_that_never_was_is_refused() -> None:
    with pytest.raises(ValueError, match="astrology"):
        Reason.from_json({"key": "astrology", "params": {}})
