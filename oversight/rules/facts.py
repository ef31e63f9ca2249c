"""What a guard may look at: a plain picture of one file, or one outcome, at the moment of a step.

Casework draws the picture; guards read it; so every rule can be tried without a database.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from uuid import UUID

from oversight.rules.findings import Status, Subject


class Window(StrEnum):
    """Whether reconsideration may still be asked for in time."""

    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True)
class AllegationFacts:
    """One allegation: whether it is open, coded, held, and who it is about."""

    id: UUID
    status: Status = Status.OPEN
    coded: bool = True
    held: bool = False
    subject: Subject = Subject.UNKNOWN_OFFICER
    officer: UUID | None = None


@dataclass(frozen=True)
class OfficerFacts:
    """One officer's side: told or telling deferred, and heard (answered, chance lapsed, or a reason)."""

    id: UUID
    told: bool = False
    deferred: bool = False
    heard: bool = False
    chief: bool = False

    @property
    def may_answer(self) -> bool:
        """Whether there is a side to record: the officer was told, or why not was approved by two."""
        return self.told or self.deferred


@dataclass(frozen=True)
class SeatFacts:
    """One seat of the panel."""

    person: UUID
    declared: bool = False
    submitted: bool = False


@dataclass(frozen=True)
class Facts:
    """One complaint file at the moment of a step. `answers` is what the step's form was given.

    `empty_seats`: how many more the panel of this file's level has than people sit on it.
    `may_have_more_time`: some deadline of it may. `is_past_a_deadline`: some open one has gone by.
    `waits_for_adoption`: it came open from another system, and nobody here has taken it up.
    `deciders`: whoever took or approved the step that last ended this file; nobody before its first ending.
    """

    state: str
    actor: UUID | None = None
    allegations: tuple[AllegationFacts, ...] = ()
    officers: tuple[OfficerFacts, ...] = ()
    seats: tuple[SeatFacts, ...] = ()
    empty_seats: int = 0
    open_holds: int = 0
    file_held: bool = False
    copies_ready: bool = False
    complainant_reachable: bool = False
    complainants: int = 0
    withdrawal_undecided: bool = False
    panel_binding: bool = False
    panel_has_majority: bool = False
    window: Window = Window.OPEN
    ended_as: str = ""
    waits_for_adoption: bool = False
    may_have_more_time: bool = False
    is_past_a_deadline: bool = False
    deciders: frozenset[UUID] = frozenset()
    answers: Mapping[str, Any] = field(default_factory=dict)

    @property
    def open_allegations(self) -> tuple[AllegationFacts, ...]:
        """The allegations still waiting for their ending."""
        return tuple(each for each in self.allegations if each.status is Status.OPEN)

    @property
    def selected(self) -> frozenset[UUID]:
        """The allegations the form selects."""
        return frozenset(UUID(str(each)) for each in self.answers.get("allegations") or ())

    @property
    def officers_with_open_allegations(self) -> tuple[OfficerFacts, ...]:
        """The officers whose side must be heard before a finding."""
        concerned = {each.officer for each in self.open_allegations}
        return tuple(officer for officer in self.officers if officer.id in concerned)

    def seat_of(self, person: UUID | None) -> SeatFacts | None:
        """Return the seat a person holds on the panel, if any."""
        return next((seat for seat in self.seats if seat.person == person), None)


@dataclass(frozen=True)
class OutcomeFacts:
    """One outcome summary at the moment of a step.

    `complete` and `leaks` are of the text about to stand: the form's where it gives one, else the stored one.
    `outdated`: the file has been reopened since the text was approved.
    """

    state: str
    actor: UUID | None = None
    writers: frozenset[UUID] = frozenset()
    complete: bool = False
    leaks: int = 0
    outdated: bool = False
    parties_told: bool = False
    windows_over: bool = False
    file_ended: bool = False
    file_held: bool = False
    answers: Mapping[str, Any] = field(default_factory=dict)
