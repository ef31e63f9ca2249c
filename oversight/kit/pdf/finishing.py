"""What WeasyPrint leaves open in a tagged PDF, done with pikepdf: structure, furniture, names of links."""

import re
from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING, Any

from oversight.kit.pdf.structure import elements, join_pages, say_what_heads_head, set_boxes_of_figures

if TYPE_CHECKING:
    import pikepdf

MARKED = re.compile(rb"/\w+\s+<</MCID (\d+)>>\s+BDC")
FURNITURE = b"/Artifact BMC"


def finished(laid_out: bytes, lang: str) -> bytes:
    """The PDF with whole tables and named links, its furniture not read aloud, no time or chance in it."""
    import pikepdf

    with pikepdf.open(BytesIO(laid_out)) as pdf:
        document = pdf.Root.StructTreeRoot.K[0]
        join_pages(document)
        say_what_heads_head(document)
        set_boxes_of_figures(document)
        _mark_furniture(pdf, document)
        _name_links(pdf)
        pdf.Root.PageLabels = pikepdf.Dictionary(Nums=[0, pikepdf.Dictionary(S=pikepdf.Name.D)])
        pdf.Root.PageMode = pikepdf.Name.UseOutlines
        with pdf.open_metadata(set_pikepdf_as_editor=False) as metadata:
            metadata["dc:language"] = {lang}
        whole = BytesIO()
        pdf.save(whole, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return whole.getvalue()


def _mark_furniture(pdf: "pikepdf.Pdf", document: "pikepdf.Object") -> None:
    """Running heads, page numbers and repeated table heads stand in no element that is read: mark them so."""
    read = {element.objgen for element in elements(document)}
    content = dict(_pairs(pdf.Root.StructTreeRoot.ParentTree.Nums))
    for page in pdf.pages:
        owners = content[page.StructParents]
        furniture = {number for number, owner in enumerate(owners) if owner.objgen not in read}
        if not furniture:
            continue
        for number in furniture:
            owners[number] = None

        def mark(found: re.Match[bytes], furniture: set[int] = furniture) -> bytes:
            return FURNITURE if int(found[1]) in furniture else found[0]

        page.Contents = pdf.make_stream(MARKED.sub(mark, page.Contents.read_bytes()))


def _name_links(pdf: "pikepdf.Pdf") -> None:
    """A link within the document is named by the heading it leads to, an outward one by its address."""
    headings = {_spot(item.Dest): str(item.Title) for item in _bookmarks(pdf.Root.get("/Outlines"))}
    places: Any = pdf.Root.get("/Names")
    if places is None:
        return
    titles = {str(name): headings.get(_spot(place)) for name, place in _pairs(places.Dests.Names)}
    for page in pdf.pages:
        links: Any = page.get("/Annots", ())
        for link in links:
            if title := titles.get(str(link.get("/Dest"))):
                link.Contents = title


def _bookmarks(parent: Any) -> Iterator[Any]:
    item = parent.get("/First") if parent is not None else None
    while item is not None:
        yield item
        yield from _bookmarks(item)
        item = item.get("/Next")


def _pairs(tree: Any) -> Iterator[tuple[Any, Any]]:
    """Keys and values of a PDF's tree, which stand one after the other."""
    both = iter(tree)
    return zip(both, both, strict=True)


def _spot(place: Any) -> tuple[Any, float]:
    """The page and how far up on it; to a tenth of a point, since two roundings may differ."""
    return place[0].objgen, round(float(place[3]), 1)
