"""What is sealed opens only where it belongs, and only with the office's keys."""

from dataclasses import replace

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import MetaData, Table, select

from oversight.keys import add_sealing_key, new_sealing_keys, parse_sealing_keys, with_new_sealing_key
from oversight.kit.db import db, new_id, session, writing
from oversight.kit.reseal import reseal_everything
from oversight.kit.seal import Keyring, SealedJson, SealError, UnknownKeyError, blind_index
from oversight.outbox.models import StoredNotice
from oversight.settings import Settings
from tests.bare_app import bare_app
from tests.kit.test_db import a_notice

KEYS = new_sealing_keys()
RING = Keyring(parse_sealing_keys(KEYS))
PLACE = "party.name_sealed:1"


@given(st.binary())
def test_what_is_sealed_opens_unchanged(plain: bytes) -> None:
    assert RING.open(RING.seal(plain, PLACE), PLACE) == plain


def test_the_same_words_never_look_the_same_twice() -> None:
    assert RING.seal(b"Ada", PLACE) != RING.seal(b"Ada", PLACE)


@pytest.mark.parametrize("elsewhere", ["party.name_sealed:2", "party.phone_sealed:1", "user.name_sealed:1"])
def test_a_value_moved_to_another_row_or_column_does_not_open(elsewhere: str) -> None:
    with pytest.raises(SealError, match="belongs elsewhere"):
        RING.open(RING.seal(b"Ada", PLACE), elsewhere)


def test_any_changed_byte_is_noticed() -> None:
    sealed = RING.seal(b"Ada", PLACE)
    for position in range(len(sealed)):
        altered = bytearray(sealed)
        altered[position] ^= 1
        with pytest.raises(SealError):
            RING.open(bytes(altered), PLACE)
    for length in range(len(sealed)):
        with pytest.raises(SealError):
            RING.open(sealed[:length], PLACE)


def test_a_key_that_is_not_ours_is_named_as_the_reason() -> None:
    other = Keyring(parse_sealing_keys(new_sealing_keys()))
    with pytest.raises(UnknownKeyError, match="not in the list"):
        other.open(RING.seal(b"Ada", PLACE), PLACE)


def test_blind_indices_are_equal_for_equals_of_one_purpose_and_outlive_rotation() -> None:
    rotated = Keyring(parse_sealing_keys(with_new_sealing_key(KEYS)))
    assert RING.blind_index("a@example.org", "email") == rotated.blind_index("a@example.org", "email")
    assert RING.blind_index("a@example.org", "email") != RING.blind_index("b@example.org", "email")
    assert RING.blind_index("a@example.org", "email") != RING.blind_index("a@example.org", "receipt")
    other = Keyring(parse_sealing_keys(new_sealing_keys()))
    assert RING.blind_index("a@example.org", "email") != other.blind_index("a@example.org", "email")


def test_after_a_rotation_the_new_key_seals_and_the_old_one_still_opens() -> None:
    rotated = Keyring(parse_sealing_keys(with_new_sealing_key(KEYS)))
    old = RING.seal(b"Ada", PLACE)
    assert rotated.open(old, PLACE) == b"Ada"
    assert not rotated.is_current(old)
    assert rotated.is_current(rotated.seal(b"Ada", PLACE))


def test_a_sealed_attribute_reads_plainly_and_is_not_in_the_database(context: Flask) -> None:
    with writing() as current:
        current.add(row := a_notice(to="ada@example.org"))
    assert row.to == "ada@example.org"
    stored = session().execute(select(StoredNotice.to_sealed, StoredNotice.body_sealed)).one()
    assert b"ada" not in b"".join(stored)


def test_a_sealed_value_copied_to_another_row_does_not_open(context: Flask) -> None:
    one, other = a_notice(to="one@example.org"), a_notice(to="other@example.org")
    other.to_sealed = one.to_sealed
    with pytest.raises(SealError):
        _ = other.to


