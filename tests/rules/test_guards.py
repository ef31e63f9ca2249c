"""Each guard, on a file that it lets pass and on files that it stops. Every guard has its row."""

from dataclasses import replace
from uuid import UUID

import pytest

from oversight.rules import guards as when
from oversight.rules.facts import AllegationFacts, Facts, OfficerFacts, OutcomeFacts, SeatFacts, Window
from oversight.rules.findings import Status, Subject
from oversight.rules.guards import Guard

ME, OTHER, OFFICER, ONE, TWO = (UUID(int=number) for number in range(1, 6))

BARE = Facts(state="investigation", actor=ME)
OPEN = replace(BARE, allegations=(AllegationFacts(ONE), AllegationFacts(TWO)))
NAMED = replace(
    BARE, allegations=(AllegationFacts(ONE, subject=Subject.KNOWN_OFFICER, officer=OFFICER),), officers=()
)
SUMMARY = OutcomeFacts(state="draft", actor=ME)


def with_officer(**side: bool) -> Facts:
    return replace(NAMED, officers=(OfficerFacts(OFFICER, **side),))


def with_seats(*seats: SeatFacts) -> Facts:
    return replace(OPEN, seats=seats)


def selecting(*allegations: UUID) -> Facts:
    return replace(OPEN, answers={"allegations": [str(each) for each in allegations]})


ENDED = (AllegationFacts(ONE, status=Status.DISMISSED),)
UNCODED = (AllegationFacts(ONE), AllegationFacts(TWO, coded=False))

# guard, a picture it lets pass, a picture it stops
ROWS: list[tuple[Guard, Facts | OutcomeFacts, Facts | OutcomeFacts]] = [
    (when.it_waits_for_adoption, replace(BARE, waits_for_adoption=True), BARE),
    (when.nobody_has_to_take_it_up_first, BARE, replace(BARE, waits_for_adoption=True)),
    (when.something_is_open, OPEN, BARE),
    (when.something_is_open, OPEN, replace(BARE, allegations=ENDED)),
    (when.every_allegation_is_coded, OPEN, replace(BARE, allegations=UNCODED)),
    (when.every_allegation_is_coded, OPEN, BARE),
    (when.complainant_can_be_reached, replace(BARE, complainant_reachable=True), BARE),
    (when.someone_complained, replace(BARE, complainants=2), BARE),
    (when.something_is_held, replace(BARE, open_holds=1), BARE),
    (when.nothing_is_held, BARE, replace(BARE, open_holds=1)),
    (when.file_is_not_held, replace(BARE, open_holds=1), replace(BARE, open_holds=1, file_held=True)),
    (when.a_deadline_can_have_more_time, replace(BARE, may_have_more_time=True), BARE),
    (when.a_deadline_has_passed, replace(BARE, is_past_a_deadline=True), BARE),
    (when.an_officer_is_to_be_told, with_officer(), with_officer(told=True)),
    (when.an_officer_is_to_be_told, with_officer(deferred=True), BARE),
    (when.an_officer_is_to_be_heard, with_officer(told=True), with_officer()),
    (when.an_officer_is_to_be_heard, with_officer(deferred=True), with_officer(told=True, heard=True)),
    (when.every_officer_was_heard, with_officer(told=True, heard=True), with_officer(told=True)),
    (when.every_officer_was_heard, with_officer(deferred=True, heard=True), with_officer(heard=True)),
    (when.every_officer_was_heard, OPEN, NAMED),
    (when.review_copies_are_ready, replace(BARE, copies_ready=True), BARE),
    (when.one_sits_on_the_panel, with_seats(SeatFacts(ME)), with_seats(SeatFacts(OTHER))),
    (when.one_has_declared, with_seats(SeatFacts(ME, declared=True)), with_seats(SeatFacts(ME))),
    (when.one_has_declared, with_seats(SeatFacts(ME, declared=True)), with_seats(SeatFacts(OTHER, True))),
    (when.one_has_not_submitted, with_seats(SeatFacts(ME)), with_seats(SeatFacts(ME, submitted=True))),
    (when.one_has_not_submitted, with_seats(SeatFacts(ME)), BARE),
    (
        when.every_seat_has_submitted,
        with_seats(SeatFacts(ME, submitted=True), SeatFacts(OTHER, submitted=True)),
        with_seats(SeatFacts(ME, submitted=True), SeatFacts(OTHER)),
    ),
    (when.every_seat_has_submitted, with_seats(SeatFacts(ME, submitted=True)), BARE),
    (
        when.every_seat_has_submitted,
        with_seats(SeatFacts(ME, submitted=True)),
        replace(with_seats(SeatFacts(ME, submitted=True)), empty_seats=1),
    ),
    (when.the_panel_has_a_majority, replace(BARE, panel_has_majority=True), BARE),
    (when.the_panel_advises, BARE, replace(BARE, panel_binding=True)),
    (when.a_withdrawal_is_undecided, replace(BARE, withdrawal_undecided=True), BARE),
    (when.no_withdrawal_waits, BARE, replace(BARE, withdrawal_undecided=True)),
    (when.the_window_is_open, BARE, replace(BARE, window=Window.CLOSED)),
    (when.the_window_has_closed, replace(BARE, window=Window.CLOSED), BARE),
    (
        when.one_did_not_decide,
        replace(BARE, deciders=frozenset({OTHER})),
        replace(BARE, deciders=frozenset({ME})),
    ),
    (when.an_allegation_stays_open, selecting(ONE), selecting(ONE, TWO)),
    (when.an_allegation_stays_open, selecting(), replace(BARE, allegations=ENDED)),
    (
        when.another_seat_is_to_submit,
        with_seats(SeatFacts(ME), SeatFacts(OTHER)),
        with_seats(SeatFacts(ME), SeatFacts(OTHER, submitted=True)),
    ),
    (
        when.another_seat_is_to_submit,
        replace(with_seats(SeatFacts(ME)), empty_seats=1),
        with_seats(SeatFacts(ME)),
    ),
    (
        when.the_file_goes_on,
        replace(BARE, answers={"withdrawal_ending": "go_on"}),
        replace(BARE, answers={"withdrawal_ending": "close"}),
    ),
    (
        when.one_is_not_the_author,
        replace(SUMMARY, writers=frozenset({OTHER})),
        replace(SUMMARY, writers=frozenset({OTHER, ME})),
    ),
    (when.every_part_is_written, replace(SUMMARY, complete=True), SUMMARY),
    (when.no_one_is_named, SUMMARY, replace(SUMMARY, leaks=1)),
    (when.it_is_up_to_date, SUMMARY, replace(SUMMARY, outdated=True)),
    (when.the_parties_were_told, replace(SUMMARY, parties_told=True), SUMMARY),
    (when.the_windows_are_over, replace(SUMMARY, windows_over=True), SUMMARY),
    (when.the_file_has_ended, replace(SUMMARY, file_ended=True), SUMMARY),
    (when.the_file_is_not_held, SUMMARY, replace(SUMMARY, file_held=True)),
]

