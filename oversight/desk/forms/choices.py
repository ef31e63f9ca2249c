"""Coded words as lists to choose from."""

from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types

from oversight.kit.i18n import t
from oversight.rules.findings import Term

__all__ = ["NOBODY", "SelectChoice", "choices"]

NOBODY = ""
"""What a list sends where nobody and nothing is chosen."""


def choices(terms: tuple[Term, ...], nothing: str = "") -> list[SelectChoice]:
    """Coded words as a list to choose from; `nothing` are the words of its empty entry."""
    listed = [SelectChoice(term.code, t(term.label)) for term in terms]
    return [SelectChoice(NOBODY, nothing), *listed] if nothing else listed