def test_what_is_required_can_be_neither_missing_nor_removed(context: Flask) -> None:
    row = a_notice()
    with pytest.raises(ValueError, match="empty"):
        row.to = None  # type: ignore[assignment]  # the point of the test
    row.to_sealed = None  # type: ignore[assignment]  # the point of the test
    with pytest.raises(ValueError, match="before it was set"):
        _ = row.to


def test_a_sealed_attribute_refuses_to_be_searched(context: Flask) -> None:
    with pytest.raises(TypeError, match="blind index"):
        select(StoredNotice).where(StoredNotice.to == "ada@example.org")


class Answers:
    """As much of a model as a sealed attribute needs."""

    __table__ = Table("answers", MetaData())
    answers = SealedJson("answers_sealed")

    def __init__(self) -> None:
        self.id = new_id()
        self.answers_sealed: bytes | None = None


def test_sealed_json_comes_back_as_a_copy(context: Flask) -> None:
    row = Answers()
    assert row.answers is None
    row.answers = {"what": ["é", 1, None]}
    row.answers["what"].append("lost")
    assert row.answers == {"what": ["é", 1, None]}
    row.answers = None
    assert row.answers_sealed is None


def test_rotating_reseals_all_and_keeps_every_word(settings: Settings, app: Flask) -> None:
    with app.app_context(), writing() as current:
        current.add_all(a_notice(to=f"{number}@example.org") for number in range(7))
    rotated = replace(settings, sealing_keys=with_new_sealing_key(settings.sealing_keys))
    with bare_app(rotated) as later, later.app_context():
        counts = reseal_everything(batch=3)
        assert {name: counts[f"outbox_notice.{name}_sealed"] for name in ("to", "subject", "body")} == {
            "to": 7,
            "subject": 7,
            "body": 7,
        }
        assert set(reseal_everything().values()) == {0}
    new_key_only = ",".join(e for e in rotated.sealing_keys.split(",") if e not in settings.sealing_keys)
    index = settings.sealing_keys.split(",")[1]
    without_the_old = replace(settings, sealing_keys=f"{new_key_only},{index}")
    with bare_app(without_the_old) as much_later, much_later.app_context():
        assert sorted(row.to[0] for row in session().scalars(select(StoredNotice))) == list("0123456")


def test_a_value_changed_during_the_rotation_stays_as_it_was_written(
    settings: Settings, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between reading a value and sealing it anew, someone else's change has gone by."""
    from oversight.kit import reseal

    with app.app_context(), writing() as current:
        current.add(row := a_notice(body="before"))
        row_id = row.id
    rotated = replace(settings, sealing_keys=with_new_sealing_key(settings.sealing_keys))
    with bare_app(rotated) as later, later.app_context():
        fresh = reseal._fresh

        def after_a_change(keys: Keyring, sealed: bytes, place: str) -> bytes | None:
            if "body" in place:
                row = session().get_one(StoredNotice, row_id)
                row.body = "after"
                session().flush()
            return fresh(keys, sealed, place)

        monkeypatch.setattr(reseal, "_fresh", after_a_change)
        assert reseal_everything()["outbox_notice.body_sealed"] == 0
        session().expire_all()
        assert session().get_one(StoredNotice, row_id).body == "after"


def test_an_office_at_work_notices_a_rotation_of_its_file(settings: Settings, app: Flask) -> None:
    with app.app_context():
        before = blind_index("a@example.org", "email")
    add_sealing_key(settings.data_dir)
    rotated = Settings.from_env(
        {"OVERSIGHT_DATA_DIR": str(settings.data_dir), "OVERSIGHT_DATABASE_URL": settings.database_url}
    )
    with bare_app(rotated) as command, command.app_context(), writing() as current:
        current.add(row := a_notice(to="ada@example.org"))
        row_id = row.id
    with app.app_context():
        assert session().get_one(StoredNotice, row_id).to == "ada@example.org"
        assert blind_index("a@example.org", "email") == before
        db.session.remove()
