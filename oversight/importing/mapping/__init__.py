"""The mapping file with which an office says how its exports are to be read."""

from oversight.importing.mapping.model import IN_FORCE, ComplaintSection, FromAllegations, Mapping, Section
from oversight.importing.mapping.parsing import read_mapping
from oversight.importing.mapping.problems import MappingError

__all__ = [
    "IN_FORCE",
    "ComplaintSection",
    "FromAllegations",
    "Mapping",
    "MappingError",
    "Section",
    "read_mapping",
]
