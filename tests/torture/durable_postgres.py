"""A PostgreSQL server that keeps what it acknowledged, to be killed and started again by a test."""

import os
import shutil
import signal
import subprocess
from pathlib import Path

from tests.databases import migrate
from tests.postgres import OWNER, as_owner, program, run_as_owner, wait_for
from tests.torture.processes import WITH_US, kill_with_children

SETTINGS = {
    "listen_addresses": "",
    "fsync": "on",
    "synchronous_commit": "on",
    # One call for the whole disk, rather than one for each of a thousand files, before it recovers.
    "recovery_init_sync_method": "syncfs",
    "timezone": "UTC",
}


class DurablePostgres:
    """One server on a real disk. It ends with the thread that started it, whatever becomes of the test."""

    def __init__(self, folder: Path) -> None:
        self.cluster, self.log = folder / "cluster", folder / "postgresql.log"
        self.cluster.mkdir(mode=0o700)
        if os.geteuid() == 0:
            folder.chmod(0o755)
            shutil.chown(self.cluster, OWNER, OWNER)
        where = ["--pgdata", str(self.cluster), "--username", OWNER, "--auth", "trust"]
        run_as_owner([program("initdb"), *where, "--no-sync", "--encoding", "UTF8", "--locale", "C.UTF-8"])
        self.start()
        migrate(self.url)

    @property
    def url(self) -> str:
        """What an office's settings take."""
        return f"postgresql+psycopg://{OWNER}@/postgres?host={self.cluster}"

    def start(self) -> None:
        """Start it, and return once it has recovered and answers."""
        settings = [part for name, value in SETTINGS.items() for part in ("-c", f"{name}={value}")]
        command = [program("postgres"), "-D", str(self.cluster), "-k", str(self.cluster), *settings]
        with self.log.open("a") as log:
            self.server = subprocess.Popen([*as_owner(), *WITH_US, *command], cwd="/", stdout=log, stderr=log)
        wait_for(f"host={self.cluster} user={OWNER} dbname=postgres", self.log)

    def kill(self) -> None:
        """Kill the server and all its children at once, as a power cut would."""
        kill_with_children(self.server.pid)
        self.server.wait()

    def end(self) -> None:
        """Stop it for good."""
        self.server.send_signal(signal.SIGQUIT)
        self.server.wait()
