"""Ten stories, from filing to the published outcome: every step on the pages of the one who takes it."""

from collections.abc import Callable

import pytest

from tests.cast import BEA, DORA, INES, IVAN
from tests.journey import DEPARTURE, LETTER, Journey, of_every_allegation
from tests.narratives import narrative_of
from tests.visitors import THE_FIRST

pytestmark = pytest.mark.one_database


Tell = Callable[..., None]


@pytest.fixture
def tell(journey: Journey, record_property: Callable[[str, object], None]) -> Tell:
    """Somebody files a story of a kind; where its words come from stands in the run's last lines."""

    def told(kind: str, **answers: str) -> None:
        narrative = narrative_of(kind)
        record_property("story", f"{kind}: {narrative.source}")
        journey.files(narrative.words, **answers)
        journey.opens_the_file(INES, "/told").sees(narrative.words)

    return told


def test_verbal_abuse_is_sustained_as_the_panel_found(journey: Journey, tell: Tell) -> None:
    tell("VERBAL ABUSE")
    journey.is_assessed()
    journey.is_investigated(level="3")
    journey.is_reviewed("sustained")
    journey.takes("record_the_decision", by=BEA, to_complainant=LETTER)
    journey.follows_it().sees(LETTER, "Sustained")
    journey.is_published()
    journey.is_read_by_the_public("Discreditable conduct", "Sustained")


def test_a_search_that_two_people_complained_about(journey: Journey, tell: Tell) -> None:
    tell("CIVIL RIGHTS COMPLAINT", bias_alleged="yes", bias_kinds="race")
    journey.is_assessed("exercise_of_authority")
    code = journey.gives_a_code_to_another_complainant(INES)
    journey.is_investigated()
    journey.is_reviewed("sustained_in_part")
    journey.takes("record_the_decision", by=BEA, to_complainant=LETTER)
    journey.follows_it().sees(LETTER)
    journey.everyone_has_to_come_in_anew()
    journey.follows_it(code).sees(LETTER)
    journey.is_published()
    journey.is_read_by_the_public("Sustained in part")


def test_force_that_a_court_looks_at_first(journey: Journey, tell: Tell) -> None:
    tell("PHYSICAL ABUSE")
    journey.is_assessed("exercise_of_authority")
    journey.is_investigated()
    until = {"review_on-day": "1", "review_on-month": "2", "review_on-year": "2030"}
    because = {"hold_reason": "criminal_proceedings", "authority": "Letter of the Crown"}
    journey.takes("hold", by=IVAN, second=DORA, **because, **until)
    journey.follows_it().sees("Part of this is on hold")
    journey.days_pass(60)
    journey.takes("resume", by=IVAN, hold=THE_FIRST, reason="The court has decided.")
    journey.follows_it().does_not_see("Part of this is on hold")
    journey.is_reviewed("not_sustained")
    journey.takes("record_the_decision", by=BEA, to_complainant=LETTER)
    journey.is_published()
    journey.is_read_by_the_public("Not sustained")


def test_harassment_that_goes_on_though_it_was_withdrawn(journey: Journey, tell: Tell) -> None:
    tell("HARASSMENT")
    journey.is_assessed()
    withdrawing = journey.follows_it()
    withdrawing.follows("I want to take my complaint back")
    withdrawing.fills_in(pressed=THE_FIRST, reason="I am tired of it.")
    withdrawing.presses("Withdraw my complaint")
    withdrawing.sees("You asked to withdraw")
    going_on = {"withdrawal_ending": "go_on", "reason": "Others were stopped too.", "to_complainant": LETTER}
    journey.takes("decide_on_a_withdrawal", by=INES, second=BEA, **going_on)
    journey.is_investigated(level="3")
    journey.is_reviewed("sustained")
    journey.takes("record_the_decision", by=BEA, to_complainant=LETTER)
    journey.is_published()
    journey.is_read_by_the_public("Sustained")


