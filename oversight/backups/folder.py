"""A backup as a folder: its files, and the manifest that names them all and is written last."""

import hashlib
import json
import os
import stat
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from oversight.backups.refusals import CannotRestore
from oversight.kit.seal import Keyring

MANIFEST = "manifest.json"
DATABASE = "database.sqlite"
FILES = "files"
"""Everything else that lay in the office's data folder, under the names it had there."""
FORMAT = 1
PURPOSE = "backup manifest"
CHUNK = 1 << 20

Tell = Callable[[int], None]
"""Takes how much of the work is done, in percent."""


def between(tell: Tell, first: int, last: int) -> Tell:
    """What a part of the work tells, as it stands within the whole."""
    return lambda percent: tell(first + percent * (last - first) // 100)


@dataclass(frozen=True)
class Copied:
    """A file of a backup: its size in bytes, and its SHA-256 in hexadecimal."""

    size: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """What a backup says of itself."""

    software: str
    migration: str
    """The last migration that its database has had."""
    taken_at: str
    place: str
    ledger_number: int
    ledger_hash: str
    sealing_keys: list[str]
    """The ids of the office's sealing keys: what was sealed with a key begins with its id anyway."""
    files: dict[str, Copied]

    @property
    def head(self) -> tuple[int, str]:
        """The last ledger entry's number and hash."""
        return (self.ledger_number, self.ledger_hash)


def write_manifest(folder: Path, manifest: Manifest, keys: Keyring) -> None:
    """Write the manifest, which makes the folder a backup, when everything else is on the disk."""
    fields = {"format": FORMAT, **asdict(manifest)}
    sealed = {**fields, "seal": _seal(fields, keys)}
    unfinished = folder / f".{MANIFEST}"
    unfinished.touch(mode=0o600)
    unfinished.write_text(json.dumps(sealed, indent=2) + "\n", encoding="utf-8")
    for directory, _, names in os.walk(folder):
        for name in (".", *names):
            put_on_disk(Path(directory, name))
    unfinished.replace(folder / MANIFEST)
    put_on_disk(folder)


def read_manifest(folder: Path) -> tuple[Manifest, dict[str, Any]]:
    """Return the manifest and the fields it was read from, which `check_seal` wants.

    CannotRestore for a folder that is no backup, is one of another format, or was cut short.
    """
    try:
        fields = json.loads((folder / MANIFEST).read_bytes())
        if fields["format"] != FORMAT:
            raise CannotRestore(f"{folder} was made by another version of this software, in another format.")
        plain = {name: value for name, value in fields.items() if name not in {"format", "seal"}}
        plain["files"] = {_safe(name): Copied(**facts) for name, facts in plain["files"].items()}
        return Manifest(**plain), fields
    except FileNotFoundError:
        raise CannotRestore(
            f"{folder} is not a backup, or its making was cut short: no {MANIFEST}."
        ) from None
    except (ValueError, TypeError, LookupError, AttributeError):
        raise CannotRestore(
            f"{folder / MANIFEST} can't be read: it was not written by this software."
        ) from None


def check_seal(fields: dict[str, Any], keys: Keyring) -> None:
    """CannotRestore unless these fields are, to the letter, what an office with these keys wrote."""
    plain = {name: value for name, value in fields.items() if name != "seal"}
    if fields.get("seal") != _seal(plain, keys):
        raise CannotRestore(
            f"{MANIFEST} was changed after the backup was made, or the keys are those of another office."
        )


def check_files(folder: Path, files: dict[str, Copied], tell: Tell) -> None:
    """CannotRestore, naming the file, unless the folder holds just these files, whole and unaltered."""
    found = set(_names_in(folder)) - {MANIFEST}
    if missing := sorted(set(files) - found):
        raise CannotRestore(f"{folder / missing[0]} is missing from the backup.")
    if extra := sorted(found - set(files)):
        raise CannotRestore(
            f"{folder / extra[0]} does not belong to the backup: its manifest does not name it."
        )
    whole, done = sum(facts.size for facts in files.values()) or 1, 0
    for name, facts in sorted(files.items()):
        if (folder / name).stat().st_size != facts.size or sha256_of(folder / name) != facts.sha256:
            raise CannotRestore(f"{folder / name} is damaged: it is not what was backed up.")
        done += facts.size
        tell(100 * done // whole)


def copy_file(source: Path, target: Path) -> Copied:
    """Copy a file for its owner alone; return what the copy holds."""
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    with source.open("rb") as reading, target.open("xb") as writing:
        target.chmod(0o600)
        while piece := reading.read(CHUNK):
            digest.update(piece)
            writing.write(piece)
            size += len(piece)
    return Copied(size, digest.hexdigest())


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def put_on_disk(path: Path) -> None:
    """Return when the file, or the folder's list of names, would outlive a loss of power."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _names_in(folder: Path) -> Iterator[str]:
    """The files there by their path from the folder. CannotRestore for what is neither file nor folder."""
    for directory, folders, names in os.walk(folder):
        for name in (*folders, *names):
            path = Path(directory, name)
            mode = path.lstat().st_mode
            if stat.S_ISREG(mode):
                yield path.relative_to(folder).as_posix()
            elif not stat.S_ISDIR(mode):
                raise CannotRestore(f"{path} is a link or a device, and no backup has any.")


def _safe(name: str) -> str:
    """The name, if it stays inside the folder; ValueError otherwise."""
    path = PurePosixPath(name)
    inside = path.parts[:1] == (FILES,) and len(path.parts) > 1 and ".." not in path.parts
    if name != DATABASE and not (inside and str(path) == name and "\0" not in name):
        raise ValueError(name)
    return name


def _seal(fields: dict[str, Any], keys: Keyring) -> str:
    return keys.blind_index(json.dumps(fields, sort_keys=True), PURPOSE).hex()
