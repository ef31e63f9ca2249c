"""Saving a notice with the action that it tells of: either both happen or neither."""

from datetime import datetime

from sqlalchemy.exc import IntegrityError

from oversight.kit.db import session
from oversight.outbox.models import StoredNotice
from oversight.outbox.notice import Notice


def enqueue(notice: Notice, at: datetime) -> bool:
    """Save the notice, to be sent once the transaction around it has committed.

    False, and nothing is saved, if there is one with the same key already.
    """
    stored = as_stored(notice, at)
    if notice.key is None:
        session().add(stored)
        return True
    session().flush()
    try:
        with session().begin_nested():
            session().add(stored)
    except IntegrityError:
        return False
    return True


def as_stored(notice: Notice, at: datetime) -> StoredNotice:
    """The notice sealed, as it waits to be sent; nothing is saved."""
    return StoredNotice(
        kind=notice.kind,
        to=notice.to,
        subject=notice.subject,
        body=notice.body,
        language=notice.language,
        about=notice.about,
        key=notice.key,
        created_at=at,
        next_try_at=at,
    )
