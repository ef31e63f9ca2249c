"""The sentence that says what a table shows, made of shown numbers alone, in the language spoken now."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from oversight.figures.coding import Came
from oversight.figures.disclosure.showing import Shown, is_surely_most
from oversight.figures.disparity import Ratio
from oversight.figures.figure import Cell
from oversight.figures.tables import HANDED_IN
from oversight.figures.wanted import Level
from oversight.figures.words import CAME, LAST, NONE_GIVEN, OTHER_WORDS, Word
from oversight.kit.i18n import local_list, local_month, local_number, local_share, quoted, t, with_detail
from oversight.reports.speaking import capitalised, first_of
from oversight.rules.words import N_

AREA = N_("area %(name)s")
MOST = N_("Most often: %(row)s, %(number)s.")
MOST_OF_ALL = N_("Most often: %(row)s, %(number)s of %(total)s (%(share)s).")
SHOWN_MOST = N_("Most often, of what can be shown: %(row)s, %(number)s.")
SHOWN_MOST_OF_ALL = N_("Most often, of what can be shown: %(row)s, %(number)s of %(total)s (%(share)s).")
EQUAL = N_("Most often: %(rows)s, %(number)s each.")
SHOWN_EQUAL = N_("Most often, of what can be shown: %(rows)s, %(number)s each.")
DOCKET = N_("%(opening)s complaints were open at the beginning and %(closing)s at the end.")
DOCKET_OF_ALLEGATIONS = N_("%(opening)s allegations were open at the beginning and %(closing)s at the end.")
BUSIEST = (
    N_("Most came in %(row)s: %(number)s."),
    N_("Most came in %(row)s: %(number)s each."),
)
SHOWN_BUSIEST = (
    N_("Of the months that can be shown, most came in %(row)s: %(number)s."),
    N_("Of the months that can be shown, most came in %(row)s: %(number)s each."),
)
DAYS = N_(
    "Of the %(closed)s complaints closed, half took no more than %(median)s days, and nine in ten no more "
    "than %(most)s."
)
WITHIN = N_("%(share)s were closed within 180 days.")
KEPT = N_("%(kept)s of %(total)s deadlines were kept (%(share)s).")
SENT = N_(
    "Of %(total)s notices, %(sent)s were sent in time and %(late)s late or never; %(none)s were no longer "
    "needed."
)
ALL_SENT = N_(
    "Of %(total)s notices, %(none)s were no longer needed; all of the other %(sent)s were sent in time."
)
NONE_NEEDLESS = N_("All %(total)s notices were sent in time.")
ONE_ALLEGATION = N_("%(number)s of %(total)s officers had one allegation made of them (%(share)s).")
DRAWN = N_("Panels were drawn for %(number)s complaints.")
REVIEWED = N_("%(number)s people from outside the police handed in their findings.")
FOUND_MOST = (
    N_("What came of them most often: %(row)s, %(number)s of %(total)s allegations (%(share)s)."),
    N_("What came of them most often: %(row)s, %(number)s each of %(total)s allegations (%(share)s)."),
)
ENDED_WITH = (
    N_("Of %(total)s allegations, %(number)s ended with %(row)s (%(share)s)."),
    N_("Of %(total)s allegations, %(number)s each ended with %(row)s (%(share)s)."),
)
ALLEGED_MOST = (
    N_("The most complaints alleged %(row)s: %(number)s."),
    N_("The most complaints alleged %(row)s: %(number)s each."),
)
SHOWN_ALLEGED_MOST = (
    N_("Of what can be shown, the most complaints alleged %(row)s: %(number)s."),
    N_("Of what can be shown, the most complaints alleged %(row)s: %(number)s each."),
)
SUSTAINED_THERE = N_("Of these, %(number)s were sustained.")
GIVEN_MOST = (
    N_("The race given most often: %(row)s, in %(number)s complaints."),
    N_("The races given most often: %(row)s, in %(number)s complaints each."),
)
SHOWN_GIVEN_MOST = (
    N_("The race given most often, of what can be shown: %(row)s, in %(number)s complaints."),
    N_("The races given most often, of what can be shown: %(row)s, in %(number)s complaints each."),
)
SUSTAINED = N_("%(number)s of %(total)s complaints were sustained (%(share)s).")
STOOD_MOST = (
    N_("At the end of the period most stood at %(row)s: %(number)s."),
    N_("At the end of the period most stood at %(row)s: %(number)s each."),
)
SHOWN_STOOD_MOST = (
    N_("At the end of the period, of what can be shown, most stood at %(row)s: %(number)s."),
    N_("At the end of the period, of what can be shown, most stood at %(row)s: %(number)s each."),
)
IMPOSED = (
    N_("Imposed most often: %(row)s, for %(number)s allegations."),
    N_("Imposed most often: %(row)s, for %(number)s allegations each."),
)
SHOWN_IMPOSED = (
    N_("Imposed most often, of what can be shown: %(row)s, for %(number)s allegations."),
    N_("Imposed most often, of what can be shown: %(row)s, for %(number)s allegations each."),
)
NOT_DECIDED = N_("For %(number)s allegations it is still open what will be imposed.")
NOT_GIVEN = N_("For %(number)s allegations it is not written down what was imposed.")
STANDS_OUT = N_(
    "Among equally many people, those recorded as “%(row)s” complained %(middle)s times as often as all "
    "others (between %(lowest)s and %(highest)s times, allowing for chance)."
)
NO_REASON = N_("These numbers don’t say why.")
NOTHING_TO_COMPARE = N_("No ratio can be shown without giving small numbers away.")
NOBODY_STANDS_OUT = N_("No ratio that is shown stands out by more than chance would make likely.")
NOTHING_STANDS_OUT = N_("No number that is shown is above zero.")
NOT_SHOWN_WHICH = N_("Which is the most frequent can’t be shown.")
IN_ALL = N_("%(total)s in all.")
ALL_ZERO = N_("All of these numbers are zero.")

IMPOSED_COLUMN = 1
OF_DIFFERENT_THINGS = ("civilian-review", "reviewers")
"""Of which the row with the most says nothing."""
WORTH_SAYING = 0.1
"""A smaller part than this of all is not what a table shows."""
VAGUE = frozenset(word.text.casefold() for word in (*LAST, OTHER_WORDS))


def says(shown: Shown) -> str:
    """A sentence or two; none where a table's numbers don't lend themselves to one."""
    figure = shown.figure
    if not shown.printable or not figure.rows:
        return ""
    if figure.is_stock:
        return _docket(shown)
    if figure.interval is not None:
        return _standing_out(shown, figure.interval)
    if figure.table in OF_TABLES and (said := OF_TABLES[figure.table](shown)):
        return said
    return "" if figure.measures or figure.table in OF_DIFFERENT_THINGS else _most(shown)


# --- any table --------------------------------------------------------------------------------------


def _most(shown: Shown) -> str:
    """The row with the most, or all that have as many; and how much is in rows that say nothing, if more."""
    numbers = dict(_row_numbers(shown))
    telling = {row: number for row, number in numbers.items() if not _is_vague(shown, row)}
    vague = {row: number for row, number in numbers.items() if row not in telling}
    most = max(telling.values(), default=0)
    said = [_has_most(shown, telling, most)] if most else []
    said += [_detail(shown, row, number) for row, number in vague.items() if number > most]
    return " ".join(said) or _nothing_telling(shown)


def _nothing_telling(shown: Shown) -> str:
    """What is said where no row that can be compared with others has a number above zero."""
    totals = (*shown.row_totals, *shown.column_totals, shown.total)
    if not any(totals) and not any(cell for row in shown.cells for cell in row):
        return t(NOTHING_STANDS_OUT if shown.hidden else ALL_ZERO)
    in_all = f"{t(IN_ALL, total=local_number(shown.total))} " if shown.total else ""
    return f"{in_all}{t(NOT_SHOWN_WHICH)}"


def _has_most(shown: Shown, numbers: Mapping[int, int | float], most: int | float) -> str:
    figure, number = shown.figure, local_number(most)
    every = [each for _, each in _row_numbers(shown)]
    hides = len(every) < len(figure.rows) and not _is_surely_most(shown, most, every)
    rows = [_named(shown, row) for row, each in numbers.items() if each == most]
    if len(rows) > 1:
        said = t(SHOWN_EQUAL if hides else EQUAL, rows=local_list(rows), number=number)
    elif figure.adds_down and figure.adds_across and shown.total and len(figure.rows) > 1:
        of_all = {"total": local_number(shown.total), "share": local_share(most / shown.total)}
        said = t(SHOWN_MOST_OF_ALL if hides else MOST_OF_ALL, row=rows[0], number=number, **of_all)
    else:
        said = t(SHOWN_MOST if hides else MOST, row=rows[0], number=number)
    return said


def _is_surely_most(shown: Shown, most: int | float, every: Sequence[int | float]) -> bool:
    adds_up = shown.figure.adds_down and shown.figure.adds_across
    return adds_up and is_surely_most(most, every, shown.total)


def _row_numbers(shown: Shown) -> Iterator[tuple[int, int | float]]:
    """Each row that can be compared with others: its sum, or its first number where rows have no sum."""
    for i in range(len(shown.figure.rows)):
        number: Cell = shown.row_totals[i] if shown.figure.adds_across else shown.cells[i][0]
        if number is not None:
            yield i, number


def _row(shown: Shown, row: int) -> str:
    return capitalised(shown.figure.rows[row].said())


def _named(shown: Shown, row: int) -> str:
    """The row's name within a sentence. An area that is a bare number says that it is an area."""
    name = quoted(_row(shown, row))
    is_number = not any(map(str.isalpha, shown.figure.rows[row].text))
    return t(AREA, name=name) if is_number and shown.figure.table == "intake-by-area" else name


