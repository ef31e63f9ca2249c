"""Bringing in what an office did before."""

import json
from pathlib import Path

import click

from oversight.cli.opening import Progress, office


@click.command("import")
@click.argument("mapping", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Say what would come, and write nothing.")
@click.option("--update", is_flag=True, help="Take over files that changed in the export since.")
@click.option("--json", "as_json", is_flag=True, help="Print the summary as JSON.")
@click.option(
    "--refused",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Where to list repaired and refused rows; else in the data folder.",
)
@click.option(
    "--suggest",
    type=click.Path(path_type=Path),
    help="Look at the files of a folder and print a first mapping.",
)
def import_history(
    mapping: Path | None,
    folder: Path | None,
    dry_run: bool,
    update: bool,
    as_json: bool,
    refused: Path | None,
    suggest: Path | None,
) -> None:
    """Bring in an office's past files from its exports in FOLDER, as MAPPING tells. See docs/importing.md."""
    if suggest is not None:
        _print_first_mapping(suggest)
        return
    if mapping is None or folder is None:
        raise click.UsageError("Name a mapping and the folder of the exports, or --suggest a folder.")
    _bring_in(mapping, folder, refused, dry_run=dry_run, update=update, as_json=as_json)


def _print_first_mapping(folder: Path) -> None:
    from oversight.importing.reading import InputError
    from oversight.importing.suggesting import suggest

    try:
        click.echo(suggest(folder))
    except InputError as error:
        raise click.ClickException(str(error)) from None


def _bring_in(
    mapping: Path, folder: Path, refused: Path | None, *, dry_run: bool, update: bool, as_json: bool
) -> None:
    from oversight.importing.command import ImportFailed, import_export

    with office() as app, Progress() as progress:
        try:
            done = import_export(
                mapping, folder, app.config["SETTINGS"], refused, progress, dry_run=dry_run, update=update
            )
        except ImportFailed as error:
            raise click.ClickException(str(error)) from None
    click.echo(json.dumps(done.as_json(), ensure_ascii=False, indent=1) if as_json else done.as_table())
