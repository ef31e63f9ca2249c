"""What became of notices, for those who look after the office."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from oversight.kit.db import session
from oversight.kit.seal import SealError
from oversight.outbox.models import StoredNotice


def kinds_given_up(*, since: datetime) -> Sequence[str]:
    """The kinds of notices made since then that nobody will try to send any more."""
    given_up = select(StoredNotice.kind).where(
        StoredNotice.next_try_at.is_(None), StoredNotice.sent_at.is_(None), StoredNotice.created_at >= since
    )
    return session().scalars(given_up.distinct().order_by(StoredNotice.kind)).all()


def notices_waiting(current: Session) -> int:
    """How many notices wait to be sent; for commands, since it counts them."""
    waiting = select(func.count()).where(StoredNotice.next_try_at.is_not(None))
    return current.scalar(waiting) or 0


def waiting_since() -> datetime | None:
    """When the notice was made that has waited longest to be sent; None where none waits."""
    waiting = select(StoredNotice.created_at).where(StoredNotice.next_try_at.is_not(None))
    return session().scalars(waiting.order_by(StoredNotice.created_at).limit(1)).one_or_none()


def newest_opens() -> bool:
    """Whether the office's keys open the notice that was sealed last, if there is any."""
    newest = select(StoredNotice).order_by(StoredNotice.id.desc()).limit(1)
    notice = session().scalars(newest).one_or_none()
    try:
        return notice is None or bool(notice.to)
    except SealError:
        return False
