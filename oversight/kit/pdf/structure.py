"""The tree of a tagged PDF: what is one thing though it stands on several pages, and what heads what.

WeasyPrint tags each page by itself, so that a table over three pages is three tables (its issue 2903). Here
the parts become one again. A part that goes on is known by what it lacks: the heading or caption it began
with. A paragraph that is cut by the end of a page stays two: nothing tells it from two paragraphs.
"""

from collections.abc import Iterator
from typing import Any

HEADINGS = frozenset({"/H1", "/H2", "/H3", "/H4", "/H5", "/H6", "/Caption"})
MAY_GO_ON = frozenset({"/Sect", "/Art", "/Part", "/Div", "/NonStruct", "/Table", "/TBody", "/L"})
WRAPPERS = frozenset({"/Div", "/NonStruct"})
POINTS = 0.75
"""Points in a pixel of CSS."""


def elements(element: Any) -> Iterator[Any]:
    """The element and all beneath it, in reading order."""
    yield element
    for kid in _kids(element):
        yield from elements(kid)


def join_pages(document: Any) -> None:
    """Join what goes on over pages: chapters, lists, and tables with all their rows under one head."""
    joined: list[Any] = []
    page = None
    for kid in list(document.K):
        if joined and kid.Pg.objgen != page and _goes_on(joined[-1], kid):
            _join(joined[-1], kid)
        else:
            joined.append(kid)
        page = kid.Pg.objgen
    document.K = joined


def say_what_heads_head(document: Any) -> None:
    """Give each header cell its scope, and take away upstream's lists of headers, which held for one page."""
    import pikepdf

    for element in elements(document):
        if element.S == "/TH":
            element.A = pikepdf.Dictionary(O=pikepdf.Name.Table, Scope=pikepdf.Name(_scope(element)))
            del element["/ID"]
        elif element.S == "/TD":
            del element.A["/Headers"]


def set_boxes_of_figures(document: Any) -> None:
    """Figures' boxes in points from the foot of the page, which upstream counts in pixels from its head."""
    for element in elements(document):
        if element.S == "/Figure":
            left, top, right, bottom = (float(side) * POINTS for side in element.A.BBox)
            height = float(element.Pg.MediaBox[3])
            element.A.BBox = [round(side, 2) for side in (left, height - bottom, right, height - top)]


def _scope(header: Any) -> str:
    return "/Column" if header.P.P.S == "/THead" else "/Row"


def _kids(element: Any) -> list[Any]:
    """The elements directly beneath; marks of content and links to annotations are no elements."""
    kids = element.get("/K", [])
    return [kid for kid in kids if hasattr(kid, "keys") and "/S" in kid]


def _goes_on(before: Any, after: Any) -> bool:
    return before.S == after.S and before.S in MAY_GO_ON and not _begins(after)


def _begins(element: Any) -> bool:
    """Whether it opens with a heading or caption of its own, possibly wrapped."""
    first = next(iter(_kids(element)), None)
    if first is None:
        return False
    return first.S in HEADINGS or (first.S in WRAPPERS and _begins(first))


def _join(before: Any, after: Any) -> None:
    """Put what `after` holds beneath `before`. The head that is repeated for the eye is left behind."""
    kids = [kid for kid in _kids(after) if kid.S != "/THead"]
    last = next(reversed(_kids(before)), None)
    if kids and last is not None and _goes_on(last, kids[0]):
        _join(last, kids.pop(0))
    for kid in kids:
        kid.P = before
        before.K.append(kid)
