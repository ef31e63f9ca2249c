"""Words in every language of the office at once: what is frozen must never need a translation again."""

from collections.abc import Callable, Mapping
from datetime import date

from oversight.figures.periods import Period
from oversight.figures.words import Word
from oversight.kit.i18n import LANGUAGES, in_language, local_month, t
from oversight.rules.words import N_

Both = dict[str, str]
"""Language → words."""

PERIODS: dict[str | None, str] = {
    None: "%(year)s",
    "H1": N_("First half of %(year)s"),
    "H2": N_("Second half of %(year)s"),
    "Q1": N_("First quarter of %(year)s"),
    "Q2": N_("Second quarter of %(year)s"),
    "Q3": N_("Third quarter of %(year)s"),
    "Q4": N_("Fourth quarter of %(year)s"),
}


def in_each(say: Callable[[], str]) -> Both:
    """What is said when it is said in each language."""
    said = {}
    for language in LANGUAGES:
        with in_language(language):
            said[language] = say()
    return said


def both(message: str, **values: object) -> Both:
    """A marked message in each language."""
    return in_each(lambda: t(message, **values))


def word(each: Word) -> Both:
    """The word of a row or column, which stands by itself."""
    return in_each(lambda: capitalised(each.said()))


def capitalised(words: str) -> str:
    """The words as they stand by themselves or open a sentence; their other letters as they are."""
    return words[:1].upper() + words[1:]


def month(name: str) -> Both:
    """“January 2026” for 2026-01, as it stands by itself."""
    return in_each(lambda: capitalised(local_month(first_of(name))))


def first_of(name: str) -> date:
    """The first day of a month that is named as 2026-01."""
    return date.fromisoformat(f"{name}-01")


def period_words(period: Period) -> Both:
    """“First half of 2026”."""
    year, _, part = period.name.partition("-")
    return both(PERIODS[part or None], year=year)


def paragraphs(texts: Mapping[str, str]) -> list[Both]:
    """A text that was typed in each language, paragraph by paragraph; a missing one is left empty."""
    split = {language: _paragraphs(texts.get(language, "")) for language in LANGUAGES}
    longest = max(map(len, split.values()))
    return [
        {language: dict(enumerate(found)).get(place, "") for language, found in split.items()}
        for place in range(longest)
    ]


def _paragraphs(text: str) -> list[str]:
    return [" ".join(each.split()) for each in text.replace("\r\n", "\n").split("\n\n") if each.strip()]
