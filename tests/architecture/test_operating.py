"""docs/operating.md is true: what it names is there, and what it tells people to do, works."""

import json
import os
import re
import shlex
import time
from itertools import chain
from pathlib import Path

import click
import pytest

from oversight.cli import main
from oversight.settings import Settings, SettingsError
from tests.handbook import PAGE, PROJECT, Machine, blocks, commands, section, units

EXAMPLES = PROJECT / "docs/examples"
SOURCES = "".join(path.read_text(encoding="utf-8") for path in (PROJECT / "oversight").rglob("*.py"))
SETTING = r"OVERSIGHT_[A-Z_]+[A-Z]"
BACKUP = "/var/backups/oversight/2026-11-22T0230"
DAY = 24 * 3600


def test_it_explains_every_setting_and_no_other() -> None:
    known = set(re.findall(SETTING, (PROJECT / "oversight/settings.py").read_text(encoding="utf-8")))
    assert set(re.findall(rf"^\| `({SETTING})` \|", PAGE, re.M)) == known
    assert set(re.findall(SETTING, PAGE)) == known


@pytest.mark.parametrize("words", sorted(set(commands(PAGE))))
def test_every_command_it_names_is_there_with_its_options(words: str) -> None:
    command: click.Command = main
    context = click.Context(main)
    rest = shlex.split(re.sub(r"\$\([^)]*\)", "", words.partition(" > ")[0]))
    while isinstance(command, click.Group) and rest:
        found = command.get_command(context, rest[0])
        assert found is not None, words
        command, context, rest = found, click.Context(found, context), rest[1:]
    _, unknown, _ = command.make_parser(context).parse_args(rest)
    assert unknown == []


def test_every_command_of_whoever_looks_after_the_machines_is_told() -> None:
    told = {words.split()[0] for words in commands(PAGE)}
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
    named = set(
        re.findall(r"\boversight[a-z-]*\.(?:service|timer|env)\b|\bCaddyfile\b|\bseveral\.conf\b", PAGE)
    )
    assert {path.name for path in (EXAMPLES / "systemd").iterdir()} | {"Caddyfile"} == named | {"oversight"}


def test_an_office_on_one_machine_is_begun_upgraded_restored_and_drilled_as_it_says(tmp_path: Path) -> None:
    machine = Machine.bare(tmp_path)
    for block in blocks(section("One machine")):
        machine.does(block)
    assert "to choose a password" in machine.said[0].output
    for block in reversed(blocks(section("Keys"))):
        machine.does(block)
    machine.oversight(f"backup {BACKUP}")

    machine.here = PROJECT
    machine.does(blocks(section("Upgrading"))[0])
    (saved,) = machine.path("/var/backups/oversight").glob("*before*")
    assert (saved / "manifest.json").exists()

    restore, *_, drill = blocks(section("Restoring"))
    machine.does([line for line in restore if not line.startswith("rm ")])
    assert "the ledger is whole" in machine.said[-2].output
    machine.does(drill)
    assert machine.path("/var/tmp/drill/office/oversight.sqlite").exists()

    take, verify = blocks(section("The ledger's checkpoints"))[0]
    machine.does([take])
    key = json.loads(machine.path("/var/tmp/checkpoint.json").read_text(encoding="utf-8"))["public_key"]
    machine.does([verify.replace("THE-KEY-THEY-WERE-GIVEN", key)])


def test_it_starts_and_stops_no_unit_that_it_did_not_install() -> None:
    one, several = blocks(section("One machine")), blocks(section("Several machines"))
    alone, added = (units(chain.from_iterable(each), "install") for each in (one, several))
    for block in (
        *one,
        *blocks(section("Keys")),
        blocks(section("Restoring"))[0],
        blocks(section("Upgrading"))[0],
    ):
        assert units(block, "systemctl") <= alone, block
    for block in blocks(PAGE):
        assert units(block, "systemctl") <= alone | added, block
    # The timer starts that one.
    assert units(chain.from_iterable(several), "systemctl enable") == (alone | added) - {
        "oversight-backup.service"
    }


