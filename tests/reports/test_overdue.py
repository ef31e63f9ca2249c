"""The list of late files: each told as exactly as enough of them are alike, so that no few can be counted."""

from collections import Counter
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as some
from sqlalchemy import event

from oversight.casework.models import Clock
from oversight.figures.disclosure.showing import Shown, protected
from oversight.figures.periods import first_moment
from oversight.figures.words import Word
from oversight.kit.db import db, writing
from oversight.reports.late_lists import Before, Late, LateList, safe_beside_lists, safely_told, told_alike
from oversight.reports.overdue import NO_REASON, late_files, overdue
from oversight.rules.rulebook import SmallNumbers
from tests.cast import BEA, DORA, INES, IVAN
from tests.factories import complaint_in, filed, take
from tests.reports.late_office import AGE_WORDS, LateOffice, given_away, table_of
from tests.reports.late_office import LAST as LAST_OF_HALF
from tests.reports.late_sequences import File, LateYear, told

PROGRESS = "Write to the person about progress"
LATE = some.builds(
    Late,
    received=some.sampled_from(["2025-01", "2025-02", "2024-11"]),
    stage=some.sampled_from(["Investigation", "Assessment"]),
    deadline=some.sampled_from(["Decision", "Acknowledgement"]),
    late=some.sampled_from(["up to 30", "31 to 90"]),
    reason=some.sampled_from([(NO_REASON, ""), ("It waits", "A court case")]),
)


@given(some.lists(LATE, min_size=10, max_size=80))
def test_nothing_told_is_shared_by_fewer_than_ten(files: list[Late]) -> None:
    told = told_alike(files, 10)
    assert len(told) == len(files)
    assert min(Counter(told).values()) >= 10


def test_what_many_share_is_told_in_full() -> None:
    many = [Late("2025-01", "Investigation", "Decision", "up to 30", (NO_REASON, ""))] * 12
    assert told_alike(many, 10) == many


LAST = date(2026, 12, 31)
UNTIL = first_moment(date(2027, 1, 1), "America/Edmonton")


@pytest.mark.usefixtures("context")
def test_a_file_past_its_deadline_is_listed_by_its_month_and_stage(context: Flask) -> None:
    for _ in range(11):
        filed()
    content, listed = overdue(LAST, UNTIL, rule=SmallNumbers(), said={}, before=Before({}))
    assert listed is not None
    assert content["count"] == sum(listed.alike.values()) == 11
    assert {file["received"]["en"] for file in content["files"]} == {"November 2026"}
    assert {file["stage"]["en"] for file in content["files"]} == {"Received"}
    assert all(file["reason"]["en"] == "No reason is on the file." for file in content["files"])
    assert "C-" not in str(content)


@pytest.mark.usefixtures("context")
def test_a_few_late_files_are_neither_listed_nor_counted(context: Flask) -> None:
    filed()
    content, listed = overdue(LAST, UNTIL, rule=SmallNumbers(), said={}, before=Before({}))
    assert (content["count"], content["files"], listed) == (None, [], None)


@pytest.mark.usefixtures("context")
def test_what_was_done_in_time_stood_still_or_was_not_due_is_not_late(context: Flask) -> None:
    done, rested, due_later = (filed() for _ in range(3))
    ids = {each.id for each in (done, rested, due_later)}
    with writing() as session:
        for clock in session.query(Clock).filter(Clock.complaint_id.in_(ids)):
            if clock.complaint_id == done.id:
                clock.stopped_on = clock.due_on
            elif clock.complaint_id == rested.id:
                clock.pauses = [[clock.started_on.isoformat(), None, "a hold"]]
            else:
                clock.due_on = LAST + timedelta(days=1)
    assert late_files(LAST, UNTIL) == []


@pytest.mark.usefixtures("context")
def test_no_question_names_every_late_file(context: Flask) -> None:
    # A database takes no more than some ten thousand names in one statement.
    filed()
    with_one = values_sent(lambda: late_files(LAST, UNTIL))
    for _ in range(3):
        filed()
    assert len(late_files(LAST, UNTIL)) == 4
    assert values_sent(lambda: late_files(LAST, UNTIL)) == with_one