def test_a_report_about_which_the_director_departs_from_the_panel(journey: Journey, tell: Tell) -> None:
    tell("FALSIFICATION")
    journey.is_assessed("deceit")
    journey.is_investigated()
    journey.is_reviewed("not_sustained")
    departing = {
        "finding:*": "sustained",
        "reasons:*": "The signature is another's.",
        "to_complainant": LETTER,
    }
    reason = "The recording was not part of the copy."
    journey.takes("depart_from_the_panel", by=BEA, second=DORA, reason=reason, **departing)
    journey.follows_it().sees(LETTER, "Sustained")
    journey.is_published(**DEPARTURE)
    journey.is_read_by_the_public("The decision differs", DEPARTURE["why_departed.en"])


def test_a_private_quarrel_that_the_law_leaves_to_others(journey: Journey, tell: Tell) -> None:
    tell("DOMESTIC", duty="off")
    journey.is_assessed()
    journey.takes(
        "give_more_time", by=INES, second=BEA, clock=THE_FIRST, days="14", delay_reason="translation"
    )
    journey.follows_it().sees("What takes longer", "We gave ourselves more time", "translated")
    journey.days_pass(60)
    journey.takes("say_why_it_passed", by=INES, clock=THE_FIRST, delay_reason="workload")
    journey.follows_it().sees("The deadline passed on", "more files than it has people")
    because = {"ground": "no_jurisdiction", "reason": "The officer has another employer."}
    journey.takes("dismiss", by=BEA, **of_every_allegation(**because))
    journey.follows_it().sees(LETTER, "Dismissed", "No jurisdiction")
    journey.is_published()
    journey.is_read_by_the_public("Dismissed")


def test_money_that_was_taken_is_referred(journey: Journey, tell: Tell) -> None:
    tell("CRIMINAL ALLEGATION", officer_status="unknown_officer", anonymous="yes")
    journey.is_assessed("corrupt_practice")
    journey.takes(
        "refer", by=INES, second=BEA, **of_every_allegation(body="crown", reason="It may be a crime.")
    )
    journey.follows_it().sees(LETTER, "Referred")
    journey.is_published()
    journey.is_read_by_the_public("Referred")


def test_calls_that_nobody_returned_are_settled(journey: Journey, tell: Tell) -> None:
    tell("LACK OF SERVICE", context="call_for_service")
    journey.is_assessed("neglect_of_duty")
    journey.takes("offer_early_resolution", by=INES, note="A talk with the detective's sergeant.")
    journey.follows_it().sees("a way to settle this by talking")
    agreed = {"terms": "An apology, and the case is opened again.", "agreement": True}
    journey.takes("settle", by=INES, to_complainant=LETTER, **agreed)
    journey.is_published()
    journey.is_read_by_the_public("Settled")


def test_early_resolution_fails_and_an_investigation_clears_the_officer(journey: Journey, tell: Tell) -> None:
    tell("UNPROFESSIONAL CONDUCT")
    journey.is_assessed()
    journey.takes("offer_early_resolution", by=INES, note="A talk.")
    journey.takes("end_early_resolution", by=INES, reason="They would rather have it looked into.")
    journey.is_investigated(level="3")
    journey.is_reviewed("exonerated")
    journey.takes("record_the_decision", by=BEA, to_complainant=LETTER)
    journey.is_published()
    journey.is_read_by_the_public("Exonerated")


def test_an_officer_whom_nobody_can_identify(journey: Journey, tell: Tell) -> None:
    tell("DEPARTMENTAL VIOLATIONS", officer_status="unknown_officer")
    journey.is_assessed("exercise_of_authority")
    why = {"closing_ground": "officer_unidentified", "reason": "No record names anyone."}
    journey.takes("close_without_finding", by=INES, second=BEA, to_complainant=LETTER, **why)
    journey.is_published()
    journey.is_read_by_the_public("Closed without a finding")
