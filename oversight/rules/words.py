"""Marks the rulebook's words for translation; whoever shows them looks them up (in templates, with `|t`)."""


def N_(msgid: str) -> str:
    """Return `msgid` unchanged. Extraction finds it by this name; it stays English until it is shown."""
    return msgid
