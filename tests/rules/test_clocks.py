"""Which clocks a state has, by the table alone: what a file gets that came there by no step of ours."""

import pytest

from oversight.rules.clocks import clocks_in
from oversight.rules.jurisdictions import all_rulebooks

# state | the clocks of a file there, however it came there, by hand
CLOCKS = """
received         | progress_notice
assessment       | progress_notice assessment
early_resolution | progress_notice assessment
mediation        | progress_notice assessment
investigation    | progress_notice investigation
civilian_review  | progress_notice investigation review
decision         | progress_notice investigation
"""
ROWS = [
    (state.strip(), set(clocks.split()))
    for state, clocks in (line.split("|") for line in CLOCKS.strip().splitlines())
]
BOOKS = sorted(all_rulebooks())


@pytest.mark.parametrize("slug", BOOKS)
@pytest.mark.parametrize("state, clocks", ROWS)
def test_a_state_has_the_clocks_that_every_way_to_it_started(slug: str, state: str, clocks: set[str]) -> None:
    book = all_rulebooks()[slug]
    if state in {each.slug for each in book.file.states}:
        assert {deadline.slug for deadline in clocks_in(book, state)} == clocks


@pytest.mark.parametrize("slug", BOOKS)
def test_every_state_a_file_can_be_taken_up_in_has_a_clock(slug: str) -> None:
    book = all_rulebooks()[slug]
    for state in book.file.step("adopt").source:
        assert clocks_in(book, state), state


@pytest.mark.parametrize("slug", BOOKS)
def test_wherever_a_clock_can_pass_it_can_be_said_why(slug: str) -> None:
    book = all_rulebooks()[slug]
    ticking = {
        state.slug
        for state in book.file.states
        if {deadline.slug for deadline in clocks_in(book, state.slug)} & book.clocks_of_work()
    }
    assert {"received", "reconsideration"} < ticking
    assert ticking <= set(book.file.step("say_why_it_passed").source)
