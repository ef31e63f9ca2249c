"""Bars as a Vega-Lite specification: lying or upright, grouped or stacked, each with its number."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass

from oversight.kit.charts.kinds import HIDDEN, Bars
from oversight.kit.charts.look import (
    FOLD,
    HAIR,
    IN_PLACE_OF_A_NUMBER,
    INK,
    LETTER,
    PAPER,
    ROW,
    SOFT,
    WIDTH,
    Spec,
    axis_format,
    colours,
    folded,
    hidden_word,
    largest_of,
    written,
)

STUB = 0.06
"""The length of a mark for a hidden number, as a part of the longest bar. All are alike: it says nothing."""
ROOM_FOR_A_NUMBER = 0.075
"""What part of the longest bar a piece takes at least to bear its number; the table has them all."""
ROOM_FOR_LABELS = 0.12
BESIDE_A_NAME = 34
"""Pixels that a name in the legend takes besides its letters."""
MOST_LABELLED = 26
"""Upright bars, above whose number labels would touch, so that an axis takes their place."""
UPRIGHT_ROWS = 10


@dataclass(frozen=True)
class _Segment:
    """A piece of a bar, from `start` to `end`; `label` stands at `at`, in the colour `ink`."""

    category: str
    series: str
    start: float
    end: float
    label: str
    at: float
    ink: str = INK
    is_hidden: bool = False


def bars(chart: Bars) -> Spec:
    """The specification of the chart."""
    segments = list(_segments(chart))
    along, across = ("y", "x") if chart.upright else ("x", "y")
    layers = [
        _layer(segments, along, _mark(chart, hidden=False), chart, hidden=False),
        _layer(segments, along, _mark(chart, hidden=True), chart, hidden=True),
    ]
    if _has_labels(chart):
        layers += [_labels(chart, segments, along, hidden=hidden) for hidden in (False, True)]
    return {
        "layer": layers,
        "encoding": {across: _categories(chart), **_offset(chart, across)},
        **_size(chart),
    }


def _segments(chart: Bars) -> Iterator[_Segment]:
    longest = _longest(chart)
    for index, category in enumerate(chart.categories):
        start = 0.0
        for number, series in enumerate(chart.series):
            value = series.values[index]
            if value is None:
                continue
            length = STUB * longest if value is HIDDEN else float(value)
            label = hidden_word() if value is HIDDEN else written(value, share=chart.is_share)
            end = start + length
            at, ink = end, INK
            if chart.stacked:
                at, ink = (start + end) / 2, PAPER if number < len(chart.series) / 2 else INK
                label = label if length >= ROOM_FOR_A_NUMBER * longest else ""
            yield _Segment(folded(category), series.name, start, end, label, at, ink, value is HIDDEN)
            start = end if chart.stacked else 0.0


def _longest(chart: Bars) -> float:
    if not chart.stacked:
        return largest_of([value for series in chart.series for value in series.values])
    columns = zip(*(series.values for series in chart.series), strict=True)
    return max(sum(value for value in column if isinstance(value, int | float)) for column in columns) or 1


def _has_labels(chart: Bars) -> bool:
    return not chart.upright or len(chart.categories) * len(chart.series) <= MOST_LABELLED


def _mark(chart: Bars, *, hidden: bool) -> Spec:
    thick = {"cornerRadiusEnd": 0, "stroke": colours(len(chart.series))[0], "strokeWidth": 0.6}
    if hidden:
        return {"type": "bar", **thick, "fill": PAPER, "stroke": SOFT, "strokeWidth": 1, "strokeDash": [3, 2]}
    return {"type": "bar", **thick}


def _layer(segments: list[_Segment], along: str, mark: Spec, chart: Bars, *, hidden: bool) -> Spec:
    encoding: Spec = {along: _lengths(chart), f"{along}2": {"field": "end"}}
    if not hidden:
        names = [series.name for series in chart.series]
        encoding["color"] = {
            "field": "series",
            "type": "nominal",
            "scale": {"domain": names, "range": list(colours(len(names)))},
            "legend": _legend(chart, names) if len(names) > 1 else None,
        }
    return {"data": _data(segments, hidden=hidden), "mark": mark, "encoding": encoding}


def _legend(chart: Bars, names: list[str]) -> Spec:
    """In as many columns as there is room for over the bars: Vega would cut it off."""
    lines = [line for category in chart.categories for line in folded(category).split("\n")]
    room = WIDTH if chart.upright else WIDTH - LETTER * max(map(len, lines))
    columns = int(room / (LETTER * max(map(len, names)) + BESIDE_A_NAME))
    return {"symbolType": "square", "symbolSize": 110, "columns": max(1, min(columns, len(names)))}


def _lengths(chart: Bars) -> Spec:
    longest = _longest(chart)
    room = (ROOM_FOR_LABELS if _has_labels(chart) else 0) + (STUB * len(chart.series) if chart.stacked else 0)
    return {
        "field": "start",
        "type": "quantitative",
        "scale": {"domain": [0, longest * (1 + room)], "nice": False},
        "axis": None
        if _has_labels(chart)
        else {"title": None, "format": axis_format(share=chart.is_share, largest=longest), "tickCount": 5},
    }


def _labels(chart: Bars, segments: list[_Segment], along: str, *, hidden: bool) -> Spec:
    place: Spec = {"align": "left", "baseline": "middle", "dx": 5}
    if chart.stacked:
        place = {"align": "center", "baseline": "middle"}
    elif chart.upright:
        place = place | {"angle": 270} if hidden else {"align": "center", "baseline": "bottom", "dy": -3}
    font = IN_PLACE_OF_A_NUMBER if hidden else {}
    encoding: Spec = {
        along: {**_lengths(chart), "field": "at"},
        "text": {"field": "label", "type": "nominal"},
    }
    if not hidden:
        encoding["color"] = {"field": "ink", "type": "nominal", "scale": None}
    return {
        "data": _data(segments, hidden=hidden),
        "mark": {"type": "text", **place, **font},
        "encoding": encoding,
    }


def _data(segments: list[_Segment], *, hidden: bool) -> Spec:
    return {"values": [asdict(segment) for segment in segments if segment.is_hidden == hidden]}


def _categories(chart: Bars) -> Spec:
    axis: Spec = {"title": None, "ticks": False, "labelPadding": 8, "labelExpr": FOLD, "domainColor": HAIR}
    if chart.upright:
        axis |= {"labelAngle": 0, "domainColor": SOFT}
    return {
        "field": "category",
        "type": "nominal",
        "scale": {"domain": [folded(category) for category in chart.categories], "paddingInner": 0.28},
        "axis": axis,
    }


def _offset(chart: Bars, across: str) -> Spec:
    if chart.stacked or len(chart.series) == 1:
        return {}
    names = [series.name for series in chart.series]
    return {f"{across}Offset": {"field": "series", "type": "nominal", "scale": {"domain": names}}}


def _size(chart: Bars) -> Spec:
    if chart.upright:
        return {"height": round(UPRIGHT_ROWS * ROW)}
    if _offset(chart, "y"):
        return {"height": {"step": 13, "for": "offset"}}
    lines = max(folded(category).count("\n") + 1 for category in chart.categories)
    return {"height": {"step": max(20, 13 * lines + 5)}}
