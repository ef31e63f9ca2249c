"""Lines of a log say what happened, and neither whom it happened to nor what anyone wrote."""

import json
import logging
import subprocess
import sys
from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from oversight.kit.db import session
from oversight.kit.logs import PUT_TOGETHER, log, what_went_wrong
from tests.logs import Heard, listening

CANARY = "zqcanary"


@pytest.fixture
def heard() -> Iterator[Heard]:
    with listening() as heard:
        yield heard


def caught(error: Exception, cause: Exception | None = None) -> Exception:
    """The error as it comes when it was raised here."""
    try:
        raise error from cause
    except type(error) as raised:
        return raised


def test_a_line_is_one_object_with_its_time(heard: Heard) -> None:
    log.info("round", deadlines=2)
    (line,) = heard.lines()
    assert line.pop("at").endswith("+00:00")
    assert line == {"level": "info", "logger": "oversight", "event": "round", "deadlines": 2}


def test_what_a_library_fills_in_is_left_out(heard: Heard) -> None:
    library = logging.getLogger("some.library")
    library.warning("Could not read %s of %s", CANARY, CANARY)
    library.warning("Of %(name)s", {"name": CANARY})
    library.warning(ValueError(CANARY))
    library.warning("With more", extra={"about": CANARY})
    library.warning(f"About {CANARY}")
    assert [line["event"] for line in heard.lines()] == [
        *("Could not read %s of %s", "Of %(name)s", PUT_TOGETHER, "With more", PUT_TOGETHER)
    ]
    assert {line["where"].split(":")[0] for line in heard.lines()} == {__file__}
    assert CANARY not in heard.text


def test_an_error_tells_its_kind_and_where_it_was_and_not_its_words(heard: Heard) -> None:
    error = caught(ValueError(CANARY), OSError(28, CANARY))
    logging.getLogger("some.library").error("It failed", exc_info=error)
    log.error("it failed", exc_info=error)
    assert CANARY not in heard.text
    for line in heard.lines():
        assert line["error"] == "ValueError"
        assert line["trace"][0].split(":")[0] == __file__
        assert line["trace"][0].endswith(" caught")
        assert (line["because"]["error"], line["because"]["code"]) == ("OSError", "28")


def test_what_an_error_was_raised_without_is_not_dug_up() -> None:
    error = caught(ValueError())
    error.__context__, error.__suppress_context__ = KeyError(CANARY), False
    assert what_went_wrong(error)["because"]["error"] == "KeyError"
    error.__suppress_context__ = True
    assert "because" not in what_went_wrong(error)


def test_a_database_gives_the_code_of_its_error_and_no_words(context: Flask, heard: Heard) -> None:
    with pytest.raises(SQLAlchemyError) as raised:
        session().execute(text(f"SELECT * FROM {CANARY} WHERE name = :name"), {"name": CANARY})
    logging.getLogger("some.library").error("It failed", exc_info=raised.value)
    assert CANARY in str(raised.value)
    assert CANARY not in heard.text
    assert heard.lines("It failed")[0]["because"]["code"] in ("42P01", "SQLITE_ERROR")


IN_A_PROCESS = f"""
import logging, sys, threading
from types import SimpleNamespace
from oversight.kit import logs

logs.begin(SimpleNamespace(demo={{demo}}), sys.stdout)
logs.log.info("ours")
logging.getLogger("oversight.desk").debug("ours, in detail")
logging.getLogger("some.library").info("chatter")
logging.getLogger("some.library").warning("a warning")

def fail():
    raise ValueError("{CANARY}")

thread = threading.Thread(target=fail)
thread.start()
thread.join()
fail()
"""


def said_in_a_process(*, demo: bool) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", IN_A_PROCESS.format(demo=demo)], capture_output=True, text=True, check=False
    )


def test_an_office_logs_what_matters_even_of_a_thread_or_process_that_ended() -> None:
    said = said_in_a_process(demo=False)
    events = [json.loads(line)["event"] for line in said.stdout.splitlines()]
    assert events == ["ours", "a warning", "a thread ended", "the process ended"]
    assert said.returncode == 1
    assert CANARY not in said.stdout + said.stderr


def test_a_demonstration_is_left_as_it_is() -> None:
    said = said_in_a_process(demo=True)
    assert said.stdout == ""
    assert f"ValueError: {CANARY}" in said.stderr
