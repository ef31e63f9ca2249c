"""The office's secrets as files: made once, readable to nobody else, never overwritten."""

import base64
import binascii
import fcntl
import os
import re
import secrets
import tempfile
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

SECRET_KEY = "secret-key"
SEALING_KEYS = "sealing-keys"
CHECKPOINT_KEY = "checkpoint-key.pem"
KEY_FILES = (SECRET_KEY, SEALING_KEYS, CHECKPOINT_KEY)
INDEX = "index"
"""The name, in the list of sealing keys, of the one that makes blind indices and is never rotated."""


def make_keys(data_dir: Path, *, given: Collection[str] = ()) -> list[Path]:
    """Make those of the office's keys that are missing, mode 0600; say which files were made.

    `given` names those that need no file, since the environment gives them.
    """
    data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    makers: dict[str, Callable[[], str]] = {
        SECRET_KEY: new_secret_key,
        SEALING_KEYS: new_sealing_keys,
        CHECKPOINT_KEY: _new_checkpoint_key,
    }
    return [
        data_dir / name
        for name, make in makers.items()
        if name not in given and _create(data_dir / name, make)
    ]


def new_secret_key() -> str:
    """A fresh key for what seals sessions."""
    return secrets.token_urlsafe(48)


def new_sealing_keys() -> str:
    """A list with one fresh key to seal with and the one for blind indices."""
    return f"{_new_entry()},{_new_entry(INDEX)}"


def with_new_sealing_key(keys: str) -> str:
    """The same list with a fresh key in front, which seals from now on; the others still open."""
    return in_two_stages(keys)[1]


def in_two_stages(keys: str) -> tuple[str, str]:
    """The same list with a fresh key, twice: last, where it only opens; and in front, where it seals.

    Of processes that read their lists one after another, those with the second list seal what those with the
    first can open already.
    """
    fresh = _new_entry()
    return f"{keys},{fresh}", f"{fresh},{keys}"


def read_keys(folder: Path) -> dict[str, str]:
    """The keys whose files lie in that folder, by the names of their files."""
    return {
        name: (folder / name).read_text(encoding="utf-8").strip()
        for name in KEY_FILES
        if (folder / name).exists()
    }


def write_keys(folder: Path, keys: dict[str, str]) -> list[Path]:
    """Write keys to files of their names, mode 0600; say which were not there yet.

    ValueError, and nothing written, if one is there and holds another key.
    """
    there = read_keys(folder)
    for name in keys.keys() & there.keys():
        if there[name] != keys[name]:
            raise ValueError(f"{folder / name} is there already, and is another key.")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return [folder / name for name, key in keys.items() if _create(folder / name, partial(str, key))]


def add_sealing_key(data_dir: Path) -> None:
    """Put a fresh key in front of the office's file of sealing keys: the first half of a rotation."""
    path = data_dir / SEALING_KEYS
    # Of two at once the later would take away the key with which the earlier has begun to seal.
    with _held(data_dir):
        keys = path.read_text(encoding="utf-8").strip()
        _written_beside(path, with_new_sealing_key(keys)).replace(path)


def parse_sealing_keys(text: str) -> dict[str, bytes]:
    """Keys by their id, in order, from `id:base64,…`; ValueError says what is wrong, without the keys.

    One entry must be named `index`. The first of the others seals.
    """
    keys: dict[str, bytes] = {}
    for entry in text.split(","):
        key_id, _, encoded = entry.strip().partition(":")
        if not re.fullmatch(r"[a-z0-9-]{1,16}", key_id):
            raise ValueError("each entry must be id:base64, the id of a-z, 0-9 and -.")
        if key_id in keys:
            raise ValueError(f"the id {key_id} stands twice.")
        try:
            keys[key_id] = base64.b64decode(encoded, validate=True)
        except binascii.Error:
            raise ValueError(f"the key {key_id} is not base64.") from None
        if len(keys[key_id]) != 32:
            raise ValueError(f"the key {key_id} must have 32 bytes.")
    if INDEX not in keys or len(keys) < 2:
        raise ValueError(f"it needs a key to seal with and one named {INDEX}.")
    return keys


@contextmanager
def _held(folder: Path) -> Iterator[None]:
    """Wait until nobody else holds the folder, then hold it; the kernel lets go when the process dies."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _new_entry(key_id: str | None = None) -> str:
    return f"{key_id or secrets.token_hex(4)}:{base64.b64encode(secrets.token_bytes(32)).decode()}"


def _new_checkpoint_key() -> str:
    key = Ed25519PrivateKey.generate()
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


def _create(path: Path, make: Callable[[], str]) -> bool:
    """Write the file unless it is there; of two processes that start at once, one wins and both agree."""
    if path.exists():
        return False
    written = _written_beside(path, make())
    try:
        os.link(written, path)
        return True
    except FileExistsError:
        return False
    finally:
        written.unlink()


def _written_beside(path: Path, content: str) -> Path:
    """A temporary file in the same folder, open to nobody else, safely on the disk."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(content + "\n")
        file.flush()
        os.fsync(file.fileno())
    return Path(name)
