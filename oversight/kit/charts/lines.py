"""Lines as a Vega-Lite specification: told apart by shade, dash and mark, and named where they end."""

from math import ceil

from oversight.kit.charts.kinds import HIDDEN, Lines, Series, numbers
from oversight.kit.charts.look import (
    DASHES,
    FOLD,
    IN_PLACE_OF_A_NUMBER,
    INK,
    LETTER,
    PAPER,
    ROW,
    SHAPES,
    SIZE,
    SOFT,
    Spec,
    axis_format,
    colours,
    folded,
    hidden_word,
    largest_of,
)

ROWS = 10
HEADROOM = 1.06
MOST_CATEGORIES_WORDED = 8
"""With more of them on the axis, every other one is left out so that they don't touch."""


def lines(chart: Lines) -> Spec:
    """The specification of the chart. A line is broken where a number is hidden or missing."""
    layers = [_hidden(chart)] if chart.hides else []
    for number, series in enumerate(chart.series):
        layers += _line(chart, number, series)
    return {
        "layer": [*layers, _names(chart)],
        "height": round(ROWS * ROW),
        "padding": {"left": 0, "right": _room_for_names(chart), "top": 4, "bottom": 2},
        "encoding": {"x": _categories(chart), "y": _values(chart)},
    }


def _line(chart: Lines, number: int, series: Series) -> list[Spec]:
    points = [
        {"category": category, "value": None if value is HIDDEN else value}
        for category, value in zip(_folded(chart), series.values, strict=True)
    ]
    known = [point for point in points if point["value"] is not None]
    colour = _shades(chart)[number]
    return [
        {"data": {"values": points}, "mark": _stroke(number, colour)},
        {"data": {"values": known}, "mark": _point(number, colour)},
    ]


def _stroke(number: int, colour: str) -> Spec:
    return {
        "type": "line",
        "color": colour,
        "strokeWidth": 1.8,
        "strokeDash": DASHES[number],
        "invalid": "break-paths-show-domains",
    }


def _point(number: int, colour: str) -> Spec:
    return {
        "type": "point",
        "shape": SHAPES[number],
        "size": 34,
        "filled": True,
        "fill": PAPER if number % 2 else colour,
        "stroke": colour,
        "strokeWidth": 1.2,
        "opacity": 1,
    }


def _shades(chart: Lines) -> tuple[str, ...]:
    # The lightest steps carry an area but not a thin line.
    return colours(min(len(chart.series) + 1, 5))[: len(chart.series)]


def _hidden(chart: Lines) -> Spec:
    """A dashed column at each category of which a number is hidden: none of it can be read as a value."""
    hidden = [
        category
        for index, category in enumerate(_folded(chart))
        if any(series.values[index] is HIDDEN for series in chart.series)
    ]
    at: Spec = {"x": _categories(chart), "y": {"value": 0}}
    dashed = {"type": "rule", "color": SOFT, "strokeDash": [3, 3], "strokeWidth": 1}
    word = {"type": "text", "align": "center", "baseline": "bottom", "dy": -3, **IN_PLACE_OF_A_NUMBER}
    return {
        "data": {"values": [{"category": category, "word": hidden_word()} for category in hidden]},
        "layer": [
            {"mark": dashed, "encoding": {**at, "y2": {"value": "height"}}},
            {"mark": word, "encoding": {**at, "text": {"field": "word", "type": "nominal"}}},
        ],
    }


def _names(chart: Lines) -> Spec:
    """Each line's name at its last number, moved apart where two lines end close to each other."""
    top = _top(chart)
    gap = top * (SIZE + 4) / (ROWS * ROW)
    ends = sorted(
        (numbers(series.values)[-1], series.name) for series in chart.series if numbers(series.values)
    )
    placed: list[Spec] = []
    for value, name in ends:
        lowest = placed[-1]["value"] + gap if placed else value
        placed.append({"category": _folded(chart)[-1], "value": max(value, lowest), "name": name})
    return {
        "data": {"values": placed},
        "mark": {"type": "text", "align": "left", "baseline": "middle", "dx": 10, "color": INK},
        "encoding": {"text": {"field": "name", "type": "nominal"}},
    }


def _room_for_names(chart: Lines) -> int:
    return max(ceil(LETTER * len(series.name)) for series in chart.series)


def _top(chart: Lines) -> float:
    return HEADROOM * largest_of([value for series in chart.series for value in series.values])


def _values(chart: Lines) -> Spec:
    top = _top(chart)
    return {
        "field": "value",
        "type": "quantitative",
        "scale": {"domain": [0, top], "nice": False},
        "axis": {
            "title": None,
            "domain": False,
            "ticks": False,
            "labelPadding": 8,
            "tickCount": 5,
            "format": axis_format(share=chart.is_share, largest=top),
        },
    }


def _categories(chart: Lines) -> Spec:
    names = _folded(chart)
    every = 1 + (len(names) - 1) // MOST_CATEGORIES_WORDED
    return {
        "field": "category",
        "type": "nominal",
        "scale": {"type": "point", "domain": names, "padding": 0.3},
        "axis": {
            "title": None,
            "grid": False,
            "labelAngle": 0,
            "labelPadding": 6,
            "values": names[::every],
            "labelExpr": FOLD,
        },
    }


def _folded(chart: Lines) -> list[str]:
    return [folded(category, 9) for category in chart.categories]
