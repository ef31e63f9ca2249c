"""docs/operating.md as people work through it: its blocks, and the commands in them."""

import os
import re
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from textwrap import dedent

from click.testing import CliRunner, Result

from oversight.cli import main

PROJECT = Path(__file__).parents[1]
PAGE = (PROJECT / "docs/operating.md").read_text(encoding="utf-8")
FENCED = re.compile(r"^( *)```\n(.*?)^\1```", re.M | re.S)
COMMAND = re.compile(
    r"^(?:runuser -u oversight -- env -i (?P<given>\S+) +/opt/oversight/bin/)?oversight (?P<rest>.*)$"
)
OF_THE_MACHINE = r"(?<![\w/])/(var|etc|opt|usr/local)/"
SKIPPED = ("apt-get", "useradd", "systemctl", "chown", "curl")
"""What needs a machine of its own."""
BARE = ("etc/systemd/system", "etc/caddy", "opt", "usr/local/sbin", "var/lib", "var/tmp", "var/backups")


def section(head: str) -> str:
    """What stands under that heading, to the next one of its kind."""
    (found,) = re.findall(rf"^## {re.escape(head)}\n(.*?)(?=^## |\Z)", PAGE, re.M | re.S)
    return str(found)


def blocks(text: str) -> list[list[str]]:
    """The commands of each block in a text, one line each."""
    bodies = [dedent(body).replace("\\\n", "") for _, body in FENCED.findall(text)]
    return [[line for line in body.splitlines() if line] for body in bodies]


def commands(text: str) -> Iterator[str]:
    """What follows the word `oversight` wherever a text says it as a command, in blocks and in sentences."""
    for block in blocks(text):
        yield from (found["rest"] for line in block if (found := COMMAND.match(line)))
    yield from re.findall(r"`oversight ([a-z][^`]*)`", FENCED.sub("", text))


def units(lines: Iterable[str], doing: str) -> set[str]:
    """The units named by those lines that begin so."""
    those = "\n".join(line for line in lines if line.startswith(doing))
    return set(re.findall(r"oversight[a-z-]*\.(?:service|timer)\b(?!\.d)", those))


@dataclass
class Machine:
    """A machine in a folder: what a block names under /var, /etc, /opt and /usr/local lies in it."""

    root: Path
    release: str = "2026-11-22"
    here: Path = PROJECT
    said: list[Result] = field(default_factory=list)

    @classmethod
    def bare(cls, root: Path) -> "Machine":
        """One with the folders that any machine has."""
        for folder in BARE:
            (root / folder).mkdir(parents=True)
        return cls(root)

    def does(self, block: list[str]) -> None:
        """Run a block, line by line, but for what needs a machine of its own; the first fault ends it."""
        for line in block:
            if line.startswith("systemctl"):
                installed = {path.name for path in self.path("/etc/systemd/system").iterdir()}
                assert units([line], "systemctl") <= installed, line
            elif (found := COMMAND.match(line)) and not found["rest"].startswith("serve"):
                self.oversight(found["rest"], found["given"])
            elif line.startswith("cd "):
                self.here /= self.in_shell(f"printf %s {line.removeprefix('cd ')}")
            elif not line.startswith((*SKIPPED, "runuser")):
                self.in_shell(line.replace("-o oversight -g oversight", ""))

    def oversight(self, rest: str, given: str | None = None) -> Result:
        """Run a command of the office, as the small script does, or with what is `given` to it alone."""
        words, _, target = rest.partition(" > ")
        argv = self.in_shell(f"printf '%s\\n' {words}").splitlines()
        settings = self.settings() if given is None else dict([self.mapped(given).split("=", 1)])
        nothing = {name: None for name in os.environ if name.startswith("OVERSIGHT_")}
        done = CliRunner().invoke(main, argv, env={**nothing, **settings})
        self.said.append(done)
        assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
        # `check` has something to say of every office that has just begun.
        assert done.exit_code == 0 or argv[0] == "check", f"oversight {rest}\n{done.output}"
        if target:
            self.path(target).write_text(done.stdout, encoding="utf-8")
        return done

    def settings(self) -> dict[str, str]:
        """What stands in its oversight.env, but that no mail leaves."""
        lines = self.path("/etc/oversight/oversight.env").read_text(encoding="utf-8").splitlines()
        said = dict(
            self.mapped(line).replace("'", "").split("=", 1) for line in lines if not line.startswith("#")
        )
        return {**said, "OVERSIGHT_SMTP_URL": ""}

    def in_shell(self, line: str) -> str:
        """Have a shell do a line there; what it prints."""
        done = subprocess.run(
            ["sh", "-euc", self.mapped(line)],
            cwd=self.here,
            env={**os.environ, "release": self.release},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"{line}\n{done.stderr}"
        return done.stdout

    def path(self, name: str) -> Path:
        """Where that lies."""
        return Path(self.mapped(name))

    def mapped(self, text: str) -> str:
        return re.sub(OF_THE_MACHINE, rf"{self.root}/\1/", text)
