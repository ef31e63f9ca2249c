"""A first mapping for a folder of exports, written by looking at them: guesses, each said to be one."""

import re
from collections.abc import Iterator
from pathlib import Path

from oversight.importing.guessing import Join, Plan, plan_of
from oversight.importing.inputs import InputError, InputFile, located
from oversight.importing.looking import Looked, looked_at, tables_in
from oversight.importing.sketching import sections
from oversight.importing.toml import heading, listed, on_one_line, quoted

OPENING = """\
# A first mapping, made by looking at the files. Every line is a guess until a person has read it: names of
# columns, how files join, what dates mean. DECIDE marks what only a person can know. docs/importing.md tells
# what each line means. Then try it: oversight import MAPPING.toml FOLDER --dry-run
"""


def suggest(folder: Path) -> str:
    """The text of a mapping for the tables in a folder. Raises InputError where there is none."""
    tables, unread = list[Looked](), list[str]()
    for file in _found(folder):
        try:
            tables.append(looked_at(folder, file))
        except InputError as error:
            unread.append(f"# Left out: {on_one_line(str(error))}")
    if not tables:
        raise InputError("\n".join([f"There is no table in “{folder}” that could be read.", *unread]))
    plan = plan_of(tables)
    return "\n".join([*_head(folder), *unread, *_files(plan), *sections(plan)]) + "\n"


def _found(folder: Path) -> list[InputFile]:
    if not folder.is_dir():
        located(folder, InputFile("", ""))
    return list(tables_in(folder))


def _head(folder: Path) -> Iterator[str]:
    name = folder.resolve().name
    source = re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-")[:40]
    yield OPENING
    yield "format = 1"
    yield f"source = {quoted(source if len(source) > 1 else 'office')}  # DECIDE: a short name, for good"
    yield f"title = {quoted(name[:200] or 'Past files')}"
    yield 'rulebook = "in force"  # DECIDE: or the name of the rules these files were decided under'
    yield ""


# ---- the files -------------------------------------------------------------------------------------------


def _files(plan: Plan) -> Iterator[str]:
    yield from heading("the files")
    yield from _file(plan.root)
    for table, join in plan.joins:
        yield from _file(table, join)
    for table in plan.loose:
        yield "# DECIDE: nothing was found that joins this file to the others."
        yield from (f"# {line}".rstrip() for line in _file(table))


def _file(table: Looked, join: Join | None = None) -> Iterator[str]:
    file = table.file
    yield f"[files.{file.alias}]  # {table.rows:,} rows"
    yield from (f"# Seen: {on_one_line(word)}." for word in table.unsure)
    yield f"path = {quoted(file.path)}"
    if file.sheet:
        yield f"sheet = {quoted(file.sheet)}"
    if file.encodings != ("utf-8",):
        yield f"encoding = {listed(file.encodings)}  # a guess: look at names with accents"
    if file.delimiter != ",":
        yield f"delimiter = {quoted(file.delimiter)}"
    if not file.header:
        yield "# Its first row looks like data. DECIDE: what the columns are called."
        yield f"header = false\ncolumns = {listed(file.columns)}"
    if len(file.blank) > 1:
        yield f"blank = {listed(sorted(file.blank))}  # a guess: words that mean nothing was written"
    if join is not None:
        yield from _joined(join)
        if not any(column.is_key for column in table.columns.values()):
            yield "# No column tells its rows apart. DECIDE: “keep”, if two rows that look alike both count."
            yield 'duplicates = "once"'
    yield ""


def _joined(join: Join) -> Iterator[str]:
    yield f"belongs_to = {quoted(join.parent)}  # a guess, by the words these columns share"
    same = join.ours == join.theirs
    both = f"{{ ours = {quoted(join.ours)}, theirs = {quoted(join.theirs)} }}"
    yield f"by = {quoted(join.ours) if same else both}"
