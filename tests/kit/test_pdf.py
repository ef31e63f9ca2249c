"""A report on paper: what its structure says, that it never changes, that it reads nothing but our own."""

import builtins
import hashlib
import io
import logging
import os
import re
import socket
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from flask import Flask, render_template
from markupsafe import Markup

from oversight.kit import i18n, pages
from oversight.kit.charts import Bars, Series, chart
from oversight.kit.pdf import PAPERS, Refused, render_pdf
from oversight.kit.pdf.assets import FOLDER
from tests.kit.made_up_edition import edition

pytestmark = pytest.mark.one_database

MARKED = re.compile(rb"/\w+ ?\n?<</MCID (\d+)>> ?\n?BDC")


def app_of_templates() -> Flask:
    app = Flask("tests.pdf", template_folder=str(pages.template_folder()))
    app.jinja_env.undefined = pages.Unknown
    i18n.init_app(app)
    return app


def written(lang: str, **how: Any) -> tuple[dict[str, Any], str]:
    """The made-up edition and its HTML."""
    with app_of_templates().app_context(), i18n.in_language(lang):
        made_up = edition(**how)
        return made_up, render_template("reports/pdf/edition.html", edition=made_up)


def printed(html: str, **how: Any) -> bytes:
    return render_pdf(html, **{"lang": "en", "title": "A title", "author": "An office"} | how)


def edition_in(lang: str, paper: str) -> bytes:
    made_up, html = written(lang)
    return render_pdf(
        html,
        lang=lang,
        title=made_up["title"],
        author=made_up["office"],
        paper=paper,
        made_on=date(2026, 9, 14),
        watermark="DEMO",
    )


@pytest.fixture(scope="module")
def english() -> bytes:
    return edition_in("en", "A4")


@pytest.fixture(scope="module")
def pdf(english: bytes) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(io.BytesIO(english)) as opened:
        yield opened


def elements(element: Any) -> Iterator[Any]:
    yield element
    for kid in element.get("/K", []):
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield from elements(kid)


def of_kind(pdf: pikepdf.Pdf, *kinds: str) -> list[Any]:
    return [element for element in elements(pdf.Root.StructTreeRoot.K[0]) if str(element.S) in kinds]


def links(pdf: pikepdf.Pdf) -> list[Any]:
    return [link for page in pdf.pages for link in page.get("/Annots", []) if link.Subtype == "/Link"]


# ---- what it says of itself ----------------------------------------------------------------------------


@pytest.mark.parametrize(("lang", "paper"), [("en", "A4"), ("fr", "Letter")])
def test_it_names_its_language_title_author_and_standard(lang: str, paper: str) -> None:
    made = printed(
        "<html lang=en><h1>One</h1>", lang=lang, title="Les plaintes", author="Le bureau", paper=paper
    )
    with pikepdf.open(io.BytesIO(made)) as pdf:
        assert str(pdf.Root.Lang) == lang
        assert bool(pdf.Root.MarkInfo.Marked)
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        assert (str(pdf.docinfo.Title), str(pdf.docinfo.Author)) == ("Les plaintes", "Le bureau")
        with pdf.open_metadata(set_pikepdf_as_editor=False) as metadata:
            assert metadata["dc:title"] == "Les plaintes"
            assert metadata["dc:language"] == {lang}
            assert metadata["pdfuaid:part"] == "1"
        width, height = (float(side) * 25.4 / 72 for side in pdf.pages[0].MediaBox[2:])
        assert (round(width, 1), round(height, 1)) == PAPERS[paper]


def test_its_headings_are_one_tree_that_skips_no_level(pdf: pikepdf.Pdf) -> None:
    levels = [int(str(heading.S)[2:]) for heading in of_kind(pdf, *(f"/H{level}" for level in range(1, 7)))]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_its_bookmarks_are_its_chapters_and_their_tables(pdf: pikepdf.Pdf) -> None:
    made_up, _ = written("en")
    with pdf.open_outline() as outline:
        found = {item.title: [child.title for child in item.children] for item in outline.root}
    chapters = [each["title"] for each in made_up["chapters"]]
    assert [title for title in found if title in chapters] == chapters
    assert found[chapters[0]] == [table["title"] for table in made_up["chapters"][0]["tables"]]
    assert {"Contents", "At a glance", "Outcomes published"} <= found.keys()


def test_every_page_has_the_number_that_is_printed_on_it(pdf: pikepdf.Pdf) -> None:
    assert [page.label for page in pdf.pages] == [str(number) for number in range(1, len(pdf.pages) + 1)]


# ---- tables, figures, links ----------------------------------------------------------------------------


def test_a_table_over_several_pages_is_one_with_one_caption_and_one_head(pdf: pikepdf.Pdf) -> None:
    made_up, html = written("en")
    tables = of_kind(pdf, "/Table")
    assert len(tables) == html.count("<table")
    for table in tables:
        assert [str(kid.S) for kid in table.K] == ["/Caption", "/THead", "/TBody"]
        assert len(table.K[1].K) == 1
    rows = [len(table.K[2].K) for table in tables]
    assert rows[-2:] == [len(made_up["outcomes"]), len(made_up["overdue"]["files"])]
    pages_of = [{row.Pg.objgen for row in table.K[2].K} for table in tables]
    assert len(pages_of[-2]) > 1