def values_sent(asking: Callable[[], object]) -> int:
    """How many values went with statements about what happened in files."""
    sent: list[int] = []

    def hear(_connection: object, _cursor: object, statement: str, values: Any, *_: object) -> None:
        if "file_event" in statement:
            sent.append(len(values))

    event.listen(db.engine, "before_cursor_execute", hear)
    asking()
    event.remove(db.engine, "before_cursor_execute", hear)
    return sum(sent)


@pytest.mark.usefixtures("context")
def test_why_a_file_is_late_is_said_from_wherever_it_is_written(context: Flask) -> None:
    files = {name: filed() for name in ("nothing", "paused", "extended", "explained", "held")}
    ids = {name: file.id for name, file in files.items()}
    told_later = complaint_in("investigation")
    officer = next(party for party in told_later.parties if party.kind == "subject")
    later = {"officer": str(officer.id), "reason": "It would warn them.", "review_on": "2026-12-20"}
    take(told_later, "defer_telling_the_officer", by=IVAN, second=BEA, **later)
    with writing() as session:
        for clock in session.query(Clock):
            day = clock.started_on.isoformat()
            if clock.complaint_id == ids["paused"]:
                clock.pauses = [[day, day, "Offer early resolution"]]
            elif clock.complaint_id == ids["extended"]:
                clock.delays = [{"on": day, "reason": "translation", "days": 5, "by": "director"}]
            elif clock.complaint_id == ids["explained"]:
                told = {"reason": "workload", "days": None, "by": "caseworker"}
                after = {"on": "2027-01-01", "reason": "absence", "days": None, "by": "caseworker"}
                clock.delays = [{"on": "2026-12-31", **told}, after]
    take(take(files["held"], "begin_assessment", by=INES), "hold", by=INES, second=DORA, **HELD)
    reasons = {file.reason for file in late_files(LAST, UNTIL)}
    assert reasons == {
        (NO_REASON, ""),
        ("It has waited", "Offer early resolution"),
        ("More time was given", "Something has to be translated or interpreted"),
        ("It takes longer", "The office has more files than it has people for"),
        ("It waits", "Someone who must be heard is unwell"),
        ("Telling the officer was put off", ""),
    }


HELD = {
    "allegations": [],
    "hold_reason": "health",
    "authority": "A doctor's letter.",
    "review_on": "2026-12-01",
}


def test_the_last_day_ends_in_the_office_s_own_zone() -> None:
    assert datetime(2027, 1, 1, 7, tzinfo=UNTIL.tzinfo) > UNTIL


def test_a_list_made_beside_no_tables_is_found_out_beside_them() -> None:
    many = [Late("2015-05", "Investigation", "Decision", "up to 30", (NO_REASON, ""))] * 12
    office = LateOffice(many, {"open-by-age": stands({"Investigation": 14, "Assessment": 40})})
    assert given_away(office, many) != {}
    told = safely_told(many, LAST_OF_HALF, SmallNumbers(), office.said, Before({}))
    assert told
    assert given_away(office, told) == {}


@pytest.mark.parametrize(("of_others", "told"), [(40, True), (0, False)])
def test_a_list_that_leaves_few_of_a_stage_says_no_stage(of_others: int, told: bool) -> None:
    """Of 14 open investigations 12 are on the list: so two would not be late."""
    many = [Late("2015-05", "Investigation", "Decision", "up to 30", (NO_REASON, ""))] * 12
    said = {"open-by-age": stands({"Investigation": 14, "Assessment": of_others}).release}
    files = safely_told(many, LAST_OF_HALF, SmallNumbers(), said, Before({}))
    assert (files is not None) is told
    assert {file.stage for file in files or ()} <= {""}


