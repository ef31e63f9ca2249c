"""The page that shows the workflow is the workflow's."""

from pathlib import Path

from oversight.rules.drawing import draw
from oversight.rules.jurisdictions import all_rulebooks

PAGE = Path(__file__).parents[2] / "docs" / "workflow.md"


def test_the_page_is_not_stale() -> None:
    assert PAGE.read_text(encoding="utf-8") == draw(all_rulebooks().values()), (
        f"{PAGE.name} is stale: run `oversight workflow draw` and look at what changed."
    )


def test_the_order_of_the_rulebooks_does_not_matter() -> None:
    books = list(all_rulebooks().values())
    assert draw(books) == draw(reversed(books))


def test_equal_workflows_are_drawn_once_and_different_ones_apart() -> None:
    books = all_rulebooks()
    page = draw([books["alberta_2025"], books["new_york_ccrb"], books["alberta_2011"]])
    assert "## The file: alberta_2011, alberta_2025" in page
    assert "## The file: new_york_ccrb" in page
    assert page.count("stateDiagram-v2") == 3


def test_every_step_and_state_is_drawn() -> None:
    for book in all_rulebooks().values():
        page = draw([book])
        for workflow in (book.file, book.outcome):
            assert all(f"**{step.label}** `{step.name}`" in page for step in workflow.steps)
            assert all(f'state "{state.label}" as {state.slug}' in page for state in workflow.states)


def test_arrows_only_lead_where_steps_lead() -> None:
    page = draw([all_rulebooks()["alberta_2025"]])
    assert "    reconsideration --> withdrawn: Confirm the result" in page
    assert "    received --> decision" not in page