def _quoted(shown: Shown, rows: Iterable[int]) -> list[str]:
    return [quoted(_row(shown, row)) for row in rows]


def _row_of(shown: Shown, word: Word) -> int:
    """Where the word's row stands; nowhere: -1."""
    rows = shown.figure.rows
    return rows.index(word) if word in rows else -1


def _is_vague(shown: Shown, row: int) -> bool:
    return shown.figure.rows[row].text.casefold() in VAGUE


def _detail(shown: Shown, row: int, number: int | float) -> str:
    return f"{with_detail(_row(shown, row), local_number(number))}."


def _highest(shown: Shown, numbers: Mapping[int, Cell]) -> tuple[list[int], int | float]:
    """The telling rows with the most, and that number; no row where all are zero."""
    telling = {row: number for row, number in numbers.items() if number and not _is_vague(shown, row)}
    most = max(telling.values(), default=0)
    return [row for row, number in telling.items() if number == most], most


def _of(messages: tuple[str, str], names: Sequence[str], number: int | float, **more: str) -> str:
    """What is said of one that has the most, or of several that each have as many."""
    return t(messages[len(names) > 1], row=local_list(names), number=local_number(number), **more)


def _part(message: str, name: str, part: int | float | None, total: int | None) -> str:
    """A message about a part of a whole, where both are shown."""
    if part is None or not total:
        return ""
    numbers = {name: local_number(part), "total": local_number(total), "share": local_share(part / total)}
    return t(message, **numbers)


