"""The sections of a first mapping that say what the rows make, as far as names and content tell."""

from collections.abc import Iterator

from oversight.importing.guessing import Join, Plan, Roles, number_of, roles_of
from oversight.importing.looking import Column, Looked, day_or_month_first
from oversight.importing.toml import heading, listed, on_one_line, quoted

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
CODED_OF_FINDING = ("finding", "corrective")
MARKS_OF_A_PERSON = frozenset({"race", "gender", "age", "born", "kind"})
PLAIN_OF_A_PERSON = ("name", "email", "phone", "address", "gender")
SEVERAL_WORDS = "/;+"
"""Signs that may stand between several words in one cell."""


def sections(plan: Plan) -> Iterator[str]:
    """Every section of the mapping below its files, line by line."""
    roles = {table.file.alias: roles_of(table, plan.joining(table)) for table in plan.tables}
    findings = plan.about_allegations(roles)
    _leave_the_allegations_to_their_own_file(plan, roles)
    yield from _complaint(plan, roles[plan.root.file.alias])
    for table in plan.tables:
        yield from _person(table, roles[table.file.alias])
    for table in plan.tables:
        alias = table.file.alias
        if alias in findings:
            yield from _finding(table, roles[alias], findings[alias])
            continue
        key = next((join.theirs for join in findings.values() if join.parent == alias), "")
        yield from _officer_and_allegation(table, roles[alias], "", key)
        for number, of_number in sorted(roles[alias].numbered.items()):
            yield from _officer_and_allegation(table, of_number, number)


def _leave_the_allegations_to_their_own_file(plan: Plan, roles: dict[str, Roles]) -> None:
    """Where another file alleges, the disposition of a complaint tells its state."""
    root = roles[plan.root.file.alias].whole
    if any({"code", "finding"} & roles[table.file.alias].whole.keys() for table, _ in plan.joins):
        found = root.pop("finding", "")
        if found:
            root.setdefault("state", found)
        root.pop("code", "")


def _complaint(plan: Plan, roles: Roles) -> Iterator[str]:
    root, whole = plan.root, roles.whole
    yield from heading("each complaint")
    yield f"[complaint]\nrows = {quoted(root.file.alias)}"
    yield f"number = {quoted(plan.number)}  # a guess: the office's own number of a complaint"
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
        yield f"narrative = {quoted(whole['narrative'])}"
    yield ""
    yield from _keep(root, {plan.number, *whole.values(), *roles.officer.values(), *roles.officers_names})
    if "state" in whole:
        yield from _values("complaint.state", root.columns[whole["state"]])
    else:
        yield STATE_FROM_ALLEGATIONS


def _date(name: str, column: Column) -> Iterator[str]:
    if day_or_month_first(column):
        yield f"# DECIDE: in “{on_one_line(column.name)}” day and month could as well change places."
    yield f"{name} = {{ column = {quoted(column.name)}, dates = {listed(column.dates)} }}"


def _keep(root: Looked, used: set[str]) -> Iterator[str]:
    kept = [
        name
        for name, column in root.columns.items()
        if name not in used and not column.dates and _are_kinds(column) and not number_of(name, root)
    ]
    if kept:
        yield "# Words kept beside the file as they are."
        yield "[complaint.keep]"
        yield from (f"{quoted(f'own {name}')} = {quoted(name)}" for name in kept)
        yield ""


def _are_kinds(column: Column) -> bool:
    """Whether its words come again and again; names of people do not, and are not to be kept in the open."""
    return bool(column.words) and KIND_COMES_AGAIN * len(column.distinct) <= column.filled


def _person(table: Looked, roles: Roles) -> Iterator[str]:
    whole = roles.whole
    if not MARKS_OF_A_PERSON & whole.keys():
        return
    yield from heading(f"people, from {table.file.alias}")
    yield f"[[person]]\nrows = {quoted(table.file.alias)}"
    if "kind" not in whole:
        yield 'kind = "complainant"  # DECIDE'
    yield "# There may be more to say of them: name, email, phone, address, language."
    yield from (f"{name} = {quoted(whole[name])}" for name in PLAIN_OF_A_PERSON if name in whole)
    if "age" in whole:
        yield f"age = {{ column = {quoted(whole['age'])}, whole_number = [0, 120] }}"
    elif "born" in whole:
        born = table.columns[whole["born"]]
        dates = f", dates = {listed(born.dates)}" if born.dates else ""
        yield f"age = {{ column = {quoted(born.name)}, born = true{dates} }}"
    yield from _race("person", whole, table)
    if "kind" in whole:
        yield from _values("person.kind", table.columns[whole["kind"]])


