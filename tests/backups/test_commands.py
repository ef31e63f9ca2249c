"""The commands: where keys go, what is said, and an office whose restore was cut short."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask

from oversight.cli import main
from oversight.jobs.serving import only_one
from oversight.keys import KEY_FILES, make_keys, new_sealing_keys, read_keys
from oversight.settings import Settings
from tests.factories import filed
from tests.offices import surroundings

pytestmark = pytest.mark.one_database


def run(surroundings: Mapping[str, str], *words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words], env=surroundings)


@pytest.fixture
def here(app: Flask, settings: Settings) -> Mapping[str, str]:
    """The environment of an office with a file, and so with notices that wait."""
    with app.app_context():
        filed()
    return surroundings(settings)


@pytest.fixture
def elsewhere(tmp_path: Path) -> Mapping[str, str]:
    """The environment of an office that is not there yet."""
    return {"OVERSIGHT_DATA_DIR": str(tmp_path / "elsewhere"), "OVERSIGHT_DATABASE_URL": ""}


@pytest.fixture
def folders(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("copies")


def test_an_office_moves_with_a_backup_and_a_copy_of_its_keys(
    here: Mapping[str, str], elsewhere: Mapping[str, str], folders: Path
) -> None:
    backed_up = run(here, "backup", folders / "backup")
    assert backed_up.exit_code == 0
    assert "The keys are not in it" in backed_up.output
    assert run(here, "keys", "copy", folders / "keys").exit_code == 0
    restored = run(elsewhere, "restore", folders / "backup", "--keys", folders / "keys")
    assert restored.exit_code == 0, restored.output
    assert "the ledger is whole" in restored.output
    assert "Notices that wait to be sent: 1." in restored.output
    assert "under the Message-ID it had" in restored.output
    data_dir = Path(elsewhere["OVERSIGHT_DATA_DIR"])
    assert read_keys(data_dir) == read_keys(Path(here["OVERSIGHT_DATA_DIR"]))
    assert {(data_dir / name).stat().st_mode & 0o777 for name in KEY_FILES} == {0o600}
    assert run(elsewhere, "ledger", "verify").exit_code == 0


def test_without_keys_it_is_said_what_nobody_could_read(
    here: Mapping[str, str], elsewhere: Mapping[str, str], folders: Path
) -> None:
    run(here, "backup", folders / "backup")
    refused = run(elsewhere, "restore", folders / "backup")
    assert refused.exit_code == 1
    assert "Without them nobody could read who complained" in refused.output
    assert not Path(elsewhere["OVERSIGHT_DATA_DIR"]).exists()


def test_a_lost_session_key_is_made_anew(
    here: Mapping[str, str], elsewhere: Mapping[str, str], folders: Path
) -> None:
    run(here, "backup", folders / "backup")
    run(here, "keys", "copy", folders / "keys")
    (folders / "keys/secret-key").unlink()
    assert run(elsewhere, "restore", folders / "backup", "--keys", folders / "keys").exit_code == 0
    made = read_keys(Path(elsewhere["OVERSIGHT_DATA_DIR"]))
    assert made["secret-key"] != read_keys(Path(here["OVERSIGHT_DATA_DIR"]))["secret-key"]


def test_a_key_in_the_environment_that_is_another_is_named(
    here: Mapping[str, str], elsewhere: Mapping[str, str], folders: Path
) -> None:
    run(here, "backup", folders / "backup")
    run(here, "keys", "copy", folders / "keys")
    other = {**elsewhere, "OVERSIGHT_SEALING_KEYS": new_sealing_keys()}
    refused = run(other, "restore", folders / "backup", "--keys", folders / "keys")
    assert (refused.exit_code, "OVERSIGHT_SEALING_KEYS is set, and is another key" in refused.output) == (
        1,
        True,
    )


def test_keys_and_backup_do_not_lie_together(here: Mapping[str, str], folders: Path) -> None:
    run(here, "backup", folders / "backup")
    for place in (folders / "backup", folders / "backup/keys"):
        refused = run(here, "keys", "copy", place)
        assert (refused.exit_code, "is in a backup" in refused.output) == (1, True)
    own = run(here, "keys", "copy", here["OVERSIGHT_DATA_DIR"])
    assert (own.exit_code, "the office's own folder" in own.output) == (1, True)


def test_a_copy_of_other_keys_is_not_written_over(here: Mapping[str, str], folders: Path) -> None:
    make_keys(folders / "keys")
    before = read_keys(folders / "keys")
    refused = run(here, "keys", "copy", folders / "keys")
    assert (refused.exit_code, "is there already, and is another key" in refused.output) == (1, True)
    assert read_keys(folders / "keys") == before


def test_an_office_whose_restore_was_cut_short_does_nothing(
    here: Mapping[str, str], settings: Settings
) -> None:
    settings.restoring_file.write_bytes(b"half a database")
    for name in KEY_FILES:
        (settings.data_dir / name).unlink()
    for words in (["serve"], ["tick"], ["init"], ["check"], ["ledger", "verify"], ["backup", "anywhere"]):
        refused = run(here, *words)
        assert (refused.exit_code, "begun and is not finished" in refused.output) == (1, True), words
    assert read_keys(settings.data_dir) == {}


def test_an_office_that_is_served_is_not_restored(
    here: Mapping[str, str], settings: Settings, folders: Path
) -> None:
    run(here, "backup", folders / "backup")
    with only_one(settings):
        refused = run(here, "restore", folders / "backup")
    assert (refused.exit_code, "already serves this office" in refused.output) == (1, True)