# --- single tables ----------------------------------------------------------------------------------


def _docket(shown: Shown) -> str:
    opening, closing = shown.cells[0][0], shown.cells[-1][-1]
    said = []
    if opening is not None and closing is not None:
        words = DOCKET if shown.figure.table == "stock-by-month" else DOCKET_OF_ALLEGATIONS
        said.append(t(words, opening=local_number(opening), closing=local_number(closing)))
    received = {row: cells[1] for row, cells in enumerate(shown.cells) if cells[1] is not None}
    rows, number = _highest(shown, received)
    if len(shown.cells) > 1 and rows:
        messages = SHOWN_BUSIEST if len(received) < len(shown.cells) else BUSIEST
        months = [local_month(first_of(shown.figure.rows[row].text)) for row in rows]
        said.append(_of(messages, months, number))
    return " ".join(said)


def _standing_out(shown: Shown, interval: tuple[int, int, int]) -> str:
    """Who stands out, each with the ratio and its interval, and that this is no reason."""
    found, nothing = [], t(NOTHING_TO_COMPARE)
    for word, row in zip(shown.figure.rows, shown.cells, strict=True):
        lowest, middle, highest = (row[place] for place in interval)
        if lowest is None or middle is None or highest is None:
            continue
        nothing = t(NOBODY_STANDS_OUT)
        if Ratio(lowest, middle, highest).stands_out:
            numbers = {"lowest": local_number(lowest), "highest": local_number(highest)}
            row_said = capitalised(word.said())
            found.append(t(STANDS_OUT, row=row_said, middle=local_number(middle), **numbers))
    return " ".join([*found, t(NO_REASON)]) if found else nothing


def _days(shown: Shown) -> str:
    """Of the last year, named where there are several."""
    closed, middle, most, share = shown.cells[-1]
    if not closed or middle is None or most is None:
        return ""
    said = t(DAYS, closed=local_number(closed), median=local_number(middle), most=local_number(most))
    if share is not None:
        said = f"{said} {t(WITHIN, share=local_share(share))}"
    return with_detail(_row(shown, -1), said) if len(shown.cells) > 1 else said


def _kept(shown: Shown) -> str:
    return _part(KEPT, "kept", shown.column_totals[0], shown.total)


