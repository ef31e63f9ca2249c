"""Charts: what they say in words, what they never say, and that they may stand in any page of ours."""

import re
from collections.abc import Iterator
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from flask import Flask

from oversight.kit import i18n
from oversight.kit.charts import HIDDEN, Bars, Chart, Intervals, Lines, Series, Value, chart
from oversight.kit.charts.look import DARK_TO_LIGHT, LETTER, ROW

pytestmark = pytest.mark.one_database

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = '</title><script>alert(1)</script><image href="file:///etc/passwd"/> & \'"'
NO_BREAK = "\N{NO-BREAK SPACE}"


@pytest.fixture(autouse=True)
def words() -> Iterator[None]:
    app = Flask("tests.charts")
    i18n.init_app(app)
    with app.app_context():
        yield


def bars(*values: Value, title: str = "By channel", **how: bool) -> Bars:
    names = ("Website", "Telephone", "Letter", "In person")[: len(values)]
    return Bars(title, "Most came by the website.", names, (Series("Received", values),), **how)


def lines(*values: Value) -> Lines:
    names = ("January", "February", "March", "April")[: len(values)]
    return Lines(
        "By month", "It rose.", names, (Series("Received", values), Series("Closed", (1,) * len(values)))
    )


def intervals(middle: Value, *, reference: float | None = None) -> Intervals:
    parts = (Series("lowest", (0.7, 0.5)), Series("middle", (1.2, middle)), Series("highest", (1.9, 1.5)))
    return Intervals(
        "Disparity", "It differs.", ("A", "B"), parts, reference=reference, reference_words="as often"
    )


def texts(what: Chart) -> list[str]:
    """What is written in the picture, without what is said of it."""
    return [node.text or "" for node in ElementTree.fromstring(chart(what)).iter(f"{SVG}text")]


KINDS = [
    bars(1412, 381, 0, HIDDEN),
    bars(1412, 381, None, HIDDEN, upright=True),
    bars(1412, 381, 0, HIDDEN, stacked=True),
    lines(10, HIDDEN, None, 30),
    intervals(HIDDEN, reference=1.0),
]


@pytest.mark.parametrize("what", KINDS)
def test_a_picture_is_named_and_needs_nothing_that_our_policy_refuses(what: Chart) -> None:
    drawn = chart(what)
    picture = ElementTree.fromstring(drawn)
    assert picture.get("role") == "img"
    assert [child.tag for child in picture][:2] == [f"{SVG}title", f"{SVG}desc"]
    assert picture[0].text == f"{what.title}. {what.says}"
    assert not any({"style", "id", "href"} & node.attrib.keys() for node in picture.iter())
    assert {node.tag.removeprefix(SVG) for node in picture.iter()} <= {
        "svg",
        "title",
        "desc",
        "g",
        "path",
        "line",
        "rect",
        "text",
        "tspan",
    }
    assert "url(" not in drawn


@pytest.mark.parametrize("what", KINDS)
def test_a_picture_stands_on_the_grid_and_is_the_same_each_time(what: Chart) -> None:
    drawn = chart(what)
    height = float(re.findall(r' height="([\d.]+)"', drawn)[0])
    assert abs(height / ROW - round(height / ROW)) < 0.01
    assert chart(what) == drawn


def test_hostile_words_are_written_and_do_nothing() -> None:
    drawn = chart(Bars(HOSTILE, HOSTILE, (HOSTILE, "b"), (Series(HOSTILE, (1, 2)), Series("t", (3, 4)))))
    picture = ElementTree.fromstring(drawn)
    assert picture[0].text == f"{HOSTILE}. {HOSTILE}"
    written = "".join(" ".join(picture.itertext()).split())
    assert written.count("".join(HOSTILE.split())) == 4  # title, sentence, category, series
    assert not list(picture.iter(f"{SVG}script")) + list(picture.iter(f"{SVG}image"))


def test_words_that_look_like_expressions_are_words() -> None:
    assert "{signal: 'width'}" in texts(Lines("t", "s", ("a", "b"), (Series("{signal: 'width'}", (1, 2)),)))


def test_a_zero_is_a_zero_and_a_hidden_number_is_not() -> None:
    assert texts(bars(5, 0, 7, 8)).count("0") == 1
    hiding = texts(bars(5, HIDDEN, 7, 8))
    assert "0" not in hiding
    assert hiding.count("hidden") == 1


