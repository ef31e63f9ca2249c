"""Building and issuing the transparency report."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from oversight.cli.opening import Progress, office

if TYPE_CHECKING:
    from flask import Flask

    from oversight.figures.periods import Period


@click.command()
@click.option("--period", help="2026, 2026-H1 or 2026-Q1.")
@click.option("--lang", type=click.Choice(["en", "fr"]), default="en", show_default=True)
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Where to put the PDF.")
@click.option("--issue", is_flag=True, help="Make it a public edition, in the names of two people.")
@click.option("--by", help="The e-mail address of whoever proposes the edition.")
@click.option("--approved-by", help="That of whoever approves it: another publisher or director.")
@click.option("--changed-en", default="", help="What a correction changes and why, in English.")
@click.option("--changed-fr", default="", help="The same in French.")
@click.option("--list", "list_them", is_flag=True, help="List the editions there are.")
def report(
    period: str | None, lang: str, output: Path | None, issue: bool, list_them: bool, **said: str | None
) -> None:
    """Build the transparency report of a period as a PDF, or issue an edition of it."""
    from oversight.figures.periods import Period
    from oversight.figures.refusals import CannotCount
    from oversight.reports.refusals import CannotReport

    with office() as app:
        if list_them:
            _list_editions(app)
            return
        if period is None:
            raise click.UsageError("Name a period: --period 2026-H1, or --list the editions.")
        try:
            asked = Period.parse(period)
            if issue:
                _issue_report(app, asked, lang, output, said)
            elif output is None:
                raise click.UsageError("Say where to put the PDF with -o FILE.pdf, or --issue the edition.")
            else:
                _print_report(app, asked, lang, output)
        except (CannotCount, CannotReport) as error:
            raise click.ClickException(str(error)) from None


def _print_report(app: "Flask", period: "Period", lang: str, output: Path) -> None:
    from oversight.reports.command import print_draft

    with Progress() as progress:
        tell = partial(progress, "Counting", total=100)
        body = print_draft(period, lang, app.config["SETTINGS"], tell=tell)
    output.write_bytes(body)
    click.echo(f"Wrote {output}. It says that it is not issued.")


def _issue_report(
    app: "Flask", period: "Period", lang: str, output: Path | None, said: dict[str, str | None]
) -> None:
    from oversight.reports.command import issue, keep_pdf

    if not (said["by"] and said["approved_by"]):
        raise click.UsageError("An edition needs two people: --by EMAIL and --approved-by EMAIL.")
    changes = {"en": said["changed_en"] or "", "fr": said["changed_fr"] or ""}
    with Progress() as progress:
        tell = partial(progress, "Building", total=100)
        edition = issue(period, said["by"], said["approved_by"], changes, app.config["SETTINGS"], tell=tell)
    click.echo(f"{edition.period}, edition {edition.number}, is issued.")
    for pdf in edition.pdfs:
        click.echo(f"{pdf.sha256}  {pdf.lang}")
    if output is not None:
        keep_pdf(edition, lang, output)
        click.echo(f"Wrote {output}.")


def _list_editions(app: "Flask") -> None:
    from oversight.reports.command import listed

    lines = list(listed(app.config["SETTINGS"]))
    click.echo("\n".join(lines) if lines else "No edition was proposed yet.")
