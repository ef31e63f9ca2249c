"""What a spreadsheet must never do with our words: take them for a formula."""

import unicodedata

STARTS_A_FORMULA = frozenset("=+-@\u2212")
"""U+2212 is the typographer's minus. Full-width and small forms are these signs too, once normalised."""
MAY_SPLIT_A_CELL = frozenset("\t\r\n\0")
PASSED_OVER = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp"})
"""Unicode's categories of what programs skip at the start of a cell: controls, hidden marks, spaces."""


def safe_cell(text: str) -> str:
    """The text as every spreadsheet shows it: what could start a formula is given a leading apostrophe."""
    if not text or (text[0].isascii() and text[0].isalnum()):
        return text  # as nearly all do
    first = next((sign for sign in text if unicodedata.category(sign) not in PASSED_OVER), "")
    if text[:1] in MAY_SPLIT_A_CELL or unicodedata.normalize("NFKC", first) in STARTS_A_FORMULA:
        return f"'{text}"
    return text
