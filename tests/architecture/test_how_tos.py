"""The how-tos are true: each is followed to the letter in a copy of this project, and does what it says."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[2]
COPIED = ("oversight", "templates", "migrations", "docs", "tests/rules")

BLOCK = r"```python\n(.*?)```"
INSTRUCTIONS = {
    "put": re.compile(rf"^In `([^`]+)`, (before|after) `([^\n]+)`, add:\n\n{BLOCK}", re.M | re.S),
    "change": re.compile(rf"^In `([^`]+)`, change:\n\n{BLOCK}\n\nto:\n\n{BLOCK}", re.M | re.S),
    "make": re.compile(rf"^Make `([^`]+)`:\n\n{BLOCK}", re.M | re.S),
}


def put(project: Path, path: str, where: str, anchor: str, block: str) -> None:
    """Add a block beside the one line that begins with the anchor."""
    text = (project / path).read_text(encoding="utf-8")
    (line,) = [line for line in text.splitlines(keepends=True) if line.strip().startswith(anchor)]
    (project / path).write_text(
        text.replace(line, line + block if where == "after" else block + line), encoding="utf-8"
    )


def change(project: Path, path: str, old: str, new: str) -> None:
    text = (project / path).read_text(encoding="utf-8")
    assert old.rstrip("\n") in text, f"{path} has no longer:\n{old}"
    (project / path).write_text(text.replace(old.rstrip("\n"), new.rstrip("\n")), encoding="utf-8")


def make(project: Path, path: str, block: str) -> None:
    (project / path).write_text(block, encoding="utf-8")


DOES: dict[str, Callable[..., None]] = {"put": put, "change": change, "make": make}


def instructions(page: str) -> list[tuple[str, tuple[str, ...]]]:
    """Return (kind, arguments) of each instruction, in the page's order."""
    found = [
        (match.start(), kind, match.groups())
        for kind, it in INSTRUCTIONS.items()
        for match in it.finditer(page)
    ]
    return [(kind, arguments) for _, kind, arguments in sorted(found)]


def run(project: Path, *command: str) -> subprocess.CompletedProcess[str]:
    clean = {
        name: value for name, value in os.environ.items() if not name.startswith(("OVERSIGHT_", "PYTEST_"))
    }
    return subprocess.run(
        [sys.executable, "-B", *command], cwd=project, env=clean, capture_output=True, text=True, check=False
    )


ASK = """
from oversight.app import create_app
from oversight.kit.db import db
from oversight.kit.migrations import bring_up_to_date
from oversight.settings import Settings

app = create_app(Settings.from_env({"OVERSIGHT_DEMO": "1", "OVERSIGHT_DATA_DIR": "office"}))
app.config["WTF_CSRF_ENABLED"] = False
with app.app_context():
    bring_up_to_date(db.engine)
someone = app.test_client()
someone.post("/complaint/start")
print(someone.get("/complaint/questions/recording").text)
print(someone.post("/complaint/questions/recording", data={"recording": "maybe"}).text)
"""


COUNT = """
import json
from datetime import UTC, date, datetime

from oversight.app import create_app
from oversight.casework.actions.filing import Filing, file_complaint
from oversight.cli.opening import prepare_database
from oversight.figures.periods import Period
from oversight.kit.db import writing
from oversight.reports.building import draft
from oversight.settings import Settings

app = create_app(Settings.from_env({"OVERSIGHT_DEMO": "1", "OVERSIGHT_DATA_DIR": "office"}))
with app.app_context():
    prepare_database()
    for number, language in enumerate(["en"] * 12 + ["fr"] * 11):
        filing = Filing({"narrative": "Once."}, str(number), date(2020, 5, 4), "alberta", language=language)
        with writing():
            file_complaint(filing, by=None, at=datetime(2020, 5, 4, tzinfo=UTC))
    document = draft(Period.parse("2020-H1"), "alberta", demo=True, tell=lambda percent: None)
tables = {table["id"]: table for chapter in document["chapters"] for table in chapter["tables"]}
print(json.dumps(tables["intake-by-language"]))
"""


def seen(project: Path, code: str) -> str:
    """Return what a small program prints in the copy."""
    done = run(project, "-c", code)
    assert done.returncode == 0, done.stderr
    return done.stdout


def try_rules(project: Path, *names: str) -> subprocess.CompletedProcess[str]:
    quick = ("-q", "-n0", "--noconftest", "-p", "no:cacheprovider", "-p", "no:hypothesispytest")
    return run(project, "-m", "pytest", *quick, *(f"tests/rules/{name}.py" for name in names))


