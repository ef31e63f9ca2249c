"""A review copy: what reviewers read in place of the original."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField
from wtforms.validators import InputRequired

from oversight.casework.models import Complaint, ReviewCopy
from oversight.kit.fields import LongText, ShortText
from oversight.kit.forms import VersionedForm
from oversight.kit.i18n import t
from oversight.rules.words import N_


class CopyForm(VersionedForm):
    """Title and text, with roles in place of names."""

    title = ShortText(_l("What this is"), [InputRequired(_l("Give it a title."))], most=120)
    text = LongText(_l("What reviewers read"), [InputRequired(_l("Write the text."))], most=200_000)
    names_nobody = BooleanField(_l("I have read it: what is listed here names nobody"))
    ready = BooleanField(
        _l("It is ready for the reviewers"),
        description=_l("Without this it is kept as a draft, and the file can not go to review."),
    )

    @classmethod
    def of(cls, complaint: Complaint, copy: ReviewCopy | None, draft: str = "") -> "CopyForm":
        """The form for a copy, or for a new one that begins from `draft`."""
        if copy is None:
            return cls.about(complaint, title=t(N_("What was told")), text=draft)
        return cls.about(complaint, title=copy.title, text=copy.text, ready=copy.ready_at is not None)
