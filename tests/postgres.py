"""A PostgreSQL server for one run of the tests, and a guard that ends it however the run ends.

The run holds a pipe open. When the run closes it, or dies in whatever way, the guard (this module run as a
program, in a session of its own) reads its end, stops the server and removes all it wrote.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

import psycopg

PROJECT = Path(__file__).parents[1]
OWNER = "postgres"
SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "autovacuum": "off",
    "max_connections": "200",
    "timezone": "UTC",
}
"""Quick and forgetful. Socket only, so that no port can be taken or reached."""


class PostgresMissing(Exception):
    """There is no PostgreSQL server to start."""


def start(
    folder: Path, lifeline: Path, *, settings: Mapping[str, str] = SETTINGS, keep: bool = False
) -> tuple[str, subprocess.Popen[bytes]]:
    """Start a server in `folder`, to live until `lifeline` has no writer: how to connect to it, its guard.

    With `keep`, what it wrote stays when it ends, and is found again by the next start in that folder.
    """
    cluster = folder / "cluster"
    if not cluster.exists():
        _make(cluster)
    told = json.dumps({"settings": dict(settings), "keep": keep})
    guard = [sys.executable, "-m", "tests.postgres", str(cluster), str(lifeline), told]
    with (folder / "guard.log").open("w") as log:
        running = subprocess.Popen(guard, cwd=PROJECT, start_new_session=True, stdout=log, stderr=log)
    where = f"host={cluster} user={OWNER} dbname=postgres"
    wait_for(where, folder / "guard.log")
    return where, running


def _make(cluster: Path) -> None:
    cluster.mkdir(mode=0o700)
    if os.geteuid() == 0:
        shutil.chown(cluster, OWNER, OWNER)
    cluster_of_its_own = ["--pgdata", str(cluster), "--username", OWNER, "--auth", "trust", "--no-sync"]
    run_as_owner([program("initdb"), *cluster_of_its_own, "--encoding", "UTF8", "--locale", "C.UTF-8"])


def program(name: str) -> str:
    """The path of one of the server's programs, which Debian keeps off the PATH."""
    places = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    if shutil.which("pg_config"):
        told = subprocess.run(["pg_config", "--bindir"], capture_output=True, text=True, check=True)
        places.insert(0, Path(told.stdout.strip()))
    for place in places:
        if (place / name).exists():
            return str(place / name)
    raise PostgresMissing("PostgreSQL's server is missing; install it: apt-get install postgresql")


def as_owner() -> list[str]:
    """PostgreSQL refuses to run as root, so root becomes the user that Debian's package made for it."""
    if os.geteuid() != 0:
        return []
    return ["setpriv", f"--reuid={OWNER}", f"--regid={OWNER}", "--clear-groups", "--"]


def run_as_owner(command: list[str]) -> None:
    done = subprocess.run([*as_owner(), *command], capture_output=True, text=True, cwd="/", check=False)
    if done.returncode:
        raise RuntimeError(f"{command[0]} failed:\n{done.stdout}{done.stderr}")


def wait_for(where: str, log: Path, *, seconds: float = 60) -> None:
    """Return once the server answers."""
    deadline = time.monotonic() + seconds
    while True:
        try:
            psycopg.connect(where).close()
            return
        except psycopg.OperationalError as error:
            if time.monotonic() > deadline:
                raise RuntimeError(f"PostgreSQL does not answer:\n{log.read_text()}") from error
            time.sleep(0.02)


def _guard(cluster: Path, lifeline: Path, settings: Mapping[str, str], *, keep: bool) -> None:
    """Run the server until the lifeline's last writer is gone; what is not to be kept is then removed."""
    given = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    command = [program("postgres"), "-D", str(cluster), "-k", str(cluster), *given]
    with lifeline.open() as line:
        server = subprocess.Popen([*as_owner(), *command], cwd="/")
        line.read()
    # SIGINT has it write down what it holds; SIGQUIT ends it at once, where nothing is worth saving.
    server.send_signal(signal.SIGINT if keep else signal.SIGQUIT)
    server.wait()
    if not keep:
        shutil.rmtree(cluster.parent, ignore_errors=True)


if __name__ == "__main__":
    _guard(Path(sys.argv[1]), Path(sys.argv[2]), **json.loads(sys.argv[3]))
