"""The order of the house that no linter keeps: names that say something, and what a file must say first."""

import ast
import re
import tomllib
from collections.abc import Iterable
from pathlib import Path

PROJECT = Path(__file__).parents[2]
MODULES = sorted((PROJECT / "oversight").rglob("*.py"))
LOCK = (PROJECT / "requirements.lock").read_text(encoding="utf-8")
SAY_NOTHING = {"utils", "helpers", "services", "managers", "common", "core", "constants"}


def those(modules: Iterable[Path]) -> list[str]:
    return [str(module.relative_to(PROJECT)) for module in modules]


def test_every_module_begins_with_a_line_or_two_on_what_lives_in_it() -> None:
    assert those(m for m in MODULES if not ast.get_docstring(ast.parse(m.read_text(encoding="utf-8")))) == []


def test_modules_bear_names_of_the_offices_work() -> None:
    assert those(m for m in MODULES if SAY_NOTHING & {*m.relative_to(PROJECT).parts[:-1], m.stem}) == []


def test_the_lock_pins_every_package_by_hash_and_names_no_address() -> None:
    assert not re.search(r"://|--(extra-)?index-url|--find-links", LOCK)
    pins = [line for line in LOCK.splitlines() if re.match(r"[a-z]", line)]
    assert [pin for pin in pins if not re.match(r"[a-z0-9-]+(\[[a-z]+\])?==[\w.]+ .*\\$", pin)] == []
    assert LOCK.count("\n    --hash=sha256:") >= len(pins)


def test_the_lock_has_every_package_the_project_asks_for() -> None:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wishes = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    asked = set(re.findall(r"^[\w-]+", "\n".join(wishes), re.MULTILINE))
    assert asked <= set(re.findall(r"^([\w-]+)(?:\[|==)", LOCK, re.MULTILINE)), "Run make lock."
