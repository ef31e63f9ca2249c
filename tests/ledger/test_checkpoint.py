"""A checkpoint kept elsewhere shows what the chain alone can't, and nobody can forge one."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from oversight.keys import make_keys
from oversight.kit.db import session, writing
from oversight.ledger import (
    Actor,
    Checkpoint,
    CheckpointError,
    read_checkpoint,
    record,
    take_checkpoint,
    verify,
)
from oversight.ledger.chain import GENESIS, commitment, entry_hash
from oversight.settings import Settings
from tests.ledger.tampering import found, tamper

AT = datetime(2026, 3, 8, 9, 30, tzinfo=UTC)


def rewrite_the_whole(last: int) -> None:
    """Everything anew, hashes and head and all, by someone who knows how it is done."""
    statements, previous = [], GENESIS
    for number in range(1, last + 1):
        instant, details = "2026-03-08 09:30:00.000000", f'{{"number":{number}}}'
        committed = commitment("00", AT, "kind9", "system", "file:9", details)
        this = entry_hash(number, previous, committed)
        statements += [
            f"INSERT INTO ledger_entry (number, previous_hash, commitment, hash) "
            f"VALUES ({number}, '{previous}', '{committed}', '{this}')",
            "INSERT INTO ledger_words (number, salt, at, kind, actor, subject, details) "
            f"VALUES ({number}, '00', '{instant}', 'kind9', 'system', 'file:9', '{details}')",
        ]
        previous = this
    emptied = ["DELETE FROM ledger_words", "DELETE FROM ledger_entry"]
    tamper(*emptied, *statements, f"UPDATE ledger_head SET number = {last}, hash = '{previous}'")


@pytest.fixture
def checkpoint(ledger: None, settings: Settings) -> Checkpoint:
    key = settings.checkpoint_key_file
    return read_checkpoint(take_checkpoint(session(), key_file=key, office="https://o.example", at=AT))


CUT = [
    "DELETE FROM ledger_words WHERE number > 8",
    "DELETE FROM ledger_entry WHERE number > 8",
    "UPDATE ledger_head SET number = 8, hash = (SELECT hash FROM ledger_entry WHERE number = 8)",
]


@pytest.mark.parametrize(
    ("forge", "fault"),
    [
        (lambda: tamper(*CUT), "saw entries up to 10; after 8, none"),
        (lambda: rewrite_the_whole(12), "Entry 10"),
    ],
    ids=["cut tail", "rewritten whole"],
)
def test_a_checkpoint_kept_elsewhere_shows_what_the_chain_alone_cannot(
    checkpoint: Checkpoint, forge: Callable[[], None], fault: str
) -> None:
    assert found(checkpoint) == ""
    forge()
    assert found() == ""
    assert fault in found(checkpoint)


def test_verification_says_what_it_cannot_exclude(checkpoint: Checkpoint) -> None:
    without = "\n".join(verify(session()).cannot_exclude)
    assert "cut off" in without
    assert "written anew" in without
    later = verify(session(), checkpoint).cannot_exclude
    assert "after" not in without
    assert "what followed entry 10" in later[0]


def test_a_checkpoint_still_holds_when_the_office_went_on(checkpoint: Checkpoint) -> None:
    with writing():
        record("later", actor=Actor.system(), subject="file:1", at=AT)
    assert found(checkpoint) == ""


def test_an_altered_or_foreign_checkpoint_is_refused(
    ledger: None, settings: Settings, tmp_path: Path
) -> None:
    taken = take_checkpoint(session(), key_file=settings.checkpoint_key_file, office="o", at=AT)
    key = read_checkpoint(taken).public_key
    fields = json.loads(taken)
    for name, other in {
        "number": 9,
        "hash": GENESIS,
        "at": "2020",
        "office": "p",
        "signature": "AAAA",
    }.items():
        with pytest.raises(CheckpointError):
            read_checkpoint(json.dumps(fields | {name: other}))
    for text_ in ("", "[]", "{}", '{"signature": 1}', json.dumps(fields | {"more": 1})):
        with pytest.raises(CheckpointError, match="not a checkpoint"):
            read_checkpoint(text_)
    assert read_checkpoint(taken, public_key=key)
    make_keys(tmp_path / "other")
    other_file = tmp_path / "other" / "checkpoint-key.pem"
    forged = take_checkpoint(session(), key_file=other_file, office="o", at=AT)
    with pytest.raises(CheckpointError, match="another key"):
        read_checkpoint(forged, public_key=key)
    with pytest.raises(CheckpointError, match="oversight init"):
        take_checkpoint(session(), key_file=tmp_path / "none.pem", office="o", at=AT)
