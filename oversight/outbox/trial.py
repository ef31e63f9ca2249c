"""A trial letter, which shows whether mail leaves. It is no notice: it tells of no file and is not kept."""

from datetime import datetime

from oversight.kit.i18n import LANGUAGES
from oversight.outbox.actions import as_stored
from oversight.outbox.message import message_of
from oversight.outbox.notice import Notice
from oversight.outbox.transports import Transport
from oversight.outbox.wording import compose
from oversight.rules.rulebook import Office
from oversight.rules.words import N_

SUBJECT = N_("A trial letter")


def send_trial_letter(transport: Transport, office: Office, *, sender: str, to: str, at: datetime) -> None:
    """Hand on one letter, in all the office's languages, now and outside the queue of notices.

    ValueError if `to` isn't one address; DeliveryError if the letter was not taken.
    """
    written = [compose("email/trial.txt", SUBJECT, language, office=office) for language in LANGUAGES]
    subjects, bodies = zip(*written, strict=True)
    letter = Notice(
        kind="trial",
        to=to,
        subject=" / ".join(subjects),
        body="\n\n".join(bodies),
        language=", ".join(LANGUAGES),
        about="trial",
    )
    transport.deliver(message_of(as_stored(letter, at), sender))
