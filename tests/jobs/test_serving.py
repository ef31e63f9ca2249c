"""`oversight serve` as it is run: its log, its measures on a port of their own, and what it leaves behind."""

import json
import re
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

import pytest

from oversight.settings import Settings
from tests.offices import command, surroundings

PATIENCE = 60
"""Seconds that a busy machine may take to do what it otherwise does in two."""


@dataclass(frozen=True)
class Served:
    """An office served by a process of its own."""

    port: int
    metrics_port: int
    log: Path

    def get(self, path: str, *, port: int | None = None) -> tuple[int, str]:
        """Ask for a page on a connection of its own, as another visitor would."""
        connection = HTTPConnection("127.0.0.1", port or self.port, timeout=PATIENCE)
        connection.request("GET", path)
        answer = connection.getresponse()
        body = answer.read().decode()
        connection.close()
        return answer.status, body

    def measures(self) -> str:
        """What Prometheus is told."""
        status, body = self.get("/metrics", port=self.metrics_port)
        assert status == 200
        return body


@pytest.fixture
def served(settings: Settings, tmp_path: Path) -> Iterator[Served]:
    """The office as an operator starts it: with two workers, where its database allows more than one."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    with two_free_ports() as (port, metrics_port):
        environment = {
            **surroundings(settings),
            "OVERSIGHT_METRICS_PORT": str(metrics_port),
            "TMPDIR": str(folder),
        }
    workers = "1" if settings.database_url.startswith("sqlite") else "2"
    log = tmp_path / "log"
    with log.open("w") as stream:
        words = command("serve", "--port", str(port), "--workers", workers)
        process = subprocess.Popen(words, env=environment, stdout=stream, stderr=stream)
    try:
        office = Served(port, metrics_port, log)
        wait_for(office, process)
        yield office
    finally:
        process.terminate()
        process.wait(PATIENCE)
    assert list(folder.iterdir()) == [], "its counts were left behind"


@contextmanager
def two_free_ports() -> Iterator[tuple[int, int]]:
    with socket.create_server(("127.0.0.1", 0)) as one, socket.create_server(("127.0.0.1", 0)) as other:
        yield one.getsockname()[1], other.getsockname()[1]


def wait_for(office: Served, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        try:
            assert office.get("/healthz") == (200, "ok\n")
        except OSError:
            time.sleep(0.05)
        else:
            return
    pytest.fail(f"it does not serve:\n{office.log.read_text()}")


def test_an_office_serves_its_pages_and_on_another_port_its_measures(served: Served) -> None:
    for _ in range(12):
        assert served.get("/help?name=zqname")[0] == 200
    counted = re.compile(r'oversight_requests_total\{method="GET",route="/help",status="200"\} (\S+)')
    # Whichever worker is asked knows what all of them did.
    for _ in range(4):
        assert [float(count) for count in counted.findall(served.measures())] == [12]
    assert "oversight_database_answers 1.0" in served.measures()
    assert served.get("/metrics")[0] == 404
    assert served.get("/help", port=served.metrics_port)[1].startswith("# HELP")

    lines = [json.loads(line) for line in served.log.read_text().splitlines()]
    assert lines[0]["event"] == "serving"
    assert [line["status"] for line in lines if line.get("route") == "/help"] == [200] * 12
    assert "zqname" not in served.log.read_text()


def test_measures_and_pages_never_share_a_port(settings: Settings) -> None:
    surroundings_there = surroundings(settings) | {"OVERSIGHT_METRICS_PORT": "8123"}
    words = command("serve", "--host", "0.0.0.0", "--port", "8123")
    done = subprocess.run(
        words, env=surroundings_there, capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 1
    assert "OVERSIGHT_METRICS_PORT is 8123 too" in done.stderr
