"""Middles with their intervals as a Vega-Lite specification: a dot on a bar from lowest to highest."""

from oversight.kit.charts.kinds import HIDDEN, Hidden, Intervals, Value
from oversight.kit.charts.look import (
    FOLD,
    HAIR,
    IN_PLACE_OF_A_NUMBER,
    MARK,
    SOFT,
    Spec,
    axis_format,
    colours,
    folded,
    hidden_word,
    largest_of,
    written,
)

HEADROOM = 1.08


def intervals(chart: Intervals) -> Spec:
    """The specification of the chart."""
    layers = [] if chart.reference is None else _reference(chart, chart.reference)
    return {
        "layer": [*layers, *_shown(chart), _hidden(chart)],
        "height": {"step": 24},
        "encoding": {"y": _categories(chart)},
    }


def _shown(chart: Intervals) -> list[Spec]:
    data = {"values": _known(chart)}
    ink = colours(1)[0]
    across: Spec = {"x": _values(chart, "lowest"), "x2": {"field": "highest"}}
    return [
        {"data": data, "mark": {"type": "bar", "height": 8, "color": colours(2)[1]}, "encoding": across},
        {
            "data": data,
            "mark": {"type": "point", "filled": True, "size": 60, "color": ink, "opacity": 1},
            "encoding": {"x": _values(chart, "middle")},
        },
        {
            "data": data,
            "mark": {"type": "text", "align": "left", "baseline": "middle", "dx": 7},
            "encoding": {"x": _values(chart, "highest"), "text": {"field": "label", "type": "nominal"}},
        },
    ]


def _known(chart: Intervals) -> list[Spec]:
    rows = []
    for category, *values in zip(chart.categories, *(each.values for each in chart.series), strict=True):
        lowest, middle, highest = map(_number, values)
        if middle is None:
            continue
        rows.append(
            {
                "category": folded(category),
                "lowest": middle if lowest is None else lowest,
                "middle": middle,
                "highest": middle if highest is None else highest,
                "label": written(float(middle), share=chart.is_share),
            }
        )
    return rows


def _number(value: Value) -> int | float | None:
    return None if isinstance(value, Hidden) else value


def _hidden(chart: Intervals) -> Spec:
    middles = chart.series[1].values
    names = [folded(name) for name, middle in zip(chart.categories, middles, strict=True) if middle is HIDDEN]
    return {
        "data": {"values": [{"category": name, "word": hidden_word()} for name in names]},
        "mark": {
            "type": "text",
            "align": "left",
            "baseline": "middle",
            **IN_PLACE_OF_A_NUMBER,
        },
        "encoding": {"x": {"value": 4}, "text": {"field": "word", "type": "nominal"}},
    }


def _reference(chart: Intervals, reference: float) -> list[Spec]:
    data = {"values": [{"reference": reference, "words": chart.reference_words}]}
    at: Spec = {"x": _values(chart, "reference")}
    return [
        {
            "data": data,
            "mark": {"type": "rule", "color": MARK, "strokeWidth": 1.2, "strokeDash": [4, 3]},
            "encoding": {**at, "y": {"value": 0}, "y2": {"value": "height"}},
        },
        {
            "data": data,
            "mark": {
                "type": "text",
                "align": "left",
                "baseline": "bottom",
                "dx": -2,
                "dy": -4,
                "color": SOFT,
            },
            "encoding": {**at, "y": {"value": 0}, "text": {"field": "words", "type": "nominal"}},
        },
    ]


def _values(chart: Intervals, field: str) -> Spec:
    top = largest_of([value for each in chart.series for value in each.values] + [chart.reference])
    return {
        "field": field,
        "type": "quantitative",
        "scale": {"domain": [0, top * HEADROOM], "nice": False},
        "axis": {
            "title": None,
            "tickCount": 5,
            "domain": False,
            "ticks": False,
            "format": axis_format(share=chart.is_share, largest=top),
        },
    }


def _categories(chart: Intervals) -> Spec:
    return {
        "field": "category",
        "type": "nominal",
        "scale": {"domain": [folded(category) for category in chart.categories]},
        "axis": {"title": None, "ticks": False, "labelPadding": 8, "labelExpr": FOLD, "domainColor": HAIR},
    }
