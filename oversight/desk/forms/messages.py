"""A message to someone on a file."""

from flask_babel import lazy_gettext as _l
from wtforms import RadioField
from wtforms.validators import InputRequired

from oversight.casework.models import Complaint, Party
from oversight.casework.wording import party_name
from oversight.desk.forms.choices import SelectChoice
from oversight.desk.wording.people import language_name
from oversight.kit.fields import LongText
from oversight.kit.forms import VersionedForm


class MessageForm(VersionedForm):
    """Whom it is for, and its words."""

    party = RadioField(_l("To whom?"), [InputRequired(_l("Choose one from the list."))])
    body = LongText(
        _l("Your message"),
        [InputRequired(_l("Write the message."))],
        description=_l(
            "They read it on their status page. An e-mail says only that there is something to read."
        ),
        most=10_000,
    )

    @classmethod
    def of(cls, complaint: Complaint, *, sent: bool = True) -> "MessageForm":
        """The form with everyone who can read messages; `sent` is false where another form was."""
        readers = readers_of(complaint)
        present = {"party": str(readers[0].id)} if len(readers) == 1 else {}
        form = cls.about(complaint, **present) if sent else cls.about(complaint, formdata=None, **present)
        form.party.choices = [
            SelectChoice(str(each.id), f"{party_name(each)} ({language_name(each)})") for each in readers
        ]
        return form


def readers_of(complaint: Complaint) -> list[Party]:
    """Those who hold a receipt, and so can read what is written to them."""
    return [party for party in complaint.parties if party.receipt_hash is not None]
