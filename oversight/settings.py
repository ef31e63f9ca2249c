"""What an office sets in its environment, read once, checked whole, and never guessed."""

import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.errors import MessageError
from email.headerregistry import Address
from pathlib import Path
from typing import Self
from urllib.parse import SplitResult, urlsplit

from oversight.keys import CHECKPOINT_KEY, SEALING_KEYS, SECRET_KEY, make_keys, parse_sealing_keys

SMTP_SCHEMES = ("smtp", "smtp+starttls", "smtps")
PLACEHOLDERS = ("change", "example", "default", "secret", "password")
SHORTEST_SECRET = 32
KEY_SETTINGS = {SECRET_KEY: "OVERSIGHT_SECRET_KEY", SEALING_KEYS: "OVERSIGHT_SEALING_KEYS"}
"""What gives a key in place of its file."""


class SettingsError(Exception):
    """The settings can't be used; `problems` has one sentence for each thing to put right."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = problems
        listed = "".join(f"\n- {problem}" for problem in problems)
        super().__init__(f"The settings are not right:{listed}")


@dataclass(frozen=True, kw_only=True)
class Settings:
    """One office's settings. What is secret stays out of its representation, hence out of logs."""

    place: str = "alberta"
    database_url: str = field(repr=False)
    data_dir: Path
    secret_key: str = field(repr=False)
    sealing_keys: str = field(repr=False)
    public_url: str = "http://127.0.0.1:8000"
    smtp_url: str | None = field(default=None, repr=False)
    mail_from: str = field(default="office@localhost", repr=False)
    trusted_proxies: int = 0
    metrics_port: int | None = None
    """Where `oversight serve` gives its measures, on 127.0.0.1 alone; without one it gives none."""
    import_reports_days: int = 90
    demo: bool = False
    demo_password: str | None = field(default=None, repr=False)

    @classmethod
    def from_env(cls, environ: Mapping[str, str] = os.environ) -> Self:
        """Read `OVERSIGHT_…`; raise SettingsError naming every problem at once.

        Keys that the environment does not give are read from the files `oversight init` made. A demo
        makes them by itself, so that not even a demo runs on a secret that others know.
        """
        reader = _Reader(environ)
        demo = reader.switch("OVERSIGHT_DEMO")
        data_dir = data_dir_named(environ)
        if demo:
            make_keys(data_dir, given=keys_given(environ))
        public_url = reader.public_url()
        smtp_url = reader.smtp_url()
        settings = cls(
            place=reader.text("OVERSIGHT_PLACE") or "alberta",
            database_url=reader.database_url(data_dir),
            data_dir=data_dir,
            secret_key=reader.secret_key(data_dir, demo),
            sealing_keys=reader.sealing_keys(data_dir),
            public_url=public_url,
            smtp_url=smtp_url,
            mail_from=reader.mail_from(needed=smtp_url is not None, host=urlsplit(public_url).hostname),
            trusted_proxies=reader.trusted_proxies(),
            metrics_port=reader.metrics_port(),
            import_reports_days=reader.import_reports_days(),
            demo=demo,
            demo_password=reader.text("OVERSIGHT_DEMO_PASSWORD"),
        )
        if reader.problems:
            raise SettingsError(reader.problems)
        return settings

    @property
    def secure(self) -> bool:
        """Whether the public reaches the office over https, so that cookies and links must use it."""
        return self.public_url.startswith("https://")

    @property
    def database_file(self) -> Path | None:
        """Where the embedded database lies; None for an office on PostgreSQL."""
        return _file_of(self.database_url)

    @property
    def restoring_file(self) -> Path:
        """What lies there while the office is being restored: its database, until it takes its place."""
        return _restoring_file(self.database_url, self.data_dir)

    @property
    def import_reports_dir(self) -> Path:
        """Where the lists of an import's repaired and refused rows lie until they are past their time."""
        return self.data_dir / "imports"

    @property
    def checkpoint_key_file(self) -> Path:
        """Where the key lies that signs checkpoints of the ledger."""
        return self.data_dir / CHECKPOINT_KEY


def data_dir_named(environ: Mapping[str, str] = os.environ) -> Path:
    """The folder for the office's keys and embedded database; known before there are any keys."""
    return Path(environ.get("OVERSIGHT_DATA_DIR") or "instance").absolute()


def keys_given(environ: Mapping[str, str] = os.environ) -> set[str]:
    """The names of the key files in whose place the environment gives the key."""
    return {name for name, variable in KEY_SETTINGS.items() if environ.get(variable, "").strip()}


def restoring_file_named(environ: Mapping[str, str] = os.environ) -> Path:
    """`Settings.restoring_file`, known before there are any keys."""
    data_dir = data_dir_named(environ)
    return _restoring_file(_Reader(environ).database_url(data_dir), data_dir)


