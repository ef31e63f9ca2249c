"""Caring for the keys that seal."""

import click

from oversight.cli.opening import office, read_settings


@click.group()
def keys() -> None:
    """Care for the keys that seal identities and narratives."""


@keys.command()
def rotate() -> None:
    """Seal everything anew with a fresh key. The office may go on working meanwhile."""
    from oversight.keys import add_sealing_key, holds_these_keys, with_new_sealing_key
    from oversight.kit.reseal import reseal_everything

    settings = read_settings()
    if holds_these_keys(settings.data_dir, settings.sealing_keys):
        add_sealing_key(settings.data_dir)
    else:
        click.echo(
            "The keys come from OVERSIGHT_SEALING_KEYS. To rotate, set it to the line below wherever the "
            f"office runs, then run this again:\n{with_new_sealing_key(settings.sealing_keys)}"
        )
    with office():
        counts = reseal_everything()
    click.echo(f"{sum(counts.values())} values in {sum(map(bool, counts.values()))} columns are sealed anew.")
