"""What the tables of a folder seem to be for: where complaints are, what hangs on them, what columns mean."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from oversight.importing.looking import Column, Looked

SHARED = 0.8
"""The share of a column's words that have to be another file's keys for the two to be joined."""
LONG_TEXT = 60
"""The mean length in characters past which a column is a narrative."""

KEYS = frozenset(
    {"id", "no", "num", "number", "nr", "key", "ref", "code", "numero", "identifiant", "dossier"}
)
COMPLAINTS = frozenset(
    {"complaint", "complaints", "case", "cases", "file", "dossier", "dossiers", "plainte", "plaintes"}
)
OFFICERS = frozenset(
    {"officer", "officers", "po", "subject", "badge", "agent", "agents", "policier", "police"}
)
NAMES_AN_OFFICER = KEYS | {"badge"}
DATES: Mapping[str, frozenset[str]] = {
    "received_on": frozenset(
        {"received", "recieved", "recd", "recu", "reçu", "intake", "filed", "opened", "reported"}
    ),
    "happened_on": frozenset({"incident", "occurred", "occurrence", "happened", "event", "faits"}),
    "ended_on": frozenset(
        {"closed", "close", "ended", "end", "completed", "concluded", "resolved", "ferme", "fermé"}
    ),
}
WORDS: Mapping[str, frozenset[str]] = {
    "race": frozenset({"race", "ethnicity", "ethnic", "groupe"}),
    "gender": frozenset({"sex", "gender", "sexe", "genre"}),
    "age": frozenset({"age", "âge"}),
    "corrective": frozenset({"discipline", "disciplinary", "penalty", "sanction", "corrective"}),
    "finding": frozenset({"finding", "findings", "disposition", "outcome", "conclusion", "suite", "result"}),
    "code": frozenset({"allegation", "allegations", "offence", "offense", "misconduct", "charge", "motif"}),
    "state": frozenset({"status", "state", "stage", "statut"}),
}
"""In the order in which they are tried: a column of disciplinary findings holds discipline."""
NARRATIVE = frozenset({"narrative", "summary", "description", "details", "text", "recit", "récit", "account"})


@dataclass(frozen=True)
class Join:
    """`child`'s column `ours` holds what `parent`'s column `theirs` does."""

    child: str
    parent: str
    ours: str
    theirs: str


@dataclass
class Roles:
    """What a table's columns seem to hold, by our fields' names; `numbered` those that end in 1, 2, 3 …"""

    whole: dict[str, str] = field(default_factory=dict)
    officer: dict[str, str] = field(default_factory=dict)
    numbered: dict[str, "Roles"] = field(default_factory=dict)


@dataclass(frozen=True)
class Plan:
    """The root, its number's column, and how the other tables hang on it; `loose` are those that do not."""

    root: Looked
    number: str
    repeats: bool
    joins: tuple[tuple[Looked, Join], ...]
    loose: tuple[Looked, ...]


def plan_of(tables: Iterable[Looked]) -> Plan:
    """Choose the table most others refer to, then hang the others on it, directly or through one another."""
    tables = list(tables)
    root = max(tables, key=lambda one: _likely_root(one, tables))
    referred = [join.theirs for other in tables if other is not root if (join := _join(other, root))]
    number = max(set(referred), key=referred.count) if referred else _number_of(root)
    joined, joins = [root], list[tuple[Looked, Join]]()
    waiting = [one for one in tables if one is not root]
    while found := next(((one, join) for one in waiting if (join := _join_any(one, joined))), None):
        joins.append(found)
        joined.append(found[0])
        waiting.remove(found[0])
    return Plan(root, number, not root.columns[number].is_key, tuple(joins), tuple(waiting))


def roles_of(table: Looked, joined_by: Iterable[str]) -> Roles:
    """Guess by names and content; columns that join are no words of anything."""
    roles = Roles()
    for name, column in table.columns.items():
        if name in joined_by or not column.filled:
            continue
        number = number_of(name, table)
        one = roles.numbered.setdefault(number, Roles()) if number else roles
        _give_role(column, tokens(name), one, is_alone=not number)
    return roles


