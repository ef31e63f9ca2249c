"""Every state of the standard workflow can be reached by the cast."""

import pytest
from flask import Flask

from oversight.rules.workflow import FILE_STATES
from tests.factories import complaint_in


@pytest.mark.parametrize("state", [state.slug for state in FILE_STATES])
def test_every_state_can_be_reached(context: Flask, state: str) -> None:
    assert complaint_in(state).state == state
