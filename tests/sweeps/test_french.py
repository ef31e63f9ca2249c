"""On a French page everything is French: no word of the office's own escapes the catalogue.

Every marked message is put between brackets in place of its translation, and everyone goes everywhere. What
stands outside brackets then has to be what somebody typed, a name, a number, a code or a date.
"""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from babel.dates import get_month_names
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from tools.words import marked_words

from oversight.kit import i18n
from oversight.reports import reading
from oversight.settings import Settings
from tests.busy_office import CANARIES, IRIS
from tests.cast import REVIEWERS, STAFF
from tests.crawler import crawl
from tests.sweeps.conftest import Busy
from tests.sweeps.visitors import VISITORS, visitor

pytestmark = pytest.mark.one_database

OPENS, CLOSES = "⟦", "⟧"
TYPED = ("words", "hash", "receipt-code", "mark")
"""Classes of what is shown as somebody typed it or a machine made it."""

TOLD = ("What was told", "An evening at the bridge", "title.fr", "Physical abuse")
"""What somebody typed in the busy office that stands in headings and lists too."""

CODES = (
    *(
        "approved_by",
        "calendar",
        "day",
        "from",
        "number",
        "on",
        "party",
        "period",
        "proposed_by",
        "role",
        "to",
    ),
)
"""Names of the details of a ledger's entry, which auditors compare with what commands print."""

NAMES = [person.name for person in (*STAFF, *REVIEWERS, IRIS)]
MONTHS = list(get_month_names("wide", locale="fr_CA").values())
KNOWN = re.compile(
    "|".join(
        [
            *map(re.escape, sorted({*CANARIES.values(), *NAMES, *TOLD, *MONTHS}, key=len, reverse=True)),
            *("100 Example Avenue SE, Calgary, Alberta", "English", "Français"),
            *(r"\S+@\S+", r"\d+ h( \d+)?", r"\b[\w-]*\d[\w-]*", r"\b[A-Z]{4}-[A-Z]{4}\b"),
        ]
    )
)


@pytest.fixture(scope="module")
def bracketed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where a French catalogue lies that gives each message back in English, between brackets."""
    catalogue = Catalog(locale="fr")
    for message in marked_words():
        if isinstance(message.id, str):
            catalogue.add(message.id, f"{OPENS}{message.id}{CLOSES}" if message.id else "")
        else:
            catalogue.add(message.id, tuple(f"{OPENS}{words}{CLOSES}" for words in message.id))
    translations = tmp_path_factory.mktemp("translations")
    folder = translations / "fr" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    with (folder / "messages.mo").open("wb") as file:
        write_mo(file, catalogue)
    return translations


@pytest.fixture
def busy_settings(
    busy_settings: Settings, bracketed: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Settings]:
    """The busy office's, whose app is made with that catalogue."""
    monkeypatch.setattr(i18n, "TRANSLATIONS", bracketed)
    # Charts are kept as they were drawn, in the words of whoever drew them.
    reading.drawn.cache_clear()
    yield busy_settings
    reading.drawn.cache_clear()


@pytest.mark.parametrize("who", [who for who in VISITORS if who not in ("joined", "Ivan", "Iris")])
def test_every_word_comes_from_the_catalogue(busy: Busy, who: str) -> None:
    client = visitor(busy, who)
    client.set_cookie("language", "fr")
    escaped = {
        (path, words)
        for path, answer in crawl(busy.app, busy.there, client, often=2)
        if answer.mimetype == "text/html" and not answer.location
        for words in escaping(answer.text)
    }
    assert not escaped


def escaping(html: str) -> Iterator[str]:
    """Each text of a page that has letters outside brackets and is nothing known."""
    reader = _Reader()
    reader.feed(html)
    depth = 0
    for text in reader.texts:
        outside = ""
        for sign in text:
            depth += (sign == OPENS) - (sign == CLOSES)
            outside += sign if depth == 0 and sign != CLOSES else " "
        left = KNOWN.sub(" ", outside)
        if re.search(r"[^\W\d_]", left) and left.strip() not in CODES:
            yield " ".join(left.split())


class _Reader(HTMLParser):
    """Gathers what is read or read aloud, without what was typed."""

    VOID = frozenset({"input", "img", "br", "hr", "meta", "link", "wbr"})

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.open: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.texts += [given[name] for name in ("aria-label", "alt", "title", "placeholder") if name in given]
        if tag not in self.VOID:
            classes = set(given.get("class", "").split())
            typed = tag in ("code", "textarea", "mark") or bool(classes & set(TYPED))
            self.open.append((tag, typed))

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if not any(typed for _, typed in self.open):
            self.texts.append(data)
