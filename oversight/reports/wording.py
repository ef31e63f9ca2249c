"""An edition as its pages speak of it: its period, its state, what is being done to it, what was tried."""

from flask_babel import gettext, ngettext

from oversight.figures.periods import Period
from oversight.kit.i18n import LANGUAGES, local_number, t
from oversight.reports.models import Edition, EditionState
from oversight.reports.reading import said, tables_in
from oversight.reports.speaking import PERIODS
from oversight.rules.words import N_

STATES: dict[str, tuple[str, str]] = {
    EditionState.BUILDING: (N_("Being built"), "progress"),
    EditionState.READY: (N_("Waits for a second person"), "attention"),
    EditionState.ISSUED: (N_("Issued"), "good"),
    EditionState.REFUSED: (N_("Refused by its checks"), "stop"),
}
"""Each state's words and its tone."""

KILOBYTE = 1000


def period_label(period: Period | str) -> str:
    """“First half of 2026”."""
    year, _, part = (period if isinstance(period, str) else period.name).partition("-")
    return t(PERIODS[part or None], year=year)


def edition_state(edition: Edition) -> tuple[str, str]:
    """The state's word and its tone."""
    words, tone = STATES[edition.state]
    return t(words), tone


def what_is_done(edition: Edition) -> str:
    """What is being done to an edition that is being built."""
    if edition.begun_at is None:
        return t(N_("It waits to be taken in hand."))
    if not edition.progress:
        return t(N_("Counting, hiding small numbers, and trying to work them out as somebody else might."))
    return t(N_("Setting the pages, in English and in French."))


def edition_label(edition: Edition) -> str:
    """“First half of 2026, edition 2”."""
    return str(
        gettext("%(period)s, edition %(number)s", period=period_label(edition.period), number=edition.number)
    )


def language_name(code: str) -> str:
    """A language by its own name for itself."""
    return LANGUAGES[code]


def weight(size: int) -> str:
    """The size of a file, given in bytes, as people say it."""
    return str(gettext("%(number)s kB", number=local_number(-(-size // KILOBYTE))))


def what_was_tried(edition: Edition) -> list[str]:
    """The checks that an edition passed before it could be shown to a second person, each as a sentence."""
    content = edition.content
    if content is None:
        return []
    tables = list(tables_in(content))
    hidden = sum(len(table["hidden"]) for table in tables if table["printable"])
    return [
        ngettext(
            "The sums of %(num)d table add up.",
            "The sums of all %(num)d tables add up, in each table and from one table to another.",
            len(tables),
        ),
        ngettext(
            "%(num)d number is hidden, since it is small or would give a small one away.",
            "%(num)d numbers are hidden, since they are small or would give a small one away.",
            hidden,
        ),
        _attacked(len(edition.attacked_with)),
    ]


def _attacked(others: int) -> str:
    if not others:
        return str(gettext("Hidden numbers could not be worked out of all tables together."))
    return str(
        ngettext(
            "Hidden numbers could not be worked out of this edition and %(num)d earlier one together.",
            "Hidden numbers could not be worked out of this edition and %(num)d earlier ones together.",
            others,
        )
    )


def withheld(edition: Edition) -> list[tuple[str, str]]:
    """The tables that could not be shown safely, each with why: they say so and print no number."""
    tables = tables_in(edition.content or {"chapters": []})
    return [(said(each["title"]), said(each["why_not"])) for each in tables if not each["printable"]]
