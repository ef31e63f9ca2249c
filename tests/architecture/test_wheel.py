"""A wheel built here and installed elsewhere is a whole office: commands, migrations, pages, translations."""

import os
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[2]
OPEN_THE_FIRST_PAGE = """
import oversight
from oversight.app import create_app
from oversight.settings import Settings

page = create_app(Settings.from_env()).test_client().get("/", headers={"Accept-Language": "fr"})
print(oversight.__file__, page.status_code, page.text)
"""


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder far from the checkout, with a virtual environment that has the wheel and what it needs."""
    folder = tmp_path_factory.mktemp("else where")
    run(PROJECT, sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder))
    venv.create(folder / "venv", symlinks=True)
    python = str(folder / "venv/bin/python")
    (wheel,) = folder.glob("*.whl")
    install = ["install", "--quiet", "--no-deps", "--no-index", "--disable-pip-version-check", str(wheel)]
    run(folder, sys.executable, "-m", "pip", "--python", python, *install)
    # The packages it needs are lent by this environment; its own link to the checkout is not followed.
    lent = Path(run(folder, python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))").strip())
    (lent / "lent.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return folder


def test_its_command_tells_what_it_can_do(elsewhere: Path) -> None:
    told = run(elsewhere, "venv/bin/oversight", "--help")
    assert {"init", "demo", "serve", "worker", "tick", "ledger", "workflow", "keys", "check"} <= set(
        told.split()
    )


def test_an_office_begins_and_shows_its_first_page_in_french(elsewhere: Path) -> None:
    run(elsewhere, "venv/bin/oversight", "init")
    answer = run(elsewhere, "venv/bin/python", "-c", OPEN_THE_FIRST_PAGE)
    assert answer.startswith(f"{elsewhere}/venv/")
    assert "__init__.py 200 <!doctype html>" in answer
    assert '<html lang="fr"' in answer


def run(folder: Path, *command: str) -> str:
    """Run a command there, in an environment that tells it nothing of the checkout; return what it prints."""
    clean = {
        name: value for name, value in os.environ.items() if not name.startswith(("OVERSIGHT_", "PYTHON"))
    }
    done = subprocess.run(command, cwd=folder, env=clean, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{' '.join(command)}\n{done.stdout}{done.stderr}"
    return done.stdout
