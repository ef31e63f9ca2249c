"""The words a mapping may aim at: for every coded field, what a rulebook knows."""

from collections.abc import Callable, Iterable
from functools import cache

from oversight.casework.past import RaceSource
from oversight.kit.i18n import LANGUAGES
from oversight.rules.findings import CHANNELS, Status, Subject, Term
from oversight.rules.jurisdictions import rulebook
from oversight.rules.rulebook import Rulebook
from oversight.rules.steps import State

Vocabulary = dict[str, frozenset[str]]

PERSON_KINDS = ("complainant", "affected_person", "witness", "representative")


def _codes(terms: Iterable[Term]) -> list[str]:
    return [term.code for term in terms]


def _can_begin_in(state: State, book: Rulebook) -> bool:
    """A file of the past stands at an ending, or where somebody can take it up; elsewhere it is stuck."""
    return state.is_ending or state.slug in book.file.step("adopt").source


SAME_EVERYWHERE: dict[str, Iterable[str]] = {
    "channel": CHANNELS,
    "language": LANGUAGES,
    "bias_alleged": ("yes", "no", "unsure"),
    "kind": PERSON_KINDS,
    "subject_kind": Subject,
    "race_source": RaceSource,
    "status": Status,
}

OF_A_RULEBOOK: dict[str, Callable[[Rulebook], Iterable[str]]] = {
    "state": lambda book: [state.slug for state in book.file.states if _can_begin_in(state, book)],
    "level": lambda book: _codes(book.levels),
    "context": lambda book: _codes(book.contexts),
    "duty": lambda book: _codes(book.duty),
    "bias_kinds": lambda book: _codes(book.bias_kinds),
    "camera": lambda book: _codes(book.camera),
    "ground": lambda book: _codes((*book.closing_grounds, *book.grounds)),
    "race": lambda book: _codes(book.self_identification.categories),
    "code": lambda book: _codes(book.codes),
    "finding": lambda book: _codes(book.findings),
    "corrective": lambda book: _codes(book.corrective_actions),
}


@cache
def vocabulary(slug: str) -> Vocabulary:
    """Return every coded field's words in one rulebook. Raises NoRulebook."""
    book = rulebook(slug)
    words = SAME_EVERYWHERE | {name: words_of(book) for name, words_of in OF_A_RULEBOOK.items()}
    return {name: frozenset(map(str, each)) for name, each in words.items()}


@cache
def endings(slug: str) -> frozenset[str]:
    """Return the states in which a file of that rulebook has ended."""
    return frozenset(state.slug for state in rulebook(slug).file.endings)


def together(slugs: Iterable[str]) -> Vocabulary:
    """Return what at least one of several rulebooks knows."""
    each = [vocabulary(slug) for slug in slugs]
    return {name: frozenset().union(*(words[name] for words in each)) for name in each[0]}
