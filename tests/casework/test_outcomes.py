"""An outcome: written by one, approved by another, public when its time has come, and never naming anyone."""

import json
from importlib import import_module

import pytest
from alembic.migration import MigrationContext
from alembic.operations import Operations
from flask import Flask
from sqlalchemy import select
from sqlalchemy import text as sql

from oversight.casework import acting
from oversight.casework.actions.outcomes import take_outcome_step
from oversight.casework.actions.panel import shut_out
from oversight.casework.models import Complaint, FileEvent, Outcome
from oversight.casework.queries.outcomes import (
    files_to_summarise,
    outcome_for,
    published_outcome,
    published_outcomes,
)
from oversight.casework.refusals import BadAnswers, NotAllowed, Refused, Stale
from oversight.kit.db import db, session, writing
from tests.cast import BEA, DORA, INES, PAULA, RITA, the
from tests.factories import AT, DAY, complaint_in, held, take
from tests.summaries import OVER, agreed, approved, drafted, found, opened, outcome_step, published, text

NAMES = ("Amara", "Quist", "Haldane", "Wren", "48213", "amara@elsewhere.example")


def test_a_file_that_has_not_ended_has_no_summary(context: Flask) -> None:
    with pytest.raises(Refused, match="once the file has ended"):
        opened(complaint_in("investigation"))


def test_a_file_has_one_summary(context: Flask) -> None:
    complaint = opened(complaint_in("dismissed")).complaint
    with pytest.raises(Refused, match="already has a summary"):
        opened(complaint)


def test_a_file_waits_for_its_summary_until_it_is_begun_which_leaves_the_file_as_it_is(
    context: Flask,
) -> None:
    complaint = complaint_in("resolved")
    before = complaint.version
    assert [file.id for file in files_to_summarise(the(PAULA)).rows] == [complaint.id]
    assert opened(complaint).complaint.version == before
    assert not files_to_summarise(the(PAULA)).rows


def test_a_summary_begun_before_that_was_marked_is_known_by_the_files_history(context: Flask) -> None:
    complaint, other = complaint_in("resolved"), complaint_in("resolved")
    opened(complaint, at=AT + DAY)
    session().rollback()
    with db.engine.begin() as connection, Operations.context(MigrationContext.configure(connection)):
        connection.execute(sql("DROP INDEX ix_complaint_to_summarise"))
        connection.execute(sql("ALTER TABLE complaint DROP COLUMN summary_begun_at"))
        import_module("migrations.0006_read_past_less")._mark_what_is_summarised()
    marked = {file.id: file.summary_begun_at for file in session().scalars(select(Complaint))}
    assert marked == {complaint.id: AT + DAY, other.id: None}


def test_the_reference_tells_nothing_of_the_files_number(context: Flask) -> None:
    outcome = opened(complaint_in("dismissed"))
    assert not any(sign.isdigit() for sign in outcome.reference)


def test_only_those_who_publish_may_write(context: Flask) -> None:
    outcome = opened(complaint_in("dismissed"))
    for person in (INES, RITA):
        with pytest.raises(NotAllowed):
            outcome_step(outcome, "draft", by=person, summary=text())


def test_the_author_can_not_approve_and_someone_else_can(context: Flask) -> None:
    outcome = drafted(complaint_in("dismissed"))
    with pytest.raises(Refused, match="other than the author"):
        outcome_step(outcome, "approve", by=PAULA)
    assert outcome_step(found(outcome.reference), "approve", by=BEA).state == "approved"


def test_nobody_approves_words_of_their_own_even_when_another_has_edited_them_since(context: Flask) -> None:
    outcome = drafted(complaint_in("dismissed"))
    edited = outcome_step(outcome, "draft", by=BEA, summary=text())
    for writer in (PAULA, BEA):
        with pytest.raises(Refused, match="other than the author"):
            outcome_step(found(edited.reference), "approve", by=writer)


