"""Whatever an administrator does to history by SQL, verification finds it."""

from datetime import UTC, datetime

import pytest
from flask import Flask

from oversight.kit.db import db, session, writing
from oversight.ledger import Actor, Verification, destroy_words, record, verify
from oversight.ledger.chain import GENESIS
from oversight.ledger.models import Words
from oversight.ledger.queries import entries_page, numbers_about, public_entries
from tests.ledger.tampering import found, tamper

AT = datetime(2026, 3, 8, 9, 30, tzinfo=UTC)


def test_an_untouched_ledger_is_whole(ledger: None) -> None:
    outcome = verify(session())
    assert outcome == Verification(10, [], outcome.cannot_exclude)


def test_an_empty_ledger_is_whole(context: Flask) -> None:
    assert verify(session()).ok


FORGERIES = {
    "a changed entry": (
        ["UPDATE ledger_entry SET commitment = hash WHERE number = 4"],
        "Entry 4 was changed",
    ),
    "a changed hash": (["UPDATE ledger_entry SET hash = commitment WHERE number = 4"], "Entry 4 was changed"),
    "a deleted entry": (
        ["DELETE FROM ledger_words WHERE number = 4", "DELETE FROM ledger_entry WHERE number = 4"],
        "Entry 4 is missing.",
    ),
    "a deleted beginning": (
        ["DELETE FROM ledger_words WHERE number < 3", "DELETE FROM ledger_entry WHERE number < 3"],
        "Entries 1 to 2 are missing.",
    ),
    "a deleted end": (
        ["DELETE FROM ledger_words WHERE number > 8", "DELETE FROM ledger_entry WHERE number > 8"],
        "The head names entry 10",
    ),
    "two entries in each other's place": (
        [
            "UPDATE ledger_entry SET number = -4 WHERE number = 4",
            "UPDATE ledger_entry SET number = 4 WHERE number = 5",
            "UPDATE ledger_entry SET number = 5 WHERE number = -4",
        ],
        "Entry 4 was changed",
    ),
    "two words in each other's place": (
        [
            "UPDATE ledger_words SET number = -4 WHERE number = 4",
            "UPDATE ledger_words SET number = 4 WHERE number = 5",
            "UPDATE ledger_words SET number = 5 WHERE number = -4",
        ],
        "The words of entry 4 are not the ones",
    ),
    "another actor": (
        ["UPDATE ledger_words SET actor = 'person:2' WHERE number = 4"],
        "The words of entry 4 are not the ones",
    ),
    "another instant": (
        ["UPDATE ledger_words SET at = '2026-03-08 09:31:00.000000' WHERE number = 4"],
        "The words of entry 4 are not the ones",
    ),
    "words that were removed": (
        ["DELETE FROM ledger_words WHERE number = 4"],
        "The words of entry 4 are gone, and nothing says",
    ),
    "words removed under a false reason": (
        [
            "DELETE FROM ledger_words WHERE number = 4",
            "INSERT INTO ledger_destruction (words_number, entry_number) VALUES (4, 7)",
        ],
        "The words of entry 4 are gone, and entry 7 does not say so",
    ),
    "an entry from nowhere": (
        [
            "INSERT INTO ledger_entry SELECT 11, hash, commitment, hash FROM ledger_entry WHERE number = 10",
        ],
        "Entry 11 was changed",
    ),
    "an entry before the first": (
        ["INSERT INTO ledger_entry SELECT -4, hash, commitment, hash FROM ledger_entry WHERE number = 10"],
        "numbers begin at 1",
    ),
    "an entry that stands twice": (
        [
            "ALTER TABLE ledger_entry RENAME TO kept",
            "CREATE TABLE ledger_entry AS SELECT * FROM kept UNION ALL SELECT * FROM kept WHERE number = 4",
        ],
        "Entry 4 is there more than once",
    ),
    "words that stand twice": (
        [
            "ALTER TABLE ledger_words RENAME TO kept",
            "CREATE TABLE ledger_words AS SELECT * FROM kept UNION ALL SELECT * FROM kept WHERE number = 4",
        ],
        "Entry 4 is there more than once, or its words are.",
    ),
    "words from nowhere": (
        [
            "INSERT INTO ledger_words SELECT 99, salt, at, kind, actor, subject, details "
            "FROM ledger_words WHERE number = 1"
        ],
        "words that belong to no entry: 1, the first with the number 99",
    ),
    "a moved head": (["UPDATE ledger_head SET number = 9"], "The head names entry 9"),
    "another head": ([f"UPDATE ledger_head SET hash = '{GENESIS}'"], "The head names entry 10"),
    "no head": (["DELETE FROM ledger_head"], "no head"),
    "a head that nobody reads": (["UPDATE ledger_head SET id = 2"], "no head"),
    "a head without a number": (
        [
            "CREATE TABLE heads AS SELECT id, NULL AS number, hash FROM ledger_head",
            "DROP TABLE ledger_head",
            "ALTER TABLE heads RENAME TO ledger_head",
        ],
        "The head names entry None",
    ),
    "two heads": (["INSERT INTO ledger_head SELECT id + 1, number, hash FROM ledger_head"], "has 2 heads"),
    "a head twice": (
        [
            "CREATE TABLE heads AS SELECT * FROM ledger_head",
            "DROP TABLE ledger_head",
            "ALTER TABLE heads RENAME TO ledger_head",
            "INSERT INTO ledger_head SELECT * FROM ledger_head",
        ],
        "has 2 heads",
    ),
}


@pytest.mark.parametrize(("statements", "fault"), FORGERIES.values(), ids=FORGERIES)
def test_a_forged_history_is_found(ledger: None, statements: list[str], fault: str) -> None:
    tamper(*statements)
    assert fault in found()


