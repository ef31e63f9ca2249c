"""The ledger: check it, sign where it stands, destroy words that must go."""

import json
import sys
from pathlib import Path

import click

from oversight.cli.opening import office


@click.group()
def ledger() -> None:
    """Check the ledger, sign where it stands, or destroy words the law says must go."""


@ledger.command()
@click.option("--checkpoint", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--public-key", help="The key that must have signed the checkpoint.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
def verify(checkpoint: Path | None, public_key: str | None, as_json: bool) -> None:
    """Check every entry, its words and the chain. Exits 1 when anything is wrong."""
    from oversight.kit.db import session
    from oversight.ledger import CheckpointError, read_checkpoint
    from oversight.ledger import verify as check

    try:
        signed = read_checkpoint(checkpoint.read_text(), public_key=public_key) if checkpoint else None
    except CheckpointError as error:
        raise click.ClickException(str(error)) from None
    with office():
        found = check(session(), signed)
    if as_json:
        click.echo(json.dumps({"entries": found.entries, "faults": found.faults, "ok": not found.faults}))
    else:
        click.echo(f"{found.entries} entries checked.")
        for fault in found.faults:
            click.echo(f"WRONG: {fault}")
        for gap in found.cannot_exclude:
            click.echo(f"Cannot be excluded: {gap}")
        click.echo("The ledger is whole." if not found.faults else "The ledger is NOT whole.")
    sys.exit(1 if found.faults else 0)


@ledger.command()
def checkpoint() -> None:
    """Print a signed note of where the ledger stands, to be kept by someone outside."""
    from oversight.kit.clock import now
    from oversight.kit.db import session
    from oversight.ledger import CheckpointError, take_checkpoint
    from oversight.rules.jurisdictions import rulebooks_of

    with office() as app:
        settings = app.config["SETTINGS"]
        name = rulebooks_of(settings.place)[0].office.name
        try:
            text = take_checkpoint(session(), key_file=settings.checkpoint_key_file, office=name, at=now())
        except CheckpointError as error:
            raise click.ClickException(str(error)) from None
    click.echo(text)


@ledger.command()
@click.argument("numbers", nargs=-1, type=int, required=True)
@click.option(
    "--reason", required=True, help="A code for the rule that demands it, e.g. retention-schedule-4."
)
def destroy(numbers: tuple[int, ...], reason: str) -> None:
    """Destroy the words of entries for good, where the law demands it. The chain stays whole."""
    from oversight.kit.clock import now
    from oversight.kit.db import writing
    from oversight.ledger import Actor, destroy_words

    with office():
        try:
            with writing():
                destroy_words(numbers, reason=reason, actor=Actor.system(), at=now())
        except ValueError as error:
            raise click.ClickException(str(error)) from None
    click.echo(f"The words of {len(numbers)} entries are destroyed; this is entered in the ledger.")