@pytest.mark.parametrize("part", ["title", "what_happened", "what_was_found", "what_was_done"])
def test_a_name_in_any_part_stops_approval(context: Flask, part: str) -> None:
    outcome = drafted(complaint_in("dismissed"), **{part: "Constable Haldane stood there."})
    with pytest.raises(Refused, match="names someone"):
        outcome_step(outcome, "approve", by=BEA)


def test_a_part_that_is_missing_in_one_language_stops_approval(context: Flask) -> None:
    outcome = drafted(complaint_in("dismissed"))
    outcome = outcome_step(outcome, "draft", by=PAULA, summary={"title.fr": "  "})
    with pytest.raises(Refused, match="both languages"):
        outcome_step(outcome, "approve", by=BEA)


def test_publishing_waits_for_the_time_to_ask_for_another_look(context: Flask) -> None:
    outcome = approved(complaint_in("resolved"))
    with pytest.raises(Refused, match="not over yet"):
        outcome_step(outcome, "publish", by=PAULA, at=AT + 5 * DAY)
    assert outcome_step(found(outcome.reference), "publish", by=PAULA, at=OVER).state == "published"


def test_publishing_waits_for_a_hold(context: Flask) -> None:
    complaint = complaint_in("resolved")
    outcome = approved(complaint)
    held(complaint)
    with pytest.raises(Refused, match="on hold"):
        outcome_step(found(outcome.reference), "publish", by=PAULA, at=OVER)


def test_what_was_approved_before_the_file_was_reopened_is_not_published(context: Flask) -> None:
    outcome = approved(complaint_in("resolved"))
    asked = ask_again(outcome.complaint)
    take(
        asked, "reopen", by=INES, second=DORA, at=AT + 2 * DAY, reason="New.", to_complainant="We look again."
    )
    with pytest.raises(Refused):
        outcome_step(found(outcome.reference), "publish", by=PAULA, at=OVER)


def test_what_is_published_names_nobody(context: Flask) -> None:
    outcome = published()
    written = json.dumps(outcome.published)
    assert not [name for name in (*NAMES, outcome.complaint.number) if name in written]
    assert outcome.published
    assert outcome.published["month"] == "2026-10"
    assert "2026-10-20" not in written


def test_an_area_that_is_not_on_the_rulebooks_list_is_left_out(context: Flask) -> None:
    complaint = complaint_in("resolved")
    outcome = approved(complaint)
    outcome.complaint.area = "The corner by Amara's house"
    session().commit()
    outcome = outcome_step(found(outcome.reference), "publish", by=PAULA, at=OVER)
    assert outcome.published
    assert outcome.published["area"] is None


def test_every_allegation_is_published_with_its_result(context: Flask) -> None:
    outcome = published(complaint_in("referred"))
    assert outcome.published
    (allegation,) = outcome.published["allegations"]
    assert (allegation["status"], allegation["referred_to"]) == ("referred", "police_service")


def test_what_is_published_stays_as_it_was_when_the_file_changes(context: Flask) -> None:
    outcome = published()
    asked = ask_again(outcome.complaint)
    take(
        asked, "reopen", by=INES, second=DORA, at=AT + 2 * DAY, reason="New.", to_complainant="We look again."
    )
    stands = found(outcome.reference).published
    assert stands
    assert stands["allegations"][0]["finding"] == "sustained"


def test_sending_back_takes_the_approval_away_and_keeps_the_reason(context: Flask) -> None:
    outcome = outcome_step(approved(complaint_in("dismissed")), "send_back", by=BEA, reason="Too long.")
    assert (outcome.state, outcome.approved_by_id) == ("draft", None)
    events = session().query(FileEvent).filter_by(kind="outcome", what="send_back").all()
    assert [event.details for event in events] == [{"reason": "Too long."}]


