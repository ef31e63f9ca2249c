"""Settings are checked whole, before anything starts, and show no secret."""

import base64
import dataclasses
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from oversight.keys import add_sealing_key, make_keys, new_sealing_keys, parse_sealing_keys, read_keys
from oversight.settings import Settings, SettingsError

SECRET = "tN4vXo2kQz8LwYb6RfJ1cMh5GpDsUa7eTiBn0KxVqWy"
KEYS = new_sealing_keys()


def office(tmp_path: Path, **more: str) -> Settings:
    return Settings.from_env(
        {
            "OVERSIGHT_DATA_DIR": str(tmp_path),
            "OVERSIGHT_SECRET_KEY": SECRET,
            "OVERSIGHT_SEALING_KEYS": KEYS,
            **more,
        }
    )


def problems(tmp_path: Path, **more: str) -> str:
    with pytest.raises(SettingsError) as raised:
        office(tmp_path, **more)
    return "\n".join(raised.value.problems)


def test_an_office_has_a_database_in_its_data_folder_unless_it_says_otherwise(tmp_path: Path) -> None:
    settings = office(tmp_path)
    assert settings.database_url == f"sqlite:///{tmp_path}/oversight.sqlite"
    assert settings.place == "alberta"
    assert not settings.demo
    assert settings.smtp_url is None


@pytest.mark.parametrize("scheme", ["postgresql", "postgres", "postgresql+psycopg"])
def test_postgresql_is_spoken_to_by_the_current_driver(tmp_path: Path, scheme: str) -> None:
    settings = office(tmp_path, OVERSIGHT_DATABASE_URL=f"{scheme}://me:hush@db/oversight")
    assert settings.database_url == "postgresql+psycopg://me:hush@db/oversight"


@pytest.mark.parametrize("url", ["mysql://db/x", "sqlite://", "sqlite:///:memory:", "oversight.db"])
def test_other_databases_are_refused(tmp_path: Path, url: str) -> None:
    assert "OVERSIGHT_DATABASE_URL" in problems(tmp_path, OVERSIGHT_DATABASE_URL=url)


def test_all_problems_are_told_at_once(tmp_path: Path) -> None:
    told = problems(
        tmp_path,
        OVERSIGHT_SECRET_KEY="change-me",
        OVERSIGHT_SEALING_KEYS="one:AAAA",
        OVERSIGHT_PUBLIC_URL="oversight.city.example",
        OVERSIGHT_SMTP_URL="smtp://me:hush@mail.example",
        OVERSIGHT_MAIL_FROM="Office <office@city.example>",
        OVERSIGHT_TRUSTED_PROXIES="many",
        OVERSIGHT_METRICS_PORT="65536",
        OVERSIGHT_IMPORT_REPORTS_DAYS="0",
        OVERSIGHT_DEMO="perhaps",
        OVERSIGHT_DATABASE_URL="mysql://db/x",
    )
    for name in (
        "SECRET_KEY",
        "SEALING_KEYS",
        "PUBLIC_URL",
        "SMTP_URL",
        "MAIL_FROM",
        "TRUSTED_PROXIES",
        "METRICS_PORT",
        "IMPORT_REPORTS_DAYS",
        "DEMO",
        "DATABASE_URL",
    ):
        assert f"OVERSIGHT_{name}" in told
    assert "hush" not in told
    assert "AAAA" not in told


@pytest.mark.parametrize("secret", ["", "dev", "a" * 64, "change-this-to-something-nobody-else-knows"])
def test_no_office_starts_on_a_missing_or_default_secret(tmp_path: Path, secret: str) -> None:
    assert "OVERSIGHT_SECRET_KEY" in problems(tmp_path, OVERSIGHT_SECRET_KEY=secret)


def test_mail_needs_a_sender(tmp_path: Path) -> None:
    assert "OVERSIGHT_MAIL_FROM" in problems(tmp_path, OVERSIGHT_SMTP_URL="smtps://mail.example")


@pytest.mark.parametrize(
    "sender", ["office", "@x.example", "a@b@c", ".a@b.c", "a..b@c.d", "a b@c.d", "a@b,c@d", "a@["]
)
def test_the_sender_is_an_address_that_letters_can_bear(tmp_path: Path, sender: str) -> None:
    assert "OVERSIGHT_MAIL_FROM" in problems(tmp_path, OVERSIGHT_MAIL_FROM=sender)


