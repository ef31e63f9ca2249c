"""The ways a notice leaves: by SMTP, or in a demo, to nowhere."""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from typing import Protocol
from urllib.parse import unquote, urlsplit

from oversight.settings import Settings

TIMEOUT_SECONDS = 20
PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}


class DeliveryError(Exception):
    """A notice was not taken; `code` says why, without a word of it."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Transport(Protocol):
    """A way for an e-mail to leave. Its name stays with every notice that left by it."""

    name: str

    def deliver(self, message: EmailMessage) -> None:
        """Hand the message on; DeliveryError if it was not taken."""


class Nowhere:
    """For a demo without mail: takes every notice and delivers it to nobody."""

    name = "nowhere"

    def deliver(self, message: EmailMessage) -> None:
        """Let the message be."""


class Smtp:
    """Hands e-mails to the server of an address such as `smtps://user:password@mail.example`."""

    name = "smtp"

    def __init__(self, url: str) -> None:
        self._server = urlsplit(url)
        self._port = self._server.port or PORTS[self._server.scheme]

    def deliver(self, message: EmailMessage) -> None:
        """Send the message; encrypted and with a checked certificate unless the scheme is plain `smtp`."""
        with _named_errors(), self._connected(message["From"].addresses[0].domain) as server:
            server.send_message(message)

    @contextmanager
    def _connected(self, own_name: str) -> Iterator[smtplib.SMTP]:
        host, scheme = self._server.hostname or "", self._server.scheme
        if scheme == "smtps":
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                host, self._port, own_name, timeout=TIMEOUT_SECONDS, context=ssl.create_default_context()
            )
        else:
            server = smtplib.SMTP(host, self._port, own_name, timeout=TIMEOUT_SECONDS)
        with server:
            if scheme == "smtp+starttls":
                server.starttls(context=ssl.create_default_context())
            if self._server.username:
                server.login(unquote(self._server.username), unquote(self._server.password or ""))
            yield server


def transport_for(settings: Settings) -> Transport | None:
    """The office's way out, or None if it has none and its notices wait."""
    if settings.smtp_url:
        return Smtp(settings.smtp_url)
    return Nowhere() if settings.demo else None


@contextmanager
def _named_errors() -> Iterator[None]:
    try:
        yield
    except smtplib.SMTPRecipientsRefused as error:
        code, _ = next(iter(error.recipients.values()))
        raise DeliveryError(f"smtp_{code}") from None
    except smtplib.SMTPResponseException as error:
        raise DeliveryError(f"smtp_{error.smtp_code}") from None
    except smtplib.SMTPNotSupportedError:
        raise DeliveryError("smtp_unsupported") from None
    except smtplib.SMTPException:
        raise DeliveryError("smtp") from None
    except ssl.SSLError:
        raise DeliveryError("tls") from None
    except TimeoutError:
        raise DeliveryError("timeout") from None
    except OSError:
        raise DeliveryError("unreachable") from None
    except ValueError:
        raise DeliveryError("unwritable") from None
