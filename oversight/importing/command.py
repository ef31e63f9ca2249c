"""One import as it is asked for: the mapping read, the export brought in, what was odd listed beside."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy.exc import IntegrityError

from oversight.importing.dirt import DirtBook, is_such_a_list
from oversight.importing.inputs import InputError
from oversight.importing.mapping import MappingError, read_mapping
from oversight.importing.running import Import, Summary, Tell
from oversight.importing.wording import as_json, as_table
from oversight.kit import clock
from oversight.kit.db import Stale
from oversight.rules.jurisdictions import rulebooks_of
from oversight.settings import Settings

BUSY = "Another import of the same history seems to be running. Wait for its end, then run this again."


class ImportFailed(Exception):
    """Why nothing more was brought in, and what to do, in words for whoever ran the command."""


@dataclass(frozen=True)
class Done:
    """What came of an import, and where the rows are listed that were not as they should be."""

    summary: Summary
    dirt: DirtBook
    listed_in: Path | None

    def as_json(self) -> dict[str, Any]:
        """The numbers, for a program."""
        return as_json(self.summary, self.dirt, self.listed_in)

    def as_table(self) -> str:
        """The numbers, for a person."""
        return as_table(self.summary, self.dirt, self.listed_in)


def import_export(
    mapping_file: Path,
    folder: Path,
    settings: Settings,
    listed_in: Path | None,
    tell: Tell,
    *,
    dry_run: bool,
    update: bool,
) -> Done:
    """Bring in the exports of a folder. Raises ImportFailed; a mapping or file at fault before any writing.

    Odd rows are listed in `listed_in`, or else in the office's data folder for as long as the office said.
    """
    today = clock.today(rulebooks_of(settings.place)[0].time_zone)
    try:
        _refuse_to_write_over(listed_in)
        mapping = read_mapping(mapping_file, folder, place=settings.place, today=today)
        kept_until = None if listed_in else today + timedelta(days=settings.import_reports_days)
        path = listed_in or _list_of(mapping.source, settings)
        with DirtBook(path, kept_until) as dirt:
            run = Import(mapping, folder, dirt, place=settings.place, dry_run=dry_run, update=update)
            summary = run.run(tell)
    except (MappingError, InputError) as error:
        raise ImportFailed(str(error)) from None
    except OSError as error:
        raise ImportFailed(f"{error.filename or 'A file'}: {error.strerror}.") from None
    except (IntegrityError, Stale):
        raise ImportFailed(BUSY) from None
    if not dirt.counts:
        path.unlink()
    return Done(summary, dirt, path if dirt.counts else None)


def _refuse_to_write_over(listed_in: Path | None) -> None:
    """Raise ImportFailed where another file than such a list has that name: an export, or the mapping."""
    if listed_in is not None and listed_in.exists() and not is_such_a_list(listed_in):
        raise ImportFailed(f"“{listed_in}” is there already and lists no odd rows: name another file.")


def _list_of(source: str, settings: Settings) -> Path:
    folder = settings.import_reports_dir
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder / f"{source}-{clock.now():%Y%m%dT%H%M%S%f}-personal-data.csv"
