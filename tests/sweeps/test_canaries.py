"""Nobody reads what is not for them: every text of a file is a canary, and everyone goes where they can."""

import html
import sqlite3
from collections import defaultdict
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from unittest.mock import patch

import pytest
from sqlalchemy import select
from werkzeug.test import TestResponse

from oversight.kit.db import session
from oversight.outbox.models import StoredNotice
from tests.busy_office import CANARIES
from tests.cast import INES, signed_in
from tests.crawler import crawl, endpoint_at
from tests.logs import listening
from tests.sweeps.conftest import Busy
from tests.sweeps.visitors import VISITORS, visitor
from tests.webpages import read

pytestmark = pytest.mark.one_database

WHO_THE_OFFICER_IS = {"officer's name", "officer's badge"}
IDENTITIES = {
    *("complainant's name", "complainant's e-mail", "complainant's telephone", "complainant's address"),
    *("complainant's safe way", "complainant's support", "affected person's name"),
    *("other complainant's name", "other complainant's e-mail", "witness's name", "witness's telephone"),
    *("lawyer's name", "lawyer's authority", "officer's description", *WHO_THE_OFFICER_IS),
}
AS_TOLD = {"narrative", "place", "wish", "witnesses told of"}
MESSAGES = {"message from a party", "report of retaliation", "message to a party"}
DECISION = {"director's reasons", "director's reasons to depart", "letter with the result"}
WITHDRAWAL = {"reason to withdraw", "what was said about being pressed"}
HELD_OR_REFERRED = {"authority of a hold", "reason to refer"}

PUBLIC: Mapping[str, set[str]] = {
    "publication.outcomes": {"published summary"},
    "publication.outcome": {"published summary"},
}
DESK: Mapping[str, set[str]] = {
    "desk.told": {*AS_TOLD, *DECISION, *WITHDRAWAL, "officer's response", "reason to look again"}
    | {"basis of an own motion"},
    "desk.history": {*DECISION, *WITHDRAWAL, *HELD_OR_REFERRED, "officer's response", "panel's reasons"}
    | {"reason to look again", "basis of an own motion"},
    "desk.messages": MESSAGES,
    "desk.allegations": {"director's reasons"},
    "desk.copy": {"narrative", "review copy"},
    "desk.new_copy": {"narrative"},
    "desk.review": {"review copy", "panel's reasons"},
    "desk.handling": {"reason of a conflict"},
    "desk.proposal": {"reason to refer"},
    "desk.approvals": {"reason to refer"},
    "desk.step": {"panel's reasons"},
    "desk.former": {"former office's words"},
}
# The files that Ivan carries have no withdrawal and no hold, and none of them was brought in.
NOT_CARRIED = {*WITHDRAWAL, *HELD_OR_REFERRED, "former office's words"}
CARRIED = {page: texts - NOT_CARRIED for page, texts in DESK.items()}
PUBLICATION: Mapping[str, set[str]] = {
    "publication.desk": {"draft summary", "published summary"},
    "publication.summary": {"draft summary", "published summary"},
    "publication.preview": {"draft summary", "published summary"},
    "publication.step": {"draft summary", "published summary"},
    "publication.file": {*DECISION, "panel's reasons", "review copy"},
}
OWN_PAGE: Mapping[str, set[str]] = {"intake.status_file": {*MESSAGES, "letter with the result"}}

MAY_READ: Mapping[str, Mapping[str, set[str]]] = {
    "nobody": PUBLIC,
    "party": PUBLIC | OWN_PAGE,
    # Who joined a complaint reads its result, and nothing of what the other complainant wrote.
    "joined": PUBLIC | {"intake.status_file": {"letter with the result"}},
    "seated": PUBLIC | {"review.file": {"review copy", "panel's reasons"}},
    "Ines": PUBLIC | DESK,
    "Ivan": PUBLIC | CARRIED,
    "Iris": PUBLIC,
    "Paula": PUBLIC | PUBLICATION,
    "Bea": PUBLIC | DESK | PUBLICATION,
    "Lou": PUBLIC
    | {"desk.liaison": WHO_THE_OFFICER_IS, "desk.liaison_file": WHO_THE_OFFICER_IS}
    | {"desk.step": WHO_THE_OFFICER_IS},
    "Ada": PUBLIC,
    "Max": PUBLIC,
}
"""Person → page → what may stand there. No page shows who someone is: names are uncovered by an act of its
own, tried below; what people say of themselves, and the receipt codes, stand nowhere."""