@pytest.mark.parametrize("url", ["http://", "ftp://x", "https://x/under", "https://x:port", "https://me@x"])
def test_the_public_address_is_one_host(tmp_path: Path, url: str) -> None:
    assert "OVERSIGHT_PUBLIC_URL" in problems(tmp_path, OVERSIGHT_PUBLIC_URL=url)


def test_an_embedded_office_reads_the_keys_that_init_made(tmp_path: Path) -> None:
    data_dir = tmp_path / "office"
    made = make_keys(data_dir)
    assert {path.name for path in made} == {"secret-key", "sealing-keys", "checkpoint-key.pem"}
    assert {path.stat().st_mode & 0o777 for path in made} == {0o600}
    settings = Settings.from_env({"OVERSIGHT_DATA_DIR": str(data_dir)})
    assert make_keys(data_dir) == []
    assert Settings.from_env({"OVERSIGHT_DATA_DIR": str(data_dir)}) == settings
    assert settings.checkpoint_key_file in made


def test_an_office_without_keys_is_told_to_make_them(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="oversight init"):
        Settings.from_env({"OVERSIGHT_DATA_DIR": str(tmp_path)})
    assert list(tmp_path.iterdir()) == []


def test_keys_that_others_can_read_are_refused(tmp_path: Path) -> None:
    make_keys(tmp_path)
    (tmp_path / "sealing-keys").chmod(0o640)
    with pytest.raises(SettingsError, match="chmod 600"):
        Settings.from_env({"OVERSIGHT_DATA_DIR": str(tmp_path)})


def test_two_demos_share_no_secret(tmp_path: Path) -> None:
    one, other = (
        Settings.from_env({"OVERSIGHT_DEMO": "1", "OVERSIGHT_DATA_DIR": str(tmp_path / name)})
        for name in ("one", "other")
    )
    assert one.demo
    assert one.secret_key != other.secret_key
    assert one.sealing_keys != other.sealing_keys


def test_a_demo_makes_no_keys_that_are_given(tmp_path: Path) -> None:
    office(tmp_path, OVERSIGHT_DEMO="1")
    assert read_keys(tmp_path).keys() == {"checkpoint-key.pem"}


def test_no_secret_is_in_the_representation(tmp_path: Path) -> None:
    settings = office(
        tmp_path,
        OVERSIGHT_DATABASE_URL="postgresql://me:hush@db/oversight",
        OVERSIGHT_SMTP_URL="smtps://me:hush@mail.example",
        OVERSIGHT_MAIL_FROM="office@city.example",
        OVERSIGHT_DEMO_PASSWORD="hush-hush",
    )
    shown = repr(settings)
    for secret in (SECRET, KEYS, "hush", "office@city.example"):
        assert secret not in shown


def test_settings_do_not_change_after_the_start(tmp_path: Path) -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        office(tmp_path).demo = True  # type: ignore[misc]  # the point of the test


def test_a_new_sealing_key_goes_in_front_and_the_old_ones_stay(tmp_path: Path) -> None:
    make_keys(tmp_path)
    path = tmp_path / "sealing-keys"
    before = parse_sealing_keys(path.read_text().strip())
    add_sealing_key(tmp_path)
    after = parse_sealing_keys(path.read_text().strip())
    assert list(after)[1:] == list(before)
    assert path.stat().st_mode & 0o777 == 0o600
    assert {entry.name for entry in tmp_path.iterdir()} == {
        "secret-key",
        "sealing-keys",
        "checkpoint-key.pem",
    }


def test_of_sealing_keys_made_at_once_none_is_lost(tmp_path: Path) -> None:
    make_keys(tmp_path)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(add_sealing_key, [tmp_path] * 8))
    assert len(parse_sealing_keys(read_keys(tmp_path)["sealing-keys"])) == 2 + 8


SHORT = base64.b64encode(b"short").decode()
GOOD = base64.b64encode(bytes(range(32))).decode()


@pytest.mark.parametrize(
    "keys",
    [
        "",
        GOOD,
        f"a:{GOOD}",
        f"index:{GOOD}",
        f"a:{SHORT},index:{GOOD}",
        f"a:{GOOD},a:{GOOD},index:{GOOD}",
        f"A B:{GOOD},index:{GOOD}",
        f"a:!!!,index:{GOOD}",
    ],
)
def test_a_list_of_keys_that_is_wrong_is_refused(keys: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        parse_sealing_keys(keys)
