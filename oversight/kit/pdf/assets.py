"""What a PDF may be made of besides its HTML: our own static files, and pictures that are handed in."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from weasyprint.urls import URLFetcher

SCHEME = "asset:"
FOLDER = Path(__file__).parents[2] / "static"
TYPES = {".css": "text/css", ".svg": "image/svg+xml"}


class Refused(Exception):
    """The HTML asked for something that is not ours to show; nothing was fetched and no PDF is made."""


def own_assets(pictures: Mapping[str, str], refused: list[str]) -> "URLFetcher":
    """What WeasyPrint fetches with: `asset:NAME` is one of the `pictures` (SVG by name) or a static file.

    Anything else, be it an address, a file or a `data:` URL, is noted in `refused` and ends the rendering
    where WeasyPrint lets it: inside a drawing it goes on without the picture.
    """
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class OwnAssets(URLFetcher):
        def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
            name = url.removeprefix(SCHEME)
            kind = TYPES.get(Path(name).suffix)
            if not url.startswith(SCHEME) or kind is None or (name not in pictures and not _is_static(name)):
                refused.append(url[:200])
                raise LookupError(url)
            body = pictures.get(name) or (FOLDER / name).read_text(encoding="utf-8")
            return URLFetcherResponse(url, body.encode(), {"Content-Type": f"{kind}; charset=utf-8"})

    return OwnAssets(fail_on_errors=True)


def _is_static(name: str) -> bool:
    return "/" not in name and (FOLDER / name).is_file()
