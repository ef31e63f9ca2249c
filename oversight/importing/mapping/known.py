"""What a mapping's names are checked against: the files' columns, the rulebook's words, the defaults."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from oversight.importing.mapping.problems import Problems
from oversight.importing.mapping.vocabulary import Vocabulary

Columns = Mapping[str, tuple[str, ...] | None]


@dataclass(frozen=True)
class Known:
    """All that a field may name. A file that could not be read has None for its columns: none is checked."""

    columns: Columns
    words: Vocabulary
    dates: tuple[str, ...]
    years_until: int
    today: date
    problems: Problems

    def alias(self, name: str, where: str) -> str:
        """Return the name of a file of [files], noting one that isn't there."""
        if name and name not in self.columns:
            self.problems.unknown(where, f"There is no [files.{name}]", self.columns, name)
        return name

    def column(self, name: str, alias: str, where: str) -> str:
        """Return the name of a file's column, noting one that isn't there."""
        there = self.columns.get(alias)
        if name and there is not None and name not in there:
            self.problems.unknown(where, f"There is no column “{name}” in {alias}", there, name)
        return name

    def word(self, word: str, field: str, where: str) -> None:
        """Note a word that our rulebook does not know for that field."""
        if word not in self.words[field]:
            self.problems.unknown(where, f"“{word}” is not a word of ours", self.words[field], word)
