"""Runs a table of steps with `transitions`: one unbound machine per workflow. No rule change edits this."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import cast

from transitions import EventData, Machine, MachineError

from oversight.rules.facts import Facts, OutcomeFacts
from oversight.rules.guards import Guard
from oversight.rules.steps import Back, Step, Workflow


class Refused(Exception):
    """A step may not be taken now. `reason` is a marked sentence a person can act on."""

    def __init__(self, step: str, reason: str) -> None:
        super().__init__(f"{step}: {reason}")
        self.step = step
        self.reason = reason


@dataclass
class _Holder:
    """What the machine moves: the state, beside the facts its conditions read."""

    state: str
    facts: Facts | OutcomeFacts


class Engine:
    """Tells where a step leads, or why not. Holds no file: one engine serves every thread."""

    def __init__(self, workflow: Workflow) -> None:
        self.workflow = workflow

    @cached_property
    def _machine(self) -> Machine:
        machine = Machine(
            None,
            states=[state.slug for state in self.workflow.states],
            initial=self.workflow.initial,
            auto_transitions=False,
            send_event=True,
        )
        for step in self.workflow.steps:
            for source in step.source:
                self._add(machine, step, source)
        return machine

    def _add(self, machine: Machine, step: Step, source: str) -> None:
        if step.stays_while is not None:
            machine.add_transition(step.name, source, None, conditions=_condition(step.stays_while))
        if isinstance(step.to, Back):
            for ending in self.workflow.endings:
                machine.add_transition(step.name, source, ending.slug, conditions=_ended_as(ending.slug))
        else:
            machine.add_transition(step.name, source, step.to)

    def refusals(self, step: Step, facts: Facts | OutcomeFacts) -> tuple[str, ...]:
        """Return each reason why `step` may not be taken now; empty when it may.

        While something stands before every step, that alone is the reason.
        """
        before = () if step.comes_first else _against(self.workflow.before_all, facts)
        return before or _against(step.when, facts)

    def take(self, name: str, facts: Facts | OutcomeFacts) -> str:
        """Return the state that step `name` leads to. Raises Refused with the first reason against it."""
        step = self.workflow.step(name)
        if facts.state not in step.source:
            raise Refused(name, self.workflow.not_from_here)
        for reason in self.refusals(step, facts):
            raise Refused(name, reason)
        holder = _Holder(facts.state, facts)
        try:
            moved = self._machine.events[name].trigger(holder)
        except MachineError as error:
            raise Refused(name, self.workflow.not_from_here) from error
        if not moved:
            raise Refused(name, self.workflow.not_from_here)
        return holder.state


def _against(guards: tuple[Guard, ...], facts: Facts | OutcomeFacts) -> tuple[str, ...]:
    return tuple(each.refusal for each in guards if not each(facts))


def _condition(guard: Guard) -> Callable[[EventData], bool]:
    def holds(event: EventData) -> bool:
        holder = cast(_Holder, event.model)
        return guard(holder.facts)

    return holds


def _ended_as(ending: str) -> Callable[[EventData], bool]:
    def holds(event: EventData) -> bool:
        facts = cast(_Holder, event.model).facts
        return isinstance(facts, Facts) and facts.ended_as == ending

    return holds
