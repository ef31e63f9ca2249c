"""Every rulebook is whole: what it names exists, what the law says has its basis, the day picks the book."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oversight.rules import jurisdictions
from oversight.rules.calendars import snapshot
from oversight.rules.deadlines import MoreTime
from oversight.rules.findings import Level, Subject, Term
from oversight.rules.jurisdictions import (
    NoRulebook,
    all_rulebooks,
    places,
    rulebook,
    rulebook_in_force,
    rulebooks_of,
)
from oversight.rules.questions import STANDARD_QUESTIONS, Kind
from oversight.rules.rulebook import Rulebook, term
from oversight.rules.steps import Workflow
from oversight.rules.workflow import STANDARD_FILE

FOLDER = Path(jurisdictions.__file__).parent
BOOKS = sorted(all_rulebooks().values(), key=lambda book: book.slug)
CLOCKS = ("acknowledgement", "assessment", "progress_notice", "investigation", "review", "reconsideration")

each_book = pytest.mark.parametrize("book", BOOKS, ids=lambda book: book.slug)


# --- which one ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "received_on, slug",
    [
        (date(2011, 1, 1), "alberta_2011"),
        (date(2025, 11, 30), "alberta_2011"),
        (date(2025, 12, 1), "alberta_2025"),
        (date(2040, 2, 29), "alberta_2025"),
    ],
)
def test_the_day_a_file_is_received_picks_its_rulebook(received_on: date, slug: str) -> None:
    assert rulebook_in_force("alberta", received_on).slug == slug


@given(st.sampled_from(places()), st.integers(0, 40_000))
def test_from_the_first_day_on_one_rulebook_is_in_force_and_no_more(place: str, later: int) -> None:
    books = rulebooks_of(place)
    received_on = books[-1].in_force_from + timedelta(days=later)
    assert [book.is_in_force(received_on) for book in books].count(True) == 1


def test_there_is_no_rulebook_for_a_day_before_the_first_or_an_unknown_place() -> None:
    for mistaken in (
        lambda: rulebook_in_force("alberta", date(2010, 12, 31)),
        lambda: rulebooks_of("atlantis"),
        lambda: rulebook("alberta_1905"),
    ):
        with pytest.raises(NoRulebook):
            mistaken()


def test_a_places_rulebooks_follow_each_other_without_a_gap() -> None:
    for place in places():
        newest, *older = rulebooks_of(place)
        assert newest.in_force_until is None
        for book in older:
            assert book.in_force_until is not None
            assert book.in_force_until + timedelta(days=1) == newest.in_force_from
            newest = book


@each_book
def test_a_rulebook_is_found_by_its_files_name(book: Rulebook) -> None:
    assert (FOLDER / f"{book.slug}.py").exists()
    assert rulebook(book.slug) is book


# --- what it names exists -----------------------------------------------------------------------------


@each_book
def test_every_state_with_a_usual_duration_is_one_of_waiting(book: Rulebook) -> None:
    waiting = {state.slug for state in book.file.states if not state.is_ending}
    assert set(book.usual) <= waiting
    assert all(0 <= usual.least <= usual.most and usual.most >= 1 for usual in book.usual.values())


@each_book
def test_every_step_tells_messages_that_there_are(book: Rulebook) -> None:
    for workflow in (book.file, book.outcome):
        for step in workflow.steps:
            assert set(step.tells) | set(step.tells_staying) <= set(book.messages), step.name


@each_book
def test_every_clock_that_a_step_turns_has_its_deadline(book: Rulebook) -> None:
    deadlines = [deadline.slug for deadline in book.deadlines]
    assert len(deadlines) == len(set(deadlines))
    assert set(CLOCKS) <= set(deadlines)
    assert set(book.starts_at_filing) <= set(CLOCKS)
    for step in book.file.steps:
        assert {*step.starts, *step.stops, *step.pauses, *step.resumes} <= set(CLOCKS), step.name


@each_book
def test_every_clock_that_starts_is_stopped_by_every_ending(book: Rulebook) -> None:
    started = {clock for step in book.file.steps for clock in step.starts} | set(book.starts_at_filing)
    endings = {state.slug for state in book.file.endings}
    for step in book.file.steps:
        if step.to in endings:
            assert started - {"reconsideration"} <= set(step.stops), step.name
            assert step.starts == ("reconsideration",), step.name


@each_book
def test_what_a_step_does_is_named_like_a_deed(book: Rulebook) -> None:
    for workflow in (book.file, book.outcome):
        for step in workflow.steps:
            assert all(name.isidentifier() and name.islower() for name in step.does), step.name
            assert step.label, step.name


@each_book
def test_panels_are_for_levels_that_this_office_looks_at_itself(book: Rulebook) -> None:
    own = {level.code for level in book.levels if not level.referred}
    assert set(book.panels) == own
    assert all(panel.seats % 2 == 1 for panel in book.panels.values()), "an even panel can come out even"
    assert book.panel_for(None).binding is False


@each_book
def test_every_place_has_its_zone_its_holidays_and_its_areas(book: Rulebook) -> None:
    assert ZoneInfo(book.time_zone).key == book.time_zone
    assert snapshot(book.holiday_calendar, [2026])
    assert len(book.areas) == len(set(book.areas)) >= 2


@each_book
def test_codes_are_told_apart_and_explained(book: Rulebook) -> None:
    for terms in vocabularies(book):
        codes = [each.code for each in terms]
        assert codes, "a vocabulary with nothing in it draws an empty list"
        assert len(codes) == len(set(codes))
        assert all(each.label for each in terms)
        assert term(terms, codes[0]) is terms[0]
        assert term(terms, "no such code") is term(terms, None) is None


def vocabularies(book: Rulebook) -> list[tuple[Term, ...]]:
    return [
        book.levels,
        book.codes,
        book.grounds,
        book.findings,
        book.corrective_actions,
        book.referral_bodies,
        book.contexts,
        book.hold_reasons,
        book.delay_reasons,
        book.closing_grounds,
        book.self_identification.categories,
    ]


# --- what the law says has its basis ------------------------------------------------------------------


@each_book
def test_every_legal_fact_says_where_it_comes_from(book: Rulebook) -> None:
    for deadline in book.deadlines:
        assert deadline.basis, deadline.slug
        assert deadline.source, deadline.slug
    for slug, more in book.more_time.items():
        assert book.deadline(slug), slug
        assert more.most > 0, slug
        assert more.basis, slug
        assert more.source, slug
    for terms in (book.levels, book.codes, book.grounds, book.findings, book.corrective_actions):
        for each in terms:
            assert each.basis, each.code
    assert all(panel.basis for panel in book.panels.values())
    assert book.self_identification.authority
    assert book.self_identification.contact


# Read in a source, and so verified; whatever is not in here is for the office to confirm. By hand.
VERIFIED = {
    "alberta_2011": {
        "deadline": "limitation progress_notice reconsideration",
        "ground": "frivolous vexatious bad_faith no_jurisdiction out_of_time",
        "level": "",
        "code": "",
        "finding": "",
    },
    "alberta_2025": {
        "deadline": "progress_notice investigation reconsideration",
        "ground": "frivolous vexatious bad_faith no_jurisdiction",
        "level": "1 2 3 4 5",
        "code": "",
        "finding": "",
    },
    "new_york_ccrb": {
        "deadline": "investigation",
        "ground": "",
        "level": "",
        "code": "force abuse_of_authority discourtesy offensive_language",
        "finding": "substantiated within_guidelines unfounded unable_to_determine",
    },
}


@each_book
def test_only_what_was_read_in_a_source_is_called_verified(book: Rulebook) -> None:
    verified = {
        "deadline": {each.slug for each in book.deadlines if each.verified},
        "ground": {each.code for each in book.grounds if each.verified},
        "level": {each.code for each in book.levels if each.verified},
        "code": {each.code for each in book.codes if each.verified},
        "finding": {each.code for each in book.findings if each.verified},
    }
    approved = VERIFIED.get(book.slug, {})
    assert verified == {what: set(approved.get(what, "").split()) for what in verified}
    assert not any(each.verified for each in book.corrective_actions)
    assert not any(panel.verified for panel in book.panels.values())
    assert not book.self_identification.verified


@each_book
def test_an_office_is_told_all_that_it_has_to_confirm(book: Rulebook) -> None:
    unverified = book.unverified()
    assert ("self-identification", book.self_identification.standard) in unverified
    assert "small numbers" in {what for what, _ in unverified}
    assert all(("panel", level) in unverified for level in book.panels)
    assert all(("deadline", each.label) in unverified for each in book.deadlines if not each.verified)
    assert not any(("deadline", each.label) in unverified for each in book.deadlines if each.verified)


@each_book
def test_how_much_more_time_there_may_be_is_nowhere_read_in_a_law(book: Rulebook) -> None:
    """So nobody lengthens what a law sets, and each office confirms what it lets itself have."""
    by_law = {each.slug for each in book.deadlines if each.verified}
    assert not by_law & set(book.more_time)
    assert not any(more.verified or more.after_it_passed for more in book.more_time.values())
    told = {label for what, label in book.unverified() if what == "more time"}
    assert told == {each.label for each in book.deadlines if each.slug in book.more_time}


def days(slug: str) -> dict[str, int]:
    return {deadline.slug: deadline.amount for deadline in rulebook(slug).deadlines}


def test_the_clocks_are_the_laws() -> None:
    now, before, new_york = days("alberta_2025"), days("alberta_2011"), days("new_york_ccrb")
    assert (now["acknowledgement"], now["progress_notice"], now["investigation"]) == (2, 45, 180)
    assert (before["acknowledgement"], before["progress_notice"], before["limitation"]) == (30, 45, 1)
    assert now["reconsideration"] == before["reconsideration"] == 30
    assert new_york["investigation"] == 18


def test_a_deadline_may_have_only_so_much_more_time() -> None:
    def most(slug: str) -> dict[str, int]:
        return {deadline: more.most for deadline, more in rulebook(slug).more_time.items()}

    assert most("alberta_2025") == most("new_york_ccrb") == {"assessment": 30, "review": 30}
    assert most("alberta_2011") == {"assessment": 30, "review": 30, "investigation": 180}


@pytest.mark.parametrize("unknown", ["asessment", "limitation", "reconsideration"])
def test_more_time_for_what_can_have_none_is_refused_by_name(unknown: str) -> None:
    given = {unknown: MoreTime(30, "The office's own rule", "its manual", verified=False)}
    with pytest.raises(ValueError, match=f"more_time names '{unknown}'.* these can: .*assessment.*review"):
        replace(rulebook("alberta_2025"), more_time=given)


def test_levels_four_and_five_belong_to_others_since_december_2025() -> None:
    assert [level.code for level in rulebook("alberta_2025").levels if level.referred] == ["4", "5"]


# --- words for the public -----------------------------------------------------------------------------


@each_book
def test_what_the_public_reads_is_explained(book: Rulebook) -> None:
    explained: tuple[Term, ...] = (
        *book.findings,
        *book.grounds,
        *book.levels,
        *book.codes,
        *book.closing_grounds,
    )
    for each in explained:
        assert each.words.endswith("."), each.code


@each_book
def test_a_finding_that_is_not_against_anyone_says_what_it_does_not_mean(book: Rulebook) -> None:
    for finding in book.findings:
        assert finding.sustained or "It does not mean" in finding.words, finding.code
        assert finding.on_merits or not finding.sustained


@each_book
def test_some_findings_are_on_the_merits_and_some_sustained(book: Rulebook) -> None:
    assert any(finding.sustained for finding in book.findings)
    assert any(not finding.on_merits for finding in book.findings)
    assert any(level for level in book.levels if isinstance(level, Level) and not level.referred)


# --- questions ----------------------------------------------------------------------------------------


@each_book
def test_every_field_of_the_form_is_asked_once_and_follows_what_it_depends_on(book: Rulebook) -> None:
    seen: set[str] = set()
    for question in book.questions:
        if question.only_if:
            assert question.only_if[0] in seen, question.slug
        for field in question.fields:
            assert field.name not in seen, field.name
            assert bool(field.choices) == (field.kind in (Kind.CHOICE, Kind.CHOICES)), field.name
            seen.add(field.name)
    slugs = [question.slug for question in book.questions]
    assert len(slugs) == len(set(slugs))


def test_who_was_involved_is_asked_in_the_codes_of_a_subject() -> None:
    asked = {
        choice.code
        for each in STANDARD_QUESTIONS
        for field in each.fields
        for choice in field.choices
        if field.name == "officer_status"
    }
    assert asked == set(Subject)


def test_the_last_page_is_asked_only_of_those_who_give_their_name() -> None:
    reach = STANDARD_QUESTIONS[-1]
    assert reach.is_asked({"anonymous": "no"})
    assert not reach.is_asked({"anonymous": "yes"})
    assert not reach.is_asked({})


# --- a place is one file ------------------------------------------------------------------------------


def test_new_york_mediates_where_calgary_settles_early() -> None:
    here, there = rulebook("alberta_2025").file, rulebook("new_york_ccrb").file
    assert (here.has_step("settle"), there.has_step("settle")) == (True, False)
    assert there.step("record_a_mediation").does == here.step("settle").does
    assert slugs(there) ^ slugs(here) == {"mediation", "early_resolution"}


def slugs(workflow: Workflow) -> set[str]:
    return {state.slug for state in workflow.states}


def test_changing_one_place_leaves_the_standard_alone() -> None:
    assert STANDARD_FILE.has_step("settle")
    assert rulebook("alberta_2025").file is STANDARD_FILE
    assert len(rulebook("new_york_ccrb").questions) == len(STANDARD_QUESTIONS) + 1


def test_jurisdictions_do_not_import_each_other() -> None:
    for file in FOLDER.glob("[a-z]*.py"):
        assert "rules.jurisdictions" not in file.read_text(encoding="utf-8"), file.name