def test_a_table_over_thirty_pages_keeps_all_rows_and_the_sections_around_it() -> None:
    rows = "".join(f"<tr><th scope=row>{number}</th><td>{number}</td></tr>" for number in range(1200))
    head = "<caption>C</caption><thead><tr><th>D</th><th>E</th></tr></thead>"
    table = f"<table>{head}<tbody>{rows}</tbody></table>"
    chapter = f"<section><h2>A</h2><section><h3>B</h3>{table}</section></section>"
    body = f"{chapter}<section><h2>F</h2><p>G</p></section>"
    with pikepdf.open(io.BytesIO(printed(f"<html lang=en><h1>T</h1>{body}"))) as pdf:
        (table,) = of_kind(pdf, "/Table")
        assert len(pdf.pages) > 25
        assert len(table.K[2].K) == 1200
        assert len(of_kind(pdf, "/Sect")) == 3


def test_every_header_cell_says_what_it_heads(pdf: pikepdf.Pdf) -> None:
    headers = of_kind(pdf, "/TH")
    scopes = Counter((str(header.P.P.S), str(header.A.Scope)) for header in headers)
    assert scopes.keys() == {("/THead", "/Column"), ("/TBody", "/Row")}
    assert all(
        len(row.K) == len(table.K[1].K[0].K) for table in of_kind(pdf, "/Table") for row in table.K[2].K
    )


def test_every_figure_has_an_alternative_and_a_box_on_its_page(pdf: pikepdf.Pdf) -> None:
    made_up, html = written("en")
    figures = of_kind(pdf, "/Figure")
    assert len(figures) == html.count("<svg")
    shown = [table for chapter in made_up["chapters"] for table in chapter["tables"]]
    assert [str(figure.Alt) for figure in figures] == [f"{each['title']}. {each['says']}" for each in shown]
    for figure in figures:
        left, bottom, right, top = map(float, figure.A.BBox)
        assert 0 < left < right < float(figure.Pg.MediaBox[2])
        assert 0 < bottom < top < float(figure.Pg.MediaBox[3])


def test_links_lead_somewhere_and_say_where(pdf: pikepdf.Pdf) -> None:
    made_up, _ = written("en")
    outward = [link for link in links(pdf) if "/A" in link]
    assert [str(link.A.URI) for link in outward] == [outcome["url"] for outcome in made_up["outcomes"]]
    inward = [link for link in links(pdf) if "/Dest" in link]
    known = {str(name) for name in list(pdf.Root.Names.Dests.Names)[::2]}
    assert {str(link.Dest) for link in inward} <= known
    named = {str(link.Contents) for link in inward}
    assert {"At a glance", "How complaints came in", "The files"} <= named
    assert all(str(link.Contents).strip() for link in links(pdf))


def test_all_that_is_read_is_in_the_tree_and_all_else_is_furniture(pdf: pikepdf.Pdf) -> None:
    read = {element.objgen for element in elements(pdf.Root.StructTreeRoot.K[0])}
    tree = list(pdf.Root.StructTreeRoot.ParentTree.Nums)
    content = dict(zip(tree[::2], tree[1::2], strict=True))
    for page in pdf.pages:
        stream = page.Contents.read_bytes()
        for number in map(int, MARKED.findall(stream)):
            assert content[page.StructParents][number].objgen in read
    last = pdf.pages[-1].Contents.read_bytes()
    assert last.count(b"/Artifact") >= 4  # the watermark, two running heads, the page's number


# ---- the same each time --------------------------------------------------------------------------------

IN_ANOTHER_PROCESS = """
import hashlib
from tests.kit.test_pdf import edition_in
print(hashlib.sha256(edition_in("en", "A4")).hexdigest())
"""


def test_the_same_input_gives_the_same_bytes_in_any_process(english: bytes) -> None:
    other = subprocess.run(
        [sys.executable, "-c", IN_ANOTHER_PROCESS],
        capture_output=True,
        check=True,
        text=True,
        env=os.environ | {"PYTHONHASHSEED": "1", "TZ": "America/Edmonton"},
    )
    assert other.stdout.strip() == hashlib.sha256(english).hexdigest()


def test_nothing_in_it_says_when_or_where_it_was_made(english: bytes, pdf: pikepdf.Pdf) -> None:
    assert str(pdf.docinfo.CreationDate).startswith("D:20260914")
    assert "/ModDate" not in pdf.docinfo
    assert str(FOLDER).encode() not in english
    assert b"MetadataDate" not in pdf.Root.Metadata.read_bytes()


# ---- it reads nothing but our own ----------------------------------------------------------------------

SECRET = "secret-of-this-machine"

