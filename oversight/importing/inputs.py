"""One file of an office's exports: what a mapping says of it, where it lies, and what a record of it is."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import NamedTuple


@dataclass(frozen=True)
class InputFile:
    """One `[files.…]` section. `encodings` are tried in order for each line.

    `belongs_to` is the alias of the file whose rows these hang on, where `ours` here equals `theirs` there.
    """

    alias: str
    path: str
    encodings: tuple[str, ...] = ("utf-8",)
    delimiter: str = ","
    header: bool = True
    columns: tuple[str, ...] = ()
    sheet: str = ""
    blank: frozenset[str] = frozenset({""})
    duplicates: str = "once"
    belongs_to: str = ""
    ours: str = ""
    theirs: str = ""


class InputError(Exception):
    """A file can't be read at all; str() says which file, where, and what to do."""


class Record(NamedTuple):
    """Cells as they stand. `refused`: why they can't be trusted. `repaired`: how they were read after all."""

    line: int
    cells: list[str]
    refused: str = ""
    repaired: str = ""


def nearest(name: str, names: Iterable[str]) -> str:
    """The one of the names that is most like it, or "" where none is like it."""
    known = {one.casefold(): one for one in names}
    near = get_close_matches(name.casefold(), known, n=1)
    return known[near[0]] if near else ""


def did_you_mean(name: str, names: Iterable[str]) -> str:
    """The sentence that suggests the nearest of the names, with a space before it; or nothing."""
    near = nearest(name, names)
    return f" Did you mean “{near}”?" if near else ""


def files_of(folder: Path) -> tuple[str, ...]:
    """Every file of a folder by its path from there."""
    return tuple(str(one.relative_to(folder)) for one in folder.rglob("*") if one.is_file())


def located(folder: Path, file: InputFile) -> Path:
    """Where the file lies; InputError unless a file is there, inside the folder."""
    path = folder / file.path
    if Path(file.path).is_absolute() or ".." in Path(file.path).parts:
        raise InputError(f"“{file.path}” must be a file in the folder: write its path from there.")
    try:
        if not folder.is_dir():
            raise InputError(_no_folder(folder))
        if path.is_file():
            return path
        raise InputError(_no_file(folder, path, file))
    except OSError as error:
        raise InputError(f"“{file.path}” can't be read: {error.strerror}.") from error


def _no_folder(folder: Path) -> str:
    if folder.exists():
        return f"“{folder}” is not a folder: name the folder that holds the exports."
    beside = folder.parent.iterdir() if folder.parent.is_dir() else ()
    near = did_you_mean(folder.name, (one.name for one in beside if one.is_dir()))
    return f"There is no folder “{folder}”.{near}"


def _no_file(folder: Path, path: Path, file: InputFile) -> str:
    if path.is_dir():
        return f"“{file.path}” is a folder: name the file in it."
    if path.exists():
        return f"“{file.path}” is neither a file nor a folder, so it can't be read."
    return f"There is no file “{file.path}” in “{folder}”.{did_you_mean(file.path, files_of(folder))}"
