"""Every place's rulebooks. A new file in this folder with a `RULEBOOK` registers itself."""

from datetime import date
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from oversight.rules.engine import Engine
from oversight.rules.rulebook import Rulebook


class NoRulebook(LookupError):
    """No rulebook of that name, or none in force on that day."""


@cache
def all_rulebooks() -> dict[str, Rulebook]:
    """Return every rulebook by slug."""
    books = [import_module(f"{__name__}.{module.name}").RULEBOOK for module in iter_modules(__path__)]
    return {book.slug: book for book in books}


def rulebook(slug: str) -> Rulebook:
    """Return a rulebook by its slug. Raises NoRulebook."""
    try:
        return all_rulebooks()[slug]
    except KeyError:
        raise NoRulebook(f"no rulebook {slug!r}; there are {sorted(all_rulebooks())}") from None


def places() -> tuple[str, ...]:
    """Return every place that has a rulebook."""
    return tuple(sorted({book.place for book in all_rulebooks().values()}))


def rulebooks_of(place: str) -> tuple[Rulebook, ...]:
    """Return a place's rulebooks, the newest first. Raises NoRulebook for an unknown place."""
    books = [book for book in all_rulebooks().values() if book.place == place]
    if not books:
        raise NoRulebook(f"no rulebook for {place!r}; there are {', '.join(places())}")
    return tuple(sorted(books, key=lambda book: book.in_force_from, reverse=True))


def rulebook_in_force(place: str, received_on: date) -> Rulebook:
    """Return the rulebook a file received on that day keeps for life. Raises NoRulebook."""
    for book in rulebooks_of(place):
        if book.is_in_force(received_on):
            return book
    raise NoRulebook(f"{place} has no rulebook for a file received on {received_on.isoformat()}")


@cache
def engine(slug: str, workflow: str) -> Engine:
    """Return the engine that runs one workflow ("file" or "outcome") of a rulebook."""
    return Engine(rulebook(slug).workflow(workflow))
