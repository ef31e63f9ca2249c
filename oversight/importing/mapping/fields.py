"""A field spec of a mapping, read and checked: a column, or a table that says more."""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from oversight.importing.mapping.known import Known
from oversight.importing.mapping.table import Table
from oversight.importing.specs import FieldKind, FieldSpec, Meant, folded
from oversight.importing.values import SERIAL, has_year, reader

SOURCES = ("column", "columns", "constant")

STAND_FOR_THEMSELVES = frozenset({"kind", "subject_kind", "race_source"})
"""Fields for which a plain word that is one of ours means that word, not a column."""

KEPT_WORDS = frozenset({"race", "code", "finding", "corrective"})
"""Fields outside [complaint] whose own word is kept beside ours."""

CODED = (FieldKind.CODE, FieldKind.CODES)
YEAR = "%Y"
TRIAL_DAY = date(2019, 3, 7)


class FieldReader:
    """Reads the fields of one section, whose rows are those of the file `alias`."""

    def __init__(self, section: str, alias: str, known: Known, *, keeps_own: bool = False) -> None:
        self.section, self.alias, self.known, self.keeps_own = section, alias, known, keeps_own

    def spec(self, raw: Any, name: str, kind: FieldKind) -> FieldSpec:
        """Return one field's spec; whatever is wrong with it is noted."""
        where = f"{self.section} {name}"
        spec = FieldSpec(
            name=name,
            kind=kind,
            dates=self.known.dates,
            years_until=self.known.years_until,
            latest=self.known.today,
            codes=self.known.words[name] if kind in CODED else frozenset(),
            keeps_own=self.keeps_own or name in KEPT_WORDS,
        )
        if isinstance(raw, str):
            return self._plain(spec, raw, where)
        if not isinstance(raw, dict):
            self.known.problems.add(where, "this has to be a column's name in quotes, or a table in { }.")
            return spec
        return self._from_table(spec, Table(raw, where, self.known.problems))

    def _plain(self, spec: FieldSpec, word: str, where: str) -> FieldSpec:
        if spec.name in STAND_FOR_THEMSELVES and word in spec.codes:
            return replace(spec, constant=word)
        there = self.known.columns.get(self.alias)
        if spec.name in STAND_FOR_THEMSELVES and there is not None and word not in there:
            what = f"“{word}” is neither a word of ours nor a column of {self.alias}"
            self.known.problems.unknown(where, what, (*spec.codes, *there), word)
            return replace(spec, columns=(word,))
        return replace(spec, columns=(self._column(word, where),))

    def _from_table(self, spec: FieldSpec, table: Table) -> FieldSpec:
        spec = self._source(spec, table)
        spec = replace(
            spec,
            match=self._match(table),
            blank=frozenset(map(folded, table.words("blank"))),
        )
        spec = self._by_kind(spec, table)
        table.done()
        if spec.constant is not None and (wrong := reader(spec)({}).repaired):
            self.known.problems.add(f"{table.where} constant", f"“{spec.constant}” can't be used: {wrong}.")
        return spec

    def _source(self, spec: FieldSpec, table: Table) -> FieldSpec:
        if sum(key in table for key in SOURCES) != 1:
            table.problems.add(table.where, "give exactly one of “column”, “columns” and “constant”.")
        column, columns = table.text("column"), table.words("columns")
        named = tuple(self._column(each, table.where) for each in ((column,) if column else columns))
        constant = table.text("constant") if "constant" in table else None
        return replace(spec, columns=named, constant=constant, join=table.text("join", " "))

    def _by_kind(self, spec: FieldSpec, table: Table) -> FieldSpec:
        """Read what only some kinds of field have; anywhere else these keys are problems."""
        if spec.kind is FieldKind.DATE:
            return replace(spec, dates=date_formats(table, "dates", spec.dates))
        if spec.kind is FieldKind.NUMBER:
            return self._number(spec, table)
        if spec.kind is FieldKind.CODES:
            spec = replace(spec, split=table.text("split"))
        return self._words(spec, table)

    def _number(self, spec: FieldSpec, table: Table) -> FieldSpec:
        born = table.flag("born", default=False)
        dates = date_formats(table, "dates", (*spec.dates, YEAR)) if born else spec.dates
        return replace(spec, whole_number=self._range(table, spec.whole_number), born=born, dates=dates)

    def _words(self, spec: FieldSpec, table: Table) -> FieldSpec:
        otherwise = table.text("otherwise") if "otherwise" in table else None
        spec = replace(spec, values=self._values(table, spec.kind), otherwise=otherwise)
        if spec.kind in CODED:
            self._check_targets((spec.values or {}).values(), spec.name, f"{table.where} values")
            self._check_targets((otherwise,), spec.name, f"{table.where} otherwise")
        elif otherwise is not None and spec.values is None:
            table.problems.add(f"{table.where} otherwise", "this needs “values” beside it.")
        return spec

    def _values(self, table: Table, kind: FieldKind) -> dict[str, Meant] | None:
        raw = table.raw("values")
        if raw is None:
            return None
        words = Table(raw, f"{table.where} values", table.problems)
        values: dict[str, Meant] = {}
        for own in raw if isinstance(raw, dict) else ():
            several = kind is FieldKind.CODES and isinstance(raw[own], list)
            ours = words.words(own) if several else words.text(own)
            if values.setdefault(folded(own), ours) != ours:
                table.problems.add(words.where, f"“{own}” is given two meanings: case makes no difference.")
        return values

    def _check_targets(self, meant: Iterable[Meant | None], name: str, where: str) -> None:
        for ours in meant:
            for word in (ours,) if isinstance(ours, str) else ours or ():
                if word:
                    self.known.word(word, name, where)

    def _match(self, table: Table) -> re.Pattern[str] | None:
        pattern = table.text("match")
        try:
            return re.compile(pattern) if pattern else None
        except re.error as error:
            table.problems.add(f"{table.where} match", f"this regular expression can't be read: {error}.")
            return None

    def _range(self, table: Table, usual: tuple[int, int]) -> tuple[int, int]:
        raw = table.raw("whole_number")
        if raw is None:
            return usual
        if isinstance(raw, list) and [type(each) for each in raw] == [int, int] and raw[0] <= raw[1]:
            return raw[0], raw[1]
        table.problems.add(f"{table.where} whole_number", "give the least and the most, such as [0, 120].")
        return usual

    def _column(self, name: str, where: str) -> str:
        return self.known.column(name, self.alias, where)


def date_formats(table: Table, key: str, usual: tuple[str, ...]) -> tuple[str, ...]:
    """Read date formats in order, noting those that can't be used."""
    formats = table.words(key, usual) or usual
    for each in formats:
        if each != SERIAL and (wrong := _wrong_with(each)):
            table.problems.add(f"{table.where} {key}".strip(), f"“{each}” {wrong}.")
    return formats


def _wrong_with(date_format: str) -> str:
    if not has_year(date_format):
        return "has no year, %Y or %y"
    try:
        datetime.strptime(TRIAL_DAY.strftime(date_format), date_format)  # noqa: DTZ007
    except (ValueError, re.error):
        return "is not a date format"
    return ""
