"""A copy of the office for a bad day, and the way back."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from oversight.cli.opening import Progress, office

if TYPE_CHECKING:
    from oversight.backups.restoring import Restored
    from oversight.settings import Settings


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
def backup(folder: Path) -> None:
    """Back the office up into FOLDER, which is new or empty, while the office goes on working.

    The keys are not in it: `oversight keys copy` copies them to another place. A folder without a
    manifest.json is of a backup that was cut short, and is worth nothing.
    """
    from oversight.backups.making import make_backup
    from oversight.backups.refusals import CannotBackUp
    from oversight.kit.db import db

    with office() as app, Progress() as progress:
        try:
            made = make_backup(
                db.engine, app.config["SETTINGS"], folder, partial(progress, "Backing up", total=100)
            )
        except CannotBackUp as error:
            raise click.ClickException(str(error)) from None
    click.echo(
        f"{folder}: {made.size / 1e6:,.1f} MB, the office as of {made.manifest.taken_at}, "
        f"{made.manifest.ledger_number:,} ledger entries. The keys are not in it."
    )


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--keys",
    "keys_folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Where `oversight keys copy` put the office's keys, unless they are in place already.",
)
def restore(folder: Path, keys_folder: Path | None) -> None:
    """Restore the backup in FOLDER into a new office: an empty data folder, an empty database.

    It is checked whole first and put in place in one step, on SQLite or PostgreSQL, whichever it comes
    from. Nothing is sent until the office works again.
    """
    from oversight.app import create_app
    from oversight.backups.refusals import CannotRestore
    from oversight.backups.restoring import restore as restore_it
    from oversight.keys import read_keys
    from oversight.kit.db import db

    keys = read_keys(keys_folder) if keys_folder else {}
    settings = _settings_with(keys, keys_folder)
    with create_app(settings).app_context(), Progress() as progress:
        try:
            with _nobody_serving(settings):
                done = restore_it(
                    db.engine, settings, folder, keys, partial(progress, "Restoring", total=100)
                )
        except CannotRestore as error:
            raise click.ClickException(f"{error}\nNothing was restored.") from None
    _report(done)


def _settings_with(keys: dict[str, str], keys_folder: Path | None) -> "Settings":
    """The settings of an office that will have those keys, and may have none yet."""
    from oversight.keys import SEALING_KEYS, SECRET_KEY, new_secret_key
    from oversight.settings import KEY_SETTINGS, Settings, SettingsError, data_dir_named

    os.umask(0o077)
    # A demonstration would make keys of its own at the first look at its settings.
    environ = {**os.environ, "OVERSIGHT_DEMO": "0"}
    if keys_folder:
        if SEALING_KEYS not in keys:
            raise click.ClickException(f"{keys_folder} holds no file named {SEALING_KEYS}.")
        # Without the old one everybody signs in anew, and nothing is lost.
        keys.setdefault(SECRET_KEY, new_secret_key())
    elif not (environ.get("OVERSIGHT_SEALING_KEYS") or (data_dir_named() / SEALING_KEYS).exists()):
        raise click.ClickException(
            "The office's keys are not here: name their copy with --keys FOLDER. Without them nobody could "
            "read who complained, what they wrote, or any answer, message or notice."
        )
    for name, variable in KEY_SETTINGS.items():
        if name in keys and (environ.get(variable) or keys[name]) != keys[name]:
            raise click.ClickException(
                f"{variable} is set, and is another key than the one in {keys_folder}."
            )
        if name in keys:
            environ[variable] = keys[name]
    try:
        return Settings.from_env(environ)
    except SettingsError as error:
        raise click.ClickException(str(error)) from None


@contextmanager
def _nobody_serving(settings: "Settings") -> Iterator[None]:
    """Keep this office from being served, or restored by someone else, until this is done."""
    from oversight.jobs.serving import AlreadyServing, only_one

    try:
        lock = only_one(settings)
    except AlreadyServing as error:
        raise click.ClickException(str(error)) from None
    with lock:
        yield


def _report(done: "Restored") -> None:
    taken_at = done.manifest.taken_at
    click.echo(
        f"The office stands as of {taken_at}. {done.entries:,} ledger entries checked; the ledger is whole "
        f"and ends at {done.manifest.ledger_hash}."
    )
    if done.waiting:
        click.echo(
            f"Notices that wait to be sent: {done.waiting:,}. They leave once the office works again; those "
            f"that left after {taken_at} leave a second time, each under the Message-ID it had."
        )
