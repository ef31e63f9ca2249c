"""Serving the pages with gunicorn. An embedded office has one web process, which also does the rounds."""

import fcntl
import gc
import os
import shutil
from collections.abc import Callable
from tempfile import mkdtemp
from typing import IO, TYPE_CHECKING, Any

from flask import Flask
from gunicorn.app.base import BaseApplication
from gunicorn.glogging import Logger

from oversight.kit import logs
from oversight.settings import Settings

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication
    from huey.consumer import Consumer

THREADS = 12
"""Of one worker: enough that a caseworker's page need not wait for a thread while many file at once. The pool
of connections to the database has room for 15."""


class AlreadyServing(Exception):
    """Another process serves this embedded office."""


class _Server(BaseApplication):
    """gunicorn, given the application and its options in place of a command line."""

    office: Flask

    def __init__(
        self, load: Callable[[], Flask], options: dict[str, Any], *, metrics_port: int | None
    ) -> None:
        self._load, self._options, self._metrics_port = load, options, metrics_port
        super().__init__()

    def load_config(self) -> None:
        for name, value in self._options.items():
            self.cfg.set(name, value)

    def load(self) -> "Flask | WSGIApplication":
        # What is loaded stays for good: the collector need not look through it now, nor at every later turn,
        # which would also copy it into each worker's memory.
        gc.disable()
        self.office = self._load()
        gc.freeze()
        gc.enable()
        if self._metrics_port is None:
            return self.office
        from oversight.jobs.watching import beside  # after _count_together, which its library heeds

        return beside(self.office, port=self._metrics_port)


class _InOurLog(Logger):
    """What gunicorn has to say goes where everything else does, as a line of JSON."""

    def setup(self, cfg: Any) -> None:
        super().setup(cfg)
        self.error_log.handlers.clear()
        self.error_log.propagate = True


def run(load: Callable[[], Flask], settings: Settings, *, host: str, port: int, workers: int) -> None:
    """Serve the application that `load` makes, until stopped.

    Raises AlreadyServing for a second web process of an embedded office.
    """
    embedded = settings.database_url.startswith("sqlite")
    if embedded and workers > 1:
        raise AlreadyServing("An office on SQLite has one web process. Use PostgreSQL for more.")
    lock = only_one(settings) if embedded else None
    measured = settings.metrics_port
    options: dict[str, Any] = {
        "bind": [f"{host}:{port}", *([f"127.0.0.1:{measured}"] if measured else [])],
        # What all workers share is loaded once, and a worker that fell is followed by the next at once.
        "preload_app": True,
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
        **(_rounds_beside_pages() if embedded else {}),
        # A demonstration speaks to whoever started it, an office to what collects its logs.
        **({} if settings.demo else {"logger_class": _InOurLog}),
    }
    logs.begin(settings)
    logs.log.info("serving", host=host, port=port, workers=workers, metrics_port=measured)
    if measured:
        options["on_exit"] = _count_together()
    _Server(load, options, metrics_port=measured).run()
    del lock


def _count_together() -> Callable[[Any], None]:
    """Give the web processes a folder for what they count; return what removes it when the last has ended.

    The library heeds it if it is named before the library is imported.
    """
    folder = os.environ["PROMETHEUS_MULTIPROC_DIR"] = mkdtemp(prefix="oversight-")
    return lambda _server: shutil.rmtree(folder, ignore_errors=True)


def _rounds_beside_pages() -> dict[str, Callable[..., None]]:
    """Have the process that serves make rounds, and end only when its round has."""
    begun: list[Consumer] = []

    def begin(worker: Any) -> None:
        from oversight.jobs.pulse import consumer_of

        begun.append(consumer_of(worker.app.office, beside_pages=True))
        begun[0].start()

    def end(_server: Any, _worker: Any) -> None:
        for consumer in begun:
            consumer.stop(graceful=True)

    return {"post_worker_init": begin, "worker_exit": end}


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
