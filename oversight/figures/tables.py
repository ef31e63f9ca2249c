"""The tables. Each decorated function is one: adding one here is all it takes for a table to exist."""

from collections import Counter, defaultdict

from oversight.casework.models import Complaint
from oversight.figures.choices import chosen_race_source, chosen_words
from oversight.figures.durations import median, nearest_rank
from oversight.figures.figure import Cell, Figure, Measure, Unknown
from oversight.figures.laying_out import crossed, each_year, vague_rows
from oversight.figures.queries import files, findings, officers, races
from oversight.figures.queries.files import Condition, Sources
from oversight.figures.register import TABLES, table, table_named
from oversight.figures.wanted import SELF_IDENTIFIED_HERE, Level, Wanted, Words
from oversight.figures.words import (
    CAME,
    NONE_GIVEN,
    NOT_CODED,
    SEVERAL,
    Word,
    as_it_is,
    ordered,
    race_of,
    word_of,
)
from oversight.rules.findings import STATUS_LABELS
from oversight.rules.words import N_

__all__ = ["TABLES", "table_named"]


# --- intake -----------------------------------------------------------------------------------------


@table(
    "received-by-year",
    N_("Complaints received, by year"),
    N_("Complaints by the year in which they were received, whatever has come of them since."),
)
def received_by_year(wanted: Wanted) -> Figure:
    counted = files.received_in(wanted.period)
    by_year: Counter[int] = Counter()
    for day, number in files.files_by_day_received(counted).items():
        by_year[day.year] += number
    years = each_year(wanted.period, by_year)
    return Figure(
        rows=tuple(map(as_it_is, years)),
        columns=(Word(N_("received")),),
        cells=tuple((by_year[year],) for year in years),
        source=files.sources_of(counted).named(),
    )


# --- findings ---------------------------------------------------------------------------------------


@table(
    "findings-by-race",
    N_("Findings, by the race of whoever complained"),
    N_(
        "Complaints received in the period, by the race of the people who complained and by what came of "
        "the complaint. A complaint is sustained if any of its allegations is; it is pending while all of "
        "them are open; any other is not sustained, however it ended. It stands at a race if that is the "
        "only one given among the people who complained, at “several” if more than one is given, and at "
        "“none given” if none is. Races that became known in different ways are never counted together."
    ),
    choices=("words", "race_source"),
)
def findings_by_race(wanted: Wanted) -> Figure:
    received = files.received_in(wanted.period)
    race_source = chosen_race_source(wanted, received)
    counted = received & races.files_asked(race_source)
    sources = files.sources_of(counted)
    words = chosen_words(wanted, sources)
    labels = sources.labels(lambda book: book.self_identification.categories)
    given = races.races_by_complaint(counted, race_source, words, labels)
    counts = Counter((race_of(given.get(file, ())), CAME[came]) for file, came in findings.outcomes(counted))
    ours = words is Words.OURS or race_source == SELF_IDENTIFIED_HERE
    rows = ordered(
        {row for row, _ in counts} | {SEVERAL, NONE_GIVEN} | set(map(Word, labels.values() if ours else ())),
        labels.values(),
    )
    columns = tuple(CAME.values())
    elsewhere = files.number_of_files(received) - files.number_of_files(counted)
    return Figure(
        rows,
        columns,
        cells := crossed(counts, rows, columns),
        unknown=(
            Unknown(
                "none_given",
                N_("complaints in which nobody’s race is given"),
                sum(cells[-1]),
                of=counts.total(),
                row=len(rows) - 1,
            ),
            _without_allegations(counted),
            Unknown(
                "other_source",
                N_("complaints left out, since race could not become known there in this way"),
                elsewhere,
            ),
        ),
        source=sources.named(words=words, race=race_source),
    )


@table(
    "findings-by-allegation",
    N_("Findings, by what was alleged"),
    N_(
        "Complaints received in the period, by what was alleged and by what came of it. A complaint counts "
        "once in each kind of allegation it has, so the rows have no sum. There it is sustained if any of "
        "its allegations of that kind is, pending while all of that kind are open, and else not sustained. "
        "At the level of the allegation, each allegation counts once, by what was found, or by how it ended "
        "where nothing was found."
    ),
    choices=("words", "level"),
)
def findings_by_allegation(wanted: Wanted) -> Figure:
    counted = files.received_in(wanted.period)
    sources = files.sources_of(counted)
    words = chosen_words(wanted, sources)
    level = wanted.level or Level.COMPLAINT
    by_level = _complaints_by_allegation if level is Level.COMPLAINT else _allegations_by_finding
    counts, columns = by_level(counted, sources, words)
    rows = ordered({row for row, _ in counts}, sources.labels(lambda book: book.codes).values())
    cells = crossed(counts, rows, columns)
    return Figure(
        rows,
        columns,
        cells,
        unknown=(*vague_rows(rows, cells), _without_allegations(counted)),
        source=sources.named(words=words, level=level),
        adds_down=level is Level.ALLEGATION,
    )


Counted = tuple[Counter[tuple[Word, Word]], tuple[Word, ...]]


