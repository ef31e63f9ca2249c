"""A day of the office's calendar."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import RadioField
from wtforms.validators import InputRequired

from oversight.desk.forms.choices import SelectChoice
from oversight.kit.fields import PartsDateField, ShortText
from oversight.rules.calendars import DayKind

KIND_LABELS = {
    DayKind.STATUTORY: _l("Holiday by law"),
    DayKind.OFFICE: _l("The office is closed"),
    DayKind.NOT_BUSINESS: _l("No business day"),
    DayKind.OPTIONAL: _l("Only a name"),
}


class DayForm(FlaskForm):
    """When, what it counts for, and what it is called."""

    on = PartsDateField(_l("Day"), required=True)
    kind = RadioField(
        _l("What it counts for"),
        [InputRequired(_l("Choose one from the list."))],
        choices=[SelectChoice(kind.value, words) for kind, words in KIND_LABELS.items()],
        default=DayKind.OFFICE.value,
    )
    name_en = ShortText(_l("Name in English"), [InputRequired(_l("Enter a name."))], most=120)
    name_fr = ShortText(_l("Name in French"), [InputRequired(_l("Enter a name."))], most=120)
