"""Every list is read along an index of its own: to drop one is to read, or to sort, all there is."""

import uuid
from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from flask import Flask
from sqlalchemy import text

from oversight.accounts.models import User
from oversight.casework.queries.files import (
    clocks_due,
    file_for_desk,
    files_called,
    history_of,
    liaison_files,
    overdue_clocks,
    proposals_waiting_for,
)
from oversight.casework.queries.outcomes import (
    files_to_summarise,
    outcome_proposals,
    outcomes_in_work,
    outcomes_out,
    published_outcomes,
)
from oversight.casework.queries.queue import QueueFilter, queue
from oversight.casework.queries.reviews import seats_done_by, seats_that_wait_for
from oversight.kit.db import db, session
from oversight.outbox.queries import kinds_given_up, waiting_since
from tests.cast import BEA, INES, IVAN, LOU, PAULA, RITA, Person, the
from tests.databases import KINDS
from tests.desk.test_query_counts import heard
from tests.factories import AT, complaint_in

ON = date(2026, 6, 1)
SQLITE, POSTGRESQL = ((kind,) for kind in KINDS)


def narrowed(**wanted: Any) -> Callable[[User], object]:
    return partial(queue, wanted=QueueFilter(**wanted), on=ON)


# Who asks for what, the index it is read along, and where: in an empty database each kind chooses for itself
# between two that would do, and PostgreSQL joins what two indices find.
LISTS: tuple[tuple[Person, Callable[[User], object], str, tuple[str, ...]], ...] = (
    # The queue, by what it is narrowed to
    (INES, narrowed(), "ix_complaint_open", KINDS),
    (INES, narrowed(ended=True), "ix_complaint_ended", KINDS),
    (INES, narrowed(state="assessment"), "ix_complaint_state_next_due_on_id", KINDS),
    (INES, narrowed(news=True), "ix_complaint_has_news_next_due_on_id", KINDS),
    (INES, narrowed(incident=uuid.uuid4()), "ix_complaint_incident_id_next_due_on_id", KINDS),
    (IVAN, narrowed(), "ix_complaint_investigator_id_next_due_on_id", KINDS),
    (INES, narrowed(mine=True), "ix_complaint_caseworker_id_next_due_on_id", SQLITE),
    (INES, lambda person: files_called(person, "1042"), "ix_complaint_former_key_id", KINDS),
    # What waits for a second person, for a reviewer, for the liaison
    (BEA, proposals_waiting_for, "ix_proposal_status_id", KINDS),
    (BEA, outcome_proposals, "ix_proposal_status_id", KINDS),
    (RITA, seats_that_wait_for, "ix_seat_person_id_status_id", KINDS),
    (RITA, seats_done_by, "ix_seat_person_id_status_id", KINDS),
    (LOU, liaison_files, "ix_complaint_received_on_id_source_rulebook", KINDS),
    # Outcomes, before they are out and after
    (PAULA, files_to_summarise, "ix_complaint_to_summarise", KINDS),
    (PAULA, outcomes_in_work, "ix_outcome_in_work", POSTGRESQL),
    (PAULA, outcomes_out, "ix_outcome_state_id", SQLITE),
    (PAULA, lambda _: published_outcomes(), "ix_outcome_published_at_reference", POSTGRESQL),
    # What the rounds ask
    (BEA, lambda _: clocks_due(on=ON), "ix_clock_stopped_on_passed_at_due_on", SQLITE),
    (BEA, lambda _: overdue_clocks(on=ON), "ix_clock_stopped_on_passed_at_due_on", KINDS),
    (BEA, lambda _: waiting_since(), "ix_outbox_notice_waiting", KINDS),
    (BEA, lambda _: kinds_given_up(since=AT), "ix_outbox_notice_next_try_at", KINDS),
)

PARTS = (
    "ix_allegation_complaint_id",
    "ix_clock_complaint_id_deadline_started_on_id",
    "ix_file_event_complaint_id_id",
    "ix_hold_complaint_id",
    "ix_message_complaint_id_id",
    "ix_party_complaint_id",
    "ix_proposal_complaint_id_status",
    "ix_reconsideration_complaint_id",
    "ix_review_copy_complaint_id",
    "ix_seat_complaint_id",
)
"""What a whole file is read along, with its history."""


def plans(ask: Callable[[], object], *avoiding: str) -> str:
    """How the database goes about what is asked of it, if it does not take a tiny table as a whole."""
    asked: list[tuple[str, Any]] = []
    with heard("before_cursor_execute", lambda *told: asked.append((told[2], told[3]))):
        ask()
    with db.engine.connect() as connection:
        explain = "EXPLAIN QUERY PLAN"
        if connection.dialect.name == "postgresql":
            explain = "EXPLAIN"
            for way in ("seqscan", *avoiding):
                connection.execute(text(f"SET LOCAL enable_{way} = off"))
        explained = [connection.exec_driver_sql(f"{explain} {query}", how).all() for query, how in asked]
    return "\n".join(str(row[-1]) for rows in explained for row in rows)


def test_every_list_is_read_along_its_index(context: Flask) -> None:
    kind = db.engine.dialect.name
    people = {person: the(person) for person, *_ in LISTS}
    assert all(person.role_set for person in people.values())
    for person, ask, index, kinds in LISTS:
        if kind in kinds:
            plan = plans(partial(ask, people[person]), "sort", "bitmapscan")
            assert index in plan, f"not read along {index}:\n{plan}"


def test_a_whole_file_is_read_along_indices(context: Flask) -> None:
    number = complaint_in("civilian_review").number
    ines = the(INES)
    assert ines.role_set
    session().expunge_all()

    def reads() -> None:
        complaint = file_for_desk(ines, number)
        assert complaint
        history_of(complaint)

    plan = plans(reads)
    assert not [index for index in PARTS if index not in plan], plan
