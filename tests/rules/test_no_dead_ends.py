"""No file is ever stranded: every file that can come to be, by any steps in any order, can still be decided.

A small picture of a file is moved by the real engine, with what each step does kept as simple as it can be.
All pictures that can be reached are visited, and it is asked of each where it can still go.
"""

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

import pytest

from oversight.rules.engine import Engine, Refused
from oversight.rules.facts import AllegationFacts, Facts, OfficerFacts, SeatFacts, Window
from oversight.rules.findings import Status, Subject
from oversight.rules.jurisdictions import all_rulebooks
from oversight.rules.steps import Step, Workflow

ME, OFFICER, ONE, TWO = (UUID(int=number) for number in range(1, 5))
BOTH = frozenset({ONE, TWO})


@dataclass(frozen=True)
class Picture:
    """One file. `pending` are its open allegations; `side` is the officer's; `seat` is the panel's.

    `waits` to be taken up: it was brought in open from another system.
    """

    state: str
    ended_as: str = ""
    pending: frozenset[UUID] = BOTH
    held: bool = False
    withdrawing: bool = False
    side: str = "untold"
    seat: str = ""
    majority: bool = False
    waits: bool = False


def facts(picture: Picture, answers: dict[str, Any], window: Window, binding: bool) -> Facts:
    seats = (SeatFacts(ME, declared=True, submitted=picture.seat == "submitted"),) if picture.seat else ()
    return Facts(
        state=picture.state,
        actor=ME,
        allegations=tuple(
            AllegationFacts(
                each,
                Status.OPEN if each in picture.pending else Status.CLOSED,
                subject=Subject.KNOWN_OFFICER,
                officer=OFFICER,
            )
            for each in BOTH
        ),
        officers=(OfficerFacts(OFFICER, told=picture.side != "untold", heard=picture.side == "heard"),),
        seats=seats,
        open_holds=int(picture.held),
        file_held=picture.held,
        copies_ready=True,
        complainant_reachable=True,
        complainants=1,
        withdrawal_undecided=picture.withdrawing,
        panel_binding=binding,
        panel_has_majority=picture.majority,
        window=window,
        ended_as=picture.ended_as,
        waits_for_adoption=picture.waits,
        may_have_more_time=True,
        is_past_a_deadline=True,
        answers=answers,
    )


Change = Callable[[Picture, dict[str, Any]], Picture]


def with_none_open(picture: Picture, answers: dict[str, Any]) -> Picture:
    return replace(picture, pending=frozenset())


def with_selected_ended(picture: Picture, answers: dict[str, Any]) -> Picture:
    return replace(picture, pending=picture.pending - set(answers["allegations"]))


def with_withdrawal_decided(picture: Picture, answers: dict[str, Any]) -> Picture:
    closed = answers["withdrawal_ending"] == "close"
    return replace(picture, withdrawing=False, pending=frozenset() if closed else picture.pending)


def setting(**changes: Any) -> Change:
    return lambda picture, answers: replace(picture, **changes)


def with_the_seats_reopened(picture: Picture, answers: dict[str, Any]) -> Picture:
    return replace(picture, seat="sitting" if picture.seat else "")


DOES: dict[str, Change] = {
    "note_adoption": setting(waits=False),
    "place_hold": setting(held=True),
    "lift_hold": setting(held=False),
    "note_officer_told": setting(side="told"),
    "defer_telling": setting(side="told"),
    "note_officer_heard": setting(side="heard"),
    "seat_the_panel": setting(seat="sitting"),
    "reopen_the_seats": with_the_seats_reopened,
    "release_the_panel": setting(seat=""),
    "submit_the_seat": setting(seat="submitted"),
    "note_withdrawal": setting(withdrawing=True),
    "decide_withdrawal": with_withdrawal_decided,
    "refer_allegations": with_selected_ended,
    "dismiss_allegations": with_selected_ended,
    "settle_allegations": with_none_open,
    "close_allegations": with_none_open,
    "decide_as_the_panel": with_none_open,
    "decide_otherwise": with_none_open,
    "reopen_allegations": setting(pending=BOTH),
}
NOTHING_HERE = {
    "give_the_clock_more_time",
    "note_why_the_clock_passed",
    "take_as_caseworker",
    "start_the_clocks_of_its_state",
    "set_level",
    "assign_investigator",
    "note_unblinding",
    "note_reconsideration",
    "end_reconsideration",
}


def answers_to(step: Step) -> list[dict[str, Any]]:
    if "allegations" in step.asks and step.name != "hold":
        return [{"allegations": [ONE]}, {"allegations": [ONE, TWO]}, {"allegations": [TWO]}]
    if "withdrawal_ending" in step.asks:
        return [{"withdrawal_ending": "go_on"}, {"withdrawal_ending": "close"}]
    return [{}]


