"""Drawing the workflow as the rulebooks have it."""

from pathlib import Path

import click


@click.group()
def workflow() -> None:
    """Show the workflow as the rulebooks have it."""


@workflow.command()
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), default="docs/workflow.md")
def draw(output: Path) -> None:
    """Draw the states, and who may do what, into a Markdown page."""
    from oversight.rules.drawing import draw as drawn
    from oversight.rules.jurisdictions import all_rulebooks

    output.parent.mkdir(parents=True, exist_ok=True)
    output.write_text(drawn(tuple(all_rulebooks().values())), encoding="utf-8")
    click.echo(f"Wrote {output}")
