"""W9: a half-year's figures against their own SQL sent raw, and its PDF against bare WeasyPrint."""

from contextlib import closing
from typing import Any
from unittest.mock import patch

from weasyprint import HTML

from bench.growth import Workload, grown
from bench.kept import Kept, Office
from bench.line import ALL_FILES, Line
from bench.measure import Work, ratio, take_turns
from oversight.figures.periods import Period
from oversight.kit import clock
from oversight.kit.db import db, one_moment
from oversight.kit.pdf.assets import own_assets
from oversight.kit.pdf.rendering import WATERMARK
from oversight.reports.building import draft
from oversight.reports.counting import counted_tables
from oversight.reports.printing import pdf_of
from tests.desk.test_query_counts import heard

ROUNDS = 4
Statement = tuple[str, Any]


def measure(kept: Kept, kind: str) -> list[Line]:
    """The last half-year that is over: its figures at every size, its PDF of the smallest office."""
    lines = grown(kept, kind, WORKLOADS, rounds=ROUNDS)
    if kind == "sqlite":  # the paper asks no database
        with kept.office(kind, kept.sizes[0]) as office, office.app.app_context():
            lines.append(_paper(office))
    return lines


def figures(office: Office) -> Work:
    """Every table of the half-year counted, and checked to add up."""
    zone, period = office.app.config["ZONE"], _half_year(office)
    today = clock.today(zone)

    def count() -> None:
        with office.app.app_context(), one_moment():
            counted_tables(period, on=today, zone=str(zone), tell=lambda *_: None)

    return count


def raw(office: Office) -> Work:
    """The statements that these tables send, by the driver alone, each row read."""
    statements: list[Statement] = []
    with heard("before_cursor_execute", lambda *told: statements.append((told[2], told[3]))):
        figures(office)()

    def send() -> None:
        with office.app.app_context(), closing(db.engine.raw_connection()) as connection:
            cursor = connection.cursor()
            for statement, parameters in statements:
                cursor.execute(statement, parameters)
                if cursor.description:
                    cursor.fetchall()

    return send


def _paper(office: Office) -> Line:
    content = draft(_half_year(office), office.settings.place, demo=True, tell=lambda _: None)
    with patch("oversight.reports.printing.render_pdf") as asked:
        pdf_of(content, "en", issued=True)
    html = asked.call_args.args[0]

    def bare() -> None:
        HTML(string=html, url_fetcher=own_assets({WATERMARK: "<svg/>"}, [])).write_pdf()

    cost = take_turns(
        {"bare": bare, "ours": lambda: pdf_of(content, "en", issued=True)}, rounds=ROUNDS, calls={}
    )
    return Line(
        workload="W9 a half-year's PDF",
        floor="bare WeasyPrint",
        database=office.kind,
        files=office.files,
        ratio=ratio(cost["ours"], cost["bare"]),
        target=1.3,
        milliseconds=cost["ours"].typical * 1000,
    )


def _half_year(office: Office) -> Period:
    today = clock.today(office.app.config["ZONE"])
    return Period.parse(f"{today.year}-H1" if today.month > 6 else f"{today.year - 1}-H2")


WORKLOADS = (
    Workload("their SQL, raw", raw, 1),
    Workload("W9 a half-year's figures", figures, 1, "their SQL, raw", 2, steepest=ALL_FILES),
)
