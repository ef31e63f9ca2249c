"""The form every change to a file is sent by: it knows which version of the file its page showed."""

from typing import Any, Self

from flask_wtf import FlaskForm
from wtforms import HiddenField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types

from oversight.casework.models import Complaint
from oversight.kit.i18n import t
from oversight.rules.findings import Term

__all__ = ["NOBODY", "SelectChoice", "VersionedForm", "choices"]

NOBODY = ""
"""What a list sends where nobody and nothing is chosen."""


class VersionedForm(FlaskForm):
    """A form about one file. Made anew it carries the file's version; sent, the version its page showed."""

    version = HiddenField()

    @classmethod
    def about(cls, complaint: Complaint, **values: Any) -> Self:
        """This form for a page that shows `complaint`, or as it was sent."""
        return cls(version=str(complaint.version), **values)

    @property
    def seen_version(self) -> int:
        """The version that was sent; none is 0, which no file has once it is saved."""
        sent = self.version.data or ""
        return int(sent) if sent.isascii() and sent.isdecimal() and len(sent) < 10 else 0

    def take_version(self, complaint: Complaint) -> None:
        """Carry the file's present version, for a page that shows it as it stands now."""
        self.version.data = str(complaint.version)


def choices(terms: tuple[Term, ...], nothing: str = "") -> list[SelectChoice]:
    """Coded words as a list to choose from; `nothing` are the words of its empty entry."""
    listed = [SelectChoice(term.code, t(term.label)) for term in terms]
    return [SelectChoice(NOBODY, nothing), *listed] if nothing else listed
