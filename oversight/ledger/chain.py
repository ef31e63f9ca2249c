"""The arithmetic of the chain: what an entry commits to, and how one entry holds the next. No database."""

import json
import re
import uuid
from datetime import UTC, date, datetime
from hashlib import sha256
from json.encoder import encode_basestring_ascii
from typing import Any

GENESIS = "0" * 64
"""What stands before the first entry."""

KIND = re.compile(r"[a-z][a-z0-9_.-]{0,59}")
SUBJECT = re.compile(r"[a-z_]{1,24}(:[A-Za-z0-9-]{1,54})?")
CODE = re.compile(r"[A-Za-z0-9_.:/+-]{0,200}")


def commitment(salt: str, at: datetime, kind: str, actor: str, subject: str, details: str) -> str:
    """What an entry says of its words: their hash with a salt, which nobody can guess them from."""
    instant = at.astimezone(UTC).isoformat(timespec="microseconds")
    return commitment_at(salt, instant, kind, actor, subject, details)


def commitment_at(salt: str, at: str, kind: str, actor: str, subject: str, details: str) -> str:
    """The same of words whose instant is text already."""
    # A JSON list, put together here since json.dumps takes eight times as long, and a ledger has millions of
    # entries. Only details can hold what JSON escapes: of such a list, there is one way to read its parts.
    parts = f'["words","{salt}","{at}","{kind}","{actor}","{subject}",{encode_basestring_ascii(details)}]'
    return sha256(parts.encode()).hexdigest()


def entry_hash(number: int, previous_hash: str, words_commitment: str) -> str:
    """The hash of an entry, which holds its place, all that came before it, and its words."""
    return sha256(f'["entry","{number}","{previous_hash}","{words_commitment}"]'.encode()).hexdigest()


def canonical(details: dict[str, Any]) -> str:
    """Details as the one text that is stored and hashed.

    ValueError for anything but codes, numbers, ids and dates: words about people don't belong in a ledger
    that is kept for ever, and a text with spaces or an address in it is taken for such.
    """
    return json.dumps(_plain(details), sort_keys=True, separators=(",", ":"))


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, uuid.UUID | date):
        value = value.isoformat() if isinstance(value, date) else str(value)
    if isinstance(value, str) and CODE.fullmatch(value):
        return str(value)
    if isinstance(value, dict):
        return {_plain(name): _plain(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    raise ValueError("The ledger's details hold codes, numbers, ids and dates; never words or names.")
