"""Due dates: the statute's own examples, the ends that move, the pauses, and what holds for any of them."""

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oversight.rules.calendars import Calendar, DayName, Weekday
from oversight.rules.deadlines import (
    Deadline,
    Due,
    Extension,
    MoreTime,
    Pause,
    days_to_give,
    due,
    same_day_after,
)
from oversight.rules.reasons import Because, Counting, Reason, explain, speak

EVERY_DAY = Calendar(holiday_weekdays=frozenset(), closed_weekdays=frozenset())
OFFICE = Calendar()
CHRISTMAS = Calendar(
    holidays={
        date(2026, 12, 25): DayName("Christmas Day", "Jour de Noël"),
        date(2026, 12, 28): DayName("Boxing Day (observed)", "Lendemain de Noël (observé)"),
    }
)
MONDAY = date(2026, 6, 1)


def period(amount: int, counting: Counting = Counting.EXCLUDE_FIRST) -> Deadline:
    return Deadline("notice", "Notice", amount, counting, "s. 22", "Interpretation Act", True)


def keys(reckoned: Due) -> list[Because]:
    return [reason.key for reason in reckoned.explanation]


def sentences(reckoned: Due, language: str = "en") -> list[str]:
    return [speak(explain(reason), str, date.isoformat, language) for reason in reckoned.explanation]


# ---- counting ----


def test_monday_and_four_days_is_friday() -> None:
    assert due(period(4), MONDAY, OFFICE).due_on == date(2026, 6, 5)


def test_at_least_four_days_from_monday_is_saturday() -> None:
    assert due(period(4, Counting.CLEAR_DAYS), MONDAY, EVERY_DAY).due_on == date(2026, 6, 6)


def test_where_the_office_is_closed_on_saturday_that_becomes_the_next_monday() -> None:
    reckoned = due(period(4, Counting.CLEAR_DAYS), MONDAY, OFFICE)
    assert reckoned.due_on == date(2026, 6, 8)
    assert keys(reckoned)[-3:] == [Because.WEEKLY_CLOSED, Because.WEEKLY_HOLIDAY, Because.DUE]


def test_an_office_open_on_saturdays_keeps_a_saturday_because_it_is_no_holiday() -> None:
    open_saturdays = Calendar(closed_weekdays=frozenset({Weekday.SUNDAY}))
    assert due(period(5), MONDAY, open_saturdays).due_on == date(2026, 6, 6)


def test_an_office_open_on_sundays_does_not_keep_a_sunday_because_it_is_a_holiday() -> None:
    never_closed = Calendar(closed_weekdays=frozenset())
    assert due(period(6), MONDAY, never_closed).due_on == date(2026, 6, 8)


def test_a_year_from_the_fifth_of_may_ends_on_the_fifth_of_may() -> None:
    assert due(period(1, Counting.YEARS), date(2020, 5, 5), OFFICE).due_on == date(2021, 5, 5)


@pytest.mark.parametrize(
    "start, months, expected",
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2028, 2, 29), 48, date(2032, 2, 29)),
        (date(2025, 5, 21), 18, date(2026, 11, 21)),
    ],
)
def test_months_end_on_the_same_number_or_the_last_day(start: date, months: int, expected: date) -> None:
    assert same_day_after(start, months) == expected
    assert due(period(months, Counting.MONTHS), start, EVERY_DAY).due_on == expected


def test_years_from_a_leap_day_end_on_the_last_of_february() -> None:
    assert due(period(1, Counting.YEARS), date(2028, 2, 29), EVERY_DAY).due_on == date(2029, 2, 28)


def test_days_are_counted_over_a_leap_day() -> None:
    assert due(period(1), date(2028, 2, 28), EVERY_DAY).due_on == date(2028, 2, 29)
    assert due(period(30), date(2028, 2, 15), EVERY_DAY).due_on == date(2028, 3, 16)


@pytest.mark.parametrize("amount, expected", [(10, date(2026, 6, 15)), (30, date(2026, 7, 13))])
def test_business_days_skip_weekends(amount: int, expected: date) -> None:
    assert due(period(amount, Counting.BUSINESS_DAYS), MONDAY, OFFICE).due_on == expected


def test_business_days_skip_their_own_list_and_not_the_statutes_holidays() -> None:
    day = {date(2026, 6, 3): DayName("A day")}
    two = period(2, Counting.BUSINESS_DAYS)
    assert due(two, MONDAY, Calendar(not_business=day)).due_on == date(2026, 6, 4)
    assert due(two, date(2026, 6, 2), Calendar(holidays=day)).due_on == date(2026, 6, 4)


