"""The office's languages: which one a page is in, its words, and its dates in the place's zone."""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any, Literal

from babel import Locale
from babel import dates as babel_dates
from babel import lists as babel_lists
from babel import numbers as babel_numbers
from babel.support import NullTranslations, Translations
from flask import Flask, current_app, has_request_context, request
from flask_babel import Babel, force_locale, get_locale, gettext

from oversight.kit.clock import local_date

LANGUAGES: Mapping[str, str] = {"en": "English", "fr": "Français"}
"""Each language's code, as in the cookie and in `lang=`, and its own name for itself."""

COOKIE = "language"
DEFAULT = "en"
HABITS = {"en": Locale("en", "CA"), "fr": Locale("fr", "CA")}
"""How dates and times of day are written in each."""

TRANSLATIONS = Path(__file__).parents[1] / "translations"


def init_app(app: Flask) -> None:
    """Choose each request's language, and give templates their words and dates.

    Filters: `t` translates a message that is stored or marked elsewhere; `with_detail` puts a colon
    between a word and what is said of it; `localdate` writes a day,
    `localtime` a day with the time of day, `localmonth` a month. `language` is the code of the page's.
    The zone is `app.config["ZONE"]`.
    """
    app.config.setdefault("ZONE", "UTC")
    babel = Babel()
    babel.init_app(
        app, default_translation_directories=str(TRANSLATIONS), locale_selector=_language_of_request
    )
    # A page asks for hundreds of words; the library looks for the catalogue anew, at length, for each.
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        lambda message: _catalogue().gettext(message),
        lambda one, several, number: _catalogue().ngettext(one, several, number),
        newstyle=True,
    )
    app.jinja_env.filters.update(t=t, with_detail=with_detail)
    app.jinja_env.filters.update(localdate=local_day, localtime=local_time, localmonth=local_month)
    app.context_processor(lambda: {"language": current_language()})


def current_language() -> str:
    """The code of the language spoken now."""
    locale = get_locale()
    return locale.language if locale else DEFAULT


@contextmanager
def in_language(code: str) -> Iterator[None]:
    """Speak this language inside, whatever the request's is: mail is written in its reader's."""
    with force_locale(code if code in LANGUAGES else DEFAULT):
        yield


def t(message: str | None, **values: Any) -> str:
    """The translation of a message that was marked where it was written; nothing for nothing."""
    # gettext would answer an empty text with the catalogue's own header.
    if not message:
        return ""
    words: str = _catalogue().gettext(message)
    return words % values if values else words


def with_detail(what: str, detail: str) -> str:
    """“Dismissed: out of time”: a word and what is said of it, with the colon as the language spaces it."""
    return str(gettext("%(what)s: %(detail)s", what=what, detail=detail)) if detail else what


def quoted(words: str) -> str:
    """“Dismissed”: words in quotation marks."""
    return str(gettext("“%(words)s”", words=words))


def local_list(items: Sequence[str], style: Literal["standard", "or"] = "standard") -> str:
    """Several things in one sentence: “a, b and c”, or “a, b or c”."""
    return str(babel_lists.format_list(items, style, _habits()))


def alphabetical(word: str) -> str:
    """What words are put in order by: accents and capitals make no difference."""
    apart = unicodedata.normalize("NFKD", word.casefold())
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


def local_day(day: date | datetime | None) -> str:
    """A day, such as November 21, 2026; of an instant, the day it is then in the office's place."""
    return _written(day, "long")


def local_month(day: date | datetime | None) -> str:
    """A month, such as November 2026."""
    if day is None:
        return ""
    return str(babel_dates.format_skeleton("yMMMM", _day(day), locale=_habits()))


def local_time(at: datetime | None) -> str:
    """An instant as the clocks of the office's place showed it: November 21, 2026, 3:05 p.m."""
    if at is None:
        return ""
    zone = babel_dates.get_timezone(current_app.config["ZONE"])
    time = babel_dates.format_time(at, "short", tzinfo=zone, locale=_habits())
    pattern = str(babel_dates.get_datetime_format("long", locale=_habits()))
    return pattern.replace("'", "").format(time, _written(at, "long"))


def local_number(number: int | float) -> str:
    """A number as it is written there: 1,118 or 1 118."""
    return str(babel_numbers.format_decimal(number, locale=_habits()))


def local_share(share: int | float) -> str:
    """A part of one as a percentage, to a tenth: 21.4%. What is not quite none or all is said to be so."""
    for whole, nearest, sign in ((0, 0.001, "<"), (1, 0.999, ">")):
        if share != whole and _percentage(share) == _percentage(whole):
            space = "" if current_language() == "en" else "\u00a0"
            return f"{sign}{space}{_percentage(nearest)}"
    return _percentage(share)


def _percentage(share: int | float) -> str:
    pattern = "#,##0.0%" if current_language() == "en" else "#,##0.0\u00a0%"
    return str(babel_numbers.format_percent(share, pattern, _habits()))


def _written(day: date | datetime | None, style: str) -> str:
    if not day:
        return ""
    words = str(babel_dates.format_date(_day(day), style, _habits()))
    # CLDR has no ordinals, and French says “le 1er mars”, but “le 2 mars”.
    return words.replace("1", "1er", 1) if current_language() == "fr" and words.startswith("1 ") else words


def _day(day: date | datetime) -> date:
    return local_date(day, current_app.config["ZONE"]) if isinstance(day, datetime) else day


def _catalogue() -> NullTranslations:
    return _catalogue_of(current_language(), TRANSLATIONS)


@cache
def _catalogue_of(language: str, folder: Path) -> NullTranslations:
    return Translations.load(folder, [language])


def _habits() -> Locale:
    return HABITS[current_language()]


def _language_of_request() -> str:
    if not has_request_context():
        return DEFAULT
    # Werkzeug's best_match would take a plain `en` before the `fr-CA` that the reader put first.
    wanted = (tag.partition("-")[0].lower() for tag in request.accept_languages.values())
    choices = (request.cookies.get(COOKIE, ""), *wanted)
    return next((code for code in choices if code in LANGUAGES), DEFAULT)
