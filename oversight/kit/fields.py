"""Form fields that take what people really type: text with hidden characters, dates with parts missing."""

import calendar
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Self

from babel.dates import get_month_names
from flask_babel import format_decimal, gettext
from flask_babel import lazy_gettext as _l
from wtforms import Field, StringField, TextAreaField
from wtforms.validators import StopValidation, ValidationError

from oversight.kit.i18n import local_day, local_month

LONGEST_PART = 20
"""Characters of a date part that are looked at and shown again; the longest month name has nine."""

MISSING_PARTS = _l("The date needs a day, a month and a year.")
MISSING_PART = {
    "day": _l("The date needs a day."),
    "month": _l("The date needs a month."),
    "year": _l("The date needs a year."),
}
SAY_ABOUT = _l("If you do not know all of the date, choose “This date is about right” as well.")
DATE_AND_UNKNOWN = _l("You wrote a date and also said that you do not know it. Keep one of the two.")
WRONG_PART = {
    "day": _l("Write the day as a number from 1 to 31."),
    "month": _l("Write the month as a number from 1 to 12, or its name."),
    "year": _l("Write the year with four digits, such as 2026."),
}
KEPT = "\n\t"
UNSHOWABLE = frozenset({"Cc", "Cs"})
"""Unicode's categories of controls and of halves of characters."""
HIDDEN_TAKEN_OUT = _l(
    "This held hidden characters that can not be kept. We took them out: check your words and send again."
)

DIRECTION_MARKS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")
"""Marks that turn the order in which text is shown, and the byte order mark. None is seen or typed, some come
along when text is copied, and they can make one name read as another. Pages set the direction themselves."""


def clean(text: str) -> str:
    """Return what a person meant to type: lines ended one way, no direction marks, no blanks around it."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    unmarked = "".join(sign for sign in lines if sign not in DIRECTION_MARKS)
    return unicodedata.normalize("NFC", unmarked).strip()


def without_controls(text: str) -> str:
    """Return the text without NUL and the other signs that no page or database can show."""
    return "".join(sign for sign in text if sign in KEPT or unicodedata.category(sign) not in UNSHOWABLE)


class _CleanText:
    """What text fields share: cleaning on the way in, refusal of unshowable signs, length in characters."""

    data: str | None
    raw_data: list[Any] | None
    most: int
    hidden_found: bool = False

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Take the text, cleaned. Controls are taken out and, since words may be lost, it is said."""
        if not valuelist:
            return
        cleaned = clean(valuelist[0])
        self.data = without_controls(cleaned).strip()
        self.hidden_found = self.data != cleaned
        self.raw_data = [self.data]  # what InputRequired and Optional look at: blanks are no answer

    def pre_validate(self, _form: Any) -> None:
        if self.hidden_found:
            raise StopValidation(HIDDEN_TAKEN_OUT)
        used = len(self.data or "")
        if used > self.most:
            most = format_decimal(self.most)
            raise ValidationError(
                _l(
                    "Use at most %(most)s characters. There are %(used)s.",
                    most=most,
                    used=format_decimal(used),
                )
            )