def test_business_days_from_a_saturday_begin_on_monday() -> None:
    assert due(period(1, Counting.BUSINESS_DAYS), date(2026, 6, 6), OFFICE).due_on == date(2026, 6, 8)


# ---- ends that move ----


def test_an_end_on_christmas_day_moves_over_the_weekend_and_the_holiday_after_it() -> None:
    reckoned = due(period(4), date(2026, 12, 21), CHRISTMAS)
    assert reckoned.due_on == date(2026, 12, 29)
    assert sentences(reckoned)[3:] == [
        "Counted that way it ends on 2026-12-25.",
        "2026-12-25 is a holiday (Christmas Day), so it moves to the next day.",
        "The office is closed on 2026-12-26, as every week, so it moves to the next day.",
        "2026-12-27 is a holiday by law, as every week, so it moves to the next day.",
        "2026-12-28 is a holiday (Boxing Day (observed)), so it moves to the next day.",
        "The last day is 2026-12-29.",
    ]


def test_a_holidays_name_is_kept_in_both_languages() -> None:
    stored = json.loads(
        json.dumps([each.as_json() for each in due(period(4), date(2026, 12, 21), CHRISTMAS).explanation])
    )
    again = Due(date(2026, 12, 29), tuple(Reason.from_json(each) for each in stored))
    assert "Jour de Noël" in sentences(again, "fr")[4]


def test_a_day_the_office_is_closed_moves_the_end_and_is_named() -> None:
    moving = Calendar(office_closed={date(2026, 6, 5): DayName("Moving house")})
    reckoned = due(period(4), MONDAY, moving)
    assert reckoned.due_on == date(2026, 6, 8)
    assert "The office is closed on 2026-06-05 (Moving house)" in sentences(reckoned)[4]


def test_a_holiday_within_the_period_moves_nothing() -> None:
    assert due(period(14), date(2026, 12, 15), CHRISTMAS).due_on == date(2026, 12, 29)


def test_an_end_past_the_days_entered_says_so() -> None:
    calendar = Calendar(known_until=date(2026, 6, 4))
    assert Because.BEYOND_CALENDAR in keys(due(period(4), MONDAY, calendar))
    assert Because.BEYOND_CALENDAR not in keys(due(period(3), MONDAY, calendar))


@pytest.mark.parametrize(
    "never",
    [{"closed_weekdays": frozenset(Weekday)}, {"non_business_weekdays": frozenset(Weekday)}],
)
def test_an_office_that_never_opens_is_refused(never: dict[str, frozenset[Weekday]]) -> None:
    with pytest.raises(ValueError, match="least one day"):
        Calendar(**never)  # type: ignore[arg-type]


# ---- pauses ----


def paused(*pauses: tuple[date, date | None], amount: int = 30, calendar: Calendar = EVERY_DAY) -> Due:
    return due(period(amount), MONDAY, calendar, [Pause(*days, "Criminal proceedings") for days in pauses])


def june(day: int) -> date:
    return date(2026, 6, day)


@pytest.mark.parametrize(
    "pauses, added",
    [
        ([(june(10), june(15))], 5),
        ([(june(10), june(10))], 0),
        ([(june(10), june(15)), (june(12), june(20))], 10),
        ([(june(10), june(20)), (june(12), june(15))], 10),
        ([(june(10), june(20)), (june(12), june(15)), (june(16), june(22))], 12),
        ([(june(10), june(15)), (june(15), june(20))], 10),
        ([(june(20), june(25)), (june(10), june(12))], 7),
        ([(date(2026, 5, 20), june(5))], 3),
        ([(date(2026, 5, 20), june(1))], 0),
        ([(june(1), june(2))], 0),
        ([(date(2026, 7, 1), date(2026, 7, 3))], 2),
        ([(date(2026, 7, 2), date(2026, 7, 9))], 0),
        ([(june(20), june(25)), (date(2026, 7, 3), date(2026, 7, 10))], 12),
    ],
    ids=[
        "one", "same day", "overlapping", "within another", "overlapping past another",
        "adjacent", "out of order", "over the start",
        "before the start", "on the start", "on the last day", "after the end", "in the time a pause added",
    ],
)  # fmt: skip
def test_a_pause_adds_the_days_the_clock_stood_still_each_once(
    pauses: list[tuple[date, date | None]], added: int
) -> None:
    assert paused(*pauses).due_on == date(2026, 7, 1) + timedelta(days=added)


