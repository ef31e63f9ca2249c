"""Charts as SVG, by Vega-Lite, with no browser: what can be shown, and `chart`, which draws it."""

from oversight.kit.charts.drawing import Chart, chart
from oversight.kit.charts.kinds import HIDDEN, Bars, Hidden, Intervals, Lines, Series, Value

__all__ = ["HIDDEN", "Bars", "Chart", "Hidden", "Intervals", "Lines", "Series", "Value", "chart"]