def moves(engine: Engine, picture: Picture, binding: bool) -> Iterator[tuple[Step, Picture]]:
    for step in engine.workflow.steps:
        for answers in answers_to(step) if picture.state in step.source else ():
            for window in Window if picture.state == picture.ended_as else (Window.OPEN,):
                try:
                    there = engine.take(step.name, facts(picture, answers, window, binding))
                except Refused:
                    continue
                yield from ((step, after) for after in taken(engine.workflow, picture, step, answers, there))


def taken(
    workflow: Workflow, picture: Picture, step: Step, answers: dict[str, Any], there: str
) -> Iterator[Picture]:
    for name in step.does:
        if name not in NOTHING_HERE:
            picture = DOES[name](picture, answers)
    ended = there if workflow.state(there).is_ending else picture.ended_as
    picture = replace(picture, state=there, ended_as=ended)
    if "submit_the_seat" in step.does:
        yield replace(picture, majority=True)
    yield replace(picture, majority=picture.majority and "submit_the_seat" not in step.does)


@dataclass
class World:
    """Every picture of a file that can be reached, and the steps between them."""

    pictures: set[Picture]
    before: dict[Picture, set[Picture]]
    steps: set[str]

    def that_can_reach(self, goal: Callable[[Picture], bool]) -> set[Picture]:
        """Return the pictures from which one that `goal` accepts can be reached."""
        found = {picture for picture in self.pictures if goal(picture)}
        waiting = deque(found)
        while waiting:
            for earlier in self.before.get(waiting.popleft(), set()) - found:
                found.add(earlier)
                waiting.append(earlier)
        return found


def beginnings(workflow: Workflow) -> set[Picture]:
    """A file as it is filed, and as another system's may be brought in: open, or at its ending."""
    taken_up = next(step for step in workflow.steps if "note_adoption" in step.does)
    open_ones = {Picture(state, waits=True) for state in taken_up.source}
    ended = {Picture(each.slug, ended_as=each.slug, pending=frozenset()) for each in workflow.endings}
    return {Picture(workflow.initial)} | open_ones | ended


def explore(workflow: Workflow, binding: bool) -> World:
    engine = Engine(workflow)
    starts = beginnings(workflow)
    world = World(set(starts), {}, set())
    waiting = deque(starts)
    while waiting:
        picture = waiting.popleft()
        for step, after in moves(engine, picture, binding):
            world.steps.add(step.name)
            world.before.setdefault(after, set()).add(picture)
            if after not in world.pictures:
                world.pictures.add(after)
                waiting.append(after)
    return world


@pytest.fixture(
    scope="module", params=[("alberta_2025", True), ("alberta_2025", False), ("new_york_ccrb", False)]
)
def place(request: pytest.FixtureRequest) -> tuple[Workflow, World, bool]:
    slug, binding = request.param
    workflow = all_rulebooks()[slug].file
    return workflow, explore(workflow, binding), binding


Place = tuple[Workflow, World, bool]


def test_every_state_and_every_step_can_be_reached(place: Place) -> None:
    workflow, world, binding = place
    assert {picture.state for picture in world.pictures} == {state.slug for state in workflow.states}
    kept = {"depart_from_the_panel"} if binding else set()
    assert {step.name for step in workflow.steps} - world.steps == kept


def test_every_file_can_still_be_decided(place: Place) -> None:
    _, world, _ = place
    stuck = world.pictures - world.that_can_reach(lambda it: it.state == "resolved" and not it.held)
    assert not stuck, min(stuck, key=str)


def test_every_file_can_still_reach_every_ending(place: Place) -> None:
    workflow, world, _ = place
    for ending in workflow.endings:
        stuck = world.pictures - world.that_can_reach(
            lambda it, slug=ending.slug: it.state == slug and not it.held
        )
        assert not stuck, (ending.slug, min(stuck, key=str))


def test_a_file_that_has_ended_has_nothing_open_and_one_that_has_not_has_something(place: Place) -> None:
    workflow, world, _ = place
    for picture in world.pictures:
        if picture.state != "reconsideration":
            assert workflow.state(picture.state).is_ending == (not picture.pending), picture


def test_no_withdrawal_can_be_left_undecided_by_deciding_the_rest(place: Place) -> None:
    _, world, _ = place
    overlooked = {picture.state for picture in world.pictures if picture.withdrawing and not picture.pending}
    assert overlooked <= {"referred", "reconsideration"}, "only another body's matter does not wait for it"


def test_a_hold_can_be_lifted_wherever_the_file_stands(place: Place) -> None:
    workflow, world, binding = place
    lifting = next(step for step in workflow.steps if "lift_hold" in step.does)
    for picture in world.pictures:
        if picture.held:
            assert (
                Engine(workflow).take(lifting.name, facts(picture, {}, Window.OPEN, binding)) == picture.state
            )
