"""A mapping as it was read and checked: which rows make what."""

from collections.abc import Mapping as Words
from dataclasses import dataclass, field

from oversight.importing.inputs import InputFile
from oversight.importing.specs import FieldSpec

IN_FORCE = "in force"
"""In place of a rulebook's name: each file follows the rules of the day on which it was received."""


@dataclass(frozen=True)
class FromAllegations:
    """A file's state where the export has none: `open` while an allegation is, else `ended`.

    `without` is the state of a file that has no allegation at all.
    """

    open: str
    ended: str
    without: str


@dataclass(frozen=True)
class Section:
    """One section on the rows of one file.

    With `only_if`, a row counts where that column is not blank; with `only_if_blank`, where it is.
    """

    where: str
    rows: str
    fields: Words[str, FieldSpec]
    only_if: str = ""
    only_if_blank: str = ""

    @property
    def key_columns(self) -> tuple[str, ...]:
        """The columns of the key that tells officers apart."""
        return self.fields["key"].columns if "key" in self.fields else ()


@dataclass(frozen=True)
class ComplaintSection(Section):
    """The section whose rows make the files. `number` is the column of the office's own number."""

    number: str = ""
    repeats: bool = False
    state: FromAllegations | None = None
    """None where the state is a field like any other."""
    keep: Words[str, FieldSpec] = field(default_factory=dict)


@dataclass(frozen=True)
class Mapping:
    """A whole mapping. `digest` is the SHA-256 of the mapping file's bytes, hex."""

    source: str
    title: str
    rulebook: str
    place: str
    files: tuple[InputFile, ...]
    complaint: ComplaintSection
    people: tuple[Section, ...] = ()
    officers: tuple[Section, ...] = ()
    allegations: tuple[Section, ...] = ()
    findings: tuple[Section, ...] = ()
    digest: str = ""

    def file(self, alias: str) -> InputFile:
        """Return the file of that alias. Raises StopIteration for one that a checked mapping can't name."""
        return next(each for each in self.files if each.alias == alias)
