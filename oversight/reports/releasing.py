"""What editions told whoever reckons, kept for those that come after: as JSON, sealed, the office's alone."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import astuple
from datetime import date
from itertools import product
from typing import Any

from oversight.figures.disclosure.leaving_out import running_alone
from oversight.figures.disclosure.releases import Atom, Published, Release, is_slight
from oversight.reports.late_lists import Before, Late, LateList
from oversight.reports.models import Edition

LIST = "late files"
"""Where the list of late files is kept: no table has such an id."""


def as_json(releases: Mapping[str, Release], listed: LateList | None = None) -> dict[str, Any]:
    """Table → its numbers: the atoms of each, the number (or null), and what it lies between.

    And of the list of late files, if there is one: its day, and what is told of how many.
    """
    kept: dict[str, Any] = {
        table: [
            [sorted(map(list, number.terms)), number.value, number.least, number.most]
            for number in release.published
        ]
        for table, release in releases.items()
    }
    if listed is not None:
        alike = [[*astuple(file), number] for file, number in listed.alike.items()]
        kept[LIST] = {"day": listed.day.isoformat(), "alike": sorted(alike)}
    return kept


def told_before(editions: Iterable[Edition], elsewhere: Iterable[Edition] = ()) -> Before:
    """What those editions said, in their order; of those `elsewhere` only what runs from the beginning of
    time."""
    tables: defaultdict[str, list[Release]] = defaultdict(list)
    lists = []
    for edition in elsewhere:
        for name, release in _running(edition):
            tables[name].append(release)
    for edition in editions:
        for name, kept in (edition.releases or {}).items():
            if name == LIST:
                lists.append(_list(**kept))
            else:
                tables[name].append(_release(kept))
    return Before(dict(tables), lists)


def tells_of_running(edition: Edition, others: Iterable[Edition], threshold: int) -> bool:
    """Whether a number it shows that runs from the beginning of time hardly differs from one of theirs."""
    shown, theirs = (
        {number.known for each in editions for _, release in _running(each) for number in release.published}
        for editions in ((edition,), others)
    )
    return any(
        is_slight(one, other, threshold)
        for one, other in product(shown, theirs)
        if one is not None and other is not None
    )


def _running(edition: Edition) -> Iterator[tuple[str, Release]]:
    """What the edition says of such numbers, table by table."""
    for name, kept in (edition.releases or {}).items():
        release = Release(()) if name == LIST else running_alone(_release(kept))
        if release.published:
            yield name, release


def _release(kept: Iterable[Any]) -> Release:
    return Release(tuple(_number(*each) for each in kept))


def _list(day: str, alike: list[list[Any]]) -> LateList:
    told = {
        Late(received, stage, deadline, late, (why, detail)): number
        for received, stage, deadline, late, (why, detail), number in alike
    }
    return LateList(date.fromisoformat(day), told)


def _number(terms: list[list[str]], value: int | None, least: int, most: int | None) -> Published:
    return Published(frozenset(Atom(*each) for each in terms), value, least, most)