def _complaints_by_allegation(counted: Condition, sources: Sources, words: Words) -> Counted:
    codes = sources.labels(lambda book: book.codes)
    counts: Counter[tuple[Word, Word]] = Counter()
    for (alleged, came), number in findings.complaints_by_allegation(counted, words).items():
        counts[word_of(alleged, codes, nothing=NOT_CODED), CAME[came]] += number
    return counts, tuple(CAME.values())


def _allegations_by_finding(counted: Condition, sources: Sources, words: Words) -> Counted:
    codes = sources.labels(lambda book: book.codes)
    endings = {str(status): label for status, label in STATUS_LABELS.items()}
    results = {**sources.labels(lambda book: book.findings), **endings}
    counts: Counter[tuple[Word, Word]] = Counter()
    for (alleged, found), number in findings.allegations_by_finding(counted, words).items():
        row, column = word_of(alleged, codes, nothing=NOT_CODED), word_of(found, results, nothing=NONE_GIVEN)
        counts[row, column] += number
    return counts, ordered({column for _, column in counts}, results.values())


def _without_allegations(counted: Condition) -> Unknown:
    left_out = files.without_allegations(counted)
    return Unknown("no_allegation", N_("complaints without an allegation, left out"), left_out)


# --- time -------------------------------------------------------------------------------------------

WITHIN_DAYS = 180


@table(
    "days-to-close-by-year",
    N_("Days to close, by year"),
    N_(
        "Complaints by the year in which they were closed, and the days from receiving to closing each. "
        "The median is the middle value, or the mean of the two in the middle. The 90th percentile is the "
        "least number of days in which at least 90 in 100 of them were closed (nearest rank). The share is "
        "of those closed within 180 days. A complaint that was opened again counts by its last closing. "
        "Those closed on a day nobody wrote down, or on one before they were received, are left out."
    ),
)
def days_to_close_by_year(wanted: Wanted) -> Figure:
    closed = Complaint.ended_on.between(wanted.period.first, wanted.period.last)
    lengths, impossible = _lengths_by_year(closed)
    years = each_year(wanted.period, lengths)
    within = [sum(days <= WITHIN_DAYS for days in lengths[year]) for year in years]
    return Figure(
        rows=tuple(map(as_it_is, years)),
        columns=(
            Word(N_("closed")),
            Word(N_("median days")),
            Word(N_("90th percentile of days")),
            Word(N_("share within 180 days")),
        ),
        cells=tuple(_lengths(lengths[year], fast) for year, fast in zip(years, within, strict=True)),
        unknown=(
            Unknown(
                "day_of_closing",
                N_("complaints closed on a day nobody wrote down, received by the end of the period"),
                files.ended_on_no_known_day(wanted.period),
            ),
            Unknown(
                "closed_before_received",
                N_("complaints recorded as closed before they were received"),
                impossible,
            ),
        ),
        source=files.sources_of(closed & Complaint.has_ended).named(),
        measures=(Measure(), Measure(), Measure(), Measure(drawn_from=0, is_share=True)),
        beneath=tuple((fast, len(lengths[year]) - fast) for year, fast in zip(years, within, strict=True)),
    )


def _lengths_by_year(closed: Condition) -> tuple[dict[int, list[int]], int]:
    """(the days each took, by the year it closed, shortest first; how many took less than none)."""
    lengths: defaultdict[int, list[int]] = defaultdict(list)
    impossible = 0
    for (received, ended), number in files.days_open(closed).items():
        if ended < received:
            impossible += number
        else:
            lengths[ended.year] += [(ended - received).days] * number
    for days in lengths.values():
        days.sort()
    return lengths, impossible


def _lengths(days: list[int], fast: int) -> tuple[Cell, ...]:
    if not days:
        return 0, None, None, None
    return len(days), median(days), nearest_rank(days, 90), round(fast / len(days), 4)


# --- officers ---------------------------------------------------------------------------------------

BANDS = (("1", 1, 1), ("2", 2, 2), ("3", 3, 3), ("4", 4, 4), ("5–9", 5, 9), ("10+", 10, None))
"""What is said, the least and the most that is counted there."""


@table(
    "allegations-per-officer",
    N_("Officers, by how many allegations were made of them"),
    N_(
        "Officers, by how many allegations were made of each in complaints received in the period. Only "
        "those known under one number in all files of a history can be counted; an officer known to two "
        "histories counts in each. Allegations of officers who are not known so are left out."
    ),
)
def allegations_per_officer(wanted: Wanted) -> Figure:
    counted = files.received_in(wanted.period)
    by_number, unknown = officers.officers_by_allegations(counted)
    in_band = [
        sum(
            count
            for number, count in by_number.items()
            if least <= number and (most is None or number <= most)
        )
        for _, least, most in BANDS
    ]
    left_out = N_("allegations of officers who are not known across files, left out")
    return Figure(
        rows=tuple(as_it_is(label) for label, _, _ in BANDS),
        columns=(Word(N_("officers")),),
        cells=tuple((number,) for number in in_band),
        unknown=(Unknown("officer_not_known", left_out, unknown),),
        source=files.sources_of(counted).named(),
    )
