"""A trial letter, which shows whether mail leaves. It is no notice: it tells of no file and is not kept."""

from datetime import datetime

from oversight.kit.db import new_id
from oversight.kit.i18n import LANGUAGES
from oversight.outbox.message import message_of
from oversight.outbox.models import StoredNotice
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
    unsaved = StoredNotice(
        id=new_id(),
        to=letter.to,
        subject=letter.subject,
        body=letter.body,
        language=letter.language,
        created_at=at,
    )
    transport.deliver(message_of(unsaved, sender))
