"""A mapping file, read and checked against headers and rulebook before anything is written."""

import hashlib
import re
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from oversight.importing.inputs import InputFile, did_you_mean
from oversight.importing.mapping.fields import date_formats
from oversight.importing.mapping.files import files_in, headers_of, root_of
from oversight.importing.mapping.known import Known
from oversight.importing.mapping.model import IN_FORCE, Mapping
from oversight.importing.mapping.problems import MappingError, Problems
from oversight.importing.mapping.sections import (
    ALLEGATION_FIELDS,
    FINDING_FIELDS,
    OFFICER_FIELDS,
    PERSON_FIELDS,
    complaint_section,
    sections,
)
from oversight.importing.mapping.table import Table
from oversight.importing.mapping.vocabulary import together
from oversight.rules.jurisdictions import NoRulebook, all_rulebooks, rulebooks_of
from oversight.rules.rulebook import Rulebook

FORMAT = 1
SOURCE = re.compile(r"[a-z0-9_-]{2,40}")
LONGEST_TITLE = 200


def read_mapping(path: Path, folder: Path, *, place: str, today: date) -> Mapping:
    """Return the mapping at `path` for the exports in `folder`. Raises MappingError with every problem."""
    content = _content(path)
    problems = Problems()
    top = Table(_parsed(content), "", problems)
    mapping = _mapping(top, folder, place, today, hashlib.sha256(content).hexdigest())
    for where, what in _at_odds(mapping):
        problems.add(where, what)
    if problems.found:
        raise MappingError(problems.found)
    return mapping


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        beside = path.parent.glob("*.toml") if path.parent.is_dir() else ()
        near = did_you_mean(path.name, (each.name for each in beside))
        raise MappingError([f"There is no mapping “{path}”.{near}"]) from None
    except OSError as error:
        raise MappingError([f"The mapping “{path}” can't be read: {error.strerror}."]) from error


def _parsed(content: bytes) -> dict[str, Any]:
    try:
        text = content.decode("utf-8-sig")
        return tomllib.loads(text)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise MappingError([f"Line {line} of the mapping: save the file as UTF-8."]) from error
    except tomllib.TOMLDecodeError as error:
        raise MappingError([_where_it_breaks(str(error), text)]) from error
    except RecursionError:
        raise MappingError(["The mapping has too many brackets in each other to be read."]) from None


def _where_it_breaks(message: str, text: str) -> str:
    """What the parser says, with the line it stumbled over as it stands."""
    lines = text.splitlines()
    place = re.search(r"line (\d+)", message)
    number = min(int(place[1]) if place else len(lines), len(lines))
    return f"Line {number} of the mapping, “{lines[number - 1].strip() if lines else ''}”: {message}."


def _mapping(top: Table, folder: Path, place: str, today: date, digest: str) -> Mapping:
    problems = top.problems
    if top.raw("format") != FORMAT:
        problems.add("format", f"this has to be {FORMAT}: format = {FORMAT}")
    rulebook = top.text("rulebook", required=True)
    slugs = _slugs(rulebook, place, problems)
    files = files_in(top.raw("files"), problems)
    known = Known(
        columns=headers_of(folder, files, problems),
        words=together(slugs),
        dates=date_formats(top, "dates", ("%Y-%m-%d",)),
        years_until=_year(top, today),
        today=today,
        problems=problems,
    )
    mapping = Mapping(
        source=_source(top),
        title=_title(top),
        rulebook=rulebook,
        place=place,
        files=files,
        complaint=complaint_section(Table(top.raw("complaint") or {}, "[complaint]", problems), known, slugs),
        people=sections(top.tables("person"), PERSON_FIELDS, known),
        officers=sections(top.tables("officer"), OFFICER_FIELDS, known),
        allegations=sections(top.tables("allegation"), ALLEGATION_FIELDS, known),
        findings=sections(top.tables("finding"), FINDING_FIELDS, known, "allegation"),
        digest=digest,
    )
    top.done()
    return mapping


def _source(top: Table) -> str:
    source = top.text("source", required=True)
    if source and not SOURCE.fullmatch(source):
        top.problems.add("source", "use 2 to 40 small letters, digits, “-” and “_”.")
    return source


def _title(top: Table) -> str:
    title = top.text("title", required=True)
    if len(title) > LONGEST_TITLE:
        top.problems.add("title", f"use at most {LONGEST_TITLE} letters.")
    return title


def _year(top: Table, today: date) -> int:
    year = top.raw("two_digit_years_until")
    if year is None:
        return today.year
    if type(year) is int and 1900 <= year <= 2100:
        return year
    top.problems.add("two_digit_years_until", "give a year with four digits, without quotes.")
    return today.year


def _slugs(rulebook: str, place: str, problems: Problems) -> tuple[str, ...]:
    """Return the rulebooks that files may follow; all there are where the mapping's name is wrong."""
    if rulebook == IN_FORCE:
        try:
            return tuple(book.slug for book in rulebooks_of(place))
        except NoRulebook as lacking:
            problems.add("rulebook", f"{lacking}.")
    elif rulebook in all_rulebooks():
        return (rulebook,)
    elif rulebook:
        near = did_you_mean(rulebook, (*all_rulebooks(), IN_FORCE))
        problems.add("rulebook", f"There is no rulebook “{rulebook}”.{near} {_all_there_are()}")
    return tuple(all_rulebooks())


def _all_there_are() -> str:
    """The sentence that names every rulebook, with the days on which its files were received."""
    books = sorted(all_rulebooks().values(), key=lambda book: (book.place, book.in_force_from))
    each = (f"“{book.slug}”, from {book.in_force_from}{_until(book)}" for book in books)
    return f"There are {'; '.join(each)}; and “{IN_FORCE}”, for each file that of its day in your place."


def _until(book: Rulebook) -> str:
    return f" to {book.in_force_until}" if book.in_force_until else ""


def _at_odds(mapping: Mapping) -> Iterator[tuple[str, str]]:
    """Tell where sections do not fit each other."""
    yield from _not_joined(mapping.complaint.rows, mapping.files)
    if mapping.findings and not any("key" in each.fields for each in mapping.allegations):
        yield "[[finding]]", "no [[allegation]] has a “key” that its rows could refer to."
    if not any("key" in each.fields for each in mapping.officers):
        for section in mapping.allegations:
            if "officer" in section.fields:
                yield f"{section.where} officer", "no [[officer]] has a “key” that this could refer to."


def _not_joined(root: str, files: tuple[InputFile, ...]) -> Iterator[tuple[str, str]]:
    """Every file has to hang on the one whose rows make the files."""
    for file in files:
        end = root_of(file.alias, files)
        if file.alias == root and file.belongs_to:
            yield f"[files.{root}] belongs_to", "the rows that make the files can't belong to other rows."
        elif root in {each.alias for each in files} and end != root and not file.belongs_to:
            what = f"say in “belongs_to” and “by” how its rows belong to {root}."
            yield f"[files.{file.alias}]", what
