"""What the second person sends: that they agree with what they saw, or why they don't."""

from flask_babel import lazy_gettext as _l
from wtforms.validators import InputRequired

from oversight.kit.fields import LongText
from oversight.kit.forms import VersionedForm


class DeclineForm(VersionedForm):
    """The reason, which the proposer reads in the history."""

    reason = LongText(_l("Reason"), [InputRequired(_l("Say why, so that the proposer understands."))])
