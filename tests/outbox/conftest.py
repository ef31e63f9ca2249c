"""An app with a database and keys, and a real SMTP server that keeps what it is sent."""

import socket
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.bare_app import app, context

__all__ = ["Sink", "app", "context", "sink"]


@dataclass
class Sink:
    """What arrived, and the answer the server gives next; the handler of aiosmtpd's server."""

    answer: str = "250 OK"
    letters: list[EmailMessage] = field(default_factory=list)
    recipients: list[list[str]] = field(default_factory=list)
    url: str = ""

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 (theirs)
        if self.answer.startswith("250"):
            letter = message_from_bytes(envelope.original_content or b"", policy=default)
            assert isinstance(letter, EmailMessage)
            self.letters.append(letter)
            self.recipients.append(list(envelope.rcpt_tos))
        return self.answer


@pytest.fixture
def sink() -> Iterator[Sink]:
    sink = Sink()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    server = Controller(sink, hostname="127.0.0.1", port=port)
    server.start()
    sink.url = f"smtp://127.0.0.1:{port}"
    yield sink
    server.stop()
