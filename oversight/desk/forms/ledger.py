"""What the ledger is narrowed by."""

from flask_babel import lazy_gettext as _l
from wtforms import Form

from oversight.kit.fields import ShortText


class LedgerForm(Form):
    """Filters, read from the address. Codes as the ledger writes them."""

    kind = ShortText(_l("Kind"), description=_l("For example: file.step.hold"), most=60)
    subject = ShortText(
        _l("About"), description=_l("The code beside an entry, for example file:0192…"), most=80
    )
