"""A stored notice as the e-mail that travels."""

from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP

from oversight.outbox.models import StoredNotice


def message_of(notice: StoredNotice, sender: str) -> EmailMessage:
    """The e-mail of a notice: the same one however often it is sent, so that duplicates can be told.

    ValueError if it can't be written as one.
    """
    message = EmailMessage(policy=SMTP)
    message["From"] = Address(addr_spec=sender)
    message["To"] = Address(addr_spec=notice.to)
    message["Subject"] = notice.subject
    message["Date"] = notice.created_at
    message["Message-ID"] = f"<{notice.id.hex}@{sender.rpartition('@')[2]}>"
    # RFC 3834: no out-of-office reply should come back to a notice.
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(notice.body)
    message["Content-Language"] = notice.language
    return message
