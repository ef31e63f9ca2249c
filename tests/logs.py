"""What would be logged, heard by a test: everything, from everybody, down to what is never listened to."""

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from typing import Any

from oversight.kit.logs import OURS, in_json


class Heard:
    """The lines logged so far."""

    def __init__(self) -> None:
        self.stream = StringIO()

    @property
    def text(self) -> str:
        """All of it, as it would stand in a file."""
        return self.stream.getvalue()

    def lines(self, event: str | None = None) -> list[dict[str, Any]]:
        """Each line, read; those of one event, if it is named."""
        read = [json.loads(line) for line in self.text.splitlines()]
        return [line for line in read if event in (None, line["event"])]


@contextmanager
def listening() -> Iterator[Heard]:
    """Hear what is logged meanwhile, at every level."""
    heard = Heard()
    handler = logging.StreamHandler(heard.stream)
    handler.setFormatter(in_json())
    loggers = [logging.getLogger(), logging.getLogger(OURS)]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.DEBUG)
    loggers[0].addHandler(handler)
    try:
        yield heard
    finally:
        loggers[0].removeHandler(handler)
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)
