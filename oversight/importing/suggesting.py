"""A first mapping for a folder of exports, written by looking at them: guesses, each said to be one."""

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from oversight.importing.guessing import Join, Plan, Roles, number_of, plan_of, roles_of
from oversight.importing.inputs import InputError, InputFile, located
from oversight.importing.looking import Column, Looked, day_or_month_first, looked_at, tables_in

OPENING = """\
# A first mapping, made by looking at the files. Every line is a guess until a person has read it: names of
# columns, how files join, what dates mean. DECIDE marks what only a person can know. docs/importing.md tells
# what each line means. Then try it: oversight import MAPPING.toml FOLDER --dry-run
"""
STATE_FROM_ALLEGATIONS = """\
# No column looks like a stage. So: open while an allegation is, ended once all are.
[complaint.state]
from_allegations = true
open = "investigation"
ended = "resolved"
without = "closed_without_finding"
"""
ABOUT_VALUES = (
    "# DECIDE: on the right goes our code; docs/importing.md lists them. Left empty, it is not known."
)
KIND_COMES_AGAIN = 4
"""How often, on average, each word of a column is there if the words are kinds of something."""
COMPLAINT_DATES = ("happened_on", "ended_on")
CODED_OF_ALLEGATION = ("code", "finding", "corrective")


def suggest(folder: Path) -> str:
    """The text of a mapping for the tables in a folder. Raises InputError where there is none."""
    tables, unread = list[Looked](), list[str]()
    for file in _found(folder):
        try:
            tables.append(looked_at(folder, file))
        except InputError as error:
            unread.append(f"# Left out: {_on_one_line(str(error))}")
    if not tables:
        raise InputError("\n".join([f"There is no table in “{folder}” that could be read.", *unread]))
    plan = plan_of(tables)
    return "\n".join([*_head(folder), *unread, *_files(plan), *_sections(plan, tables)]) + "\n"


def _found(folder: Path) -> list[InputFile]:
    if not folder.is_dir():
        located(folder, InputFile("", ""))
    return list(tables_in(folder))


def _head(folder: Path) -> Iterator[str]:
    name = folder.resolve().name
    source = re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-")[:40]
    yield OPENING
    yield "format = 1"
    yield f"source = {_quoted(source if len(source) > 1 else 'office')}  # DECIDE: a short name, for good"
    yield f"title = {_quoted(name[:200] or 'Past files')}"
    yield 'rulebook = "in force"  # DECIDE: or the name of the rules these files were decided under'
    yield ""


# ---- the files -------------------------------------------------------------------------------------------


def _files(plan: Plan) -> Iterator[str]:
    yield from _heading("the files")
    yield from _file(plan.root)
    for table, join in plan.joins:
        yield from _file(table, join)
    for table in plan.loose:
        yield "# DECIDE: nothing was found that joins this file to the others."
        yield from (f"# {line}".rstrip() for line in _file(table))


def _file(table: Looked, join: Join | None = None) -> Iterator[str]:
    file = table.file
    yield f"[files.{file.alias}]  # {table.rows:,} rows"
    yield from (f"# Seen: {_on_one_line(word)}." for word in table.unsure)
    yield f"path = {_quoted(file.path)}"
    if file.sheet:
        yield f"sheet = {_quoted(file.sheet)}"
    if file.encodings != ("utf-8",):
        yield f"encoding = {_listed(file.encodings)}  # a guess: look at names with accents"
    if file.delimiter != ",":
        yield f"delimiter = {_quoted(file.delimiter)}"
    if not file.header:
        yield "# Its first row looks like data. DECIDE: what the columns are called."
        yield f"header = false\ncolumns = {_listed(file.columns)}"
    if len(file.blank) > 1:
        yield f"blank = {_listed(sorted(file.blank))}  # a guess: words that mean nothing was written"
    if join is not None:
        yield from _joined(join)
        if not any(column.is_key for column in table.columns.values()):
            yield "# No column tells its rows apart. DECIDE: “keep”, if two rows that look alike both count."
            yield 'duplicates = "once"'
    yield ""


def _joined(join: Join) -> Iterator[str]:
    yield f"belongs_to = {_quoted(join.parent)}  # a guess, by the words these columns share"
    same = join.ours == join.theirs
    both = f"{{ ours = {_quoted(join.ours)}, theirs = {_quoted(join.theirs)} }}"
    yield f"by = {_quoted(join.ours) if same else both}"


# ---- what the rows make ----------------------------------------------------------------------------------


def _sections(plan: Plan, tables: Iterable[Looked]) -> Iterator[str]:
    used = [table for table in tables if table not in plan.loose]
    roles = {table.file.alias: roles_of(table, _joining(table, plan)) for table in used}
    yield from _complaint(plan, roles[plan.root.file.alias])
    for table in used:
        yield from _person(table, roles[table.file.alias])
    for table in used:
        yield from _officer_and_allegation(table, roles[table.file.alias], "")
        for number, of_number in sorted(roles[table.file.alias].numbered.items()):
            yield from _officer_and_allegation(table, of_number, number)


def _joining(table: Looked, plan: Plan) -> set[str]:
    """The columns by which it hangs on another, which say nothing else."""
    ours = {join.ours for one, join in plan.joins if one is table}
    return ours | ({plan.number} if table is plan.root else set())