def number_of(name: str, table: Looked) -> str:
    """The number a column's name ends in, where the table has others of that name: officer1, officer2 …"""
    stem = name.rstrip("0123456789")
    others = (other for other in table.columns if other != name and table.file.header)
    return name[len(stem) :] if any(other.rstrip("0123456789") == stem != other for other in others) else ""


def tokens(name: str) -> frozenset[str]:
    """The words of a column's name, in small letters: officerRace and OFFICER_RACE1 have the same two."""
    spaced = re.sub(r"(?<=[a-zà-ÿ])(?=[A-ZÀ-Þ])", " ", name)
    return frozenset(re.findall(r"[^\W\d_]+", spaced.casefold()))


def _give_role(column: Column, words: frozenset[str], roles: Roles, *, is_alone: bool) -> None:
    about_officers = bool(words & OFFICERS) or not is_alone
    if column.dates and is_alone:
        role = next((role for role, hints in DATES.items() if words & hints), "")
        roles.whole.setdefault(role or "a date", column.name)
    elif words & NARRATIVE and column.mean_length > LONG_TEXT:
        roles.whole.setdefault("narrative", column.name)
    elif words & OFFICERS and words <= OFFICERS | KEYS and (words & NAMES_AN_OFFICER or not is_alone):
        roles.officer.setdefault("known_by", column.name)
    elif role := next((role for role, hints in WORDS.items() if words & hints), ""):
        of_person = role in {"race", "gender", "age"}
        fits = column.words is not None or role == "age"
        if fits and not (words & KEYS and column.is_key):
            (roles.officer if of_person and about_officers else roles.whole).setdefault(role, column.name)


def _likely_root(table: Looked, tables: list[Looked]) -> tuple[int, int, bool, int]:
    referring = sum(_join(other, table) is not None for other in tables if other is not table)
    about = tokens(table.file.alias) | frozenset().union(*map(tokens, table.columns))
    received = any(
        column.dates and tokens(name) & DATES["received_on"] for name, column in table.columns.items()
    )
    named = len(tokens(table.file.alias) & COMPLAINTS)
    return referring + 2 * received, named, bool(about & COMPLAINTS), table.rows


def _number_of(root: Looked) -> str:
    """The column that looks most like a complaint's number: a key, named like one."""

    def likeness(item: tuple[str, Column]) -> tuple[bool, int, bool]:
        name, column = item
        words = tokens(name)
        named = 2 * bool(words & COMPLAINTS) + bool(words & KEYS) - 3 * bool(words & OFFICERS)
        return not column.dates and column.mean_length < LONG_TEXT, named + column.is_key, column.is_key

    return max(root.columns.items(), key=likeness)[0]


def _join_any(child: Looked, joined: Iterable[Looked]) -> Join | None:
    """The first of the joined tables that fits: by its keys, else as a list that its rows refer to."""
    joined = list(joined)
    by_keys = (join for parent in joined if (join := _join(child, parent)))
    as_list = (
        Join(child.file.alias, parent.file.alias, join.theirs, join.ours)
        for parent in joined
        if (join := _join(parent, child))
    )
    return next(by_keys, None) or next(as_list, None)


def _join(child: Looked, parent: Looked) -> Join | None:
    """How the child's rows name the parent's keys, by columns of like names, the same name first."""
    pairs = [
        (ours == theirs, ours, theirs)
        for theirs, key in parent.columns.items()
        if key.is_key and not key.dates
        for ours, column in child.columns.items()
        if _alike(ours, theirs, parent.file.alias) and _shared(column, key) >= SHARED
    ]
    if not pairs:
        return None
    _, ours, theirs = max(pairs, key=lambda pair: pair[0])
    return Join(child.file.alias, parent.file.alias, ours, theirs)


def _alike(ours: str, theirs: str, parent: str) -> bool:
    if ours.casefold() == theirs.casefold():
        return True
    mine, yours = tokens(ours), tokens(theirs) | {word.rstrip("s") for word in tokens(parent)}
    return bool(mine & KEYS and tokens(theirs) & KEYS) or bool((mine & yours) - KEYS)


def _shared(column: Column, key: Column) -> float:
    return len(column.distinct & key.distinct) / max(1, len(column.distinct))
