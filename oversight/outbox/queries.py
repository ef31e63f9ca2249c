"""What became of notices, for those who look after the office."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from oversight.kit.db import session
from oversight.outbox.models import StoredNotice


def kinds_given_up(*, since: datetime) -> Sequence[str]:
    """The kinds of notices made since then that nobody will try to send any more."""
    given_up = select(StoredNotice.kind).where(
        StoredNotice.next_try_at.is_(None), StoredNotice.sent_at.is_(None), StoredNotice.created_at >= since
    )
    return session().scalars(given_up.distinct().order_by(StoredNotice.kind)).all()
