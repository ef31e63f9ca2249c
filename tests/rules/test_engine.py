"""The engine, on toy tables: what it does must not depend on the office's own."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oversight.rules.engine import Engine, Refused
from oversight.rules.facts import Facts
from oversight.rules.guards import Guard
from oversight.rules.roles import Role
from oversight.rules.steps import BACK, PublicStage, State, Step, Workflow

ANYONE = frozenset({Role.CASEWORKER})


def state(slug: str, *, is_ending: bool = False) -> State:
    return State(slug, slug.title(), PublicStage.RECEIVED, "", is_ending=is_ending)


def saying(answer: bool, refusal: str = "Not now.") -> Guard:
    return Guard("it_may", refusal, lambda facts: answer)


WET_PAINT = Guard(
    "the_paint_is_dry", "Let the paint dry first.", lambda facts: facts.answers.get("dry", False)
)
MORE_COATS = Guard("a_coat_is_missing", "", lambda facts: facts.answers.get("coats", 0) < 2)

DOOR = Workflow(
    "door",
    "ajar",
    (state("ajar"), state("open", is_ending=True), state("shut", is_ending=True), state("painted")),
    (
        Step("push", "Push", ("ajar", "shut"), "open", ANYONE),
        Step("pull", "Pull", ("ajar", "open"), "shut", ANYONE, when=(WET_PAINT, saying(True))),
        Step("paint", "Paint", ("open", "shut"), "painted", ANYONE, stays_while=MORE_COATS),
        Step("oil", "Oil", ("open", "shut"), None, ANYONE),
        Step("leave", "Leave as it was", ("painted",), BACK, ANYONE),
    ),
)


def at(slug: str, ended_as: str = "", **answers: object) -> Facts:
    return Facts(state=slug, ended_as=ended_as, answers=answers)


def test_a_step_leads_where_its_row_says() -> None:
    assert Engine(DOOR).take("push", at("ajar")) == "open"
    assert Engine(DOOR).take("push", at("shut")) == "open"


def test_a_step_from_elsewhere_is_refused_with_the_workflows_own_words() -> None:
    workflow = replace(DOOR, not_from_here="Look at the door.")
    with pytest.raises(Refused) as refused:
        Engine(workflow).take("push", at("open"))
    assert (refused.value.step, refused.value.reason) == ("push", "Look at the door.")


def test_a_guard_refuses_with_its_own_words() -> None:
    with pytest.raises(Refused, match="Let the paint dry first"):
        Engine(DOOR).take("pull", at("open"))
    assert Engine(DOOR).take("pull", at("open", dry=True)) == "shut"


def test_every_reason_is_told_not_only_the_first() -> None:
    step = replace(DOOR.step("pull"), when=(WET_PAINT, saying(False, "The key is lost.")))
    assert Engine(DOOR).refusals(step, at("open")) == ("Let the paint dry first.", "The key is lost.")
    assert Engine(DOOR).refusals(step, at("open", dry=True)) == ("The key is lost.",)


def test_a_step_to_nowhere_leaves_the_state_as_it_is() -> None:
    assert Engine(DOOR).take("oil", at("shut")) == "shut"


def test_a_step_stays_while_something_is_missing_and_leads_on_when_nothing_is() -> None:
    assert Engine(DOOR).take("paint", at("open", coats=1)) == "open"
    assert Engine(DOOR).take("paint", at("open", coats=2)) == "painted"


@pytest.mark.parametrize("ending", ["open", "shut"])
def test_back_leads_to_the_ending_it_came_from(ending: str) -> None:
    assert Engine(DOOR).take("leave", at("painted", ended_as=ending)) == ending


@pytest.mark.parametrize("nowhere", ["", "ajar", "gone"])
def test_back_leads_nowhere_for_what_never_ended(nowhere: str) -> None:
    with pytest.raises(Refused):
        Engine(DOOR).take("leave", at("painted", ended_as=nowhere))


def test_an_unknown_step_is_a_mistake_and_not_a_refusal() -> None:
    with pytest.raises(KeyError):
        Engine(DOOR).take("kick", at("open"))


def test_a_guard_that_breaks_is_not_swallowed() -> None:
    broken = Guard("it_divides", "", lambda facts: bool(1 // 0))
    with pytest.raises(ZeroDivisionError):
        Engine(DOOR.changing("push", when=(broken,))).take("push", at("ajar"))
    with pytest.raises(ZeroDivisionError):
        Engine(DOOR.changing("push", stays_while=broken)).take("push", at("ajar"))


def test_one_engine_serves_many_threads() -> None:
    engine = Engine(DOOR)
    files = [("push", "ajar", "open"), ("oil", "shut", "shut"), ("paint", "open", "open")] * 300
    with ThreadPoolExecutor(8) as threads:
        ends = list(threads.map(lambda file: engine.take(file[0], at(file[1])), files))
    assert ends == [end for _, _, end in files]


def test_a_table_that_names_an_unknown_state_is_refused() -> None:
    with pytest.raises(ValueError, match="slammed"):
        DOOR.adding(Step("slam", "Slam", ("open",), "slammed", ANYONE))
    with pytest.raises(ValueError, match="same name"):
        DOOR.adding(DOOR.step("push"))


def test_a_table_can_be_changed_without_touching_the_first() -> None:
    gate = (
        DOOR.adding_state(state("locked"))
        .adding(Step("lock", "Lock", ("shut",), "locked", ANYONE))
        .dropping("oil")
        .changing("push", label="Lean on it")
    )
    assert Engine(gate).take("lock", at("shut")) == "locked"
    assert not gate.has_step("oil")
    assert gate.step("push").label == "Lean on it"
    assert DOOR.has_step("oil")
    assert DOOR.step("push").label == "Push"
    for mistaken in (
        lambda: DOOR.dropping("kick"),
        lambda: DOOR.changing("kick"),
        lambda: DOOR.state("gone"),
    ):
        with pytest.raises(KeyError):
            mistaken()


def test_dropping_a_state_drops_the_steps_that_only_it_had() -> None:
    without = DOOR.dropping_state("painted")
    assert [step.name for step in without.steps] == ["push", "pull", "oil"]
    assert DOOR.dropping_state("ajar").step("push").source == ("shut",)


def test_replacing_a_state_keeps_every_step() -> None:
    varnished = DOOR.replacing_state("painted", state("varnished"))
    assert Engine(varnished).take("paint", at("open", coats=2)) == "varnished"
    assert Engine(varnished).take("leave", at("varnished", ended_as="shut")) == "shut"
    assert DOOR.replacing_state("ajar", state("half")).initial == "half"


# --- whatever the table says ----------------------------------------------------------------------

SLUGS = ("a", "b", "c", "d")


@st.composite
def tables(draw: st.DrawFn) -> Workflow:
    """Any table over four states, two of them endings."""
    states = tuple(state(slug, is_ending=slug in "cd") for slug in SLUGS)
    steps = tuple(
        Step(
            name,
            name,
            tuple(draw(st.sets(st.sampled_from(SLUGS), min_size=1))),
            draw(st.sampled_from((*SLUGS, None, BACK))),
            ANYONE,
            when=tuple(map(saying, draw(st.lists(st.booleans(), max_size=2)))),
            stays_while=draw(st.sampled_from((None, saying(True), saying(False)))),
        )
        for name in ("one", "two", "three")
    )
    return Workflow("any", "a", states, steps)


@given(
    tables(), st.sampled_from(("one", "two", "three")), st.sampled_from(SLUGS), st.sampled_from(("", *SLUGS))
)
def test_a_step_leads_only_where_its_row_says(
    workflow: Workflow, name: str, here: str, ended_as: str
) -> None:
    step = workflow.step(name)
    facts = Facts(state=here, ended_as=ended_as)
    may = here in step.source and all(each(facts) for each in step.when)
    stays = step.to is None or (step.stays_while is not None and step.stays_while(facts))
    lost = step.to is BACK and ended_as not in ("c", "d") and not stays
    if not may or lost:
        with pytest.raises(Refused):
            Engine(workflow).take(name, facts)
    else:
        there = here if stays else (ended_as if step.to is BACK else step.to)
        assert Engine(workflow).take(name, facts) == there
        assert stays or there in step.destinations(workflow.endings)


@given(tables(), st.sampled_from(SLUGS))
def test_whatever_is_offered_leads_from_here_and_belongs_to_the_role(workflow: Workflow, here: str) -> None:
    offered = workflow.steps_from(here, ANYONE)
    assert set(offered) == {step for step in workflow.steps if here in step.source}
    assert workflow.steps_from(here, frozenset({Role.AUDITOR})) == ()
    assert workflow.steps_from(here, frozenset()) == ()