def test_each_pause_is_explained_with_the_days_it_added() -> None:
    reckoned = paused((june(10), june(15)), (june(12), june(20)), (june(13), june(14)))
    assert sentences(reckoned)[4:7] == [
        "The clock stood still from 2026-06-10 and ran again on 2026-06-15 (Criminal proceedings). "
        "That adds 5 days, which makes it 2026-07-06.",
        "The clock stood still from 2026-06-15 and ran again on 2026-06-20 (Criminal proceedings). "
        "That adds 5 days, which makes it 2026-07-11.",
        "It also stood still from 2026-06-13 (Criminal proceedings), which adds nothing.",
    ]


def test_a_pause_that_begins_on_the_last_day_takes_that_day() -> None:
    assert Because.PAUSED in keys(paused((date(2026, 7, 1), date(2026, 7, 3))))


def test_a_pause_that_was_over_before_the_first_day_is_not_mentioned() -> None:
    assert paused((date(2026, 5, 20), june(2))) == paused()


def test_an_open_pause_leaves_the_date_to_be_set() -> None:
    reckoned = paused((june(10), june(15)), (june(20), None))
    assert reckoned.stands_still
    assert reckoned.due_on == date(2026, 7, 6), "no earlier than this"
    assert keys(reckoned)[-1] is Because.STANDING_STILL


def test_an_open_pause_after_the_end_changes_nothing() -> None:
    assert paused((date(2026, 7, 2), None)) == paused()


def test_a_clock_may_begin_standing_still() -> None:
    assert paused((date(2026, 5, 1), None)).stands_still


def test_an_end_moved_into_a_pause_waits_for_its_end() -> None:
    only_saturdays_closed = Calendar(
        holiday_weekdays=frozenset(), closed_weekdays=frozenset({Weekday.SATURDAY})
    )
    saturday, sunday = 5, june(7)
    assert paused(amount=saturday, calendar=only_saturdays_closed).due_on == sunday
    for until in (june(8), june(10)):
        reckoned = paused((sunday, until), amount=saturday, calendar=only_saturdays_closed)
        assert reckoned.due_on == until
        assert Because.STOOD_STILL in keys(reckoned)
    assert paused((sunday, None), amount=saturday, calendar=only_saturdays_closed).stands_still


def test_a_pause_in_business_days_adds_business_days() -> None:
    ten = period(10, Counting.BUSINESS_DAYS)
    weekend = Pause(june(6), june(8), "Hold")
    assert due(ten, MONDAY, OFFICE, [weekend]).due_on == june(15)
    assert due(ten, MONDAY, OFFICE, [Pause(june(5), june(9), "Hold")]).due_on == june(17)


def test_a_pause_cannot_end_before_it_begins() -> None:
    with pytest.raises(ValueError, match="before it begins"):
        Pause(june(2), june(1), "Hold")


# ---- extensions ----

MORE = Extension(30, "Director", "A witness is abroad", june(20))


def test_an_extension_says_who_gave_it_how_much_and_why() -> None:
    reckoned = due(period(30), MONDAY, EVERY_DAY, extensions=[MORE])
    assert reckoned.due_on == date(2026, 7, 31)
    assert sentences(reckoned)[4] == (
        "On 2026-06-20 it was given 30 days more (A witness is abroad; approved by: Director). "
        "That makes it 2026-07-31."
    )


def test_a_pause_in_the_added_time_counts() -> None:
    pause = Pause(date(2026, 7, 20), date(2026, 7, 25), "Hold")
    assert due(period(30), MONDAY, EVERY_DAY, [pause], [MORE]).due_on == date(2026, 8, 5)
    assert due(period(30), MONDAY, EVERY_DAY, [pause]).due_on == date(2026, 7, 1)


def test_business_days_are_extended_in_business_days() -> None:
    two = Extension(2, "Director", "Illness", june(3))
    reckoned = due(period(4, Counting.BUSINESS_DAYS), MONDAY, OFFICE, extensions=[two])
    assert reckoned.due_on == june(9)
    assert "2 business days more" in sentences(reckoned)[4]


def test_each_extension_is_told_in_the_order_in_which_it_was_given() -> None:
    later = Extension(5, "Director", "Illness", june(25))
    reckoned = due(period(30), MONDAY, EVERY_DAY, extensions=[later, MORE])
    assert reckoned.due_on == date(2026, 8, 5)
    assert ["Illness" in sentence for sentence in sentences(reckoned)[4:6]] == [False, True]


ALLOWED = MoreTime(30, "The office's own rule", "its manual", verified=False)


