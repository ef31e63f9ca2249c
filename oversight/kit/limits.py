"""How often one address may do a thing. Generous: hundreds of people may stand behind one address."""

from threading import Lock

from flask import Flask
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from limits.storage import MemoryStorage

from oversight.kit.clock import now

SECONDS_BETWEEN_LOOKS = 60


class SeldomSwept(MemoryStorage):
    """The library's memory, which looks through all addresses after each hit, in a thread begun for it.

    On a night when thousands come, that costs more than all else about limits. Here whoever comes first
    in a minute clears away what is over.
    """

    STORAGE_SCHEME = ["seldom-swept"]  # noqa: RUF012 - the library declares it so

    def __init__(self, uri: str | None = None, wrap_exceptions: bool = False, **options: str) -> None:
        super().__init__(uri, wrap_exceptions, **options)
        self._one_at_a_time = Lock()
        self._next_look = 0.0

    def incr(self, key: str, expiry: float, amount: int = 1) -> int:
        """Count a hit, and return how many there were in this key's window, which lasts `expiry` seconds."""
        at = now().timestamp()
        with self._one_at_a_time:
            if at >= self._next_look:
                self._clear_what_is_over(at)
            if self.expirations.get(key, 0) <= at:
                self.storage[key], self.expirations[key] = 0, at + expiry
            self.storage[key] += amount
            return self.storage[key]

    def _clear_what_is_over(self, at: float) -> None:
        for key in [key for key, until in self.expirations.items() if until <= at]:
            self.clear(key)
        self._next_look = at + SECONDS_BETWEEN_LOOKS


limiter = Limiter(get_remote_address, storage_uri="seldom-swept://", headers_enabled=False)
"""Remembered in one process, which serves an embedded office. `@limiter.limit("60 per minute")` on a view."""


def init_app(app: Flask) -> None:
    """Let the limits count on this app's requests."""
    limiter.init_app(app)
