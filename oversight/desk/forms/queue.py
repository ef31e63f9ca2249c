"""What the queue is narrowed by."""

import uuid
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Form, SelectField

from oversight.casework.queries.queue import QueueFilter
from oversight.desk.forms.choices import SelectChoice
from oversight.kit.fields import ShortText
from oversight.kit.i18n import t
from oversight.rules.rulebook import Rulebook
from oversight.rules.words import N_

DUE = (
    SelectChoice("", _l("Any day")),
    SelectChoice("overdue", _l("Late")),
    SelectChoice("week", _l("Within a week")),
)
IMPORTED = (
    SelectChoice("", _l("All files")),
    SelectChoice("waiting", _l("To be taken up")),
    SelectChoice("only", _l("Only imported")),
    SelectChoice("none", _l("None imported")),
)


class QueueForm(Form):
    """The filters, read from the address so that a list can be kept and shared. Nothing here can fail."""

    state = SelectField(_l("State"), validate_choice=False)
    level = SelectField(_l("Level"), validate_choice=False)
    due = SelectField(_l("Due"), choices=DUE, validate_choice=False)
    imported = SelectField(_l("Imported files"), choices=IMPORTED, validate_choice=False)
    mine = BooleanField(_l("Only files I carry"))
    news = BooleanField(_l("Only where someone wrote"))
    ended = BooleanField(_l("Ended files"))

    @classmethod
    def for_books(cls, books: tuple[Rulebook, ...], asked: Any) -> "QueueForm":
        """The form with the states and levels of a place's rulebooks, the newest book's words first."""
        form = cls(asked)
        states = {state.slug: t(state.label) for book in reversed(books) for state in book.file.states}
        levels = {level.code: t(level.label) for book in reversed(books) for level in book.levels}
        form.state.choices = _listed({"": t(N_("Any state")), **states})
        form.level.choices = _listed({"": t(N_("Any level")), **dict(sorted(levels.items()))})
        return form

    def wanted(self, incident: str | None) -> QueueFilter:
        """The filter they make."""
        return QueueFilter(
            state=self.state.data or "",
            level=self.level.data or "",
            due=self.due.data or "",
            mine=bool(self.mine.data),
            news=bool(self.news.data),
            ended=bool(self.ended.data),
            imported=self.imported.data or "",
            incident=_id(incident),
        )


class NumberForm(Form):
    """A file's number, as someone reads it out; a file of the past is found by its former one too."""

    number = ShortText(
        _l("Open a file by its number"),
        description=_l("For example: 2026-42. A former office’s number is found too."),
        most=60,
    )


def _listed(words_by_code: dict[str, str]) -> list[SelectChoice]:
    return [SelectChoice(*each) for each in words_by_code.items()]


def _id(text: str | None) -> uuid.UUID | None:
    try:
        return uuid.UUID(text) if text else None
    except ValueError:
        return None
