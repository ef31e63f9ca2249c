"""Wherever an edition is read it says the same: on its pages, in its CSV and in its PDF, in each language."""

import csv
import io
import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pypdf import PdfReader

from tests.reports.history_of_2015 import a_half_year, issued
from tests.reports.test_pages import cells_of

HIDDEN = {"en": "hidden", "fr": "masqué"}
POINT = {"en": ".", "fr": ","}
PER_CENT = re.compile(r"\s?%$")

pytestmark = pytest.mark.one_database


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_every_table_says_the_same_on_its_page_in_csv_and_on_paper(
    app: Flask, client: FlaskClient, lang: str
) -> None:
    chapters = _tables(app)
    client.set_cookie("language", lang)
    paper = _text(client.get(f"/reports/2015-H1/1/{lang}.pdf").data)
    compared, at = 0, 0
    for chapter, table in chapters:
        page = cells_of(client.get(f"/statistics/2015-H1/{chapter}").text, table["id"])
        downloaded = _csv(client.get(f"/statistics/2015-H1/{table['id']}.csv").data)[1:]
        assert len(page) == len(downloaded) == len(table["rows"]) + (table["column_totals"] is not None)
        for shown, kept in zip(page, downloaded, strict=True):
            assert shown[0] == kept[0].removeprefix("'")
            assert [_number(cell, lang) for cell in shown[1:]] == [
                _as_shown(cell, percent="%" in text) for cell, text in zip(kept[1:], shown[1:], strict=True)
            ]
            at = paper.index(_in_one_line(*shown), at)
            compared += len(shown) - 1
    assert compared > 60, "too little was compared to prove anything"


def test_the_numbers_are_those_that_were_frozen(app: Flask, client: FlaskClient) -> None:
    chapters = _tables(app)
    for _, table in chapters:
        kept = _csv(client.get(f"/statistics/2015-H1/{table['id']}.csv").data)[1:]
        for i, row in enumerate(table["cells"]):
            for j, number in enumerate(row):
                expected = "hidden" if [i, j] in table["hidden"] else "" if number is None else str(number)
                assert kept[i][j + 1] == expected


def _tables(app: Flask) -> list[tuple[str, dict[str, Any]]]:
    """The tables of a real edition that can be shown, each with its chapter."""
    with app.app_context():
        a_half_year()
        content = issued().content
        assert content
        return [
            (chapter["id"], table)
            for chapter in content["chapters"]
            for table in chapter["tables"]
            if table["printable"]
        ]


def _text(pdf: bytes) -> str:
    """What the PDF says, in one line."""
    return _in_one_line(*(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages))


def _in_one_line(*texts: str) -> str:
    return " ".join(" ".join(texts).split())


def _csv(body: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(body.decode("utf-8-sig"))))


def _number(cell: str, lang: str) -> float | str:
    """The number of a cell as people read it; “hidden” and a dash stay words."""
    if cell in (HIDDEN[lang], "–"):
        return cell.replace(HIDDEN[lang], "hidden")
    bare = PER_CENT.sub("", cell).replace("," if lang == "en" else " ", "")
    return float("".join(bare.split()).replace(POINT[lang], "."))


def _as_shown(cell: str, *, percent: bool) -> float | str:
    if not cell:
        return "–"
    if cell in HIDDEN.values():
        return "hidden"
    return round(float(cell) * 100, 1) if percent else float(cell)
