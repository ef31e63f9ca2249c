"""The form every change to a thing of versions is sent by: it knows which version its page showed."""

from typing import Any, Protocol, Self

from flask_wtf import FlaskForm
from wtforms import HiddenField


class Versioned(Protocol):
    """A row whose version rises with any edit: a file, an outcome."""

    @property
    def version(self) -> Any: ...


class VersionedForm(FlaskForm):
    """A form about one thing. Made anew it carries the thing's version; sent, the version its page showed."""

    version = HiddenField()

    @classmethod
    def about(cls, thing: Versioned, **values: Any) -> Self:
        """This form for a page that shows `thing`, or as it was sent."""
        return cls(version=str(thing.version), **values)

    @property
    def seen_version(self) -> int:
        """The version that was sent; none is 0, which nothing has once it is saved."""
        # Not `data`: where nothing was sent, it holds the version that the thing has now.
        sent = str(next(iter(self.version.raw_data or ()), ""))
        return int(sent) if sent.isascii() and sent.isdecimal() and len(sent) < 10 else 0

    def take_version(self, thing: Versioned) -> None:
        """Carry the thing's present version, for a page that shows it as it stands now."""
        self.version.data = str(thing.version)
