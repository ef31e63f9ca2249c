"""The way through the questions, without an app."""

from oversight.intake.course import asked, first_open, kept, missing, neighbours
from oversight.rules.questions import STANDARD_QUESTIONS

ANSWERED = {
    "narrative": "It began like this.",
    "happened_on": None,
    "happened_on_precision": "unknown",
    "happened_on_parts": None,
    "still_going_on": "",
    "anonymous": "no",
    "name": "Amara",
}


def slugs(questions: object) -> list[str]:
    return [question.slug for question in questions]  # type: ignore[attr-defined]


def test_a_name_is_asked_of_those_who_want_to_give_one() -> None:
    assert "how-to-reach-you" in slugs(asked(STANDARD_QUESTIONS, {"anonymous": "no"}))
    assert "how-to-reach-you" not in slugs(asked(STANDARD_QUESTIONS, {"anonymous": "yes"}))
    assert "how-to-reach-you" not in slugs(asked(STANDARD_QUESTIONS, {}))


def test_whoever_comes_back_goes_on_where_they_stopped() -> None:
    found = first_open(STANDARD_QUESTIONS, ANSWERED)
    assert found is not None
    assert found.slug == "where"


def test_only_what_is_required_is_missing() -> None:
    assert slugs(missing(STANDARD_QUESTIONS, ANSWERED)) == [
        "who",
        "kind-of-contact",
        "on-duty",
        "bias",
        "for-whom",
    ]


def test_answers_to_what_is_not_asked_are_dropped() -> None:
    assert "name" in kept(STANDARD_QUESTIONS, ANSWERED)
    assert "name" not in kept(STANDARD_QUESTIONS, {**ANSWERED, "anonymous": "yes"})
    assert "shoe_size" not in kept(STANDARD_QUESTIONS, {**ANSWERED, "shoe_size": "44"})
    assert kept(STANDARD_QUESTIONS, ANSWERED)["happened_on_precision"] == "unknown"


def test_each_question_knows_its_neighbours() -> None:
    before, after = neighbours(STANDARD_QUESTIONS, ANSWERED, "when")
    assert (before and before.slug, after and after.slug) == ("your-words", "where")
    assert neighbours(STANDARD_QUESTIONS, ANSWERED, "your-words")[0] is None
    assert neighbours(STANDARD_QUESTIONS, {"anonymous": "yes"}, "your-name")[1] is None
