"""Counting, and the populations that counts are held against."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from oversight.cli.opening import office

if TYPE_CHECKING:
    from flask import Flask

    from oversight.figures.disclosure.showing import Shown


@click.command()
@click.argument("table", required=False)
@click.option("--period", default="all", show_default=True, help="2026, 2026-H1, 2026-Q1 or all.")
@click.option("--words", type=click.Choice(["own", "ours"]), help="A former office's own words, or ours.")
@click.option("--level", type=click.Choice(["complaint", "allegation"]), help="What is counted once.")
@click.option("--race-source", help="How race became known, where that was in several ways.")
@click.option("--internal", is_flag=True, help="Show small numbers too, to those who may know them.")
@click.option("--json", "as_json", is_flag=True, help="Print the figure as JSON.")
@click.option("--lang", type=click.Choice(["en", "fr"]), default="en", show_default=True)
def figures(table: str | None, internal: bool, as_json: bool, lang: str, **asked: str | None) -> None:
    """Count one table, or list the tables there are. Small numbers are hidden unless --internal.

    One such table gives none away. Several of overlapping periods side by side may: to publish, issue a
    report, which is held against all that were issued before.
    """
    from oversight.figures.refusals import CannotCount
    from oversight.figures.text import as_text, list_of_tables
    from oversight.kit.i18n import in_language

    with office() as app, in_language(lang):
        if table is None:
            click.echo(list_of_tables())
            return
        try:
            shown = _counted(app, table, asked, internal=internal)
        except CannotCount as error:
            raise click.ClickException(str(error)) from None
        if internal:
            click.echo(NOT_FOR_PUBLICATION, err=as_json)
        if as_json:
            click.echo(json.dumps(shown.as_json(), ensure_ascii=False))
        else:
            click.echo(as_text(shown))


NOT_FOR_PUBLICATION = (
    "For those who may know small numbers, and not for publication. This reading is entered in the ledger.\n"
)


def _counted(app: "Flask", name: str, asked: dict[str, str | None], *, internal: bool) -> "Shown":
    from oversight.figures.actions import note_internal_reading
    from oversight.figures.disclosure.rare_words import without_rare_words
    from oversight.figures.disclosure.showing import in_full, protected
    from oversight.figures.tables import table_named
    from oversight.figures.wanted import wanted_from
    from oversight.kit.clock import now, today
    from oversight.kit.db import writing
    from oversight.ledger import Actor
    from oversight.rules.jurisdictions import rulebooks_of

    zone = app.config["ZONE"]
    table, wanted = table_named(name), wanted_from(asked, on=today(zone), zone=zone)
    figure = table.figure(wanted)
    if not internal:
        rule = rulebooks_of(app.config["SETTINGS"].place)[0].small_numbers
        return without_rare_words(protected(figure, rule), rule)
    with writing():
        note_internal_reading(table.name, wanted, by=Actor.system(), at=now())
    return in_full(figure)


@click.group()
def benchmark() -> None:
    """Keep the populations that figures are compared with."""


@benchmark.command("load")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--name", required=True, help="Whose figures they are, such as Census of Population.")
@click.option("--year", required=True, type=click.IntRange(1850, 2200), help="The year they are of.")
def load_benchmark(file: Path, name: str, year: int) -> None:
    """Take a population into use, from a CSV with the columns group and population."""
    from oversight.figures.actions import load_benchmark as load
    from oversight.figures.benchmarks import read_benchmark
    from oversight.figures.refusals import CannotCount
    from oversight.kit.clock import now
    from oversight.kit.db import writing
    from oversight.ledger import Actor
    from oversight.rules.jurisdictions import rulebooks_of

    with office() as app:
        book = rulebooks_of(app.config["SETTINGS"].place)[0]
        groups = [term.code for term in book.self_identification.categories]
        try:
            figures = read_benchmark(file.read_text(encoding="utf-8"), groups)
        except (CannotCount, UnicodeDecodeError) as error:
            raise click.ClickException(f"{file.name}: {error}") from None
        with writing():
            load(name, year, figures, by=Actor.system(), at=now())
    click.echo(f"{name}, {year}: {sum(figures.values()):,} people in {len(figures)} groups.")
