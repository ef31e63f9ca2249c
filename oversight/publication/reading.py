"""A published outcome in words, made from its stored facts alone, in the language of the page."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from oversight.casework.wording import label
from oversight.kit.i18n import current_language, local_day, local_month, t, with_detail
from oversight.rules.findings import STATUS_LABELS, Status, Subject, Term
from oversight.rules.jurisdictions import rulebook
from oversight.rules.rulebook import Rulebook, term
from oversight.rules.words import N_

# A chief is an officer too; to say which would name them.
PUBLIC_SUBJECTS: dict[str, str] = {
    Subject.KNOWN_OFFICER: N_("A police officer"),
    Subject.DESCRIBED_OFFICER: N_("A police officer"),
    Subject.UNKNOWN_OFFICER: N_("A police officer"),
    Subject.CHIEF: N_("A police officer"),
    Subject.CIVILIAN_EMPLOYEE: N_("A civilian employee of the police"),
    Subject.SERVICE: N_("The police service"),
    Subject.POLICY: N_("A policy of the police service"),
}
STATUS_WORDS: dict[str, str] = {
    Status.REFERRED: N_("Another body has the power to look at this part, so it was passed on."),
    Status.DISMISSED: N_("The law did not let this office go on with this part."),
    Status.SETTLED: N_("The people concerned agreed on a way to settle it."),
    Status.WITHDRAWN: N_(
        "The person who complained did not wish to go on, and nothing else made it necessary."
    ),
    Status.CLOSED: N_("It had to be closed without saying what happened."),
    Status.OPEN: N_("It is still being looked at."),
}
NOT_SAID = N_("Not said")


@dataclass(frozen=True)
class AllegationReading:
    """One allegation and what came of it. `facts`: duty, and what was recommended and done."""

    name: str
    means: str
    about: str
    result: str
    result_means: str
    tone: str
    facts: list[tuple[str, str]]


@dataclass(frozen=True)
class Reading:
    """One outcome as the public reads it."""

    reference: str
    title: str
    what_happened: str
    what_was_found: str
    what_was_done: str
    why_departed: str
    month: str
    area: str
    context: str
    level: str
    ending: str
    allegations: list[AllegationReading]
    reviewers: int
    binding: bool
    departed: bool
    corrections: list[tuple[str, str]]
    published: str

    @property
    def place_and_time(self) -> str:
        """“March 2026 · Northeast”, as far as either is known."""
        return " · ".join(words for words in (self.month, self.area) if words)


def reading_of(reference: str, published: Mapping[str, Any], at: datetime | None = None) -> Reading:
    """Put what was published into words. Codes are worded by the rulebook the file had."""
    book = rulebook(published["rulebook"])
    text, language = published.get("text", {}), current_language()
    said = {name: text.get(f"{name}.{language}", "") for name in PARTS}
    return Reading(
        reference=reference,
        **said,
        month=_month(published.get("month")),
        area=t(published.get("area")),
        context=label(book.contexts, published.get("context")),
        level=label(book.levels, published.get("level")),
        ending=_ending(book, published.get("ending")),
        allegations=[_allegation(book, each) for each in published.get("allegations", ())],
        reviewers=published.get("reviewers", 0),
        binding=book.panel_for(published.get("level")).binding,
        departed=bool(published.get("departed")),
        corrections=[
            (local_day(date.fromisoformat(each["on"])), each.get(language, ""))
            for each in published.get("corrections", ())
        ],
        published=local_day(at),
    )


PARTS = ("title", "what_happened", "what_was_found", "what_was_done", "why_departed")


def _month(written: str | None) -> str:
    return local_month(date.fromisoformat(f"{written}-01")) if written else ""


def _ending(book: Rulebook, slug: str | None) -> str:
    return t(book.file.state(slug).label) if slug else ""


def _allegation(book: Rulebook, given: Mapping[str, Any]) -> AllegationReading:
    code = term(book.codes, given["code"])
    result, means, tone = _result(book, given)
    return AllegationReading(
        name=label(book.codes, given["code"]) or t(N_("Not given a code")),
        means=t(code.words) if code else "",
        about=t(PUBLIC_SUBJECTS.get(given["subject"], "")),
        result=result,
        result_means=means,
        tone=tone,
        facts=_facts(book, given),
    )


def _result(book: Rulebook, given: Mapping[str, Any]) -> tuple[str, str, str]:
    """An allegation's result, what that means and its tone; never the bare word of a ground."""
    finding = term(book.findings, given["finding"])
    if finding:
        return (
            t(finding.label),
            t(finding.words),
            "attention" if getattr(finding, "sustained", False) else "plain",
        )
    status = Status(given["status"])
    detail: Term | None = term((*book.grounds, *book.closing_grounds), given.get("ground"))
    body = label(book.referral_bodies, given.get("referred_to"))
    means = t(detail.words or detail.label) if detail else t(STATUS_WORDS.get(status, ""))
    words = t(STATUS_LABELS[status])
    return with_detail(words, body), means, "plain"


def _facts(book: Rulebook, given: Mapping[str, Any]) -> list[tuple[str, str]]:
    rows = [
        (t(N_("On or off duty")), label(book.duty, given.get("duty"))),
        (t(N_("Recommended")), label(book.corrective_actions, given.get("recommended"))),
        (t(N_("Done by the police service")), label(book.corrective_actions, given.get("imposed"))),
    ]
    return [(name, words) for name, words in rows if words]