def test_what_was_put_before_the_first_entry_is_named_and_the_first_is_not(ledger: None) -> None:
    tamper("INSERT INTO ledger_entry SELECT -4, hash, commitment, hash FROM ledger_entry WHERE number = 10")
    assert {fault.split()[1] for fault in found().splitlines() if fault.startswith("Entry")} == {"-4"}
    assert "Entries" not in found()


@pytest.mark.one_database
@pytest.mark.parametrize(
    "instant",
    ["'yesterday'", "'2026'", "at || '-07:00'", "at || 'Z'"],
    ids=["words", "a number to SQLite", "an offset, which others would heed", "an offset of none"],
)
def test_an_instant_that_is_none_is_a_fault_and_no_crash(ledger: None, instant: str) -> None:
    tamper(
        f"UPDATE ledger_words SET at = {instant} WHERE number = 4",
        "DELETE FROM ledger_words WHERE number = 6",
    )
    assert found().splitlines() == [
        "Entry 4 can't be read: it was not written by this software.",
        "The words of entry 6 are gone, and nothing says they were destroyed.",
    ]


def test_the_same_day_of_another_era_is_no_honest_one(ledger: None) -> None:
    # SQLite keeps the text itself; PostgreSQL an instant, which it could write without its era.
    then = "replace(CAST(at AS TEXT), '+00', '') || ' BC'"
    kept = then if db.engine.dialect.name == "sqlite" else f"CAST({then} AS timestamptz)"
    tamper(f"UPDATE ledger_words SET at = {kept} WHERE number = 4")
    assert found() == "Entry 4 can't be read: it was not written by this software."


def test_a_destruction_that_does_not_say_of_what_is_a_fault_and_no_crash(ledger: None) -> None:
    with writing():
        destroy_words(numbers_about("file:1"), reason="retention-5y", actor=Actor.system(), at=AT)
    tamper("UPDATE ledger_words SET details = '{}' WHERE number = 11")
    assert "Entry 1 can't be read" in found()
    assert "The words of entry 11 are not the ones that were recorded." in found()


@pytest.mark.one_database
def test_what_the_database_cannot_give_is_a_fault_that_quotes_nothing(ledger: None) -> None:
    tamper("UPDATE ledger_words SET actor = 'Ann Brown' || CAST(x'FF' AS TEXT) WHERE number = 4")
    fault = found()
    assert "can't be read from the database" in fault
    assert "Ann" not in fault


def test_lawful_destruction_leaves_the_chain_whole(ledger: None) -> None:
    before = public_entries()
    with writing():
        destroy_words(numbers_about("file:1"), reason="retention-5y", actor=Actor.system(), at=AT)
    assert numbers_about("file:1") == []
    assert found() == ""
    assert public_entries()[:10] == before
    said = session().get_one(Words, 11)
    assert (said.kind, said.facts) == (
        "ledger.words_destroyed",
        {"numbers": [1, 4, 7, 10], "reason": "retention-5y"},
    )


def test_a_destruction_that_is_rolled_back_destroys_nothing(ledger: None) -> None:
    def fail() -> None:
        with writing():
            destroy_words([4], reason="retention", actor=Actor.system(), at=AT)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert numbers_about("file:1") == [1, 4, 7, 10]
    assert found() == ""


def test_the_proof_of_a_destruction_cannot_be_destroyed_nor_words_twice(ledger: None) -> None:
    with writing():
        destroy_words([4], reason="retention", actor=Actor.system(), at=AT)
    for numbers in ([4], [11], [5, 99], []):
        with pytest.raises(ValueError, match="can't be destroyed"), writing():
            destroy_words(numbers, reason="retention", actor=Actor.system(), at=AT)


def test_words_that_came_back_after_their_destruction_are_found(ledger: None) -> None:
    kept = session().get_one(Words, 4)
    copy = f"('{kept.salt}', '2026-03-08 09:30:00.000000', '{kept.kind}', '{kept.actor}', '{kept.subject}'"
    with writing():
        destroy_words([4], reason="retention", actor=Actor.system(), at=AT)
    tamper(
        "INSERT INTO ledger_words (salt, at, kind, actor, subject, number, details) "
        f"VALUES {copy}, 4, '{{\"number\":4}}')"
    )
    assert "still there, though entry 11 destroyed them" in found()


def test_the_auditor_pages_through_the_newest_first(ledger: None) -> None:
    with writing():
        destroy_words([4], reason="retention", actor=Actor.system(), at=AT)
    first = entries_page(size=6)
    assert [entry.number for entry in first.rows] == [11, 10, 9, 8, 7, 6]
    second = entries_page(first.after, size=6)
    assert [entry.number for entry in second.rows] == [5, 4, 3, 2, 1]
    assert second.after is None
    gone = second.rows[1]
    assert gone.words is None
    assert gone.destruction is not None
    assert gone.destruction.entry_number == 11
    assert [entry.number for entry in entries_page(kind="kind1").rows] == [9, 7, 5, 3, 1]
    assert [entry.number for entry in entries_page(subject="file:1", actor="system").rows] == [10, 7, 1]


def test_the_public_sees_numbers_and_hashes_and_nothing_else(ledger: None) -> None:
    seen = public_entries(after_number=8)
    assert [row[0] for row in seen] == [9, 10]
    assert all(len(part) == 64 for row in seen for part in row[1:])


def test_equal_words_have_different_commitments(context: Flask) -> None:
    with writing():
        for _ in range(2):
            record("same", actor=Actor.system(), subject="file:1", at=AT)
    one, other = public_entries()
    assert one[2] != other[2]
