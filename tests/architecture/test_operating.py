"""docs/operating.md is true: it names every setting there is, and no command or measure that there is not."""

import re
from pathlib import Path

import click
import pytest

from oversight.cli import main
from oversight.settings import Settings, SettingsError

PROJECT = Path(__file__).parents[2]
PAGE = (PROJECT / "docs/operating.md").read_text(encoding="utf-8")
EXAMPLES = PROJECT / "docs/examples"
SOURCES = "".join(path.read_text(encoding="utf-8") for path in (PROJECT / "oversight").rglob("*.py"))
SETTING = r"OVERSIGHT_[A-Z_]+[A-Z]"
COMMAND = r"(?:^|[`/]|bin/)oversight ((?:[a-z]+ ?)+)([^`\n]*)"


def test_it_explains_every_setting_and_no_other() -> None:
    known = set(re.findall(SETTING, (PROJECT / "oversight/settings.py").read_text(encoding="utf-8")))
    assert set(re.findall(rf"^\| `({SETTING})` \|", PAGE, re.M)) == known
    assert set(re.findall(SETTING, PAGE)) == known


@pytest.mark.parametrize("words", sorted(set(re.findall(COMMAND, PAGE, re.M))), ids=" ".join)
def test_every_command_it_names_is_there_with_its_options(words: tuple[str, str]) -> None:
    command: click.Command = main
    for word in words[0].split():
        if not isinstance(command, click.Group):
            break
        found = command.get_command(click.Context(command), word)
        assert found is not None, f"oversight {words[0]}"
        command = found
    known = {option for parameter in command.params for option in parameter.opts}
    assert set(re.findall(r"--[a-z-]+", words[1])) <= known


def test_every_command_of_whoever_looks_after_the_machines_is_told() -> None:
    told = {words.split()[0] for words, _ in re.findall(COMMAND, PAGE, re.M)}
    assert {"init", "check", "serve", "worker", "tick", "ledger", "keys", "backup", "restore"} <= told


def test_the_measures_it_names_are_given() -> None:
    for name in set(re.findall(r"`(oversight_[a-z_]+)`", PAGE)):
        bare = name.removeprefix("oversight_").removesuffix("_total")
        assert f'"{bare}"' in SOURCES or f'"oversight_{bare}"' in SOURCES, name


def test_what_it_links_to_and_installs_is_there() -> None:
    heads = {
        re.sub(r"[^\w -]", "", head.lower()).replace(" ", "-")
        for head in re.findall(r"^##+ (.*)", PAGE, re.M)
    }
    assert set(re.findall(r"\]\(#([^)]*)\)", PAGE)) <= heads
    named = set(re.findall(r"\boversight[a-z-]*\.(?:service|timer|env)\b|\bCaddyfile\b", PAGE))
    assert {path.name for path in (EXAMPLES / "systemd").iterdir()} | {"Caddyfile"} == named | {"oversight"}


def test_the_examples_settings_are_right_as_they_stand(tmp_path: Path) -> None:
    """But for the folder, and the keys that `oversight init` makes."""
    lines = (EXAMPLES / "systemd/oversight.env").read_text(encoding="utf-8").splitlines()
    given = dict(line.replace("'", "").split("=", 1) for line in lines if not line.startswith("#"))
    with pytest.raises(SettingsError) as refused:
        Settings.from_env({**given, "OVERSIGHT_DATA_DIR": str(tmp_path)})
    assert len(refused.value.problems) == 2
    assert all("run `oversight init`" in problem for problem in refused.value.problems)
