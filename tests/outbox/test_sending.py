"""Every notice arrives at least once, and duplicates can be told by their Message-ID."""

import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from oversight.kit.db import session, writing
from oversight.outbox import (
    Delivery,
    DeliveryError,
    Notice,
    enqueue,
    kinds_given_up,
    send_due,
    transport_for,
)
from oversight.outbox.models import StoredNotice
from oversight.outbox.sending import LEASE, LONGEST_ROUND
from oversight.outbox.transports import Nowhere, Smtp
from oversight.settings import Settings
from tests.outbox.conftest import Sink
from tests.timetravel import travelling

AT = datetime(2026, 3, 8, 9, 30, tzinfo=UTC)
ROOT = Path(__file__).parents[2]
SENDER = "office@oversight.example"


def save(how_many: int = 1, to: str = "ada@example.org") -> None:
    with writing():
        for number in range(how_many):
            body = f"Bonjour Zoë,\n\nnews {number}\n"
            notice = Notice(kind="news", to=to, subject="Données", body=body, language="fr", about="file:1")
            enqueue(notice, at=AT)


def stored() -> StoredNotice:
    session().rollback()
    return session().scalars(select(StoredNotice)).one()


def test_a_notice_arrives_as_one_letter_to_one_person(context: Flask, sink: Sink) -> None:
    save()
    assert send_due(Smtp(sink.url), sender=SENDER, at=AT + timedelta(minutes=5)) == Delivery(sent=1)
    (letter,) = sink.letters
    assert sink.recipients == [["ada@example.org"]]
    assert (letter["From"], letter["To"]) == (SENDER, "ada@example.org")
    assert letter["Subject"] == "Données"
    assert letter["Date"].datetime == AT
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter["Content-Language"] == "fr"
    assert letter.get_content().splitlines() == ["Bonjour Zoë,", "", "news 0"]
    assert letter["Message-ID"].endswith("@oversight.example>")
    assert "ada" not in letter["Message-ID"]
    assert stored().sent_at == AT + timedelta(minutes=5)
    assert stored().sent_by == "smtp"


def test_what_was_sent_is_not_sent_again(context: Flask, sink: Sink) -> None:
    save()
    for days in range(3):
        send_due(Smtp(sink.url), sender=SENDER, at=AT + timedelta(days=days))
    assert len(sink.letters) == 1


@pytest.mark.parametrize(
    ("moment", "letters"), [("_deliver", 1), ("_mark_sent", 2)], ids=["before sending", "before marking"]
)
def test_a_process_killed_on_the_way_loses_nothing(
    context: Flask, settings: Settings, sink: Sink, moment: str, letters: int
) -> None:
    save()
    environ = {
        "OVERSIGHT_DATA_DIR": str(settings.data_dir),
        "OVERSIGHT_DATABASE_URL": settings.database_url,
        "OVERSIGHT_SMTP_URL": sink.url,
        "OVERSIGHT_MAIL_FROM": SENDER,
    }
    command = [sys.executable, "-m", "tests.outbox.dying_sender", moment, AT.isoformat()]
    assert subprocess.run(command, env=os.environ | environ, cwd=ROOT).returncode == -signal.SIGKILL
    assert send_due(Smtp(sink.url), sender=SENDER, at=AT + timedelta(minutes=14)) == Delivery()
    assert send_due(Smtp(sink.url), sender=SENDER, at=AT + timedelta(minutes=15)) == Delivery(sent=1)
    assert len(sink.letters) == letters
    assert len({letter["Message-ID"] for letter in sink.letters}) == 1
    assert len({letter["Date"] for letter in sink.letters}) == 1


def test_four_senders_at_once_send_each_notice_once(app: Flask, sink: Sink) -> None:
    with app.app_context():
        save(40)

    def send() -> int:
        with app.app_context():
            return send_due(Smtp(sink.url), sender=SENDER, at=AT, limit=40).sent

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(lambda _: send(), range(4))) == 40
    assert len({letter["Message-ID"] for letter in sink.letters}) == 40
    assert len(sink.letters) == 40


def test_no_transaction_is_open_while_a_letter_travels(app: Flask) -> None:
    """Someone else can write meanwhile: on SQLite a lock held here would make them wait ten seconds."""

    class Looking:
        name = "looking"

        def deliver(self, message: EmailMessage) -> None:
            assert not session().in_transaction()
            with ThreadPoolExecutor(1) as pool:
                pool.submit(write_elsewhere).result(timeout=5)

    def write_elsewhere() -> None:
        with app.app_context():
            save()

    with app.app_context():
        save()
        assert send_due(Looking(), sender=SENDER, at=AT).sent == 1


