"""Names and words written so that TOML reads them back, whatever they hold."""

import json
import re
from collections.abc import Iterable, Iterator


def quoted(word: str) -> str:
    """A word in quotes."""
    return json.dumps(word, ensure_ascii=False).replace("\x7f", "\\u007f")


def listed(words: Iterable[str]) -> str:
    """Words in quotes, as a list."""
    return f"[{', '.join(map(quoted, words))}]"


def on_one_line(words: str) -> str:
    """No line break and no control character ends a comment, or makes one what it is not."""
    return re.sub(r"[\x00-\x1f\x7f]+", " ", words)


def heading(words: str) -> Iterator[str]:
    """A line that divides, with an empty one before and after it."""
    yield f"\n# ---- {on_one_line(words)} {'-' * max(3, 90 - len(words))}\n"
