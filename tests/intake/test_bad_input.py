"""Whatever comes: a page that helps, the words kept, and never a traceback."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from oversight.casework.models import Complaint
from oversight.intake.actions import forget_old_drafts
from oversight.intake.models import Draft
from oversight.kit import clock
from oversight.kit.db import session, writing
from tests.intake.visitor import Visitor
from tests.pages import hidden_fields

pytestmark = pytest.mark.one_database

WHEN = "/complaint/questions/when"


@pytest.fixture
def begun(visitor: Visitor) -> Visitor:
    visitor.start()
    return visitor


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        (("", "", "2026"), "choose “This date is about right”"),
        (("20", "", "2026"), "choose “This date is about right”"),
        (("20", "10", ""), "needs a year"),
        (("31", "2", "2026"), "does not have so many days"),
        (("0", "10", "2026"), "from 1 to 31"),
        (("20", "13", "2026"), "from 1 to 12"),
        (("20", "10", "26"), "four digits"),
        (("20", "10", "2999"), "still to come"),
        (("x" * 50_000, "10", "2026"), "from 1 to 31"),
    ],
)
def test_a_date_that_can_not_be_is_kept_and_explained(
    begun: Visitor, parts: tuple[str, str, str], words: str
) -> None:
    given = dict(zip(("happened_on-day", "happened_on-month", "happened_on-year"), parts, strict=True))
    answered = begun.send(WHEN, still_going_on="yes", **given)
    assert answered.status_code == 422
    assert answered.text.count(words) == 2, "once beside the field, once in the summary"
    for part in parts:
        assert f'value="{part[:20]}"' in answered.text


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        (
            {"happened_on-day": "٢٠", "happened_on-month": "١٠", "happened_on-year": "٢٠٢٦"},
            "October 20, 2026",
        ),
        (
            {"happened_on-month": "oct.", "happened_on-year": "2026", "happened_on-about": "yes"},
            "about October 2026",
        ),
        ({"happened_on-year": "2026", "happened_on-about": "yes"}, "about 2026"),
        ({"happened_on-unknown": "yes"}, "I do not know the date"),
        ({}, "Nothing written"),
    ],
)
def test_a_date_may_be_written_in_other_digits_be_about_right_or_unknown(
    begun: Visitor, given: dict[str, str], shown: str
) -> None:
    begun.answer("your-words", narrative="It began like this.")
    assert begun.send(WHEN, **given).status_code == 303
    assert shown in begun.get("/complaint/check").text


def test_half_a_date_is_filed_as_about_right_and_as_it_was_given(app: Flask, visitor: Visitor) -> None:
    visitor.file(when={"happened_on-month": "3", "happened_on-year": "2026", "happened_on-about": "yes"})
    with app.app_context():
        complaint = session().scalars(select(Complaint)).one()
        assert (str(complaint.happened_on), complaint.happened_precision) == ("2026-03-01", "about")
        assert complaint.answers["happened_on_parts"]["day"] is None


def test_hidden_characters_are_taken_out_and_it_is_said(begun: Visitor) -> None:
    answered = begun.answer("your-words", narrative="He said\0 no.")
    assert answered.status_code == 422
    assert "hidden characters" in answered.text
    assert "He said no." in answered.text


def test_direction_marks_vanish(app: Flask, begun: Visitor) -> None:
    begun.answer("your-words", narrative="He said ‮no‬.")
    with app.app_context():
        assert session().scalars(select(Draft)).one().answers["narrative"] == "He said no."


def test_a_megabyte_of_narrative_is_kept_on_the_page(begun: Visitor) -> None:
    story = "All of it. " * 100_000
    answered = begun.answer("your-words", narrative=story)
    assert answered.status_code == 422
    assert "Use at most 100,000 characters." in answered.text
    assert story.strip() in answered.text


def test_the_longest_story_that_fits_is_kept_in_any_script(app: Flask, begun: Visitor) -> None:
    story = "ᖃ" * 100_000
    assert begun.answer("your-words", narrative=story).status_code == 303
    with app.app_context():
        assert session().scalars(select(Draft)).one().answers["narrative"] == story


def test_a_body_past_all_limits_is_refused_with_a_page(begun: Visitor) -> None:
    answered = begun.client.post("/complaint/questions/your-words", data={"narrative": "x" * 3_000_000})
    assert answered.status_code == 413
    assert "more than we can take at once" in answered.text


def test_a_choice_nobody_offered_is_refused(begun: Visitor) -> None:
    assert begun.answer("on-duty", duty="<script>").status_code == 422
    assert begun.answer("bias", bias_alleged="yes", bias_kinds=["race", "wealth"]).status_code == 422


@pytest.mark.parametrize(
    "address", ["amara", "amara@", "a b@elsewhere.example", "amara@-.example", "@" * 190]
)
def test_what_is_no_address_is_refused(visitor: Visitor, address: str) -> None:
    visitor.answer_all()
    answered = visitor.answer("how-to-reach-you", name="Amara Quist", email=address)
    assert answered.status_code == 422
    assert answered.text.count("Write an e-mail address, like name@example.org.") == 2


def test_script_in_a_story_stays_text(visitor: Visitor) -> None:
    visitor.answer_all(your_words={"narrative": "<script>alert(1)</script>"})
    page = visitor.get("/complaint/check").text
    assert "<script>" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


@pytest.mark.parametrize("path", ["/complaint/start", "/complaint/send", "/complaint/kept", "/status/leave"])
def test_a_page_that_only_takes_forms_says_so(visitor: Visitor, path: str) -> None:
    opened = visitor.get(path)
    assert opened.status_code == 405
    assert "only takes what a form sends" in opened.text


def test_a_question_that_is_not_asked_is_no_page(begun: Visitor) -> None:
    assert begun.get("/complaint/questions/your-shoe-size").status_code == 404
    assert begun.get("/complaint/questions/how-to-reach-you").location == "/complaint/check"


def test_a_form_that_expired_keeps_the_story(begun: Visitor) -> None:
    answered = begun.client.post(
        "/complaint/questions/your-words", data={"narrative": "A long story.", "csrf_token": "old"}
    )
    assert answered.status_code == 400
    assert "A long story.</textarea>" in answered.text.replace("\r", "").replace(">\n", ">")
    assert "This page was open for too long" in answered.text
    sent = begun.send("/complaint/questions/your-words", narrative="A long story.")
    assert sent.location == "/complaint/questions/when"


def test_a_form_that_expired_with_its_cookie_keeps_the_story(app: Flask) -> None:
    stranger = Visitor(app)
    answered = stranger.client.post("/complaint/questions/your-words", data={"narrative": "A long story."})
    assert answered.status_code == 400
    assert "A long story." in answered.text


def test_without_cookies_it_is_said_that_they_are_needed(app: Flask) -> None:
    page = Visitor(app).get("/complaint/").text
    assert "needs one cookie" in page
    answered = Visitor(app).client.post("/complaint/start", data={"csrf_token": "any"})
    assert answered.status_code == 400
    assert "allow cookies for this site" in answered.text


def test_an_answer_to_a_draft_that_is_gone_begins_a_new_one(app: Flask, begun: Visitor) -> None:
    page = begun.get("/complaint/questions/your-words")
    assert page.status_code == 200
    with app.app_context(), writing():
        assert forget_old_drafts(before=clock.now() + timedelta(minutes=1)) == 1
    answered = begun.client.post(
        "/complaint/questions/your-words",
        data={**hidden_fields(page.text), "narrative": "It began like this."},
    )
    assert answered.location == "/complaint/questions/when"
    assert "It began like this." in begun.get("/complaint/check").text


def test_old_drafts_are_forgotten_and_young_ones_kept(app: Flask, begun: Visitor) -> None:
    with app.app_context(), writing():
        assert forget_old_drafts(before=clock.now() - timedelta(hours=24)) == 0
        assert session().scalar(select(func.count()).select_from(Draft)) == 1


@pytest.mark.parametrize(
    "path",
    ["/complaint/", "/complaint/questions/your-words", "/complaint/check", "/complaint/sent", "/status"],
)
def test_nothing_personal_is_kept_by_browsers(visitor: Visitor, path: str) -> None:
    visitor.file()
    visitor.start()
    assert visitor.get(path).headers["Cache-Control"] == "no-store"
