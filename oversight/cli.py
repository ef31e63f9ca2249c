"""The office's commands. Each calls one action; what is heavy is imported by the command that needs it."""

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import click

if TYPE_CHECKING:
    from flask import Flask

    from oversight.figures.periods import Period
    from oversight.figures.showing import Shown
    from oversight.settings import Settings


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Oversight: case management for civilian oversight of policing."""


def read_settings() -> "Settings":
    """Return the settings, or end with every problem named."""
    from oversight.settings import Settings, SettingsError

    # What an office's process writes, its database above all, is nobody else's on this machine to read.
    os.umask(0o077)
    try:
        return Settings.from_env()
    except SettingsError as error:
        raise click.ClickException(str(error)) from None


@contextmanager
def office() -> Iterator["Flask"]:
    """Open the office's application, within its context."""
    from oversight.app import create_app

    app = create_app(read_settings())
    with app.app_context():
        yield app


# --- setting up -------------------------------------------------------------------------------------


@main.command()
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
    from oversight.settings import data_dir_named

    for made in make_keys(data_dir_named()):
        click.echo(f"Made {made}. Keep a copy of it somewhere safe.")
    with office() as app:
        prepare_database()
        try:
            path = first_administrator_link(email or _own_address(app), name)
        except NotAllowed:
            click.echo("This office already has its administrator. The database is up to date.")
            return
        click.echo(f"Open this once, within 24 hours, to choose a password:\n{_public(app, path)}")


def prepare_database() -> None:
    """Bring the database to the newest migration, and fill the calendar's days where they are missing."""
    from flask import current_app

    from oversight.casework.actions.calendar import fill_calendar
    from oversight.kit.clock import now, today
    from oversight.kit.db import db, writing
    from oversight.kit.migrations import bring_up_to_date
    from oversight.rules.jurisdictions import rulebooks_of

    bring_up_to_date(db.engine)
    year = today(current_app.config["ZONE"]).year
    calendars = {book.holiday_calendar for book in rulebooks_of(current_app.config["SETTINGS"].place)}
    with writing():
        for calendar in sorted(calendars):
            fill_calendar(calendar, range(year - 3, year + 6), at=now())


def _own_address(app: "Flask") -> str:
    return f"administrator@{app.config['SETTINGS'].mail_from.rpartition('@')[2]}"


def _public(app: "Flask", path: str) -> str:
    return f"{app.config['SETTINGS'].public_url}{path}"


@main.command()
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


# --- running ----------------------------------------------------------------------------------------


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, envvar="PORT")
@click.option("--workers", default=1, show_default=True, help="More than one needs PostgreSQL.")
def serve(host: str, port: int, workers: int) -> None:
    """Serve the pages. An office on SQLite also does its own rounds here, and has one such process."""
    from oversight.jobs.serving import AlreadyServing, run

    settings = read_settings()

    def load() -> "Flask":
        from oversight.app import create_app

        return create_app(settings)

    try:
        run(load, settings, host=host, port=port, workers=workers)
    except AlreadyServing as error:
        raise click.ClickException(str(error)) from None


@main.command()
def worker() -> None:
    """Do the office's rounds every minute: deadlines, notices, forgetting. Runs until it is stopped."""
    from oversight.jobs.pulse import consumer_of

    with office() as app:
        consumer_of(app, beside_pages=False).run()


@main.command()
def tick() -> None:
    """Do one round now: notice deadlines, send notices, forget what is past its time."""
    from oversight.jobs.rounds import make_round
    from oversight.kit.clock import now

    with office():
        done = make_round(at=now())
    click.echo(
        f"{done.deadlines} deadlines noticed, {done.progress_notices} progress notices, "
        f"{done.mail.sent} notices sent, {done.mail.put_off} put off, {done.mail.given_up} given up, "
        f"{done.drafts_forgotten} drafts forgotten, {done.import_reports_removed} lists of imports removed."
    )


# --- the ledger -------------------------------------------------------------------------------------


@main.group()
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


# --- the history ------------------------------------------------------------------------------------


@main.command("import")
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


class Progress:
    """A line on the terminal that says how far a long work is and what it still takes; elsewhere nothing."""

    def __init__(self) -> None:
        self.label = ""
        self.bar: Any = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.bar is not None:
            self.bar.render_finish()

    def __call__(self, label: str, done: int, total: int) -> None:
        if not sys.stderr.isatty():
            return
        if not total:
            click.echo(f"\r{label}: {done:,} rows", nl=False, err=True)
            return
        if self.bar is None:
            click.echo(err=True)
            self.bar = click.progressbar(length=total, label=label, show_pos=True, file=sys.stderr)
        self.bar.update(done - self.bar.pos)


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


# --- figures ----------------------------------------------------------------------------------------


@main.command()
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
    from oversight.figures.rare_words import without_rare_words
    from oversight.figures.showing import in_full, protected
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


# --- reports ----------------------------------------------------------------------------------------


@main.command()
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


@main.group()
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


# --- rules, keys, health ----------------------------------------------------------------------------


@main.group()
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


@main.group()
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


@main.command()
def check() -> None:
    """Name what is missing or unsafe in this office's set-up. Exits 1 when anything must be mended."""
    from oversight.jobs.checking import problems_and_advice

    with office():
        problems, advice = problems_and_advice()
    for problem in problems:
        click.echo(f"MUST BE MENDED: {problem}")
    for line in advice:
        click.echo(f"To confirm: {line}")
    if not problems:
        click.echo("Nothing must be mended.")
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