@pytest.mark.parametrize(
    ("answer", "code"), [("451 Later", "smtp_451"), ("550 No such user", "smtp_550"), ("554 No", "smtp_554")]
)
def test_a_refused_notice_is_tried_again_later_and_later(
    context: Flask, sink: Sink, answer: str, code: str
) -> None:
    save()
    sink.answer = answer
    at, waits = AT, []
    for _ in range(5):
        assert send_due(Smtp(sink.url), sender=SENDER, at=at) == Delivery(put_off=1)
        assert stored().last_error == code
        next_try_at = stored().next_try_at
        assert next_try_at is not None
        waits.append((next_try_at - at) / timedelta(minutes=1))
        assert send_due(Smtp(sink.url), sender=SENDER, at=next_try_at - timedelta(seconds=1)) == Delivery()
        at = next_try_at
    assert waits == [1, 2, 4, 8, 16]
    sink.answer = "250 OK"
    assert send_due(Smtp(sink.url), sender=SENDER, at=at) == Delivery(sent=1)
    assert stored().last_error is None


def test_after_many_days_a_notice_is_given_up_and_kept(context: Flask, sink: Sink) -> None:
    save()
    sink.answer = "550 No such user"
    at = AT
    for _ in range(19):
        send_due(Smtp(sink.url), sender=SENDER, at=at)
        at = stored().next_try_at or at
    assert timedelta(days=5) < at - AT < timedelta(days=6)
    assert send_due(Smtp(sink.url), sender=SENDER, at=at) == Delivery(given_up=1)
    assert (stored().next_try_at, stored().sent_at, stored().last_error) == (None, None, "smtp_550")
    assert kinds_given_up(since=AT) == [stored().kind]
    assert kinds_given_up(since=AT + timedelta(days=1)) == []


def test_a_notice_that_cannot_be_opened_does_not_hold_up_the_others(context: Flask, sink: Sink) -> None:
    save(2)
    with writing() as current:
        first = current.scalar(select(func.min(StoredNotice.attempts)))
        assert first == 0
        broken = current.scalars(select(StoredNotice).limit(1)).one()
        current.execute(
            update(StoredNotice).where(StoredNotice.id == broken.id).values(body_sealed=b"none:of ours")
        )
    assert send_due(Smtp(sink.url), sender=SENDER, at=AT) == Delivery(sent=1, put_off=1)
    assert session().scalars(select(StoredNotice.last_error)).all().count("unsealable") == 1


@pytest.mark.parametrize(
    ("url", "code"), [("smtp://127.0.0.1:1", "unreachable"), ("smtp://nowhere.invalid", "unreachable")]
)
@pytest.mark.one_database
def test_a_server_that_is_not_there_is_no_crash(context: Flask, url: str, code: str) -> None:
    save()
    assert send_due(Smtp(url), sender=SENDER, at=AT) == Delivery(put_off=1)
    assert stored().last_error == code


@pytest.mark.one_database
def test_where_no_server_is_to_be_had_one_notice_finds_out_for_all(context: Flask, sink: Sink) -> None:
    save(3)
    assert send_due(Smtp("smtp://127.0.0.1:1"), sender=SENDER, at=AT) == Delivery(put_off=1)
    assert send_due(Smtp(sink.url), sender=SENDER, at=AT) == Delivery(sent=2)


@pytest.mark.one_database
def test_a_round_that_takes_long_leaves_the_rest_while_its_claims_still_hold(context: Flask) -> None:
    class Slow:
        name = "slow"

        def deliver(self, message: EmailMessage) -> None:
            clock.ahead += LONGEST_ROUND * 0.6

    save(5)
    with travelling() as clock:
        assert send_due(Slow(), sender=SENDER, at=AT) == Delivery(sent=2)
    assert 2 * LONGEST_ROUND < LEASE


@pytest.mark.one_database
def test_a_server_without_encryption_is_not_given_what_must_be_encrypted(context: Flask, sink: Sink) -> None:
    for url in (sink.url.replace("smtp:", "smtp+starttls:"), sink.url.replace("smtp:", "smtps:")):
        with pytest.raises(DeliveryError):
            Smtp(url).deliver(_a_letter())
    assert sink.letters == []


def _a_letter() -> EmailMessage:
    letter = EmailMessage()
    letter["From"], letter["To"] = SENDER, "ada@example.org"
    return letter


@pytest.mark.one_database
def test_a_demo_without_mail_delivers_nowhere_and_says_so(context: Flask, settings: Settings) -> None:
    save()
    transport = transport_for(replace(settings, demo=True))
    assert isinstance(transport, Nowhere)
    assert send_due(transport, sender=SENDER, at=AT) == Delivery(sent=1)
    assert stored().sent_by == "nowhere"


@pytest.mark.one_database
def test_an_office_without_mail_keeps_its_notices_waiting(settings: Settings) -> None:
    assert transport_for(settings) is None
    assert isinstance(transport_for(replace(settings, demo=True, smtp_url="smtp://x")), Smtp)