class ShortText(_CleanText, StringField):
    """One line. `most` counts characters, not bytes; a line break becomes a blank."""

    def __init__(self, *args: Any, most: int = 200, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.most = most

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        super().process_formdata(valuelist)
        if self.data:
            self.data = " ".join(self.data.split("\n"))


class LongText(_CleanText, TextAreaField):
    """Several lines. `most` counts characters, not bytes, and a line break is one."""

    def __init__(self, *args: Any, most: int = 4_000, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.most = most


@dataclass(frozen=True)
class PartsDate:
    """A date as well as someone knows it. Without a day or a month it is about right by nature."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    about: bool = False
    unknown: bool = False

    @property
    def is_possible(self) -> bool:
        """Whether that month of that year has that day."""
        if not (self.year and self.month and self.day):
            return True
        return self.day <= calendar.monthrange(self.year, self.month)[1]

    @property
    def exact(self) -> date | None:
        """The day itself, when every part is known."""
        return self.earliest if self.day else None

    @property
    def earliest(self) -> date | None:
        """The first day it can have been."""
        return date(self.year, self.month or 1, self.day or 1) if self.year else None

    @property
    def latest(self) -> date | None:
        """The last day it can have been."""
        if not self.year:
            return None
        month = self.month or 12
        return date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    def as_json(self) -> dict[str, Any]:
        """The parts as JSON can hold them."""
        return asdict(self)

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> Self:
        """The date that `as_json` wrote."""
        return cls(**kept)


def in_words(told: PartsDate) -> str:
    """A date as it was given: "October 20, 2026", "about March 2026"."""
    if told.unknown or told.earliest is None:
        return str(gettext("I do not know the date"))
    written = local_month(told.earliest) if told.month else str(told.year)
    written = local_day(told.exact) if told.exact else written
    return str(gettext("about %(date)s", date=written)) if told.about else written


class PartsDateField(Field):
    """Day, month and year in three boxes, kept as typed whatever they hold.

    `data` is a PartsDate once validated, or None when nothing was typed or it was wrong. `typed` holds the
    three texts, `faulty` the names of the boxes to look at. Digits of any script are read, and so are month
    names in English and French.
    """

    PARTS = ("day", "month", "year")

    def __init__(
        self,
        *args: Any,
        required: bool = False,
        offers_about: bool = False,
        offers_unknown: bool = False,
        not_after: Callable[[], date] | None = None,
        **kwargs: Any,
    ) -> None:
        self.offers_about, self.offers_unknown = offers_about, offers_unknown
        self.not_after = not_after
        self.typed = dict.fromkeys(self.PARTS, "")
        self.about = self.unknown = False
        self.faulty: frozenset[str] = frozenset()
        super().__init__(*args, **kwargs)
        self.flags.required, self.flags.optional = required, not required

    @property
    def first_fault(self) -> str:
        """The box an error leads to."""
        return next((part for part in self.PARTS if part in self.faulty), self.PARTS[0])

    def process_data(self, value: PartsDate | date | None) -> None:
        known = PartsDate(value.year, value.month, value.day) if isinstance(value, date) else value
        self.data = known
        if known is None:
            return
        self.typed = {part: str(getattr(known, part) or "") for part in self.PARTS}
        self.about, self.unknown = known.about, known.unknown

    def process(self, formdata: Any, *args: Any, **kwargs: Any) -> None:
        super().process(formdata, *args, **kwargs)
        if formdata is None:
            return
        self.typed = {part: _part(formdata.getlist(f"{self.name}-{part}")) for part in self.PARTS}
        self.about = self.offers_about and f"{self.name}-about" in formdata
        self.unknown = self.offers_unknown and f"{self.name}-unknown" in formdata
        self.raw_data = ["".join(self.typed.values())]
        self.data = None

    def pre_validate(self, _form: Any) -> None:
        filled = [part for part in self.PARTS if self.typed[part]]
        if self.unknown:
            self._refuse_both(filled)
            self.data = PartsDate(unknown=True)
        elif filled:
            self.data = self._read(filled)
            self._refuse_future(self.data)
        elif self.flags.required:
            self._fail(self.PARTS, _l("Write the date, such as 27 3 2026."))

    def _refuse_both(self, filled: Sequence[str]) -> None:
        if filled:
            self._fail(filled, DATE_AND_UNKNOWN)

    def _read(self, filled: Sequence[str]) -> PartsDate:
        self._refuse_gaps(filled)
        numbers: dict[str, Any] = {part: READERS[part](self.typed[part]) for part in filled}
        for part in filled:
            if numbers[part] is None:
                self._fail([part], WRONG_PART[part])
        read = PartsDate(**numbers, about=self.about)
        if not read.is_possible:
            self._fail(["day"], _l("That month does not have so many days. Check the day and the month."))
        return read

    def _refuse_gaps(self, filled: Sequence[str]) -> None:
        """A day needs its month and a month its year; without “about” all three are needed."""
        needed = self.PARTS[self.PARTS.index(filled[0]) :] if self.about else self.PARTS
        missing = [part for part in needed if part not in filled]
        if missing and self.offers_about and not self.about and "year" in filled:
            self._fail(missing, SAY_ABOUT)
        if missing:
            self._fail(missing, MISSING_PART[missing[0]] if len(missing) == 1 else MISSING_PARTS)

    def _refuse_future(self, read: PartsDate) -> None:
        if self.not_after and read.earliest and read.earliest > self.not_after():
            self._fail(self.PARTS, _l("This date is still to come. Check the year."))

    def _fail(self, parts: Iterable[str], why: Any) -> None:
        self.faulty = frozenset(parts)
        self.data = None
        raise StopValidation(why)


def _part(values: Sequence[str]) -> str:
    return without_controls(clean(values[0]))[:LONGEST_PART] if values else ""


def _between(text: str, least: int, most: int) -> int | None:
    """Read a number in the decimal digits of any script; None when it is something else or out of bounds."""
    number = int(text) if text.isdecimal() and len(text) <= len(str(most)) else None
    return number if number is not None and least <= number <= most else None


def _plain(word: str) -> str:
    """A word without capitals, accents or a full stop, as people abbreviate months."""
    apart = unicodedata.normalize("NFKD", word.casefold())
    return "".join(sign for sign in apart if not unicodedata.combining(sign)).rstrip(".")


MONTH_NAMES = {
    _plain(name): number
    for language in ("en", "fr")
    for width in ("wide", "abbreviated")
    for number, name in get_month_names(width, locale=language).items()
}

READERS: Mapping[str, Callable[[str], int | None]] = {
    "day": lambda text: _between(text, 1, 31),
    "month": lambda text: _between(text, 1, 12) or MONTH_NAMES.get(_plain(text)),
    "year": lambda text: _between(text, 1900, 9999),
}
