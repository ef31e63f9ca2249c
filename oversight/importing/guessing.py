"""What the tables of a folder seem to be for: where complaints are, what hangs on them, what columns mean."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from oversight.importing.looking import Column, Looked

SHARED, SHARED_BY_NAME = 0.8, 0.5
"""The share of a column's words that have to be another file's keys for the two to be joined; less is enough
where both have the same name."""
COVERED, COVERED_BY_CHANCE = 0.1, 0.5
"""The share of those keys that have to come up: a code's few numbers are among any numbers."""
LONG_TEXT, SENTENCE = 60, 20
"""Mean lengths in characters past which a column is a text: any, and one whose cells do not come again."""

KEYS = frozenset(
    {"id", "no", "num", "number", "nr", "key", "ref", "code", "numero", "identifiant", "dossier"}
)
COMPLAINTS = frozenset(
    {"complaint", "complaints", "case", "cases", "file", "dossier", "dossiers", "plainte", "plaintes"}
)
OFFICERS = frozenset(
    {"officer", "officers", "po", "subject", "agent", "agents", "policier", "police", "constable", "member"}
)
OFFICERS_NUMBERS = frozenset({"badge", "pin", "shield", "regimental", "matricule", "payroll"})
NAMES = frozenset({"name", "initials", "surname", "last", "nom", "rank", "grade"})
KINDS = frozenset({"type", "kind", "category", "nature"})
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
    "kind": frozenset({"role", "capacity"}),
}
OF_A_PERSON: Mapping[str, frozenset[str]] = {
    "born": frozenset({"born", "birth", "dob", "naissance", "né", "ne"}),
    "phone": frozenset({"tel", "phone", "telephone", "téléphone"}),
    "email": frozenset({"email", "mail", "courriel"}),
    "address": frozenset({"address", "adresse"}),
    "name": frozenset({"name", "surname", "nom", "complainant", "plaignant"}),
}
BORN = ("born", OF_A_PERSON["born"])
"""In the order in which they are tried: a column of disciplinary findings holds discipline."""
NARRATIVE = frozenset(
    {"narrative", "summary", "description", "details", "text", "recit", "récit", "account", "gist", "story"}
)


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
    officers_names: list[str] = field(default_factory=list)
    numbered: dict[str, "Roles"] = field(default_factory=dict)

    @property
    def tells_of_officers(self) -> bool:
        return bool(self.officer or self.officers_names)


@dataclass(frozen=True)
class Plan:
    """The root, its number's column, and how the other tables hang on it; `loose` are those that do not."""

    root: Looked
    number: str
    repeats: bool
    joins: tuple[tuple[Looked, Join], ...]
    loose: tuple[Looked, ...]

    @property
    def tables(self) -> tuple[Looked, ...]:
        """The root and the tables that hang on it, parents first."""
        return self.root, *(table for table, _ in self.joins)

    def join_of(self, table: Looked) -> Join | None:
        """How a table hangs on another; None for the root."""
        return next((join for one, join in self.joins if one is table), None)

    def joining(self, table: Looked) -> set[str]:
        """The columns by which a table hangs on another, which say nothing else."""
        join = self.join_of(table)
        return {join.ours} if join else {self.number}

    def about_allegations(self, roles: Mapping[str, Roles]) -> dict[str, Join]:
        """The tables whose rows are findings about the rows of another, and not themselves allegations."""
        return {
            table.file.alias: join
            for table, join in self.joins
            if join.parent != self.root.file.alias
            and "finding" in roles[table.file.alias].whole
            and "code" not in roles[table.file.alias].whole
            and not roles[table.file.alias].tells_of_officers
        }


