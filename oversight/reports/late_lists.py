"""How exactly files of a list may be told, beside tables that count the same files and beside other lists.

Of each file the month it was received, its stage, the deadline, how late it was and why are told, as far as
at least a threshold of files of the list share all of it: months become years first, then one thing after the
other is left unsaid, the reason last. How late a file was is told in bands, since the day would give away
the day on which it was received. Where that would give something away, less is told of all of them. Of one
day the same is told by every edition, or nothing.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import chain

from oversight.casework.queries.files import PROGRESS
from oversight.figures.disclosure.lists import Cohort, Group, gives_away, tells_of_change
from oversight.figures.disclosure.releases import Atom, Release
from oversight.figures.disclosure.showing import Shown, withheld
from oversight.figures.periods import Period
from oversight.figures.queries.clocks import Kept
from oversight.figures.tables import AGES, KEPT, SENT
from oversight.rules.jurisdictions import all_rulebooks
from oversight.rules.rulebook import SmallNumbers
from oversight.rules.words import N_

LATE = ((30, N_("up to 30")), (90, N_("31 to 90")), (180, N_("91 to 180")), (None, N_("more than 180")))
OPEN, DEADLINES, NOTICES = "open-by-age", "deadlines", "progress-notices"
MISSED = tuple(KEPT[kept].text for kept in (Kept.LATE, Kept.RUNNING))
"""The columns of the deadlines that were not kept."""
NOT_SENT = tuple(SENT[kept].text for kept in (Kept.LATE, Kept.RUNNING))
"""The rows of the notices that were not sent in time."""
NOTHING_SAID = Release(())


@dataclass(frozen=True)
class Late:
    """One file past a deadline. An empty text is not said."""

    received: str
    """A month, as 2026-03, or a year."""
    stage: str
    deadline: str
    late: str
    reason: tuple[str, str]
    """Two marked words: what is said of it, and the detail."""


UNSAID = ("", "")
COARSER: tuple[Callable[[Late], Late], ...] = (
    lambda file: file,
    lambda file: replace(file, received=file.received[:4]),
    lambda file: replace(file, received=file.received[:4], deadline=""),
    lambda file: replace(file, received=file.received[:4], deadline="", stage=""),
    lambda file: replace(file, received="", deadline="", stage=""),
    lambda file: replace(file, received="", deadline="", stage="", late=""),
    lambda file: replace(file, received="", deadline="", stage="", late="", reason=UNSAID),
)
"""Ways to tell of a file, each telling less than the one before."""


@dataclass(frozen=True)
class LateList:
    """The files past a deadline on a day, as they are told; so many of each."""

    day: date
    alike: Mapping[Late, int]


@dataclass(frozen=True)
class Before:
    """What issued editions said: in each table, the oldest first, and in their lists of late files."""

    tables: Mapping[str, Sequence[Release]]
    lists: Sequence[LateList] = ()


def safely_told(
    files: Sequence[Late], day: date, rule: SmallNumbers, said: Mapping[str, Release], before: Before
) -> list[Late] | None:
    """The files as exactly as they may be told; None where not even their number may.

    `said`: what the tables of the same edition told.
    """
    beside = [Before({name: [release] for name, release in said.items()}), before]
    for least in range(len(COARSER)):
        told = told_alike(files, rule.threshold, COARSER[least:])
        listed = LateList(day, Counter(told))
        if is_new(listed, before.lists, rule) and not any(
            table for each in beside for table in tables_undone(listed, each.tables, rule)
        ):
            return told
    return None


def told_alike(
    files: Sequence[Late], threshold: int, ways: Sequence[Callable[[Late], Late]] = COARSER
) -> list[Late]:
    """The files as they may be told: each as exactly as at least `threshold` of them can be told alike."""
    told: list[Late] = []
    left = list(files)
    for coarser in ways:
        groups = sorted(_alike(map(coarser, left)), key=len)
        small = [group for group in groups if len(group) < threshold]
        if 0 < sum(map(len, small)) < threshold:
            # A small rest could be counted by whoever counts the others.
            small = groups[: len(small) + 1]
        told += chain(*groups[len(small) :])
        left = list(chain(*small))
    return told + left


def _alike(files: Iterable[Late]) -> list[list[Late]]:
    groups: defaultdict[Late, list[Late]] = defaultdict(list)
    for file in files:
        groups[file].append(file)
    return list(groups.values())


# --- beside tables ------------------------------------------------------------------------------------


def safe_beside_lists(
    tables: Mapping[str, Shown], lists: Iterable[LateList], rule: SmallNumbers
) -> dict[str, Shown]:
    """The tables by their ids, and nothing of those that hide what an earlier list tells beside them."""
    said = {table: [shown.release] for table, shown in tables.items()}
    undone = {table for listed in lists for table in tables_undone(listed, said, rule)}
    return {table: withheld(shown.figure) if table in undone else shown for table, shown in tables.items()}


def tables_undone(
    listed: LateList, tables: Mapping[str, Sequence[Release]], rule: SmallNumbers
) -> Iterator[str]:
    """Which of those tables, of whatever days, hide something that the list tells."""
    for release in tables.get(OPEN, ()):
        for part in _parts(release):
            rows = {atom.row for number in release.published for atom in number.terms}
            groups = [
                _open_on(date.fromisoformat(part), file, number, listed.day, rows)
                for file, number in listed.alike.items()
            ]
            if gives_away(groups, release, NOTHING_SAID, MISSED, rule):
                yield OPEN
    for release in tables.get(DEADLINES, ()):
        quarters = [Period.parse(part) for part in _parts(release)]
        groups = [_due_in(quarters, file, number, listed.day) for file, number in listed.alike.items()]
        if gives_away(groups, NOTHING_SAID, release, MISSED, rule):
            yield DEADLINES
    for release in tables.get(NOTICES, ()):
        quarters = [Period.parse(part) for part in _parts(release)]
        groups = [_due_in(quarters, file, number, listed.day) for file, number in listed.alike.items()]
        of_notices = [replace(each, deadline=NOTICES) for each in groups if each.deadline in _notices()]
        if gives_away(of_notices, NOTHING_SAID, _by_notice(release), NOT_SENT, rule):
            yield NOTICES


def _notices() -> frozenset[str]:
    """What notices of progress are called, in whichever rulebook."""
    books = all_rulebooks().values()
    return frozenset(each.label for book in books for each in book.deadlines if each.slug == PROGRESS)


def _by_notice(release: Release) -> Release:
    """What was said of notices of progress, laid out as it is said of deadlines: they are one row."""
    return Release(
        tuple(
            replace(number, terms=frozenset(Atom(NOTICES, atom.row, atom.part) for atom in number.terms))
            for number in release.published
        )
    )


def _parts(release: Release) -> list[str]:
    """The parts of time that its cells are of; what runs from the beginning of time has no cell."""
    return sorted({atom.part for number in release.published for atom in number.terms if atom.row})


def _open_on(last: date, file: Late, number: int, day: date, rows: Iterable[str]) -> Group:
    """Where files told so on one day surely stood among the open ones of a last day, that one or before."""
    cohort = _cohort(file, number, day)
    if day < last or cohort.received[1] > last:
        return Group(number, (), ())
    least, most = ((last - received).days for received in reversed(cohort.received))
    return Group(number, {file.stage} if file.stage and day == last else set(rows), list(_ages(least, most)))


def _ages(least: int, most: int) -> Iterator[str]:
    """The bands in which an age between those may lie."""
    low = 0
    for age, high in AGES:
        if low <= most and (high is None or least <= high):
            yield age
        low = (high or 0) + 1


def _due_in(quarters: Sequence[Period], file: Late, number: int, day: date) -> Group:
    """The deadline of files told so, if it surely fell in that time."""
    first, last = _cohort(file, number, day).due
    is_of_the_time = bool(quarters) and quarters[0].first <= first and last <= quarters[-1].last
    return Group(number, (), (), file.deadline if is_of_the_time else "")


# --- beside other lists -------------------------------------------------------------------------------


def is_new(listed: LateList, others: Iterable[LateList], rule: SmallNumbers) -> bool:
    """Whether it says nothing else of a day than another list does, and tells nothing small beside those."""
    for other in others:
        if other.day == listed.day:
            if other.alike != listed.alike:
                return False
        else:
            first, then = sorted((other, listed), key=lambda each: each.day)
            if tells_of_change(_cohorts(first), first.day, _cohorts(then), rule):
                return False
    return True


def _cohorts(listed: LateList) -> list[Cohort]:
    return [_cohort(file, number, listed.day) for file, number in listed.alike.items()]


def _cohort(file: Late, number: int, day: date) -> Cohort:
    """What is surely so of files that are told so on that day. Each was received before it was due."""
    due = _due(file.late, day)
    year, _, month = file.received.partition("-")
    first = date(int(year), int(month or 1), 1) if year else date.min
    last = _end(int(year), int(month or 12)) if year else day
    return Cohort(number, (first, min(last, due[1])), due, file.deadline)


def _due(late: str, day: date) -> tuple[date, date]:
    least = 0
    for most, words in LATE:
        if words == late:
            return (day - timedelta(days=most) if most else date.min), day - timedelta(days=least)
        least = (most or 0) + 1
    return date.min, day


def _end(year: int, month: int) -> date:
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
