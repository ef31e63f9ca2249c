"""A file as another system's export tells it: plain facts, before anything is written of them.

Importing draws these from rows; `actions.past_files` is the only one that writes them. An office's own words
stand beside ours wherever ours were chosen by a mapping.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from oversight.rules.findings import Subject

OFFICERS = (Subject.KNOWN_OFFICER, Subject.DESCRIBED_OFFICER, Subject.UNKNOWN_OFFICER)


class RaceSource(StrEnum):
    """How the race in an export came to be known. None is ever merged with self-identification made here."""

    SELF_IDENTIFIED = "self_identified"
    PERCEIVED = "perceived"
    NOT_KNOWN = "not_known"


class Flag(StrEnum):
    """What is odd about a file that was brought in as it is."""

    ENDED_BEFORE_RECEIVED = "ended_before_received"
    RECEIVED_BEFORE_INCIDENT = "received_before_incident"
    NO_END = "no_end"
    """It has ended, on a day that nobody wrote down."""
    DAY_UNKNOWN = "day_unknown"
    """Only the month of its receipt is known; the first stands for it."""


@dataclass(frozen=True)
class PastDemographics:
    """What an export says of a person: race in its own words, and as the place's categories have it."""

    race_source: RaceSource = RaceSource.NOT_KNOWN
    race_words: tuple[str, ...] = ()
    race_codes: tuple[str, ...] = ()
    gender: str = ""
    age: int | None = None

    def __bool__(self) -> bool:
        return bool(self.race_words or self.gender or self.age is not None)


@dataclass(frozen=True)
class PastParty:
    """One person of a file. `kind` as in Party; `identity` by the names of IDENTITY_FIELDS, only those given.

    `known_by` is the number under which the office knows an officer in every one of its files.
    """

    kind: str
    subject_kind: str | None = None
    identity: Mapping[str, str] = field(default_factory=dict)
    known_by: str = ""
    language: str = "en"
    demographics: PastDemographics = PastDemographics()


@dataclass(frozen=True)
class PastAllegation:
    """One thing alleged. `officer` is the place of its subject in the file's `officers`, or None."""

    subject_kind: str
    officer: int | None = None
    code: str | None = None
    own_code: str = ""
    status: str = "open"
    finding: str | None = None
    own_finding: str = ""
    corrective: str | None = None
    own_corrective: str = ""
    ended_on: date | None = None
    ground: str | None = None
    duty: str = "unknown"
    context: str | None = None
    camera: str = "unknown"
    level: str | None = None
    bias_kinds: tuple[str, ...] = ()

    @property
    def is_about_no_known_officer(self) -> bool:
        """Whether it would be about an officer, and nothing says about which."""
        return self.officer is None and self.subject_kind in OFFICERS


@dataclass(frozen=True)
class PastFile:
    """One file of the past. `digest` (32 bytes) changes when any row it was drawn from does."""

    number: str
    digest: bytes
    rulebook: str
    state: str
    received_on: date
    has_ended: bool
    ended_on: date | None = None
    happened_on: date | None = None
    happened_precision: str = "unknown"
    channel: str = "unknown"
    language: str = "en"
    level: str | None = None
    area: str | None = None
    context: str | None = None
    duty: str | None = None
    bias_alleged: str | None = None
    narrative: str = ""
    words: Mapping[str, str] = field(default_factory=dict)
    """The office's own words about the file, by what they tell of: kept, sealed, and shown on its page."""
    flags: tuple[Flag, ...] = ()
    people: tuple[PastParty, ...] = ()
    officers: tuple[PastParty, ...] = ()
    allegations: tuple[PastAllegation, ...] = ()