GUARDS = [each for each in vars(when).values() if isinstance(each, Guard)]


@pytest.mark.parametrize("guard, passes, stops", ROWS, ids=lambda each: getattr(each, "name", ""))
def test_a_guard(guard: Guard, passes: Facts | OutcomeFacts, stops: Facts | OutcomeFacts) -> None:
    assert guard(passes)
    assert not guard(stops)


def test_every_guard_has_its_row() -> None:
    assert {guard.name for guard in GUARDS} == {guard.name for guard, _, _ in ROWS}


def test_a_refusal_is_a_sentence() -> None:
    where_to = {"an_allegation_stays_open", "another_seat_is_to_submit", "the_file_goes_on"}
    for guard in GUARDS:
        if guard.name in where_to:
            assert guard.refusal == "", "it says where a step leads and refuses nobody"
        else:
            assert guard.refusal[0].isupper(), guard.name
            assert guard.refusal.endswith("."), guard.name


def test_an_officer_with_nothing_open_need_not_be_heard() -> None:
    over = AllegationFacts(ONE, Status.REFERRED, subject=Subject.KNOWN_OFFICER, officer=OFFICER)
    facts = replace(BARE, allegations=(over, AllegationFacts(TWO)), officers=(OfficerFacts(OFFICER),))
    assert when.every_officer_was_heard(facts)


@pytest.mark.parametrize("subject", [Subject.CHIEF, Subject.CIVILIAN_EMPLOYEE, Subject.KNOWN_OFFICER])
def test_whoever_is_known_has_to_be_named_before_a_finding(subject: Subject) -> None:
    assert not when.every_officer_was_heard(
        replace(BARE, allegations=(AllegationFacts(ONE, subject=subject),))
    )


@pytest.mark.parametrize("subject", [Subject.UNKNOWN_OFFICER, Subject.DESCRIBED_OFFICER, Subject.POLICY])
def test_nobody_is_waited_for_where_nobody_is_known(subject: Subject) -> None:
    assert when.every_officer_was_heard(replace(BARE, allegations=(AllegationFacts(ONE, subject=subject),)))


def test_allegations_are_selected_by_identifiers_or_by_their_text() -> None:
    assert replace(OPEN, answers={"allegations": [ONE, str(TWO)]}).selected == {ONE, TWO}
    assert OPEN.selected == frozenset()
