"""No page takes the memory of all there is in an office forty times as large, to show a part of it.

Asked of SQLite alone, as in `test_query_counts.py`, and for its reason.
"""

import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager

from tests.sweeps import growth
from tests.sweeps.conftest import Busy
from tests.sweeps.showing import Page, gallery

TIMES = 40
"""How many copies of each file are added."""
ROOM = 2_000_000
"""The most bytes that a page may take more: lists grow until they fill a page."""


def test_no_page_takes_more_memory_in_a_large_office(busy: Busy) -> None:
    busy.app.config["WTF_CSRF_ENABLED"] = False
    with busy.app.app_context():
        busy.there.ids["person_id"]["colleague"] = str(growth.hire_colleague())
    pages = each_page_once(busy)
    for page in pages:
        page.ask(busy.app)
    before = {page: peak(busy, page) for page in pages}
    with busy.app.app_context():
        growth.multiply_files(TIMES)
    after = {page: peak(busy, page) for page in pages}
    larger = [
        f"{page}: {before[page]:,}, then {after[page]:,} bytes"
        for page in pages
        if after[page] > before[page] + ROOM
    ]
    assert not larger, "\n".join(larger)


def each_page_once(busy: Busy) -> list[Page]:
    """What is shown at each address, to whoever comes there last in the table of access."""
    shown = [page for page in gallery(busy).of_every_endpoint() if page.method == "GET" and not page.withheld]
    return list({page.path: page for page in shown}.values())


def peak(busy: Busy, page: Page) -> int:
    """The most memory that Python held for a page at any time while it answered, in bytes."""

    @contextmanager
    def traced() -> Iterator[None]:
        tracemalloc.start()
        yield

    try:
        assert page.is_due(page.ask(busy.app, traced()).status_code)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
