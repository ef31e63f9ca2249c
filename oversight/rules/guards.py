"""Guards: each completes "when …". A guard that says no also says, in words, what would make it say yes."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from oversight.rules.facts import Facts, OutcomeFacts, Window
from oversight.rules.findings import SUBJECTS_HEARD
from oversight.rules.words import N_


@dataclass(frozen=True)
class Guard:
    """A condition on a step: its name completes "when …", `refusal` is shown to the person refused."""

    name: str
    refusal: str
    holds: Callable[[Any], bool]

    def __call__(self, facts: Facts | OutcomeFacts) -> bool:
        return self.holds(facts)


def guard(refusal: str) -> Callable[[Callable[[Any], bool]], Guard]:
    """Make a guard of a function on facts; `refusal` is a marked sentence."""

    def wrap(function: Callable[[Any], bool]) -> Guard:
        return Guard(function.__name__, refusal, function)

    return wrap


# --- the file -------------------------------------------------------------------------------------


@guard(N_("This file does not wait to be taken up."))
def it_waits_for_adoption(facts: Facts) -> bool:
    return facts.waits_for_adoption


@guard(N_("Take up this file first: it came from another system, and nobody here carries it yet."))
def nobody_has_to_take_it_up_first(facts: Facts) -> bool:
    return not facts.waits_for_adoption


@guard(N_("Nothing on this file is open any more."))
def something_is_open(facts: Facts) -> bool:
    return bool(facts.open_allegations)


@guard(N_("Every open allegation needs its code first. Code them under “Allegations”."))
def every_allegation_is_coded(facts: Facts) -> bool:
    return bool(facts.open_allegations) and all(each.coded for each in facts.open_allegations)


@guard(N_("The person who complained can not be reached, so nothing can be offered to them."))
def complainant_can_be_reached(facts: Facts) -> bool:
    return facts.complainant_reachable


@guard(N_("There is nobody on this file who complained."))
def someone_complained(facts: Facts) -> bool:
    return facts.complainants > 0


@guard(N_("There is no hold on this file to lift."))
def something_is_held(facts: Facts) -> bool:
    return facts.open_holds > 0


@guard(N_("Part of this file is on hold. Lift the hold first."))
def nothing_is_held(facts: Facts) -> bool:
    return facts.open_holds == 0


@guard(N_("The file is on hold. Lift the hold first."))
def file_is_not_held(facts: Facts) -> bool:
    return not facts.file_held


@guard(N_("No officer on this file is still to be told."))
def an_officer_is_to_be_told(facts: Facts) -> bool:
    return any(not officer.told for officer in facts.officers)


@guard(N_("No officer on this file has been told and not yet answered."))
def an_officer_is_to_be_heard(facts: Facts) -> bool:
    return any(officer.may_answer and not officer.heard for officer in facts.officers)


@guard(
    N_(
        "An officer's side is still missing. See that each officer is named and told (or that telling is put "
        "off), then record the response, that the chance has lapsed, or why it can not be had."
    )
)
def every_officer_was_heard(facts: Facts) -> bool:
    known = {officer.id for officer in facts.officers}
    concerned = (each.officer in known for each in facts.open_allegations if each.subject in SUBJECTS_HEARD)
    heard = (each.may_answer and each.heard for each in facts.officers_with_open_allegations)
    return all(concerned) and all(heard)


@guard(N_("Prepare the review copy first, with roles in place of names, and mark it ready."))
def review_copies_are_ready(facts: Facts) -> bool:
    return facts.copies_ready


@guard(N_("You do not sit on this file's panel."))
def one_sits_on_the_panel(facts: Facts) -> bool:
    return facts.seat_of(facts.actor) is not None


@guard(N_("Say first whether you have a conflict."))
def one_has_declared(facts: Facts) -> bool:
    seat = facts.seat_of(facts.actor)
    return seat is not None and seat.declared


@guard(N_("You have already submitted your findings."))
def one_has_not_submitted(facts: Facts) -> bool:
    seat = facts.seat_of(facts.actor)
    return seat is not None and not seat.submitted


@guard(N_("Not every seat of the panel has submitted its findings."))
def every_seat_has_submitted(facts: Facts) -> bool:
    return bool(facts.seats) and not facts.empty_seats and all(seat.submitted for seat in facts.seats)


@guard(
    N_("The panel has no majority on every allegation. Return the file to the panel, or decide with reasons.")
)
def the_panel_has_a_majority(facts: Facts) -> bool:
    return facts.panel_has_majority


@guard(N_("At this level the panel's findings bind. They can be returned to the panel, not departed from."))
def the_panel_advises(facts: Facts) -> bool:
    return not facts.panel_binding


@guard(N_("No withdrawal is waiting for a decision."))
def a_withdrawal_is_undecided(facts: Facts) -> bool:
    return facts.withdrawal_undecided


@guard(N_("Someone asked to withdraw. Decide on that first."))
def no_withdrawal_waits(facts: Facts) -> bool:
    return not facts.withdrawal_undecided


@guard(
    N_("The time to ask for another look is over. It can still be asked late, with reasons for the delay.")
)
def the_window_is_open(facts: Facts) -> bool:
    return facts.window is Window.OPEN


@guard(N_("The time to ask for another look is not over; it can be asked for without reasons for delay."))
def the_window_has_closed(facts: Facts) -> bool:
    return facts.window is Window.CLOSED


@guard(N_("You took part in the decision, so someone else has to look at it now."))
def one_did_not_decide(facts: Facts) -> bool:
    return facts.actor not in facts.deciders


@guard(
    N_(
        "No deadline of this file can be given more time: none runs that the rules let you extend, or it has "
        "passed or has all the time they allow."
    )
)
def a_deadline_can_have_more_time(facts: Facts) -> bool:
    return facts.may_have_more_time


@guard(N_("No open deadline of this file has passed."))
def a_deadline_has_passed(facts: Facts) -> bool:
    return facts.is_past_a_deadline


# --- where a step leads: true keeps the file where it is -------------------------------------------


@guard("")
def an_allegation_stays_open(facts: Facts) -> bool:
    return any(each.id not in facts.selected for each in facts.open_allegations)


@guard("")
def another_seat_is_to_submit(facts: Facts) -> bool:
    others = (seat for seat in facts.seats if seat.person != facts.actor)
    return facts.empty_seats > 0 or any(not seat.submitted for seat in others)


@guard("")
def the_file_goes_on(facts: Facts) -> bool:
    return facts.answers.get("withdrawal_ending") == "go_on"


# --- the outcome ----------------------------------------------------------------------------------


@guard(N_("Someone other than the author has to approve it."))
def one_is_not_the_author(facts: OutcomeFacts) -> bool:
    return facts.actor not in facts.writers


@guard(N_("Every part has to be written in both languages first."))
def every_part_is_written(facts: OutcomeFacts) -> bool:
    return facts.complete


@guard(N_("The text still names someone from the file. Open the summary to see where."))
def no_one_is_named(facts: OutcomeFacts) -> bool:
    return facts.leaks == 0


@guard(N_("The result has changed since this was approved. Send it back to its author."))
def it_is_up_to_date(facts: OutcomeFacts) -> bool:
    return not facts.outdated


@guard(N_("The people concerned have to be told the result privately first."))
def the_parties_were_told(facts: OutcomeFacts) -> bool:
    return facts.parties_told


@guard(N_("The time to ask for another look is not over yet."))
def the_windows_are_over(facts: OutcomeFacts) -> bool:
    return facts.windows_over


@guard(N_("The file is open again, so its outcome has to wait."))
def the_file_has_ended(facts: OutcomeFacts) -> bool:
    return facts.file_ended


@guard(N_("The file is on hold, so its outcome has to wait."))
def the_file_is_not_held(facts: OutcomeFacts) -> bool:
    return not facts.file_held
