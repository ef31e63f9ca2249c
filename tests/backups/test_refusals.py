"""What is no whole backup of this office is refused with a clear word, and nothing is touched."""

import base64
import json
import os
import secrets
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import NullPool, create_engine

from oversight.backups.folder import DATABASE, MANIFEST, Copied, Manifest, sha256_of, write_manifest
from oversight.backups.refusals import CannotBackUp, CannotRestore
from oversight.keys import (
    SEALING_KEYS,
    make_keys,
    new_sealing_keys,
    parse_sealing_keys,
    read_keys,
    with_new_sealing_key,
)
from oversight.kit.migrations import bring_up_to_date, newest, reached
from oversight.kit.seal import Keyring
from oversight.settings import Settings
from tests.backups.conftest import back_up, bring_back
from tests.conftest import RUN
from tests.factories import filed
from tests.offices import office

EVIDENCE = "files/evidence/statement.pdf"


@pytest.fixture(scope="module")
def small(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """A small office that keeps a file beside its database, and its backup in a folder beside its own."""
    data_dir = tmp_path_factory.mktemp("small") / "office"
    make_keys(data_dir)
    with request.config.stash[RUN].database("sqlite") as url:
        settings = Settings.from_env({"OVERSIGHT_DATA_DIR": str(data_dir), "OVERSIGHT_DATABASE_URL": url})
        (data_dir / "evidence").mkdir()
        (settings.data_dir / "evidence/statement.pdf").write_bytes(b"what somebody saw")
        with office(settings) as app, app.app_context():
            filed()
        back_up(settings, data_dir.with_name("backup"))
        yield settings


@pytest.fixture
def settings(small: Settings, tmp_path: Path) -> Settings:
    """The office, which this test may do anything to."""
    data_dir = shutil.copytree(small.data_dir, tmp_path / "office")
    shutil.copy(str(small.database_file), data_dir / "oversight.sqlite")
    return replace(small, data_dir=data_dir, database_url=f"sqlite:///{data_dir / 'oversight.sqlite'}")


@pytest.fixture
def backup(small: Settings, tmp_path: Path) -> Path:
    """Its backup, likewise."""
    return shutil.copytree(small.data_dir.with_name("backup"), tmp_path / "backup")


@pytest.fixture
def new(small: Settings, tmp_path: Path) -> Settings:
    """A new office with the same keys, in a folder that is not there yet."""
    folder = tmp_path / "new"
    return replace(small, data_dir=folder, database_url=f"sqlite:///{folder / 'oversight.sqlite'}")


def rewrite(folder: Path, change: Callable[[dict], None]) -> None:
    fields = json.loads((folder / MANIFEST).read_text())
    change(fields)
    (folder / MANIFEST).write_text(json.dumps(fields))


def lose_a_byte(folder: Path) -> None:
    os.truncate(folder / DATABASE, (folder / DATABASE).stat().st_size - 1)


def alter_a_byte(folder: Path) -> None:
    with (folder / DATABASE).open("r+b") as file:
        file.seek(5000)
        byte = file.read(1)
        file.seek(5000)
        file.write(bytes([byte[0] ^ 1]))


def put_a_link(folder: Path) -> None:
    (folder / EVIDENCE).unlink()
    (folder / EVIDENCE).symlink_to("/etc/hostname")


def name_a_file_outside(folder: Path) -> None:
    rewrite(folder, lambda fields: fields["files"].update({"files/../../escaped": {"size": 0, "sha256": ""}}))


def name_a_key(folder: Path) -> None:
    rewrite(folder, lambda fields: fields["files"].update({"/etc/passwd": {"size": 0, "sha256": ""}}))


def set_the_head_back(folder: Path) -> None:
    rewrite(folder, lambda fields: fields.update(ledger_number=fields["ledger_number"] - 1))


DAMAGES = [
    (lose_a_byte, "database.sqlite is damaged"),
    (alter_a_byte, "database.sqlite is damaged"),
    (lambda folder: (folder / DATABASE).unlink(), "database.sqlite is missing"),
    (lambda folder: (folder / EVIDENCE).unlink(), "statement.pdf is missing"),
    (lambda folder: (folder / EVIDENCE).write_bytes(b"what somebody says"), "statement.pdf is damaged"),
    (lambda folder: (folder / MANIFEST).unlink(), "cut short: no manifest.json"),
    (lambda folder: (folder / MANIFEST).write_text('{"format": 1, "soft'), "can't be read"),
    (lambda folder: (folder / MANIFEST).write_text("[]"), "can't be read"),
    (lambda folder: rewrite(folder, lambda fields: fields.pop("place")), "can't be read"),
    (lambda folder: rewrite(folder, lambda fields: fields.update(format=2)), "another version"),
    (lambda folder: rewrite(folder, lambda fields: fields.update(place="ohio")), "changed after the backup"),
    (lambda folder: rewrite(folder, lambda fields: fields.pop("seal")), "changed after the backup"),
    (lambda folder: (folder / "files/extra").write_text("more"), "extra does not belong to the backup"),
    (lambda folder: (folder / "sealing-keys").write_text("x"), "sealing-keys does not belong to the backup"),
    (put_a_link, "is a link or a device"),
    (lambda folder: os.mkfifo(folder / "files/pipe"), "is a link or a device"),
    (name_a_file_outside, "can't be read"),
    (name_a_key, "can't be read"),
    (set_the_head_back, "changed after the backup"),
    (shutil.rmtree, "is not a backup"),
]


@pytest.mark.parametrize(("damage", "word"), DAMAGES)
def test_a_damaged_backup_is_refused(
    backup: Path, new: Settings, damage: Callable[[Path], None], word: str
) -> None:
    damage(backup)
    with pytest.raises(CannotRestore, match=word):
        bring_back(new, backup)
    assert not new.data_dir.exists()


def test_an_office_that_is_not_new_is_left_as_it_is(backup: Path, settings: Settings) -> None:
    with pytest.raises(CannotRestore, match="not new: its ledger has"):
        bring_back(settings, backup)
    assert not settings.restoring_file.exists()


def test_an_office_that_was_only_prepared_is_new(backup: Path, new: Settings) -> None:
    new.data_dir.mkdir()
    bring_up_to_date(create_engine(new.database_url, poolclass=NullPool))
    assert bring_back(new, backup).entries > 0


def test_the_files_beside_the_database_come_back_for_their_owner_alone(backup: Path, new: Settings) -> None:
    bring_back(new, backup)
    restored = new.data_dir / "evidence/statement.pdf"
    assert restored.read_bytes() == b"what somebody saw"
    assert (restored.stat().st_mode & 0o777, restored.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    assert {path.name for path in new.data_dir.iterdir()} == {"evidence", "oversight.sqlite"}


def test_another_file_in_the_way_stays(backup: Path, new: Settings) -> None:
    (new.data_dir / "evidence").mkdir(parents=True)
    (new.data_dir / "evidence/statement.pdf").write_bytes(b"something else")
    with pytest.raises(CannotRestore, match=r"statement.pdf is there already"):
        bring_back(new, backup)
    assert (new.data_dir / "evidence/statement.pdf").read_bytes() == b"something else"


def test_other_keys_in_the_way_stay(backup: Path, new: Settings, settings: Settings) -> None:
    new.data_dir.mkdir()
    other = new_sealing_keys()
    (new.data_dir / SEALING_KEYS).write_text(other)
    with pytest.raises(CannotRestore, match="sealing-keys is there already, and is another key"):
        bring_back(new, backup, read_keys(settings.data_dir))
    assert read_keys(new.data_dir) == {SEALING_KEYS: other}


def test_keys_of_another_office_are_refused(backup: Path, new: Settings) -> None:
    with pytest.raises(CannotRestore, match="keys are those of another office"):
        bring_back(replace(new, sealing_keys=new_sealing_keys()), backup)


def test_a_copy_of_the_keys_from_before_a_rotation_is_refused(
    settings: Settings, tmp_path: Path, new: Settings
) -> None:
    rotated = replace(settings, sealing_keys=with_new_sealing_key(settings.sealing_keys))
    folder = tmp_path / "rotated"
    back_up(rotated, folder)
    with pytest.raises(CannotRestore, match="younger than their last rotation"):
        bring_back(new, folder)


def test_a_key_under_an_old_name_that_opens_nothing_is_refused(backup: Path, new: Settings) -> None:
    """The manifest fits, since the key of indices does; what was sealed does not open."""
    name = next(iter(parse_sealing_keys(new.sealing_keys)))
    index = new.sealing_keys.partition(",")[2]
    other = f"{name}:{base64.b64encode(secrets.token_bytes(32)).decode()},{index}"
    with pytest.raises(CannotRestore, match=r"do not open 1 values of complaint"):
        bring_back(replace(new, sealing_keys=other), backup)
    assert list(new.data_dir.iterdir()) == []


def test_a_backup_of_another_place_is_refused(backup: Path, new: Settings) -> None:
    with pytest.raises(CannotRestore, match="an office of alberta; OVERSIGHT_PLACE says new_york"):
        bring_back(replace(new, place="new_york"), backup)


def forged(backup: Path, settings: Settings, **changes: object) -> None:
    """What whoever has the keys could write: a manifest that fits the database as it is now."""
    fields = json.loads((backup / MANIFEST).read_text())
    plain = {name: value for name, value in fields.items() if name not in {"format", "seal"}} | changes
    plain["files"] = {
        name: Copied((backup / name).stat().st_size, sha256_of(backup / name)) for name in fields["files"]
    }
    write_manifest(backup, Manifest(**plain), Keyring(parse_sealing_keys(settings.sealing_keys)))


def test_a_backup_of_a_newer_software_is_refused(backup: Path, new: Settings) -> None:
    forged(backup, new, migration="9999")
    with pytest.raises(CannotRestore, match="made by a newer software"):
        bring_back(new, backup)


def test_a_ledger_that_is_not_whole_is_refused(backup: Path, new: Settings) -> None:
    with sqlite3.connect(backup / DATABASE) as file:
        file.execute("DROP TRIGGER ledger_words_no_update")
        file.execute("UPDATE ledger_words SET kind = 'step.other' WHERE number = 1")
    file.close()
    forged(backup, new)
    with pytest.raises(CannotRestore, match="ledger is not whole"):
        bring_back(new, backup)
    assert list(new.data_dir.iterdir()) == []


def test_a_ledger_that_ends_elsewhere_is_refused(backup: Path, new: Settings) -> None:
    forged(backup, new, ledger_number=1)
    with pytest.raises(CannotRestore, match="The ledger ends at"):
        bring_back(new, backup)


def test_a_backup_of_an_older_software_is_brought_up_to_date(
    settings: Settings, new: Settings, tmp_path: Path
) -> None:
    older = tmp_path / "older.sqlite"
    engine = create_engine(f"sqlite:///{older}", poolclass=NullPool)
    bring_up_to_date(engine, to="0001")
    folder = tmp_path / "older"
    back_up(replace(settings, database_url=f"sqlite:///{older}"), folder)
    assert json.loads((folder / MANIFEST).read_text())["migration"] == "0001"
    bring_back(new, folder)
    assert reached(create_engine(new.database_url, poolclass=NullPool)) == newest()


def test_a_folder_with_something_in_it_is_not_backed_up_into(settings: Settings, tmp_path: Path) -> None:
    folder = tmp_path / "full"
    folder.mkdir()
    (folder / "mine").write_text("keep this")
    with pytest.raises(CannotBackUp, match="not empty"):
        back_up(settings, folder)
    assert [path.name for path in folder.iterdir()] == ["mine"]


def test_the_offices_own_folder_holds_no_backup(settings: Settings) -> None:
    with pytest.raises(CannotBackUp, match="the office's own folder, or in it"):
        back_up(settings, settings.data_dir / "backup")


def test_a_link_among_the_offices_files_is_named(settings: Settings, tmp_path: Path) -> None:
    (settings.data_dir / "evidence/elsewhere").symlink_to("/etc")
    folder = tmp_path / "linked"
    with pytest.raises(CannotBackUp, match="elsewhere is a link"):
        back_up(settings, folder)
    assert not folder.exists()


def test_no_office_no_backup(new: Settings, tmp_path: Path) -> None:
    with pytest.raises(CannotBackUp, match="no office here yet"):
        back_up(new, tmp_path / "nothing")
    new.data_dir.mkdir()
    assert not list(new.data_dir.iterdir())


def test_a_full_disk_leaves_no_half_backup(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device", "files/evidence")

    monkeypatch.setattr("oversight.backups.making.write_manifest", full)
    folder = tmp_path / "disk"
    with pytest.raises(CannotBackUp, match="can't be read or written: No space left on device"):
        back_up(settings, folder)
    assert not folder.exists()


def test_keys_and_what_lies_beside_them_are_in_no_backup(backup: Path, settings: Settings) -> None:
    for name in ("pulse.sqlite", "serving.lock", "imports/refused.csv", ".half-written"):
        (settings.data_dir / name).parent.mkdir(exist_ok=True)
        (settings.data_dir / name).write_text("not to be kept")
    folder = backup.with_name("again")
    back_up(settings, folder)
    names = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert names == {MANIFEST, DATABASE, EVIDENCE}
    secrets_of_the_office = [key.encode() for key in read_keys(settings.data_dir).values()]
    for path in folder.rglob("*"):
        if path.is_file():
            assert path.stat().st_mode & 0o077 == 0
            assert not any(key in path.read_bytes() for key in secrets_of_the_office)


def test_a_database_that_does_not_answer_is_said_in_words(
    backup: Path, settings: Settings, new: Settings, tmp_path: Path
) -> None:
    nowhere = "postgresql+psycopg://nobody@/none?host=/nowhere"
    with pytest.raises(CannotRestore, match="database can't be read or written: connection"):
        bring_back(replace(new, database_url=nowhere), backup)
    with pytest.raises(CannotBackUp, match="database can't be read or written: connection"):
        back_up(replace(settings, database_url=nowhere), tmp_path / "none")
    assert not (tmp_path / "none").exists()
    assert not new.data_dir.exists()
