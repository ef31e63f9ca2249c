"""What the office says of its own running: lines of JSON on the standard error, never who or about whom.

Nothing is sealed where logs go, nor forgotten on time. So a line has the codes, counts and times that our
own code gives it by name. Of what libraries say only a sentence of their code is kept, not what fills its
blanks; of an error, its kind and the lines of code it came through, not its words, which may quote anyone.
"""

import logging
import sqlite3
import sys
import threading
import traceback
from types import TracebackType
from typing import Any, TextIO

import structlog
from structlog.contextvars import merge_contextvars
from structlog.stdlib import BoundLogger, LoggerFactory, ProcessorFormatter, filter_by_level
from structlog.typing import EventDict

from oversight.kit import clock
from oversight.settings import Settings

OURS = "oversight"
LONGEST_TRACE = 40
"""Frames of an error that are told, from the innermost on."""
PUT_TOGETHER = "a sentence that was put together, and is left out"

structlog.configure(
    processors=[filter_by_level, merge_contextvars, ProcessorFormatter.wrap_for_formatter],
    logger_factory=LoggerFactory(),
    wrapper_class=BoundLogger,
    cache_logger_on_first_use=True,
)
log: BoundLogger = structlog.get_logger(OURS)
"""Where our own code says what happened: `log.info("round", deadlines=2)`."""


def begin(settings: Settings, stream: TextIO = sys.stderr) -> None:
    """From now on, write what this process says to `stream`, a JSON object a line.

    Our own code is heard from INFO on, libraries from WARNING on. A demonstration is left as it is: what
    Flask and gunicorn print by themselves helps who tries things out, and its people are invented.
    """
    if settings.demo:
        return
    handler = logging.StreamHandler(stream)
    handler.setFormatter(in_json())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger(OURS).setLevel(logging.INFO)
    threading.excepthook = _a_thread_ended
    sys.excepthook = _the_process_ended


def in_json() -> logging.Formatter:
    """What makes a line of a record, whoever it comes from."""
    return ProcessorFormatter(
        foreign_pre_chain=[_only_what_stands_in_code, merge_contextvars],
        processors=[_with_time_and_place, _without_words_of_errors, structlog.processors.JSONRenderer()],
    )


def _only_what_stands_in_code(_logger: Any, _method: str, event: EventDict) -> EventDict:
    record = event["_record"]
    event["event"] = record.msg if _stands_in_code(record.msg) else PUT_TOGETHER
    event["where"] = f"{record.pathname}:{record.lineno} {record.funcName}"
    return event


def _stands_in_code(said: object) -> bool:
    """Whether a function at work wrote just this; a sentence that was put together is nobody's constant."""
    frame = sys._getframe() if isinstance(said, str) else None
    while frame is not None:
        if said in frame.f_code.co_consts:
            return True
        frame = frame.f_back
    return False


def _with_time_and_place(_logger: Any, _method: str, event: EventDict) -> EventDict:
    record, _ = event.pop("_record"), event.pop("_from_structlog")
    at = clock.now().isoformat(timespec="milliseconds")
    what = event.pop("event")
    return {"at": at, "level": record.levelname.lower(), "logger": record.name, "event": what, **event}


def _without_words_of_errors(_logger: Any, _method: str, event: EventDict) -> EventDict:
    given = event.pop("exc_info", None)
    error = given[1] if isinstance(given, tuple) else given
    if isinstance(error, BaseException):
        event.update(what_went_wrong(error))
    return event


def what_went_wrong(error: BaseException) -> dict[str, Any]:
    """An error as a log may keep it: `error`, its `code` if a system or database gave one, where, and why."""
    because = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    code = _code_of(error)
    return {
        "error": _kind_of(error),
        **({"code": code} if code else {}),
        "trace": _frames(error.__traceback__),
        **({"because": what_went_wrong(because)} if because else {}),
    }


def _kind_of(error: BaseException) -> str:
    return f"{type(error).__module__}.{type(error).__qualname__}".removeprefix("builtins.")


def _code_of(error: BaseException) -> str | None:
    """SQLSTATE, SQLite's name of the error, or the system's number: words of a list, which name nobody."""
    if isinstance(error, sqlite3.Error):
        return getattr(error, "sqlite_errorname", None)
    code = getattr(error, "sqlstate", None) or (error.errno if isinstance(error, OSError) else None)
    return str(code) if code else None


def _frames(trace: TracebackType | None) -> list[str]:
    frames = traceback.StackSummary.extract(
        traceback.walk_tb(trace), limit=-LONGEST_TRACE, lookup_lines=False
    )
    return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]


def _a_thread_ended(gone: threading.ExceptHookArgs) -> None:
    if gone.exc_value is not None:
        log.error("a thread ended", exc_info=gone.exc_value)


def _the_process_ended(
    _kind: type[BaseException], error: BaseException, _trace: TracebackType | None
) -> None:
    log.error("the process ended", exc_info=error)