@pytest.mark.parametrize("kind", ["**One machine**", "**Several machines**"])
def test_an_upgrade_stops_the_office_before_the_backup_to_fall_back_on(kind: str) -> None:
    lines = [line for block in blocks(section("Upgrading").partition(kind)[2]) for line in block]
    stages = (
        "systemctl stop oversight.service",
        "oversight backup",
        "ln -sfn",
        "oversight init",
        "systemctl start",
    )
    order = [next(at for at, line in enumerate(lines) if line.startswith(stage)) for stage in stages]
    assert order == sorted(order)


def test_several_machines_are_restored_while_no_backup_can_begin() -> None:
    lines = [
        line for block in blocks(section("Restoring").partition("**Several machines.**")[2]) for line in block
    ]
    stages = (
        "systemctl stop oversight-backup.timer",
        "systemctl stop oversight.service",
        "runuser -u postgres",
    )
    order = [next(at for at, line in enumerate(lines) if line.startswith(stage)) for stage in stages]
    assert order == sorted(order)


@pytest.mark.parametrize("head", ["A release", "One machine", "Several machines"])
def test_a_release_is_named_in_each_block_that_a_new_terminal_may_run(head: str) -> None:
    for block in blocks(section(head)):
        if any("$release" in line for line in block):
            assert block[0].startswith("release="), block


def test_a_backup_that_was_brought_back_is_none_of_the_old_ones_to_be_removed() -> None:
    block = next(each for each in blocks(section("Restoring")) if any("enable" in line for line in each))
    restored = next(line for line in block if line.startswith("oversight restore")).split()[2]
    assert f"touch {restored}" in block


@pytest.mark.parametrize("part", ["keys copy", "oversight restore"])
def test_a_copy_of_the_keys_is_removed_from_the_machine(part: str) -> None:
    for after in PAGE.split(f"{part} ")[1:]:
        rest, *_ = re.split(r"\n## |\n\*\*", after)
        assert re.search(r"rm -r [^`\n]*/var/tmp/keys", rest), rest


def test_of_old_backups_it_keeps_those_that_it_says(tmp_path: Path) -> None:
    """The example's unit: all of a week, some of five weeks, and what has a name of its own as long."""
    machine, now = Machine(tmp_path), time.time()
    folder = machine.path("/var/backups/oversight")
    names = [time.strftime("%Y-%m-%dT%H%M", time.gmtime(now - age * DAY)) for age in range(60)]
    for age, name in enumerate(names):
        for backup in (folder / name, folder / f"{name}-before"):
            backup.mkdir(parents=True)
            (backup / "manifest.json").touch()
            os.utime(backup, (now - age * DAY,) * 2)
    unit = (EXAMPLES / "systemd/oversight-backup.service").read_text(encoding="utf-8").replace("\\\n", "")
    for line in re.findall(r"^ExecStartPost=(.*)$", unit, re.M):
        machine.in_shell(line)
    weekly = [name for name in names[7:36] if name[8:10] in {"01", "08", "15", "22"}]
    kept = {*names[:7], *weekly, *(f"{name}-before" for name in names[:36])}
    assert {path.name for path in folder.iterdir()} == kept
    assert 3 <= len(weekly) <= 5


def test_the_examples_settings_are_right_as_they_stand(tmp_path: Path) -> None:
    """But for the folder, and the keys that `oversight init` makes."""
    lines = (EXAMPLES / "systemd/oversight.env").read_text(encoding="utf-8").splitlines()
    given = dict(line.replace("'", "").split("=", 1) for line in lines if not line.startswith("#"))
    with pytest.raises(SettingsError) as refused:
        Settings.from_env({**given, "OVERSIGHT_DATA_DIR": str(tmp_path)})
    assert len(refused.value.problems) == 2
    assert all("run `oversight init`" in problem for problem in refused.value.problems)