def _complaint(plan: Plan, roles: Roles) -> Iterator[str]:
    root, whole = plan.root, roles.whole
    yield from _heading("each complaint")
    yield f"[complaint]\nrows = {_quoted(root.file.alias)}"
    yield f"number = {_quoted(plan.number)}  # a guess: the office's own number of a complaint"
    if plan.repeats:
        yield "repeats = true  # the same number stands in several rows: the first makes the file"
    received = whole.get("received_on") or whole.get("a date")
    if received:
        yield from _date("received_on", root.columns[received])
    else:
        yield '# DECIDE: no column looks like the day of receipt.\n# received_on = "…"'
    for name in COMPLAINT_DATES:
        if name in whole:
            yield from _date(name, root.columns[whole[name]])
    if "narrative" in whole:
        yield f"narrative = {_quoted(whole['narrative'])}"
    yield ""
    yield from _keep(root, {plan.number, *whole.values(), *roles.officer.values()})
    if "state" in whole:
        yield from _values("complaint.state", root.columns[whole["state"]])
    else:
        yield STATE_FROM_ALLEGATIONS


def _date(name: str, column: Column) -> Iterator[str]:
    if day_or_month_first(column):
        yield f"# DECIDE: in “{_on_one_line(column.name)}” day and month could as well change places."
    yield f"{name} = {{ column = {_quoted(column.name)}, dates = {_listed(column.dates)} }}"


def _keep(root: Looked, used: set[str]) -> Iterator[str]:
    kept = [
        name
        for name, column in root.columns.items()
        if name not in used and not column.dates and _are_kinds(column) and not number_of(name, root)
    ]
    if kept:
        yield "# Words kept beside the file as they are."
        yield "[complaint.keep]"
        yield from (f"{_quoted(f'own {name}')} = {_quoted(name)}" for name in kept)
        yield ""


def _are_kinds(column: Column) -> bool:
    """Whether its words come again and again; names of people do not, and are not to be kept in the open."""
    return bool(column.words) and KIND_COMES_AGAIN * len(column.distinct) <= column.filled


def _person(table: Looked, roles: Roles) -> Iterator[str]:
    whole = roles.whole
    if not {"race", "gender", "age"} & whole.keys():
        return
    yield from _heading(f"people, from {table.file.alias}")
    yield f'[[person]]\nrows = {_quoted(table.file.alias)}\nkind = "complainant"  # DECIDE'
    yield "# There may be more to say of them: name, email, phone, address, language."
    if "gender" in whole:
        yield f"gender = {_quoted(whole['gender'])}"
    if "age" in whole:
        yield f"age = {{ column = {_quoted(whole['age'])}, whole_number = [0, 120] }}"
    yield from _race("person", whole, table)


def _race(section: str, roles: dict[str, str], table: Looked) -> Iterator[str]:
    if "race" in roles:
        yield 'race_source = "not_known"  # DECIDE: self_identified, perceived or not_known'
    yield ""
    if "race" in roles:
        yield from _values(f"{section}.race", table.columns[roles["race"]])


def _officer_and_allegation(table: Looked, roles: Roles, number: str) -> Iterator[str]:
    officer, whole = roles.officer, roles.whole
    if officer:
        yield from _heading(f"officers, from {table.file.alias}{number and f', no. {number}'}")
        yield f"[[officer]]\nrows = {_quoted(table.file.alias)}"
        if "known_by" in officer:
            yield from _known_by(table.columns[officer["known_by"]])
        yield from _only_if(number, officer.get("known_by"))
        if "gender" in officer:
            yield f"gender = {_quoted(officer['gender'])}"
        yield from _race("officer", officer, table)
    if {"code", "finding"} & whole.keys():
        yield from _heading(f"allegations, from {table.file.alias}{number and f', no. {number}'}")
        yield f"[[allegation]]\nrows = {_quoted(table.file.alias)}"
        if "known_by" in officer:
            yield f"officer = {_quoted(officer['known_by'])}"
        yield from _only_if(number, whole.get("code") or whole.get("finding"))
        yield ""
        for name in CODED_OF_ALLEGATION:
            if name in whole:
                yield from _values(f"allegation.{name}", table.columns[whole[name]])


def _known_by(column: Column) -> Iterator[str]:
    if column.filled < column.rows:
        yield f"# Blank in {column.rows - column.filled:,} of {column.rows:,} rows."
    yield f"key = {_quoted(column.name)}\nknown_by = {_quoted(column.name)}"


def _only_if(number: str, column: str | None) -> Iterator[str]:
    if number and column:
        yield f"only_if = {_quoted(column)}"


def _values(section: str, column: Column) -> Iterator[str]:
    yield f"[{section}]\ncolumn = {_quoted(column.name)}\n{ABOUT_VALUES}\n[{section}.values]"
    seen = set[str]()
    for word, times in (column.words or {}).items():
        if word.casefold() not in seen:
            yield f'{_quoted(word)} = ""  # × {times:,}'
        seen.add(word.casefold())
    yield ""


# ---- how it is written -----------------------------------------------------------------------------------


def _heading(words: str) -> Iterator[str]:
    yield f"\n# ---- {_on_one_line(words)} {'-' * max(3, 90 - len(words))}\n"


def _quoted(word: str) -> str:
    return json.dumps(word, ensure_ascii=False).replace("\x7f", "\\u007f")


def _listed(words: Iterable[str]) -> str:
    return f"[{', '.join(map(_quoted, words))}]"


def _on_one_line(words: str) -> str:
    """No line break and no control character ends a comment, or makes one what it is not."""
    return re.sub(r"[\x00-\x1f\x7f]+", " ", words)