@pytest.mark.parametrize("what", [bars(50, HIDDEN, 7, 8), bars(50, HIDDEN, 7, 8, upright=True)])
def test_the_mark_of_a_hidden_number_is_dashed_and_unlike_any_bar(what: Bars) -> None:
    marks = [
        node
        for node in ElementTree.fromstring(chart(what)).iter(f"{SVG}path")
        if node.get("stroke-dasharray")
    ]
    assert [mark.get("fill") for mark in marks] == ["#ffffff"]


def test_a_line_is_broken_where_a_number_is_hidden() -> None:
    def strokes(what: Lines) -> list[int]:
        """How often the pen is set down for each line."""
        paths = ElementTree.fromstring(chart(what)).iter(f"{SVG}path")
        return [(path.get("d") or "").count("M") for path in paths if path.get("stroke-width") == "1.8"]

    assert strokes(lines(10, 20, 25, 30)) == [1, 1]
    assert strokes(lines(10, HIDDEN, 25, 30)) == [2, 1]
    assert "hidden" in texts(lines(10, HIDDEN, 25, 30))


def test_of_a_hidden_middle_no_interval_is_drawn() -> None:
    assert {"1.2", "0.9"} <= set(texts(intervals(0.9)))
    hiding = chart(intervals(HIDDEN))
    assert "hidden" in hiding
    assert hiding.count('class="mark-symbol') == 1
    assert len(re.findall(r"<path[^>]*fill=\"#8fc3c1\"", hiding)) == 1


def test_numbers_are_written_as_the_language_writes_them() -> None:
    share = bars(0.4, 0.125, upright=True, is_share=True)
    assert {"1,412", "381"} <= set(texts(bars(1412, 381)))
    assert {"40.0%", "12.5%"} <= set(texts(share))
    with i18n.in_language("fr"):
        assert {f"1{NO_BREAK}412", "masqué"} <= set(texts(bars(1412, HIDDEN)))
        assert {f"40,0{NO_BREAK}%", f"12,5{NO_BREAK}%"} <= set(texts(share))
        assert "0,5" in texts(intervals(0.9))


@pytest.mark.parametrize("colours", DARK_TO_LIGHT)
def test_series_are_told_apart_in_grey(colours: tuple[str, ...]) -> None:
    def lightness(colour: str) -> float:
        red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
        return (0.2126 * red**2.2 + 0.7152 * green**2.2 + 0.0722 * blue**2.2) ** (1 / 3)

    steps = [lightness(colour) for colour in colours]
    assert all(after - before > 0.1 for before, after in pairwise(steps))


@pytest.mark.parametrize(
    ("values", "categories"),
    [
        (((1, 2),), ("a",)),
        (((1, 2),), ("a", "a")),
        (((-1, 2),), ("a", "b")),
        ((), ("a",)),
        (((1,),) * 6, ("a",)),
    ],
)
def test_what_cannot_be_drawn_is_refused(
    values: tuple[tuple[Value, ...], ...], categories: tuple[str, ...]
) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        Bars("t", "s", categories, tuple(Series(str(index), each) for index, each in enumerate(values)))


def placed(element: ElementTree.Element, left: float = 0) -> Iterator[tuple[float, str]]:
    """Where each text begins, from the left, through all that it stands in."""
    if moved := re.match(r"translate\((-?[\d.]+)", element.get("transform", "")):
        left += float(moved[1])
    if element.tag == f"{SVG}text":
        yield left, "".join(element.itertext())
    for inner in element:
        yield from placed(inner, left)


def test_no_name_of_a_legend_is_cut_off_beside_long_names_of_bars() -> None:
    names = ("No sustained finding", "Not applicable", "Pending", "Sustained finding")
    long = "Referred to another agency or to its inspectors"
    drawn = chart(Bars("By finding", "Few.", (long, "b"), tuple(Series(name, (1, 2)) for name in names)))
    svg = ElementTree.fromstring(drawn)
    ends = {text: left + LETTER * len(text) for left, text in placed(svg) if text in names}
    assert ends.keys() == set(names)
    assert max(ends.values()) <= float(svg.get("width", ""))
