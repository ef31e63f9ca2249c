"""What `oversight check` looks at: the set-up's dangers, and the legal facts nobody has confirmed."""

from datetime import timedelta

from flask import current_app

from oversight.casework.queries.calendars import calendar_days
from oversight.casework.queries.people import people_with
from oversight.kit import clock, migrations
from oversight.kit.db import db
from oversight.outbox import DeliveryError, kinds_given_up, send_trial_letter, transport_for
from oversight.rules.jurisdictions import rulebooks_of
from oversight.rules.roles import Role
from oversight.settings import Settings

LOOKED_BACK = timedelta(days=30)
NEEDED_ROLES = (Role.CASEWORKER, Role.INVESTIGATOR, Role.REVIEWER, Role.PUBLISHER, Role.DIRECTOR)
WHY_NOT = {
    "smtp": "it does not answer as a mail server does",
    "smtp_535": "it does not accept the user or the password",
    "smtp_unsupported": "it does not offer what is asked of it: to encrypt by STARTTLS, or to sign in",
    "timeout": "it does not answer in time",
    "tls": "its certificate can not be trusted, or it does not encrypt on that port",
    "unreachable": "no server answers there",
    "unwritable": "its name, the user, the password or an address has letters that mail can not carry",
}
"""What to tell of a letter that was not taken, by the code of what went wrong."""


def problems_and_advice() -> tuple[list[str], list[str]]:
    """Return what must be mended before the office is safe, and what it should confirm."""
    settings: Settings = current_app.config["SETTINGS"]
    if migrations.reached(db.engine) != migrations.newest():
        return ["The database is not up to date: run `oversight init`."], []
    problems = [*_settings(settings), *_people(settings), *_calendar(settings), *_notices()]
    return problems, _unverified(settings)


def _settings(settings: Settings) -> list[str]:
    problems = []
    if settings.demo:
        problems.append("OVERSIGHT_DEMO is set: this is a demonstration, not an office.")
    if not settings.secure:
        problems.append("OVERSIGHT_PUBLIC_URL is not https: codes and passwords would travel in the open.")
    if settings.smtp_url is None:
        problems.append("OVERSIGHT_SMTP_URL is not set: notices wait and nobody is told anything.")
    return problems


def problems_of_mail(to: str) -> list[str]:
    """Send a trial letter to that address; return what kept it from leaving."""
    settings: Settings = current_app.config["SETTINGS"]
    transport = transport_for(settings)
    if transport is None or settings.smtp_url is None:
        return ["No trial letter was sent: OVERSIGHT_SMTP_URL is not set."]
    try:
        office = rulebooks_of(settings.place)[0].office
        send_trial_letter(transport, office, sender=settings.mail_from, to=to, at=clock.now())
    except DeliveryError as error:
        why = WHY_NOT.get(error.code) or error.code.replace("smtp_", "it answers ")
        return [f"The mail server of OVERSIGHT_SMTP_URL did not take the trial letter: {why}."]
    return []


def _people(settings: Settings) -> list[str]:
    problems = [f"Nobody is a {role}." for role in NEEDED_ROLES if not people_with(role)]
    seats = max(panel.seats for book in rulebooks_of(settings.place) for panel in book.panels.values())
    reviewers = len(people_with(Role.REVIEWER))
    if 0 < reviewers <= seats:
        problems.append(
            f"{reviewers} community reviewers can not fill a panel of {seats} and its substitutes."
        )
    if len(people_with(Role.DIRECTOR)) == 1:
        problems.append("There is one director: steps that need a second director can not be approved.")
    return problems


def _calendar(settings: Settings) -> list[str]:
    calendar = rulebooks_of(settings.place)[0].holiday_calendar
    return [] if calendar_days(calendar) else [f"The calendar {calendar} has no days: run `oversight init`."]


def _notices() -> list[str]:
    kinds = kinds_given_up(since=clock.now() - LOOKED_BACK)
    return [f"Notices of the last 30 days were given up undelivered: {', '.join(kinds)}."] if kinds else []


def _unverified(settings: Settings) -> list[str]:
    return [
        f"{book.slug}: {what} “{label}”"
        for book in rulebooks_of(settings.place)
        for what, label in book.unverified()
    ]
