"""How all charts look: one ink, steps from dark to light that hold in grey, our font, no decoration."""

from textwrap import wrap
from typing import Any

from flask_babel import format_decimal
from flask_babel import gettext as _

from oversight.kit.charts.kinds import Value, numbers
from oversight.kit.i18n import current_language, local_number, local_share

Spec = dict[str, Any]

WIDTH = 612
"""Pixels of CSS: the width of a report's column, so that type in charts has the size it says."""
LETTER = 6.2
"""Pixels that a letter takes, on the safe side: what Vega does not measure has to be reckoned."""
ROW = 56 / 3
"""Pixels from one line of the report's grid to the next (14 points)."""

FONTS = "Inter, Liberation Sans, Arial, sans-serif"
SIZE = 11
INK, SOFT, HAIR, PAPER, MARK = "#1b2430", "#4b5463", "#d5d9dc", "#ffffff", "#b4691f"
DARK_TO_LIGHT = (
    ("#0d5860",),
    ("#0d4a52", "#8fc3c1"),
    ("#0b3f47", "#4f999c", "#c3e0dd"),
    ("#0b3f47", "#337f85", "#83bab8", "#d3e8e5"),
    ("#08343b", "#24696f", "#5b9c9f", "#9ccbc8", "#dcece9"),
)
DASHES = ([1, 0], [6, 3], [2, 2], [8, 3, 2, 3], [1, 3])
SHAPES = ("circle", "square", "triangle-up", "diamond", "cross")

IN_PLACE_OF_A_NUMBER: Spec = {"fontStyle": "italic", "fontSize": SIZE - 1, "color": SOFT}

CONFIG: Spec = {
    "font": FONTS,
    "aria": False,
    "background": None,
    "padding": {"left": 0, "right": 0, "top": 4, "bottom": 2},
    "autosize": {"type": "fit-x", "contains": "padding"},
    "view": {"stroke": None},
    "text": {"font": FONTS, "fontSize": SIZE, "color": INK},
    "axis": {
        "labelFontSize": SIZE,
        "labelColor": INK,
        "titleFontSize": SIZE,
        "titleFontWeight": "normal",
        "titleColor": SOFT,
        "domainColor": SOFT,
        "gridColor": HAIR,
        "tickColor": SOFT,
        "labelLimit": 400,
    },
    "legend": {
        "orient": "top",
        "title": None,
        "labelFontSize": SIZE,
        "labelColor": INK,
        "labelLimit": 0,
        "symbolStrokeWidth": 1.5,
        "columnPadding": 18,
        "offset": 10,
        "padding": 0,
    },
}


def format_locale() -> Spec:
    """How d3 writes numbers on axes, in the language spoken now."""
    if current_language() == "fr":
        return {
            "decimal": ",",
            "thousands": "\u00a0",
            "grouping": [3],
            "currency": ["", ""],
            "percent": "\u00a0%",
        }
    return {"decimal": ".", "thousands": ",", "grouping": [3], "currency": ["", ""]}


def written(value: int | float, *, share: bool) -> str:
    """A value as its label: a share and a measure to a tenth."""
    if share:
        return local_share(value)
    if isinstance(value, int):
        return local_number(value)
    return str(format_decimal(value, "#,##0.0"))


def hidden_word() -> str:
    """The word that stands where a number would."""
    return str(_("hidden"))


def axis_format(*, share: bool, largest: int | float) -> str:
    """In d3's language: whole numbers, and tenths only where everything is small."""
    if share:
        return ".0%" if largest >= 0.1 else ".1%"
    return ",d" if largest >= 5 else ",.1~f"


def colours(count: int) -> tuple[str, ...]:
    """As many colours as there are series, from dark to light."""
    return DARK_TO_LIGHT[count - 1]


def folded(words: str, width: int = 48) -> str:
    """A category in lines of about `width` letters, since Vega would cut it off; `FOLD` breaks them."""
    return "\n".join(wrap(words, width, break_on_hyphens=False)) or " "


FOLD = "split(datum.label, '\\n')"


def largest_of(values: list[Value]) -> int | float:
    """The largest number shown, or 1 where there is none: the measure of a mark without a length."""
    return max([*numbers(values), 0]) or 1
