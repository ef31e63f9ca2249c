"""Processes of this machine: whose they are, whether they live, and how they die."""

import os
import signal
import time
from pathlib import Path

WITH_US = ("setpriv", "--pdeathsig", "KILL", "--")
"""What comes before the command of a process that is not to outlive the thread that starts it."""


def lives(pid: int) -> bool:
    """Whether a process runs, rather than being gone or waiting to be buried."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except (FileNotFoundError, ProcessLookupError):
        return False


def children_of(pid: int) -> list[int]:
    """The processes that this one has begun and that live."""
    tasks = Path(f"/proc/{pid}/task").glob("*/children")
    begun = [int(child) for task in tasks for child in task.read_text().split()]
    return [child for child in begun if lives(child)]


def kill_with_children(pid: int) -> None:
    """Kill a process and all that it began at once, as a power cut would; return once they are gone."""
    os.kill(pid, signal.SIGSTOP)  # so that it begins no more meanwhile
    family = [*children_of(pid), pid]
    for each in family:
        os.kill(each, signal.SIGKILL)
    while any(map(lives, family)):
        time.sleep(0.005)


def waited_for_a_processor(pid: int) -> float:
    """For how many seconds a process was ready to work, but others were at work: its first thread, and then
    the one that waited longest of those that its first began.
    """
    waits = {int(task.name): _waited(task) for task in Path(f"/proc/{pid}/task").glob("*")}
    return waits.pop(pid, 0) + max(waits.values(), default=0)


def _waited(task: Path) -> float:
    try:
        return int((task / "schedstat").read_text().split()[1]) / 1e9
    except OSError:
        return 0
