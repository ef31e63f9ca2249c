"""Where a language switch may send someone back to: a page of this site, and nowhere else."""

from urllib.parse import urlsplit

HOME = "/"
LONGEST = 2000
"""Characters of a path that are taken back; anything longer was not made by our own pages."""


def own_path(candidate: str) -> str:
    """Return `candidate` if it is a path of this site, else the first page.

    Browsers read `//host`, `/\\host` and a path broken by a tab or a newline as another host, so those are
    refused rather than mended.
    """
    if not candidate.startswith("/") or len(candidate) > LONGEST:
        return HOME
    if candidate.startswith("//") or "\\" in candidate or not candidate.isprintable():
        return HOME
    try:
        parts = urlsplit(candidate)
    except ValueError:
        return HOME
    return HOME if parts.scheme or parts.netloc else candidate.removesuffix("?")
