"""A chart as SVG that may stand in a page under our policy and in a PDF: no styles, scripts or addresses."""

import re
from math import ceil
from typing import Any

from flask_babel import gettext as _
from markupsafe import Markup, escape

from oversight.kit.charts.bars import bars
from oversight.kit.charts.intervals import intervals
from oversight.kit.charts.kinds import Bars, Intervals, Lines
from oversight.kit.charts.lines import lines
from oversight.kit.charts.look import CONFIG, ROW, WIDTH, Spec, format_locale

Chart = Bars | Lines | Intervals

SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
OPENING = re.compile(r'^<svg [^>]*? width="(?P<width>[\d.]+)" height="(?P<height>[\d.]+)"[^>]*>')
UNSEEN = re.compile(r'<path class="(?:background|foreground)"[^>]*/>')
"""What Vega would need to answer a mouse: a third of the file."""
PARTS_NAMED = re.compile(r' role="graphics-[a-z]+" aria-roledescription="[^"]*"')
"""Vega calls some parts pictures of their own, without a name; the whole is one picture, and has one."""


def chart(what: Chart) -> Markup:
    """The picture, in the language spoken now. Those who don't see it are told its title and sentence."""
    import vl_convert  # it takes a while, which only those who draw should wait for

    drawn = vl_convert.vegalite_to_svg(
        {"$schema": SCHEMA, "width": WIDTH, **_specification(what)},
        config=CONFIG,
        format_locale=format_locale(),
        allowed_base_urls=[],
    )
    return _finished(drawn, what)


def _specification(what: Chart) -> Spec:
    match what:
        case Bars():
            return bars(what)
        case Lines():
            return lines(what)
        case Intervals():
            return intervals(what)


def _finished(drawn: str, what: Chart) -> Markup:
    """With its name, and as high as a whole number of the grid's rows."""
    opening: Any = OPENING.match(drawn)
    width, height = float(opening["width"]), ceil(float(opening["height"]) / ROW) * ROW
    beside = _("The table beside this chart has its numbers.")
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="chart" role="img" '
        f'width="{width:g}" height="{height:.2f}" viewBox="0 0 {width:g} {height:.2f}">'
        f"<title>{escape(what.title)}. {escape(what.says)}</title>"
        f"<desc>{escape(beside)}</desc>"
    )
    return Markup(head + PARTS_NAMED.sub("", UNSEEN.sub("", drawn[opening.end() :])))  # noqa: S704 - Vega escapes what it writes, and tests hold it to that