@pytest.mark.parametrize("who", VISITORS)
def test_everyone_reads_what_is_theirs_to_read(
    busy: Busy, who: str, caplog: pytest.LogCaptureFixture
) -> None:
    client, may_read = visitor(busy, who), MAY_READ[who]
    wrong: dict[str, set[str]] = defaultdict(set)
    read_at_all: set[str] = set()
    with caplog.at_level("DEBUG"), listening() as heard:
        for path, answer in crawl(busy.app, busy.there, client):
            page, found = endpoint_at(busy.app, path), canaries_in(busy, path, answer)
            read_at_all |= found
            wrong[page or path] |= found - may_read.get(page, set())
    assert not {page: sorted(found) for page, found in wrong.items() if found}, f"{who} reads too much"
    assert not singing(caplog.text), "this is in the logs"
    assert not singing(heard.text)
    named = [*busy.there.numbers.values(), *busy.there.receipts.values(), *busy.there.joined.values()]
    assert not [each for each in named if each in heard.text], "the log says whose pages were read"
    assert len(heard.lines("request")) > len(read_at_all)
    expected = set().union(*may_read.values()) - SELDOM
    assert expected <= read_at_all, f"the crawl proves little: {who} did not even find their own"


SELDOM = {"reason of a conflict", "basis of an own motion"}
"""May be read by the desk, but need not be shown."""


@pytest.mark.parametrize(
    ("who", "reads"),
    [("Ines", True), ("Ivan", True), ("Bea", True)]
    + [(who, False) for who in ("nobody", "party", "joined", "seated", "Iris", "Paula", "Lou", "Ada", "Max")],
)
def test_names_are_uncovered_by_an_act_of_its_own(busy: Busy, who: str, reads: bool) -> None:
    busy.app.config["WTF_CSRF_ENABLED"] = False
    client = visitor(busy, who)
    people = f"/desk/files/{busy.there.numbers['investigation']}/people"
    party = busy.there.ids["party_id"]["investigation"]
    answers = [client.post(f"{people}/uncover"), client.post(f"{people}/{party}/open")]
    found = singing("".join(html.unescape(answer.text) for answer in answers))
    assert found == (IDENTITIES if reads else set())
    if reads:
        assert answers[0].headers["Cache-Control"] == "no-store"


def test_letters_name_nobody(busy: Busy) -> None:
    with busy.app.app_context():
        notices = list(session().scalars(select(StoredNotice)))
        assert {"received", "ended", "officer_to_be_told", "seated"} <= {each.kind for each in notices}
        for notice in notices:
            assert not singing(f"{notice.subject}\n{notice.body}"), notice.kind
            to_a_party = {"complainant's e-mail", "other complainant's e-mail"}
            assert singing(notice.to) <= to_a_party, notice.kind


def test_what_the_database_keeps_is_sealed(busy: Busy) -> None:
    path = Path(busy.settings.database_url.removeprefix("sqlite:///"))
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert singing(path.read_bytes().decode("latin-1")) == {"published summary"}


def test_a_fault_of_ours_tells_nothing(busy: Busy) -> None:
    busy.app.testing = False
    client = signed_in(busy.app, INES)
    told = f"/desk/files/{busy.there.numbers['investigation']}/told"
    with patch("oversight.desk.routes.file.answers_told", side_effect=ValueError(CANARIES["narrative"])):
        answer = client.get(told)
    assert answer.status_code == 500
    assert not singing(answer.text + str(answer.headers))


def test_a_form_that_is_refused_gives_back_what_was_typed_and_no_more(busy: Busy) -> None:
    """The liaison's form shows which officer it is about, and still not who complained."""
    client = visitor(busy, "Lou")
    step = f"/desk/files/{busy.there.numbers['officer_told']}/steps/record_the_officers_response"
    shown = client.get(step)
    answer = client.post(step, data=read(shown.text, step).form_to(step).given)
    assert answer.status_code in (409, 422)
    assert singing(html.unescape(shown.text + answer.text)) <= WHO_THE_OFFICER_IS


def canaries_in(busy: Busy, path: str, answer: TestResponse) -> set[str]:
    """The canaries in a page, its headers and its address; a receipt code counts as one."""
    everything = html.unescape(answer.text) + str(answer.headers) + path
    codes = {*busy.there.receipts.values(), *busy.there.joined.values()}
    return singing(everything) | {"a receipt code" for code in codes if code in everything}


def singing(text: str) -> set[str]:
    """The names of the canaries in a text, however it is written."""
    lowered = text.lower()
    return {name for name, canary in CANARIES.items() if canary.lower() in lowered}
