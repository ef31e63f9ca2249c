"""What editions told whoever reckons, kept for those that come after: as JSON, sealed, the office's alone."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from oversight.figures.releases import Atom, Published, Release
from oversight.reports.models import Edition


def as_json(releases: Mapping[str, Release]) -> dict[str, Any]:
    """Table → its numbers: the atoms of each, the number (or null), and what it lies between."""
    return {
        table: [
            [sorted(map(list, number.terms)), number.value, number.least, number.most]
            for number in release.published
        ]
        for table, release in releases.items()
    }


def told_before(editions: Iterable[Edition]) -> dict[str, Sequence[Release]]:
    """What those editions said in each table, in their order."""
    told: defaultdict[str, list[Release]] = defaultdict(list)
    for edition in editions:
        for table, numbers in (edition.releases or {}).items():
            told[table].append(Release(tuple(_number(*each) for each in numbers)))
    return dict(told)


def _number(terms: list[list[str]], value: int | None, least: int, most: int | None) -> Published:
    return Published(frozenset(Atom(*each) for each in terms), value, least, most)
