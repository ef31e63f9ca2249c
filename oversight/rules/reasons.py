"""Why a date is what it is: reasons kept as data when a clock is set, and shown in any language later."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from oversight.rules.calendars import DayName
from oversight.rules.words import N_


class Counting(StrEnum):
    """How a rule counts. The first two are the Interpretation Act's (Alberta, s. 22)."""

    EXCLUDE_FIRST = "exclude_first"
    CLEAR_DAYS = "clear_days"
    BUSINESS_DAYS = "business_days"
    MONTHS = "months"
    YEARS = "years"


class Because(StrEnum):
    """The kinds of reason. They are stored, so one may be added but none renamed or taken away."""

    RULE = "rule"
    COUNTED = "counted"
    START = "start"
    RAW_END = "raw_end"
    EXTENDED = "extended"
    PAUSED = "paused"
    ADDED_NOTHING = "added_nothing"
    STANDING_STILL = "standing_still"
    HOLIDAY = "holiday"
    WEEKLY_HOLIDAY = "weekly_holiday"
    OFFICE_CLOSED = "office_closed"
    WEEKLY_CLOSED = "weekly_closed"
    STOOD_STILL = "stood_still"
    BEYOND_CALENDAR = "beyond_calendar"
    DUE = "due"


@dataclass(frozen=True)
class Reason:
    """One step on the way to a date. `params` is plain JSON, with dates as ISO text."""

    key: Because
    params: Mapping[str, Any]

    def as_json(self) -> dict[str, Any]:
        """Return what to store."""
        return {"key": str(self.key), "params": dict(self.params)}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "Reason":
        """Read a stored reason back; ValueError if its kind was never one of ours."""
        return cls(Because(stored["key"]), dict(stored["params"]))


@dataclass(frozen=True)
class Sentence:
    """Words to be translated, and what to put in them: a date, a number, a day's name, more words."""

    msgid: str
    params: Mapping[str, "date | int | str | DayName | Sentence"]


SENTENCES: dict[Because, str] = {
    Because.RULE: N_("%(label)s: %(length)s (%(basis)s)."),
    Because.START: N_("Counted from %(on)s."),
    Because.RAW_END: N_("Counted that way it ends on %(on)s."),
    Because.EXTENDED: N_(
        "On %(granted_on)s it was given %(length)s more (%(because)s; approved by: %(by)s). "
        "That makes it %(to)s."
    ),
    Because.PAUSED: N_(
        "The clock stood still from %(start)s and ran again on %(until)s (%(why)s). "
        "That adds %(length)s, which makes it %(to)s."
    ),
    Because.ADDED_NOTHING: N_("It also stood still from %(start)s (%(why)s), which adds nothing."),
    Because.STANDING_STILL: N_(
        "The clock has stood still since %(start)s (%(why)s). The date is set when it runs again."
    ),
    Because.HOLIDAY: N_("%(on)s is a holiday (%(name)s), so it moves to the next day."),
    Because.WEEKLY_HOLIDAY: N_("%(on)s is a holiday by law, as every week, so it moves to the next day."),
    Because.OFFICE_CLOSED: N_("The office is closed on %(on)s (%(name)s), so it moves to the next day."),
    Because.WEEKLY_CLOSED: N_("The office is closed on %(on)s, as every week, so it moves to the next day."),
    Because.STOOD_STILL: N_("The clock stood still from %(start)s (%(why)s), so it moves to %(to)s."),
    Because.BEYOND_CALENDAR: N_("Holidays after %(known_until)s are not entered yet, so it may still move."),
    Because.DUE: N_("The last day is %(on)s."),
}

WAYS_OF_COUNTING: dict[Counting, str] = {
    Counting.EXCLUDE_FIRST: N_("The first day is not counted, and the last day is."),
    Counting.CLEAR_DAYS: N_("The days between are counted: neither the first day nor the last."),
    Counting.BUSINESS_DAYS: N_("Only business days are counted, without the first day."),
    Counting.MONTHS: N_("It ends on the day of the month with the same number, or on the month's last day."),
    Counting.YEARS: N_("It ends on the same date of the year, or on the month's last day."),
}

# One and many; an amount is never zero, and from one on English and French agree which is which.
LENGTHS: dict[Counting, tuple[str, str]] = {
    Counting.EXCLUDE_FIRST: (N_("1 day"), N_("%(count)s days")),
    Counting.CLEAR_DAYS: (N_("1 clear day"), N_("%(count)s clear days")),
    Counting.BUSINESS_DAYS: (N_("1 business day"), N_("%(count)s business days")),
    Counting.MONTHS: (N_("1 month"), N_("%(count)s months")),
    Counting.YEARS: (N_("1 year"), N_("%(count)s years")),
}

DATES = frozenset({"on", "start", "until", "to", "granted_on", "known_until"})
WORDS = frozenset({"label", "basis", "why", "by", "because"})


def length(amount: int, counting: Counting) -> Sentence:
    """Return "45 days", "1 business day" and the like, to be translated."""
    one, many = LENGTHS[counting]
    return Sentence(one, {}) if amount == 1 else Sentence(many, {"count": amount})


def explain(reason: Reason) -> Sentence:
    """Return the reason in words: a msgid and its parameters, with dates as dates."""
    if reason.key is Because.COUNTED:
        return Sentence(WAYS_OF_COUNTING[Counting(reason.params["counting"])], {})
    params = {name: _value(name, value) for name, value in reason.params.items()}
    if "counting" in reason.params:
        params["length"] = length(int(reason.params["amount"]), Counting(reason.params["counting"]))
    return Sentence(SENTENCES[reason.key], params)


def _value(name: str, value: Any) -> date | int | str | DayName | Sentence:
    if name in DATES:
        return date.fromisoformat(value)
    if name == "name":
        return DayName(**value)
    if name in WORDS:
        return Sentence(value, {})
    return value if isinstance(value, int) else str(value)


def speak(
    sentence: Sentence,
    translate: Callable[[str], str],
    format_day: Callable[[date], str],
    language: str,
) -> str:
    """Put a sentence together for a reader, given how their pages translate words and write dates."""

    def spoken(value: date | int | str | DayName | Sentence) -> str:
        if isinstance(value, Sentence):
            return speak(value, translate, format_day, language)
        if isinstance(value, DayName):
            return value.in_language(language)
        return format_day(value) if isinstance(value, date) else str(value)

    words = translate(sentence.msgid) if sentence.msgid else ""
    return (
        words % {name: spoken(value) for name, value in sentence.params.items()} if sentence.params else words
    )
