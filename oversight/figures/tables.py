"""The tables. Each decorated function is one: adding one here is all it takes for a table to exist."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy.orm import InstrumentedAttribute

from oversight.casework.models import Allegation, Complaint
from oversight.figures.arithmetic import ALLEGED
from oversight.figures.benchmarks import benchmark_in_use
from oversight.figures.chapters import Chapter, OverTime
from oversight.figures.choices import chosen_race_source, chosen_words
from oversight.figures.coding import Coded
from oversight.figures.disparity import compared
from oversight.figures.durations import median, nearest_rank
from oversight.figures.figure import Cell, Figure, Measure, Unknown, share_of
from oversight.figures.laying_out import column_of, crossed, each_year, vague_rows
from oversight.figures.queries import clocks, files, findings, journeys, officers, races, review, stock
from oversight.figures.queries.clocks import Kept
from oversight.figures.queries.files import Condition, Sources
from oversight.figures.register import TABLES, table, table_named
from oversight.figures.stock_tables import by_month, by_stage
from oversight.figures.wanted import SELF_IDENTIFIED_HERE, Level, Wanted, Words
from oversight.figures.words import (
    CAME,
    NONE_ALLEGED,
    NONE_GIVEN,
    NOT_CODED,
    NOT_KNOWN,
    SEVERAL,
    Word,
    as_it_is,
    ordered,
    own_word,
    race_of,
    word_of,
)
from oversight.rules.findings import CHANNELS, STATUS_LABELS, labels
from oversight.rules.words import N_

__all__ = ["TABLES", "table_named"]


CLOSED_ON_NO_KNOWN_DAY = N_("complaints closed on a day nobody wrote down, received by the end of the period")
RECEIVED, ALLEGATIONS = Word(N_("received")), Word(N_("allegations"))


# --- intake -----------------------------------------------------------------------------------------


@table(
    "received-by-year",
    N_("Complaints received, by year"),
    N_("Complaints by the year in which they were received, whatever has come of them since."),
    head=N_("Year"),
    chapter=Chapter.INTAKE,
)
def received_by_year(wanted: Wanted) -> Figure:
    counted = files.received_in(wanted.period)
    by_year: Counter[int] = Counter()
    for day, number in files.files_by_day_received(counted).items():
        by_year[day.year] += number
    years = each_year(wanted.period, by_year)
    return Figure(
        rows=tuple(map(as_it_is, years)),
        columns=(RECEIVED,),
        cells=tuple((by_year[year],) for year in years),
        source=files.sources_received(wanted).named(),
    )


@table(
    "intake-by-channel",
    N_("Complaints received, by how they reached us"),
    N_("Complaints received in the period, by the way in which each came."),
    head=N_("Way"),
    chapter=Chapter.INTAKE,
)
def intake_by_channel(wanted: Wanted) -> Figure:
    counted = files.received_in(wanted.period)
    numbers = {Word(label): 0 for label in CHANNELS.values()}
    for channel, number in files.files_by(Complaint.channel, counted).items():
        numbers[Word(CHANNELS.get(channel or "", channel or ""))] = number
    source = files.sources_received(wanted).named()
    return column_of(numbers, RECEIVED, CHANNELS.values(), source=source)


@table(
    "intake-by-context",
    N_("Complaints received, by what was going on"),
    N_("Complaints received in the period, by what was going on when it happened."),
    head=N_("What was going on"),
    chapter=Chapter.INTAKE,
)
def intake_by_context(wanted: Wanted) -> Figure:
    contexts = files.sources_received(wanted).labels(lambda book: labels(book.contexts))
    return _received_by(Complaint.context, wanted, contexts)


@table(
    "intake-by-area",
    N_("Complaints received, by area"),
    N_("Complaints received in the period, by the area in which it happened."),
    head=N_("Area"),
    chapter=Chapter.INTAKE,
)
def intake_by_area(wanted: Wanted) -> Figure:
    sources = files.sources_received(wanted)
    areas = sources.labels(lambda book: dict(zip(book.areas, book.areas, strict=True)))
    return _received_by(Complaint.area, wanted, areas)


def _received_by(column: InstrumentedAttribute[Any], wanted: Wanted, known: Mapping[str, str]) -> Figure:
    """Complaints by a column of theirs: ours as they are labelled, another office's as they stand.

    Ours stand there with a zero too, unless all there is are words of another office.
    """
    counts: Counter[Word] = Counter()
    for value, number in files.files_by(column, files.received_in(wanted.period)).items():
        ours = known.get(value or "")
        counts[Word(ours) if ours else own_word(value) if value else NONE_GIVEN] += number
    labelled = [Word(label) for label in known.values()]
    only_own = any(word.is_own for word in counts) and not counts.keys() & set(labelled)
    numbers = counts if only_own else {**dict.fromkeys(labelled, 0), **counts}
    source = files.sources_received(wanted).named()
    figure = column_of(numbers, RECEIVED, known.values(), source=source)
    return replace(figure, unknown=vague_rows(figure.rows, figure.counts))


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
    head=N_("Race"),
    chapter=Chapter.RACE,
)
def findings_by_race(wanted: Wanted) -> Figure:
    received = files.received_in(wanted.period)
    race_source = chosen_race_source(wanted)
    counted = received & races.files_asked(race_source)
    sources = files.sources_of(counted)
    words = chosen_words(wanted, sources)
    categories = sources.labels(lambda book: labels(book.self_identification.categories))
    given = races.races_by_complaint(counted, race_source, words, categories)
    counts: Counter[tuple[Word, Word]] = Counter()
    for (file, came), number in findings.outcomes(counted, races.may_be_given(race_source)).items():
        counts[race_of(given.get(file, ())), CAME[came]] += number
    ours = words is Words.OURS or race_source == SELF_IDENTIFIED_HERE
    rows = ordered(
        {row for row, _ in counts}
        | {SEVERAL, NONE_GIVEN}
        | set(map(Word, categories.values() if ours else ())),
        categories.values(),
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
    "disparity-by-race",
    N_("How often people complained, by race"),
    N_(
        "Complaints with an allegation that were received in the period, by the race of the people who "
        "complained, beside that group’s share of a population. The first ratio is a group’s share of the "
        "complaints over its share of the population (disproportionality). The second is how many times as "
        "often people of the group complained as all others did, for so many people (disparity), with the "
        "interval within which it would lie 19 times out of 20. It stands out from 1.2 up or from 0.8 down, "
        "where the interval excludes 1. Only those whose one race is given and stands for groups of the "
        "population are compared."
    ),
    choices=("words", "race_source"),
    head=N_("Race"),
    chapter=Chapter.RACE,
    counts_of="findings-by-race",
)
def disparity_by_race(wanted: Wanted) -> Figure:
    benchmark = benchmark_in_use()
    if benchmark is None:
        return Figure((), COMPARED, ())
    counted = findings_by_race(wanted)
    groups = _compared_groups(wanted, counted)
    rows = tuple(row for row in counted.rows if row in groups)
    beneath = tuple(counted.counts[counted.rows.index(row)] for row in rows)
    population = [sum(benchmark.figures.get(group, 0) for group in groups[row]) for row in rows]
    return Figure(
        rows,
        COMPARED,
        compared([sum(row) for row in beneath], population),
        source={**counted.source, "benchmark": f"{benchmark.name}, {benchmark.year}"},
        adds_across=False,
        measures=(Measure(), Measure(is_share=True, of_all=True), Measure(is_share=True), *RATIOS),
        beneath=beneath,
        beneath_columns=counted.columns,
        interval=(4, 5, 6),
    )


RATIOS = (Measure(of_all=True),) * 4
COMPARED = tuple(
    map(
        Word,
        (
            N_("complaints"),
            N_("share of complaints"),
            N_("share of the population"),
            N_("disproportionality"),
            N_("lowest"),
            N_("disparity"),
            N_("highest"),
        ),
    )
)


def _compared_groups(wanted: Wanted, counted: Figure) -> Mapping[Word, frozenset[str]]:
    received = files.received_in(wanted.period)
    sources = files.sources_received(wanted)
    categories = sources.labels(lambda book: labels(book.self_identification.categories))
    race_source, words = str(counted.source["race"]), Words(str(counted.source["words"]))
    return races.groups_of_words(received, race_source, words, categories)


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
    head=N_("What was alleged"),
    chapter=Chapter.FOUND,
)
def findings_by_allegation(wanted: Wanted) -> Figure:
    counted = files.received_in(wanted.period)
    sources = files.sources_received(wanted)
    words = chosen_words(wanted, sources)
    level = wanted.level or Level.COMPLAINT
    by_level = _complaints_by_allegation if level is Level.COMPLAINT else _allegations_by_finding
    counts, columns, sustained = by_level(counted, sources, words)
    rows = ordered({row for row, _ in counts}, sources.labels(lambda book: labels(book.codes)).values())
    cells = crossed(counts, rows, columns)
    return Figure(
        rows,
        columns,
        cells,
        unknown=(*vague_rows(rows, cells), _without_allegations(counted)),
        source=sources.named(words=words, level=level),
        adds_down=level is Level.ALLEGATION,
        column_sums={SUSTAINED: (sustained,)} if sustained else {},
        definition=COUNTED_AT[level],
    )


COUNTED_AT = {
    Level.COMPLAINT: N_(
        "Complaints received in the period, by what was alleged and by what came of it. A complaint counts "
        "once in each kind of allegation it has, so the rows have no sum. There it is sustained if any of "
        "its allegations of that kind is, pending while all of that kind are open, and else not sustained."
    ),
    Level.ALLEGATION: N_(
        "Allegations in complaints received in the period, by what was alleged and by what was found, or by "
        "how each ended where nothing was found. Each allegation counts once."
    ),
}
"""What is counted at each level, where only that level is read."""

SUSTAINED = "allegations sustained"
Counted = tuple[Counter[tuple[Word, Word]], tuple[Word, ...], tuple[int, ...]]
"""The cells, the columns, and the places of those that sustained allegations stand in, and no others."""


def _complaints_by_allegation(counted: Condition, sources: Sources, words: Words) -> Counted:
    codes = sources.labels(lambda book: labels(book.codes))
    counts: Counter[tuple[Word, Word]] = Counter()
    for (alleged, came), number in findings.complaints_by_allegation(counted, words).items():
        counts[word_of(alleged, codes, nothing=NOT_CODED), CAME[came]] += number
    return counts, tuple(CAME.values()), ()


def _allegations_by_finding(counted: Condition, sources: Sources, words: Words) -> Counted:
    codes = sources.labels(lambda book: labels(book.codes))
    endings = {str(status): label for status, label in STATUS_LABELS.items()}
    results = {**sources.labels(lambda book: labels(book.findings)), **endings}
    counts: Counter[tuple[Word, Word]] = Counter()
    found_as: dict[bool, set[Word]] = {True: set(), False: set()}
    for (alleged, found, sustains), number in findings.allegations_by_finding(counted, words).items():
        row, column = word_of(alleged, codes, nothing=NOT_CODED), word_of(found, results, nothing=NONE_GIVEN)
        counts[row, column] += number
        found_as[sustains].add(column)
    columns = ordered(found_as[True] | found_as[False], results.values())
    # Another office may have one word for what sustains and what doesn't: then no columns come to that sum.
    sustaining = found_as[True] if found_as[True].isdisjoint(found_as[False]) else set()
    return counts, columns, tuple(place for place, word in enumerate(columns) if word in sustaining)


def _without_allegations(counted: Condition) -> Unknown:
    left_out = files.without_allegations(counted)
    return Unknown("no_allegation", N_("complaints without an allegation, left out"), left_out)


# --- allegations ------------------------------------------------------------------------------------


@table(
    "allegations-by-duty",
    N_("Allegations, by what was alleged and whether on duty"),
    N_(
        "Allegations in complaints received in the period, by what was alleged and by whether the officer "
        "was on duty."
    ),
    choices=("words",),
    head=N_("What was alleged"),
    chapter=Chapter.ALLEGED,
)
def allegations_by_duty(wanted: Wanted) -> Figure:
    counted = files.received_in(wanted.period)
    sources = files.sources_received(wanted)
    words = chosen_words(wanted, sources)
    codes = sources.labels(lambda book: labels(book.codes))
    duty = sources.labels(lambda book: labels(book.duty))
    counts: Counter[tuple[Word, Word]] = Counter()
    for (alleged, on_duty), number in findings.allegations_by(Allegation.duty, counted, words).items():
        counts[word_of(alleged, codes, nothing=NOT_CODED), Word(duty[on_duty or "unknown"])] += number
    rows, columns = ordered({row for row, _ in counts}, codes.values()), tuple(map(Word, duty.values()))
    cells = crossed(counts, rows, columns)
    return Figure(rows, columns, cells, vague_rows(rows, cells), sources.named(words=words))


@table(
    "allegations-by-bias",
    N_("Allegations, by the bias alleged"),
    N_(
        "Allegations in complaints received in the period, by the kind of bias that was said to be behind "
        "them. An allegation counts once at each kind, so the rows have no sum."
    ),
    head=N_("Bias"),
    chapter=Chapter.ALLEGED,
)
def allegations_by_bias(wanted: Wanted) -> Figure:
    counted = files.received_in(wanted.period)
    sources = files.sources_received(wanted)
    kinds = sources.labels(lambda book: labels(book.bias_kinds))
    numbers = {Word(label): 0 for label in kinds.values()}
    for alleged, number in findings.allegations_by_bias(counted).items():
        for kind in alleged or {None}:
            word = NONE_ALLEGED if kind is None else Word(kinds.get(kind, kind))
            numbers[word] = numbers.get(word, 0) + number
    return column_of(numbers, ALLEGATIONS, kinds.values(), source=sources.named(), adds_down=False)


@table(
    "corrective-action",
    N_("Corrective action, for allegations that were sustained"),
    N_(
        "Sustained allegations in complaints received in the period: once by the corrective action that was "
        "recommended, and once by the one that was imposed."
    ),
    choices=("words",),
    head=N_("Action"),
    chapter=Chapter.FOUND,
)
def corrective_action(wanted: Wanted) -> Figure:
    counted = files.received_in(wanted.period)
    sources = files.sources_received(wanted)
    words = chosen_words(wanted, sources)
    actions = sources.labels(lambda book: labels(book.corrective_actions))
    recommended, imposed = Word(N_("recommended")), Word(N_("imposed"))
    counts: Counter[tuple[Word, Word]] = Counter()
    for (advice, done), number in findings.sustained_by_action(counted, words).items():
        counts[word_of(Coded(None, advice), actions, nothing=NONE_GIVEN), recommended] += number
        counts[word_of(done, actions, nothing=NONE_GIVEN), imposed] += number
    rows, columns = ordered({row for row, _ in counts}, actions.values()), (recommended, imposed)
    return Figure(
        rows,
        columns,
        crossed(counts, rows, columns),
        source=sources.named(words=words),
        adds_across=False,
        column_sums={SUSTAINED: ((0,), (1,))},
    )


# --- endings ----------------------------------------------------------------------------------------


@table(
    "endings",
    N_("Closed complaints, by how they ended"),
    N_(
        "Complaints that came to an ending in the period, by that ending. One that was opened again counts "
        "by its last. Those closed on a day nobody wrote down count only where everything is counted."
    ),
    head=N_("Ending"),
    chapter=Chapter.FOUND,
)
def endings(wanted: Wanted) -> Figure:
    closed = Complaint.ended_on.between(wanted.period.first, wanted.period.last)
    counted = Complaint.has_ended & (
        closed | Complaint.ended_on.is_(None) if wanted.period.is_everything else closed
    )
    sources = files.sources_of(counted)
    known = sources.labels(
        lambda book: {state.slug: state.label for state in book.file.states if state.is_ending}
    )
    numbers = {Word(label): 0 for label in known.values()}
    for ending, number in files.files_by(Complaint.ended_as, counted).items():
        numbers[Word(known[ending or ""])] = number
    unknown = 0 if wanted.period.is_everything else files.ended_on_no_known_day(wanted.period)
    return column_of(
        numbers,
        Word(N_("closed")),
        known.values(),
        unknown=(Unknown("day_of_closing", CLOSED_ON_NO_KNOWN_DAY, unknown, is_running=True),),
        source=sources.named(),
    )


# --- time -------------------------------------------------------------------------------------------

WITHIN_DAYS = 180


@table(
    "days-to-close-by-year",
    N_("Days to close, by year"),
    N_(
        "Complaints by the year in which they were closed, and the days from receiving to closing each. "
        "The median is the middle: half took longer, half were done sooner. The 90th percentile is the "
        "number of days that nine in ten did not exceed. The share is of those closed within 180 days: "
        "a length chosen to compare years with, and no legal deadline. "
        "A complaint that was opened again counts by its last closing. "
        "Those closed on a day nobody wrote down, or on one before they were received, are left out."
    ),
    head=N_("Year"),
    chapter=Chapter.TIME,
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
                CLOSED_ON_NO_KNOWN_DAY,
                files.ended_on_no_known_day(wanted.period),
                is_running=True,
            ),
            Unknown(
                "closed_before_received",
                N_("complaints recorded as closed before they were received"),
                impossible,
            ),
        ),
        source=files.sources_of(closed & Complaint.has_ended).named(),
        # A length within or past that many days tells how many were, just as the share does.
        measures=(Measure(), *(Measure(drawn_from=0),) * 2, Measure(drawn_from=0, is_share=True)),
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
    return len(days), median(days), nearest_rank(days, 90), share_of(fast, len(days))


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
    head=N_("Allegations"),
    chapter=Chapter.ALLEGED,
    over_time=OverTime.STANDS_ALONE,
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
    tells_of_all = not any(
        number for number, (_, least, most) in zip(in_band, BANDS, strict=True) if least != most
    )
    return Figure(
        rows=tuple(as_it_is(label) for label, _, _ in BANDS),
        columns=(Word(N_("officers")),),
        cells=tuple((number,) for number in in_band),
        unknown=(Unknown("officer_not_known", left_out, unknown),),
        source=files.sources_received(wanted).named(),
        all_or_nothing=True,
        tells={ALLEGED: unknown + sum(n * number for n, number in by_number.items())} if tells_of_all else {},
    )


# --- the docket -------------------------------------------------------------------------------------


@table(
    "stock-by-month",
    N_("Open complaints, month by month"),
    N_(
        "How many complaints were open when each month began; how many were received, opened again and "
        "closed in it; and how many were open when it ended: opening, received and opened again, less "
        "closed. A complaint is closed once it has come to an ending, and open again while somebody takes "
        "another look. Left out are those that another office closed on a day nobody knows, and another "
        "office’s complaints that were opened again here, though some are still open."
    ),
    head=N_("Month"),
    chapter=Chapter.DOCKET,
    over_time=OverTime.HAS_ROWS,
)
def stock_by_month(wanted: Wanted) -> Figure:
    since, until = wanted.moments
    moved = stock.movements(wanted.period, last=wanted.last, since=since, until=until, zone=wanted.zone)
    return by_month(moved, wanted, unknown=_complaints_left_out(wanted))


def _complaints_left_out(wanted: Wanted) -> tuple[Unknown, ...]:
    words = N_("complaints of which nobody knows when they were open, left out")
    left_out = wanted.once("complaints left out", lambda: stock.untraceable_files(wanted.last))
    return (Unknown("day_of_closing", words, left_out, is_running=True),)


@table(
    "allegations-by-month",
    N_("Open allegations, month by month"),
    N_(
        "How many allegations were open when each month began; how many were received, opened again and "
        "closed in it; and how many were open when it ended. An allegation comes with its complaint, or on "
        "the day on which it was added. It is closed once it has an ending of its own, even while the "
        "complaint goes on, and open again once the complaint is opened again, but not while somebody only "
        "takes another look. Left out are those that another office closed on a day nobody knows, and those "
        "of another office’s complaints that were opened again here."
    ),
    head=N_("Month"),
    chapter=Chapter.DOCKET,
    over_time=OverTime.HAS_ROWS,
)
def allegations_by_month(wanted: Wanted) -> Figure:
    moved = _journeys(wanted).as_movements()
    return by_month(moved, wanted, unknown=_allegations_left_out(wanted))


@table(
    "allegations-by-stage",
    N_("Allegations, by where they stand"),
    N_(
        "Where the allegations stood when the period began; how many came to stand there in it, and how many "
        "moved on from there; and where they stood when it ended: at the beginning and came in, less moved "
        "on. An open allegation stands at the stage of its complaint, or is on hold while a court case or "
        "something else keeps it waiting; any other stands at its own ending, for all the years there are. "
        "What it passed through within one day is not counted. Left out are those that another office closed "
        "on a day nobody knows, and those of another office’s complaints that were opened again here."
    ),
    head=N_("Stage"),
    chapter=Chapter.DOCKET,
    over_time=OverTime.FLOWS,
)
def allegations_by_stage(wanted: Wanted) -> Figure:
    told = _journeys(wanted)
    return by_stage(told, wanted, unknown=_allegations_left_out(wanted))


def _journeys(wanted: Wanted) -> journeys.Journeys:
    """Walked through once for both tables."""
    since, _ = wanted.moments
    first, last = wanted.period.first, wanted.last
    return wanted.once("journeys", lambda: journeys.journeys(first, last, since=since, zone=wanted.zone))


def _allegations_left_out(wanted: Wanted) -> tuple[Unknown, ...]:
    words = N_("allegations of which nobody knows when they were open, left out")
    left_out = wanted.once("allegations left out", lambda: journeys.left_out(wanted.last))
    return (Unknown("day_of_closing", words, left_out, is_running=True),)


AGES = (
    (N_("0–30 days"), 30),
    (N_("31–90 days"), 90),
    (N_("91–180 days"), 180),
    (N_("181–365 days"), 365),
    (N_("366 days or more"), None),
)
"""What is said of each age, and the most days it takes in."""


@table(
    "open-by-age",
    N_("Open complaints, by stage and age"),
    N_(
        "The complaints open at the end of the period (or today, where that is still to come), by the stage "
        "they were at and by the days since each was received. Left out are those that another office closed "
        "on a day nobody knows, and another office’s complaints that were opened again here, though some are "
        "still open."
    ),
    head=N_("Stage"),
    chapter=Chapter.DOCKET,
    over_time=OverTime.LAST_DAY,
)
def open_by_age(wanted: Wanted) -> Figure:
    _, until = wanted.moments
    by_state = stock.docket(last=wanted.last, until=until)
    sources = files.sources_so_far(wanted)
    stages = sources.labels(lambda book: {state.slug: state.label for state in book.file.states})
    counts: Counter[tuple[Word, Word]] = Counter()
    for (state, day), number in by_state.items():
        row = NOT_KNOWN if state is None else Word(stages.get(state, state))
        counts[row, Word(_age((wanted.last - day).days))] += number
    rows = ordered({row for row, _ in counts}, stages.values())
    columns = tuple(Word(age) for age, _ in AGES)
    return Figure(
        rows, columns, crossed(counts, rows, columns), _complaints_left_out(wanted), sources.named()
    )


def _age(days: int) -> str:
    return next(age for age, most in AGES if most is None or days <= most)


# --- deadlines and review ---------------------------------------------------------------------------

KEPT = {
    Kept.KEPT: Word(N_("kept")),
    Kept.LATE: Word(N_("late")),
    Kept.RUNNING: Word(N_("not done yet")),
}
SENT = {
    Kept.KEPT: Word(N_("sent in time")),
    Kept.LATE: Word(N_("sent late or never")),
    Kept.RUNNING: Word(N_("not sent yet")),
    Kept.NOT_NEEDED: Word(N_("no longer needed")),
}


@table(
    "deadlines",
    N_("Deadlines, by whether they were kept"),
    N_(
        "Deadlines of this office’s work whose last day fell in the period, by whether what they were for "
        "was done by then. Time for which the law lets a deadline rest is not counted."
    ),
    head=N_("Deadline"),
    chapter=Chapter.TIME,
)
def deadlines(wanted: Wanted) -> Figure:
    due = clocks.deadlines_due(wanted.period.first, wanted.last)
    sources = files.sources_so_far(wanted)
    known = sources.labels(lambda book: {each.slug: each.label for each in book.deadlines})
    counts = Counter(
        {(Word(known.get(name, name)), KEPT[kept]): number for (name, kept), number in due.items()}
    )
    rows, columns = ordered({row for row, _ in counts}, known.values()), tuple(KEPT.values())
    return Figure(rows, columns, crossed(counts, rows, columns))


@table(
    "progress-notices",
    N_("Notices of progress, by whether they were sent in time"),
    N_(
        "Notices of progress whose last day fell in the period. None was needed any more where the complaint "
        "came to its ending by that day. If it ended later, a notice that was not sent counts as never sent."
    ),
    head=N_("What came of it"),
    chapter=Chapter.TIME,
)
def progress_notices(wanted: Wanted) -> Figure:
    due = clocks.progress_notices_due(wanted.period.first, wanted.last)
    numbers = {word: due[kept] for kept, word in SENT.items()}
    return column_of(numbers, Word(N_("notices")), [word.text for word in SENT.values()])


@table(
    "civilian-review",
    N_("Panels, and what came of them"),
    N_(
        "Panels of community reviewers: the complaints for which people were drawn in the period, and the "
        "decisions of the period that departed from the panel. The rows count different things and have no "
        "sum."
    ),
    head=N_("What happened"),
    chapter=Chapter.REVIEW,
)
def civilian_review(wanted: Wanted) -> Figure:
    departed = Complaint.departed & Complaint.ended_on.between(wanted.period.first, wanted.last)
    return _each_by_itself(
        {
            Word(N_("panels drawn")): review.panels_drawn(*wanted.moments),
            Word(N_("decisions that departed from the panel")): files.number_of_files(departed),
        }
    )


@table(
    "reviewers",
    N_("Reviewers, and what they did"),
    N_(
        "Community reviewers, each person once in a row, on however many panels they sat: the people drawn "
        "in the period who had a conflict, those who handed in their findings in the period, and those who "
        "found other than the majority of their panel, where the last of that panel handed in during the "
        "period. The rows count different things and have no sum."
    ),
    head=N_("Who, and what they did"),
    chapter=Chapter.REVIEW,
    over_time=OverTime.STANDS_ALONE,
)
def reviewers(wanted: Wanted) -> Figure:
    return _each_by_itself(
        {
            Word(N_("people with a conflict")): review.people_with_a_conflict(*wanted.moments),
            HANDED_IN: review.people_who_handed_in(*wanted.moments),
            Word(N_("people who found other than most of their panel")): review.dissenters(*wanted.moments),
        }
    )


HANDED_IN = Word(N_("people who handed in findings"))


def _each_by_itself(numbers: Mapping[Word, int]) -> Figure:
    cells = tuple((number,) for number in numbers.values())
    return Figure(tuple(numbers), (Word(N_("number")),), cells, adds_down=False)