ASKS_FOR = {
    "a file as attachment": '<link rel="attachment" href="file://{file}">',
    "a file as picture": '<img src="file://{file}" alt="x">',
    "a file as style": '<link rel="stylesheet" href="file://{file}">',
    "a style that imports": "<style>@import url(file://{file});</style>",
    "a background": "<p style=\"background: url('file://{file}')\">x",
    "generated content": "<style>p::before {{ content: url(file://{file}) }}</style><p>x",
    "a bullet": "<ul style=\"list-style-image: url('file://{file}')\"><li>x",
    "a font": "<style>@font-face {{ font-family: x; src: url(file://{file}) }}</style><p>x",
    "an image in a drawing": '<svg width="9" height="9"><image width="9" height="9" href="file://{file}"/></svg>',
    "an object": '<object data="file://{file}">x</object>',
    "an embedded thing": '<embed src="file://{file}">',
    "a page of the web": '<img src="http://127.0.0.1:9/x.png" alt="x">',
    "data in place of a file": '<img src="data:image/png;base64,AAAA" alt="x">',
    "an asset outside our folder": '<link rel="stylesheet" href="asset:../settings.css">',
    "an asset of another kind": '<link rel="stylesheet" href="asset:../../pyproject.toml">',
}


@pytest.fixture
def touched(monkeypatch: pytest.MonkeyPatch, english: bytes) -> list[str]:
    """What is opened or connected to, once an earlier printing has loaded fonts and hyphens."""
    found: list[str] = []

    def guarded(what: Any) -> Any:
        def call(*args: Any, **kwargs: Any) -> Any:
            # WeasyPrint takes away a folder of its own, which it makes for fonts and which stays empty.
            if not Path(str(args[0])).name.startswith("weasyprint-"):
                found.append(str(args[0]))
            return what(*args, **kwargs)

        return call

    for place, name in (
        (builtins, "open"),
        (io, "open"),
        (os, "open"),
        (socket, "create_connection"),
        (socket, "getaddrinfo"),
    ):
        monkeypatch.setattr(place, name, guarded(getattr(place, name)))
    monkeypatch.setattr(socket.socket, "connect", guarded(socket.socket.connect))
    return found


@pytest.mark.parametrize("asks", ASKS_FOR)
def test_whoever_asks_for_anything_else_is_refused(asks: str, tmp_path: Path, touched: list[str]) -> None:
    file = tmp_path / "secret.svg"
    file.write_text(SECRET)
    touched.clear()
    with pytest.raises(Refused, match="our own assets"):
        printed(f"<html lang=en><h1>T</h1>{ASKS_FOR[asks].format(file=file)}")
    assert touched == []


HOSTILE = (
    "".join(wish.format(file="/etc/passwd") for wish in ASKS_FOR.values())
    + "</title></p><script>{{ 7*7 }}</script>"
)


def made_hostile(thing: Any) -> Any:
    """The same shape, every text in it an attack; of what comes many times over, two."""
    if isinstance(thing, Markup):
        return chart(Bars(HOSTILE, HOSTILE, (HOSTILE,), (Series(HOSTILE, (1,)), Series("other", (2,)))))
    if isinstance(thing, dict):
        return {name: made_hostile(each) for name, each in thing.items()}
    if isinstance(thing, list):
        return [made_hostile(each) for each in thing[:2]]
    return HOSTILE if isinstance(thing, str) else thing


def test_hostile_text_in_every_field_is_printed_and_touches_nothing(touched: list[str]) -> None:
    with app_of_templates().app_context():
        whole = edition(outcomes=1, overdue=1)
        small = whole | {"chapters": [whole["chapters"][0] | {"tables": whole["chapters"][0]["tables"][:1]}]}
        html = render_template("reports/pdf/edition.html", edition=made_hostile(small))
    assert "49" not in re.findall(r"<script>(.*?)</script>", html)
    assert not re.search(r"<(script|img|object|embed|image|style)\b", html)
    touched.clear()
    with pikepdf.open(io.BytesIO(printed(html, title=HOSTILE, author=HOSTILE, watermark=HOSTILE))) as pdf:
        assert str(pdf.docinfo.Title) == HOSTILE
        assert "/EmbeddedFiles" not in pdf.Root.Names
    assert {path for path in touched if not path.startswith(str(FOLDER))} == set()


# ---- its looks -----------------------------------------------------------------------------------------


def test_every_rule_of_the_stylesheet_is_understood(caplog: pytest.LogCaptureFixture) -> None:
    _, html = written("fr", outcomes=1, overdue=1)
    logger = logging.getLogger("weasyprint")
    logger.addHandler(caplog.handler)
    try:
        printed(html, lang="fr", watermark="DÉMO")
    finally:
        logger.removeHandler(caplog.handler)
    assert caplog.messages == []


def test_it_is_set_in_our_fonts_and_in_no_others(pdf: pikepdf.Pdf) -> None:
    fonts = {str(font.BaseFont) for page in pdf.pages for font in page.Resources.Font.values()}
    assert {re.sub(r"^/[A-Z]{6}\+|-(Semi-Bold|Bold|Italic)", "", font) for font in fonts} == {
        "Inter",
        "TeX-Gyre-Pagella",
    }