def _race(section: str, roles: dict[str, str], table: Looked) -> Iterator[str]:
    if "race" in roles:
        yield 'race_source = "not_known"  # DECIDE: self_identified, perceived or not_known'
    yield ""
    if "race" in roles:
        yield from _values(f"{section}.race", table.columns[roles["race"]])


def _officer_and_allegation(table: Looked, roles: Roles, number: str, key: str = "") -> Iterator[str]:
    """`key` is the column by which findings in rows of their own name an allegation."""
    officer, whole = roles.officer, roles.whole
    if roles.tells_of_officers:
        yield from _officer(table, roles, number)
    if key or {"code", "finding"} & whole.keys():
        yield from heading(f"allegations, from {table.file.alias}{number and f', no. {number}'}")
        yield f"[[allegation]]\nrows = {quoted(table.file.alias)}"
        if key:
            yield f"key = {quoted(key)}"
        if "known_by" in officer:
            yield f"officer = {quoted(officer['known_by'])}"
        yield from _only_if(number, whole.get("code") or whole.get("finding"))
        yield ""
        for name in CODED_OF_ALLEGATION:
            if name in whole:
                yield from _values(f"allegation.{name}", table.columns[whole[name]])


def _officer(table: Looked, roles: Roles, number: str) -> Iterator[str]:
    officer, names = roles.officer, roles.officers_names
    yield from heading(f"officers, from {table.file.alias}{number and f', no. {number}'}")
    yield f"[[officer]]\nrows = {quoted(table.file.alias)}"
    if "known_by" in officer:
        yield from _known_by(table.columns[officer["known_by"]])
    yield from _only_if(number, officer.get("known_by"))
    if names:
        yield f"name = {quoted(names[0]) if len(names) == 1 else f'{{ columns = {listed(names)} }}'}"
    if "gender" in officer:
        yield f"gender = {quoted(officer['gender'])}"
    yield from _race("officer", officer, table)


def _finding(table: Looked, roles: Roles, join: Join) -> Iterator[str]:
    whole = roles.whole
    yield from heading(f"findings, from {table.file.alias}")
    yield f"[[finding]]\nrows = {quoted(table.file.alias)}"
    yield f"allegation = {quoted(join.ours)}  # a guess: the key of a row of {join.parent}"
    if day := whole.get("ended_on") or whole.get("a date"):
        yield from _date("ended_on", table.columns[day])
    yield ""
    for name in CODED_OF_FINDING:
        if name in whole:
            yield from _values(f"finding.{name}", table.columns[whole[name]])


def _known_by(column: Column) -> Iterator[str]:
    if column.filled < column.rows:
        blank = f"{column.rows - column.filled:,} of {column.rows:,}"
        yield f"# Blank in {blank} rows: one that tells of anybody makes an officer of its own."
    yield f"key = {quoted(column.name)}\nknown_by = {quoted(column.name)}"


def _only_if(number: str, column: str | None) -> Iterator[str]:
    if number and column:
        yield f"only_if = {quoted(column)}"


def _values(section: str, column: Column) -> Iterator[str]:
    yield f"[{section}]\ncolumn = {quoted(column.name)}"
    sign = next((sign for sign in SEVERAL_WORDS if any(sign in word for word in column.words or ())), "")
    if section.endswith(".race") and sign:
        yield f"# split = {quoted(sign)}  # DECIDE: does it stand between two answers of one person?"
    yield f"{ABOUT_VALUES}\n[{section}.values]"
    seen = set[str]()
    for word, times in (column.words or {}).items():
        if word.casefold() not in seen:
            yield f'{quoted(word)} = ""  # × {times:,}'
        seen.add(word.casefold())
    yield ""