@pytest.fixture
def follow(tmp_path: Path) -> Callable[[str], Path]:
    """Follow a how-to: its code first, then, once the tests have asked for it, its approval."""

    def followed(name: str) -> Path:
        page = (PROJECT / "docs" / f"{name}.md").read_text(encoding="utf-8")
        for folder in COPIED:
            ignored = shutil.ignore_patterns("__pycache__", "translations")
            shutil.copytree(PROJECT / folder, tmp_path / folder, ignore=ignored)
        shutil.copy(PROJECT / "pyproject.toml", tmp_path)
        steps = instructions(page)
        assert len(steps) == page.count("\nIn `") + page.count("\nMake `"), (
            "an instruction is not in the usual words"
        )
        approvals = [step for step in steps if step[1][0].startswith("tests/")]
        for kind, arguments in steps:
            if not arguments[0].startswith("tests/"):
                DOES[kind](tmp_path, *arguments)
        if approvals:
            unapproved = try_rules(tmp_path, "test_only_these")
            assert unapproved.returncode == 1, "the tests let it pass before anyone had approved it"
            assert "have it approved" in unapproved.stdout, unapproved.stdout
        for kind, arguments in approvals:
            DOES[kind](tmp_path, *arguments)
        styled = run(tmp_path, "-m", "ruff", "check", "--no-cache", *{arguments[0] for _, arguments in steps})
        assert styled.returncode == 0, styled.stdout
        drawn = run(tmp_path, "-m", "oversight.cli", "workflow", "draw")
        assert drawn.returncode == 0, drawn.stderr
        return tmp_path

    return followed


Follow = Callable[[str], Path]


def everything_is_approved(project: Path, *also: str) -> None:
    done = try_rules(project, "test_only_these", "test_workflow_drawing", *also)
    assert done.returncode == 0, done.stdout


def test_add_a_state_or_a_step(follow: Follow) -> None:
    project = follow("how-to-add-a-state-or-step")
    there, back, button = seen(
        project,
        "from uuid import UUID\n"
        "from oversight.rules.facts import Facts, SeatFacts\n"
        "from oversight.rules.jurisdictions import engine\n"
        "from oversight.rules.roles import Role\n"
        "calgary = engine('alberta_2025', 'file')\n"
        "file = Facts('decision', seats=(SeatFacts(UUID(int=1), submitted=True),))\n"
        "print(calgary.take('send_to_a_lawyer', file))\n"
        "print(calgary.take('take_back_from_the_lawyer', Facts('legal_review')))\n"
        "print(calgary.workflow.steps_from('legal_review', frozenset({Role.DIRECTOR}))[0].name)",
    ).split()
    assert (there, back, button) == ("legal_review", "decision", "take_back_from_the_lawyer")
    everything_is_approved(project, "test_workflow")
    assert 'state "Legal review" as legal_review' in (project / "docs/workflow.md").read_text(
        encoding="utf-8"
    )


def test_add_a_role(follow: Follow) -> None:
    project = follow("how-to-add-a-role")
    grantable, needs_two, step = seen(
        project,
        "from oversight.rules.roles import GRANTABLE, READING_ROLES, Role\n"
        "from oversight.rules.workflow import STANDARD_FILE\n"
        "it = Role('coordinator')\n"
        "print(it in GRANTABLE, it in READING_ROLES)\n"
        "print(*(step.name for step in STANDARD_FILE.steps_from('received', frozenset({it}))))",
    ).split()
    assert (grantable, needs_two, step) == ("True", "True", "begin_assessment")
    everything_is_approved(project, "test_roles")


def test_add_a_question(follow: Follow) -> None:
    project = follow("how-to-add-a-question")
    asked, answered = seen(project, ASK).split("</html>")[:2]
    assert "Do you have a photo or a video?" in asked
    assert "Keep it as it is. We ask for it later." in asked
    assert "What does it show?" in asked
    assert "Choose one of the answers." in answered
    everything_is_approved(project, "test_rulebooks")


def test_serve_a_new_place(follow: Follow) -> None:
    project = follow("how-to-serve-a-new-place")
    slug, *steps = seen(
        project,
        "from datetime import date\n"
        "from oversight.rules.jurisdictions import rulebook_in_force\n"
        "book = rulebook_in_force('harbourtown', date(2026, 5, 4))\n"
        "print(book.slug, *(step.name for step in book.file.steps))",
    ).split()
    assert slug == "harbourtown_2026"
    assert "open_investigation" in steps
    assert "settle" not in steps
    everything_is_approved(project, "test_rulebooks")


def test_add_a_table(follow: Follow) -> None:
    table = json.loads(seen(follow("how-to-add-a-table"), COUNT))
    assert table["title"]["en"] == "Complaints received, by language"
    assert [row["en"] for row in table["rows"]] == ["English", "French"]
    assert table["cells"] == [[12], [11]]
