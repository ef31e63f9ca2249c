"""Roles in place of names, as the first draft of what reviewers read."""

from oversight.rules.blinding import blinded
from oversight.rules.leaks import Name, NameKind

WREN = Name(NameKind.PERSON, "Wren Haldane")
BADGE = Name(NameKind.BADGE, "48213")
AMARA = Name(NameKind.PERSON, "Amara Quist")


def test_every_name_gives_way_to_its_role() -> None:
    text = "I am Amara Quist. Constable Haldane, badge 48213, asked for my name."
    roles = {"the complainant": [AMARA], "Officer A": [WREN, BADGE]}
    assert blinded(text, roles) == "I am the complainant. Constable Officer A, Officer A, asked for my name."


def test_a_whole_name_is_one_role_and_not_two() -> None:
    assert blinded("Wren Haldane stood there.", {"Officer A": [WREN]}) == "Officer A stood there."


def test_where_two_names_overlap_nothing_of_either_is_left() -> None:
    roles = {"Officer A": [WREN], "Officer B": [Name(NameKind.PERSON, "Haldane Brook")]}
    left = blinded("Wren Haldane Brook stood there.", roles)
    assert "Haldane" not in left
    assert "Wren" not in left


def test_a_text_that_names_nobody_stays_as_it_is() -> None:
    assert blinded("They stood there.", {"Officer A": [WREN]}) == "They stood there."
    assert blinded("", {"Officer A": [WREN]}) == ""
