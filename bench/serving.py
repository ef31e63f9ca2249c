"""An office's own server in processes of its own, while a block runs."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from bench.kept import Office
from tests.offices import command, surroundings
from tests.torture.running import free_port


@dataclass(frozen=True)
class Served:
    """Where an office answers, and the process that looks after those who serve."""

    port: int
    process: int


@contextmanager
def served(office: Office, *, workers: int = 1) -> Iterator[Served]:
    """Begin to serve, behind a proxy that says who asks; it may take a while until it answers."""
    port = free_port()
    environ = surroundings(office.settings) | {
        "OVERSIGHT_DEMO": "1",
        "OVERSIGHT_PUBLIC_URL": f"http://127.0.0.1:{port}",
        "OVERSIGHT_TRUSTED_PROXIES": "1",
    }
    server = subprocess.Popen(command("serve", "--port", str(port), "--workers", str(workers)), env=environ)
    try:
        yield Served(port, server.pid)
    finally:
        server.terminate()
        server.wait()
