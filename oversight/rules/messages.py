"""Each notice the office sends: to whom, its subject, and the template that holds its words.

No notice carries a name, a narrative or a finding: e-mail travels in the open and phones are shared.
It says that there is news and where to read it.
"""

from dataclasses import dataclass
from enum import StrEnum

from oversight.rules.words import N_


class Audience(StrEnum):
    """Who a notice goes to; casework turns it into addresses."""

    COMPLAINANTS = "complainants"
    LIAISON = "liaison"
    COMMISSION = "commission"
    PANEL = "panel"
    HANDLERS = "handlers"
    DIRECTORS = "directors"


@dataclass(frozen=True)
class Message:
    """One notice. Its words are in `templates/email/<name>.txt`."""

    name: str
    to: Audience
    subject: str


def _messages(*messages: Message) -> dict[str, Message]:
    return {message.name: message for message in messages}


MESSAGES: dict[str, Message] = _messages(
    Message("received", Audience.COMPLAINANTS, N_("We have received what you sent")),
    Message("assessment_begun", Audience.COMPLAINANTS, N_("Someone is now looking at what you sent")),
    Message("on_hold", Audience.COMPLAINANTS, N_("We have to wait before we go on")),
    Message("resumed", Audience.COMPLAINANTS, N_("We are going on")),
    Message("more_time_given", Audience.COMPLAINANTS, N_("One part of our work takes longer")),
    Message("progress", Audience.COMPLAINANTS, N_("Where things stand")),
    Message("early_resolution_offered", Audience.COMPLAINANTS, N_("Another way to settle this")),
    Message("investigation_opened", Audience.COMPLAINANTS, N_("An investigation has begun")),
    Message("in_review", Audience.COMPLAINANTS, N_("Community reviewers now have it")),
    Message("ended", Audience.COMPLAINANTS, N_("There is a result for you to read")),
    Message("withdrawal_recorded", Audience.COMPLAINANTS, N_("You told us you want to withdraw")),
    Message("reconsideration_begun", Audience.COMPLAINANTS, N_("Your request is being looked at again")),
    Message("receipt_renewed", Audience.COMPLAINANTS, N_("You have a new receipt code")),
    Message("written_to", Audience.COMPLAINANTS, N_("There is a message for you")),
    Message("outcome_published", Audience.COMPLAINANTS, N_("A summary has been published")),
    Message("officer_to_be_told", Audience.LIAISON, N_("An officer is to be told of a complaint")),
    Message("commission_to_be_told", Audience.COMMISSION, N_("A complaint names the chief of police")),
    Message("result_for_the_service", Audience.LIAISON, N_("A file the service knows of has ended")),
    Message("seated", Audience.PANEL, N_("A file waits for your declaration")),
    Message("returned_to_panel", Audience.PANEL, N_("A file has come back to your panel")),
    Message("panel_departed_from", Audience.PANEL, N_("The decision departs from the panel's findings")),
    Message("more_asked", Audience.HANDLERS, N_("The panel asks for more")),
    Message("panel_finished", Audience.DIRECTORS, N_("A panel has finished its findings")),
    Message("second_person_needed", Audience.DIRECTORS, N_("A step waits for a second person")),
    Message("retaliation_reported", Audience.DIRECTORS, N_("Someone reports retaliation")),
    Message("deadline_passed", Audience.HANDLERS, N_("A deadline has passed")),
    Message("message_from_party", Audience.HANDLERS, N_("Someone has added to their complaint")),
)