@pytest.mark.parametrize(("never", "told"), [(2, ""), (0, PROGRESS), (20, PROGRESS)])
def test_a_list_that_leaves_few_of_the_notices_that_were_not_sent_says_no_deadline(
    never: int, told: str
) -> None:
    """Of 14 notices that were not sent 12 are on the list: two would be left that are not."""
    many = [Late("2015-05", "Investigation", PROGRESS, "up to 30", (NO_REASON, ""))] * 12
    counts = Counter({("sent in time", "notices"): 40, ("not sent yet", "notices"): 12 + never})
    rows = [Word(row) for row in ("sent in time", "sent late or never", "not sent yet", "no longer needed")]
    table = table_of("progress-notices", counts, rows, [Word("notices")])
    shown = protected(table.figure, SmallNumbers(), parts=table.parts)
    said = {"progress-notices": shown.release}
    assert shown.cells[2] == (12 + never,)
    files = safely_told(many, LAST_OF_HALF, SmallNumbers(), said, Before({}))
    assert {file.deadline for file in files or ()} == {told}
    listed = LateList(LAST_OF_HALF, {many[0]: 12})
    kept = safe_beside_lists({"progress-notices": shown}, [listed], SmallNumbers())
    assert kept["progress-notices"].printable is bool(told)


def stands(open_: dict[str, int]) -> Shown:
    """Open files by stage, all of them between 31 and 90 days old, as they are shown."""
    counts = Counter({(stage, "31–90 days"): number for stage, number in open_.items()})
    table = table_of("open-by-age", counts, list(map(Word, open_)), list(map(Word, AGE_WORDS)))
    return protected(table.figure, SmallNumbers(), parts=table.parts)


# ---- lists of several editions -----------------------------------------------------------------------


def files(number: int, received: date, due: date, done: date = date.max) -> list[File]:
    return [File(received, due, done, "Investigation", "Investigation")] * number


FEW_ARE_DONE = [
    *files(30, date(2015, 1, 10), date(2015, 3, 20)),
    *files(4, date(2015, 1, 10), date(2015, 3, 20), date(2015, 5, 1)),
    *files(40, date(2015, 4, 10), date(2015, 6, 15)),
]


def test_a_later_list_does_not_tell_how_few_of_an_earlier_one_were_done() -> None:
    """Of 34 that were late in March, 30 would still be listed in June, and older than all that came since."""
    forgetful, careful = LateYear(FEW_ARE_DONE, remembers=False), LateYear(FEW_ARE_DONE)
    for office in (forgetful, careful):
        for quarter in ("2015-Q1", "2015-Q2"):
            office.publish(quarter)
    assert any("4 to 4 all that left" in leak for leak in told(forgetful))
    assert any("open-by-age of 2015-Q1" in leak for leak in told(forgetful))
    assert len(careful.lists) == 2
    assert told(careful) == []


def test_nor_does_it_where_no_table_was_printed() -> None:
    office = LateYear(FEW_ARE_DONE)
    for quarter in ("2015-Q1", "2015-Q2"):
        office.publish(quarter)
        office.before, office.shown = Before({}, office.before.lists), []
    assert len(office.lists) == 2
    assert told(office) == []


def test_of_one_day_every_edition_lists_the_same() -> None:
    """A correction finds one file more: both lists would say that it is one."""
    office = LateYear([*FEW_ARE_DONE])
    office.publish("2015-Q2")
    office.publish("2015-H1")
    first, second = office.lists
    assert first == second
    office.files += files(1, date(2015, 4, 10), date(2015, 6, 15))
    # Beside the tables that were printed before, it could not be listed anyway.
    office.before = Before({}, office.before.lists)
    office.publish("2015-Q2")
    assert len(office.lists) == 2


def test_a_table_that_an_earlier_list_would_undo_is_not_shown() -> None:
    """The list of March has 34 that missed their day; the half-year's table would say that 37 did."""
    three = files(3, date(2015, 4, 10), date(2015, 6, 15), date(2015, 6, 20))
    office = LateYear([*FEW_ARE_DONE[:34], *three])
    office.publish("2015-Q1")
    # Had the quarter's own tables been printed, the half-year's would say no more than they do.
    office.before, office.shown = Before({}, office.before.lists), []
    office.publish("2015-H1")
    assert ("deadlines", "2015-H1") not in {(name, period.name) for name, period, _ in office.shown}
    assert told(office) == []
