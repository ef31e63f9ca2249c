"""Why a proposed step is declined."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms.validators import InputRequired

from oversight.kit.fields import LongText


class DeclineForm(FlaskForm):
    """The reason, which the proposer reads in the history."""

    reason = LongText(_l("Reason"), [InputRequired(_l("Say why, so that the proposer understands."))])
