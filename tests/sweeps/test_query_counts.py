"""Every page costs as many queries in an office with many times the rows: nothing is asked once for each.

Asked of SQLite alone: no page looks at which database it has, and the same statements are made for both.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping

from sqlalchemy import select

from oversight.casework.models import Complaint
from oversight.kit.db import session
from oversight.rules.jurisdictions import rulebook
from tests.desk.test_query_counts import heard
from tests.sweeps import growth
from tests.sweeps.conftest import Busy
from tests.sweeps.showing import ONLY_OF, Page, gallery
from tests.sweeps.test_access import endpoints

BOOK = "alberta_2025"
"""The rulebook of what was filed in the busy office."""
TIMES, MORE = 4, 2
"""How many copies of each file there are in the large office, and how much more of everything in a file."""
PLACES = re.compile(r"\((?:\?, )*\?\)")
"""The values of a list: how many there are makes no other statement of it."""

SENDS_ON = (
    "Sends its visitor on to a page that is asked for itself, or with bad answers shows the form's again."
)
SHOWS_NOTHING = {
    **dict.fromkeys(
        (
            "GET accounts.home",
            "GET intake.go_on",
            "POST accounts.approve",
            "POST accounts.deactivate",
            "POST accounts.decline",
            "POST accounts.link",
            "POST accounts.remove",
            "POST desk.recompute",
            "POST desk.remove_calendar_day",
            "POST intake.about_you",
            "POST intake.code_read_out",
            "POST intake.forget",
            "POST intake.forget_told",
            "POST intake.kept_my_code",
            "POST intake.leave",
            "POST intake.send_told",
            "POST intake.start",
            "POST review.report_conflict",
            "POST security.logout",
        ),
        SENDS_ON,
    ),
    "GET front.elsewhere": "Leads away from the office.",
    "POST front.switch_language": "Sends its visitor back to where they were.",
}
"""What is not asked for, and why."""

LONG_AGO = "All that happened in the busy office did so long ago: its days for this are over."
ELSEWHERE = "Reviewers take it, on a page of their own."
NO_FORM = {
    "acknowledge": "Nobody takes it: it comes with the filing.",
    "ask_for_more": ELSEWHERE,
    "ask_for_reconsideration": LONG_AGO,
    "give_more_time": LONG_AGO,
    "submit_findings": ELSEWHERE,
}
"""The steps of a file whose form is not asked for at the desk, and why."""

STAY = {
    "benchmark": "Commands alone read it.",
    "file_counter": "One row for each year.",
    "jobs_rounds": "One row.",
    "ledger_head": "One row.",
}
"""Tables that have no more rows in the large office, and why."""
ONE_AT_MOST = {"complaint", "imported_file", "outcome", "submission"}
"""Tables that have one row for a file, or none."""


Asked = tuple[int, Counter[str]]
"""The status of a page's answer, and the statements that were sent for it."""
RowsOfFiles = Mapping[str, Mapping[str, int]]


def test_every_page_asks_as_often_of_a_large_office_as_of_a_small_one(busy: Busy) -> None:
    busy.app.config["WTF_CSRF_ENABLED"] = False
    with busy.app.app_context():
        colleague = growth.hire_colleague()
        busy.there.ids["person_id"]["colleague"] = str(colleague)
    pages = gallery(busy).all()
    with busy.app.app_context():
        numbers = session().scalars(select(Complaint.number)).all()
        growth.grow(numbers, colleague, 1)
        office, files = growth.rows_of_the_office(), growth.rows_of_each_file(numbers)
    before = {page: asked(busy, page) for page in pages}
    every_answer_is_due(before)
    shown = [page for page in pages if not page.withheld]
    nothing_is_left_out(busy, shown)
    with busy.app.app_context():
        growth.multiply_files(TIMES)
        growth.grow(numbers, colleague, MORE)
        everything_is_larger(office, growth.rows_of_the_office())
        every_file_is_larger(files, growth.rows_of_each_file(numbers))
    after = {page: asked(busy, page) for page in shown}
    every_answer_is_due(after)
    differing = [*what_is_asked_more_or_less(before, after)]
    assert not differing, "\n".join(differing)


def asked(busy: Busy, page: Page) -> Asked:
    """How a page is answered, and what it asks of the database for it, and how often."""
    sent: Counter[str] = Counter()
    listening = heard("before_cursor_execute", lambda *told: sent.update([PLACES.sub("(?)", told[2])]))
    return page.ask(busy.app, listening).status_code, sent


def every_answer_is_due(answers: Mapping[Page, Asked]) -> None:
    """Whoever may see a page is shown it, and nobody one that is said not to be there."""
    undue = [f"{page}: answered {status}" for page, (status, _) in answers.items() if not page.is_due(status)]
    assert not undue, "\n".join(undue)


def nothing_is_left_out(busy: Busy, pages: Collection[Page]) -> None:
    """Every endpoint and every step's form shows something here, or is named, with the reason why not.

    Of that which only some files have, each of those is asked for too.
    """
    forms = {page.path.rpartition("/")[2] for page in pages if page.endpoint == "desk.step"}
    steps = {step.name for step in rulebook(BOOK).file.steps}
    assert not (steps - forms) ^ NO_FORM.keys()
    found = {f"{page.method} {page.endpoint}" for page in pages}
    there = {f"{method} {endpoint}" for method, endpoint in endpoints(busy.app)}
    assert not (there - found) ^ SHOWS_NOTHING.keys()
    of_some = {(endpoint, key) for endpoint, keys in ONLY_OF.items() for key in keys}
    assert not of_some - {(page.endpoint, page.of) for page in pages}


def everything_is_larger(small: Mapping[str, int], large: Mapping[str, int]) -> None:
    """Every table has more rows, but for those of which it is said why not."""
    assert not {table for table in small if large[table] < small[table] + MORE} ^ STAY.keys()


def every_file_is_larger(small: RowsOfFiles, large: RowsOfFiles) -> None:
    """Every file has more rows of each kind that a file may have several of."""
    kinds = {kind for rows in large.values() for kind in rows} - ONE_AT_MOST
    for number, rows in small.items():
        of_it = kinds if "outcome" in rows else kinds - {"outcome_version"}
        assert not {kind for kind in of_it if large[number].get(kind, 0) < rows.get(kind, 0) + MORE}


def what_is_asked_more_or_less(before: Mapping[Page, Asked], after: Mapping[Page, Asked]) -> Iterator[str]:
    """Each page that asks more or less often than before, with the statements that make the difference."""
    for page, (_, again) in after.items():
        _, once = before[page]
        if once.total() != again.total():
            said = [
                f"{often} times: {text[:300]}" for text, often in ((again - once) + (once - again)).items()
            ]
            yield "\n  ".join([f"{page}: {once.total()} statements, then {again.total()}", *said])
