"""What the desk's pages share: their blueprint, the way to a file, and how a page changes one."""

from collections.abc import Callable
from datetime import date, datetime
from http import HTTPStatus
from typing import Any, Protocol

from flask import Blueprint, abort, flash, redirect, url_for
from werkzeug.wrappers import Response

from oversight.accounts.access import signed_in_person
from oversight.casework import acting
from oversight.casework.acting import Acting
from oversight.casework.actions.history import check_version
from oversight.casework.models import Complaint
from oversight.casework.queries.files import file_for_desk
from oversight.casework.refusals import Refused, Stale
from oversight.kit import clock
from oversight.kit.db import writing
from oversight.kit.forms import VersionedForm
from oversight.kit.i18n import t
from oversight.rules.jurisdictions import rulebook

blueprint = Blueprint("desk", __name__)

Page = str | tuple[str, int] | Response


class Edit(Protocol):
    """A change to a file, as it stands inside the transaction."""

    def __call__(self, complaint: Complaint, /, *, by: Acting, at: datetime) -> object: ...


def me() -> Acting:
    """The person who is signed in, as the one who acts."""
    return acting.person(signed_in_person())


def known_file(number: str) -> Complaint:
    """The file of that number; for someone who may not know of it there is no such page."""
    return file_for_desk(signed_in_person(), number) or abort(HTTPStatus.NOT_FOUND)


def shown_file(number: str) -> Complaint:
    """The same for a page that only shows a part of it: what it doesn't show is not read."""
    return file_for_desk(signed_in_person(), number, whole=False) or abort(HTTPStatus.NOT_FOUND)


def day_of(complaint: Complaint) -> date:
    """Today, where the file is."""
    return clock.today(rulebook(complaint.rulebook).time_zone)


def change(number: str, form: VersionedForm, edit: Edit) -> str | None:
    """Do `edit` to the file as it stands now, whole or not at all; None when it is done, or why it is not.

    A file that has changed since the form's page was made is refused, and the form takes its new version.
    """
    try:
        with writing():
            complaint = known_file(number)
            check_version(complaint, form.seen_version)
            edit(complaint, by=me(), at=clock.now())
    except (Stale, Refused) as refusal:
        form.take_version(known_file(number))
        return t(str(refusal.reason))
    return None


def _nothing(_: Complaint, /, *, by: Acting, at: datetime) -> None:
    """Change nothing, where it only matters whether somebody else has."""


def done(words: str, endpoint: str, **values: Any) -> Response:
    """Say that it is done, on the page where it can be seen."""
    flash(words, "good")
    return redirect(url_for(endpoint, **values), HTTPStatus.SEE_OTHER)


def refused(page: str) -> tuple[str, int]:
    """A page that says why nothing was changed: the file as it stands does not allow it."""
    return page, HTTPStatus.CONFLICT


def unfit(page: str) -> tuple[str, int]:
    """A page that says what is wrong with what was typed."""
    return page, HTTPStatus.UNPROCESSABLE_ENTITY


def answer(
    form: VersionedForm, number: str, edit: Edit, *, again: Callable[[str], str], done: Callable[[], Response]
) -> Page:
    """What a page with a form of its own gives back: done, or the page again with what is in the way."""
    fits = form.validate_on_submit()
    refusal = change(number, form, edit if fits else _nothing)
    if refusal:
        return refused(again(refusal))
    return done() if fits else unfit(again(""))
