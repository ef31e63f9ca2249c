"""One HTML document laid out on paper, tagged, and finished."""

from contextlib import suppress
from datetime import date
from html import escape

from oversight.kit.pdf.assets import SCHEME, Refused, own_assets
from oversight.kit.pdf.finishing import finished

PAPERS = {"A4": (210.0, 297.0), "Letter": (215.9, 279.4)}
"""Sheets by name: width and height in millimetres."""

COLUMN = 162.0
"""Millimetres of width that words and charts have, on every paper."""

WATERMARK = "watermark.svg"


def render_pdf(
    html: str,
    *,
    lang: str,
    title: str,
    author: str,
    paper: str = "A4",
    made_on: date | None = None,
    watermark: str = "",
) -> bytes:
    """The document as PDF/UA-1: the same bytes for the same arguments.

    The HTML is whole, its stylesheet linked as `asset:NAME.css`, its words escaped. Each `section` begins
    with its heading and each table has a caption: by these the parts on several pages are known as one.
    `watermark` is a word that lies across the pages. Raises Refused if the HTML or its styles ask for
    anything but our assets, KeyError for a paper that isn't in PAPERS.
    """
    from weasyprint import CSS, HTML  # a second, which only those who make PDFs should wait for
    from weasyprint.urls import FatalURLFetchingError

    refused: list[str] = []
    fetcher = own_assets({WATERMARK: _across(watermark)}, refused)
    with suppress(FatalURLFetchingError):
        document = HTML(string=html, url_fetcher=fetcher).render(
            stylesheets=[CSS(string=_sheet(paper, watermark), url_fetcher=fetcher)]
        )
        metadata = document.metadata
        metadata.title, metadata.authors, metadata.lang = title, [author], lang
        metadata.created = made_on.isoformat() if made_on else None
        laid_out = document.write_pdf(pdf_variant="pdf/ua-1")
    if refused:
        raise Refused(f"A PDF shows our own assets only, and not {refused[0]}")
    return finished(laid_out, lang)


def _sheet(paper: str, watermark: str) -> str:
    width, height = PAPERS[paper]
    side = (width - COLUMN) / 2
    across = f"background: url({SCHEME}{WATERMARK}) center / 100% no-repeat" if watermark else ""
    return f"@page {{ size: {width}mm {height}mm; margin-left: {side}mm; margin-right: {side}mm; {across} }}"


def _across(word: str) -> str:
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 600">'
        '<text x="300" y="340" transform="rotate(-45 300 300)" text-anchor="middle" font-family="Inter" '
        f'font-size="150" font-weight="700" letter-spacing="12" fill="#1b2430" fill-opacity="0.08">'
        f"{escape(word)}</text></svg>"
    )
