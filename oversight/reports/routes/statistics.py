"""The figures of issued editions as pages and as CSV, drawn from what the edition froze and nothing else."""

import csv
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from http import HTTPStatus
from io import StringIO
from itertools import pairwise
from typing import Any

from flask import Response, abort, render_template, url_for
from werkzeug.wrappers import Response as AnyResponse

from oversight.accounts.access import open_to_everyone
from oversight.kit.charts import HIDDEN
from oversight.kit.charts.look import hidden_word
from oversight.kit.i18n import current_language
from oversight.kit.sheets import safe_cell
from oversight.reports.models import Edition
from oversight.reports.queries import issued_edition, latest_edition, periods_issued, printed
from oversight.reports.reading import drawn, glossary_of, head_of, numbers_of, reading_of, said, tables_in
from oversight.reports.routes.blueprint import blueprint, place
from oversight.reports.wording import language_name, period_label, weight

PARTS = ("outcomes", "overdue", "about")
"""What an edition says beside its chapters, each a template in templates/reports/statistics/."""
RACE = "race"
"""The chapter whose figures are shown with what they can't say."""
BYTE_ORDER_MARK = "\ufeff"
"""Without it spreadsheets take UTF-8 for something else."""


@dataclass(frozen=True)
class Ways:
    """Where the pages of an edition are: the first; each `part=`; each `table=` as CSV, if that is there."""

    home: str
    part: Callable[..., str]
    csv: Callable[..., str] | None = None


@blueprint.get("/statistics")
@open_to_everyone
def statistics() -> str:
    edition = latest_edition(place())
    return _contents(edition) if edition else render_template("reports/statistics/none.html")


@blueprint.get("/statistics/<period>")
@open_to_everyone
def statistics_of(period: str) -> str:
    return _contents(_edition(period))


@blueprint.get("/statistics/<period>/<part>")
@open_to_everyone
def statistics_part(period: str, part: str) -> str:
    edition = _edition(period)
    return page_of_part(edition, part, _ways(edition))


def page_of_part(edition: Edition, part: str, ways: Ways) -> str:
    """A chapter, or one of what an edition says beside them."""
    content = _content(edition)
    if part in PARTS:
        return render_template(f"reports/statistics/{part}.html", **_on_every_page(edition, ways))
    chapters = {chapter["id"]: chapter for chapter in content["chapters"]}
    chapter = chapters.get(part) or abort(HTTPStatus.NOT_FOUND)
    following = dict(pairwise(chapters)).get(part)
    return render_template(
        "reports/statistics/chapter.html",
        chapter=chapter,
        following=chapters[following] if following else None,
        readings=[reading_of(table) for table in chapter["tables"]],
        drawn=drawn,
        about_race=chapter["id"] == RACE,
        **_on_every_page(edition, ways),
    )


@blueprint.get("/statistics/<table>.csv")
@open_to_everyone
def latest_csv(table: str) -> AnyResponse:
    return _csv(latest_edition(place()) or abort(HTTPStatus.NOT_FOUND), table)


@blueprint.get("/statistics/<period>/<table>.csv")
@open_to_everyone
def table_csv(period: str, table: str) -> AnyResponse:
    return _csv(_edition(period), table)


def _edition(period: str) -> Edition:
    return issued_edition(place(), period) or abort(HTTPStatus.NOT_FOUND)


def _content(edition: Edition) -> Mapping[str, Any]:
    return edition.content or abort(HTTPStatus.NOT_FOUND)


def _ways(edition: Edition) -> Ways:
    return Ways(
        url_for("reports.statistics_of", period=edition.period),
        partial(url_for, "reports.statistics_part", period=edition.period),
        partial(url_for, "reports.table_csv", period=edition.period),
    )


def _contents(edition: Edition) -> str:
    return page_of_contents(
        edition,
        _ways(edition),
        periods=[each.name for each in periods_issued(place()) if each.name != edition.period],
        printed=printed([edition])[edition.id],
        language_name=language_name,
        weight=weight,
    )


def page_of_contents(edition: Edition, ways: Ways, **aside: Any) -> str:
    """The first page; `aside` is what stands beside it once the edition is issued."""
    return render_template("reports/statistics/contents.html", **aside, **_on_every_page(edition, ways))


def _on_every_page(edition: Edition, ways: Ways) -> dict[str, Any]:
    """What the templates need: days of the document are ISO dates, which `day` reads."""
    return {
        "day": date.fromisoformat,
        "edition": edition,
        "content": _content(edition),
        "said": said,
        "glossary_of": glossary_of,
        "period_label": period_label,
        "ways": ways,
        "is_draft": edition.issued_at is None,
    }


def _csv(edition: Edition, table_id: str) -> Response:
    """The table as it is on the page: numbers bare, “hidden” for what is hidden, nothing for nothing."""
    table = next((each for each in tables_in(_content(edition)) if each["id"] == table_id), None)
    if table is None or not table["printable"]:
        abort(HTTPStatus.NOT_FOUND)
    written = StringIO()
    rows = csv.writer(written)
    rows.writerow(map(safe_cell, head_of(table)))
    for name, numbers in numbers_of(table):
        cells = [hidden_word() if number is HIDDEN else number for number in numbers]
        rows.writerow([safe_cell(name), *cells])
    name = f"{table_id}-{edition.period}-{edition.number}-{current_language()}.csv"
    return Response(
        BYTE_ORDER_MARK + written.getvalue(),
        mimetype="text/csv",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
