"""Why a backup is not made, or not restored: each says what to do about it."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from sqlalchemy.exc import DBAPIError


class CannotBackUp(Exception):
    """No backup was made, and nothing was left behind that could be taken for one."""


class CannotRestore(Exception):
    """Nothing was restored, and the office stands as it stood."""


@contextmanager
def in_words(refusal: type[Exception], where: Path) -> Iterator[None]:
    """Raise that refusal, in words, for whatever the machine or a database refuses within."""
    try:
        yield
    except OSError as error:
        raise refusal(f"{error.filename or where} can't be read or written: {error.strerror}.") from None
    except (sqlite3.Error, psycopg.Error, DBAPIError) as error:
        raise refusal(f"The database can't be read or written: {_in_short(error)}.") from None


def _in_short(error: Exception) -> str:
    """PostgreSQL's own words may quote a row, so only the kind of error is told, if it is about rows."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(cause, psycopg.Error) and not isinstance(cause, psycopg.OperationalError):
        return type(cause).__name__
    return str(cause).partition("\n")[0]
