"""Stocks laid out as tables: month by month, and by where things stand."""

from collections import Counter
from collections.abc import Mapping
from datetime import date

from oversight.figures.disclosure.stocks import BY_MONTH, FROM_TO, Row
from oversight.figures.figure import Figure, Unknown
from oversight.figures.periods import Period, month_of, months
from oversight.figures.queries import files
from oversight.figures.queries.journeys import Journeys
from oversight.figures.queries.lives import Stage
from oversight.figures.queries.stock import Movements
from oversight.figures.wanted import Wanted
from oversight.figures.words import NOT_KNOWN, ON_HOLD, Word, as_it_is
from oversight.rules.findings import STATUS_LABELS, Status
from oversight.rules.words import N_

MONTHLY = tuple(map(Word, (N_("opening"), N_("received"), N_("opened again"), N_("closed"), N_("closing"))))
STOOD = tuple(map(Word, (N_("at the beginning"), N_("came in"), N_("moved on"), N_("at the end"))))
ENDED = {str(status): label for status, label in STATUS_LABELS.items() if status is not Status.OPEN}


def by_month(moved: Movements, wanted: Wanted, *, unknown: tuple[Unknown, ...]) -> Figure:
    """What was open and what moved, a row for each month."""
    rows = stock_rows(moved, wanted.period, wanted.last)
    return Figure(
        rows=tuple(map(as_it_is, rows)),
        columns=MONTHLY,
        cells=tuple(rows.values()),
        unknown=unknown,
        source=files.sources_so_far(wanted).named(),
        is_stock=True,
        signs=BY_MONTH,
        adds_down=False,
        adds_across=False,
    )


def by_stage(told: Journeys, wanted: Wanted, *, unknown: tuple[Unknown, ...]) -> Figure:
    """Where things stood and what moved, a row for each place to stand at; what is open comes first."""
    sources = files.sources_so_far(wanted)
    states = sources.labels(
        lambda book: {state.slug: state.label for state in book.file.states if not state.is_ending}
    )
    open_ = [Word(label) for label in states.values()]
    rows: dict[Word, list[int]] = {word: [0] * len(STOOD) for word in (*open_, ON_HOLD, NOT_KNOWN)}
    rows |= {Word(label): [0] * len(STOOD) for label in ENDED.values()}
    for column, numbers in enumerate((told.standing, told.came, told.went)):
        for stage, number in numbers.items():
            rows[_word(stage, states)][column] += number
    for row in rows.values():
        row[-1] = row[0] + row[1] - row[2]
    return Figure(
        rows=tuple(rows),
        columns=STOOD,
        cells=tuple(map(tuple, rows.values())),
        unknown=unknown,
        source=sources.named(),
        signs=FROM_TO,
        open_rows=len(rows) - len(ENDED),
        adds_down=False,
        adds_across=False,
    )


def _word(stage: Stage, states: Mapping[str, str]) -> Word:
    if stage.ending is not None:
        return Word(ENDED[stage.ending])
    if stage.is_held:
        return ON_HOLD
    return NOT_KNOWN if stage.state is None else Word(states[stage.state])


def stock_rows(moved: Movements, period: Period, last: date) -> dict[str, Row]:
    """Month → its row, for each month of the period until that day; of everything, for each there is."""
    days = moved.received.keys() | moved.reopened.keys() | moved.closed.keys()
    first = min(days, default=date.max) if period.is_everything else period.first
    last = max(days, default=date.min) if period.is_everything else last
    if last < first:
        return {}
    flows = [_by_month(each) for each in (moved.received, moved.reopened, moved.closed)]
    stock = moved.standing + sum(
        sign * sum(number for day, number in each.items() if day < first)
        for sign, each in ((1, moved.received), (1, moved.reopened), (-1, moved.closed))
    )
    rows: dict[str, Row] = {}
    for month in months(month_of(first), month_of(last)):
        received, reopened, closed = (each[month] for each in flows)
        rows[month] = (stock, received, reopened, closed, stock := stock + received + reopened - closed)
    return rows


def _by_month(days: Mapping[date, int]) -> Counter[str]:
    by_month: Counter[str] = Counter()
    for day, number in days.items():
        by_month[month_of(day)] += number
    return by_month
