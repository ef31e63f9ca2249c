"""The sections of a mapping that say which rows make a file, its people, officers, allegations, findings."""

from collections.abc import Mapping

from oversight.importing.mapping.fields import FieldReader
from oversight.importing.mapping.known import Known
from oversight.importing.mapping.model import ComplaintSection, FromAllegations, Section
from oversight.importing.mapping.table import Table
from oversight.importing.mapping.vocabulary import endings
from oversight.importing.specs import FieldKind, FieldSpec

TEXT, WORD, CODE, CODES, DATE, NUMBER = FieldKind

Fields = Mapping[str, FieldKind]

COMPLAINT_FIELDS: Fields = {
    "received_on": DATE,
    "happened_on": DATE,
    "ended_on": DATE,
    "state": CODE,
    "channel": CODE,
    "language": CODE,
    "level": CODE,
    "area": WORD,
    "context": CODE,
    "duty": CODE,
    "bias_alleged": CODE,
    "narrative": TEXT,
    "ground": CODE,
}
REQUIRED = ("received_on", "state")

WHO_THEY_ARE: Fields = {"race": CODES, "race_source": CODE, "gender": TEXT}

PERSON_FIELDS: Fields = {
    "kind": CODE,
    "name": TEXT,
    "email": TEXT,
    "phone": TEXT,
    "address": TEXT,
    "language": CODE,
    **WHO_THEY_ARE,
    "age": NUMBER,
}
OFFICER_FIELDS: Fields = {
    "key": TEXT,
    "known_by": TEXT,
    "name": TEXT,
    "badge": TEXT,
    "description": TEXT,
    "subject_kind": CODE,
    **WHO_THEY_ARE,
}
FINDING_FIELDS: Fields = {
    "allegation": TEXT,
    "finding": CODE,
    "status": CODE,
    "corrective": CODE,
    "ended_on": DATE,
}
ALLEGATION_FIELDS: Fields = {
    "key": TEXT,
    "officer": TEXT,
    "subject_kind": CODE,
    "code": CODE,
    "finding": CODE,
    "status": CODE,
    "corrective": CODE,
    "ended_on": DATE,
    "ground": CODE,
    "duty": CODE,
    "context": CODE,
    "camera": CODE,
    "level": CODE,
    "bias_kinds": CODES,
}

FROM_ALLEGATIONS = "from_allegations"


def complaint_section(table: Table, known: Known, slugs: tuple[str, ...]) -> ComplaintSection:
    """Read [complaint]. `slugs` are the rulebooks whose states its files may stand in."""
    rows = known.alias(table.text("rows", required=True), f"{table.where} rows")
    number = table.text("number", required=True)
    reading = FieldReader(table.where, rows, known, keeps_own=True)
    raw_state = table.raw("state")
    state = None
    if isinstance(raw_state, dict) and FROM_ALLEGATIONS in raw_state:
        state = _from_allegations(Table(raw_state, f"{table.where} state", known.problems), known, slugs)
    kinds = {name: kind for name, kind in COMPLAINT_FIELDS.items() if name != "state" or state is None}
    for name in REQUIRED:
        if name not in table:
            known.problems.add(table.where, f"“{name}” is missing.")
    section = ComplaintSection(
        where=table.where,
        rows=rows,
        number=known.column(number, rows, f"{table.where} number"),
        repeats=table.flag("repeats", default=False),
        state=state,
        fields=_fields(table, kinds, reading),
        keep=_kept(table, reading),
    )
    table.done()
    return section


def sections(tables: list[Table], kinds: Fields, known: Known, *required: str) -> tuple[Section, ...]:
    """Read the sections of one name, such as all [[person]]; `required` fields may not be left out."""
    return tuple(_section(table, kinds, known, required) for table in tables)


def _section(table: Table, kinds: Fields, known: Known, required: tuple[str, ...]) -> Section:
    rows = known.alias(table.text("rows", required=True), f"{table.where} rows")
    conditions = {
        key: known.column(table.text(key), rows, f"{table.where} {key}")
        for key in ("only_if", "only_if_blank")
    }
    fields = _fields(table, kinds, FieldReader(table.where, rows, known))
    if "race" in fields:
        required = (*required, "race_source")
    for name in required:
        if name not in table:
            known.problems.add(table.where, f"“{name}” is missing.{_why(name)}")
    table.done()
    return Section(where=table.where, rows=rows, fields=fields, **conditions)


def _why(name: str) -> str:
    if name == "race_source":
        return " Say how race came to be known: “self_identified”, “perceived” or “not_known”."
    return ""


def _fields(table: Table, kinds: Fields, reading: FieldReader) -> dict[str, FieldSpec]:
    given = {name: (table.raw(name), kind) for name, kind in kinds.items()}
    return {name: reading.spec(raw, name, kind) for name, (raw, kind) in given.items() if raw is not None}


def _kept(table: Table, reading: FieldReader) -> dict[str, FieldSpec]:
    raw = table.raw("keep")
    if raw is None:
        return {}
    where = f"{table.where} keep"
    names = Table(raw, where, table.problems)
    for name in raw if isinstance(raw, dict) else ():
        if name in COMPLAINT_FIELDS:
            table.problems.add(where, f"“{name}” is a field of its own: keep this word under another name.")
    kept = FieldReader(where, reading.alias, reading.known, keeps_own=True)
    return {name: kept.spec(names.raw(name), name, TEXT) for name in (raw if isinstance(raw, dict) else ())}


def _from_allegations(table: Table, known: Known, slugs: tuple[str, ...]) -> FromAllegations:
    if not table.flag(FROM_ALLEGATIONS, default=True):
        known.problems.add(table.where, "say from_allegations = true, or give the column of the state.")
    states = {key: table.text(key, required=True) for key in ("open", "ended", "without")}
    table.done()
    ended = frozenset().union(*map(endings, slugs))
    for key, word in states.items():
        if word:
            known.word(word, "state", f"{table.where} {key}")
    if states["open"] in ended:
        known.problems.add(
            f"{table.where} open", f"“{states['open']}” is an ending: nobody works on such a file."
        )
    if states["ended"] in known.words["state"] - ended:
        known.problems.add(f"{table.where} ended", f"“{states['ended']}” is not an ending.")
    return FromAllegations(**states)
