"""What a visitor's sealed cookie keeps for us: which draft is theirs, what was sent, which file is open."""

import uuid
from datetime import UTC, datetime, timedelta

from oversight.kit.pages import browser_session

OPEN_FOR = timedelta(minutes=30)
"""How long a file stays open on a screen that nobody touches."""

DRAFT, SENT, RECEIPT = "draft", "sent", "receipt"
TOLD, TOLD_SENT = "told", "told_sent"
"""The same as `DRAFT` and `SENT`, at the desk: a member of staff may also have a complaint of their own."""


def held(key: str) -> uuid.UUID | None:
    """The id that is kept under this key."""
    kept = browser_session().get(key)
    return uuid.UUID(kept) if isinstance(kept, str) else None


def hold(key: str, draft_id: uuid.UUID) -> None:
    """Keep an id."""
    browser_session()[key] = str(draft_id)


def let_go(*keys: str) -> None:
    """Keep it no longer."""
    for key in keys:
        browser_session().pop(key, None)


def open_file(digest: bytes, *, at: datetime) -> None:
    """Note that this visitor showed the receipt code of that digest, or has just used its file."""
    browser_session()[RECEIPT] = [digest.hex(), int(at.timestamp())]


def digest_shown(*, at: datetime) -> bytes | None:
    """The digest of the code that this visitor showed, unless nothing was done with it for too long."""
    kept = browser_session().get(RECEIPT)
    if not isinstance(kept, list):
        return None
    digest, seconds = kept
    used_at = datetime.fromtimestamp(seconds, UTC)
    return bytes.fromhex(digest) if at - used_at < OPEN_FOR else None


def was_open() -> bool:
    """Whether a file was opened in this sitting and not left since."""
    return RECEIPT in browser_session()