def test_a_correction_needs_a_second_person_and_says_what_it_corrects(context: Flask) -> None:
    note = {"en": "The month was wrong.", "fr": "Le mois était faux."}
    outcome = outcome_step(
        published(), "correct", by=PAULA, at=OVER, summary=text(title="New"), correction=note
    )
    assert outcome.state == "published"
    with pytest.raises(NotAllowed):
        agreed(outcome, by=PAULA, at=OVER)
    outcome = agreed(found(outcome.reference), by=BEA, at=OVER)
    assert outcome.state == "corrected"
    assert outcome.published
    assert outcome.published["text"]["title.en"] == "New [en]"
    assert outcome.published["corrections"] == [{"on": "2027-01-01", **note}]
    assert [version.published["text"]["title.en"] for version in outcome.versions] == [
        "A stop on the street [en]",
        "New [en]",
    ]


def test_a_second_correction_stands_beside_the_first(context: Flask) -> None:
    outcome = published()
    for words in ("First.", "Second."):
        note = {"en": words, "fr": words}
        outcome = outcome_step(outcome, "correct", by=PAULA, at=OVER, summary=text(), correction=note)
        outcome = agreed(outcome, by=BEA, at=OVER)
    assert outcome.published
    assert [note["en"] for note in outcome.published["corrections"]] == ["First.", "Second."]


def test_a_correction_while_the_file_is_open_again_leaves_the_facts_as_published(context: Flask) -> None:
    outcome = published()
    ask_again(outcome.complaint)
    note = {"en": "A word.", "fr": "Un mot."}
    outcome = outcome_step(
        found(outcome.reference), "correct", by=PAULA, at=OVER, summary=text(title="New"), correction=note
    )
    outcome = agreed(outcome, by=BEA, at=OVER)
    assert outcome.published
    assert outcome.published["ending"] == "resolved"
    assert outcome.published["text"]["title.en"] == "New [en]"


def test_a_correction_that_names_someone_or_says_nothing_is_refused(context: Flask) -> None:
    outcome = published()
    note = {"en": "A word.", "fr": "Un mot."}
    with pytest.raises(Refused, match="names someone"):
        outcome_step(
            outcome, "correct", by=PAULA, at=OVER, summary=text(title="Amara Quist"), correction=note
        )
    with pytest.raises(BadAnswers):
        outcome_step(
            found(outcome.reference),
            "correct",
            by=PAULA,
            at=OVER,
            summary=text(),
            correction={"en": "A word."},
        )


def test_an_outcome_that_is_taken_back_can_not_be_read_any_more(context: Flask) -> None:
    outcome = outcome_step(published(), "withdraw", by=PAULA, at=OVER, reason="A court asks for it.")
    assert outcome.state == "published"
    outcome = agreed(outcome, by=BEA, at=OVER)
    public = published_outcome(outcome.reference)
    assert public
    assert (public.state, public.published) == ("withdrawn", None)
    assert published_outcomes().rows == []
    assert outcome.versions[-1].published["text"], "what was public is kept for those who may ask"


def test_a_step_from_a_page_that_is_stale_changes_nothing(context: Flask) -> None:
    outcome = drafted(complaint_in("dismissed"))
    seen, bea, outcome_id = outcome.version - 1, acting.person(the(BEA)), outcome.id
    with pytest.raises(Stale), writing():
        take_outcome_step(
            session().get_one(Outcome, outcome_id), "approve", {}, by=bea, at=AT, seen_version=seen
        )
    assert found(outcome.reference).state == "draft"


def test_drafts_are_not_public_and_conflicts_hide_them_from_publishers(context: Flask) -> None:
    outcome = drafted(complaint_in("dismissed"))
    assert published_outcome(outcome.reference) is None
    paula, bea, complaint_id = the(PAULA), acting.person(the(BEA)), outcome.complaint_id
    with writing():
        shut_out(session().get_one(Complaint, complaint_id), paula.id, "", by=bea, at=AT)
    assert outcome_for(the(PAULA), outcome.reference) is None
    assert outcome_for(the(BEA), outcome.reference) is not None


def ask_again(complaint: Complaint) -> Complaint:
    """The same file in reconsideration."""
    person = next(party for party in complaint.parties if party.kind == "complainant")
    return take(
        complaint, "ask_for_reconsideration", by=INES, at=AT + DAY, party=str(person.id), reason="Look again."
    )