@pytest.mark.parametrize(
    ("allowed", "given", "passed", "left"),
    [
        (None, [], False, 0),
        (ALLOWED, [], False, 30),
        (ALLOWED, [10, 14], False, 6),
        (ALLOWED, [30], False, 0),
        (ALLOWED, [45], False, 0),
        (ALLOWED, [], True, 0),
        (replace(ALLOWED, after_it_passed=True), [10], True, 20),
    ],
)
def test_a_deadline_has_only_so_many_days_more_and_none_once_it_passed(
    allowed: MoreTime | None, given: list[int], passed: bool, left: int
) -> None:
    assert days_to_give(allowed, given, passed=passed) == left


def test_nothing_lasts_no_time() -> None:
    with pytest.raises(ValueError, match="at least 1"):
        period(0)
    with pytest.raises(ValueError, match="at least 1"):
        Extension(0, "Director", "", MONDAY)


# ---- what holds for any of them ----

# Over a year's end and a leap day, and close enough together for pauses to overlap.
days = st.dates(date(2027, 11, 1), date(2028, 4, 30))
spans = st.tuples(days, st.integers(0, 40)).map(
    lambda span: Pause(span[0], span[0] + timedelta(days=span[1]), "Hold")
)
periods = st.builds(
    period, st.integers(1, 120), st.sampled_from([each for each in Counting if each != "years"])
)
calendars = st.dictionaries(days, st.just(DayName("A holiday")), max_size=40).map(
    lambda named: Calendar(holidays=named, not_business=named)
)
extensions = st.builds(Extension, st.integers(1, 90), st.just("Director"), st.just("Why"), days)


@given(periods, days, calendars, st.lists(spans, max_size=6), st.lists(extensions, max_size=3))
def test_it_falls_on_an_open_day_on_which_the_clock_runs(
    rule: Deadline, start: date, calendar: Calendar, pauses: list[Pause], more: list[Extension]
) -> None:
    last = due(rule, start, calendar, pauses, more).due_on
    assert last > start
    assert calendar.is_open(last)
    assert not calendar.is_holiday(last)
    assert not any(pause.from_on <= last < pause.until_on for pause in pauses if pause.until_on)


@given(periods, days, calendars, st.lists(spans, max_size=6), spans)
def test_one_more_pause_never_makes_it_earlier(
    rule: Deadline, start: date, calendar: Calendar, pauses: list[Pause], pause: Pause
) -> None:
    assert due(rule, start, calendar, pauses).due_on <= due(rule, start, calendar, [*pauses, pause]).due_on


@given(st.integers(1, 120), days, st.lists(spans, max_size=6))
def test_exactly_the_days_of_the_rule_were_running(amount: int, start: date, pauses: list[Pause]) -> None:
    last = due(period(amount), start, EVERY_DAY, pauses).due_on
    between = (start + timedelta(days=ahead) for ahead in range(1, (last - start).days + 1))
    running = [day for day in between if not any(p.from_on <= day < (p.until_on or date.max) for p in pauses)]
    assert len(running) == amount


@given(st.integers(1, 120), days, calendars, st.lists(spans, max_size=6))
def test_exactly_the_business_days_of_the_rule_were_running(
    amount: int, start: date, calendar: Calendar, pauses: list[Pause]
) -> None:
    never_moves = Calendar(
        not_business=calendar.not_business, holiday_weekdays=frozenset(), closed_weekdays=frozenset()
    )
    last = due(period(amount, Counting.BUSINESS_DAYS), start, never_moves, pauses).due_on
    between = (start + timedelta(days=ahead) for ahead in range(1, (last - start).days + 1))
    running = [
        day
        for day in between
        if never_moves.is_business_day(day)
        and not any(p.from_on <= day < (p.until_on or date.max) for p in pauses)
    ]
    assert len(running) == amount


@given(periods, days, calendars, st.lists(spans, max_size=6), st.lists(extensions, max_size=3))
def test_any_explanation_can_be_stored_and_spoken(
    rule: Deadline, start: date, calendar: Calendar, pauses: list[Pause], more: list[Extension]
) -> None:
    reckoned = due(rule, start, calendar, pauses, more)
    stored = json.loads(json.dumps([reason.as_json() for reason in reckoned.explanation]))
    again = Due(reckoned.due_on, tuple(Reason.from_json(each) for each in stored))
    assert again == reckoned
    assert sentences(again)[-1] == f"The last day is {reckoned.due_on}."
    assert not any("%(" in sentence for sentence in sentences(again))
