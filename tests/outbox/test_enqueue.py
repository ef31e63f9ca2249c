"""A notice is saved with its action, sealed, to one address."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy import select

from oversight.kit.db import session, writing
from oversight.outbox import Notice, enqueue
from oversight.outbox.models import StoredNotice

AT = datetime(2026, 3, 8, 9, 30, tzinfo=UTC)
NOTICE = Notice(
    kind="received",
    to="ada@example.org",
    subject="We have received what you sent",
    body="Bonjour Zoë,\n\nthere is news.\n",
    language="en",
    about="file:1",
)


def test_a_notice_is_saved_with_its_action_or_not_at_all(context: Flask) -> None:
    def fail() -> None:
        with writing():
            enqueue(NOTICE, at=AT)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert session().scalars(select(StoredNotice)).all() == []
    with writing():
        assert enqueue(NOTICE, at=AT)
    stored = session().scalars(select(StoredNotice)).one()
    assert (stored.to, stored.subject, stored.body) == (NOTICE.to, NOTICE.subject, NOTICE.body)
    assert (stored.created_at, stored.next_try_at, stored.attempts) == (AT, AT, 0)


def test_neither_the_address_nor_the_words_can_be_read_in_the_database(context: Flask) -> None:
    with writing():
        enqueue(NOTICE, at=AT)
    row = session().execute(select(StoredNotice.__table__)).one()
    kept = b" ".join(value if isinstance(value, bytes) else str(value).encode() for value in row)
    for word in (b"ada@", b"news", b"received what"):
        assert word not in kept
    assert "ada" not in repr(NOTICE)


def test_of_two_notices_with_one_key_the_first_is_sent(context: Flask) -> None:
    once = replace(NOTICE, key="acknowledged:1")
    with writing():
        assert enqueue(once, at=AT)
        assert not enqueue(replace(once, subject="Again"), at=AT)
    with writing():
        assert not enqueue(once, at=AT)
        assert enqueue(replace(once, key="acknowledged:2"), at=AT)
        assert enqueue(NOTICE, at=AT)
        assert enqueue(NOTICE, at=AT)
    subjects = session().scalars(select(StoredNotice)).all()
    assert [stored.subject for stored in subjects] == [NOTICE.subject] * 4


@pytest.mark.parametrize(
    "to",
    [
        "",
        "ada",
        "ada@",
        "@example.org",
        "ada@example.org, bob@example.org",
        "Ada <ada@example.org>",
        "ada@example.org\nBcc: bob@example.org",
        "ada @example.org",
    ],
)
def test_a_notice_goes_to_exactly_one_address(to: str) -> None:
    with pytest.raises(ValueError, match="exactly one"):
        replace(NOTICE, to=to)


@pytest.mark.parametrize("subject", ["", "two\nlines", "two\r\nBcc: bob@example.org"])
def test_a_subject_is_one_line(subject: str) -> None:
    with pytest.raises(ValueError, match="one line"):
        replace(NOTICE, subject=subject)