def _sent(shown: Shown) -> str:
    sent, late, _, needless = (cell for (cell,) in shown.cells)
    if sent is None or late is None or needless is None or not shown.total:
        return ""
    numbers = {"sent": sent, "late": late, "none": needless, "total": shown.total}
    words = SENT
    if sent and not late and sent + needless == shown.total:
        words = ALL_SENT if needless else NONE_NEEDLESS
    return t(words, **{name: local_number(number) for name, number in numbers.items()})


def _officers(shown: Shown) -> str:
    return _part(ONE_ALLEGATION, "number", shown.cells[0][0], shown.total)


def _drawn(shown: Shown) -> str:
    panels = shown.cells[0][0]
    return t(DRAWN, number=local_number(panels)) if panels else ""


def _reviewed(shown: Shown) -> str:
    handed_in = shown.cells[shown.figure.rows.index(HANDED_IN)][0]
    return t(REVIEWED, number=local_number(handed_in)) if handed_in else ""


def _found(shown: Shown) -> str:
    """Of allegations what was found most often; of complaints, what was alleged in most."""
    if shown.figure.source.get("level") == Level.ALLEGATION:
        return _found_most(shown)
    numbers = dict(_row_numbers(shown))
    rows, number = _highest(shown, numbers)
    if not rows:
        return ""
    messages = SHOWN_ALLEGED_MOST if len(numbers) < len(shown.figure.rows) else ALLEGED_MOST
    said = _of(messages, _quoted(shown, rows), number)
    sustained = shown.cells[rows[0]][0] if len(rows) == 1 else None
    return said if sustained is None else f"{said} {t(SUSTAINED_THERE, number=local_number(sustained))}"


def _found_most(shown: Shown) -> str:
    totals = [total or 0 for total in shown.column_totals]
    most = max(totals)
    if not shown.total or most < shown.total * WORTH_SAYING:
        return ""
    messages = FOUND_MOST if _is_surely_most(shown, most, totals) else ENDED_WITH
    columns = zip(shown.figure.columns, totals, strict=True)
    findings = [quoted(capitalised(column.said())) for column, total in columns if total == most]
    of_all = {"total": local_number(shown.total), "share": local_share(most / shown.total)}
    return _of(messages, findings, most, **of_all)


def _by_race(shown: Shown) -> str:
    """How many were sustained, if that is shown; else the race that was given most often."""
    if said := _part(SUSTAINED, "number", shown.column_totals[0], shown.total):
        return said
    rows, number = _highest(shown, dict(enumerate(shown.row_totals)))
    messages = SHOWN_GIVEN_MOST if None in shown.row_totals else GIVEN_MOST
    return _of(messages, _quoted(shown, rows), number) if rows else ""


def _stood(shown: Shown) -> str:
    """Where most stood in the end: the last column, or the sums where every column is of the end."""
    is_of_the_end = shown.figure.table == "open-by-age"
    in_the_end = dict(enumerate(shown.row_totals if is_of_the_end else [row[-1] for row in shown.cells]))
    rows, number = _highest(shown, in_the_end)
    messages = SHOWN_STOOD_MOST if None in in_the_end.values() else STOOD_MOST
    return _of(messages, _quoted(shown, rows), number) if rows else ""


def _imposed(shown: Shown) -> str:
    imposed = {row: cells[IMPOSED_COLUMN] for row, cells in enumerate(shown.cells)}
    rows, number = _highest(shown, imposed)
    open_ = [row for row in rows if shown.figure.rows[row].text.casefold() == CAME[Came.PENDING].text]
    if rows and rows == open_:
        return t(NOT_DECIDED, number=local_number(number))
    if not rows and (unknown := imposed.get(_row_of(shown, NONE_GIVEN))):
        return t(NOT_GIVEN, number=local_number(unknown))
    messages = SHOWN_IMPOSED if None in imposed.values() else IMPOSED
    decided = [row for row in rows if row not in open_]
    return _of(messages, _quoted(shown, decided), number) if decided else ""


OF_TABLES: Mapping[str, Callable[[Shown], str]] = {
    "days-to-close-by-year": _days,
    "allegations-by-stage": _stood,
    "open-by-age": _stood,
    "deadlines": _kept,
    "progress-notices": _sent,
    "allegations-per-officer": _officers,
    "civilian-review": _drawn,
    "reviewers": _reviewed,
    "findings-by-allegation": _found,
    "findings-by-race": _by_race,
    "corrective-action": _imposed,
}
"""What is said of tables of which the row with the most says too little."""
