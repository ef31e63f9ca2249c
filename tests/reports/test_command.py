"""`oversight report` and `oversight benchmark`: what they write, and what they refuse with a clear word."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask

from oversight.cli import main
from oversight.figures.benchmarks import benchmark_in_use
from oversight.reports.queries import issued_edition, pdf_of
from oversight.rules.jurisdictions import rulebooks_of
from oversight.settings import Settings
from tests.cast import BEA, INES, PAULA, the
from tests.reports.history_of_2015 import a_half_year

Run = Callable[..., Result]
TWO = ("--by", PAULA.email, "--approved-by", BEA.email)


@pytest.fixture
def run(app: Flask, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command in the office of the test, on paper that takes no time."""
    monkeypatch.setenv("OVERSIGHT_DATA_DIR", str(settings.data_dir))
    monkeypatch.setenv("OVERSIGHT_DATABASE_URL", settings.database_url)
    monkeypatch.setattr("oversight.app.create_app", lambda _: app)
    for room in ("building", "command"):
        monkeypatch.setattr(
            f"oversight.reports.{room}.pdf_of", lambda content, lang, issued: f"{lang} {issued}".encode()
        )
    with app.app_context():
        a_half_year()
        for person in (PAULA, BEA, INES):
            the(person)
    return lambda *arguments: CliRunner().invoke(main, arguments)


def test_a_report_is_written_without_being_issued(run: Run, app: Flask, tmp_path: Path) -> None:
    done = run("report", "--period", "2015-H1", "--lang", "fr", "-o", str(tmp_path / "a.pdf"))
    assert done.exit_code == 0, done.output
    assert (tmp_path / "a.pdf").read_bytes() == b"fr False"
    with app.app_context():
        assert issued_edition("alberta", "2015-H1") is None


def test_an_edition_is_issued_in_the_names_of_two(run: Run, app: Flask, tmp_path: Path) -> None:
    done = run("report", "--period", "2015-h1", "--issue", *TWO, "-o", str(tmp_path / "a.pdf"))
    assert done.exit_code == 0, done.output
    with app.app_context():
        edition = issued_edition("alberta", "2015-H1")
        assert edition is not None
        for lang in ("en", "fr"):
            pdf = pdf_of(edition, lang)
            assert pdf is not None
            assert f"{pdf.sha256}  {lang}" in done.output
    assert (tmp_path / "a.pdf").read_bytes() == b"en True"
    assert "2015-H1  edition 1  issued on" in run("report", "--list").output


def test_the_same_edition_is_not_issued_twice_but_corrected(run: Run) -> None:
    assert run("report", "--period", "2015-H1", "--issue", *TWO).exit_code == 0
    again = run("report", "--period", "2015-H1", "--issue", *TWO)
    assert again.exit_code == 1
    assert "2015-H1 was issued on" in again.output
    assert "a correction says what changed" in again.output
    changed = ("--changed-en", "A mistake.", "--changed-fr", "Une erreur.")
    corrected = run("report", "--period", "2015-H1", "--issue", *TWO, *changed)
    assert "2015-H1, edition 2, is issued." in corrected.output


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--period", "2099", "-o", "a.pdf"), "2099 has not begun"),
        (("--period", "2014", "-o", "a.pdf"), "No complaint was received in 2014"),
        (("--period", "soon", "-o", "a.pdf"), "“soon” is not a period"),
        (("--period", "all", "-o", "a.pdf"), "A report is about a year"),
        (
            (
                "--period",
                "2015",
            ),
            "Say where to put the PDF",
        ),
        ((), "Name a period"),
        (("--period", "2015", "--issue"), "An edition needs two people"),
        (("--period", "2015", "--issue", "--by", PAULA.email), "An edition needs two people"),
        (
            ("--period", "2015", "--issue", "--by", PAULA.email, "--approved-by", PAULA.email),
            "not the one who proposes",
        ),
        (
            ("--period", "2015", "--issue", "--by", "x@y.example", "--approved-by", BEA.email),
            "Nobody here signs in as x@y",
        ),
        (
            ("--period", "2015", "--issue", "--by", PAULA.email, "--approved-by", INES.email),
            "Only a publisher or a director",
        ),
        (
            ("--period", "2015", "--issue", "--by", INES.email, "--approved-by", BEA.email),
            "Only a publisher or a director",
        ),
    ],
)
def test_what_makes_no_sense_is_refused_with_a_clear_word(
    run: Run, arguments: tuple[str, ...], words: str
) -> None:
    done = run("report", *arguments)
    assert done.exit_code != 0
    assert words in done.output
    assert "No edition was proposed yet." in run("report", "--list").output


def test_a_population_is_taken_into_use(run: Run, app: Flask, tmp_path: Path) -> None:
    groups = [term.code for term in rulebooks_of("alberta")[0].self_identification.categories]
    file = tmp_path / "census.csv"
    file.write_text("group,population\n" + "".join(f"{group},1000\n" for group in groups), encoding="utf-8")
    loaded = run("benchmark", "load", str(file), "--name", "A census", "--year", "2021")
    assert f"{len(groups)},000 people in {len(groups)} groups" in loaded.output
    file.write_text("group,population\nBLACK,1000\n", encoding="utf-8")
    refused = run("benchmark", "load", str(file), "--name", "Another", "--year", "2022")
    assert refused.exit_code == 1
    assert "census.csv: The benchmark has no line for" in refused.output
    with app.app_context():
        in_use = benchmark_in_use()
        assert in_use is not None
        assert (in_use.name, in_use.year) == ("A census", 2021)
