"""The tables of the file, one module for each part of it."""

from oversight.casework.models.allegation import Allegation, HeldAllegation, Hold
from oversight.casework.models.clock import CalendarDay, Clock
from oversight.casework.models.complaint import Complaint, FileCounter, FileEvent, Incident, Submission
from oversight.casework.models.message import Message
from oversight.casework.models.outcome import Outcome, OutcomeVersion
from oversight.casework.models.party import Party, PartyIdentity, Reconsideration, SelfIdentificationRecord
from oversight.casework.models.past import ImportBatch, ImportedFile, RecordedDemographics
from oversight.casework.models.proposal import Proposal
from oversight.casework.models.review import Conflict, PanelFinding, ReviewCopy, Seat

__all__ = [
    "Allegation",
    "CalendarDay",
    "Clock",
    "Complaint",
    "Conflict",
    "FileCounter",
    "FileEvent",
    "HeldAllegation",
    "Hold",
    "ImportBatch",
    "ImportedFile",
    "Incident",
    "Message",
    "Outcome",
    "OutcomeVersion",
    "PanelFinding",
    "Party",
    "PartyIdentity",
    "Proposal",
    "Reconsideration",
    "RecordedDemographics",
    "ReviewCopy",
    "Seat",
    "SelfIdentificationRecord",
    "Submission",
]
