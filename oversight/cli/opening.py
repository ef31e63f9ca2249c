"""Opening the office for a command: its settings, its application, its database, a line of progress."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Self

import click

if TYPE_CHECKING:
    from flask import Flask

    from oversight.settings import Settings


def read_settings() -> "Settings":
    """Return the settings, or end with every problem named."""
    from oversight.settings import Settings, SettingsError

    # What an office's process writes, its database above all, is nobody else's on this machine to read.
    os.umask(0o077)
    refuse_half_restored()
    try:
        return Settings.from_env()
    except SettingsError as error:
        raise click.ClickException(str(error)) from None


def refuse_half_restored() -> None:
    """End with a word if a restore was begun here and is not finished."""
    from oversight.settings import restoring_file_named

    if (unfinished := restoring_file_named()).exists():
        raise click.ClickException(
            f"A restore into this office was begun and is not finished: {unfinished} is there. "
            "Wait for it, or run `oversight restore` again."
        )


@contextmanager
def office() -> Iterator["Flask"]:
    """Open the office's application, within its context."""
    from oversight.app import create_app

    app = create_app(read_settings())
    with app.app_context():
        yield app


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
