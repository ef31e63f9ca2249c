"""`oversight figures`: what it prints, what it hides, what it enters in the ledger, and what it refuses."""

import json
from collections.abc import Callable
from datetime import date

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from sqlalchemy import select

from oversight.cli import main
from oversight.figures.tables import TABLES
from oversight.kit.db import session
from oversight.ledger.models import Words as LedgerWords
from oversight.settings import Settings
from tests.figures.history import alleged, brought_in, past, person

Run = Callable[..., Result]


@pytest.fixture
def run(app: Flask, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run `oversight figures …` in the office of the test."""
    monkeypatch.setenv("OVERSIGHT_DATA_DIR", str(settings.data_dir))
    monkeypatch.setenv("OVERSIGHT_DATABASE_URL", settings.database_url)
    monkeypatch.setattr("oversight.app.create_app", lambda _: app)
    return lambda *arguments: CliRunner().invoke(main, ["figures", *arguments])


@pytest.fixture
def a_history(app: Flask) -> None:
    """Sixteen complaints of 2015: of black people 12 sustained and 1 open, of nobody knows whom 3 not."""
    sustained, still_open, not_sustained = (
        alleged("Force", "sustained"),
        alleged("Force"),
        alleged("Speech", "unfounded"),
    )
    with app.app_context():
        brought_in(
            *(past(sustained, people=[person("black")]) for _ in range(12)),
            past(still_open, people=[person("black")]),
            *(past(not_sustained, received_on=date(2015, 9, 1)) for _ in range(3)),
        )


def entries(app: Flask) -> list[dict[str, object]]:
    """What the ledger has of readings in full."""
    with app.app_context():
        wanted = select(LedgerWords).where(LedgerWords.kind == "figures.read_internal")
        return [json.loads(entry.details) for entry in session().scalars(wanted)]


@pytest.mark.usefixtures("a_history")
def test_an_internal_figure_is_printed_whole_as_json_and_its_reading_entered(app: Flask, run: Run) -> None:
    done = run("findings-by-race", "--internal", "--json", "--period", "2015")
    assert json.loads(done.stdout) == {
        "table": "findings-by-race",
        "period": "2015",
        "rows": ["black", "several", "none given"],
        "columns": ["sustained", "pending", "not sustained"],
        "cells": [[12, 1, 0], [0, 0, 0], [0, 0, 3]],
        "unknown": {
            "none_given": {"count": 3, "share": 0.1875},
            "no_allegation": {"count": 0},
            "other_source": {"count": 0},
        },
        "source": {"imports": ["elsewhere"], "began_here": False, "words": "own", "race": "not_known"},
    }
    assert "not for publication" in done.stderr
    assert entries(app) == [{"table": "findings-by-race", "period": "2015"}]


@pytest.mark.usefixtures("a_history")
def test_without_internal_small_numbers_are_hidden_and_nothing_is_entered(app: Flask, run: Run) -> None:
    done = run("received-by-year", "--json")
    assert json.loads(done.stdout)["cells"] == [[16]]
    for period, cell in (("2015-H1", 13), ("2015-H2", None)):
        assert json.loads(run("received-by-year", "--json", "--period", period).stdout)["cells"] == [[cell]]
    by_race = json.loads(run("findings-by-race", "--json").stdout)
    assert all(cell in (0, 12, None) for row in by_race["cells"] for cell in row)
    assert by_race["unknown"]["none_given"] == {"count": None, "share": None}
    assert entries(app) == []


@pytest.mark.usefixtures("a_history")
def test_the_text_has_the_definition_the_table_and_a_word_about_what_is_hidden(run: Run) -> None:
    text = run("findings-by-allegation").stdout
    assert text.startswith("Findings, by what was alleged (from the beginning)\n\nComplaints received")
    assert "hidden" in text
    assert "fewer" not in text  # which of the hidden numbers are the small ones is nobody's to know
    whole = run("findings-by-allegation", "--internal", "--level", "allegation").stdout
    assert whole.startswith("For those who may know small numbers, and not for publication.")
    assert "Force         12     0     1      13\n" in collapsed_heads(whole)


def collapsed_heads(text: str) -> str:
    """The lines of the table with columns as wide as this test expects."""
    lines = [line.split() for line in text.splitlines()]
    return "".join(
        f"{line[0]:8}{line[1]:>8}{line[2]:>6}{line[3]:>6}{line[4]:>8}\n"
        for line in lines
        if len(line) == 5 and line[0] in {"Force", "Speech"}
    )


@pytest.mark.usefixtures("a_history")
def test_a_table_that_cannot_be_made_safe_says_so_and_prints_no_number(run: Run) -> None:
    done = run("received-by-year", "--period", "2015-H2")
    assert "can’t be shown without giving small numbers away" in done.stdout
    assert "3" not in done.stdout


@pytest.mark.usefixtures("a_history")
def test_figures_speak_french(run: Run) -> None:
    done = run("findings-by-race", "--lang", "fr", "--internal", "--json")
    figure = json.loads(done.stdout)
    assert figure["rows"] == ["black", "plusieurs", "sans indication"]
    assert figure["columns"] == ["fondée", "en cours", "non établie"]


def test_without_a_name_every_table_is_listed_with_its_definition(run: Run) -> None:
    listed = run().stdout
    assert all(f"{name}\n    " in listed for name in TABLES)


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (("finding-by-race",), "did you mean findings-by-race"),
        (("received-by-year", "--period", "2015-Q7"), "not a period"),
        (("received-by-year", "--words", "ours"), "no choice of words"),
        (("findings-by-race", "--race-source", "guessed"), "not a race source"),
        (("findings-by-race", "--words", "theirs"), "'own', 'ours'"),
    ],
)
def test_what_makes_no_sense_is_met_with_a_word(
    app: Flask, run: Run, arguments: tuple[str, ...], word: str
) -> None:
    done = run(*arguments, "--internal")
    assert done.exit_code != 0
    assert word in done.stderr
    assert "Traceback" not in done.output
    assert entries(app) == []
