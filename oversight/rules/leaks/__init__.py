"""Finds what would name someone in words that are to be published: a first check, before a person's own.

It errs towards stopping. A name is looked for whole and in each of its parts, whatever the case, the accents
and the punctuation; parts that are also words ("grant", "may") only where they are written as names. It
knows nothing of nicknames, misspellings or descriptions.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from oversight.rules.leaks import marks, people
from oversight.rules.leaks.folding import Folded, Span
from oversight.rules.words import N_

__all__ = ["NAME_KIND_LABELS", "Leak", "Name", "NameKind", "Span", "names_in"]


class NameKind(StrEnum):
    """What sort of thing would give someone away."""

    PERSON = "person"
    FILE_NUMBER = "file_number"
    BADGE = "badge"
    EMAIL = "email"
    PHONE = "phone"
    PHRASE = "phrase"
    """Words to find as they stand: a street address, a licence plate, a nickname."""


NAME_KIND_LABELS: dict[NameKind, str] = {
    NameKind.PERSON: N_("Name of a person"),
    NameKind.FILE_NUMBER: N_("File number"),
    NameKind.BADGE: N_("Badge number"),
    NameKind.EMAIL: N_("E-mail address"),
    NameKind.PHONE: N_("Telephone number"),
    NameKind.PHRASE: N_("Words that identify someone"),
}


@dataclass(frozen=True)
class Name:
    """Something that must not be published. A person's name may carry titles, and be in either order."""

    kind: NameKind
    text: str


@dataclass(frozen=True)
class Leak:
    """A place where a name stands: in which field, and from which character to before which."""

    field: str
    name_kind: NameKind
    where: Span


EXPRESSIONS: dict[NameKind, Callable[[str], str]] = {
    NameKind.FILE_NUMBER: marks.file_number,
    NameKind.BADGE: marks.badge,
    NameKind.EMAIL: marks.email,
    NameKind.PHONE: marks.phone,
}


def names_in(text_by_field: Mapping[str, str], names: Iterable[Name]) -> list[Leak]:
    """Return every place in the fields where one of the names stands, in the order of reading."""
    sought = list(dict.fromkeys(names))
    return [leak for field, text in text_by_field.items() for leak in _leaks(field, text, sought)]


def _leaks(field: str, text: str, names: list[Name]) -> list[Leak]:
    folded = Folded(text)
    found = {Leak(field, name.kind, span) for name in names for span in _places(folded, name)}
    kept: list[Leak] = []
    reached: dict[NameKind, int] = {}
    for leak in sorted(found, key=lambda leak: (leak.where.start, -leak.where.end, leak.name_kind)):
        # What lies within a longer find of its kind adds nothing: the number within the whole number.
        if leak.where.end > reached.get(leak.name_kind, 0):
            kept.append(leak)
            reached[leak.name_kind] = leak.where.end
    return kept


def _places(folded: Folded, name: Name) -> Iterator[Span]:
    if name.kind not in (NameKind.PERSON, NameKind.PHRASE):
        yield from _expressed(folded, EXPRESSIONS[name.kind](Folded(name.text).text))
    elif people.is_written_without_spaces(name.text):
        yield from _expressed(folded, marks.substring(Folded(name.text).text))
    else:
        yield from _worded(folded, name)


def _expressed(folded: Folded, expression: str) -> Iterator[Span]:
    for match in re.finditer(expression, folded.text):
        yield folded.span(*match.span())


def _worded(folded: Folded, name: Name) -> Iterator[Span]:
    patterns = people.patterns_of(name.text) if name.kind is NameKind.PERSON else _phrase(name.text)
    words = folded.words
    for first, end in people.matches(words, patterns):
        yield folded.span(words[first].start, words[end - 1].end)


def _phrase(text: str) -> set[people.Pattern]:
    """The words as they stand; of a street address, its number and street are enough."""
    wanted = tuple(people.Wanted(word.text) for word in Folded(text).words)
    number_and_street = {wanted[:2]} if len(wanted) > 2 and wanted[0].text.isdecimal() else set()
    return {wanted, *number_and_street} - {()}
