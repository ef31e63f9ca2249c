"""Serving the pages with gunicorn. An embedded office has one web process, which also does the rounds."""

import fcntl
from collections.abc import Callable
from typing import IO, Any

from flask import Flask
from gunicorn.app.base import BaseApplication

from oversight.jobs.pulse import consumer_of
from oversight.settings import Settings

THREADS = 8


class AlreadyServing(Exception):
    """Another process serves this embedded office."""


class _Server(BaseApplication):
    """gunicorn, given the application and its options in place of a command line."""

    def __init__(self, load: Callable[[], Flask], options: dict[str, Any]) -> None:
        self._load, self._options = load, options
        super().__init__()

    def load_config(self) -> None:
        for name, value in self._options.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        return self._load()


def run(load: Callable[[], Flask], settings: Settings, *, host: str, port: int, workers: int) -> None:
    """Serve the application that `load` makes, until stopped.

    Raises AlreadyServing for a second web process of an embedded office.
    """
    embedded = settings.database_url.startswith("sqlite")
    if embedded and workers > 1:
        raise AlreadyServing("An office on SQLite has one web process. Use PostgreSQL for more.")
    lock = only_one(settings) if embedded else None
    options = {
        "bind": f"{host}:{port}",
        "workers": workers,
        "worker_class": "gthread",
        "threads": THREADS,
        "timeout": 60,
        "accesslog": None,
        # Gunicorn would take SCRIPT_NAME and the scheme from any client of this machine; ProxyFix alone
        # decides what a proxy is believed.
        "forwarded_allow_ips": "",
        # It would lie in the home folder, one for all the offices of a machine.
        "control_socket_disable": True,
        **({"post_worker_init": _begin_rounds} if embedded else {}),
    }
    _Server(load, options).run()
    del lock


def _begin_rounds(worker: Any) -> None:
    consumer_of(worker.app.callable, beside_pages=True).start()


def only_one(settings: Settings) -> IO[str]:
    """Hold the office's lock for as long as this process lives; the kernel lets go when it dies."""
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    lock = (settings.data_dir / "serving.lock").open("w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        lock.close()
        raise AlreadyServing(
            "Another process already serves this office. An office on SQLite has one web process; "
            "commands such as tick and ledger verify may run beside it."
        ) from None
    return lock
