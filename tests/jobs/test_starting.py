"""Commands start at once, and so does an office: what is heavy is loaded when somebody needs it."""

import re
import subprocess
import sys

import pytest

from oversight.settings import Settings
from tests.offices import surroundings

pytestmark = pytest.mark.one_database

HELP = """
from oversight.cli import main
main(["--help"], standalone_mode=False)
"""
SERVE = """
from oversight.cli import main
from oversight.jobs import serving

class Loaded(Exception):
    pass

def run_no_further(server):
    server.load()
    raise Loaded

serving._Server.run = run_no_further
try:
    main(["serve"], standalone_mode=False)
except Loaded:
    print("loaded")
"""
TELL_THE_MODULES = """
import sys
print("", *sys.modules, sep="\\nmodule ")
"""
HEAVY = {
    "alembic",
    "holidays",
    "openpyxl",
    "pikepdf",
    "psycopg",
    "scipy.optimize",
    "vl_convert",
    "weasyprint",
}
"""None of it is needed for a page, or for the rounds beside the pages while nobody wants a report."""


def modules_after(script: str, settings: Settings) -> tuple[set[str], str]:
    """What a process of its own has loaded at the end of the script, and all that it printed."""
    done = subprocess.run(
        [sys.executable, "-c", script + TELL_THE_MODULES],
        env=surroundings(settings),
        capture_output=True,
        text=True,
        check=True,
    )
    return set(re.findall("^module (.*)$", done.stdout, re.M)), done.stdout


def test_help_loads_nothing_but_the_commands(settings: Settings) -> None:
    loaded, told = modules_after(HELP, settings)
    assert "keys" in told
    packages = {name.partition(".")[0] for name in loaded} - set(sys.stdlib_module_names)
    # Those that begin with an underscore are the environment's own, loaded before anything of ours.
    assert {name for name in packages if not name.startswith("_")} == {"click", "oversight"}


def test_an_office_serves_before_anything_heavy_is_loaded(settings: Settings) -> None:
    loaded, told = modules_after(SERVE, settings)
    assert "loaded" in told
    assert "oversight.app" in loaded
    assert loaded & HEAVY == set()
