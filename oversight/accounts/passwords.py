"""What a password must be, and how one is kept."""

import unicodedata

from flask_security.utils import hash_password

SHORTEST = 12
LONGEST = 200
"""Characters; longer than anyone types, short enough that hashing one can't keep the server busy."""


def normalised(password: str) -> str:
    """The same password from every keyboard: Unicode's compatibility form, as Flask-Security compares it."""
    return unicodedata.normalize("NFKD", password)


def hashed(password: str) -> str:
    """The argon2 hash to keep. Slow on purpose: make it before a transaction that writes begins."""
    return hash_password(normalised(password))