def plan_of(tables: Iterable[Looked]) -> Plan:
    """Choose the table most others hang on in the end, then hang them, directly or through one another."""
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
    roles, alleges = Roles(), bool(tokens(table.file.alias) & WORDS["code"])
    for name, column in table.columns.items():
        if name in joined_by or not column.filled:
            continue
        number = number_of(name, table)
        one = roles.numbered.setdefault(number, Roles()) if number else roles
        words = tokens(name)
        if alleges and words <= KINDS and column.words is not None:
            one.whole.setdefault("code", name)
        else:
            _give_role(column, words, one, is_alone=not number)
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
    about_officers = bool(words & (OFFICERS | OFFICERS_NUMBERS)) or not is_alone
    if column.dates and is_alone:
        role = next((role for role, hints in (*DATES.items(), BORN) if words & hints), "")
        roles.whole.setdefault(role or "a date", column.name)
    elif words & NARRATIVE and _is_text(column):
        roles.whole.setdefault("narrative", column.name)
    elif _is_an_officers_number(words, is_alone=is_alone):
        roles.officer.setdefault("known_by", column.name)
    elif words & (OFFICERS | {"rank"}) and words <= OFFICERS | NAMES and not column.is_number:
        roles.officers_names.append(column.name)
    elif role := next((role for role, hints in WORDS.items() if words & hints), ""):
        of_person = role in {"race", "gender", "age"}
        fits = column.words is not None or role == "age"
        if fits and not (words & KEYS and column.is_key):
            (roles.officer if of_person and about_officers else roles.whole).setdefault(role, column.name)
    elif not about_officers and (
        role := next((one for one, hints in OF_A_PERSON.items() if words & hints), "")
    ):
        roles.whole.setdefault(role, column.name)


def _is_an_officers_number(words: frozenset[str], *, is_alone: bool) -> bool:
    if not words <= OFFICERS | OFFICERS_NUMBERS | KEYS:
        return False
    return bool(words & OFFICERS_NUMBERS or (words & OFFICERS and (words & KEYS or not is_alone)))


def _is_text(column: Column) -> bool:
    """Whether it holds sentences: long ones, or shorter ones that do not come again."""
    is_each_its_own = len(column.distinct) > 0.9 * column.filled
    return column.mean_length > LONG_TEXT or (column.mean_length > SENTENCE and is_each_its_own)


def _likely_root(table: Looked, tables: list[Looked]) -> tuple[int, int, bool, int]:
    about = tokens(table.file.alias) | frozenset().union(*map(tokens, table.columns))
    received = any(
        column.dates and tokens(name) & DATES["received_on"] for name, column in table.columns.items()
    )
    named = len(tokens(table.file.alias) & COMPLAINTS)
    return _hanging_on(table, tables) + 2 * received, named, bool(about & COMPLAINTS), table.rows


def _hanging_on(table: Looked, tables: list[Looked]) -> int:
    """How many tables refer to this one, directly or through one another."""
    reached = [table]
    for parent in reached:
        reached.extend(one for one in tables if one not in reached and _join(one, parent))
    return len(reached) - 1


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
    """How the child's rows name the parent's keys: by columns of the same name first, then by the words."""
    pairs = [
        (ours.casefold() == theirs.casefold(), _covered(column, key), ours, theirs)
        for theirs, key in parent.columns.items()
        if key.is_key and not key.dates
        for ours, column in child.columns.items()
        if _refers(column, key, tokens(parent.file.alias))
    ]
    if not pairs:
        return None
    *_, ours, theirs = max(pairs)
    return Join(child.file.alias, parent.file.alias, ours, theirs)


def _refers(column: Column, key: Column, parent: frozenset[str]) -> bool:
    """Whether a column's words are another's keys, and enough of them for what their names have in common."""
    mine, yours = tokens(column.name), tokens(key.name)
    about = yours | {word.rstrip("s") for word in parent}
    if column.name.casefold() == key.name.casefold():
        shared, covered = SHARED_BY_NAME, COVERED
    elif (mine & about) - KEYS:
        shared, covered = SHARED, COVERED
    elif mine & KEYS and yours & KEYS:
        shared, covered = SHARED, COVERED_BY_CHANCE
    else:
        return False
    return _covered(key, column) >= shared and _covered(column, key) >= covered


def _covered(column: Column, key: Column) -> float:
    """The share of a key's words that come up in a column."""
    return len(column.distinct & key.distinct) / max(1, len(key.distinct))
