"""A cell that could start a formula opens as text; every other cell stays as it is."""

import pytest

from oversight.kit.sheets import safe_cell


@pytest.mark.parametrize(
    "cell",
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\rx",
        "\nx",
        "\0x",
        "＝1+1",
        "＋1",
        "－1",
        "＠x",
        "﹣1",
        "﹢1",
        "\u22121",
    ],
)
def test_what_could_start_a_formula_is_text(cell: str) -> None:
    assert safe_cell(cell) == "'" + cell


@pytest.mark.parametrize("before", [" ", "\u00a0", "\ufeff", "\u200b", "\u2003 ", " \t"])
def test_what_programs_skip_hides_no_formula(before: str) -> None:
    assert safe_cell(before + "=1+1").startswith("'")


@pytest.mark.parametrize("cell", ["", " ", "a=b", "1-2", "me@example.org", "'=1", "été", "{}", "“=1”"])
def test_other_cells_stay_as_they_are(cell: str) -> None:
    assert safe_cell(cell) == cell
