"""`oversight keys rotate` and `reseal`: with keys in the office's file, and with keys in the environment."""

import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask

from oversight.cli import main
from oversight.keys import new_sealing_keys, new_secret_key, parse_sealing_keys, read_keys
from oversight.kit.seal import Keyring
from oversight.settings import Settings
from tests.conftest import app
from tests.factories import filed
from tests.offices import surroundings

__all__ = ["app"]

pytestmark = pytest.mark.one_database
PLACE = "party.name:1"


def run(environment: Mapping[str, str], *words: str) -> Result:
    done = CliRunner().invoke(main, ["keys", *words], env=environment)
    assert done.exit_code == 0, done.output
    return done


def sealed_anew(done: Result) -> int:
    (count,) = re.findall(r"^(\d+) values in", done.output, re.M)
    return int(count)


@pytest.fixture
def office(app: Flask, settings: Settings) -> Mapping[str, str]:
    """The environment of an office that has a file, and so something sealed."""
    with app.app_context():
        filed()
    return surroundings(settings)


def test_keys_of_the_offices_own_file_are_rotated_at_once(
    office: Mapping[str, str], settings: Settings
) -> None:
    assert sealed_anew(run(office, "rotate")) > 0
    assert sealed_anew(run(office, "reseal")) == 0
    keys = read_keys(settings.data_dir)["sealing-keys"]
    assert keys.endswith(f",{settings.sealing_keys}")
    assert len(parse_sealing_keys(keys)) == 3


def test_keys_of_the_environment_are_rotated_in_two_stages(
    office: Mapping[str, str], settings: Settings
) -> None:
    now = {**office, "OVERSIGHT_SEALING_KEYS": settings.sealing_keys}
    told = run(now, "rotate")
    assert "sealed anew" not in told.output
    stages = re.findall(r"^OVERSIGHT_SEALING_KEYS='(.*)'$", told.output, re.M)
    assert (
        told.output.index(stages[0]) < told.output.index("oversight keys copy") < told.output.index(stages[1])
    )
    assert sealed_anew(run(now, "reseal")) == 0

    before, first, then = (Keyring(parse_sealing_keys(keys)) for keys in (settings.sealing_keys, *stages))
    # At no time does anybody meet what they can't open: neighbours in time open what each other seals.
    for one, other in ((before, first), (first, before), (first, then), (then, first)):
        assert one.open(other.seal(b"Ada", PLACE), PLACE) == b"Ada"
    assert not then.is_current(first.seal(b"Ada", PLACE))

    assert sealed_anew(run({**now, "OVERSIGHT_SEALING_KEYS": stages[0]}, "reseal")) == 0
    at_last = {**now, "OVERSIGHT_SEALING_KEYS": stages[1]}
    assert sealed_anew(run(at_last, "reseal")) > 0
    assert sealed_anew(run(at_last, "reseal")) == 0
    assert read_keys(settings.data_dir)["sealing-keys"] == settings.sealing_keys


def test_keys_that_the_environment_gives_are_not_made(tmp_path: Path) -> None:
    new = tmp_path / "new"
    given = {
        "OVERSIGHT_DATA_DIR": str(new),
        "OVERSIGHT_DATABASE_URL": "",
        "OVERSIGHT_SEALING_KEYS": new_sealing_keys(),
        "OVERSIGHT_SECRET_KEY": new_secret_key(),
    }
    begun = CliRunner().invoke(main, ["init", "--email", "max@city.example"], env=given)
    assert begun.exit_code == 0, begun.output
    assert read_keys(new).keys() == {"checkpoint-key.pem"}
