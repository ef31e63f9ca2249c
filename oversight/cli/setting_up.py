"""Making an office: its database and keys, its first administrator, an invented one, and what it lacks."""

import sys
from typing import TYPE_CHECKING

import click

from oversight.cli.opening import office, prepare_database, read_settings, refuse_half_restored

if TYPE_CHECKING:
    from flask import Flask


@click.command()
@click.option(
    "--email", help="The first administrator's address; else administrator@ the office's own domain."
)
@click.option("--name", default="Administrator", show_default=True, help="The first administrator's name.")
def init(email: str | None, name: str) -> None:
    """Prepare the database, make keys where the office keeps its own, and invite the first administrator.

    May be run again: it brings the database up to date, keeps the keys, and prints a new link as long as
    nobody has used one.
    """
    from oversight.accounts.founding import first_administrator_link
    from oversight.accounts.refusals import NotAllowed
    from oversight.keys import make_keys
    from oversight.settings import data_dir_named, keys_given

    refuse_half_restored()
    for made in make_keys(data_dir_named(), given=keys_given()):
        click.echo(f"Made {made}. Keep a copy of it somewhere safe.")
    with office() as app:
        prepare_database()
        try:
            path = first_administrator_link(email or _own_address(app), name)
        except NotAllowed:
            click.echo("This office already has its administrator. The database is up to date.")
            return
        click.echo(f"Open this once, within 24 hours, to choose a password:\n{_public(app, path)}")


def _own_address(app: "Flask") -> str:
    return f"administrator@{app.config['SETTINGS'].mail_from.rpartition('@')[2]}"


def _public(app: "Flask", path: str) -> str:
    return f"{app.config['SETTINGS'].public_url}{path}"


@click.command()
@click.option("--complaints", default=300, show_default=True, help="How many complaints to invent.")
@click.option("--seed", default=7, show_default=True, help="The same seed invents the same office.")
def demo(complaints: int, seed: int) -> None:
    """Make a believable office of invented people, places and complaints. Needs OVERSIGHT_DEMO=1."""
    from oversight.demo import make_demo

    if not read_settings().demo:
        raise click.ClickException("A demonstration office is only made with OVERSIGHT_DEMO=1.")
    with office():
        prepare_database()
        made = make_demo(complaints=complaints, seed=seed, tell=click.echo)
    click.echo(made.summary())


def _one_address(_context: click.Context, _option: click.Parameter, given: str | None) -> str | None:
    from oversight.settings import is_one_address

    if given is not None and not is_one_address(given):
        raise click.BadParameter("A trial letter goes to exactly one e-mail address.")
    return given


@click.command()
@click.option(
    "--mail-to", metavar="ADDRESS", callback=_one_address, help="Also send a trial letter to this address."
)
def check(mail_to: str | None) -> None:
    """Name what is missing or unsafe in this office's set-up. Exits 1 when anything must be mended."""
    from oversight.jobs.checking import problems_and_advice, problems_of_mail

    with office():
        problems, advice = problems_and_advice()
        if mail_to:
            unsent = problems_of_mail(mail_to)
            problems += unsent
    for problem in problems:
        click.echo(f"MUST BE MENDED: {problem}")
    for line in advice:
        click.echo(f"To confirm: {line}")
    if not problems:
        click.echo("Nothing must be mended.")
    if mail_to and not unsent:
        click.echo(f"The mail server took a trial letter to {mail_to}. See that it arrives.")
    sys.exit(1 if problems else 0)
