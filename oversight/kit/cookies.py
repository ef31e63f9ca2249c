"""The session cookie, sealed: whoever holds it can neither read nor alter it."""

import base64
import binascii
import os
from datetime import timedelta

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from flask import Flask, Request, Response
from flask.sessions import SecureCookieSession, SessionInterface, SessionMixin, session_json_serializer

from oversight.kit.clock import now
from oversight.kit.seal import NONCE_BYTES, derived_key

IDLE_LIMIT = timedelta(hours=8)
"""A session ends when nothing was asked for this long: a working day."""

RENEWED_AFTER = timedelta(minutes=15)
CLOCKS_DIFFER = timedelta(minutes=1)
CLOCK_BYTES = 8


class SealedSessions(SessionInterface):
    """Keeps each session in its own cookie, under a key derived from the office's secret key."""

    def __init__(self, secret_key: str) -> None:
        self._cipher = AESGCM(derived_key(secret_key.encode(), "session cookie"))

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession:
        """The session in the cookie; an empty one if it was altered, is not ours, or has run out."""
        opened = self._opened(request.cookies.get(self.get_cookie_name(app), ""))
        if opened is None:
            return SecureCookieSession()
        content, age = opened
        if not -CLOCKS_DIFFER <= age <= IDLE_LIMIT:
            return SecureCookieSession()
        session = SecureCookieSession(session_json_serializer.loads(content.decode()))
        session.modified = age > RENEWED_AFTER
        return session

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Set the cookie if the session changed or is to be renewed; remove it if it became empty."""
        name, secure = self.get_cookie_name(app), self.get_cookie_secure(app)
        if session.accessed:
            response.vary.add("Cookie")
        if session and session.modified:
            sealed = self._sealed(session)
            response.set_cookie(name, sealed, secure=secure, httponly=True, samesite="Lax")
        elif session.modified:
            response.delete_cookie(name, secure=secure, httponly=True, samesite="Lax")

    def _sealed(self, session: SessionMixin) -> str:
        nonce = os.urandom(NONCE_BYTES)
        seconds = int(now().timestamp()).to_bytes(CLOCK_BYTES, "big")
        content = session_json_serializer.dumps(dict(session)).encode()
        return base64.urlsafe_b64encode(nonce + self._cipher.encrypt(nonce, seconds + content, None)).decode()

    def _opened(self, cookie: str) -> tuple[bytes, timedelta] | None:
        try:
            raw = base64.urlsafe_b64decode(cookie)
            plain = self._cipher.decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], None)
        except (InvalidTag, ValueError, binascii.Error):
            return None
        seconds = int.from_bytes(plain[:CLOCK_BYTES], "big")
        return plain[CLOCK_BYTES:], timedelta(seconds=now().timestamp() - seconds)
