"""Caring for the keys that seal."""

from pathlib import Path

import click

from oversight.cli.opening import office, read_settings

IN_TWO_STAGES = """\
The keys come from OVERSIGHT_SEALING_KEYS, and nothing is changed yet. Put a fresh key there in two stages;
the office may go on working. Run this once and keep both lines: each run makes another key.

1. On every machine, set it to this line and restart. All can then open what the new key will seal.
OVERSIGHT_SEALING_KEYS='{}'

2. When every machine has restarted, copy the keys into a new folder: oversight keys copy
The copy has the new key as well. Only then set the variable to this line on each, and restart: it then seals.
OVERSIGHT_SEALING_KEYS='{}'

3. When every machine has restarted again: oversight keys reseal"""


@click.group()
def keys() -> None:
    """Care for the keys that seal identities and narratives."""


@keys.command()
def rotate() -> None:
    """Seal everything anew with a fresh key. The office may go on working meanwhile.

    Where the keys come from the environment, this says what to set there, and `oversight keys reseal` does
    the rest.
    """
    from oversight.keys import SEALING_KEYS, add_sealing_key, in_two_stages
    from oversight.settings import keys_given

    settings = read_settings()
    if SEALING_KEYS in keys_given():
        click.echo(IN_TWO_STAGES.format(*in_two_stages(settings.sealing_keys)))
        return
    add_sealing_key(settings.data_dir)
    _reseal()


@keys.command()
def reseal() -> None:
    """Seal anew, with the key that seals today, whatever an older one sealed. It may be run again."""
    _reseal()


def _reseal() -> None:
    from oversight.kit.reseal import reseal_everything

    with office():
        counts = reseal_everything()
    click.echo(f"{sum(counts.values())} values in {sum(map(bool, counts.values()))} columns are sealed anew.")


@keys.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
def copy(folder: Path) -> None:
    """Copy this office's keys into FOLDER, which must not be where a backup lies.

    Whoever has a backup and the keys can read everything; whoever loses the keys, nothing. Copy them again
    after each rotation, into a new folder.
    """
    from oversight.backups.folder import MANIFEST
    from oversight.keys import SEALING_KEYS, SECRET_KEY, read_keys, write_keys

    settings = read_settings()
    place = folder.resolve()
    if place.is_relative_to(settings.data_dir.resolve()):
        raise click.ClickException(f"{folder} is the office's own folder, or in it: a copy lies elsewhere.")
    if any((above / MANIFEST).exists() for above in (place, *place.parents)):
        raise click.ClickException(f"{folder} is in a backup: keys and backup must not lie together.")
    mine = {SECRET_KEY: settings.secret_key, SEALING_KEYS: settings.sealing_keys}
    try:
        write_keys(folder, read_keys(settings.data_dir) | mine)
    except (ValueError, OSError) as error:
        raise click.ClickException(str(error)) from None
    click.echo(f"The keys are copied to {folder}. Keep it apart from every backup.")