class _Reader:
    """Reads one variable after another and collects what is wrong with them."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self.environ = environ
        self.problems: list[str] = []

    def text(self, name: str) -> str | None:
        return self.environ.get(name, "").strip() or None

    def switch(self, name: str) -> bool:
        given = (self.text(name) or "no").lower()
        if given not in {"1", "true", "yes", "on", "0", "false", "no", "off"}:
            self.problems.append(f"{name} must be 1 or 0.")
        return given in {"1", "true", "yes", "on"}

    def trusted_proxies(self) -> int:
        given = self.text("OVERSIGHT_TRUSTED_PROXIES") or "0"
        if given.isascii() and given.isdigit() and int(given) <= 10:
            return int(given)
        self.problems.append("OVERSIGHT_TRUSTED_PROXIES must be the number of proxies in front, 0 to 10.")
        return 0

    def metrics_port(self) -> int | None:
        given = self.text("OVERSIGHT_METRICS_PORT")
        if given is None or (given.isascii() and given.isdigit() and 1 <= int(given) <= 65535):
            return int(given) if given else None
        self.problems.append("OVERSIGHT_METRICS_PORT must be a port of this machine, 1 to 65535.")
        return None

    def import_reports_days(self) -> int:
        given = self.text("OVERSIGHT_IMPORT_REPORTS_DAYS") or "90"
        if given.isascii() and given.isdigit() and 1 <= int(given) <= 3660:
            return int(given)
        self.problems.append("OVERSIGHT_IMPORT_REPORTS_DAYS must be a number of days, 1 to 3660.")
        return 90

    def public_url(self) -> str:
        port = self.text("PORT") or "8000"
        given = self.text("OVERSIGHT_PUBLIC_URL") or f"http://127.0.0.1:{port}"
        parts = _split(given)
        bare = parts and not (parts.path.strip("/") or parts.query or parts.fragment or parts.username)
        if not (parts and bare and parts.scheme in {"http", "https"}):
            self.problems.append("OVERSIGHT_PUBLIC_URL must be like https://oversight.city.example, no path.")
        return given.rstrip("/")

    def database_url(self, data_dir: Path) -> str:
        given = self.text("OVERSIGHT_DATABASE_URL") or f"sqlite:///{data_dir / 'oversight.sqlite'}"
        scheme, _, rest = given.partition("://")
        if scheme in {"postgresql", "postgres", "postgresql+psycopg"}:
            return f"postgresql+psycopg://{rest}"
        if scheme == "sqlite" and rest.startswith("/") and rest.strip("/") not in {"", ":memory:"}:
            return f"sqlite:///{Path(rest[1:]).absolute()}"
        self.problems.append("OVERSIGHT_DATABASE_URL must be postgresql://… or sqlite:///path/to/file.")
        return given

    def secret_key(self, data_dir: Path, demo: bool) -> str:
        name = "OVERSIGHT_SECRET_KEY"
        secret = self.text(name) or self._from_file(data_dir / SECRET_KEY, name)
        if secret and not demo and looks_like_a_default(secret):
            self.problems.append(
                f"{name} is short or looks like an example. Make one that nobody knows: "
                "python3 -c 'import secrets; print(secrets.token_urlsafe(48))'"
            )
        return secret

    def sealing_keys(self, data_dir: Path) -> str:
        name = "OVERSIGHT_SEALING_KEYS"
        keys = self.text(name) or self._from_file(data_dir / SEALING_KEYS, name)
        try:
            parse_sealing_keys(keys)
        except ValueError as error:
            if keys:
                self.problems.append(f"{name}: {error}")
        return keys

    def _from_file(self, path: Path, variable: str) -> str:
        try:
            mode = path.stat().st_mode
            content = path.read_text(encoding="utf-8").strip()
        except FileNotFoundError:
            self.problems.append(f"{variable} is not set, and there is no {path}: run `oversight init`.")
            return ""
        except (OSError, UnicodeDecodeError):
            self.problems.append(f"{path} can't be read.")
            return ""
        if mode & (stat.S_IRWXG | stat.S_IRWXO):
            self.problems.append(f"{path} is open to others on this machine: chmod 600 {path}")
        elif not content:
            self.problems.append(f"{path} is empty.")
        return content

    def smtp_url(self) -> str | None:
        given = self.text("OVERSIGHT_SMTP_URL")
        if given is None:
            return None
        parts = _split(given)
        if parts is None or parts.scheme not in SMTP_SCHEMES:
            self.problems.append("OVERSIGHT_SMTP_URL must begin with smtp://, smtp+starttls:// or smtps://.")
        elif parts.scheme == "smtp" and parts.password:
            self.problems.append("OVERSIGHT_SMTP_URL would send its password in clear: use smtps://.")
        return given

    def mail_from(self, *, needed: bool, host: str | None) -> str:
        given = self.text("OVERSIGHT_MAIL_FROM")
        if given is None and needed:
            self.problems.append("OVERSIGHT_MAIL_FROM is not set, so mail would come from nobody.")
        given = given or f"office@{host or 'localhost'}"
        if not is_one_address(given):
            self.problems.append("OVERSIGHT_MAIL_FROM must be one bare address, like office@city.example.")
        return given


def is_one_address(text: str) -> bool:
    """Whether a text is one bare e-mail address, of which a letter's header can be written."""
    try:
        address = Address(addr_spec=text)
    except (ValueError, MessageError, LookupError, AttributeError):  # the library is not of one mind
        return False
    return bool(address.domain) and address.addr_spec == text


def looks_like_a_default(secret: str) -> bool:
    """Whether a secret is too short or too plain to have been made at random."""
    plain = any(word in secret.lower() for word in PLACEHOLDERS)
    return plain or len(secret) < SHORTEST_SECRET or len(set(secret)) < 10


def _file_of(database_url: str) -> Path | None:
    scheme, _, path = database_url.partition(":///")
    return Path(path) if scheme == "sqlite" else None


def _restoring_file(database_url: str, data_dir: Path) -> Path:
    return Path(f"{_file_of(database_url) or data_dir / 'oversight.sqlite'}.restoring")


def _split(url: str) -> SplitResult | None:
    """The parts of a URL with a host and a possible port, or None."""
    try:
        parts = urlsplit(url)
        return parts if parts.hostname and (parts.port is None or parts.port > 0) else None
    except ValueError:
        return None
