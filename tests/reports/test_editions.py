"""Editions: who may propose and issue them, when, what keeps them as they are, and builds cut off."""

import json
import uuid
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, text, update
from sqlalchemy.exc import DatabaseError, OperationalError

from oversight.figures.periods import Period
from oversight.jobs.rounds import make_round
from oversight.kit.db import db, session, writing
from oversight.ledger.models import Words
from oversight.reports import actions
from oversight.reports.actions import begin_building, discard_edition, issue_edition
from oversight.reports.building import build
from oversight.reports.canonical import sha256_of
from oversight.reports.models import Edition, EditionState
from oversight.reports.queries import (
    WORK_ENDS_AFTER,
    edition_with_id,
    editions_to_build,
    issued_beside,
    issued_edition,
    latest_edition,
    pdf_of,
)
from oversight.reports.refusals import CannotReport
from tests.cast import BEA, INES, PAULA, the
from tests.reports.history_of_2015 import AT, CHANGES, H1, a_half_year, built, issued, kept, proposed

Q1, Q2 = Period.parse("2015-Q1"), Period.parse("2015-Q2")


@pytest.fixture(autouse=True)
def quick_paper(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where what matters isn't the paper, a PDF is its document's hash."""
    if request.node.get_closest_marker("one_database") is None:
        monkeypatch.setattr(
            "oversight.reports.building.pdf_of",
            lambda content, lang, issued: f"{lang} {sha256_of(content)}".encode(),
        )


@pytest.fixture(autouse=True)
def a_history(context: Flask) -> None:
    a_half_year()


WAITING_FOR_NOBODY = {"postgresql": "SET lock_timeout = '1ms'", "sqlite": "PRAGMA busy_timeout = 0"}


def refused(words: str) -> "pytest.RaisesExc[CannotReport]":
    return pytest.raises(CannotReport, match=words)


# ---- two people ---------------------------------------------------------------------------------------


def test_an_edition_goes_from_a_proposal_to_the_public() -> None:
    edition_id = proposed()
    assert kept(edition_id).state == EditionState.BUILDING
    build(edition_id)
    ready = kept(edition_id)
    assert (ready.state, ready.progress, ready.number) == (EditionState.READY, 100, 1)
    assert issued_edition("alberta", "2015-H1") is None
    director = the(BEA)
    with writing():
        issue_edition(edition_id, by=director, at=AT)
    public = issued_edition("alberta", "2015-H1")
    assert public is not None
    assert public.content is not None
    assert sha256_of(public.content) == public.content_sha256
    assert latest_edition("alberta") is public
    assert {pdf.lang for pdf in public.pdfs} == {"en", "fr"}


def test_whoever_proposes_it_does_not_issue_it() -> None:
    edition, proposer = built(), the(PAULA)
    with refused("You proposed this"), writing():
        issue_edition(edition.id, by=proposer, at=AT)
    assert kept(edition.id).state == EditionState.READY


def test_only_publishers_and_directors_propose_issue_and_discard() -> None:
    with refused("Only a publisher or a director"):
        proposed(by=INES)
    edition, caseworker = built(), the(INES)
    for act in (issue_edition, discard_edition):
        with refused("Only a publisher or a director"), writing():
            act(edition.id, by=caseworker, at=AT)


def test_each_step_is_in_the_ledger_by_codes() -> None:
    edition = issued()
    found = (
        session().scalars(select(Words).where(Words.subject == edition.subject).order_by(Words.number)).all()
    )
    assert [entry.kind for entry in found] == ["edition.proposed", "edition.built", "edition.issued"]
    told = json.loads(found[-1].details)
    assert told["content_sha256"] == edition.content_sha256
    assert {told["pdf_sha256_en"], told["pdf_sha256_fr"]} == {pdf.sha256 for pdf in edition.pdfs}
    assert found[-1].actor == str(the(BEA).actor)


# ---- when ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("period", "words"),
    [
        ("2027", "2027 has not begun"),
        ("2026-H2", "2026-H2 ends on December 31, 2026"),
        ("2014", "No complaint was received in 2014"),
        ("all", "A report is about a year"),
    ],
)
def test_a_period_is_over_and_has_files(period: str, words: str) -> None:
    with refused(words):
        proposed(Period.parse(period))


def test_what_is_in_work_is_not_proposed_again() -> None:
    proposed()
    with refused("An edition of 2015-H1 is in work already"):
        proposed()


def test_a_period_is_issued_again_only_as_a_correction_that_says_what_changed() -> None:
    issued()
    with refused("2015-H1 was issued on November 20, 2026; a correction says what changed"):
        proposed()
    with refused("a correction says what changed"):
        proposed(changes={"en": "Only in one language.", "fr": " "})
    second = issued(changes=CHANGES, at=AT + timedelta(days=1))
    assert (second.number, second.is_correction) == (2, True)
    assert second.content is not None
    assert second.content["changes"] == [CHANGES]
    first = issued_edition("alberta", "2015-H1", 1)
    assert first is not None
    assert issued_edition("alberta", "2015-H1") is second


def test_an_edition_is_not_issued_twice() -> None:
    edition, director = issued(), the(BEA)
    with refused("was issued on November 20, 2026 already"), writing():
        issue_edition(edition.id, by=director, at=AT)


def test_an_edition_is_issued_only_if_it_was_tried_together_with_all_that_are_public() -> None:
    quarter = built(Q1)
    issued(H1)
    director = the(BEA)
    with refused("not tried together"), writing():
        issue_edition(quarter.id, by=director, at=AT)
    with writing():
        discard_edition(quarter.id, by=director, at=AT)
    assert edition_with_id(quarter.id) is None
    assert issued(Q1).attacked_with == [str(issued_edition("alberta", "2015-H1").id)]  # type: ignore[union-attr]


# ---- two at the same moment ---------------------------------------------------------------------------


def test_while_one_is_issued_no_other_can_be(context: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    quarter, half, director = built(Q1), built(H1), the(BEA)
    could: list[bool] = []

    def beside(*of: Any) -> list[Edition]:
        could.append(another_could_change(half.id))
        return issued_beside(*of)

    monkeypatch.setattr("oversight.reports.actions.issued_beside", beside)
    with writing():
        issue_edition(quarter.id, by=director, at=AT)
    assert could == [False]
    with refused("not tried together"), writing():
        issue_edition(half.id, by=director, at=AT)


def another_could_change(edition_id: uuid.UUID) -> bool:
    """Whether someone else, on a connection of their own, could write to the edition at this moment."""
    with db.engine.connect() as other:
        other.detach()  # it is of no use to anyone else now
        other.exec_driver_sql(WAITING_FOR_NOBODY[other.dialect.name])
        try:
            other.execute(update(Edition).where(Edition.id == edition_id).values(version=Edition.version + 1))
        except OperationalError:
            return False
        return True


@pytest.mark.parametrize("changes", [None, CHANGES])
def test_what_is_issued_while_it_is_proposed_again_is_followed_by_a_correction(
    context: Flask, monkeypatch: pytest.MonkeyPatch, changes: dict[str, str] | None
) -> None:
    first, director = built().id, the(BEA)

    def meanwhile(edition: Edition) -> None:
        issue_edition(first, by=director, at=AT)
        add_once(edition)

    add_once = actions._add_once
    monkeypatch.setattr(actions, "_add_once", meanwhile)
    if changes is None:
        with refused("a correction says what changed"):
            proposed()
    else:
        assert kept(proposed(changes=changes)).number == 2


# ---- building -----------------------------------------------------------------------------------------


def test_a_build_that_was_cut_off_is_taken_up_again(monkeypatch: pytest.MonkeyPatch) -> None:
    edition_id = proposed()
    with monkeypatch.context() as patched:
        patched.setattr("oversight.reports.building.pdf_of", killed)
        with pytest.raises(SystemExit):
            build(edition_id)
    session().rollback()
    half_built = kept(edition_id)
    assert (half_built.state, half_built.progress) == (EditionState.BUILDING, 40)
    assert half_built.worked_at is not None
    assert list(editions_to_build(at=half_built.worked_at + WORK_ENDS_AFTER)) == []
    make_round(at=half_built.worked_at + WORK_ENDS_AFTER + timedelta(seconds=1))
    assert kept(edition_id).state == EditionState.READY


def test_of_two_that_want_to_build_an_edition_one_does() -> None:
    edition_id = proposed()
    with writing():
        assert begin_building(edition_id, at=AT)
    with writing():
        assert begin_building(edition_id, at=AT) is None
    with writing():
        assert begin_building(edition_id, at=AT + WORK_ENDS_AFTER, seen=AT)
    with writing():
        assert begin_building(edition_id, at=AT + WORK_ENDS_AFTER, seen=AT) is None


def killed(*_: object, **__: object) -> bytes:
    raise SystemExit


def test_a_round_builds_what_was_proposed() -> None:
    edition_id = proposed()
    assert make_round(at=AT).editions_built == 1
    assert kept(edition_id).state == EditionState.READY
    assert make_round(at=AT).editions_built == 0


def test_a_build_of_what_was_discarded_meanwhile_ends_quietly(monkeypatch: pytest.MonkeyPatch) -> None:
    edition_id, director = proposed(), the(BEA)

    def discarded(*_: object, **__: object) -> bytes:
        with writing():
            discard_edition(edition_id, by=director, at=AT)
        return b""

    monkeypatch.setattr("oversight.reports.building.pdf_of", discarded)
    build(edition_id)
    assert edition_with_id(edition_id) is None


def test_an_edition_whose_numbers_do_not_add_up_is_refused_by_table_and_cell(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("oversight.figures.tables.files.number_of_files", lambda counted: 7)
    monkeypatch.setattr("oversight.figures.tables.files.without_allegations", lambda counted: 9)
    edition = built()
    assert edition.state == EditionState.REFUSED
    assert edition.problem is not None
    assert "findings-by-race-not-known: complaints received are" in edition.problem["en"]
    assert edition.problem["fr"] != edition.problem["en"]
    assert edition.content is None


# ---- frozen -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE edition SET content_sha256 = 'x'",
        "UPDATE edition SET content = '{}'",
        "UPDATE edition SET state = 'ready'",
        "DELETE FROM edition",
        "UPDATE edition_pdf SET sha256 = 'x'",
        "DELETE FROM edition_pdf",
    ],
)
def test_the_database_keeps_an_issued_edition_as_it_is(tampering: str) -> None:
    issued()
    with pytest.raises(DatabaseError, match="stays"):
        session().execute(text(tampering))
    session().rollback()


def test_what_was_changed_behind_its_back_is_not_issued() -> None:
    edition, director = built(), the(BEA)
    session().execute(text("UPDATE edition SET content = '{\"title\": 1}'"))
    session().commit()
    with refused("was changed after it was built"), writing():
        issue_edition(edition.id, by=director, at=AT)


@pytest.mark.one_database
def test_an_edition_built_anew_from_what_it_says_is_the_same_to_the_byte() -> None:
    from oversight.reports.building import rebuilt

    edition = issued()
    again = rebuilt(edition)
    for lang in ("en", "fr"):
        pdf = pdf_of(edition, lang)
        assert pdf is not None
        assert pdf.body.startswith(b"%PDF")
        assert pdf.body == again[lang]
