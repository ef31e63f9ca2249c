"""The [files.…] sections: where each file lies, how it is written, and on which other file it hangs."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from oversight.importing.inputs import files_of, nearest
from oversight.importing.looking import as_written, nearest_sheet
from oversight.importing.mapping.problems import Problems
from oversight.importing.mapping.table import Table
from oversight.importing.reading import InputError, InputFile, columns_of

DUPLICATES = ("once", "keep")


def files_in(raw: Any, problems: Problems) -> tuple[InputFile, ...]:
    """Read every [files.…] section."""
    if not isinstance(raw, dict) or not raw:
        problems.add("[files]", "name at least one file, in a section such as [files.complaints].")
        return ()
    files = tuple(_file(alias, Table(each, f"[files.{alias}]", problems)) for alias, each in raw.items())
    _check_parents(files, problems)
    return files


def headers_of(
    folder: Path, files: tuple[InputFile, ...], problems: Problems
) -> dict[str, tuple[str, ...] | None]:
    """Return every file's columns by its alias: None where nobody can say.

    A file that can't be read is a problem. What names its columns is checked all the same, by those of the
    file that was probably meant.
    """
    headers: dict[str, tuple[str, ...] | None] = {}
    at_fault = {file.alias for file in files if problems.are_in(f"[files.{file.alias}]")}
    told: set[str] = set()
    for file in files:
        try:
            read = _probable_columns if file.alias in at_fault else columns_of
            headers[file.alias] = read(folder, file)
        except InputError as error:
            headers[file.alias] = _probable_columns(folder, file)
            # That the folder is not there is the same sentence for every file of it.
            if str(error) not in told:
                problems.add(f"[files.{file.alias}]", str(error))
            told.add(str(error))
    for file in files:
        _check_joins(file, headers, problems)
    return headers


def _probable_columns(folder: Path, file: InputFile) -> tuple[str, ...] | None:
    """The columns of the file and sheet of the nearest name, written as it looks."""
    path = nearest(file.path, files_of(folder)) if folder.is_dir() else ""
    try:
        meant = as_written(folder, nearest_sheet(folder, replace(file, path=path)))
        return columns_of(folder, meant) if path and meant.header else None
    except (InputError, OSError):
        return None


def _file(alias: str, table: Table) -> InputFile:
    belongs_to = table.text("belongs_to")
    ours, theirs = _by(table, belongs_to)
    file = InputFile(
        alias=alias,
        path=table.text("path", required=True),
        duplicates=_duplicates(table),
        belongs_to=belongs_to,
        ours=ours,
        theirs=theirs,
        encodings=table.words("encoding") or ("utf-8",),
        delimiter=_delimiter(table),
        sheet=table.text("sheet"),
        blank=frozenset({"", *(word.strip() for word in table.words("blank"))}),
        **_header(table),
    )
    table.done()
    return file


def _header(table: Table) -> dict[str, Any]:
    columns = table.words("columns")
    header = table.flag("header", default=not columns)
    if header and columns:
        table.problems.add(table.where, "“columns” are for a file without a header: say header = false.")
    if not header and not columns:
        table.problems.add(table.where, "a file without a header needs its “columns” named here.")
    if len(set(columns)) < len(columns):
        table.problems.add(f"{table.where} columns", "two columns have the same name.")
    return {"header": header, "columns": columns}


def _by(table: Table, belongs_to: str) -> tuple[str, str]:
    raw = table.raw("by")
    if raw is None:
        if belongs_to:
            table.problems.add(
                table.where, "“by” is missing: the column that tells to which row each belongs."
            )
        return "", ""
    if not belongs_to:
        table.problems.add(f"{table.where} by", "say in “belongs_to” to which file these rows belong.")
    if isinstance(raw, str):
        return raw, raw
    pair = Table(raw, f"{table.where} by", table.problems)
    ours, theirs = pair.text("ours", required=True), pair.text("theirs", required=True)
    pair.done()
    return ours, theirs


def _delimiter(table: Table) -> str:
    delimiter = table.text("delimiter", ",")
    if len(delimiter) != 1 or delimiter in '"\r\n':
        table.problems.add(
            f"{table.where} delimiter", r"this has to be one sign, such as “;” or “\t” for a tab."
        )
        return ","
    return delimiter


def _duplicates(table: Table) -> str:
    word = table.text("duplicates", "once")
    if word not in DUPLICATES:
        table.problems.unknown(f"{table.where} duplicates", f"“{word}” means nothing", DUPLICATES, word)
    return word


def _check_parents(files: tuple[InputFile, ...], problems: Problems) -> None:
    parents = {file.alias: file.belongs_to for file in files}
    for alias, parent in parents.items():
        where = f"[files.{alias}] belongs_to"
        if parent and parent not in parents:
            problems.unknown(where, f"There is no [files.{parent}]", parents, parent)
        elif parent and alias in _above(parent, parents):
            problems.add(where, "these files belong to each other in a circle.")


def root_of(alias: str, files: tuple[InputFile, ...]) -> str:
    """Return the alias of the file on which these rows hang in the end: its own where they hang on none."""
    above = _above(alias, {file.alias: file.belongs_to for file in files})
    return above[-1] if above else alias


def _above(alias: str, parents: Mapping[str, str]) -> list[str]:
    """The alias and the files above it, up to the one that hangs on none or begins a circle."""
    above: list[str] = []
    while alias and alias in parents and alias not in above:
        above.append(alias)
        alias = parents[alias]
    return above


def _check_joins(file: InputFile, headers: Mapping[str, tuple[str, ...] | None], problems: Problems) -> None:
    for alias, column in ((file.alias, file.ours), (file.belongs_to, file.theirs)):
        there = headers.get(alias)
        if column and there is not None and column not in there:
            what = f"There is no column “{column}” in {alias}"
            problems.unknown(f"[files.{file.alias}] by", what, there, column)
