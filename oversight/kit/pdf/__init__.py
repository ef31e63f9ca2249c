"""HTML to PDF/UA: `render_pdf`. It reads our own stylesheets and nothing else, whatever the HTML asks for."""

from oversight.kit.pdf.assets import Refused
from oversight.kit.pdf.rendering import PAPERS, render_pdf

__all__ = ["PAPERS", "Refused", "render_pdf"]
