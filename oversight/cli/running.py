"""The office at work: its pages, its rounds."""

from typing import TYPE_CHECKING

import click

from oversight.cli.opening import office, read_settings

if TYPE_CHECKING:
    from flask import Flask


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, envvar="PORT")
@click.option("--workers", default=1, show_default=True, help="More than one needs PostgreSQL.")
def serve(host: str, port: int, workers: int) -> None:
    """Serve the pages. An office on SQLite also does its own rounds here, and has one such process."""
    from oversight.jobs.serving import AlreadyServing, run

    settings = read_settings()
    if port == settings.metrics_port:
        # The port alone tells them apart, so whoever reaches the pages would read the measures.
        raise click.ClickException(
            f"OVERSIGHT_METRICS_PORT is {port} too: give the pages or it another port."
        )

    def load() -> "Flask":
        from oversight.app import create_app

        return create_app(settings)

    try:
        run(load, settings, host=host, port=port, workers=workers)
    except AlreadyServing as error:
        raise click.ClickException(str(error)) from None


@click.command()
def worker() -> None:
    """Do the office's rounds every minute: deadlines, notices, forgetting. Runs until it is stopped."""
    from oversight.jobs.pulse import consumer_of
    from oversight.kit import logs

    with office() as app:
        logs.begin(app.config["SETTINGS"])
        consumer_of(app, beside_pages=False).run()


@click.command()
def tick() -> None:
    """Do one round now: notice deadlines, send notices, forget what is past its time."""
    from oversight.jobs.rounds import make_round
    from oversight.kit import logs
    from oversight.kit.clock import now

    with office() as app:
        # Whatever is wrong with a file must not stand in words on the terminal, or in a timer's journal.
        logs.begin(app.config["SETTINGS"])
        done = make_round(at=now())
    click.echo(
        f"{done.deadlines} deadlines noticed, {done.progress_notices} progress notices, "
        f"{done.mail.sent} notices sent, {done.mail.put_off} put off, {done.mail.given_up} given up, "
        f"{done.drafts_forgotten} drafts forgotten, {done.import_reports_removed} lists of imports removed."
    )
