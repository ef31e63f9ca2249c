"""A trial letter says whether mail leaves, in every language, and is kept nowhere."""

import socket
from collections.abc import Mapping

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from sqlalchemy import func, select

from oversight.cli import main
from oversight.kit.db import session
from oversight.outbox.models import StoredNotice
from oversight.settings import Settings
from tests.conftest import app
from tests.offices import surroundings
from tests.outbox.conftest import Sink

__all__ = ["app"]

pytestmark = pytest.mark.one_database
TO = "max@city.example"


def check(settings: Settings, smtp_url: str = "", to: str = TO) -> Result:
    given: Mapping[str, str] = {
        **surroundings(settings),
        "OVERSIGHT_SMTP_URL": smtp_url,
        "OVERSIGHT_MAIL_FROM": "office@city.example",
    }
    return CliRunner().invoke(main, ["check", "--mail-to", to], env=given)


def test_it_goes_out_at_once_in_both_languages_and_is_not_kept(
    app: Flask, settings: Settings, sink: Sink
) -> None:
    told = check(settings, sink.url)
    assert "The mail server took a trial letter to max@city.example." in told.output
    assert "trial letter:" not in told.output
    (letter,) = sink.letters
    assert (letter["From"], letter["To"]) == ("office@city.example", TO)
    assert letter["Subject"] == "A trial letter / Message d’essai"
    assert "mail leaves the office" in letter.get_content()
    assert "les courriels du bureau partent bien" in letter.get_content()
    with app.app_context():
        assert session().scalar(select(func.count()).select_from(StoredNotice)) == 0


def test_what_keeps_it_from_leaving_must_be_mended(app: Flask, settings: Settings, sink: Sink) -> None:
    sink.answer = "550 not from here"
    refused = check(settings, sink.url)
    assert refused.exit_code == 1
    assert (
        "MUST BE MENDED: The mail server of OVERSIGHT_SMTP_URL did not take the trial letter: it answers 550."
        in (refused.output)
    )
    assert "took a trial letter" not in refused.output
    with socket.create_server(("127.0.0.1", 0)) as free:
        nobody = f"smtp://127.0.0.1:{free.getsockname()[1]}"
    assert "the trial letter: no server answers there." in check(settings, nobody).output
    assert "No trial letter was sent: OVERSIGHT_SMTP_URL is not set." in check(settings).output


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("smtp+starttls://", "it does not offer what is asked of it: to encrypt by STARTTLS, or to sign in."),
        ("smtp://max@", "it does not offer what is asked of it: to encrypt by STARTTLS, or to sign in."),
        (
            "smtp://a..b",
            "its name, the user, the password or an address has letters that mail can not carry.",
        ),
    ],
)
def test_a_setting_that_does_not_fit_the_server_is_told_as_that(
    app: Flask, settings: Settings, sink: Sink, address: str, why: str
) -> None:
    told = check(settings, sink.url.replace("smtp://", address))
    assert f"did not take the trial letter: {why}" in told.output
    assert sink.letters == []


def test_it_goes_to_one_address(app: Flask, settings: Settings, sink: Sink) -> None:
    refused = check(settings, sink.url, to="nobody")
    assert (refused.exit_code, "exactly one e-mail address" in refused.output) == (2, True)
    assert sink.letters == []
